"""Counts of two prompt versions in, how they compare out: shares with bounds, and whether the difference can be chance."""

import hashlib
import math
import random
from dataclasses import dataclass
from typing import Any, Literal

from nova.store.prompts import Figures

Verdict = Literal["better", "worse", "open"]
SURE = 1.96
SHUFFLES = 4000
SEED = 1
CHANCE = 0.05
FEWEST = 20  # judgements on each side before anything is said


@dataclass(frozen=True, slots=True)
class Compared:
    """The two versions' figures, how often chance alone does as well, and what follows (`note` in German)."""

    rows: tuple[dict[str, Any], ...]
    chance: float | None
    verdict: Verdict
    note: str

    def seal(self, version: str) -> str:
        """A mark of what the verdict rests on: both versions' judgements. Answers come every second and change nothing of it."""
        judged = [(row["version"], row["judged"], row["useful"]) for row in self.rows]
        return hashlib.blake2b(f"{version} {judged} {self.verdict}".encode(), digest_size=12).hexdigest()


def compare(mine: Figures, theirs: Figures) -> Compared:
    """A version against the one it would replace."""
    rows = (_row(mine), _row(theirs))
    if min(mine.judged, theirs.judged) < FEWEST:
        note = f"Noch zu wenige Urteile ({mine.judged} und {theirs.judged}; nötig sind je {FEWEST})."
        return Compared(rows, None, "open", note)
    gain = mine.useful / mine.judged - theirs.useful / theirs.judged
    chance = _by_chance(mine, theirs)
    if chance >= CHANCE:
        return Compared(rows, chance, "open", f"Der Unterschied kann Zufall sein (p = {chance:.3f}).".replace(".", ",", 1))
    return Compared(rows, chance, "better" if gain > 0 else "worse", "Nützlicher." if gain > 0 else "Seltener nützlich.")


def wilson(good: int, n: int) -> tuple[float, float] | None:
    """The 95 % bounds of a share; None without cases."""
    if not n:
        return None
    share, square = good / n, SURE * SURE
    middle = share + square / (2 * n)
    wide = SURE * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    return max(0.0, (middle - wide) / (1 + square / n)), min(1.0, (middle + wide) / (1 + square / n))


def _row(one: Figures) -> dict[str, Any]:
    bounds = wilson(one.useful, one.judged)
    return {
        "version": one.version, "answers": one.answers, "judged": one.judged, "useful": _share(one.useful, one.judged),
        "useful_low": bounds and round(bounds[0], 4), "useful_high": bounds and round(bounds[1], 4),
        "refused": _share(one.refused, one.answers), "grounded": _share(one.cited, one.cited + one.unproven),
    }  # fmt: skip


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _by_chance(mine: Figures, theirs: Figures) -> float:
    """How often a random split of all judgements differs as much (two-sided permutation, the same shuffles every time)."""
    n, total, useful = mine.judged, mine.judged + theirs.judged, mine.useful + theirs.useful
    seen = abs(mine.useful / n - theirs.useful / theirs.judged)
    dice = random.Random(SEED)  # noqa: S311 - the same draw every time
    as_far = 0
    for _ in range(SHUFFLES):
        drawn = sum(1 for at in dice.sample(range(total), n) if at < useful)
        as_far += abs(drawn / n - (useful - drawn) / (total - n)) >= seen - 1e-12
    return round((as_far + 1) / (SHUFFLES + 1), 4)
