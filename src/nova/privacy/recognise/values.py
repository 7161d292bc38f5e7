"""Folded text and a place in, where the number of a customer, a contract or a meter that begins there ends out, in any grouping."""

import re

from nova.privacy.recognise.dates import DATE

SIGNS = (
    r"(?:(?:[A-ZÄÖÜ]{1,4}[-/._]){1,3}|(?-i:[A-Z]{1,4}(?:[-/. ][A-Z]{1,4}){1,2} ?(?=\d))|(?-i:[A-ZÄÖÜ]{5,10}[-/_])|"
    r"(?-i:\d [A-Z]{3} ?(?=\d))|"
    r"[A-Z]{1,4}|(?-i:[A-Z]{1,4} (?=\d))|[A-Z] (?=\d))?\d[0-9A-Z]{0,18}"
    r"(?:['’·]\d{1,4}(?!\d)|[-/._]\n?(?!(?-i:[a-z]{4}))[0-9A-Z]{1,12}|[ \n][A-Z]{0,3}\d[0-9A-Z]{0,11}|"
    r" [-/] \d{1,4}(?!\d|[.,]\d)|(?-i: [A-Z])(?=[^\w-]|\Z)){0,7}(?![^\W_])"
)
OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|\d\d?)"
VALUE = re.compile(SIGNS, re.IGNORECASE)
UNIT = re.compile(
    r"\s?(?:[kMG]?Wh?|m³|m3|EUR|€|ct|Cent|Euro|Uhr|kvarh|Monate?|Jahre?|%|Prozent|Tage|[kM]VA|Personen|Punkte|Stück)(?!\w)|,\d",
    re.IGNORECASE,
)
FOUR = re.compile(rf"{OCTET}(?:\.{OCTET}){{3}}(?![\w.])|\d{{1,2}}x\d")
NO_PREFIX = re.compile(
    r"(?:PLZ|BLZ|HT|NT|EUR|TEL|FAX|KWH|UHR|HD|(?:EG|OG)(?![-/]\d{3}))(?![^\W\d_])|(?-i:seit|bis|ab|am|um|mit|von|ca|je|pro)(?![^\W\d_])",
    re.IGNORECASE,
)
BROKEN = re.compile(r"\d{2,5},(?!\d)")
SPLIT = re.compile(r"[-/. \n]")
GROUP_SIGNS = " \n-/._"
MOST, LONG_GROUP, LONG_NUMBER = 16, 5, 12


def value_end(text: str, begin: int, fewest: int, most: int = MOST) -> int:
    """Where the number of `fewest` to `most` digits that begins here ends; 0 when there is none, or a date, or a quantity."""
    match = VALUE.match(text, begin)
    if not match or FOUR.match(text, begin) or NO_PREFIX.match(text, begin):
        return 0
    day, end = _day_end(text, begin), match.end()
    if day >= end:
        return 0
    while end > begin and not _may_end(text, begin, end, most):
        end = max(text.rfind(one, begin, end) for one in GROUP_SIGNS)
    return end if end > max(day, begin) and digits(text[begin:end]) >= fewest else 0


def _may_end(text: str, begin: int, end: int, most: int) -> bool:
    """Whether a number may end here: it is not too long, its last group is its own, and no unit follows."""
    return digits(text[begin:end]) <= most and _tail_belongs(text, begin, end) and not UNIT.match(text, end)


def _day_end(text: str, begin: int) -> int:
    """Where a day with signs or words in it ends that begins here; -1 when none does."""
    day = DATE.match(text, begin)
    return day.end() if day and not day.group().isdigit() else -1


def digits(value: str) -> int:
    """How many digits it holds."""
    return sum(map(str.isdigit, value))


def make(value: str) -> str:
    """Where digits, letters and signs stand in it."""
    return "".join("9" if char.isdigit() else "A" if char.isalpha() else char for char in value)


def _tail_belongs(text: str, begin: int, end: int) -> bool:
    """Whether the last group is a number's and not the next word or a date."""
    cut = max(text.rfind(one, begin, end) for one in " \n")
    if cut < 0:
        return text[end - 1].isalnum()
    tail, next_line = text[cut + 1 : end], text[cut] == "\n"
    if UNIT.fullmatch(text, cut, end) or (next_line and text[end : end + 1] in (".", ")")):
        return False
    if (len(tail) == 1 and tail.isupper()) or (next_line and BROKEN.match(text, cut + 1)):
        return True
    return digits(tail) > 0 and text[end - 1].isalnum() and not DATE.match(text, cut + 1) and not _loose(text[begin:cut], tail)


def _loose(before: str, tail: str) -> bool:
    """Whether a group behind a blank is a number of its own: after a long group, groups do not go on."""
    last = SPLIT.split(before)[-1]
    return digits(last) > LONG_GROUP and (digits(tail) != 1 or len(before) > LONG_NUMBER)
