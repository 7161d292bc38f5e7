"""Answers that nobody looked at in, those that editors should look at first out, each with the reasons: active sampling.

An editor's minute is worth most where the answer is probably wrong (a thumb down, a sentence that its passages do not hold), where
retrieval was unsure, and where the question is unlike the others; a few are drawn by chance, so that the queue also tells how good
Luna is elsewhere.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import get_args
from uuid import UUID

from nova.store.quality.review import Candidate, NewReview, Reason

REASONS: tuple[Reason, ...] = get_args(Reason)
WORTH: dict[Reason, float] = {"thumbs_down": 1.0, "ungrounded": 0.8, "weak": 0.4, "rare": 0.3, "sample": 0.05}
WEAK = 1.25  # how far above what an answer needs (1) retrieval's signals are, below which an editor should look (benchmarks/weak.py)
SAMPLED = 0.05  # the share drawn by chance
OF_A_KIND = 3  # so many of alike questions at once are enough


@dataclass(frozen=True, slots=True)
class SampledAnswer:
    """An answer to look at: why, and how urgent (the reasons' worth added up)."""

    answer_id: UUID
    reasons: tuple[Reason, ...]
    priority: float


def draw(
    candidates: Sequence[Candidate], room: int, stems: Callable[[str], Iterable[str]], waiting: Sequence[str] = ()
) -> list[SampledAnswer]:
    """The `room` answers most worth a look, most urgent first; the same candidates in any order give the same.

    `stems` gives a question's content stems. Of questions with the same two rarest stems at most three are drawn, those that are `waiting`
    already among them.
    """
    told = {one.answer_id: tuple(dict.fromkeys(stems(one.question))) for one in candidates}
    queue = [tuple(dict.fromkeys(stems(question))) for question in waiting]
    spread = Counter(stem for words in (*told.values(), *queue) for stem in words)
    drawn = [_judged(one, told[one.answer_id], spread, len(candidates)) for one in candidates]
    alike = Counter(_kind(words, spread) for words in queue)
    chosen = []
    for one in sorted((one for one in drawn if one.reasons), key=lambda one: (-one.priority, one.answer_id)):
        kind = _kind(told[one.answer_id], spread)
        alike[kind] += 1
        if alike[kind] <= OF_A_KIND:
            chosen.append(one)
    return chosen[:room]


def _kind(words: Sequence[str], spread: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda stem: (spread[stem], stem))[:2])


def queued(drawn: Iterable[SampledAnswer], fresh_id: Callable[[], UUID]) -> list[NewReview]:
    """What was drawn as entries of the queue."""
    return [NewReview(fresh_id(), one.answer_id, one.reasons, one.priority) for one in drawn]


def _judged(one: Candidate, words: Sequence[str], spread: Counter[str], size: int) -> SampledAnswer:
    reasons = [reason for reason in REASONS if _speaks(reason, one, words, spread, size)]
    return SampledAnswer(one.answer_id, tuple(reasons), round(sum(WORTH[reason] for reason in reasons), 3))


def _speaks(reason: Reason, one: Candidate, words: Sequence[str], spread: Counter[str], size: int) -> bool:
    match reason:
        case "thumbs_down":
            return one.against > one.in_favour
        case "ungrounded":
            return one.status == "partial"
        case "weak":
            return one.status == "refused" or one.retrieval.get("margin", WEAK) < WEAK
        case "rare":
            return size >= 20 and bool(words) and max(spread[stem] for stem in words) == 1
        case "sample":
            return int.from_bytes(hashlib.sha256(one.answer_id.bytes).digest()[:4], "big") < SAMPLED * 2**32
