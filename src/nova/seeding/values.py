"""Numbers, dates and units in any writing of German, English and Dutch, told as one form: `1234.5`, `2026-03-01`, `kWh`.

A number in which a dot or a comma may part either thousands or decimals ("1.234") is decided by its language or its neighbours
(`Notation`); where neither speaks, it is left alone.
"""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Literal

Notation = Literal[",", "."]
"""The decimal sign: "," in German and Dutch, "." in English."""
DECIMAL: dict[str, Notation] = {"de": ",", "nl": ",", "at": ",", "fr": ",", "en": ".", "us": ".", "gb": "."}
SPACES = " \u00a0\u2009\u202f_"
"""What may stand between groups of digits beside dots, commas and apostrophes."""
NUMBER = re.compile(rf"[+\-−–]?[0-9][0-9.,'’{SPACES}]*")
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar january januari jan jänner jän",
            "februar february februari feb",
            "märz maerz march maart mrz mär mar mrt",
            "april apr",
            "mai may mei",
            "juni june jun",
            "juli july jul",
            "august augustus aug",
            "september sep sept",
            "oktober october okt oct",
            "november nov",
            "dezember december dez dec",
        ),
        1,
    )
    for name in names.split()
}
UNITS: dict[str, tuple[str, float]] = {
    "wh": ("kWh", 0.001), "kwh": ("kWh", 1.0), "mwh": ("kWh", 1000.0), "gwh": ("kWh", 1_000_000.0),
    "w": ("kW", 0.001), "kw": ("kW", 1.0), "mw": ("kW", 1000.0),
    "eur": ("EUR", 1.0), "€": ("EUR", 1.0), "euro": ("EUR", 1.0), "ct": ("EUR", 0.01), "cent": ("EUR", 0.01),
    "m3": ("m3", 1.0), "m³": ("m3", 1.0), "cbm": ("m3", 1.0), "l": ("m3", 0.001),
    "%": ("%", 1.0), "prozent": ("%", 1.0), "percent": ("%", 1.0), "procent": ("%", 1.0),
    "km": ("m", 1000.0), "m": ("m", 1.0), "cm": ("m", 0.01),
    "t": ("kg", 1000.0), "kg": ("kg", 1.0), "g": ("kg", 0.001),
    "ct/kwh": ("ct/kWh", 1.0), "eur/mwh": ("ct/kWh", 0.1), "€/mwh": ("ct/kWh", 0.1),
    "eur/kwh": ("ct/kWh", 100.0), "€/kwh": ("ct/kWh", 100.0),
}  # fmt: skip
"""A unit in small letters -> the unit that stands for its kind, and how many of those one of it is; "mw" is megawatts."""
_DATE = re.compile(
    r"(?:(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})"
    r"|(?P<d2>[0-9]{1,2})(?P<sign>[-/.])(?P<m2>[0-9]{1,2})(?P=sign)(?P<y2>[0-9]{4}|[0-9]{2})"
    r"|(?P<y3>(?:19|20)[0-9]{2})(?P<m3>[01][0-9])(?P<d3>[0-3][0-9])"
    r"|(?P<d4>[0-9]{1,2})(?:\.|st|nd|rd|th)?\s*(?P<name>[a-zä]{3,9})\.?,?\s*(?P<y4>[0-9]{4})"
    r"|(?P<name5>[a-zä]{3,9})\.?\s*(?P<d5>[0-9]{1,2})(?:st|nd|rd|th)?,?\s*(?P<y5>[0-9]{4}))"
)
_SIGN, _PARTING = re.compile("[.,]"), re.compile(f"['’{SPACES}]")


def number_of(text: str, notation: Notation | None = None) -> str | None:
    """A number as `-1234.5` (no needless zeros behind the point); None where it is none, or can be read in two ways.

    `notation` is the decimal sign of whoever wrote it, asked only where the writing itself does not tell.
    """
    match = NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    sign = "-" if text.lstrip()[0] in "-−–" else ""
    digits = _PARTING.sub("", text.strip().lstrip("+-−–"))
    parts = _decimals(digits, notation)
    if parts is None:
        return None
    whole, rest = parts[0].lstrip("0") or "0", parts[1].rstrip("0")
    value = f"{whole}.{rest}" if rest else whole
    return value if value == "0" else sign + value


def _decimals(digits: str, notation: Notation | None) -> tuple[str, str] | None:
    """What stands before and behind the decimal sign."""
    signs = _SIGN.findall(digits)
    if not signs:
        return digits, ""
    head, sign, tail = digits.rpartition(signs[-1])
    if len(signs) == 1:
        return _around(head, sign, tail, notation)
    if len(set(signs)) == 1:
        return _grouped(digits, sign, "")
    return _grouped(head, signs[0], tail) if signs.count(sign) == 1 else None


def _around(head: str, sign: str, tail: str, notation: Notation | None) -> tuple[str, str] | None:
    """A number with one sign: decimals follow it, unless it may part thousands and is not the decimal sign."""
    both = head and tail
    if notation == sign or (both and (len(tail) != 3 or len(head) > 3 or head.startswith("0"))):
        return head, tail
    return (head + tail, "") if both and notation else None


def _grouped(text: str, sign: str, tail: str) -> tuple[str, str] | None:
    first, *others = text.split(sign)
    if not 0 < len(first) <= 3 or any(len(group) != 3 for group in others):
        return None
    return first + "".join(others), tail


def notation_of(texts: Iterable[str]) -> Notation | None:
    """The decimal sign that numbers of one hand speak for; None where they say nothing or contradict each other."""
    return decided(votes_of(texts))


def votes_of(texts: Iterable[str]) -> Counter[Notation]:
    """How many numbers speak for which decimal sign."""
    return Counter(sign for text in texts if (sign := _decimal_sign(text)) is not None)


def decided(votes: Counter[Notation]) -> Notation | None:
    """The decimal sign that nearly all votes are for."""
    if not votes or min(votes[","], votes["."]) * 20 > sum(votes.values()):
        return None
    return "," if votes[","] > votes["."] else "."


def _decimal_sign(text: str) -> Notation | None:
    """The sign in front of the decimals of a number that can be read in one way; the other one where it only parts thousands."""
    if number_of(text) is None:
        return None
    signs = _SIGN.findall(text)
    if not signs:
        return None
    groups = len(signs) > 1 and len(set(signs)) == 1
    return "." if (signs[-1] == ".") != groups else ","


def date_of(text: str, *, month_first: bool = False) -> str | None:
    """A day as `2026-03-01`; None where it is none.

    `month_first` reads "03/01/2026" as Americans write it; years of two digits are 1970 to 2069.
    """
    match = _DATE.fullmatch(text.strip().lower())
    if match is None:
        return None
    found = {key[0]: value for key, value in match.groupdict().items() if value is not None}
    month, day = MONTHS.get(found["n"]) if "n" in found else int(found["m"]), int(found["d"])
    if month is None:
        return None
    if month_first and found.get("s") == "/":
        day, month = month, day
    try:
        return date(_year(found["y"]), month, day).isoformat()
    except ValueError:
        return None


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) > 2 else year + (1900 if year >= 70 else 2000)
