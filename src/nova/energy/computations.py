"""Forecasts and recommendations that the operator has computed now instead of at their time."""

from uuid import UUID

from nova.energy.kinds import FORECAST, RECOMMEND
from nova.ports import Audit
from nova.ports.jobs import Jobs, Kind
from nova.records import Caller
from nova.store.postgres.db import Database


class Computations:
    """Starts the room's jobs that otherwise start by themselves."""

    def __init__(self, db: Database, jobs: Jobs, audit: Audit) -> None:
        self._db, self._jobs, self._audit = db, jobs, audit

    def forecast(self, caller: Caller) -> UUID:
        """The job that forecasts; one that waits or runs already is given."""
        return self._start(caller, FORECAST)

    def recommend(self, caller: Caller) -> UUID:
        """The job that recommends; one that waits or runs already is given."""
        return self._start(caller, RECOMMEND)

    def _start(self, caller: Caller, kind: Kind) -> UUID:
        with self._db.transaction() as conn:
            started = self._jobs.start_once(kind, connection=conn)
            if started.new:
                self._audit.record(caller, f"{kind.name}.started", str(started.job_id), connection=conn)
        return started.job_id
