"""What Prometheus reads of measured quality: every figure with a value, alerts and tickets, at most once a minute."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from nova.errors import ServerAbsent
from nova.kpi.measure.gauges import KEPT_S, Figures
from nova.kpi.measure.last_day import DayFigures, LastDay
from nova.ports.watching import Sample
from nova.store.postgres.db import Database
from nova.store.quality import kpi
from tests.rooms.kpi.house import MANY

NOW = datetime.now(UTC)
HOUR = NOW.replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def measured(database: Database) -> Database:
    database.execute("DELETE FROM tickets")
    with database.transaction() as conn:
        kpi.put_hours(
            conn,
            HOUR,
            HOUR + timedelta(hours=1),
            [kpi.HourRow("cited_share", "", HOUR, 8, 6.0, 6.0, people=MANY), kpi.HourRow("useful_share", "", HOUR, 8, 6.0, 6.0)],
        )
        conn.execute(
            "INSERT INTO tickets (ticket_id, kind, owner, title, opened_by, opened_at, changed_at)"
            " VALUES (%s, 'other', 'aura', 't', 'chronos', %s, %s)",
            (uuid4(), NOW, NOW),
        )
    return database


def test_figures_alerts_and_tickets_are_read(measured: Database) -> None:
    figures = Figures(LastDay(measured).read)
    assert Sample(("cited_share",), 0.75) in list(figures.values())
    assert Sample(("cited_share",), 8) in list(figures.cases())
    assert "groundedness" not in {reading.labels[0] for reading in figures.values()}  # nothing measured is no 0
    assert "useful_share" not in {reading.labels[0] for reading in figures.values()}  # too few people are behind it
    assert list(figures.open_by("ticket", ("open", "doing"))) == [Sample(("open",), 1), Sample(("doing",), 0)]
    assert list(figures.open_by("alert", ("critical",))) == [Sample(("critical",), 0)]


def test_the_database_is_asked_once_a_minute(measured: Database) -> None:
    asked, clock = [], Clock()

    def read() -> DayFigures:
        asked.append(clock.now)
        return LastDay(measured).read()

    figures = Figures(read, clock)
    for clock.now in (0.0, 1.0, KEPT_S - 1, KEPT_S, KEPT_S + 1):
        list(figures.values())
        list(figures.cases())
    assert asked == [0.0, KEPT_S]


def test_without_the_database_there_are_no_figures() -> None:
    def away() -> DayFigures:
        raise ServerAbsent("Die Datenbank antwortet nicht.")

    figures = Figures(away)
    assert [*figures.values(), *figures.cases(), *figures.open_by("alert", ("warn",))] == []
