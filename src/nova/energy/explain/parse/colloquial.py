"""Folded text as people type it in, the same in the words that are read out: short forms, and what English speakers ask of data."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from nova.language.english import is_english

_PART_OF_DAY = re.compile(
    r"\b((?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend)(frueh|morgen|vormittag|mittag|nachmittag|abend|nacht)(?=s?\b)"
)
_CLOCK = re.compile(r"\b(?P<hour>1[0-2]|0?\d)(?::(?P<minute>[0-5]\d))? ?(?P<half>am|pm)\b")


@dataclass(frozen=True)
class _Replaced:
    """Words and what is read for them."""

    words: dict[str, str]
    expression: re.Pattern[str]

    def within(self, text: str) -> str:
        """The text with each of the words replaced."""
        return self.expression.sub(lambda match: self.words[match.group()], text)


def written_out(text: str) -> str:
    """A folded text in the words that expressions look for."""
    if is_english(text):
        text = _table("english.txt").within(_CLOCK.sub(_hour, text))
    return _table("colloquial.txt").within(_PART_OF_DAY.sub(r"\1 \2", text))


@lru_cache(maxsize=2)
def _table(name: str) -> _Replaced:
    lines = resources.files("nova.energy.explain.parse").joinpath(name).read_text("utf-8").splitlines()
    words = dict(line.split("\t") for line in lines if line and not line.startswith("#"))
    ordered = sorted(words, key=len, reverse=True)
    return _Replaced(words, re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?![\w-])"))


def _hour(match: re.Match[str]) -> str:
    hour = int(match["hour"]) % 12 + (12 if match["half"] == "pm" else 0)
    return f"{hour}:{match['minute'] or '00'} uhr"
