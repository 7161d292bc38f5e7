"""Who came in, by which way, and each use of the operator's key: entries of the audit log, and what operators are told."""

import secrets
from datetime import UTC, datetime, timedelta

from nova.errors import NovaError
from nova.governance.accounts.enter import Way
from nova.governance.accounts.steps import hash_of
from nova.logs import get_logger
from nova.ports import Audit
from nova.records import Caller
from nova.store.people import accounts
from nova.store.people.accounts import KeyUse as KeyUse
from nova.store.postgres.db import Database
from nova.windows import Windows

KNOWN_DAYS = 180
ONCE_S = 3600.0
MOST_TOLD = 50
ADMIN, USED = Caller("admin"), "operator_key.used"
log = get_logger(__name__)


class Doorbook:
    """The book at the door of an installation."""

    def __init__(self, db: Database, audit: Audit) -> None:
        self._db, self._audit, self._noted = db, audit, Windows(ONCE_S)

    def came_in(self, caller: Caller, way: Way, browser: str) -> str:
        """Note it; the secret by which this browser is known from now on: the one by which it is known for them, else a new one.

        What somebody else put into the browser is not kept: whoever knows it would be taken for this person's browser.
        """
        known = secrets.token_urlsafe(32)
        with self._db.transaction() as conn:
            if caller.user_id is not None:
                known = browser if accounts.is_known(conn, caller.user_id, hash_of(browser)) else known
                accounts.know_browser(conn, caller.user_id, hash_of(known), datetime.now(UTC) + timedelta(days=KNOWN_DAYS))
            self._audit.record(caller, "session.opened", caller.token, {"way": way}, connection=conn)
        return known

    def key_entered(self, address: str) -> None:
        """Note that a browser came in by the operator's key."""
        with self._db.transaction() as conn:
            self._audit.record(ADMIN, USED, "admin", {"way": "browser", "from": address}, connection=conn)

    def is_news(self, address: str) -> bool:
        """Whether no program has used the key from there within the hour, as far as this process knows; asks no database."""
        return not self._noted.wait(address, 1, ONCE_S)

    def key_used(self, address: str) -> None:
        """Note that a program used the operator's key, once an hour from each address; without a database the next use is noted."""
        if self._noted.hit(address, 1, ONCE_S):
            return
        try:
            with self._db.transaction() as conn:
                since = datetime.now(UTC) - timedelta(seconds=ONCE_S)
                if not accounts.key_use_noted(conn, address, since):  # a command at a terminal is a process of its own
                    self._audit.record(ADMIN, USED, "admin", {"way": "program", "from": address}, connection=conn)
        except NovaError as error:
            self._noted.clear(address)
            log.warning("key_use_not_noted", error=error.code)

    def untold(self, caller: Caller) -> list[KeyUse]:
        """The uses of the key that this operator has not seen, the newest first; nothing for the key itself."""
        if caller.user_id is None:
            return []
        with self._db.transaction() as conn:
            return accounts.key_uses(conn, caller.user_id, MOST_TOLD)

    def told(self, caller: Caller, seq: int) -> None:
        """This operator has seen all up to there; what a token is shown, nobody has seen."""
        if caller.user_id is not None and caller.scopes is None:
            with self._db.transaction() as conn:
                accounts.tell_until(conn, caller.user_id, seq)
