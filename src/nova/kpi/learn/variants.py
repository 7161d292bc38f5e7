"""Counts of two prompt versions in, how they compare out: shares with bounds, and whether the difference can be chance."""

import hashlib
from dataclasses import dataclass
from typing import Any, Literal

from nova.stats.bounds import wilson
from nova.stats.resample import shuffled
from nova.store.quality.prompts import Figures

Verdict = Literal["better", "worse", "open"]
SHUFFLES = 4000
CHANCE = 0.05
FEWEST = 20  # judgements on each side before anything is said


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two versions' figures, how often chance alone does as well, and what follows (`note` in German)."""

    rows: tuple[dict[str, Any], ...]
    chance: float | None
    verdict: Verdict
    note: str

    def seal(self, version: str) -> str:
        """A mark of what the verdict rests on: both versions' judgements. Answers come every second and change nothing of it."""
        judged = [(row["version"], row["judged"], row["useful"]) for row in self.rows]
        return hashlib.blake2b(f"{version} {judged} {self.verdict}".encode(), digest_size=12).hexdigest()


def compare(mine: Figures, theirs: Figures) -> Comparison:
    """A version against the one it would replace."""
    rows = (_row(mine), _row(theirs))
    if min(mine.judged, theirs.judged) < FEWEST:
        note = f"Noch zu wenige Urteile ({mine.judged} und {theirs.judged}; nötig sind je {FEWEST})."
        return Comparison(rows, None, "open", note)
    gain = mine.useful / mine.judged - theirs.useful / theirs.judged
    chance = round(shuffled(mine.useful, mine.judged, theirs.useful, theirs.judged, SHUFFLES), 4)
    if chance >= CHANCE:
        return Comparison(rows, chance, "open", f"Der Unterschied kann Zufall sein (p = {chance:.3f}).".replace(".", ",", 1))
    return Comparison(rows, chance, "better" if gain > 0 else "worse", "Nützlicher." if gain > 0 else "Seltener nützlich.")


def _row(one: Figures) -> dict[str, Any]:
    low, high = wilson(one.useful, one.judged)
    return {
        "version": one.version, "answers": one.answers, "judged": one.judged, "useful": _share(one.useful, one.judged),
        "useful_low": low if low is None else round(low, 4), "useful_high": high if high is None else round(high, 4),
        "refused": _share(one.refused, one.answers), "grounded": _share(one.cited, one.cited + one.unproven),
    }  # fmt: skip


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
