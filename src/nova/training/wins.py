"""Pairs of judged answers and people's votes in, how often the candidate wins out, with bounds; and how far the voters agree.

Kappa is Cohen's (1960) for two raters, else Fleiss's (1971), here also for questions that not everybody judged.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from nova.stats.bounds import wilson
from nova.training.judge import Judged

Winner = Literal["cand", "base", "tie"]
_MEANT: Mapping[str, Winner] = {
    **dict.fromkeys(("cand", "candidate", "kandidat", "neu", "new", "a", "model_a", "1", "sieg kandidat"), "cand"),
    **dict.fromkeys(("base", "baseline", "basis", "basismodell", "alt", "old", "b", "model_b", "2"), "base"),
    **dict.fromkeys(("tie", "unentschieden", "gleichstand", "gleich", "draw", "both", "beide", "=", "0", "equal", "remis"), "tie"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vote:
    """What one person said of one question."""

    id: str
    rater: str
    winner: Winner


@dataclass(frozen=True, slots=True)
class Wins:
    """The share of pairs that the candidate wins, a tie counting half, with 95 % bounds; None where there is none.

    `voted` pairs were decided by people; `agreement` is how often two of them said the same, `kappa` how far beyond chance.
    """

    rate: float | None
    low: float | None
    high: float | None
    n: int
    won: int
    lost: int
    tied: int
    voted: int
    kappa: float | None
    agreement: float | None


def winner_of(word: str) -> Winner | None:
    """Who is meant ("Kandidat", "B", "unentschieden"); None where nobody can be."""
    return _MEANT.get(word.strip().strip(".„“\"'").lower())


def votes_of(rows: Iterable[Mapping[str, str]], known: Iterable[str], problems: list[str]) -> list[Vote]:
    """Each rater's one vote on each known question; whoever says two things of one says none. What is passed over is told."""
    there, said, odd, unknown = set(known), defaultdict[tuple[str, str], set[Winner]](set), 0, 0
    for row in rows:
        winner = winner_of(row["winner"])
        if winner is None:
            odd += 1
        elif row["id"] not in there:
            unknown += 1
        else:
            said[row["id"], row["rater"]].add(winner)
    torn = sum(len(one) > 1 for one in said.values())
    told = ((odd, "mit unlesbarem Gewinner"), (unknown, "zu unbekannten Fragen"), (torn, "in denen jemand einer Frage zwei Sieger gibt"))
    problems += [f"{count} Stimmen {what}; übergangen." for count, what in told if count]
    return [Vote(id_, rater, next(iter(one))) for (id_, rater), one in said.items() if len(one) == 1]


def better(cand: Judged, base: Judged) -> Winner:
    """Whose answer is better: more of its facts right, else fewer sentences that nothing bears out, else nobody's."""
    if abs(cand.score - base.score) > 1e-9:
        return "cand" if cand.score > base.score else "base"
    if cand.against != base.against:
        return "base" if cand.against else "cand"
    if cand.unproven != base.unproven:
        return "cand" if cand.unproven < base.unproven else "base"
    return "tie"


def wins(pairs: Mapping[str, tuple[Judged, Judged]], votes: Sequence[Vote]) -> Wins:
    """Who wins each pair: the majority of its votes, else the facts."""
    by_id: dict[str, Counter[Winner]] = defaultdict(Counter)
    for vote in votes:
        by_id[vote.id][vote.winner] += 1
    decided = [_majority(by_id[id_]) if id_ in by_id else better(*pair) for id_, pair in pairs.items()]
    counts, n = Counter(decided), len(decided)
    points = counts["cand"] + counts["tie"] / 2
    low, high = wilson(points, n)
    agreement, kappa = agreed(votes)
    voted = len(by_id.keys() & pairs.keys())
    return Wins(points / n if n else None, low, high, n, counts["cand"], counts["base"], counts["tie"], voted, kappa, agreement)


def _majority(counts: Counter[Winner]) -> Winner:
    if counts["cand"] == counts["base"]:
        return "tie"
    first = "cand" if counts["cand"] > counts["base"] else "base"
    return "tie" if counts["tie"] > counts[first] else first  # type: ignore[return-value,index]


def agreed(votes: Sequence[Vote]) -> tuple[float | None, float | None]:
    """How often two raters of one question said the same, and kappa; None where no question has two raters."""
    by_id: dict[str, dict[str, Winner]] = defaultdict(dict)
    for vote in votes:
        by_id[vote.id][vote.rater] = vote.winner
    rated = [one for one in by_id.values() if len(one) > 1]
    if not rated:
        return None, None
    seen = sum(map(_pairs_alike, rated)) / len(rated)
    raters = sorted({rater for one in rated for rater in one})
    chance = _cohen(rated, raters) if len(raters) == 2 else _fleiss(rated)
    if chance >= 1:
        return seen, 1.0
    return seen, (seen - chance) / (1 - chance)


def _pairs_alike(one: Mapping[str, Winner]) -> float:
    """The share of pairs of raters of one question that said the same."""
    same = sum(count * (count - 1) for count in Counter(one.values()).values())
    return same / (len(one) * (len(one) - 1))


def _cohen(rated: Sequence[Mapping[str, Winner]], raters: Sequence[str]) -> float:
    """How often two raters with these habits would agree by chance."""
    first, second = (Counter(one[rater] for one in rated) for rater in raters)
    return sum(first[key] * second[key] for key in first) / len(rated) ** 2


def _fleiss(rated: Sequence[Mapping[str, Winner]]) -> float:
    total = Counter(winner for one in rated for winner in one.values())
    return sum((count / total.total()) ** 2 for count in total.values())
