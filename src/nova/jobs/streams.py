"""A step that moves messages in, a thread out that repeats it until it is stopped, also through absences of a server."""

import threading
from collections.abc import Callable

import psycopg
import structlog

from nova.errors import NovaError

PAUSES = (0.5, 1.0, 2.0, 5.0)
PATIENCE = 5.0
FAILED = (psycopg.Error, NovaError)  # a pump outlives whatever a server says meanwhile
log = structlog.get_logger(__name__)


class Pump:
    """Repeats a step. What is unreachable is noted once and asked again after a pause of up to five seconds."""

    def __init__(self, name: str, step: Callable[[], object]) -> None:
        """`step` waits a few seconds at most for something to do."""
        self._name, self._step = name, step
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"nova-{name}", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    @property
    def whole(self) -> bool:
        """Whether its thread lives (between `start` and `stop`)."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Begin no further step; returns at once."""
        self._stop.set()

    def join(self, patience: float = PATIENCE) -> None:
        """Wait up to `patience` seconds for the last step; what it has not committed by then is moved again by another."""
        self._thread.join(patience)

    def _run(self) -> None:
        failures = 0
        while not self._stop.is_set():
            try:
                self._step()
            except FAILED as error:
                if not failures:
                    log.warning("stream_unreachable", pump=self._name, reason=str(error))
                self._stop.wait(PAUSES[min(failures, len(PAUSES) - 1)])
                failures += 1
            else:
                if failures:
                    log.info("stream_reachable", pump=self._name)
                failures = 0
