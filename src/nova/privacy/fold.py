"""Text in, the same text in plain characters out, with the way back to the original offsets.

Compatibility forms become plain ones (NFKC), every space a blank, every dash a hyphen; invisible characters disappear. Line ends stay.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

HIDDEN = "\ufffc"
PLAIN = {
    "\t": "  ",
    "\u00ad": "",
    **dict.fromkeys("\n\r", "\n"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u2043", "-"),
    **dict.fromkeys("\u2044\u2215\uff0f", "/"),
}
"""Ends of lines, soft hyphens, dashes and slashes, and what stands for each."""
UNSEEN = frozenset({"Cf", "Cc"})


@dataclass(frozen=True, slots=True)
class View:
    """A rewritten text; character i stands for `[starts[i], ends[i])` of the original."""

    text: str
    starts: list[int] | range
    ends: list[int] | range

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The original span behind `text[start:end]`; the span must not be empty."""
        return self.starts[start], self.ends[end - 1]


@lru_cache(maxsize=4096)
def plain(char: str) -> str:
    """What stands for one character; "" for an invisible one."""
    if char in PLAIN:
        return PLAIN[char]
    if unicodedata.category(char) in UNSEEN:
        return ""
    folded = unicodedata.normalize("NFKC", char)
    if char.isspace() or folded.isspace():
        return " "
    return str(unicodedata.digit(folded)) if _digit_abroad(folded) else folded


def _digit_abroad(folded: str) -> bool:
    """Whether this is one digit of another script."""
    return len(folded) == 1 and folded.isdigit() and not folded.isascii()


def _accented(letter: str, mark: str) -> str:
    """A letter and its combining mark as one character; the letter alone where no such character exists."""
    composed = unicodedata.normalize("NFC", letter + mark)
    return composed if len(composed) == 1 else letter


def fold(text: str) -> View:
    """The plain view of a text."""
    if text.isascii() and text.isprintable():
        return View(text, range(len(text)), range(1, len(text) + 1))
    text_out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for position, char in enumerate(text):
        if text_out and unicodedata.combining(char):
            text_out[-1] = _accented(text_out[-1], char)
            ends[-1] = position + 1
            continue
        for one in plain(char):
            text_out.append(one)
            starts.append(position)
            ends.append(position + 1)
    return View("".join(text_out), starts, ends)


def hidden(view: View, pattern: re.Pattern[str]) -> View:
    """The view with everything that matches `pattern` made unreadable, character for character."""
    return View(pattern.sub(lambda match: HIDDEN * len(match.group()), view.text), view.starts, view.ends)
