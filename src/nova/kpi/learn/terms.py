"""Questions that people put again in other words, and then found what they sought, in; pairs of lay stem and documents' term out.

A pair counts only when enough different people made it, and its right side is a word of the documents: nobody's own words are kept.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from nova.kpi.learn.evidence import SILENT, Consents
from nova.language.analyser import Analyser
from nova.language.stems import stem
from nova.ports.learning import LearnedTerm

FEWEST_PEOPLE = 5
MOST_WORDS = 3  # more words changed than this is another question
AGREEMENT = 0.5  # share of the people who replaced the lay word that took this term
MOST_PAIRS = 200


@dataclass(frozen=True, slots=True)
class Rephrasing:
    """A question that found nothing useful, and the same person's next one that did."""

    at: datetime
    subject: str
    before: str
    after: str


def pairs(
    rows: Iterable[Rephrasing], consents: Consents, cutoff: datetime, analyser: Analyser, without: frozenset[str] = frozenset()
) -> tuple[LearnedTerm, ...]:
    """The pairs that at least `FEWEST_PEOPLE` people made, most people first."""
    people: dict[tuple[str, str], set[str]] = defaultdict(set)
    replaced: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if not _counts(row, consents, cutoff, without):
            continue
        lay, terms = _changed(row.before, row.after, analyser)
        for one in lay:
            replaced[one].add(row.subject)
            for term in terms:
                people[one, term].add(row.subject)
    word = _word_of(analyser)
    found = [
        LearnedTerm(lay, word(term), len(who))
        for (lay, term), who in people.items()
        if len(who) >= FEWEST_PEOPLE and len(who) >= AGREEMENT * len(replaced[lay])
    ]
    return tuple(sorted((one for one in found if one.term), key=lambda one: (-one.subjects, one.lay, one.term))[:MOST_PAIRS])


def _counts(row: Rephrasing, consents: Consents, cutoff: datetime, without: frozenset[str]) -> bool:
    """Whether something may be learned from it: it came by then, its author agreed, and it is no short word of talk."""
    if row.at > cutoff or row.subject in without:
        return False
    return consents.allow(row.subject, row.at) and not SILENT.match(row.before)


def _changed(before: str, after: str, analyser: Analyser) -> tuple[list[str], list[str]]:
    """The stems that went and the documents' stems that came; nothing where more changed than a few words, or nothing stayed."""
    left, right = ({word.stem: word.light for word in analyser.words(text)} for text in (before, after))
    gone, come = (sorted(root for root in one.keys() - other if not one[root]) for one, other in ((left, right), (right, left)))
    if left.keys().isdisjoint(right) or max(len(gone), len(come)) > MOST_WORDS:
        return [], []
    return gone, [one for one in come if analyser.knows(one)]


def _word_of(analyser: Analyser) -> Callable[[str], str]:
    """The documents' shortest word of a stem, the most frequent of those."""

    @lru_cache(maxsize=1)
    def words() -> Mapping[str, str]:
        best: dict[str, tuple[int, int, str]] = {}
        for form, count in analyser.counts.items():
            root, rank = stem(form), (-len(form), count, form)
            if root not in best or rank > best[root]:
                best[root] = rank
        return {root: form for root, (_, _, form) in best.items()}

    return lambda root: words().get(root, "")
