"""Every figure over the last 24 whole hours, and how many alerts and tickets are open: what a monitoring system reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from nova.kpi.measure.estimate import Estimate
from nova.kpi.measure.figures import window
from nova.kpi.measure.registry import KPIS
from nova.store.postgres.db import Database
from nova.store.quality import reports

WINDOW = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class DayFigures:
    """By name what may be told of each figure; by "alert" and "ticket" how many are open in each state."""

    figures: Mapping[str, Estimate]
    states: Mapping[str, Mapping[str, int]]


class LastDay:
    """Read anew each time."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def read(self) -> DayFigures:
        """As of now."""
        to = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        with self._db.transaction() as conn:
            figures = {name: window(conn, kpi, to - WINDOW, to).shown for name, kpi in KPIS.items()}
            return DayFigures(figures, reports.by_state(conn))
