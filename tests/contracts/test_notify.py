"""Channels: a mail over TLS, a signed call, and what a server that refuses, fails or says nothing means for the next try."""

import hashlib
import hmac
import json
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from nova.engines.mailer import MailLimits, MailServer, SmtpMailer
from nova.engines.mailer import mail_server as parts_of
from nova.engines.webhook import HookLimits, SignedWebhook, body_of
from nova.errors import BlockedAddress, InvalidInput, Misconfigured, NovaError, ServerAbsent
from nova.ports.notify import Notice
from nova.settings import Settings
from nova.wiring.notify import channels
from tests.contracts.test_fetch import certificate
from tests.fakes.http import Quiet, Server
from tests.fakes.smtp import MailServer as Fake
from tests.fakes.smtp import mail_server

NOTICE = Notice(
    UUID("019cae00-0000-7000-8000-000000000001"),
    "alert.critical",
    "Kritisch: Schwache Suche\r\nBcc: fremd@example.org",
    "Die Suche findet zu wenig.\n.\nÜber 24h: 60,0 % (n = 100).\n" + "lang " * 300,
    datetime(2026, 3, 2, 12, tzinfo=UTC),
    {"rule": "schwach", "value": 0.6, "n": 100},
)
FROM, TO = "nova@stadtwerke.example", ("betrieb@stadtwerke.example", "lumina@stadtwerke.example")
SECRET = b"0123456789abcdef0123"
QUICK = MailLimits(step_s=1.0, total_s=2.0)


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What the server shows and what the client trusts."""
    chain, server = certificate(tmp_path_factory.mktemp("tls"), "localhost")
    return server, ssl.create_default_context(cafile=str(chain))


@pytest.fixture
def post(tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> Iterator[Fake]:
    with mail_server(tls[0]) as server:
        server.accounts = {"nova": "geheim123"}
        yield server


def mailer(server: Fake, trusted: ssl.SSLContext, scheme: str = "smtp", user: str = "nova", password: str = "geheim123") -> SmtpMailer:
    where = MailServer(scheme, "localhost", server.port, user, password)
    return SmtpMailer(where, FROM, TO, limits=QUICK, tls=lambda: trusted)


def test_a_mail_goes_over_tls_signed_in_and_whole(post: Fake, tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    mailer(post, tls[1]).send(NOTICE)
    (mail,) = post.seen
    assert (mail.sender, tuple(mail.recipients), mail.tls, mail.user) == (FROM, TO, True, "nova")
    found = mail.message
    assert found["Subject"] == "[Nova] Kritisch: Schwache Suche Bcc: fremd@example.org" and found["Bcc"] is None
    assert found["Message-ID"] == f"<{NOTICE.notice_id}@nova>" and found["Auto-Submitted"] == "auto-generated"
    assert found.get_content().replace("\r\n", "\n").strip() == NOTICE.text.strip()


def test_tls_from_the_first_byte(tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    with mail_server(tls[0], implicit=True) as server:
        mailer(server, tls[1], "smtps", "", "").send(NOTICE)
        assert server.seen[0].tls


def test_a_relay_next_door_may_do_without(tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    with mail_server() as server:
        mailer(server, tls[1], "smtp+plain", "", "").send(NOTICE)
        assert not server.seen[0].tls
        with pytest.raises(InvalidInput, match="TLS"):
            mailer(server, tls[1], "smtp", "", "").send(NOTICE)
        assert len(server.seen) == 1


def test_an_unknown_certificate_gets_no_password(post: Fake) -> None:
    with pytest.raises(ServerAbsent, match="Zertifikat"):
        mailer(post, ssl.create_default_context()).send(NOTICE)
    assert post.seen == []


@pytest.mark.parametrize(
    ("command", "answer", "kind"),
    [
        ("RCPT", "550 5.1.1 no such user", InvalidInput),
        ("RCPT", "450 4.2.1 greylisted", ServerAbsent),
        ("MAIL", "451 4.3.0 later", ServerAbsent),
        ("DATA", "554 5.6.0 spam", InvalidInput),
        ("EHLO", "421 4.3.2 closing", ServerAbsent),
        ("STARTTLS", "454 4.7.0 not now", ServerAbsent),
        ("AUTH", "535 5.7.8 no", InvalidInput),
        ("AUTH", "454 4.7.0 later", ServerAbsent),
    ],
)
def test_for_now_and_for_good_are_told_apart(
    post: Fake, tls: tuple[ssl.SSLContext, ssl.SSLContext], command: str, answer: str, kind: type[NovaError]
) -> None:
    post.refuse[command] = answer
    with pytest.raises(kind) as caught:
        mailer(post, tls[1]).send(NOTICE)
    assert "geheim123" not in str(caught.value.message) and post.seen == []


def test_a_wrong_password_is_for_good_and_stays_secret(post: Fake, tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    with pytest.raises(InvalidInput, match="Anmeldung") as caught:
        mailer(post, tls[1], password="falsch-falsch").send(NOTICE)
    assert "falsch-falsch" not in f"{caught.value}{caught.value.__cause__}"


@pytest.mark.parametrize("mode", ["silent", "dropping", "dripping", "garbled"])
def test_a_server_that_fails_is_absent_and_soon(mode: str, post: Fake, tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    post.mode = mode
    began = time.monotonic()
    with pytest.raises(ServerAbsent):
        mailer(post, tls[1]).send(NOTICE)
    assert time.monotonic() - began < 5


def test_no_server_is_absent(tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    with pytest.raises(ServerAbsent, match="nicht erreichbar"):
        SmtpMailer(MailServer("smtp", "127.0.0.1", 9), FROM, TO, limits=QUICK).send(NOTICE)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://nova:ge%40heim@mail.example", MailServer("smtp", "mail.example", 587, "nova", "ge@heim")),
        ("smtps://mail.example:4650", MailServer("smtps", "mail.example", 4650)),
        ("smtp+plain://10.0.0.1", MailServer("smtp+plain", "10.0.0.1", 25)),
        ("smtp://[::1]:25", MailServer("smtp", "::1", 25)),
    ],
)
def test_an_address_is_read(url: str, expected: MailServer) -> None:
    assert parts_of(url) == expected


@pytest.mark.parametrize(
    "url",
    ["http://mail.example", "smtp://", "smtp://a@b", "smtp+plain://a:b@c", "smtp://h:99999", "smtp://h/pfad", "smtp://h?tls=off", "mail"],
)
def test_a_wrong_address_is_named_without_what_it_holds(url: str) -> None:
    with pytest.raises(Misconfigured, match="NOVA_SMTP_URL"):
        parts_of(url)


# --- the webhook


class Receiver:
    """A receiver on loopback: what came, and what it answers."""

    def __init__(self) -> None:
        self.seen: list[tuple[dict[str, str], bytes]] = []
        self.status, self.wait, self.headers = 204, 0.0, dict[str, str]()
        outer = self

        class Handler(Quiet):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.seen.append(({name.lower(): value for name, value in self.headers.items()}, body))
                time.sleep(outer.wait)
                self.send(outer.status, b"", outer.headers)

        self.server = Server(Handler)

    def hook(self, allow: tuple[str, ...] = ("127.0.0.1",), **more: Any) -> SignedWebhook:
        return SignedWebhook(f"{self.server.address}/nova?quelle=1", SECRET, allow, limits=HookLimits(1.0, 1.0, 2.0), **more)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver()
    found.server.start()
    yield found
    found.server.stop()


def test_a_call_is_signed_and_known_again(receiver: Receiver) -> None:
    hook = receiver.hook()
    hook.send(NOTICE)
    hook.send(NOTICE)
    (headers, body), (again, same) = receiver.seen
    stamp = headers["x-nova-timestamp"]
    expected = hmac.new(SECRET, f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers["x-nova-signature"] == f"sha256={expected}"
    assert abs(int(stamp) - time.time()) < 60
    assert headers["x-nova-event"] == "alert.critical" and headers["content-type"] == "application/json"
    assert headers["x-nova-delivery"] == again["x-nova-delivery"] == str(NOTICE.notice_id) and body == same == body_of(NOTICE)
    told = json.loads(body)
    assert (told["event"], told["data"], told["at"]) == ("alert.critical", dict(NOTICE.facts), "2026-03-02T12:00:00+00:00")


@pytest.mark.parametrize(
    ("status", "kind"),
    [(500, ServerAbsent), (503, ServerAbsent), (429, ServerAbsent), (400, InvalidInput), (401, InvalidInput), (410, InvalidInput)],
)
def test_a_refusal_is_for_now_or_for_good(receiver: Receiver, status: int, kind: type[NovaError]) -> None:
    receiver.status = status
    with pytest.raises(kind, match=str(status)):
        receiver.hook().send(NOTICE)


def test_a_redirect_is_never_followed(receiver: Receiver) -> None:
    receiver.status, receiver.headers = 307, {"Location": "http://169.254.169.254/"}
    with pytest.raises(InvalidInput, match="307"):
        receiver.hook().send(NOTICE)
    assert len(receiver.seen) == 1


def test_what_leads_inside_is_blocked_unless_listed(receiver: Receiver) -> None:
    with pytest.raises(BlockedAddress):
        receiver.hook(allow=()).send(NOTICE)
    with pytest.raises(BlockedAddress):
        SignedWebhook("https://hook.example/", SECRET, resolver=lambda host, port: ["169.254.169.254"]).send(NOTICE)
    assert receiver.seen == []


def test_who_does_not_answer_is_absent(receiver: Receiver) -> None:
    receiver.wait = 1.5
    with pytest.raises(ServerAbsent, match="rechtzeitig"):
        receiver.hook().send(NOTICE)
    with pytest.raises(ServerAbsent):
        SignedWebhook("http://127.0.0.1:9/", SECRET, ("127.0.0.1",)).send(NOTICE)


# --- settings


def test_the_log_is_always_there_and_others_where_they_are_set_up(tmp_path: Path) -> None:
    assert list(channels(Settings(NOVA_DATA=tmp_path))) == ["log"]
    full = Settings(
        NOVA_DATA=tmp_path, NOVA_SMTP_URL="smtps://mail.example", NOVA_SMTP_FROM=FROM, NOVA_SMTP_TO=", ".join(TO),
        NOVA_WEBHOOK_URL="https://hook.example/x", NOVA_WEBHOOK_SECRET=SECRET.decode(),
    )  # fmt: skip
    assert list(channels(full)) == ["log", "mail", "webhook"]


@pytest.mark.parametrize(
    "given",
    [
        {"NOVA_SMTP_URL": "smtps://mail.example"},
        {"NOVA_SMTP_URL": "smtps://mail.example", "NOVA_SMTP_FROM": FROM, "NOVA_SMTP_TO": "Max <m@x.example>"},
        {"NOVA_SMTP_URL": "smtps://mail.example", "NOVA_SMTP_FROM": "a@b\r\nBcc: c@d", "NOVA_SMTP_TO": "m@x.example"},
        {"NOVA_WEBHOOK_URL": "https://hook.example"},
        {"NOVA_WEBHOOK_URL": "https://hook.example", "NOVA_WEBHOOK_SECRET": "kurz"},
        {"NOVA_WEBHOOK_URL": "ftp://hook.example", "NOVA_WEBHOOK_SECRET": SECRET.decode()},
        {"NOVA_WEBHOOK_URL": "https://a:b@hook.example", "NOVA_WEBHOOK_SECRET": SECRET.decode()},
    ],
)
def test_half_a_setting_is_refused_at_the_start(tmp_path: Path, given: dict[str, str]) -> None:
    with pytest.raises(Misconfigured):
        channels(Settings(NOVA_DATA=tmp_path, **given))  # type: ignore[arg-type]
