"""Who came in, by which way, and each use of the operator's key: entries of the audit log, and what operators are told."""

import secrets
from datetime import UTC, datetime, timedelta

from nova.governance.accounts.enter import Way
from nova.governance.accounts.steps import hash_of
from nova.ports import Audit
from nova.records import Caller
from nova.store.people import accounts
from nova.store.people.accounts import KeyUse
from nova.store.postgres.db import Database
from nova.windows import Windows

KNOWN_DAYS = 180
ONCE_S = 3600.0
MOST_TOLD = 50
ADMIN = Caller("admin")


class Doorbook:
    """The book at the door of an installation."""

    def __init__(self, db: Database, audit: Audit) -> None:
        self._db, self._audit, self._noted = db, audit, Windows(ONCE_S)

    def came_in(self, caller: Caller, way: Way, browser: str) -> str:
        """Note it; the secret by which this browser is known from now on, the one it had or a new one."""
        known = browser if 20 <= len(browser) <= 100 else secrets.token_urlsafe(32)
        with self._db.transaction() as conn:
            if caller.user_id is not None:
                accounts.know_browser(conn, caller.user_id, hash_of(known), datetime.now(UTC) + timedelta(days=KNOWN_DAYS))
            self._audit.record(caller, "session.opened", caller.token, {"way": way}, connection=conn)
        return known

    def key_used(self, way: str, address: str) -> None:
        """Note a use of the operator's key; of the same address and way once an hour, a browser's sign-in each time."""
        if way == "program" and (self._noted.hit((way, address), 1, ONCE_S) or self._noted_elsewhere(address)):
            return
        with self._db.transaction() as conn:
            self._audit.record(ADMIN, "operator_key.used", "admin", {"way": way, "from": address}, connection=conn)

    def untold(self, caller: Caller) -> list[KeyUse]:
        """The uses of the key that this operator has not seen, the newest first; nothing for the key itself."""
        if caller.user_id is None:
            return []
        with self._db.transaction() as conn:
            return accounts.key_uses(conn, caller.user_id, MOST_TOLD)

    def told(self, caller: Caller, seq: int) -> None:
        """This operator has seen all up to there."""
        if caller.user_id is not None:
            with self._db.transaction() as conn:
                accounts.tell_until(conn, caller.user_id, seq)

    def _noted_elsewhere(self, address: str) -> bool:
        """Whether another process has noted the same within the hour: a command at a terminal is a process of its own."""
        with self._db.transaction() as conn:
            return accounts.key_use_noted(conn, address, datetime.now(UTC) - timedelta(seconds=ONCE_S))
