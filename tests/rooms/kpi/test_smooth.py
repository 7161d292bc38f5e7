"""Means that forget and drifts that add up, over hours; and what rules would have done with the past."""

import math
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.kpi.measure.estimate import Estimate
from nova.kpi.rules.backtest import Replay, replay
from nova.kpi.rules.smooth import Hour, Usual, cusum, ewma, usual
from nova.kpi.rules.thresholds import Action, Rule
from nova.kpi.rules.values import Past
from nova.store.quality.kpi import HourRow
from tests.rooms.kpi.house import MANY

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
RULE = Rule("r", "useful_share", "", timedelta(hours=24), 20, "below", 0.7, 0.5, 0.05, 3, "threshold", Action("auto", ("log",)), "Text.")


def hours(*values: float, n: int = 10) -> list[Hour]:
    return [Hour(NOON + step * HOUR, value, n) for step, value in enumerate(values)]


def test_a_mean_forgets_by_half_lives() -> None:
    assert ewma([Hour(NOON - 2 * HOUR, 1.0, 1), Hour(NOON - HOUR, 0.0, 1)], NOON, 3600) == pytest.approx(1 / 3)
    assert ewma([], NOON, 3600) is None
    assert ewma(hours(0.5, n=0), NOON, 3600) is None


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_a_mean_stays_within_what_was_seen(values: list[float]) -> None:
    found = ewma(hours(*values), NOON + 60 * HOUR, 7200)
    assert found is not None and min(values) - 1e-9 <= found <= max(values) + 1e-9


def test_what_is_usual_needs_hours() -> None:
    assert usual(hours(*[0.5] * 7)) is None
    assert usual(hours(*[0.5, 0.7] * 4)) == Usual(pytest.approx(0.6), pytest.approx(0.1), 10)
    flat = usual(hours(*[0.5] * 8))
    assert flat is not None and flat.spread > 0


def test_an_hour_of_few_cases_may_be_further_off() -> None:
    known = Usual(60.0, 5.0, 100)
    alone = [Hour(NOON, 180.0, 1), Hour(NOON + HOUR, 180.0, 100)]
    assert [known.off(hour) for hour in alone] == [pytest.approx(2.4), pytest.approx(24.0)]
    assert known.off(Hour(NOON, 180.0, 10_000)) == pytest.approx(24.0)


def test_a_drift_adds_up_on_its_side_only_and_recovers() -> None:
    known = Usual(0.6, 0.1)
    assert cusum(hours(0.4, 0.4, 0.4), known, above=False) == pytest.approx(-4.5)
    assert cusum(hours(0.4, 0.4, 0.4), known, above=True) == 0
    assert cusum(hours(0.8, 0.8, 0.6, 0.6, 0.6), known, above=True) == pytest.approx(1.5)
    assert cusum(hours(*[0.6, 0.65, 0.55] * 30), known, above=True) == 0


def rows(values: dict[int, tuple[float, int]], kpi: str = "useful_share") -> list[HourRow]:
    return [HourRow(kpi, "", NOON + step * HOUR, n, total, people=MANY) for step, (total, n) in values.items()]


def test_the_past_gives_the_window_that_ends_at_a_moment() -> None:
    past = Past(replace(RULE, window=2 * HOUR), rows({0: (9, 10), 1: (5, 10), 2: (0, 10)}))
    assert past.at(NOON + HOUR) == Estimate(0.9, 10)
    assert past.at(NOON + 2 * HOUR) == Estimate(0.7, 20)
    assert past.at(NOON + 3 * HOUR) == Estimate(0.25, 20)
    assert past.at(NOON) == Estimate(None, 0)


def test_a_count_of_nothing_is_nought() -> None:
    past = Past(replace(RULE, kpi="answers", window=2 * HOUR), rows({0: (7, 7)}, "answers"))
    assert past.at(NOON + HOUR) == Estimate(7, 7)
    assert past.at(NOON + 9 * HOUR) == Estimate(0.0, 0)


def test_a_count_that_stops_drifts() -> None:
    rule = replace(RULE, kpi="answers", method="cusum", warn=-5.0, critical=None, window=6 * HOUR)
    past = Past(rule, rows({step: (10.0 + step % 3, 10 + step % 3) for step in range(24)}, "answers"))
    assert past.at(NOON + 24 * HOUR).value == pytest.approx(0, abs=4)
    stopped = past.at(NOON + 28 * HOUR).value
    assert stopped is not None and stopped < -10


