"""A candidate's and a base's answers and their references in, what they are worth and which gates hold the candidate back out."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from nova.training.differences import Difference, by_topic, holm, ratio_bounds
from nova.training.judge import Contradicts, Item, Judged, judge
from nova.training.limits import Limits
from nova.training.scores import SIGNATURE, bleu, chrf
from nova.training.sides import Sides
from nova.training.wins import Vote, Wins, wins

Share = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Side:
    """One side's answers as a whole: `facts` with bounds, and (how many, of how many) were refused, wrongly so, or are against."""

    judged: tuple[Judged, ...]
    bleu: float
    chrf: float
    rouge_l: float
    facts: tuple[float, float, float]
    asked: int
    refused: Share
    refused_answerable: Share
    against: Share


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic on both sides; `worse` where the candidate is (with regard to how many topics there are)."""

    topic: str
    n: int
    facts: float | None
    base_facts: float | None
    difference: float
    low: float
    high: float
    refused: float | None
    refused_answerable: float | None
    worse: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything that the gates look at."""

    sides: Sides
    cand: Side
    base: Side
    win: Wins
    topics: tuple[Topic, ...]
    gained: Difference


def measure(sides: Sides, votes: Sequence[Vote], limits: Limits, contradicts: Contradicts) -> Measured:
    """Both sides beside each other."""
    cand, base = (side(sides.items, answers, contradicts) for answers in (sides.cand, sides.base))
    pairs = {item.id: pair for item, *pair in zip(sides.items, cand.judged, base.judged, strict=True)}
    win = wins({id_: (one, other) for id_, (one, other) in pairs.items()}, votes)
    names = [item.topic for item in sides.items]
    scores = [one.score for one in cand.judged], [one.score for one in base.judged]
    whole = by_topic(["" for _ in names], *scores).get("", Difference(0, 0.0, 0.0, 0.0, 1.0))
    return Measured(sides, cand, base, win, _topics(sides.items, cand, base, by_topic(names, *scores), limits), whole)


def side(items: Sequence[Item], answers: Mapping[str, str], contradicts: Contradicts) -> Side:
    """One side by itself. Words are compared where there is a reference, facts where there is an answer."""
    judged = tuple(judge(item, answers[item.id], contradicts) for item in items)
    owed, beyond = (_of(items, judged, answerable) for answerable in (True, False))
    words = _words(items, answers, judged)
    facts = ratio_bounds([one.right for one in owed], [one.asked for one in owed])
    refused, wrongly, against = _refused(beyond), _refused(owed), _share([one.against for one in owed])
    return Side(judged, *words, facts, sum(one.asked for one in owed), refused, wrongly, against)


def _words(items: Sequence[Item], answers: Mapping[str, str], judged: Sequence[Judged]) -> tuple[float, float, float]:
    """BLEU, chrF and the mean ROUGE-L of what has a reference."""
    told = [(answers[item.id], item.reference, one.rouge) for item, one in zip(items, judged, strict=True) if item.reference]
    if not told:
        return 0.0, 0.0, 0.0
    said, references, rouge = zip(*told, strict=True)
    return bleu(said, references), chrf(said, references), sum(rouge) / len(rouge)


def _refused(judged: Sequence[Judged]) -> Share:
    return _share([one.refused for one in judged])


def _of(items: Sequence[Item], judged: Sequence[Judged], answerable: bool) -> list[Judged]:
    """The judged answers to questions that have an answer, or to those that have none."""
    return [one for item, one in zip(items, judged, strict=True) if item.answerable == answerable]


def _share(flags: Sequence[bool]) -> Share:
    return sum(flags), len(flags)


def figures_among(side: Side, least: float) -> Share:
    """How many amounts and days are right, of how many, where the words are as like as `least` (ROUGE-L)."""
    some = [one.figures for one in side.judged if one.rouge >= least]
    return sum(right for right, _ in some), sum(asked for _, asked in some)


def _topics(items: Sequence[Item], cand: Side, base: Side, apart: Mapping[str, Difference], limits: Limits) -> tuple[Topic, ...]:
    adjusted = holm({name: one.chance for name, one in apart.items()})
    places: dict[str, list[int]] = {}
    for at, item in enumerate(items):
        places.setdefault(item.topic, []).append(at)
    return tuple(_topic(items, places[name], (cand, base), one, is_worse(one, adjusted[name], limits)) for name, one in apart.items())


def _topic(items: Sequence[Item], rows: Sequence[int], both: tuple[Side, Side], one: Difference, worse: bool) -> Topic:
    own = [items[at] for at in rows]
    cand, base = ([side.judged[at] for at in rows] for side in both)
    owed, beyond = (share(_share([one.refused for one in _of(own, cand, answerable)])) for answerable in (True, False))
    return Topic(own[0].topic, one.n, _facts(cand), _facts(base), one.value, one.low, one.high, beyond, owed, worse)


def _facts(judged: Sequence[Judged]) -> float | None:
    asked = sum(one.asked for one in judged)
    return sum(one.right for one in judged) / asked if asked else None


def share(of: Share) -> float | None:
    """Of what there is any; None."""
    return of[0] / of[1] if of[1] else None


def is_worse(one: Difference, adjusted: float, limits: Limits) -> bool:
    """Whether a topic got worse: proven beside the others, or by much and proven by itself, or lost."""
    if one.value > -limits.topic_worse:
        return False
    much = one.value <= -limits.topic_much_worse and one.chance < limits.alpha
    return adjusted < limits.alpha or much or (one.value <= -limits.topic_lost and one.n >= 4)


def rounded(value: Any) -> Any:
    """The same with numbers of four digits behind the comma."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    return [rounded(one) for one in value] if isinstance(value, (list, tuple)) else value


def told(found: Measured, gates: Sequence[Mapping[str, Any]], problems: Sequence[str]) -> dict[str, Any]:
    """What the command prints."""
    cand = found.cand
    win = {"rate": found.win.rate, "low": found.win.low, "high": found.win.high, "n": found.win.n, "kappa": found.win.kappa}
    more = {"won": found.win.won, "lost": found.win.lost, "tied": found.win.tied, "voted": found.win.voted}
    result: dict[str, Any] = rounded({
        "items": len(found.sides.items), "bleu": cand.bleu, "bleu_signature": SIGNATURE, "chrf": cand.chrf, "rouge_l": cand.rouge_l,
        "facts": cand.facts[0], "facts_low": cand.facts[1], "facts_high": cand.facts[2], "refused": share(cand.refused),
        "refused_answerable": share(cand.refused_answerable), "against": share(cand.against), "win": {**win, **more},
        "base": {
            "bleu": found.base.bleu, "rouge_l": found.base.rouge_l, "facts": found.base.facts[0], "refused": share(found.base.refused),
            "refused_answerable": share(found.base.refused_answerable), "against": share(found.base.against),
        },
        "topics": [asdict(one) for one in found.topics], "gates": list(gates), "passed": all(one["passed"] for one in gates),
        "problems": list(problems),
    })  # fmt: skip
    return result
