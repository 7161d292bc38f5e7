"""Questions on one thing in, the words it is called by out: as people wrote them, and nobody's own word.

A word names a gap when at least five people asked with it, or when it stands in the shipped vocabulary; of its spellings and endings the
most frequent one is shown that is itself so common. Questions are redacted; tokens of people are passed over.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from nova.crowd import FEWEST
from nova.kpi.measure.groundedness import TOKEN
from nova.language.analyser import Analyser
from nova.language.fold import fold, raw_words
from nova.language.stems import stem

TERMS = 5
SHORTEST = 3  # letters
# Words that search keeps and that name nothing.
NAMELESS = frozenset(
    stem(word)
    for words in (
        "innerhalb ausserhalb binnen samt pro per mittels anhand aufgrund bezueglich hinsichtlich entweder sondern wobei",
        "weniger fast davor unten innen alt gleich vielleicht hallo haette bekomme waehlen",
    )
    for word in words.split()
)
Written = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Name:
    """What something is called: its words as people wrote them, the most telling first, and their stems."""

    words: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()


def written(question: str, analyser: Analyser) -> frozenset[Written]:
    """The words of a question that may name something: each stem with a spelling of it."""
    found = ((analyser.word(raw), raw) for raw in raw_words(TOKEN.sub(" ", question)))
    return frozenset((word.stem, raw) for word, raw in found if _names(word.stem) and not word.light)


def _names(found: str) -> bool:
    return len(found) >= SHORTEST and found.isalpha() and found not in NAMELESS


def name_of(asked: Iterable[tuple[str, frozenset[Written]]]) -> Name:
    """The name of what was asked, each question given by who asked it ("" for nobody known) and what `written` found in it."""
    book = Analyser.builtin()
    counts: Counter[str] = Counter()
    people: dict[str, set[str]] = defaultdict(set)
    writers: dict[str, set[str]] = defaultdict(set)  # by folded spelling
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for who, words in asked:
        counts.update({one for one, _ in words})
        for one, raw in words:
            spellings[one][raw] += 1
            people[one].update({who} - {""})
            writers[fold(raw)].update({who} - {""})

    def shown(one: str) -> str | None:
        common = [raw for raw in spellings[one] if len(writers[fold(raw)]) >= FEWEST or fold(raw) in book.counts]
        return min(common, key=lambda raw: (-spellings[one][raw], raw), default=None)

    allowed = [one for one in counts if len(people[one]) >= FEWEST or book.knows(one)]
    best = sorted(allowed, key=lambda one: (-counts[one] * book.idf(one), one))
    pairs = [(spelling, one) for one in best if (spelling := shown(one)) is not None][:TERMS]
    return Name(tuple(spelling for spelling, _ in pairs), tuple(one for _, one in pairs))


def stems_of(words: Iterable[str]) -> frozenset[str]:
    """The stems of words that something was called by."""
    return frozenset(stem(fold(word)) for word in words)
