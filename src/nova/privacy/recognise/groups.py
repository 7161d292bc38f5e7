"""Text and a place in, the number written there in groups out (`DE82 4769-7696/0002`: `DE82476976960002`), and the words before it."""

import re
from dataclasses import dataclass

SEPARATORS = frozenset(" \n.-/")
LONGEST_GAP = 3
CUE_WINDOW = 48
CUE_CUT = re.compile(r"[;,\[\]!?\ufffc]|\d{3}")


@dataclass(frozen=True, slots=True)
class Grouped:
    """The letters and digits without their separators, and the end of each in the text."""

    compact: str
    ends: tuple[int, ...]
    spaced: bool

    def end(self, length: int) -> int:
        """Where the first `length` characters end in the text."""
        return self.ends[length - 1]


def gather(text: str, start: int, most: int) -> Grouped:
    """Up to `most` ASCII letters and digits from `start`, across gaps of at most three separators."""
    found: list[str] = []
    ends: list[int] = []
    gap, spaced = 0, False
    for position in range(start, min(len(text), start + most * (LONGEST_GAP + 1))):
        char = text[position]
        if char.isascii() and char.isalnum():
            spaced = spaced or gap > 0
            found.append(char.upper())
            ends.append(position + 1)
            gap = 0
            if len(found) == most:
                break
        elif char in SEPARATORS and gap < LONGEST_GAP:
            gap += 1
        else:
            break
    return Grouped("".join(found), tuple(ends), spaced)


def ends_here(text: str, end: int) -> bool:
    """Whether no letter or digit goes on right at `end`."""
    return end >= len(text) or not text[end].isalnum()


def words_before(text: str, start: int) -> str:
    """What introduces the value at `start`, in lower case: at most 48 characters back, not across a comma, a number or another value."""
    window = text[max(0, start - CUE_WINDOW) : start]
    cuts = [match.end() for match in CUE_CUT.finditer(window)]
    return window[cuts[-1] if cuts else 0 :].lower()


def nearest(cues: re.Pattern[str], before: str) -> str | None:
    """The name of the last matching group of `cues` in the words before a value."""
    last = None
    for match in cues.finditer(before):
        last = match.lastgroup
    return last
