"""A step that moves messages in, a thread out that repeats it until it is stopped, also through absences of a server."""

from collections.abc import Callable

import psycopg
import structlog

from nova.errors import NovaError
from nova.jobs.patrol import Patrol

PAUSES = (0.5, 1.0, 2.0, 5.0)
PATIENCE = 5.0
FAILED = (psycopg.Error, NovaError)  # a pump outlives whatever a server says meanwhile
log = structlog.get_logger(__name__)


class Pump(Patrol):
    """Repeats a step. What is unreachable is noted once and asked again after a pause of up to five seconds.

    What the last step has not committed when patience ends is moved again by another.
    """

    def __init__(self, name: str, step: Callable[[], object]) -> None:
        """`step` waits a few seconds at most for something to do."""
        super().__init__(f"nova-{name}", patience=PATIENCE, last=False)
        self._name, self._step = name, step
        self._failures = 0

    def look(self) -> float:
        """Take the step; the next follows at once, or after a pause where this one failed."""
        try:
            self._step()
        except FAILED as error:
            if not self._failures:
                log.warning("stream_unreachable", pump=self._name, reason=str(error))
            self._failures += 1
            return PAUSES[min(self._failures, len(PAUSES)) - 1]
        if self._failures:
            log.info("stream_reachable", pump=self._name)
        self._failures = 0
        return 0.0
