"""What came with a request in, the caller behind it out. Keeps a short memory so that a busy caller costs no query each time.

Whoever has come in holds a ticket, by which it can be asked later whether they may still be there.
"""

import hashlib
import hmac
import time
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import Any, Literal
from uuid import UUID

from joserfc.jwk import OctKey
from psycopg import Connection

from nova.errors import NotAllowed, NotSignedIn, NovaError
from nova.governance.audit import AuditLog
from nova.governance.secrets import AdminKey, OperatorKey
from nova.governance.sessions import Opening, OpenSession, Still, close_session, find_session, is_sealed, open_session, session_hash
from nova.governance.tokens import token_holder
from nova.governance.users import customer
from nova.logs import get_logger
from nova.records import Caller
from nova.store.people import governance as rows
from nova.store.postgres.db import Database

MEMORY_SECONDS = 5.0
MEMORY_SIZE = 4096
ADMIN = Caller("admin")
Kind = Literal["token", "cookie"]
Way = Literal["key", "token", "cookie", "dev"]
log = get_logger(__name__)


class SessionOver(NotSignedIn):
    """A browser's session is over; its cookie is of no more use."""

    def __init__(self) -> None:
        super().__init__("Ihre Sitzung ist beendet. Bitte melden Sie sich neu an.")


@dataclass(frozen=True, slots=True)
class Ticket:
    """What let somebody in, without its secret: the way, what the database knows it by ("" for the key), and the operator's key of then."""

    way: Way
    mark: str
    under: bytes


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A caller; `csrf` and `session` are set when a browser session brought them."""

    caller: Caller
    ticket: Ticket
    csrf: str | None = None
    session: "Session | None" = None


@dataclass(frozen=True, slots=True)
class Session:
    """A browser's session: its number, by which way it was opened, and when somebody proved who they are (None: nobody says)."""

    session_id: UUID
    way: str
    proved_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Keys:
    """What depends on the operator's key: its digest, and what seals cookies."""

    admin: bytes
    session: bytes

    @classmethod
    def of(cls, admin_key: str, key: OctKey) -> "_Keys":
        """Those of a key."""
        made = hmac.new(key.raw_value, admin_key.encode(), hashlib.sha256).digest()
        return cls(hashlib.sha256(admin_key.encode()).digest(), made)


