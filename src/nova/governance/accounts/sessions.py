"""A person's own sessions and tokens: listed, and ended by their owner."""

from uuid import UUID

from nova.errors import NotFound
from nova.ports import Audit
from nova.records import Caller
from nova.store.people import accounts
from nova.store.people.accounts import OwnSession as OwnSession
from nova.store.people.governance import TokenRow, tokens_of
from nova.store.postgres.db import Database


class OwnSessions:
    """Where somebody is signed in, and what programs act for them. The operator's key has neither."""

    def __init__(self, db: Database, audit: Audit) -> None:
        self._db, self._audit = db, audit

    def all(self, caller: Caller) -> list[OwnSession]:
        """The one used last first."""
        if caller.user_id is None:
            return []
        with self._db.transaction() as conn:
            return accounts.sessions_of(conn, caller.user_id)

    def tokens(self, caller: Caller) -> list[TokenRow]:
        """Those that are good, the newest first."""
        if caller.user_id is None:
            return []
        with self._db.transaction() as conn:
            return tokens_of(conn, caller.user_id)

    def end(self, caller: Caller, session_id: UUID) -> None:
        """End one; NotFound."""
        with self._db.transaction() as conn:
            if caller.user_id is None or not accounts.end_session(conn, caller.user_id, session_id):
                raise NotFound("Diese Sitzung gibt es nicht.")
            self._audit.record(caller, "session.ended", str(session_id), connection=conn)

    def end_others(self, caller: Caller, session_hash: str) -> int:
        """End all but this one; how many."""
        if caller.user_id is None:
            return 0
        with self._db.transaction() as conn:
            ended = accounts.end_other_sessions(conn, caller.user_id, session_hash)
            self._audit.record(caller, "session.others_ended", str(caller.user_id), {"sessions": ended}, connection=conn)
        return ended
