"""The job that measures: everything at first, then what is new or has changed; a span anew; stopping between hours."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from nova.errors import InvalidInput
from nova.governance import retention
from nova.governance.retention import FOR_EVER, TITLES, Policy, Rule
from nova.jobs.kinds import kpi as jobs
from nova.kpi.measure.hour import Prices
from nova.kpi.measuring import Measuring, look_back
from nova.settings import Settings
from nova.store.postgres.db import Database
from nova.wiring.alarms import measuring_of
from tests.fakes.running import Context
from tests.rooms.kpi.house import MONDAY, answer, conversation, subject, wipe

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = MONDAY + timedelta(minutes=20)


class Stopped(Exception):
    """A person asked to stop."""


class Ctx(Context):
    """A job that is asked to stop after so many stages."""

    def __init__(self, most: int = 10**9, **args: Any) -> None:
        super().__init__(args, self._stop)
        self.left = most

    def _stop(self, _stage: str) -> None:
        self.left -= 1
        if self.left < 0:
            raise Stopped


class NoChildren:
    """Nothing is to be learned."""

    def run(self, *_: Any, **__: Any) -> Any:
        raise AssertionError


@pytest.fixture(autouse=True)
def _clean(database: Database) -> None:
    wipe(database)


def measuring(db: Database) -> Measuring:
    return Measuring(db, NoChildren(), Prices())  # type: ignore[arg-type]


def due(db: Database, now: datetime = NOW) -> dict[str, Any]:
    return measuring(db).due(now, Ctx())


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


def kept_for(**days: int) -> Policy:
    return Policy(tuple(Rule(name, None if name in FOR_EVER else days.get(name, 365)) for name in TITLES))


def spans(policy: Policy) -> dict[str, timedelta]:
    return {rule.name: timedelta(days=rule.days) for rule in policy.rules if rule.days is not None}


def test_a_short_retention_leaves_figures_as_they_were_measured(database: Database) -> None:
    who = subject(database)
    for hours in (70, 75, 80):
        answer(database, NOW - hours * HOUR, "?", subject_id=who)
        conversation(database, NOW - hours * HOUR, ["Wann kommt die Rechnung für meine Wärmepumpe?"], who)
    said = "SELECT starts, kpi, segment, n, total FROM kpi_hours ORDER BY 1, 2, 3"
    policy = kept_for(gespraeche=3, antworten=3)
    short = replace(measuring(database), kept=lambda: spans(policy))
    short.due(NOW, Ctx())
    before = database.fetch_all(said)
    removed = retention.apply(database, policy, NOW, lambda _title, _done: None)
    assert removed["antworten"] == 2 and removed["gespraeche"] == 2
    short.due(NOW + 2 * HOUR, Ctx())
    assert [row for row in database.fetch_all(said) if row["starts"] < NOW - 60 * HOUR] == before
    answer(database, NOW - HOUR, "?")  # what is young is measured again as ever
    assert short.due(NOW + 2 * HOUR, Ctx())["hours"] == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "back"),
    [
        ({}, 8 * DAY),
        ({"zustellungen": 1, "tresor": 1}, 8 * DAY),
        ({"ereignisse": 9}, 8 * DAY),
        ({"ereignisse": 8}, 8 * DAY - HOUR),
        ({"rueckmeldungen": 2, "abgelehntes": 5}, 2 * DAY - HOUR),
        ({"antworten": 16}, 8 * DAY),
        ({"gespraeche": 14}, 7 * DAY - HOUR),  # who came back within a week is known by what they said before
        ({"gespraeche": 7}, 3 * HOUR),
        ({"ereignisse": 1}, DAY - HOUR),
    ],
)
def test_an_hour_is_measured_again_while_all_its_rows_are_kept(days: dict[str, int], back: timedelta) -> None:
    assert look_back(spans(kept_for(**days))) == back


def test_measuring_reads_the_rules_in_force(tmp_path: Path) -> None:
    own = tmp_path / "retention.yaml"
    shop: Any = SimpleNamespace(db=None, children=None, analysers=SimpleNamespace(current=None), settings=Settings(NOVA_RETENTION=own))
    made = measuring_of(shop)
    assert look_back(made.kept()) == 8 * DAY
    own.write_text("version: 1\ntage: {ereignisse: 2}\n", "utf-8")
    assert look_back(made.kept()) == 2 * DAY - HOUR


def test_after_a_long_rest_it_goes_on_where_it_stopped(database: Database) -> None:
    answer(database, MONDAY - 20 * DAY, "?")
    due(database, MONDAY - 15 * DAY)
    answer(database, MONDAY - 14 * DAY, "?")
    assert due(database)["hours"] >= 14 * 24
    assert len(database.fetch_all("SELECT 1 FROM kpi_hours WHERE kpi = 'answers' AND segment = ''")) == 2


def test_stopped_it_keeps_what_is_done_and_goes_on_there(database: Database) -> None:
    answer(database, MONDAY - DAY, "?")
    with pytest.raises(Stopped):
        measuring(database).due(NOW, Ctx(most=5))  # type: ignore[arg-type]
    done = database.fetch_all("SELECT starts FROM kpi_measured")
    assert len(done) == 4
    assert due(database)["hours"] == 8 * 24 + 1 - 4


def test_a_span_is_measured_anew(database: Database) -> None:
    answer(database, MONDAY - 12 * DAY, "?")
    due(database)
    database.execute("UPDATE kpi_hours SET total = 99")
    ctx = Ctx(**{"from": (MONDAY - 500 * DAY).isoformat(), "to": (MONDAY - 11 * DAY).isoformat()})  # nothing is older than 12 days
    jobs.handler(measuring(database))(ctx)  # type: ignore[arg-type]
    assert ctx.result["hours"] == 24 and ctx.stages[-1] == ("messen", 23, 24)
    assert database.fetch_all("SELECT total FROM kpi_hours WHERE kpi = 'answers' AND segment = ''") == [{"total": 1.0}]


@pytest.mark.parametrize(
    "args", [{"from": "gestern", "to": "heute"}, {"from": "2026-01-01"}, {"from": "2026-01-02T00:00Z", "to": "2026-01-01T00:00Z"}]
)
def test_a_span_that_is_none_is_refused(database: Database, args: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        jobs.handler(measuring(database))(Ctx(**args))  # type: ignore[arg-type]


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
    assert measuring(database).without([MONDAY - 20 * DAY], NOW) == 1
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
