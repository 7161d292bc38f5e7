"""Who somebody is here, by any of their names, and what they are called from now on."""

from uuid import UUID

from nova.governance import rights
from nova.governance.people import KnownPeople
from nova.ports import Audit
from nova.records import Caller, Person
from nova.store.postgres.db import Database


class PersonDirectory:
    """Everybody who signs in or whom another system speaks of."""

    def __init__(self, db: Database, people: KnownPeople, audit: Audit) -> None:
        self._db, self._people, self._audit = db, people, audit

    def own(self, caller: Caller) -> Person:
        """The caller; NotAllowed for the operator's key, which is nobody's, NotFound for who is gone."""
        return self.find(str(rights.user_of(caller)))

    def find(self, name: str) -> Person:
        """By pseudonym, our own id, external id or a sender's id; NotFound."""
        with self._db.transaction() as conn:
            return rights.person(conn, self._people, name)

    def rename(self, caller: Caller, subject_id: UUID, external_id: str) -> Person:
        """Somebody is known by another name elsewhere; their tokens are withdrawn and they are signed out. Raises as `rights.rename`."""
        with self._db.transaction() as conn:
            rights.rename(conn, self._people, rights.person(conn, self._people, str(subject_id)), external_id)
            self._audit.record(caller, "data.renamed", str(subject_id), connection=conn)
        return self.find(str(subject_id))
