"""Folded text in, a view out in which letters that a scanner took for digits, and digits for letters, are put right; None without such.

Every sign stands for one sign, so that places agree. What is read so is found besides, never instead.
"""

import re

DIGITS = str.maketrans({"l": "1", "I": "1", "|": "1", "O": "0", "o": "0", "S": "5", "B": "8"})
LETTERS = str.maketrans({"1": "l", "0": "o"})
NUMBER = re.compile(r"(?<![^\W_])(?=[0-9lIO|oSB]*\d)(?=[0-9lIO|oSB]*[lIO|o])[0-9lIO|oSB]{2,34}(?![^\W_])(?!\w)")
WORD = re.compile(r"(?<![^\W_])[^\W\d_]{2,24}[10][^\W\d_]{0,24}(?![^\W_])")
LITRES = re.compile(r"\d+ ?[lo]\Z")


def put_right(text: str) -> str | None:
    """The text with such signs changed; None when nothing changes."""
    changed = NUMBER.sub(_number, text)
    changed = WORD.sub(lambda match: match.group().translate(LETTERS), changed)
    return changed if changed != text else None


def _number(match: re.Match[str]) -> str:
    value = match.group()
    return value if LITRES.match(value) else value.translate(DIGITS)
