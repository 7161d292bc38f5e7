"""The states of a rule: nothing fires before its time, noise within the margin changes nothing, every episode ends."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nova.kpi.measure.estimate import Estimate
from nova.kpi.rules.decide import Decision, Standing, counts, decide, evaluate
from nova.kpi.rules.thresholds import Action, Rule, Thresholds

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
EVERY = timedelta(minutes=15)
RULE = Rule("r", "useful_share", "", timedelta(hours=24), 20, "below", 0.7, 0.5, 0.05, 3, "threshold", Action("auto", ("log",)), "Text.")
OFTEN = 100


def played(
    rule: Rule, values: list[float | None], *, n: int = OFTEN, start: Standing | None = None, step: timedelta = EVERY
) -> list[Decision]:
    """One evaluation a value, a quarter of an hour apart; None is too few cases."""
    at, standing, found = NOON, start or Standing(), []
    for value in values:
        decision = decide(rule, Estimate(value, n if value is not None else 0), standing, at, EVERY)
        found.append(decision)
        standing, at = decision.after, at + step
    return found


def states(decisions: list[Decision]) -> list[str]:
    return [one.after.state for one in decisions]


def test_it_fires_at_the_third_breach_and_not_before() -> None:
    assert states(played(RULE, [0.6, 0.6, 0.6])) == ["pending", "pending", "warn"]
    assert states(played(RULE, [0.6, 0.6, 0.8, 0.6, 0.6])) == ["pending", "pending", "ok", "pending", "pending"]
    assert states(played(RULE, [0.4, 0.4, 0.4])) == ["pending", "pending", "critical"]
    assert states(played(RULE, [0.6, 0.4, 0.6])) == ["pending", "pending", "warn"]


def test_it_worsens_and_eases_only_after_as_many() -> None:
    found = played(RULE, [0.6] * 3 + [0.4] * 3 + [0.6] * 3 + [0.8] * 3)
    assert [one.event for one in found if one.event] == ["warn", "critical", "eased", "recovered"]
    assert states(found)[3:] == ["warn", "warn", "critical", "critical", "critical", "warn", "clearing", "clearing", "ok"]


def test_a_value_at_the_threshold_is_no_breach_and_within_the_margin_no_recovery() -> None:
    assert states(played(RULE, [0.7] * 5)) == ["ok"] * 5
    assert states(played(RULE, [0.6] * 3 + [0.7, 0.74, 0.71]))[3:] == ["warn"] * 3
    assert states(played(RULE, [0.6] * 3 + [0.75, 0.74, 0.75, 0.75, 0.75]))[3:] == ["clearing", "warn", "clearing", "clearing", "ok"]


def test_above_is_the_same_the_other_way_round() -> None:
    rule = replace(RULE, direction="above", warn=0.3, critical=0.5, clear=0.05)
    assert [one.event for one in played(rule, [0.4] * 3 + [0.29] * 3 + [0.25] * 3) if one.event] == ["warn", "recovered"]


def test_too_few_cases_are_a_state_and_break_a_row_of_breaches() -> None:
    assert states(played(RULE, [0.6, 0.6, None, 0.6])) == ["pending", "pending", "no_data", "pending"]
    assert decide(RULE, Estimate(0.1, 19), Standing(), NOON, EVERY).after.state == "no_data"


def test_an_alert_without_data_goes_on_and_ends_after_a_window() -> None:
    short = played(RULE, [0.6] * 3 + [None] * 8 + [0.6])
    assert [one.event for one in short if one.event] == ["warn"]
    assert states(short)[-2:] == ["no_data", "warn"]
    long = played(RULE, [0.6] * 3 + [None] * 97)
    assert [one.event for one in long if one.event] == ["warn", "lost"]
    assert long[-1].after.level == "" and long[-1].after.state == "no_data"


def test_the_same_quarter_of_an_hour_counts_once() -> None:
    found = played(RULE, [0.6] * 10, step=timedelta(seconds=80))
    assert [one.counted for one in found] == [True] + [False] * 9
    assert states(found) == ["pending"] * 10


def test_a_clock_set_back_a_little_waits_and_set_back_much_goes_on() -> None:
    assert not counts(NOON, NOON - timedelta(minutes=30), EVERY)
    assert counts(NOON, NOON - timedelta(days=800), EVERY)
    standing = played(RULE, [0.6, 0.6])[-1].after
    back = decide(RULE, Estimate(0.6, OFTEN), standing, NOON - timedelta(minutes=20), EVERY)
    assert not back.counted and back.after == standing
    blind = replace(standing, state="no_data", level="warn", blind_since=NOON + timedelta(days=9))
    assert decide(RULE, Estimate(None, 0), blind, NOON + timedelta(hours=1), EVERY).after.blind_since == NOON + timedelta(hours=1)


def test_every_rule_gets_one_decision_in_order() -> None:
    other = replace(RULE, name="s")
    found = evaluate(Thresholds((RULE, other), EVERY, "v"), {"s": Estimate(0.6, OFTEN)}, {}, NOON)
    assert [(one.rule.name, one.after.state) for one in found] == [("r", "no_data"), ("s", "pending")]
    assert found[0].start == NOON - timedelta(hours=24) and found[0].end == NOON


VALUES = st.lists(st.none() | st.floats(0, 1), max_size=60)


@given(VALUES, st.integers(1, 4), st.sampled_from(["below", "above"]))
def test_every_firing_follows_as_many_breaches_and_every_episode_ends(values: list[float | None], times: int, direction: Any) -> None:
    limits = (0.7, 0.5) if direction == "below" else (0.5, 0.7)
    rule = replace(RULE, times=times, direction=direction, warn=limits[0], critical=limits[1])
    found = played(rule, values)
    opened = 0
    for index, one in enumerate(found):
        before = found[max(0, index - times + 1) : index + 1]
        if one.event in ("warn", "critical"):
            limit = rule.warn if one.event == "warn" else rule.critical
            assert len(before) == times
            assert all(each.measured.value is not None and rule.beyond(each.measured.value, limit) for each in before)
            opened += not one.before.level
        if one.event == "recovered":
            assert all(each.measured.value is not None and rule.clear_of(each.measured.value, rule.warn) for each in before)
        if one.event in ("recovered", "lost"):
            opened -= 1
        assert opened == int(bool(one.after.level))
        assert (one.after.state in ("warn", "critical", "clearing")) <= bool(one.after.level)
    good = 1.0 if direction == "below" else 0.0
    last = found[-1].after if found else Standing()
    after = [decide(rule, Estimate(good, OFTEN), last, NOON + timedelta(days=9), EVERY)]
    for step in range(times):
        after.append(decide(rule, Estimate(good, OFTEN), after[-1].after, NOON + timedelta(days=9, hours=step + 1), EVERY))
    assert after[-1].after.state == "ok" and not after[-1].after.level


@given(st.lists(st.floats(0.7, 0.7499), max_size=50), st.sampled_from(["ok", "warn"]))
def test_noise_within_the_margin_never_changes_a_state(noise: list[float], state: Any) -> None:
    start = Standing(state=state, level="warn" if state == "warn" else "")
    assert set(states(played(RULE, list(noise), start=start))) <= {state}


@given(VALUES)
def test_what_was_decided_once_is_decided_again(values: list[float | None]) -> None:
    assert played(RULE, values) == played(RULE, values)


def test_a_slow_drift_through_the_margin_and_back_fires_and_clears_once() -> None:
    down = [0.9 - 0.005 * step for step in range(60)]
    assert [one.event for one in played(RULE, [*down, *reversed(down)]) if one.event] == ["warn", "recovered"]
