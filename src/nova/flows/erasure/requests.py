"""Erasures asked for, tried again and looked up: what a person or the operator wants in, an entry in both ledgers and a job out."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.errors import Conflict, InvalidInput, NotFound, NovaError
from nova.flows.erasure.ledger import Ledger
from nova.flows.erasure.snapshots import PURGE
from nova.flows.kinds import ERASE
from nova.governance import rights
from nova.governance.directory import PersonDirectory
from nova.ports import Audit
from nova.ports.jobs import OPEN, Jobs
from nova.records import Caller, Erasure, ErasureStanding, Person
from nova.store.ids import uuid7
from nova.store.people import rights as rows
from nova.store.postgres.db import Database

UNKNOWN = "Diese Löschung steht nicht im Verzeichnis."


@dataclass(frozen=True, slots=True)
class StartedErasure:
    """An erasure and its job."""

    erasure_id: UUID
    job_id: UUID


class Erasures:
    """The erasures of an installation: in its database, and in the ledger outside."""

    def __init__(self, db: Database, jobs: Jobs, audit: Audit, ledger: Ledger) -> None:
        self._db, self._jobs, self._audit, self._ledger = db, jobs, audit, ledger

    def ask(self, actor: Caller, person: Person, now: datetime, *, purge_snapshots: bool = False) -> StartedErasure:
        """Note in both ledgers that a person is to be erased, and start the job (again)."""
        with self._db.transaction() as conn:
            known = rows.open_erasure(conn, person.subject_id)
        if known is not None and (running := self._running(known)) is not None:
            if purge_snapshots:
                self._wish(actor, known, person)
            return StartedErasure(known, running)
        entry = Erasure(known or uuid7(), person.subject_id, person.user_id, person.lookup, now)
        try:
            if known is None:
                self._ledger.put(entry)
            with self._db.transaction() as conn:
                rows.ask(conn, entry)
                if purge_snapshots:
                    rows.wish(conn, entry.erasure_id, PURGE)
                job_id = self.start(entry.erasure_id, conn)
                facts = {"subject": entry.subject_id, "snapshots": purge_snapshots}
                self._audit.record(actor, "erasure.requested", str(entry.erasure_id), facts, connection=conn)
        except NovaError:
            if known is None:
                self._ledger.drop(entry.erasure_id)
            raise
        return StartedErasure(entry.erasure_id, job_id)

    def retry(self, actor: Caller, erasure_id: UUID) -> ErasureStanding:
        """Start the job of an erasure again that failed or was cancelled. NotFound; Conflict when it is done or in somebody's hands."""
        with self._db.transaction() as conn:
            entry = rows.lock_erasure(conn, erasure_id)
            if entry is None:
                raise NotFound(UNKNOWN)
            if entry.done_at is not None:
                raise Conflict("Diese Löschung ist abgeschlossen.")
            if self._running(erasure_id) is not None:
                raise Conflict("Diese Löschung läuft schon oder wartet darauf.")
            self.start(erasure_id, conn)
            self._audit.record(actor, "erasure.retried", str(erasure_id), {"subject": entry.subject_id}, connection=conn)
        return self.one(erasure_id)

    def resume(self) -> int:
        """Start the job of every erasure that is wanted, not done and in nobody's hands; how many. Runs by the clock too."""
        with self._db.transaction() as conn:
            waiting = rows.unfinished(conn)
        left = [erasure_id for erasure_id in waiting if self._running(erasure_id) is None]
        for erasure_id in left:
            self.start(erasure_id)
        return len(left)

    def start(self, erasure_id: UUID, conn: Connection[Any] | None = None) -> UUID:
        """Start the job of an erasure that stands in the ledger; the job."""
        return self._jobs.start(ERASE, {"erasure_id": str(erasure_id)}, title=f"Löschung {erasure_id}", connection=conn)

    def page(self, subject: UUID | None, limit: int, offset: int) -> tuple[list[ErasureStanding], int]:
        """A page of the ledger, newest first, and how many entries there are; of one pseudonym, own id or erasure when given."""
        with self._db.transaction() as conn:
            return rows.page(conn, subject, limit, offset), rows.total(conn, subject)

    def one(self, erasure_id: UUID) -> ErasureStanding:
        """One entry with its receipt; NotFound."""
        with self._db.transaction() as conn:
            found = [one for one in rows.page(conn, erasure_id, 1) if one.erasure.erasure_id == erasure_id]
        if not found:
            raise NotFound(UNKNOWN)
        return found[0]

    def own_state(self, caller: Caller) -> ErasureStanding | None:
        """How the caller's own erasure stands that is asked for and not done; None where there is none. NotAllowed for the operator."""
        user_id = rights.user_of(caller)
        with self._db.transaction() as conn:
            found = rows.page(conn, user_id, 1)
        return found[0] if found and found[0].state != "done" else None

    def _wish(self, actor: Caller, erasure_id: UUID, person: Person) -> None:
        """Snapshots are to go too, with an erasure that runs already."""
        with self._db.transaction() as conn:
            rows.wish(conn, erasure_id, PURGE)
            facts = {"subject": person.subject_id, "snapshots": True}
            self._audit.record(actor, "erasure.requested", str(erasure_id), facts, connection=conn)

    def _running(self, erasure_id: UUID) -> UUID | None:
        for job in self._jobs.list(states=OPEN, kind=ERASE.name, limit=200):
            if job.title.endswith(str(erasure_id)):
                return job.job_id
        return None


class ErasureRequests:
    """People who want themselves erased, and the operator who erases somebody. `key` seals the confirmations that people send back."""

    def __init__(self, erasures: Erasures, directory: PersonDirectory, key: bytes) -> None:
        self._erasures, self._directory, self._key = erasures, directory, key

    def own(self, caller: Caller, confirm: str | None) -> StartedErasure | str:
        """Without a confirmation one to send back, good for `rights.CONFIRM_S` seconds; with it the erasure starts.

        InvalidInput for one that is over or another's, NotAllowed for the operator's key.
        """
        who, now = self._directory.own(caller), datetime.now(UTC)
        if who.user_id is None:
            raise NotFound(rights.UNKNOWN)
        if confirm is None:
            return rights.confirmation(self._key, who.user_id, now)
        if not rights.confirmed(self._key, who.user_id, confirm, now):
            raise InvalidInput("Diese Bestätigung ist abgelaufen oder falsch. Fordern Sie eine neue an.", data={"field": "confirm"})
        return self._erasures.ask(caller, who, now)

    def of_somebody(self, caller: Caller, name: str, *, purge_snapshots: bool) -> StartedErasure:
        """The operator erases a person, by any of their names; NotFound."""
        return self._erasures.ask(caller, self._directory.find(name), datetime.now(UTC), purge_snapshots=purge_snapshots)
