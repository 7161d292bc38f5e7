"""The request to measure what an embedding model is worth here."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from nova.errors import Conflict
from nova.knowledge.kinds import WEIGH
from nova.ports import Audit
from nova.ports.jobs import Jobs
from nova.records import Caller
from nova.store.postgres.db import Database


class ModelWeighing:
    """Measuring an embedding model on the documents' own headings, and on questions whose answers are known."""

    def __init__(self, db: Database, jobs: Jobs, audit: Audit, *, configured: Callable[[], bool]) -> None:
        self._db, self._jobs, self._audit, self._configured = db, jobs, audit, configured

    def request(self, who: Caller, questions: Sequence[Mapping[str, Any]]) -> UUID:
        """Queue the job; Conflict when no embedding model is configured."""
        if not self._configured():
            raise Conflict("Es ist kein Einbettungsmodell eingerichtet (EMBED_MODEL).")
        with self._db.transaction() as conn:
            job_id = self._jobs.start(WEIGH, {"questions": list(questions)}, connection=conn)
            self._audit.record(who, "index.weigh", "index", {"questions": len(questions)}, connection=conn)
        return job_id
