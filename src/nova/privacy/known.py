"""Values known to be personal in, a finder of them in any folded text out: other case, spacing and umlauts, names in part.

German endings belong to a name, and a house number may be dictated.
One look at each run of words; a value's words are compared, never its characters, so that time stays linear.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from nova.privacy.dictionary import SAME
from nova.privacy.fold import fold
from nova.privacy.lexicon import words
from nova.privacy.numerals import BELOW_HUNDRED, HUNDREDS
from nova.privacy.spans import Finder, Kind, Span, kind_named

WORD = re.compile(r"[^\W_]+")
SHORTEST_COMPACT, SHORTEST_PART = 4, 3
SAID = {number: word.translate(SAME) for word, number in reversed((BELOW_HUNDRED | HUNDREDS).items())}
ENDINGS = ("", "s", "es", "n", "en", "ens")
FILLERS = words("names/fillers")


def known_values(known: Mapping[str, str]) -> Finder:
    """The finder of these values (value: kind). A kind that does not exist counts as a name."""
    whole: dict[str, Kind] = {}
    parts: dict[str, Kind] = {}
    for value, told in known.items():
        kind, bare = kind_named(told), [_plain(match) for match in WORD.finditer(fold(value).text)]
        whole.update(dict.fromkeys(_compact(bare, kind), kind))
        parts.update(dict.fromkeys(_parts(bare) if kind == "name" else (), kind))
    longest = max(map(len, whole), default=0)

    def finder(text: str) -> Iterator[Span]:
        found = list(WORD.finditer(text))
        at = 0
        while at < len(found):
            end, kind = _longest(found, at, whole, longest)
            if kind is None:
                end, kind = at + 1, parts.get(_plain(found[at]))
            if kind is not None:
                yield Span(found[at].start(), found[end - 1].end(), kind)
            at = end

    return finder


def _compact(bare: Sequence[str], kind: Kind) -> Iterator[str]:
    """A value's words run together; of an address also with its number as it is dictated."""
    joined = "".join(bare)
    if kind == "address" and len(joined) >= SHORTEST_COMPACT and len(bare) > 1:
        yield "".join(SAID.get(word, word) for word in bare)
    if len(joined) >= (SHORTEST_PART if kind == "name" else SHORTEST_COMPACT):
        yield joined


def _parts(bare: Sequence[str]) -> Iterator[str]:
    """The words of a name by which somebody is known alone, with German endings."""
    return (f"{word}{end}" for word in bare if len(word) >= SHORTEST_PART and word not in FILLERS for end in ENDINGS)


def _longest(words: list[re.Match[str]], at: int, compact: Mapping[str, Kind], longest: int) -> tuple[int, Kind | None]:
    """The end of the longest run of words from `at` that together are a known value, and its kind."""
    joined, best, kind = "", at, None
    for position in range(at, len(words)):
        joined += _plain(words[position])
        if len(joined) > longest:
            break
        if joined in compact:
            best, kind = position + 1, compact[joined]
    return best, kind


def _plain(word: re.Match[str]) -> str:
    """A word in small letters without umlauts and accents."""
    return word.group().lower().translate(SAME)
