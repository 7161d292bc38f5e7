"""The house in, the gauges of measured quality out: every figure of the registry over 24 hours, open alerts and tickets.

Prometheus asks four times a minute and the figures change once an hour, so they are read at most once a minute.
"""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from nova.api.metrics import Gauged, Reading
from nova.errors import NovaError
from nova.kpi.measure.figures import Measured, window
from nova.kpi.measure.registry import KPIS
from nova.store import reports
from nova.store.db import Database

if TYPE_CHECKING:
    from nova.api.doors import House

WINDOW = timedelta(hours=24)
KEPT_S = 60.0
LEVELS = ("warn", "critical")
STATES = ("open", "doing", "waiting")
States = dict[str, dict[str, int]]


class Figures:
    """What was read last, read again once it is a minute old; nothing while the database is away."""

    def __init__(self, database: Callable[[], Database], clock: Callable[[], float] = time.monotonic) -> None:
        self._database, self._clock = database, clock
        self._lock = threading.Lock()
        self._read: tuple[float, dict[str, Measured], States] | None = None

    def values(self) -> Iterator[Reading]:
        """Every figure that has a value and enough people behind it; shares from 0 to 1."""
        yield from (Reading((name,), one.value) for name, one in self._now()[0].items() if one.value is not None)

    def cases(self) -> Iterator[Reading]:
        """From how many cases each figure is; 0 also where too few people are behind it."""
        yield from (Reading((name,), one.n) for name, one in self._now()[0].items())

    def open_by(self, what: str, labels: tuple[str, ...]) -> Iterator[Reading]:
        """Open tickets or alerts; a state in which there are none is 0."""
        states = self._now()[1]
        if states:
            yield from (Reading((label,), states[what].get(label, 0)) for label in labels)

    def _now(self) -> tuple[dict[str, Measured], States]:
        with self._lock:
            now = self._clock()
            if self._read is None or now - self._read[0] >= KEPT_S:
                self._read = (now, *self._ask())
            return self._read[1], self._read[2]

    def _ask(self) -> tuple[dict[str, Measured], States]:
        to = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        try:
            with self._database().transaction() as conn:
                return {name: window(conn, kpi, to - WINDOW, to).shown for name, kpi in KPIS.items()}, reports.by_state(conn)
        except NovaError:
            return {}, {}


def kpi_gauges(house: "House") -> list[Gauged]:
    """Each is read when somebody looks."""
    figures = Figures(lambda: house.nova.db)
    return [
        Gauged("nova_kpi", "Measured quality over the last 24 whole hours; shares from 0 to 1.", ("kpi",), figures.values),
        Gauged("nova_kpi_cases", "From how many cases a figure is.", ("kpi",), figures.cases),
        Gauged("nova_alerts", "Alerts that have not ended, by level.", ("level",), lambda: figures.open_by("alert", LEVELS)),
        Gauged("nova_tickets", "Tickets that are not closed, by state.", ("state",), lambda: figures.open_by("ticket", STATES)),
    ]
