"""What came with a request in, the caller behind it out. Keeps a short memory so that a busy caller costs no query each time."""

import hashlib
import hmac
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import Literal
from uuid import UUID

from joserfc.jwk import OctKey

from nova.errors import NotAllowed, NotSignedIn
from nova.governance.sessions import OpenSession, close_session, find_session, is_sealed, open_session
from nova.governance.tokens import token_holder
from nova.governance.users import customer
from nova.records import Caller
from nova.store import governance as rows
from nova.store.db import Database

MEMORY_SECONDS = 5.0
MEMORY_SIZE = 4096
ADMIN = Caller("admin")
Kind = Literal["token", "cookie"]


class SessionOver(NotSignedIn):
    """A browser's session is over; its cookie is of no more use."""

    def __init__(self) -> None:
        super().__init__("Ihre Sitzung ist beendet. Bitte melden Sie sich neu an.")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A caller; `csrf` is set when a browser session brought them."""

    caller: Caller
    csrf: str | None = None


class Identities:
    """Tells who is asking. A withdrawn token or closed session is forgotten here at once, in other processes after five seconds."""

    def __init__(self, db: Database, admin_key: str, key: OctKey, *, session_hours: int) -> None:
        self._db = db
        self._admin = hashlib.sha256(admin_key.encode()).digest()
        self._session_key = hmac.new(key.raw_value, admin_key.encode(), hashlib.sha256).digest()
        self._hours = session_hours
        self.token_key = key
        self._memory: OrderedDict[bytes, tuple[float, SignedIn]] = OrderedDict()
        self._lock = Lock()

    def is_admin_key(self, key: str) -> bool:
        """Whether this is the operator's key; takes the same time for any wrong one."""
        return hmac.compare_digest(hashlib.sha256(key.encode()).digest(), self._admin)

    def remembered(self, kind: Kind, secret: str) -> SignedIn | None:
        """Who this token or cookie stood for a moment ago, without a query."""
        known = self._memory.get(_digest(kind, secret))
        return known[1] if known and known[0] > time.monotonic() else None

    def by_token(self, token: str) -> SignedIn:
        """The caller behind a bearer token; NotSignedIn."""
        _, holder = token_holder(self._db, self.token_key, token)
        who = SignedIn(_caller(holder))
        return self._remember(_digest("token", token), who, holder.expires_at)

    def may_be_session(self, secret: str) -> bool:
        """Whether a cookie was made here and under this key; tells without a query."""
        return is_sealed(self._session_key, secret)

    def by_session(self, secret: str) -> SignedIn:
        """The caller behind a session cookie; SessionOver."""
        session = find_session(self._db, self._session_key, secret)
        if session is None:
            raise SessionOver
        caller = ADMIN if session.role == "admin" else Caller(session.role, session.user_id, session.external_id)
        return self._remember(_digest("cookie", secret), SignedIn(caller, session.csrf), session.expires_at)

    def by_dev_user(self, name: str) -> SignedIn:
        """The person a developer claims to be (dev on loopback only); NotSignedIn for anything but a UUID."""
        try:
            external_id = str(UUID(name))
        except ValueError:
            raise NotSignedIn("X-Dev-User erwartet eine UUID.") from None
        with self._db.transaction() as conn:
            user = rows.find_user(conn, external_id) or rows.ensure_user(conn, external_id)
        return SignedIn(customer(user))

    def sign_in(self, key: str) -> tuple[Caller, OpenSession]:
        """Exchange the operator's key or a person's token for a browser session; NotSignedIn, NotAllowed for a service account."""
        if self.is_admin_key(key):
            return ADMIN, open_session(self._db, self._session_key, ADMIN, until=None, hours=self._hours)
        token_id, holder = token_holder(self._db, self.token_key, key)
        caller = _caller(holder)
        if caller.role == "service":
            raise NotAllowed("Ein Dienstkonto meldet sich nicht an: Es sendet sein Token mit jeder Anfrage.")
        opened = open_session(self._db, self._session_key, caller, until=holder.expires_at, hours=self._hours, token_id=token_id)
        return caller, opened

    def sign_out(self, secret: str) -> None:
        """End a browser session."""
        close_session(self._db, self._session_key, secret)
        with self._lock:
            self._memory.pop(_digest("cookie", secret), None)

    def forget(self) -> None:
        """Ask the database again for everybody (after a token was withdrawn)."""
        with self._lock:
            self._memory.clear()

    def _remember(self, known: bytes, who: SignedIn, expires_at: datetime) -> SignedIn:
        left = (expires_at - datetime.now(UTC)).total_seconds()
        with self._lock:
            self._memory[known] = (time.monotonic() + min(MEMORY_SECONDS, left), who)
            while len(self._memory) > MEMORY_SIZE:
                self._memory.popitem(last=False)
        return who


def _caller(holder: rows.LiveToken) -> Caller:
    return Caller(holder.role, holder.user_id, holder.external_id)


def _digest(kind: Kind, secret: str) -> bytes:
    """One cannot pass for the other."""
    return hashlib.sha256(f"{kind} {secret}".encode()).digest()
