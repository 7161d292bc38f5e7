"""Questions with known answers in; how much an embedding model's word should count out: 0 unless it helps questions it was not chosen on.

Half of the questions choose a weight, the other half confirms it, and the reverse; only what helps both, and not by chance, counts.
"""

import math
import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any
from uuid import UUID

from nova.answers.search.dense import NEAREST, Likeness, likeness
from nova.answers.search.retrieve import Clock, Sources, retrieve
from nova.ports import Embedder, Index
from nova.records import Scope
from nova.stats.resample import by_chance
from nova.store.documents.embeddings import other_model

WEIGHTS = (0.0, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0)
DEEP, NEAR = 10, 5
FEWEST = 40
RESAMPLES = 5000
CHANCE = 0.02  # below the usual 0.05, because the weight was picked among several
SEED = 1


@dataclass(frozen=True, slots=True)
class EvaluationQuestion:
    """A question of a group, and the places that answer it, each as the sections that count as it."""

    group: str
    text: str
    right: tuple[frozenset[UUID], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a question fares by weight: nDCG@10 and hit@5, from 0 to 1; and how long its vector took, in milliseconds."""

    group: str
    ndcg: Mapping[float, float]
    hit: Mapping[float, float]
    milliseconds: float


@dataclass(frozen=True, slots=True)
class _Given:
    """Likeness that is known already, in place of a model that is asked."""

    like: Likeness

    def counts(self) -> bool:
        return self.like.weight > 0

    def near(self, text: str, scope: Scope, index: Index) -> Likeness | None:
        return self.like


def outcomes(asked: Sequence[EvaluationQuestion], sources: Sources, embedder: Embedder) -> Iterator[Outcome]:
    """Ask each question once for every weight, as people's are; without those the model declines.

    ServerAbsent when it falls silent, Busy when another model answers by its name.
    """
    size = sources.index.dense_size
    for one in asked:
        began = time.perf_counter()
        vector = embedder.question(one.text, patient=True)
        if vector is None:
            continue
        if len(vector) != size:
            raise other_model()
        spent = 1000 * (time.perf_counter() - began)
        like = likeness(1.0, sources.index.near(vector, Scope(), NEAREST))
        orders = {weight: _order(one.text, sources, like, weight) for weight in WEIGHTS}
        yield Outcome(
            one.group,
            {weight: ndcg(order, one.right) for weight, order in orders.items()},
            {weight: float(any(section in place for section in order[:NEAR] for place in one.right)) for weight, order in orders.items()},
            spent,
        )


def _order(text: str, sources: Sources, like: Likeness | None, weight: float) -> list[UUID]:
    """The sections found, best first, each once."""
    meaning = _Given(replace(like, weight=weight)) if like else None
    found = retrieve(text, Scope(), replace(sources, meaning=meaning), Clock(), sections=1)
    return list(dict.fromkeys(passage.section_id for passage in found.ranked))


def ndcg(order: Sequence[UUID], right: Sequence[frozenset[UUID]]) -> float:
    """Binary nDCG@10: each right place counts once, where its first section stands."""
    left = list(right)
    gained = 0.0
    for rank, section in enumerate(order[:DEEP], 1):
        place = next((one for one in left if section in one), None)
        if place is not None:
            left.remove(place)
            gained += 1 / math.log2(rank + 1)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(right), DEEP) + 1))
    return gained / ideal if ideal else 0.0


def choose(seen: Sequence[Outcome]) -> dict[str, Any]:
    """The weight, why, and the figures behind it (shares in percent)."""
    halves = _halves(seen)
    picks = [_best(half) for half in halves]
    gains = [_gains(other, pick) for pick, other in zip(picks, reversed(halves), strict=True)]
    means = list(map(_mean, gains))
    chance = by_chance(list(chain.from_iterable(gains)), RESAMPLES)
    weight = min(picks)
    reason = _reason(seen, halves, weight, means, chance)
    times = sorted(one.milliseconds for one in seen)
    return {
        "weight": 0.0 if reason else weight,
        "reason": reason or "Das Modell hilft beiden Hälften der Fragen.",
        "questions": dict(Counter(one.group for one in seen)),
        "rows": [_row(seen, group, one) for group in _groups(seen) for one in WEIGHTS],
        "halves": [{"chosen": pick, "gain": round(100 * gain, 2)} for pick, gain in zip(picks, means, strict=True)],
        "chance": round(chance, 4),
        "question_ms": {"p50": _quantile(times, 0.5), "p95": _quantile(times, 0.95)},
    }


def _reason(seen: Sequence[Outcome], halves: Sequence[Sequence[Outcome]], weight: float, gains: Sequence[float], chance: float) -> str:
    """Why the model does not count; "" when it does."""
    if len(seen) < FEWEST:
        return f"Zu wenige Fragen für ein Urteil ({len(seen)} statt mindestens {FEWEST})."
    if weight == 0 or min(*gains, *(_gain(half, weight) for half in halves)) <= 0:
        return "Das Modell hilft nicht beiden Hälften der Fragen."
    if chance >= CHANCE:
        return f"Der Gewinn kann Zufall sein (p = {chance:.3f})."
    worse = [group for group in _groups(seen) if _gain(_of(seen, group), weight) < 0]
    return f"Das Modell schadet: {', '.join(worse)}." if worse else ""


def _halves(seen: Sequence[Outcome]) -> list[list[Outcome]]:
    """Two halves with the same share of each group."""
    mixed = list(seen)
    random.Random(SEED).shuffle(mixed)  # noqa: S311 - the same draw every time
    mixed.sort(key=lambda one: one.group)
    return [mixed[0::2], mixed[1::2]]


def _best(half: Sequence[Outcome]) -> float:
    return max(WEIGHTS, key=lambda weight: (round(_mean([one.ndcg[weight] for one in half]), 9), -weight))


def _gains(some: Sequence[Outcome], weight: float) -> list[float]:
    """What each question gains by a weight."""
    return [one.ndcg[weight] - one.ndcg[0.0] for one in some]


def _gain(some: Sequence[Outcome], weight: float) -> float:
    return _mean(_gains(some, weight))


def _row(seen: Sequence[Outcome], group: str, weight: float) -> dict[str, Any]:
    some = _of(seen, group)
    hit, gained = (_mean([values[weight] for values in column]) for column in ([one.hit for one in some], [one.ndcg for one in some]))
    return {"group": group, "weight": weight, "hit@5": round(100 * hit, 1), "ndcg@10": round(100 * gained, 1)}


def _of(seen: Sequence[Outcome], group: str) -> list[Outcome]:
    return [one for one in seen if one.group == group]


def _groups(seen: Sequence[Outcome]) -> list[str]:
    return list(dict.fromkeys(one.group for one in seen))


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values) if values else 0.0


def _quantile(ordered: Sequence[float], share: float) -> float:
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1) if ordered else 0.0
