"""What is seen of runs, graphics cards and the adapter that serves: figures in, kept by the hour, in the caller's transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from psycopg import Connection

from nova.store import queries
from nova.store.training.runs import TrainRun

SQL = queries.load("training_watch")
KEPT = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Seen:
    """A figure's value, of a run or a card (`about`)."""

    figure: str
    about: str
    value: float


def put(conn: Connection[Any], seen: Iterable[Seen], now: datetime) -> None:
    """Keep what was seen as that of the hour."""
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    for one in seen:
        conn.execute(SQL["put"], {"hour": hour, "figure": one.figure, "about": one.about, "value": one.value})
    conn.execute(SQL["forget"], {"before": hour - KEPT})


def running(conn: Connection[Any]) -> list[TrainRun]:
    """The runs that work now, the oldest first."""
    return [TrainRun(**row) for row in conn.execute(SQL["running"]).fetchall()]
