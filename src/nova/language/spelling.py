"""A misspelt word in, the known word most likely meant out, or nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

_SHORTEST = 7
_CANDIDATES = 12


@dataclass(frozen=True)
class Speller:
    """Corrects by letter trigrams and edit distance: one edit in words of 7 to 11 letters, two in longer ones, never the first letter.

    `counts` maps known folded words to how often they occur; the more frequent of two equally near words wins.
    """

    counts: dict[str, int]
    _cache: dict[str, str | None] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, counts: Iterable[tuple[str, int]]) -> "Speller":
        """A speller over (folded word, count) pairs."""
        return cls({word: count for word, count in counts if len(word) >= _SHORTEST - 1 and word.isalpha()})

    @cached_property
    def _words_by_gram(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = defaultdict(list)
        for word in self.counts:
            for gram in _trigrams(word):
                index[gram].append(word)
        return dict(index)

    def correct(self, word: str) -> str | None:
        """The known word nearest to an unknown folded word, or None when none is near enough."""
        if len(word) < _SHORTEST or word in self.counts or not word.isalpha():
            return None
        if word not in self._cache:
            if len(self._cache) > 20_000:
                self._cache.clear()
            self._cache[word] = self._nearest(word)
        return self._cache[word]

    def _nearest(self, word: str) -> str | None:
        shared: Counter[str] = Counter()
        for gram in _trigrams(word):
            shared.update(other for other in self._words_by_gram.get(gram, ()) if abs(len(other) - len(word)) <= 2)
        limit = 1 if len(word) < 12 else 2
        likely = [other for other, _ in shared.most_common(_CANDIDATES) if other[0] == word[0]]
        ranks = [(distance, -self.counts[other], other) for other in likely if (distance := edits(word, other, limit)) <= limit]
        return min(ranks)[2] if ranks else None


def _trigrams(word: str) -> set[str]:
    padded = f"_{word}_"
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def edits(left: str, right: str, limit: int) -> int:
    """How many letters must be put in, left out, changed or swapped with their neighbour; `limit` + 1 when more than `limit`."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for at, letter in enumerate(left, start=1):
        older, before, row = before, row, [at] + [0] * len(right)
        for to, other in enumerate(right, start=1):
            row[to] = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != other))
            if at > 1 and to > 1 and letter == right[to - 2] and left[at - 2] == other:
                row[to] = min(row[to], older[to - 2] + 1)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
