"""The index kept level with Postgres while Nova runs, whatever the index's server goes through meanwhile.

Jobs bring their own changes to the index. What they could not bring because the server was away, and what a server has lost, is found
here within seconds of its return; nobody has to restart anything.
"""

from uuid import UUID

import psycopg
import structlog

from nova.errors import NovaError
from nova.flows.index_level import catch_up, rebuild_once
from nova.jobs.patrol import Patrol
from nova.knowledge.index import IndexRoom, drain
from nova.ports.jobs import Jobs

LOOK_SECONDS = 5.0
LONGEST_PAUSE = 3600.0
FAILED = (psycopg.Error, NovaError, OSError)
log = structlog.get_logger(__name__)


class Leveller(Patrol):
    """Looks every few seconds, at first here and now. A rebuild that keeps failing is started ever more rarely."""

    def __init__(self, room: IndexRoom, jobs: Jobs, *, look_seconds: float = LOOK_SECONDS) -> None:
        """`look_seconds` lie between two looks."""
        super().__init__("nova-level", patience=look_seconds + 1, last=False, first=True)
        self._room, self._jobs, self._look_seconds = room, jobs, look_seconds
        self._behind = True
        self._said = ""
        self._looks = self._rebuilds = 0
        self._rebuild_at = 0

    @property
    def whole(self) -> bool:
        """Whether its thread lives (between `start` and `stop`) and the index is still this process's to keep."""
        right = self._room.right
        return super().whole and not (right is not None and right.lost)

    def look(self) -> float:
        """Bring the index level; a server that is away, or a disk that refuses, is only noted."""
        self.level()
        return self._look_seconds

    def level(self) -> UUID | None:
        """Bring the index level as far as that can be done now; gives the job when it has to be rebuilt."""
        self._looks += 1
        try:
            if self._behind:
                job = catch_up(self._room, self._jobs)
            else:
                drain(self._room)
                job = self._rebuild()
        except FAILED as error:
            self._behind = True
            if str(error) != self._said:
                log.warning("index_behind", error=type(error).__name__, reason=str(error))
            self._said = str(error)
            return None
        if self._said:
            log.info("index_level")
        self._behind, self._said = False, ""
        return job

    def _rebuild(self) -> UUID | None:
        """A rebuild when the index asks for one, unless it is under way or the last one was a moment ago."""
        if not self._room.index.rebuild_needed:
            self._rebuilds = 0
            return None
        if self._looks < self._rebuild_at:
            return None
        job = rebuild_once(self._jobs)
        if job is not None:
            self._rebuilds += 1
            self._rebuild_at = self._looks + int(min(2.0**self._rebuilds, LONGEST_PAUSE / self._look_seconds))
        return job
