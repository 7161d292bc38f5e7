"""Two texts of which somebody wrote one anew, word by word: slips, short forms, words joined or parted, small words left out.

Both have the same facts in the same order; what stands between is aligned, and every word must find its own in the other text or be one
that says nothing. A word that has none on the other side is a word exchanged or added, and then the texts say different things.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from nova.seeding.texts.wording import is_known

Same = Callable[[str, str], bool]
"""Whether two different words are one but for a slip or a usual short form."""
SILENT = frozenset(
    [
        "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "ich", "mein", "meine", "meinen", "und", "u", "ist",
        "hier", "mal", "ja", "uhr", "the", "an", "my", "is", "has", "have", "s", "de", "het", "een", "er", "mijn", "n", "t", "d", "v", "m",
    ]
)  # fmt: skip
"""Words that may be left out: articles, the speaker, what joins; none that denies, points or says when."""
_USUAL = {
    "min": "minuten", "mins": "minutes", "std": "stunden",
    "mo": "montag", "di": "dienstag", "mi": "mittwoch", "do": "donnerstag", "fr": "freitag", "sa": "samstag", "so": "sonntag",
}  # fmt: skip
_LEAST, _SHARE, _SHORTEST, _MOST = 4, 0.5, 2, 60


@dataclass(frozen=True, slots=True)
class Side:
    """A text's folded words, and which of them are facts: numbers, days and the like."""

    words: Sequence[str]
    facts: Sequence[bool]

    def only_facts(self) -> list[str]:
        """Its facts in their order."""
        return [word for word, fact in zip(self.words, self.facts, strict=True) if fact]

    def telling(self) -> int:
        """How many words say something."""
        return sum(word not in SILENT for word in self.words)

    def joined(self, at: int) -> str | None:
        """The word at a place and the next as one; None where one of them is a fact or is not there."""
        if at + 1 >= len(self.words) or self.facts[at] or self.facts[at + 1]:
            return None
        return self.words[at] + self.words[at + 1]


def loosely(left: Side, right: Side, same: Same, dotted: frozenset[str]) -> bool:
    """Whether two texts say the same; `dotted` are short words that stand somewhere with a full stop.

    Of the words that say something at least half must be equal, and four.
    """
    if max(len(left.words), len(right.words)) > _MOST or left.only_facts() != right.only_facts():
        return False
    equal = sum(word not in SILENT for word in set(left.words) & set(right.words))
    if equal < max(_LEAST, _SHARE * min(left.telling(), right.telling())):
        return False
    return _aligned(left, right, lambda a, b: a == b or same(a, b) or _is_short(min(a, b, key=len), max(a, b, key=len), dotted))


def may_meet(only: Sequence[str], other: Sequence[str]) -> bool:
    """Whether every word that only one text has, and that says something, might be one of the other's: it begins or ends like that."""
    return all(
        any(word[0] == one[0] or one.endswith(word) or word.endswith(one) for one in theirs)
        for mine, theirs in ((only, other), (other, only))
        for word in mine
        if word not in SILENT
    )


def _aligned(left: Side, right: Side, one: Same) -> bool:
    """Whether both can be read through together, word by word; facts only meet themselves."""
    open_, seen = [(0, 0)], {(0, 0)}
    while open_:
        at, other = open_.pop()
        if at == len(left.words) and other == len(right.words):
            return True
        for step in (*_silent(left, right, at, other), *_met(left, right, (at, other), one)):
            if step not in seen:
                seen.add(step)
                open_.append(step)
    return False


def _silent(left: Side, right: Side, at: int, other: int) -> Iterator[tuple[int, int]]:
    """Past a word that says nothing."""
    if at < len(left.words) and left.words[at] in SILENT:
        yield at + 1, other
    if other < len(right.words) and right.words[other] in SILENT:
        yield at, other + 1


def _met(left: Side, right: Side, place: tuple[int, int], one: Same) -> Iterator[tuple[int, int]]:
    """Past two words that are one, or two that the other has as one; the likeliest last, since that is tried first."""
    at, other = place
    if at == len(left.words) or other == len(right.words):
        return
    mine, theirs = left.words[at], right.words[other]
    if left.joined(at) == theirs:
        yield at + 2, other + 1
    if right.joined(other) == mine:
        yield at + 1, other + 2
    if mine == theirs or (not left.facts[at] and not right.facts[other] and one(mine, theirs)):
        yield at + 1, other + 1


def _is_short(short: str, long: str, dotted: frozenset[str]) -> bool:
    """Whether a word is another one's short form: a usual one, or with a full stop its beginning or its main letters."""
    if _USUAL.get(short) == long:
        return True
    if len(short) < _SHORTEST or len(short) + 1 >= len(long) or short[0] != long[0] or short not in dotted or is_known(short):
        return False
    return long.startswith(short) or (len(short) <= _LEAST and is_known(long) and _within(short, long))


def _within(short: str, long: str) -> bool:
    """Whether the letters of one stand in the other in their order."""
    letters = iter(long)
    return all(letter in letters for letter in short)
