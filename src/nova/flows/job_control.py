"""Jobs as people see them: which they may see and how much of them, a page of them, one, stopped or tried again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from nova.energy.kinds import FORECAST, IMPORT, RECOMMEND, TAKE_BACK
from nova.errors import NotAllowed, NotFound
from nova.flows.kinds import PROVE, SNAPSHOT
from nova.knowledge.kinds import APPLY, INGEST, REINDEX, VECTOR_INGEST
from nova.kpi.kinds import ALERTS, FILL, KPI
from nova.ports import Audit
from nova.ports.jobs import Jobs
from nova.records import Caller, JobState, JobView
from nova.roles import Capability
from nova.store.postgres.db import Database

STARTED_BY: Mapping[Capability, tuple[str, ...]] = {
    "measure": (KPI.name, ALERTS.name),
    "data": (FORECAST.name, RECOMMEND.name, VECTOR_INGEST.name),
    "operate": (SNAPSHOT.name, PROVE.name),
    "review": (FILL.name,),
}
PERSONS = {one.name: one.title for one in (INGEST, REINDEX, APPLY, IMPORT, TAKE_BACK)}  # of kinds whose jobs belong to people
NOT_THEIRS = "Anhalten und wiederholen darf einen Auftrag, wer ihn gestartet hat, und die Betriebsverwaltung."


def shown_to(caller: Caller, job: JobView) -> JobView | None:
    """A job as somebody sees it; None for one that they may not see.

    A person sees their own and those that they may start; who sees the operation all, of another's only what kind it is and how it stands.
    """
    if may_steer(caller, job) or (caller.may("operate") and job.owner is None):
        return job
    if not caller.may("operate"):
        return None
    return replace(job, title=PERSONS.get(job.kind, job.kind), error=None, result={}, item_id=None)


def may_steer(caller: Caller, job: JobView) -> bool:
    """Whether somebody may stop a job or try it again: the operator each, a person their own and those that they may start."""
    if caller.role == "admin" and caller.may("operate"):
        return True
    if job.owner is not None:
        return job.owner == caller.user_id
    return any(job.kind in kinds and caller.may(capability) for capability, kinds in STARTED_BY.items())


class JobControl:
    """What people may do with jobs that they see."""

    def __init__(self, db: Database, jobs: Jobs, audit: Audit) -> None:
        self._db, self._jobs, self._audit = db, jobs, audit

    def page(self, caller: Caller, states: Sequence[JobState], limit: int) -> list[JobView]:
        """The newest of their own; of all for who sees the operation."""
        owner = None if caller.may("operate") else caller.user_id
        found = self._jobs.list(states=states, owner=owner, limit=limit)
        return [shown for job in found if (shown := shown_to(caller, job)) is not None]

    def one(self, caller: Caller, job_id: UUID) -> JobView:
        """How one stands; NotFound, also for one that they may not see."""
        shown = shown_to(caller, self._jobs.get(job_id))
        if shown is None:
            raise NotFound("Diesen Auftrag gibt es nicht.", data={"job_id": str(job_id)})  # as for one that never was
        return shown

    def ended(self, job_id: UUID, within: float) -> JobView:
        """One that was just started for somebody, once it has ended, or as it stands after so many seconds."""
        return self._jobs.wait(job_id, within)

    def cancel(self, caller: Caller, job_id: UUID) -> JobView:
        """Stop one: a queued one at once, a running one at its next stage. NotFound, NotAllowed."""
        self._require(caller, job_id)
        with self._db.transaction() as conn:
            job = self._jobs.cancel(job_id, connection=conn)
            self._audit.record(caller, "job.cancelled", str(job_id), connection=conn)
        return job

    def retry(self, caller: Caller, job_id: UUID) -> JobView:
        """Queue a failed or cancelled one again. NotFound, NotAllowed, Conflict."""
        self._require(caller, job_id)
        with self._db.transaction() as conn:
            job = self._jobs.retry(job_id, connection=conn)
            self._audit.record(caller, "job.retried", str(job_id), connection=conn)
        return job

    def _require(self, caller: Caller, job_id: UUID) -> None:
        if not may_steer(caller, self.one(caller, job_id)):
            raise NotAllowed(NOT_THEIRS, data={"job_id": str(job_id)})
