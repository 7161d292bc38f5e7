"""A notice in, a mail to fixed recipients out, over SMTP with TLS; refused for good and refused for now are told apart.

`smtp://` is a submission port that must offer STARTTLS, `smtps://` TLS from the first byte, `smtp+plain://` neither (a relay next door).
"""

import smtplib
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from socket import SHUT_RDWR
from urllib.parse import unquote, urlsplit

from nova.engines.tls import trusted
from nova.errors import InvalidInput, Misconfigured, ServerAbsent
from nova.ports.notify import Notice

PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
GREETING = "nova"  # what EHLO says; the machine's own name is nobody's business
FAULTS = (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, ssl.SSLError, OSError)


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed in. `password` is never part of a message or an error."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class MailLimits:
    """Seconds for one exchange and for a whole mail."""

    step_s: float = 15.0
    total_s: float = 60.0


def mail_server(url: str) -> MailServer:
    """The parts of an address such as smtp://user:password@host:587; Misconfigured says what is wrong with it, without the password."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise Misconfigured("NOVA_SMTP_URL ist keine gültige Adresse.") from error
    if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/") or parts.query:
        raise Misconfigured("NOVA_SMTP_URL hat die Form smtp://benutzer:kennwort@host:587 (oder smtps://, smtp+plain://).")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise Misconfigured("NOVA_SMTP_URL braucht Benutzer und Kennwort oder keines von beiden.")
    if user and parts.scheme == "smtp+plain":
        raise Misconfigured("NOVA_SMTP_URL: Ohne TLS sendet Nova kein Kennwort; nehmen Sie smtp:// oder smtps://.")
    return MailServer(parts.scheme, parts.hostname, port or PORTS[parts.scheme], user, password)


class SmtpMailer:
    """The channel `mail`."""

    name = "mail"

    def __init__(
        self,
        server: MailServer,
        sender: str,
        recipients: Sequence[str],
        *,
        limits: MailLimits | None = None,
        tls: Callable[[], ssl.SSLContext] = trusted,
    ) -> None:
        self._server = server
        self._sender = sender
        self._recipients = list(recipients)
        self._limits = limits or MailLimits()
        self._tls = tls

    def send(self, notice: Notice) -> None:
        """Hand in one mail; ServerAbsent (later), InvalidInput (the server will not take it)."""
        host = self._server.host
        try:
            with self._open() as smtp:
                smtp.send_message(self._mail(notice), self._sender, self._recipients)
        except smtplib.SMTPNotSupportedError as error:
            raise InvalidInput(f"Der Mailserver „{host}“ bietet nicht, was die Einstellung verlangt (TLS oder Anmeldung).") from error
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise _refused(host, min(codes, default=550), "die Empfänger") from None
        except smtplib.SMTPResponseException as error:
            what = "die Anmeldung" if isinstance(error, smtplib.SMTPAuthenticationError) else "die Nachricht"
            raise _refused(host, error.smtp_code, what) from None
        except FAULTS as error:
            raise ServerAbsent(f"Der Mailserver „{host}“ ist nicht erreichbar ({_cause(error)}).") from error

    @contextmanager
    def _open(self) -> Iterator[smtplib.SMTP]:
        """A signed-in connection that is cut after the longest time a mail may take."""
        server, held = self._server, list[smtplib.SMTP]()
        watch = threading.Timer(self._limits.total_s, _cut, (held,))
        watch.daemon = True
        watch.start()
        try:
            made = self._connected(held)
            if server.scheme == "smtp":
                made.starttls(context=self._tls())
            if server.user:
                made.login(server.user, server.password)
            yield made
            with suppress(smtplib.SMTPException, OSError):
                made.quit()
        finally:
            watch.cancel()
            for one in held:
                one.close()

    def _connected(self, held: list[smtplib.SMTP]) -> smtplib.SMTP:
        """A greeted connection; it is in `held` before the first byte is read."""
        server, patience = self._server, self._limits.step_s
        if server.scheme == "smtps":
            return _HeldTls(held, server.host, server.port, patience, self._tls())
        return _Held(held, server.host, server.port, patience)

    def _mail(self, notice: Notice) -> EmailMessage:
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"] = self._sender, ", ".join(self._recipients)
        mail["Subject"] = f"[Nova] {' '.join(notice.title.split())}"
        mail["Date"] = format_datetime(notice.at)
        mail["Message-ID"] = f"<{notice.notice_id}@nova>"
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Nova-Event"] = notice.event
        mail.set_content(notice.text, cte="quoted-printable")
        return mail


class _Held(smtplib.SMTP):
    """A connection that others can cut while it is being greeted."""

    def __init__(self, held: list[smtplib.SMTP], host: str, port: int, patience: float) -> None:
        held.append(self)
        super().__init__(host, port, local_hostname=GREETING, timeout=patience)


class _HeldTls(smtplib.SMTP_SSL):
    """The same over TLS."""

    def __init__(self, held: list[smtplib.SMTP], host: str, port: int, patience: float, context: ssl.SSLContext) -> None:
        held.append(self)
        super().__init__(host, port, local_hostname=GREETING, timeout=patience, context=context)


def _cut(held: list[smtplib.SMTP]) -> None:
    for one in held:
        sock = getattr(one, "sock", None)
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(SHUT_RDWR)


def _refused(host: str, code: int, what: str) -> ServerAbsent | InvalidInput:
    """The error for an answer's code: 5xx is for good, all else, also what is no answer at all, for now."""
    if 500 <= code < 600:
        return InvalidInput(f"Der Mailserver „{host}“ lehnt {what} ab (Antwort {code}).")
    return ServerAbsent(f"Der Mailserver „{host}“ nimmt {what} gerade nicht an (Antwort {code}).")


def _cause(error: BaseException) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return "das Zertifikat ist ungültig"
    if isinstance(error, ssl.SSLError):
        return "die Verschlüsselung scheitert"
    if isinstance(error, TimeoutError):
        return "keine Antwort"
    return "keine Verbindung"
