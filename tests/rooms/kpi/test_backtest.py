"""What a back-test says of the past is what evaluations said when it was the present."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nova.kpi.measure.registry import KPIS
from nova.kpi.rules.backtest import backtest
from nova.kpi.rules.decide import Standing, decide
from nova.kpi.rules.thresholds import Rule, builtin
from nova.kpi.rules.values import measured
from nova.stats.histograms import histogram
from nova.store.postgres.db import Database
from nova.store.quality import kpi as store
from nova.store.quality.kpi import HourRow
from tests.rooms.kpi.house import wipe

pytestmark = pytest.mark.slow

HOUR = timedelta(hours=1)
END = datetime(2026, 3, 30, 1, tzinfo=UTC)  # a night after clocks were put forward
BEGIN = END - timedelta(days=60)


def fill(db: Database, seed: int) -> None:
    """Every figure by the hour: by day more than at night, with gaps of days, with bad days."""
    dice, found = random.Random(seed), []
    silent = [BEGIN + timedelta(days=dice.randrange(60)) for _ in range(3)]
    bad = [BEGIN + timedelta(days=dice.randrange(30, 60)) for _ in range(3)]
    for kpi in {one.stored: one for one in KPIS.values()}.values():
        for step in range(60 * 24):
            at = BEGIN + step * HOUR
            n = dice.randrange(12) if 6 <= at.hour < 18 else dice.randrange(2)
            if not n or any(one <= at < one + timedelta(days=2) for one in silent):
                continue
            worse = any(one <= at < one + timedelta(days=2) for one in bad)
            values = [dice.random() * (9 if worse else 1) if kpi.kind in ("mean", "percentile") else 1 for _ in range(n * (1 + 4 * worse))]
            total = sum(values) if kpi.kind != "share" else len(values) * (0.9 if worse else 0.4)
            waits = histogram(2000 * value for value in values) if kpi.kind == "percentile" else None
            found.append(HourRow(kpi.stored, "", at, len(values), total, sum(value * value for value in values), waits))
    with db.transaction() as conn:
        store.put_hours(conn, BEGIN, END, found)


@pytest.fixture(scope="module")
def filled(database: Database) -> Database:
    wipe(database)
    fill(database, 7)
    return database


@pytest.mark.parametrize("rule", builtin().rules, ids=lambda rule: rule.name)
def test_a_replay_fires_when_evaluations_did(filled: Database, rule: Rule) -> None:
    with filled.transaction() as conn:
        replayed = backtest(conn, rule, END - timedelta(days=5), END)
        standing, live, at = Standing(), [], END - timedelta(days=5) + HOUR
        while at <= END:
            decision = decide(rule, measured(conn, rule, at), standing, at, HOUR)
            standing = decision.after
            if decision.event in ("warn", "critical") and not decision.before.level:
                live.append([at, None])
            elif decision.event in ("recovered", "lost"):
                live[-1][1] = at
            at += HOUR
    assert [[one.started, one.ended] for one in replayed.firings] == live


@given(minutes=st.integers(1, 59), hours=st.integers(0, 24 * 14), which=st.sampled_from([one.name for one in builtin().rules]))
@settings(max_examples=25, deadline=None)
def test_an_hour_that_has_begun_is_no_drop(filled: Database, minutes: int, hours: int, which: str) -> None:
    rule = builtin().rule(which)
    assert rule is not None
    whole = END - hours * HOUR
    if rule.method == "threshold" and KPIS[rule.kpi].kind != "count":
        return
    with filled.transaction() as conn:
        assert measured(conn, rule, whole + timedelta(minutes=minutes)) == measured(conn, rule, whole)
