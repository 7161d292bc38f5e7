"""The operator's hand on learning: the ledger, running, switching, taking back, deciding; the questions it is measured on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from nova.errors import NotFound
from nova.kpi.kinds import LEARN
from nova.kpi.learn import steer, told
from nova.kpi.learn.ledger import Preference
from nova.kpi.learn.people import behind
from nova.language.analyser import Analyser
from nova.ports import Audit
from nova.ports.jobs import OPEN, Jobs
from nova.records import Caller
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.quality import learning as rows

NOT_THERE = "Diesen Eintrag gibt es im Lernprotokoll nicht."


@dataclass(frozen=True, slots=True)
class LearningState:
    """The plan (`on`, `hour`, last `tried`), the live release, the job that waits or runs, and a page of the ledger's `total` rows."""

    plan: Mapping[str, Any]
    live: UUID | None
    job_id: UUID | None
    entries: Sequence[dict[str, Any]]
    total: int


class LearningControl:
    """`preference` says how far a passage is preferred by its counts for and against, as answers do."""

    def __init__(self, db: Database, jobs: Jobs, audit: Audit, analyser: Callable[[], Analyser], preference: Preference) -> None:
        self._db, self._jobs, self._audit, self._analyser, self._preference = db, jobs, audit, analyser, preference

    def state(self, kind: str | None, state: str | None, limit: int, offset: int) -> LearningState:
        """The plan, what is live, and a page of the ledger, newest first."""
        with self._db.transaction() as conn:
            plan, live = steer.plan(conn), rows.pointer(conn)
            found, total = rows.entries(conn, kind=kind, state=state, limit=limit, offset=offset)
            shown = told.summaries(conn, found, self._preference)
        running = self._jobs.list(states=OPEN, kind=LEARN.name, limit=1)
        return LearningState(plan, live[0] if live else None, running[0].job_id if running else None, shown, total)

    def entry(self, entry_id: UUID) -> dict[str, Any]:
        """One row with its passages, words and measurements; NotFound."""
        with self._db.transaction() as conn:
            row = rows.entry(conn, entry_id)
            if row is None:
                raise NotFound(NOT_THERE)
            return told.details(conn, row, self._analyser(), self._preference)

    def people(self, caller: Caller, entry_id: UUID) -> dict[str, Any]:
        """From whom a row was learned, by pseudonym; that it was looked up is noted. NotFound."""
        with self._db.transaction() as conn:
            row = rows.entry(conn, entry_id)
            if row is None:
                raise NotFound(NOT_THERE)
            found = behind(conn, row)
            self._audit.record(caller, "learning.people_read", str(entry_id), {"people": len(found["people"])}, connection=conn)
        return found

    def run(self, caller: Caller) -> UUID:
        """Queue the job, or name the one that waits or runs."""
        by, title = {"by": caller.token}, f"{LEARN.title} (von Hand)"
        with self._db.transaction() as conn:
            started = self._jobs.start_once(LEARN, by, title=title, counts=lambda job: job.title != LEARN.title, connection=conn)
            if started.new:
                self._audit.record(caller, "learning.run", str(started.job_id), connection=conn)
        return started.job_id

    def switch(self, caller: Caller, *, on: bool, hour: int | None = None) -> dict[str, Any]:
        """Let learning run by itself at an hour (Europe/Berlin), or not; the plan."""
        with self._db.transaction() as conn:
            changed = steer.switch(conn, on=on, hour=hour)
            facts = {"hour": changed["hour"]}
            self._audit.record(caller, "learning.started" if on else "learning.stopped", "learning", facts, connection=conn)
        return changed

    def undo(self, caller: Caller, entry_id: UUID) -> dict[str, Any]:
        """Take a row back; NotFound, Conflict."""
        how = (self._analyser, self._preference)
        with self._db.transaction() as conn:
            kind = steer.undo(conn, entry_id, caller.token, datetime.now(UTC), how)
            self._audit.record(caller, "learning.undone", str(entry_id), {"kind": kind}, connection=conn)
        return self.entry(entry_id)

    def decide(self, caller: Caller, entry_id: UUID, *, approved: bool) -> dict[str, Any]:
        """Approve or decline a pair of words; NotFound, Conflict."""
        with self._db.transaction() as conn:
            steer.decide(conn, entry_id, approved=approved, by=caller.token, now=datetime.now(UTC))
            self._audit.record(caller, "learning.decided", str(entry_id), {"approved": approved}, connection=conn)
        return self.entry(entry_id)


class MeasuringQuestions:
    """The operator's questions with the places that answer them, on which what was learned is measured."""

    def __init__(self, db: Database, audit: Audit, redact: Callable[[str], str]) -> None:
        self._db, self._audit, self._redact = db, audit, redact

    def all(self) -> list[dict[str, Any]]:
        """Each with its `question` and `places`."""
        with self._db.transaction() as conn:
            found = rows.questions(conn)
        return [{"question": row["question"], "places": row["places"]} for row in found]

    def replace(self, caller: Caller, given: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Replace them; texts are kept without personal data."""
        with self._db.transaction() as conn:
            rows.put_questions(conn, [(uuid7(), self._redact(one["question"]), one["places"]) for one in given])
            self._audit.record(caller, "learning.questions", "learning", {"questions": len(given)}, connection=conn)
        return self.all()