def test_a_replay_tells_how_often_when_and_how_long() -> None:
    def look(at: datetime) -> Estimate:
        step = (at - NOON) // HOUR
        bad = 10 <= step < 20 or 40 <= step < 45
        return Estimate((0.4 if step < 45 and step >= 40 else 0.6) if bad else 0.9, 0 if step < 5 else 100)

    found = replay(RULE, look, NOON, NOON + 60 * HOUR)
    assert found.sentence == "hätte 2x ausgelöst, davon 1x kritisch"
    assert [(one.started - NOON, one.ended and one.ended - NOON, one.worst) for one in found.firings] == [
        (12 * HOUR, 22 * HOUR, "warn"),
        (42 * HOUR, 47 * HOUR, "critical"),
    ]
    assert (found.evaluations, found.blind) == (60, 4)


def test_a_replay_says_when_nothing_happened() -> None:
    assert replay(RULE, lambda _: Estimate(0.9, 100), NOON, NOON + 9 * HOUR).sentence == "hätte nicht ausgelöst"
    assert replay(RULE, lambda _: Estimate(0.1, 1), NOON, NOON + 9 * HOUR).sentence == "hätte nie genug Daten gehabt"
    still = replay(RULE, lambda _: Estimate(0.1, 100), NOON, NOON + 9 * HOUR)
    assert still.firings[0].ended is None
    assert Replay(RULE, (), 0, 0).sentence == "hätte nicht ausgelöst"


def weeks(stopped: timedelta | None = None, first: datetime = NOON - timedelta(days=35)) -> Past:
    """Questions on weekdays by day, forty an hour, none at night and at weekends; none at all for the last `stopped`."""
    rule = replace(RULE, kpi="answers", method="cusum", warn=-25.0, critical=None, window=timedelta(days=7), least=0)
    counts = {}
    for step in range(35 * 24):
        at = first + step * HOUR
        busy = at.weekday() < 5 and 7 <= at.hour < 17
        if busy and (stopped is None or at < NOON - stopped):
            counts[(at - NOON) // HOUR] = (40.0 + step % 5, 40 + step % 5)
    return Past(rule, rows(counts, "answers"))


def test_nights_and_weekends_are_nothing_new() -> None:
    past = weeks()
    seen = [past.at(NOON - step * HOUR).value for step in range(100)]
    assert all(value is not None and value > -5 for value in seen)


@pytest.mark.parametrize("scale", [2, 50])
def test_mondays_are_held_against_mondays(scale: int) -> None:
    rule = replace(RULE, kpi="gap_questions", method="cusum", direction="above", warn=8.0, critical=None, least=0)
    dice, first, counts = random.Random(scale), NOON - timedelta(days=70), {}
    for step in range(70 * 24):
        at = first + step * HOUR
        rate = scale * (1.0 if 7 <= at.hour < 17 else 0.1) * (0.2 if at.weekday() >= 5 else 1.0)
        counts[(at - NOON) // HOUR] = (poisson(dice, rate), 1)
    past = Past(rule, rows({step: (n, n) for step, (n, _) in counts.items() if n}, "gap_questions"))
    firings = replay(rule, past.at, NOON - timedelta(days=40), NOON).firings
    assert len(firings) <= 1  # held against the four days before alone it was every week


def poisson(dice: random.Random, rate: float) -> int:
    """Knuth's way."""
    count, product, least = 0, dice.random(), math.exp(-rate)
    while product > least:
        count, product = count + 1, product * dice.random()
    return count


def test_a_silence_is_noticed_after_another_one() -> None:
    """Empty hours count from the very first on, wherever the rows that are looked at begin."""
    rule = replace(RULE, kpi="answers", method="cusum", warn=-5.0, critical=None, window=6 * HOUR, least=0)
    held = rows(dict.fromkeys(range(-24, 0), (20.0, 20)), "answers")
    lately = Past(rule, held, NOON - timedelta(days=28)).at(NOON + 2 * HOUR)
    assert lately == Past(rule, [*rows({-28 * 24: (1.0, 1)}, "answers"), *held]).at(NOON + 2 * HOUR) != Past(rule, held).at(NOON + 2 * HOUR)
    assert Past(rule, [], NOON - timedelta(days=90)).at(NOON) == Estimate(None, 0)  # nothing came for long: it cannot become less


def test_a_day_without_questions_is() -> None:
    past = weeks(timedelta(days=3, hours=3))
    found = past.at(NOON)
    assert found.value is not None and found.value < -25 and found.n > 0
    silent = weeks(timedelta(days=8)).at(NOON)
    assert silent.n == 0 and silent.value is not None and silent.value < -100


def test_a_new_installation_says_nothing_of_drifts() -> None:
    rule = replace(RULE, kpi="answers", method="cusum", warn=-25.0, critical=None, window=timedelta(days=7), least=0)
    assert Past(rule, []).at(NOON) == Estimate(None, 0)
    assert Past(rule, rows({-5: (3.0, 3)}, "answers")).at(NOON) == Estimate(None, 3)
