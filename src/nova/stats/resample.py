"""Paired differences resampled (Efron 1979), and two groups shuffled: whether what was seen may be chance.

The dice are the same every time, so that the same differences give the same verdict.
"""

import math
import random
from collections.abc import Iterator, Sequence

SEED = 1


def sums(gains: Sequence[float], resamples: int) -> Iterator[float]:
    """The sum of each of so many samples, drawn with replacement and as long as `gains`."""
    dice = random.Random(SEED)  # noqa: S311 - the same draw every time
    for _ in range(resamples):
        yield math.fsum(dice.choices(gains, k=len(gains)))


def by_chance(gains: Sequence[float], resamples: int) -> float:
    """How often a resample of paired differences shows no gain: small when the gain is no accident; 1 where nothing differs."""
    if not any(gains):
        return 1.0
    return sum(one <= 0 for one in sums(gains, resamples)) / resamples


def shuffled(good: int, n: int, others_good: int, others: int, shuffles: int) -> float:
    """How often a random split of all cases differs as much as these two shares do (two-sided permutation test, Fisher 1935)."""
    total, useful = n + others, good + others_good
    seen = abs(good / n - others_good / others)
    dice = random.Random(SEED)  # noqa: S311 - the same draw every time
    as_far = 0
    for _ in range(shuffles):
        drawn = sum(1 for at in dice.sample(range(total), n) if at < useful)
        as_far += abs(drawn / n - (useful - drawn) / (total - n)) >= seen - 1e-12
    return (as_far + 1) / (shuffles + 1)
