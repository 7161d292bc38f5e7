"""Rules that fit a question in, where its answer probably stands out: provisions, the words of the sentence, and how likely."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from nova.answers.rules.map import Hit
from nova.records import Passage

LEAST, OF_A_STORY, STORY = 0.12, 0.03, 16  # likelihood from which on a rule is a hint: less where so many words tell more than they ask
OTHER_SECTOR, NEXT_PLACE = 0.6, 0.97  # what a hint counts for the other energy, and at the next place of the same rule
ABOUT, MOST_ABOUT = 1.0, 2  # what a hint to such a provision counts, and to how many there are some
ELSEWHERE = 0.75  # what it counts for passages of the provision that do not hold its words
_GAS_LAWS = frozenset({"gasgvv", "ndav", "gasnzv", "gasnev", "gashdrltgv"})
_POWER_LAWS = frozenset({"stromgvv", "nav", "stromnzv", "stromnev", "stromstg", "stromstv", "eeg", "kwkg", "lsv", "geig"})
_SAID = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Hint:
    """An answer probably stands in the provision `norm`, in the sentence with these words ("" where only the provision is known)."""

    norm: str
    quote: str
    score: float


def hints_of(hits: Iterable[Hit], sector: str = "", worth: float = 1.0, count: int = 0) -> tuple[Hint, ...]:
    """The hints of some rules to a question of `count` words, each counting `worth`.

    Those for gas count less where electricity is asked for, and the other way round.
    """
    least = OF_A_STORY if count >= STORY else LEAST
    return tuple(
        Hint(place.norm, squeezed(place.quote), worth * hit.score * _share(place.norm.partition(":")[0], number, sector))
        for hit in hits
        if hit.score >= least
        for number, place in enumerate(hit.rule.places)
    )


def hints_to(norms: Sequence[str]) -> tuple[Hint, ...]:
    """Hints to the first of the provisions that a question goes on with, whatever sentence of theirs it means."""
    return tuple(Hint(norm, "", ABOUT) for norm in norms[:MOST_ABOUT])


def _share(law: str, number: int, sector: str) -> float:
    """What a hint counts at the place of this number in a rule: a twin of gas stands back where nobody speaks of gas."""
    strange = {"gas": _POWER_LAWS, "strom": _GAS_LAWS, "": _GAS_LAWS if number else frozenset()}[sector]
    return (OTHER_SECTOR if law in strange else 1.0) * NEXT_PLACE**number


def by_passage(hints: Sequence[Hint], passages: Iterable[Passage]) -> Mapping[UUID, float]:
    """How far the hints speak for each passage."""
    if not hints:
        return {}
    by_norm: dict[str, list[Hint]] = {}
    for hint in hints:
        by_norm.setdefault(hint.norm, []).append(hint)
    found: dict[UUID, float] = {}
    for passage in passages:
        for hint in by_norm.get(passage.norm or "", ()):
            share = 1.0 if hint.quote and hint.quote in squeezed(passage.text) else ELSEWHERE
            found[passage.chunk_id] = max(found.get(passage.chunk_id, 0.0), hint.score * share)
    return found


@lru_cache(maxsize=4096)
def squeezed(text: str) -> str:
    """The words of a text alone, by which quotes are compared."""
    return " ".join(_SAID.findall(text.casefold()))
