"""The gauges of measured quality: every figure of the registry over 24 hours, open alerts and tickets.

Prometheus asks four times a minute and the figures change once an hour, so they are read at most once a minute.
"""

import time
from collections.abc import Callable, Iterator

from nova.errors import NovaError
from nova.kpi.measure.last_day import DayFigures
from nova.ports.watching import Gauge, Sample
from nova.recent import Recent

KEPT_S = 60.0
LEVELS = ("warn", "critical")
STATES = ("open", "doing", "waiting")


class Figures:
    """What was read last, read again once it is a minute old; nothing while the database is away."""

    def __init__(self, read: Callable[[], DayFigures], clock: Callable[[], float] = time.monotonic) -> None:
        self._read = read
        self._now = Recent(self._ask, KEPT_S, clock)

    def values(self) -> Iterator[Sample]:
        """Every figure that has a value and enough people behind it; shares from 0 to 1."""
        yield from (Sample((name,), one.value) for name, one in self._now().figures.items() if one.value is not None)

    def cases(self) -> Iterator[Sample]:
        """From how many cases each figure is; 0 also where too few people are behind it."""
        yield from (Sample((name,), one.n) for name, one in self._now().figures.items())

    def open_by(self, what: str, labels: tuple[str, ...]) -> Iterator[Sample]:
        """Open tickets or alerts; a state in which there are none is 0."""
        states = self._now().states
        if states:
            yield from (Sample((label,), states[what].get(label, 0)) for label in labels)

    def _ask(self) -> DayFigures:
        try:
            return self._read()
        except NovaError:
            return DayFigures({}, {})


def kpi_gauges(read: Callable[[], DayFigures]) -> list[Gauge]:
    """Each is read when somebody looks."""
    figures = Figures(read)
    return [
        Gauge("nova_kpi", "Measured quality over the last 24 whole hours; shares from 0 to 1.", ("kpi",), figures.values),
        Gauge("nova_kpi_cases", "From how many cases a figure is.", ("kpi",), figures.cases),
        Gauge("nova_alerts", "Alerts that have not ended, by level.", ("level",), lambda: figures.open_by("alert", LEVELS)),
        Gauge("nova_tickets", "Tickets that are not closed, by state.", ("state",), lambda: figures.open_by("ticket", STATES)),
    ]
