"""Rules, measured values and where each rule stands in, decisions out. Pure: the same in gives the same out, and nothing is stored here.

A rule fires after `for` consecutive evaluations beyond its threshold, and clears after as many on the good side of it by the margin
`clear`. In between nothing changes. Too few cases are a state of their own, never good news.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

from nova.kpi.measure.estimate import Estimate
from nova.kpi.rules.thresholds import Rule, Thresholds

State = Literal["ok", "pending", "warn", "critical", "clearing", "no_data"]
Level = Literal["", "warn", "critical"]
Event = Literal["", "warn", "critical", "eased", "recovered", "lost"]
FIRST = datetime(1970, 1, 1, tzinfo=UTC)
CLOCK_SLACK = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a rule stands. `hits`, `critical_hits` and `calm` count consecutive evaluations; an episode is open while `level` is set."""

    state: State = "ok"
    level: Level = ""
    hits: int = 0
    critical_hits: int = 0
    calm: int = 0
    blind_since: datetime | None = None
    episode_id: UUID | None = None
    evaluated_at: datetime = FIRST
    silent_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What an evaluation says of a rule. `counted` is False where it came too soon after the last one; then nothing changes."""

    rule: Rule
    measured: Estimate
    start: datetime
    end: datetime
    before: Standing
    after: Standing
    event: Event
    counted: bool

    @property
    def first(self) -> bool:
        """Whether the rule was never evaluated before, so that it stood nowhere."""
        return self.before.evaluated_at == FIRST

    @property
    def changed(self) -> bool:
        """Whether the state is another one."""
        return self.before.state != self.after.state or bool(self.event)


def evaluate(thresholds: Thresholds, measured: Mapping[str, Estimate], standing: Mapping[str, Standing], now: datetime) -> list[Decision]:
    """One decision a rule, in the order of the file; `measured` and `standing` are by the rule's name."""
    return [
        decide(rule, measured.get(rule.name, Estimate(None, 0)), standing.get(rule.name, Standing()), now, thresholds.every)
        for rule in thresholds.rules
    ]


def decide(rule: Rule, measured: Estimate, before: Standing, now: datetime, every: timedelta) -> Decision:
    """What one rule's evaluation says."""
    start, end = bounds(rule, now)
    if not counts(before.evaluated_at, now, every):
        return Decision(rule, measured, start, end, before, before, "", False)
    if measured.value is None or measured.n < rule.least:
        after, event = _blind(rule, before, now)
    elif before.level:
        after, event = _in_episode(rule, measured.value, replace(before, blind_since=None))
    else:
        after, event = _outside(rule, measured.value, replace(before, blind_since=None))
    return Decision(rule, measured, start, end, before, replace(after, evaluated_at=now), event, True)


def bounds(rule: Rule, now: datetime) -> tuple[datetime, datetime]:
    """The window that ends now: half-open, as long as the rule says."""
    return now - rule.window, now


def counts(last: datetime, now: datetime, every: timedelta) -> bool:
    """Whether an evaluation counts: once in each slot of `every`. A clock set back by much counts again: no rule sleeps for long."""
    if now < last:
        return last - now > CLOCK_SLACK
    return (now - FIRST) // every > (last - FIRST) // every


def _blind(rule: Rule, before: Standing, now: datetime) -> tuple[Standing, Event]:
    since = before.blind_since if before.blind_since and before.blind_since <= now else now
    unsure = replace(before, state="no_data", hits=0, critical_hits=0, calm=0, blind_since=since)
    if before.level and now - since >= rule.window:
        return replace(unsure, level=""), "lost"
    return unsure, ""


def _outside(rule: Rule, value: float, before: Standing) -> tuple[Standing, Event]:
    if not rule.beyond(value, rule.warn):
        return replace(before, state="ok", hits=0, critical_hits=0, calm=0), ""
    hits = before.hits + 1
    critical_hits = before.critical_hits + 1 if rule.beyond(value, rule.critical) else 0
    counted = replace(before, hits=hits, critical_hits=critical_hits, calm=0)
    if critical_hits >= rule.times:
        return replace(counted, state="critical", level="critical"), "critical"
    if hits >= rule.times:
        return replace(counted, state="warn", level="warn"), "warn"
    return replace(counted, state="pending"), ""


def _in_episode(rule: Rule, value: float, before: Standing) -> tuple[Standing, Event]:
    if rule.clear_of(value, rule.warn):
        return _calmer(rule, replace(before, hits=0, critical_hits=0), ended=True)
    hits = before.hits + 1 if rule.beyond(value, rule.warn) else 0
    critical_hits = before.critical_hits + 1 if rule.beyond(value, rule.critical) else 0
    counted = replace(before, hits=hits, critical_hits=critical_hits)
    if before.level == "warn" and critical_hits >= rule.times:
        return replace(counted, state="critical", level="critical", calm=0), "critical"
    if before.level == "critical" and rule.clear_of(value, rule.critical):
        return _calmer(rule, counted, ended=False)
    return replace(counted, state="critical" if before.level == "critical" else "warn", calm=0), ""


def _calmer(rule: Rule, before: Standing, *, ended: bool) -> tuple[Standing, Event]:
    """One evaluation nearer to the end of the episode, or from critical to warn. `calm` counts either; the worse one starts it anew."""
    if not ended:
        calm = before.calm + 1 if before.state == "critical" else 1
        if calm >= rule.times:
            return replace(before, state="warn", level="warn", calm=0), "eased"
        return replace(before, state="critical", calm=calm), ""
    calm = before.calm + 1 if before.state == "clearing" else 1
    if calm >= rule.times:
        return replace(before, state="ok", level="", calm=0), "recovered"
    return replace(before, state="clearing", calm=calm), ""
