"""A tuned model that is tried beside what answers, and what both are worth in the same hours: in the shadow, or for a share of people.

A trial is a release with a share; in the shadow its share is 0, and only counts say what it would have answered.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from psycopg import Connection

from nova.kpi.measure.estimate import Estimate
from nova.kpi.measure.figures import window
from nova.kpi.measure.hour import COMPOSER
from nova.kpi.measure.registry import KPIS
from nova.kpi.tickets.changes import Way, went
from nova.stats import bounds
from nova.store import releases
from nova.store.releases import Release
from nova.store.training import shadows
from nova.store.training.shadows import Counts

FAMILY = "adapter"
HOLDS = ("groundedness", "valid_citations", "cited_share", "useful_share", "negative_share", "refused_share", "fell_back_share")
COMPARED = (*HOLDS, "latency_p50_ms")
WEIGHTIEST: tuple[Way, ...] = ("worse", "better", "unclear")
MS = 1000


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of both sides. `holds`: where it is surely worse the trial goes no further; `unit` is "%" for shares."""

    name: str
    title: str
    unit: str
    trial: Estimate
    beside: Estimate
    verdict: Way
    holds: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """What is tried since when, beside whom ("": nobody, answers are composed), and what came of it so far."""

    name: str
    kind: Literal["shadow", "canary"]
    share: float
    since: datetime
    beside: str
    figures: Sequence[Figure]
    verdict: Way

    @property
    def worse(self) -> list[str]:
        """The titles of what is surely worse and holds it."""
        return [one.title for one in self.figures if one.holds and one.verdict == "worse"]


def on_trial(conn: Connection[Any]) -> Release | None:
    """What is tried now."""
    return next((one for one in releases.in_use(conn, FAMILY) if one.state == "trial"), None)


def measured(conn: Connection[Any], one: Release, base: str, now: datetime) -> Trial:
    """How a release on trial does beside whoever answers the others; `base` writes where no adapter does."""
    live = releases.live(conn, FAMILY)
    beside = live.name if live else base
    since = max(at for at in (one.trial_at or one.created_at, live.live_at if live else None) if at is not None)
    found = list(_canary(conn, one.name, beside, since, now) if one.share else _shadow(conn, one.name, since))
    return Trial(one.name, "canary" if one.share else "shadow", one.share, since, beside, found, _all_in_all(found))


def _canary(conn: Connection[Any], name: str, beside: str, since: datetime, now: datetime) -> Iterator[Figure]:
    hour = since.replace(minute=0, second=0, microsecond=0)
    for kpi in map(KPIS.__getitem__, COMPARED):
        mine, theirs = (_told(window(conn, kpi, hour, now, f"pen:{who or COMPOSER}")) for who in (name, beside))
        yield Figure(kpi.name, kpi.title, kpi.unit, mine, theirs, went(kpi.better, theirs, mine), kpi.name in HOLDS)


def _shadow(conn: Connection[Any], name: str, since: datetime) -> Iterator[Figure]:
    sums = shadows.sums(conn, name, since)
    mine, theirs = sums["shadow"], sums["shown"]
    yield _figure("proven", "Ganz belegt", "up", _share(mine.proven, mine.asked), _share(theirs.proven, theirs.asked))
    fell = KPIS["fell_back_share"]
    yield _figure(fell.name, fell.title, "down", _share(mine.fell_back, mine.written), _share(theirs.fell_back, theirs.written))
    mine_ms, theirs_ms = _mean_ms(mine), _mean_ms(theirs)
    yield Figure("write_ms", "Zeit zum Schreiben", "ms", mine_ms, theirs_ms, went("down", theirs_ms, mine_ms), holds=False)


def _figure(name: str, title: str, better: Literal["up", "down"], mine: Estimate, theirs: Estimate) -> Figure:
    return Figure(name, title, "%", mine, theirs, went(better, theirs, mine), holds=True)


def _told(found: Estimate) -> Estimate:
    """What may be told of it, with whether too few people are behind it."""
    shown = found.shown
    return replace(found, value=None, n=0, low=None, high=None) if found.few else Estimate(shown.value, shown.n, shown.low, shown.high)


def _share(part: int, whole: int) -> Estimate:
    low, high = bounds.wilson(part, whole)
    return Estimate(part / whole if whole else None, whole, low, high)


def _mean_ms(one: Counts) -> Estimate:
    low, high = bounds.mean_bounds(one.asked, one.seconds * MS, one.squares * MS * MS, (0, float("inf")))
    return Estimate(one.seconds / one.asked * MS if one.asked else None, one.asked, low, high)


def _all_in_all(found: Sequence[Figure]) -> Way:
    """Worse where anything that holds is, better where something is and nothing is worse."""
    said = {one.verdict for one in found if one.holds}
    return next((way for way in WEIGHTIEST if way in said), "few")