class Identities:
    """Tells who is asking. A withdrawn token or closed session is forgotten here at once, in other processes after five seconds."""

    def __init__(self, db: Database, admin_key: AdminKey, key: OctKey, *, session_hours: int) -> None:
        self._db = db
        self._operator = OperatorKey(admin_key)
        self._keys = _Keys.of(admin_key.value, key)
        self._hours = session_hours
        self._unnoted = False
        self.token_key = key
        self._memory: OrderedDict[bytes, tuple[float, SignedIn]] = OrderedDict()
        self._lock = Lock()

    def is_admin_key(self, key: str) -> bool:
        """Whether this is the operator's key; takes the same time for any wrong one."""
        return hmac.compare_digest(hashlib.sha256(key.encode()).digest(), self._keys.admin)

    def by_admin_key(self, key: str) -> SignedIn | None:
        """The operator, when this is their key."""
        return SignedIn(ADMIN, Ticket("key", "", self._keys.admin)) if self.is_admin_key(key) else None

    @property
    def key_changed(self) -> bool:
        """Whether `renew_key` has something to do, mostly another stored operator's key. Looks once a second, without a query."""
        return self._operator.changed or self._unnoted

    def renew_key(self) -> None:
        """Take the stored operator's key of now, and note that; whoever came in by the one before, or by a cookie, has to sign in anew.

        The key of before ends first, whatever the database says; an entry that could not be written is written by the next call.
        """
        keys = _Keys.of(self._operator.renewed(), self.token_key)
        with self._lock:
            if keys != self._keys:
                self._keys, self._unnoted = keys, True
                self._memory.clear()
            note, self._unnoted = self._unnoted, False
        try:
            if note:
                with self._db.transaction() as conn:
                    AuditLog().record(ADMIN, "operator_key.changed", "admin", connection=conn)
        except NovaError as error:
            self._unnoted = True
            log.warning("key_change_not_noted", error=error.code)

    def remembered(self, kind: Kind, secret: str) -> SignedIn | None:
        """Who this token or cookie stood for a moment ago, without a query."""
        known = self._memory.get(_digest(kind, secret))
        return known[1] if known and known[0] > time.monotonic() else None

    def by_token(self, token: str) -> SignedIn:
        """The caller behind a bearer token; NotSignedIn."""
        token_id, holder = token_holder(self._db, self.token_key, token)
        who = SignedIn(_caller(holder), Ticket("token", str(token_id), b""))
        return self._remember(_digest("token", token), who, holder.expires_at)

    def may_be_session(self, secret: str) -> bool:
        """Whether a cookie was made here and under this key; tells without a query."""
        return is_sealed(self._keys.session, secret)

    def by_session(self, secret: str) -> SignedIn:
        """The caller behind a session cookie; SessionOver."""
        keys = self._keys
        session = find_session(self._db, keys.session, secret)
        if session is None:
            raise SessionOver
        who = SignedIn(
            rows.caller_of(session.role, session.user_id, session.external_id, session.scopes),
            Ticket("cookie", session_hash(keys.session, secret), keys.admin),
            session.csrf,
            Session(session.session_id, session.way, session.proved_at),
        )
        return self._remember(_digest("cookie", secret), who, session.expires_at)

    def by_dev_user(self, name: str) -> SignedIn:
        """The person a developer claims to be (dev on loopback only); NotSignedIn for anything but a UUID."""
        try:
            external_id = str(UUID(name))
        except ValueError:
            raise NotSignedIn("X-Dev-User erwartet eine UUID.") from None
        with self._db.transaction() as conn:
            user = rows.find_user(conn, external_id) or rows.ensure_user(conn, external_id)
        return SignedIn(customer(user), Ticket("dev", str(user.user_id), b""))

    def sign_in(self, key: str, device: str = "") -> tuple[Caller, OpenSession]:
        """Exchange the operator's key or a person's token for a browser session; NotSignedIn, NotAllowed for a service account."""
        if self.is_admin_key(key):
            return ADMIN, self.enter(ADMIN, Opening("key", device))
        token_id, holder = token_holder(self._db, self.token_key, key)
        caller = _caller(holder)
        if caller.role == "service":
            raise NotAllowed("Ein Dienstkonto meldet sich nicht an: Es sendet sein Token mit jeder Anfrage.")
        return caller, self.enter(caller, Opening("token", device, holder.expires_at, token_id))

    def enter(self, caller: Caller, opening: Opening, still: Still | None = None) -> OpenSession:
        """A browser session for somebody who has proved who they are, and `still` may come in when it is stored; raises what that does."""
        return open_session(self._db, self._keys.session, caller, opening, hours=self._hours, still=still)

    def sign_out(self, secret: str) -> None:
        """End a browser session."""
        close_session(self._db, self._keys.session, secret)
        with self._lock:
            self._memory.pop(_digest("cookie", secret), None)

    def forget(self) -> None:
        """Ask the database again for everybody (after a token was withdrawn)."""
        with self._lock:
            self._memory.clear()

    def under_another_key(self, those: Collection[SignedIn]) -> set[SignedIn]:
        """Those whom an operator's key let in that is no more the one; asks no database."""
        return {one for one in those if one.ticket.under not in (b"", self._keys.admin)}

    def gone(self, connection: Connection[Any], those: Collection[SignedIn]) -> set[SignedIn]:
        """Those who would not come in now, or not as the same: withdrawn, signed out, over, erased, renamed or in another role.

        Where there are any, nobody is remembered: it was another process that turned them away.
        """
        marks: dict[Way, set[str]] = {"token": set(), "cookie": set(), "dev": set()}
        for one in those:
            marks.setdefault(one.ticket.way, set()).add(one.ticket.mark)
        now: dict[tuple[Way, str], Caller] = {("key", ""): ADMIN}
        if marks["token"]:
            tokens = rows.live_tokens(connection, [UUID(mark) for mark in marks["token"]])
            now |= {("token", str(token_id)): caller for token_id, caller in tokens.items()}
        if marks["cookie"]:
            now |= {("cookie", mark): caller for mark, caller in rows.live_sessions(connection, marks["cookie"]).items()}
        if marks["dev"]:
            now |= {("dev", mark): customer(user) for mark, user in rows.find_users(connection, marks["dev"]).items()}
        gone = {one for one in those if now.get((one.ticket.way, one.ticket.mark)) != one.caller}
        if gone:
            self.forget()
        return gone

    def _remember(self, known: bytes, who: SignedIn, expires_at: datetime) -> SignedIn:
        left = (expires_at - datetime.now(UTC)).total_seconds()
        with self._lock:
            self._memory[known] = (time.monotonic() + min(MEMORY_SECONDS, left), who)
            while len(self._memory) > MEMORY_SIZE:
                self._memory.popitem(last=False)
        return who


def _caller(holder: rows.LiveToken) -> Caller:
    return rows.caller_of(holder.role, holder.user_id, holder.external_id, holder.scopes)


def _digest(kind: Kind, secret: str) -> bytes:
    """One cannot pass for the other."""
    return hashlib.sha256(f"{kind} {secret}".encode()).digest()
