"""Pairs of labels that two people gave the same thing in, how far they agree beyond chance out: Cohen's kappa (1960) with 95 % bounds.

Each pair is (first, second); who the first was may change from pair to pair. The bounds are
Wilson's of the share that agrees, on kappa's scale.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nova.stats.bounds import wilson


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often both said the same (`share`), kappa, and its bounds; None where all say one thing, so that nothing is beyond chance."""

    pairs: int
    share: float | None
    kappa: float | None
    low: float | None
    high: float | None


def cohen(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """Of pairs in any order; nothing is measured without one."""
    n = len(pairs)
    if not n:
        return Agreement(0, None, None, None, None)
    first, second = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    same = sum(one == two for one, two in pairs)
    chance = sum(first[label] * second[label] for label in first) / n**2
    if chance >= 1:
        return Agreement(n, 1.0, None, None, None)
    low, high = wilson(same, n)
    scaled = [max(-1.0, (share - chance) / (1 - chance)) for share in (same / n, low or 0.0, high or 0.0)]
    return Agreement(n, same / n, scaled[0], scaled[1], scaled[2])
