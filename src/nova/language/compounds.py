"""A folded word in, the words it is made of out: compound splitting with frequencies learned from a corpus."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_SHORT = frozenset(
    ("gas", "oel", "see", "bau", "weg", "amt", "eis", "ort", "tag", "uhr", "not", "rat", "tor", "tal", "netz", "luft", "post", "geld")
)
# Endings and small words that are no part of a compound although a corpus holds them as words.
_NEVER = frozenset(
    """
    aber alle ander ation ationen auch barkeit dass dies diese durch eine einen einer eines ende enden ender enge gegen haben haft
    haften heit ieren iert ierte ierten ierung igen iger igkeit ihre ihrem ihrer inge inger ions isch ische ischen keit lich liche
    lichen licher ling lings nach nicht nisse oder ohne rage schaft sein seine sich sind ueber ungen unter wegen weise weiter werden
    wieder wird
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
_LINKS = ("s", "es", "n", "en", "er", "e", "ens")
_SHORTEST = 4
_LEAST, _MOST = 7, 100  # letters of a word worth splitting; the work grows with the square


@dataclass(frozen=True)
class Splitter:
    """Splits by the most probable sequence of known words. `counts` maps folded words to how many passages hold them."""

    counts: Mapping[str, int]
    _cache: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    def split(self, word: str) -> tuple[str, ...]:
        """The parts of a compound with their parts (`jahresstromverbrauch`: jahres, stromverbrauch, strom, verbrauch), or ()."""
        parts = self._cache.get(word)
        if parts is None:
            if len(self._cache) > 200_000:
                self._cache.clear()
            parts = self._cache[word] = self._all_parts(word, 0)
        return parts

    def _all_parts(self, word: str, depth: int) -> tuple[str, ...]:
        best = self._best(word)
        if not best or depth > 2:
            return ()
        found: dict[str, None] = {}
        for part in best:
            found[part] = None
            for inner in self._all_parts(part, depth + 1):
                found[inner] = None
        return tuple(found)

    def _known(self, part: str) -> int:
        if part in _NEVER or (len(part) < _SHORTEST and part not in _SHORT):
            return 0
        return self.counts.get(part, 0)

    def _best(self, word: str) -> tuple[str, ...]:
        """The parts of the cheapest way through the word; () where none leads to its end."""
        size = len(word)
        if not _LEAST <= size <= _MOST or not word.isalpha():
            return ()
        costs: list[float] = [0.0] + [math.inf] * size
        ways: list[tuple[str, ...]] = [()] * (size + 1)
        for start in range(size - 2):
            if costs[start] == math.inf:
                continue
            for end, part, cost in self._parts_from(word, start, costs[start]):
                for stop, price in _linked(word, end, cost):
                    if price < costs[stop]:
                        costs[stop], ways[stop] = price, (*ways[start], part)
        return ways[size] if len(ways[size]) > 1 else ()

    def _parts_from(self, word: str, start: int, cost: float) -> Iterator[tuple[int, str, float]]:
        """The known words that begin here: where each ends, the word, and what it costs to have come to its end."""
        for end in range(start + 3, len(word) + 1):
            part = word[start:end]
            count = self._known(part)
            if count and part != word:
                yield end, part, cost + 16.0 - math.log(count)


def _linked(word: str, end: int, cost: float) -> Iterator[tuple[int, float]]:
    """Where the next part may begin behind one that ends here, and the cost with the letters that link them."""
    yield end, cost
    for link in _LINKS:
        stop = end + len(link)
        if stop < len(word) and word.startswith(link, end):
            yield stop, cost + len(link) * 0.1
