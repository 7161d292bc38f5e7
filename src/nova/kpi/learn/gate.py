"""Questions asked before and after in, whether the candidate may go live and why out: it must be worse nowhere.

Differences are paired and resampled (`stats.resample`).
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from nova.stats.resample import by_chance, sums

RESAMPLES = 2000
WORSE = 0.01  # points of nDCG@10 (1.0 is 100) that no topic may lose
FEWEST = 3  # cases of a topic or group that can say something
FEWEST_LOST = 2  # questions of a whole group that must have lost: one alone may be an accident
SURELY = 0.95
MOST_TOPICS = 20
BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Case:
    """A question of a group and topic, and its nDCG@10 before and with the candidate, 0 to 1."""

    group: str
    topic: str
    before: float
    after: float

    @property
    def gain(self) -> float:
        """The difference."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the candidate may go live; `reasons` (German) say why not, `effect` what was measured, in points; `worse` are topics."""

    good: bool
    reasons: tuple[str, ...]
    effect: dict[str, Any] = field(default_factory=dict)
    worse: tuple[str, ...] = ()


def verdict(cases: Sequence[Case]) -> Verdict:
    """Compare, group by group and topic by topic."""
    groups = _by(cases, lambda one: one.group)
    enough = any(len(some) >= FEWEST for some in groups.values())
    reasons = [] if enough else ["Es gibt noch nicht genug Fragen, an denen sich eine Verschlechterung messen ließe."]
    topics = _by(cases, lambda one: f"{one.group}{BETWEEN}{one.topic}" if one.topic else "")
    reasons += [_reason(name, some) for name, some in groups.items() if _is_worse(some)]
    worse = [(name, some) for name, some in topics.items() if name and _is_lower(some)]
    reasons += [_reason(f"Thema {name}", some) for name, some in worse[:MOST_TOPICS]]
    return Verdict(not reasons, tuple(reasons), _effect(groups, topics), tuple(dict.fromkeys(name.split(BETWEEN)[1] for name, _ in worse)))


def _reason(name: str, some: Sequence[Case]) -> str:
    return f"{name}: {_points(_mean(some))} Punkte nDCG@10 bei {len(some)} Fragen."


def _effect(groups: dict[str, list[Case]], topics: dict[str, list[Case]]) -> dict[str, Any]:
    moved = sorted((name for name, some in topics.items() if name and _mean(some)), key=lambda name: -abs(_mean(topics[name])))
    return {
        "groups": [_row(name, some) | {"chance": round(by_chance(_gains(some), RESAMPLES), 4)} for name, some in groups.items()],
        "topics": [_row(name, topics[name]) for name in moved[:MOST_TOPICS]],
    }


def _is_worse(cases: Sequence[Case]) -> bool:
    """Whether a group is worse, surely or by much for several questions; of too few nothing is said."""
    if len(cases) < FEWEST:
        return False
    return _surely_worse(cases) or (_mean(cases) < -WORSE and _lost(cases) >= FEWEST_LOST)


def _is_lower(cases: Sequence[Case]) -> bool:
    """Whether a topic of enough questions is worse on average."""
    return len(cases) >= FEWEST and _mean(cases) < -WORSE


def _surely_worse(cases: Sequence[Case]) -> bool:
    """Whether nearly every resample shows a loss."""
    gains = _gains(cases)
    if math.fsum(gains) >= 0:
        return False
    return sum(one < 0 for one in sums(gains, RESAMPLES)) >= SURELY * RESAMPLES


def _gains(cases: Sequence[Case]) -> list[float]:
    return [one.gain for one in cases]


def _lost(cases: Sequence[Case]) -> int:
    return sum(one.gain < 0 for one in cases)


def _row(name: str, some: Sequence[Case]) -> dict[str, Any]:
    before, after = math.fsum(one.before for one in some) / len(some), math.fsum(one.after for one in some) / len(some)
    gain = round(100 * _mean(some), 2)
    return {"name": name, "n": len(some), "before": round(100 * before, 2), "after": round(100 * after, 2), "gain": gain}


def _by(cases: Sequence[Case], name: Any) -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = defaultdict(list)
    for one in cases:
        found[name(one)].append(one)
    return dict(sorted(found.items()))


def _mean(cases: Sequence[Case]) -> float:
    return math.fsum(one.gain for one in cases) / len(cases)


def _points(value: float) -> str:
    return f"{100 * value:+.1f}".replace(".", ",").replace("-", "−")
