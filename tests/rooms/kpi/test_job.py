"""The job that measures: everything at first, then what is new or has changed; a span anew; stopping between hours."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from nova.errors import InvalidInput
from nova.jobs import kpi as jobs
from nova.kpi.hour import Prices
from nova.store.db import Database
from tests.rooms.kpi.house import MONDAY, answer, conversation, subject, wipe

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = MONDAY + timedelta(minutes=20)


class Stopped(Exception):
    """A person asked to stop."""


class Ctx:
    """A job's record that may be asked to stop after so many stages."""

    def __init__(self, stages: int = 10**9, **args: Any) -> None:
        self.args, self.left, self.seen = args, stages, []  # type: ignore[var-annotated]

    def stage(self, name: str, progress: int = 0, total: int = 0) -> None:
        self.left -= 1
        if self.left < 0:
            raise Stopped
        self.seen.append((name, progress, total))

    def finish(self, result: Any, **_: Any) -> None:
        self.result = result


class NoChildren:
    """Nothing is to be learned."""

    def run(self, *_: Any, **__: Any) -> Any:
        raise AssertionError


@pytest.fixture(autouse=True)
def _clean(database: Database) -> None:
    wipe(database)


def bench(db: Database) -> jobs.Bench:
    return jobs.Bench(db, NoChildren(), Prices())  # type: ignore[arg-type]


def due(db: Database, now: datetime = NOW) -> dict[str, Any]:
    return jobs.measure_due(bench(db), now, Ctx())  # type: ignore[arg-type]


def test_all_there_is_at_first_then_the_running_hour_and_what_changed(database: Database) -> None:
    answer(database, MONDAY - 12 * DAY, "?")
    answer(database, NOW - HOUR, "?")
    assert due(database)["hours"] == 12 * 24 + 1
    assert due(database)["hours"] == 0
    answer(database, NOW, "?")
    conversation(database, MONDAY - 3 * DAY, ["Spät geliefert."], subject(database))
    assert due(database)["hours"] == 2
    assert due(database, NOW + 2 * HOUR)["hours"] == 2


def test_rows_that_went_with_their_age_leave_their_hours_alone(database: Database) -> None:
    answer(database, MONDAY - 12 * DAY, "?")
    due(database)
    database.execute("DELETE FROM answers")
    assert due(database)["hours"] == 0
    assert database.fetch_all("SELECT total FROM kpi_hours WHERE kpi = 'answers' AND segment = ''") == [{"total": 1.0}]


def test_after_a_long_rest_it_goes_on_where_it_stopped(database: Database) -> None:
    answer(database, MONDAY - 20 * DAY, "?")
    due(database, MONDAY - 15 * DAY)
    answer(database, MONDAY - 14 * DAY, "?")
    assert due(database)["hours"] >= 14 * 24
    assert len(database.fetch_all("SELECT 1 FROM kpi_hours WHERE kpi = 'answers' AND segment = ''")) == 2


def test_stopped_it_keeps_what_is_done_and_goes_on_there(database: Database) -> None:
    answer(database, MONDAY - DAY, "?")
    with pytest.raises(Stopped):
        jobs.measure_due(bench(database), NOW, Ctx(stages=5))  # type: ignore[arg-type]
    done = database.fetch_all("SELECT starts FROM kpi_measured")
    assert len(done) == 4
    assert due(database)["hours"] == 8 * 24 + 1 - 4


def test_a_span_is_measured_anew(database: Database) -> None:
    answer(database, MONDAY - 12 * DAY, "?")
    due(database)
    database.execute("UPDATE kpi_hours SET total = 99")
    ctx = Ctx(**{"from": (MONDAY - 500 * DAY).isoformat(), "to": (MONDAY - 11 * DAY).isoformat()})  # nothing is older than 12 days
    jobs.handler(bench(database))(ctx)  # type: ignore[arg-type]
    assert ctx.result["hours"] == 24 and ctx.seen[-1] == ("messen", 23, 24)
    assert database.fetch_all("SELECT total FROM kpi_hours WHERE kpi = 'answers' AND segment = ''") == [{"total": 1.0}]


@pytest.mark.parametrize(
    "args", [{"from": "gestern", "to": "heute"}, {"from": "2026-01-01"}, {"from": "2026-01-02T00:00Z", "to": "2026-01-01T00:00Z"}]
)
def test_a_span_that_is_none_is_refused(database: Database, args: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        jobs.handler(bench(database))(Ctx(**args))  # type: ignore[arg-type]


def test_gaps_are_found_on_the_way(database: Database) -> None:
    for text in ("Welche Förderung gibt es für Wärmepumpen?", "Wie hoch ist die Förderung einer Wärmepumpe?"):
        answer(database, MONDAY, text, status="refused", subject_id=subject(database))
    done = due(database)
    assert done["gaps"] == 1 and done["tone"]["own"] is False


def test_without_somebody_their_hours_and_gaps_are_as_if_they_had_never_been_there(database: Database) -> None:
    otto = subject(database)
    answer(database, MONDAY - 20 * DAY, "Das war hilfreich.", subject_id=subject(database))
    for text in ("Welche Förderung gibt es für Wärmepumpen?", "Wie hoch ist die Förderung einer Wärmepumpe?"):
        answer(database, MONDAY - 20 * DAY, text, status="refused", subject_id=otto)
    assert due(database)["gaps"] == 1
    database.execute("DELETE FROM answers WHERE subject_id = %s", [otto])
    assert due(database)["hours"] == 0  # too long ago to be noticed by itself
    assert jobs.measure_without(bench(database), [MONDAY - 20 * DAY], NOW) == 1
    assert database.fetch_all("SELECT 1 FROM knowledge_gaps") == []
    assert database.fetch_all("SELECT total FROM kpi_hours WHERE kpi = 'answers' AND segment = ''") == [{"total": 1.0}]


def test_a_session_that_comes_late_shows_in_the_hours_in_which_its_person_came_back(database: Database) -> None:
    who, concern = subject(database), ["Wann wird der Abschlag für meine Wärmepumpe fällig?"]
    conversation(database, MONDAY - HOUR, concern, who)
    conversation(database, MONDAY - HOUR, ["Wie melde ich meinen Umzug mit dem Zählerstand?"], subject(database))
    due(database)
    back = "SELECT starts, total, n FROM kpi_hours WHERE kpi = 'repeat_contact' AND segment = '' ORDER BY starts"
    assert [(row["total"], row["n"]) for row in database.fetch_all(back)] == [(0, 2)]
    conversation(database, MONDAY - 2 * DAY, concern, who)
    assert due(database)["hours"] == 2  # the late one's, and the hour it bears on; the running one has not changed
    late = [tuple(row.values()) for row in database.fetch_all(back)]
    assert [(total, n) for _, total, n in late] == [(0, 1), (1, 2)]
    database.execute("TRUNCATE kpi_hours, kpi_measured")
    due(database)
    assert [tuple(row.values()) for row in database.fetch_all(back)] == late
    assert due(database)["hours"] == 0
