"""A mail server on a real socket, as RFC 5321 (SMTP), RFC 3207 (STARTTLS) and RFC 4954 (AUTH PLAIN and LOGIN) describe it.

EHLO lists STARTTLS while the line is plain and a certificate is there, AUTH only under TLS; DATA ends in a line with a dot, dots in front
are doubled; a command out of order is answered 503, an unknown one 500. `refuse` maps a command to its answer ("RCPT": "450 4.2.1 ..."),
`mode` makes it fail: "silent" (takes the call and never greets), "dropping" (hangs up after the mail's text, before the answer),
"dripping" (one byte a tenth of a second, for ever), "garbled" (an answer of another protocol).
"""

import base64
import io
import socketserver
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any


@dataclass
class Mail:
    """What was handed in: envelope, text as it came, whether over TLS and who was signed in."""

    sender: str
    recipients: list[str]
    data: bytes
    tls: bool
    user: str

    @property
    def message(self) -> EmailMessage:
        """The mail, read."""
        found = message_from_bytes(self.data, policy=default)
        assert isinstance(found, EmailMessage)
        return found


class MailServer(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """`implicit`: TLS from the first byte. `accounts`: who may sign in; with any, mails need it. `seen` keeps the mails."""

    daemon_threads = True
    allow_reuse_address = True
    block_on_close = False

    def __init__(self, tls: ssl.SSLContext | None = None, *, implicit: bool = False) -> None:
        self.tls, self.implicit = tls, implicit
        self.accounts: dict[str, str] = {}
        self.refuse: dict[str, str] = {}
        self.mode = "good"
        self.seen: list[Mail] = []
        self.over = threading.Event()
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no fault of the server."""


@dataclass
class _Talk:
    sender: str = ""
    recipients: list[str] = field(default_factory=list)
    user: str = ""
    greeted: bool = False


class _Handler(socketserver.BaseRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.sock: Any = self.request
        self.secure, self.file = False, io.BytesIO()
        try:
            self._talk()
        finally:
            self.file.close()
            self.sock.close()

    def _talk(self) -> None:
        if self.server.implicit and self.server.tls:
            self._secure()
        if self.server.mode == "silent":
            self.server.over.wait(30)
            return
        if self.server.mode == "dripping":
            while not self.server.over.wait(0.1):
                self.sock.sendall(b"2")
        if self.server.mode == "garbled":
            self.sock.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            return
        self.file = self.sock.makefile("rb")
        self.talk = _Talk()
        self._say("220 mail.example ESMTP")
        while line := self.file.readline(2000):
            word, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
            if not self._obey(word.upper(), rest):
                return

    def _secure(self) -> None:
        assert self.server.tls is not None
        self.sock, self.secure = self.server.tls.wrap_socket(self.sock, server_side=True), True

    def _say(self, *lines: str) -> None:
        for number, line in enumerate(lines):
            code, _, text = line.partition(" ")
            mark = " " if number == len(lines) - 1 else "-"
            self.sock.sendall(f"{code}{mark}{text}\r\n".encode())

    def _obey(self, word: str, rest: str) -> bool:
        if word in self.server.refuse:
            self._say(self.server.refuse[word])
            return not self.server.refuse[word].startswith("421")
        match word:
            case "EHLO":
                self._greet()
            case "HELO":
                self.talk = _Talk(greeted=True)
                self._say("250 mail.example")
            case "STARTTLS" if self.server.tls and not self.secure:
                self._say("220 go ahead")
                self._secure()
                self.file.close()
                self.file, self.talk = self.sock.makefile("rb"), _Talk()
            case "AUTH" if self.secure:
                self._sign_in(rest)
            case "MAIL" if self.talk.greeted:
                self._mail(rest)
            case "RCPT" if self.talk.sender:
                self.talk.recipients.append(rest[rest.find("<") + 1 : rest.find(">")])
                self._say("250 2.1.5 ok")
            case "DATA" if self.talk.recipients:
                return self._data()
            case "RSET":
                self.talk.sender, self.talk.recipients = "", []
                self._say("250 2.0.0 ok")
            case "QUIT":
                self._say("221 2.0.0 bye")
                return False
            case "AUTH" | "MAIL" | "RCPT" | "DATA" | "STARTTLS":
                self._say("503 5.5.1 bad sequence of commands")
            case _:
                self._say("500 5.5.2 unknown command")
        return True

    def _greet(self) -> None:
        self.talk = _Talk(greeted=True, user=self.talk.user)
        extras = ["250 STARTTLS"] if self.server.tls and not self.secure else []
        extras += ["250 AUTH PLAIN LOGIN"] if self.secure and self.server.accounts else []
        self._say("250 mail.example", *extras, "250 8BITMIME")

    def _sign_in(self, rest: str) -> None:
        kind, _, first = rest.partition(" ")
        if kind.upper() == "PLAIN":
            _, user, password = base64.b64decode(first).decode().split("\0")
        else:
            user = base64.b64decode(first).decode()
            self._say("334 UGFzc3dvcmQ6")
            password = base64.b64decode(self.file.readline()).decode()
        if self.server.accounts.get(user) != password:
            self._say("535 5.7.8 authentication failed")
            return
        self.talk.user = user
        self._say("235 2.7.0 ok")

    def _mail(self, rest: str) -> None:
        if self.server.accounts and not self.talk.user:
            self._say("530 5.7.0 authentication required")
            return
        self.talk.sender = rest[rest.find("<") + 1 : rest.find(">")]
        self._say("250 2.1.0 ok")

    def _data(self) -> bool:
        self._say("354 end with a dot")
        lines: list[bytes] = []
        while (line := self.file.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        if self.server.mode == "dropping":
            return False
        talk = self.talk
        self.server.seen.append(Mail(talk.sender, list(talk.recipients), b"".join(lines), self.secure, talk.user))
        talk.sender, talk.recipients = "", []
        self._say("250 2.0.0 queued")
        return True


@contextmanager
def mail_server(tls: ssl.SSLContext | None = None, *, implicit: bool = False) -> Iterator[MailServer]:
    """A mail server until the block ends."""
    server = MailServer(tls, implicit=implicit)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        time.sleep(0)
        server.shutdown()
        server.server_close()
        thread.join(5)
