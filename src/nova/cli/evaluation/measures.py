"""What came back for each question in, figures out: shares in percent, times in milliseconds."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from nova.cli.evaluation.questions import Place, Question

Figures = dict[str, float]
DEEP = 10


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One asked question: the ranked passages as (document, section), the answer's status, its citations and how long it took."""

    question: Question
    ranked: tuple[tuple[str, str], ...]
    status: str
    cited: tuple[tuple[str, str], ...]
    quotes: tuple[str, ...]
    passages: tuple[str, ...]
    milliseconds: float

    def found(self, place: Place, within: int) -> bool:
        """Whether one of the first passages lies in this place."""
        return any(place.holds(*passage) for passage in self.ranked[:within])

    @property
    def rank(self) -> int | None:
        """The first right passage, from 1."""
        return next((number for number, passage in enumerate(self.ranked, 1) if _right(self.question, passage)), None)


def retrieval(asked: Sequence[QuestionResult], depth: int = DEEP) -> Figures:
    """nDCG, recall, MRR and hits over answerable questions."""
    return {
        "questions": len(asked),
        f"ndcg@{depth}": _mean(asked, lambda one: 100 * ndcg(one, depth)),
        "recall@5": _mean(asked, lambda one: 100 * recall(one, 5)),
        "recall@10": _mean(asked, lambda one: 100 * recall(one, 10)),
        "mrr": _mean(asked, lambda one: 100 / one.rank if one.rank and one.rank <= depth else 0),
        "hit@1": _mean(asked, lambda one: 100 * bool(one.rank and one.rank <= 1)),
        "hit@5": _mean(asked, lambda one: 100 * bool(one.rank and one.rank <= 5)),
    }


def answering(asked: Sequence[QuestionResult]) -> Figures:
    """What the answers make of it: evidence in the citations of hits, wrong refusals among hits, answers from wrong sections only."""
    hits = [one for one in asked if one.rank and one.rank <= 5]
    proven = [one for one in hits if one.question.evidence]
    answered = [one for one in asked if one.status != "refused"]
    return {
        "evidence_in_quotes": _mean(proven, lambda one: 100 * _holds(one.quotes, one.question.evidence)),
        "evidence_in_passages": _mean(proven, lambda one: 100 * _holds(one.passages, one.question.evidence)),
        "refused_though_found": _mean(hits, lambda one: 100 * (one.status == "refused")),
        "refused": _mean(asked, lambda one: 100 * (one.status == "refused")),
        "answered_from_wrong_section": _mean(answered, lambda one: 100 * (not any(_right(one.question, place) for place in one.cited))),
    }


def refusals(asked: Sequence[QuestionResult]) -> Figures:
    """How many unanswerable questions were refused."""
    return {"questions": len(asked), "refused": _mean(asked, lambda one: 100 * (one.status == "refused"))}


def latency(asked: Sequence[QuestionResult]) -> Figures:
    """Median and 95th percentile of the whole answer."""
    times = sorted(one.milliseconds for one in asked)
    return {"p50_ms": _quantile(times, 0.5), "p95_ms": _quantile(times, 0.95)}


def by_style(asked: Sequence[QuestionResult], measure: Callable[[Sequence[QuestionResult]], Figures]) -> Mapping[str, Figures]:
    """The same figures for each style of question."""
    styles = sorted({one.question.style for one in asked if one.question.style})
    return {style: measure([one for one in asked if one.question.style == style]) for style in styles}


def ndcg(seen: QuestionResult, depth: int) -> float:
    """Binary nDCG: each right place counts once, at its first passage; passages of a section already seen take no rank."""
    order = list(dict.fromkeys(seen.ranked))[:depth]
    open_places = list(seen.question.right)
    gained = 0.0
    for number, passage in enumerate(order, 1):
        place = next((one for one in open_places if one.holds(*passage)), None)
        if place:
            open_places.remove(place)
            gained += 1 / math.log2(number + 1)
    ideal = sum(1 / math.log2(number + 1) for number in range(1, min(len(seen.question.right), depth) + 1))
    return gained / ideal if ideal else 0.0


def recall(seen: QuestionResult, within: int) -> float:
    """The share of right places among the first passages."""
    places = seen.question.right
    return sum(seen.found(place, within) for place in places) / len(places) if places else 0.0


def _right(question: Question, passage: tuple[str, str]) -> bool:
    return any(place.holds(*passage) for place in question.right)


def _holds(texts: Iterable[str], evidence: str) -> bool:
    wanted = " ".join(evidence.split())
    return any(wanted in " ".join(text.split()) for text in texts)


def _mean(asked: Sequence[QuestionResult], value: Callable[[QuestionResult], float]) -> float:
    return round(sum(value(one) for one in asked) / len(asked), 1) if asked else 0.0


def _quantile(ordered: Sequence[float], share: float) -> float:
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1) if ordered else 0.0
