"""A folded word in, the words it is made of out: compound splitting with frequencies learned from a corpus."""

import math
from collections.abc import Mapping
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
_LINKS = ("", "s", "es", "n", "en", "er", "e", "ens")
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
        size = len(word)
        if not _LEAST <= size <= _MOST or not word.isalpha():
            return ()
        costs: list[float] = [0.0] + [math.inf] * size
        back: list[tuple[int, str] | None] = [None] * (size + 1)
        for start in range(size - 2):
            if costs[start] == math.inf:
                continue
            for end in range(start + 3, size + 1):
                part = word[start:end]
                if part == word:
                    continue
                count = self._known(part)
                if not count:
                    continue
                cost = costs[start] + 16.0 - math.log(count)
                for link in _LINKS if end < size else ("",):
                    stop = end + len(link)
                    fits = (stop < size or not link) and word.startswith(link, end)
                    if fits and (price := cost + len(link) * 0.1) < costs[stop]:
                        costs[stop], back[stop] = price, (start, part)
        parts: list[str] = []
        at = size
        while at:
            step = back[at]
            if step is None:
                return ()
            at, part = step
            parts.append(part)
        return tuple(reversed(parts)) if len(parts) > 1 else ()
