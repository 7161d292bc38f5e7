"""Jobs as people see them: which they may see, a page of them, one, stopped or tried again."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from nova.errors import NotFound
from nova.knowledge.kinds import VECTOR_INGEST
from nova.kpi.kinds import ALERTS, FILL, KPI
from nova.ports import Audit
from nova.ports.jobs import Jobs
from nova.records import Caller, JobState, JobView
from nova.roles import Role
from nova.store.postgres.db import Database

STARTED_BY: Mapping[Role, tuple[str, ...]] = {"engineer": (KPI.name, ALERTS.name, VECTOR_INGEST.name), "reviewer": (FILL.name,)}


def may_see(caller: Caller, job: JobView) -> bool:
    """A person sees their own jobs and those that their role may start, the operator all."""
    if caller.role == "admin" or job.kind in STARTED_BY.get(caller.role, ()):
        return True
    return job.owner is not None and job.owner == caller.user_id


class JobControl:
    """What people may do with jobs that they see."""

    def __init__(self, db: Database, jobs: Jobs, audit: Audit) -> None:
        self._db, self._jobs, self._audit = db, jobs, audit

    def page(self, caller: Caller, states: Sequence[JobState], limit: int) -> list[JobView]:
        """The newest of their own, for the operator of all."""
        return self._jobs.list(states=states, owner=caller.user_id, limit=limit)

    def one(self, caller: Caller, job_id: UUID) -> JobView:
        """How one stands; NotFound, also for one that they may not see."""
        job = self._jobs.get(job_id)
        if not may_see(caller, job):
            raise NotFound("Diesen Auftrag gibt es nicht.", data={"job_id": str(job_id)})  # as for one that never was
        return job

    def ended(self, job_id: UUID, within: float) -> JobView:
        """One that was just started for somebody, once it has ended, or as it stands after so many seconds."""
        return self._jobs.wait(job_id, within)

    def cancel(self, caller: Caller, job_id: UUID) -> JobView:
        """Stop one: a queued one at once, a running one at its next stage. NotFound."""
        self.one(caller, job_id)
        with self._db.transaction() as conn:
            job = self._jobs.cancel(job_id, connection=conn)
            self._audit.record(caller, "job.cancelled", str(job_id), connection=conn)
        return job

    def retry(self, caller: Caller, job_id: UUID) -> JobView:
        """Queue a failed or cancelled one again. NotFound, Conflict."""
        self.one(caller, job_id)
        with self._db.transaction() as conn:
            job = self._jobs.retry(job_id, connection=conn)
            self._audit.record(caller, "job.retried", str(job_id), connection=conn)
        return job
