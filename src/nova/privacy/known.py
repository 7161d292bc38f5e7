"""Values known to be personal in, a finder of them in any folded text out: other case, spacing and umlauts, names in part.

German endings belong to a name, and a house number may be dictated.
One look at each run of words; a value's words are compared, never its characters, so that time stays linear.
"""

import re
from collections.abc import Iterator, Mapping

from nova.privacy.dictionary import SAME
from nova.privacy.fold import fold
from nova.privacy.spans import KINDS, Finder, Kind, Span
from nova.privacy.spoken import BELOW_HUNDRED, HUNDREDS

WORD = re.compile(r"[^\W_]+")
SHORTEST_COMPACT, SHORTEST_PART = 4, 3
SAID = {number: word.translate(SAME) for word, number in reversed((BELOW_HUNDRED | HUNDREDS).items())}
ENDINGS = ("", "s", "es", "n", "en", "ens")
FILLERS = frozenset(
    {"herr", "herrn", "frau", "familie", "dr", "prof", "von", "van", "de", "der", "den", "dem", "zu", "und", "al", "el", "la", "di"}
)


def known_values(known: Mapping[str, str]) -> Finder:
    """The finder of these values (value: kind). A kind that does not exist counts as a name."""
    compact: dict[str, Kind] = {}
    parts: dict[str, Kind] = {}
    for value, told in known.items():
        kind: Kind = next((one for one in KINDS if one == told), "name")
        words = [_plain(match) for match in WORD.finditer(fold(value).text)]
        joined = "".join(words)
        if kind == "address" and len(joined) >= SHORTEST_COMPACT and len(words) > 1:
            compact["".join(SAID.get(word, word) for word in words)] = kind
        if len(joined) >= SHORTEST_COMPACT or (kind == "name" and len(joined) >= SHORTEST_PART):
            compact[joined] = kind
        if kind == "name":
            parts.update({f"{word}{end}": kind for word in words if len(word) >= SHORTEST_PART and word not in FILLERS for end in ENDINGS})
    longest = max((len(value) for value in compact), default=0)

    def finder(text: str) -> Iterator[Span]:
        words = list(WORD.finditer(text))
        at = 0
        while at < len(words):
            end, kind = _longest(words, at, compact, longest)
            if kind is None and (kind := parts.get(_plain(words[at]))) is not None:
                end = at + 1
            if kind is None:
                at += 1
                continue
            yield Span(words[at].start(), words[end - 1].end(), kind)
            at = end

    return finder


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
