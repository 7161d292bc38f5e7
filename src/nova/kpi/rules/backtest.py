"""Rules and past hours in, what would have happened out: how often each would have fired, when, how long, and how often it was blind."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from psycopg import Connection

from nova.kpi.measure.estimate import Estimate
from nova.kpi.measure.figures import window
from nova.kpi.measure.registry import KPIS
from nova.kpi.rules.decide import Level, Standing, decide
from nova.kpi.rules.thresholds import Rule
from nova.kpi.rules.values import past

STEP = timedelta(hours=1)
MOST_DAYS = 90


@dataclass(frozen=True, slots=True)
class Firing:
    """One episode that would have been; `ended` None: it would still be on at the end."""

    started: datetime
    ended: datetime | None
    worst: Level


@dataclass(frozen=True, slots=True)
class Replay:
    """What a rule would have done in `evaluations` looks, of which `blind` had too few cases."""

    rule: Rule
    firings: tuple[Firing, ...]
    evaluations: int
    blind: int

    @property
    def sentence(self) -> str:
        """For people."""
        if self.evaluations and self.blind == self.evaluations:
            return "hätte nie genug Daten gehabt"
        count = len(self.firings)
        critical = sum(one.worst == "critical" for one in self.firings)
        if not count:
            return "hätte nicht ausgelöst"
        return f"hätte {count}x ausgelöst" + (f", davon {critical}x kritisch" if critical else "")


def backtest(conn: Connection[Any], rule: Rule, frm: datetime, to: datetime) -> Replay:
    """Replay a rule over whole hours in (frm, to], one evaluation an hour, from a fresh start."""
    return replay(rule, _looker(conn, rule, frm, to), frm, to)


def replay(rule: Rule, look: Callable[[datetime], Estimate], frm: datetime, to: datetime) -> Replay:
    """The same with any source of values. Pure where `look` is."""
    at = frm.replace(minute=0, second=0, microsecond=0) + STEP
    standing, firings, evaluations, blind = Standing(), list[Firing](), 0, 0
    while at <= to:
        decision = decide(rule, look(at), standing, at, timedelta(seconds=1))
        standing, evaluations = decision.after, evaluations + 1
        blind += standing.state == "no_data"
        if decision.event in ("warn", "critical"):
            _worse(firings, at, decision.event)
        elif decision.event in ("recovered", "lost"):
            firings[-1] = replace(firings[-1], ended=at)
        at += STEP
    return Replay(rule, tuple(firings), evaluations, blind)


def _worse(firings: list[Firing], at: datetime, level: Level) -> None:
    if firings and firings[-1].ended is None:
        firings[-1] = replace(firings[-1], worst=level)
    else:
        firings.append(Firing(at, None, level))


def _looker(conn: Connection[Any], rule: Rule, frm: datetime, to: datetime) -> Callable[[datetime], Estimate]:
    kpi = KPIS[rule.kpi]
    if kpi.kind == "percentile":
        return lambda at: window(conn, kpi, at - rule.window, at, rule.segment)
    return past(conn, rule, frm, to).at
