"""A folded question in, what it wants beyond a number of a period out: the first of many, or hours at a stretch."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from nova.energy.explain.parse.lexis import LEAST, MOST, RANKED
from nova.language.fold import NUMBER_WORDS

Unit = Literal["quarter", "hour", "day", "week", "month", "year", "meter"]
MOST_PLACES = 10
_COUNT = rf"(?:\d{{1,2}}|{'|'.join(NUMBER_WORDS)}|eine?[rnm]?|anderthalb)"
_UNITS: tuple[tuple[Unit, str], ...] = (
    ("quarter", r"viertelstunden?"), ("hour", r"stunden?|uhrzeit"), ("day", r"(?:wochen)?tage?n?"), ("week", r"wochen?(?:enden?)?"),
    ("month", r"monate?n?"),
)  # fmt: skip
_UNIT = "|".join(f"(?P<{name}>{words})" for name, words in _UNITS)
_BEST = r"(?:[a-z]+st(?:e[nrsm]?)?\s+)?"
_PLACES = re.compile(
    rf"\b(?:(?P<which>welch\w{{0,3}})|die|den|der|dem|das|top)\s+(?:(?P<count>{_COUNT})\s+)?(?P<best>{_BEST})(?:{_UNIT})\b(?! davor)"
)
_WHEN = re.compile(
    r"\bwann\b.* (?:am (?:meisten|wenigsten)\b|(?:die|den) (?:meisten|wenigsten|hoechsten|geringsten|niedrigsten) \w*verbra|"
    r"\w*verbrauch\b.* am (?:hoechsten|niedrigsten|groessten|geringsten)\b)"
)
_CLOCK = re.compile(r"\b(?:um wie ?viel uhr|um welche uhrzeit|zu welcher (?:uhr|tages)?zeit)\b.* am \w+sten\b")
_WITH = re.compile(  # "Tag mit dem geringsten Verbrauch", "sparsamster Tag"
    rf"\b(?:(?:{_UNIT}) mit (?:de[mnr]|am)|[a-z]+ste[rs] (?:{_UNIT.replace('<', '<its_')}))\b"
)
_LENGTH = re.compile(rf"(?<!naechsten )(?<!letzten )\b(?P<count>{_COUNT}|\d,\d)\s*(?:volle |ganze )?(?:stunden?|std|h)\b")
_HOURS = r"(?:stunden?|std|h)"
_STRETCH = re.compile(
    rf"\b(?:fuer|bei|wenn|nur|ueber)\s+(?:{_COUNT}|\d,\d)\s*{_HOURS}\b"
    rf"|\b(?:{_COUNT}|\d,\d)\s*{_HOURS} (?:am stueck|hintereinander|zusammenhaengend\w*|am block|in folge|lang|fuer)"
    rf"|\b(?:{_COUNT}|\d,\d)\s*{_HOURS} (?:reich\w*|genuegen|brauch\w*)"
    r"|\bbrauche?\w* (?:\w+ ){0,2}stunden?\b"
)


@dataclass(frozen=True, slots=True)
class Top:
    """The `count` units of a period with most (or `least`)."""

    unit: Unit
    count: int = 1
    least: bool = False


def top(text: str) -> Top | None:
    """Which of many is asked for; None where one number of a whole period is."""
    least = LEAST.search(text) is not None
    if not least and MOST.search(text) is None:
        return None
    places = next((found for match in _PLACES.finditer(text) if (found := _places(match, least)) is not None), None)
    if places is not None:
        return places
    unit = _unit_of(text)
    return None if unit is None else Top(unit, 1, least)


def _unit_of(text: str) -> Unit | None:
    """What is ranked where no "welcher Tag" says it: meters, "Tag mit dem", a time of day, or "wann"."""
    if RANKED.search(text):
        return "meter"
    match = _WITH.search(text)
    if match is not None:
        return next(name for name, _ in _UNITS if match[name] or match[f"its_{name}"])
    if _CLOCK.search(text):
        return "hour"
    return "day" if _WHEN.search(text) and " oder " not in text else None


def again(text: str, last: Top | None) -> Top | None:
    """The other end of the last ranking: "Und am wenigsten?" behind the day with most."""
    if last is None or not _END.search(text):
        return None
    return replace(last, least=LEAST.search(text) is not None)


_END = re.compile(r"\bam (?:meisten|wenigsten|hoechsten|niedrigsten|geringsten|staerksten)\b")


def told_in(text: str) -> str | None:
    """The unit that a number is wanted in, "" for kW and kWh; None where a text names none."""
    return next((unit for unit, words in _TOLD_IN if words.search(text)), None)


_TOLD_IN = (
    ("W", re.compile(r"\bwatt\b|\bin w\b")),
    ("Wh", re.compile(r"\bwh\b|\bwattstunden?\b")),
    ("MWh", re.compile(r"\bmwh\b|\bmegawattstunden?\b")),
    ("", re.compile(r"\b(?:kwh|kilowattstunden?|kilowatt|in kw(?! ?\d))\b")),
)


def each(text: str) -> Unit | None:
    """The unit that a mean is wanted of: "im Schnitt pro Tag"; None where a number of the whole period is."""
    for unit, words in _EACH_UNITS:
        if words.search(text):
            return unit
    return None


_EACH_UNITS: tuple[tuple[Unit, re.Pattern[str]], ...] = (
    ("day", re.compile(r"\b(?:pro|je|jeden) tag\b|\btaeglich\w*|\bam tag\b(?=.*\b(?:schnitt|mittel|durchschnitt\w*)\b)|"
                       r"\b(?:schnitt|mittel|durchschnitt\w*)\b.* am tag\b|\btagesdurchschnitt|\btagesmittel|"
                       r"\b(?:mittlere\w*|durchschnittliche\w*) tagesverbrauch")),
    ("week", re.compile(r"\b(?:pro|je|jede) woche\b|\bwoechentlich\w*")),
    ("month", re.compile(r"\b(?:pro|je|jeden) monat\b|\bmonatlich\w* im (?:schnitt|mittel)")),
    ("year", re.compile(r"\b(?:aufs|auf das|auf ein(?: ganzes)?|pro|je) (?:ganze )?jahr(?: hochgerechnet| gerechnet)?\b(?! \d)"
                        r"|\bhochgerechnet\b.*\bjahr\b|\bjaehrlich\b|\bjahresverbrauch (?:waere|waer|kommt|komme)\b")),
    ("hour", re.compile(r"\b(?:pro|je|jede) stunde\b|\bstuendlich\w*")),
)  # fmt: skip


def _places(match: re.Match[str], least: bool) -> Top | None:
    """The first places of units that the words name: "welcher Tag", "die drei teuersten Stunden"; None for one unit alone ("der Tag")."""
    count = _number(match["count"]) if match["count"] else 1
    if not (match["which"] or match["best"] or count > 1):
        return None
    unit: Unit = next(name for name, _ in _UNITS if match[name])
    return Top(unit, int(max(1, min(count, MOST_PLACES))), least)


def length(text: str) -> float | None:
    """How many hours are wanted at a stretch; None where nobody says."""
    match = _LENGTH.search(text)
    return None if match is None else max(0.25, min(_number(match["count"]), 24.0))


def at_a_stretch(text: str) -> bool:
    """Whether a text speaks of hours in a row: "für 2 Stunden", "wenn 3 h reichen"."""
    return _STRETCH.search(text) is not None


def is_number(word: str) -> bool:
    """Whether a folded word is a count."""
    return re.fullmatch(_COUNT, word) is not None


def _number(text: str) -> float:
    if text.startswith("ein"):
        return 1.0
    return 1.5 if text == "anderthalb" else float(NUMBER_WORDS.get(text, text).replace(",", "."))
