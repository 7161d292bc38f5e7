"""A question that asks for a number of something out loud in ("wie viele Wochen", "wie viel Euro"), whether statements tell one out.

A provision may speak of all that was asked and leave the number open ("in angemessener Höhe"). Who asks for weeks is not answered by it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from nova.language.figures import Figure, figures
from nova.language.fold import fold

COUNT = "count"  # of things that are no unit: "wie viele Raten"
CLOCK = "clock"
_FAMILIES = (
    ("euro", "cent"),
    ("tag", "werktag", "arbeitstag", "kalendertag", "woche", "monat", "quartal", "jahr", "stunde", "minute", "sekunde"),
    ("prozent", "prozentpunkt"),
    ("watt", "kilowatt", "megawatt", "gigawatt"),
    ("kilowattstunde", "megawattstunde", "gigawattstunde", "terawattstunde", "gigajoule"),
    ("volt", "kilovolt"),
    ("meter", "kilometer"),
    ("kilogramm", "tonne"),
)
_FAMILY = {unit: family[0] for family in _FAMILIES for unit in family}
_NAMES = (
    ("euro", r"euro|eur|cent|ct|geld|€"),
    ("tag", r"(?:werk|arbeits|kalender)?tage?n?|wochen?|monate?n?|quartale?n?|jahre?n?|stunden?|minuten?|sekunden?"),
    ("prozent", r"prozent(?:punkte?n?)?|%"),
    ("watt", r"(?:kilo|mega|giga)?watt|kw|mw"),
    ("kilowattstunde", r"(?:kilo|mega|giga)?wattstunden?|kwh|mwh|gwh"),
    ("volt", r"(?:kilo)?volt|kv"),
    ("meter", r"(?:kilo)?metern?|km|zentimetern?|cm"),
    ("quadratmeter", r"quadratmetern?|qm|m²|m2"),
    ("kilogramm", r"kilo(?:gramm)?|tonnen?|kg"),
    ("liter", r"litern?"),
    ("bar", r"(?:milli)?bar"),
    ("grad", r"grad"),
    ("hertz", r"hertz|hz"),
    (CLOCK, r"uhr"),
)
_MEASURE = tuple((kind, re.compile(names)) for kind, names in _NAMES)
_HOW_MANY = re.compile(r"\bwie ?viel(?P<plural>e[nrs]?)? (?P<first>[\w%€]+)(?: (?P<second>\w+))?")
_IN_UNIT = re.compile(
    r"\bin (?P<unit>euro|cent|prozent|grad|kilowatt|metern|minuten|stunden|tagen|wochen|monaten|jahren|uhr)(?=\W*$|,| celsius)"
)
_CLOCK_ASKED = re.compile(r"\b(?:welche[nrm]? uhrzeit(?:en)?|um wie ?viel uhr)\b")
_FEE = re.compile(
    r"\bwelche[rsn]? (?:\w+ )?\w*(?:gebuehr|bussgeld|pauschale|mindestbetrag|hoechstbetrag)\b"
    r"|\bwie hoch (?:ist|sind) (?:\w+ ){1,2}\w*gebuehr\b"
)
_FREE = re.compile(
    r"\b(?:unentgeltlich|kostenlos|kostenfrei|ohne (?:\w+ )?(?:kosten|entgelt)|(?:doppelte|zweifache|dreifache|haelfte)\w*)\b"
)
_SHARE = re.compile(r"\b(?:haelfte|drittel|viertel|fuenftel|zehntel|vollstaendig|doppelte\w*|zweifache\w*)\b")


_CALLED = {"euro": "Ein Betrag", "tag": "Eine Dauer oder Frist", "prozent": "Ein Anteil", CLOCK: "Eine Uhrzeit"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """What is to be counted: a family of units by its first ("euro", "tag"), the clock, or things."""

    unit: str

    @property
    def name(self) -> str:
        """What it is called."""
        return _CALLED.get(self.unit, "Eine Zahl")

    def is_told(self, texts: Iterable[str]) -> bool:
        """Whether one of the texts tells such a number."""
        return any(self._is_in(text) for text in texts)

    def _is_in(self, text: str) -> bool:
        if any(self._is(figure) for figure in figures(text)):
            return True
        expression = {"euro": _FREE, "prozent": _SHARE}.get(self.unit)
        return expression is not None and expression.search(fold(text)) is not None

    def _is(self, figure: Figure) -> bool:
        if self.unit == CLOCK:
            return figure.kind == "time"
        if self.unit == "tag" and figure.kind == "date":
            return True
        if figure.kind != "number":
            return False
        return not figure.unit if self.unit == COUNT else _FAMILY.get(figure.unit, figure.unit) == self.unit


@lru_cache(maxsize=1024)
def asked_quantity(question: str) -> Quantity | None:
    """What a question asks the number of; None where it does not ask for one out loud."""
    text = fold(question)
    if _CLOCK_ASKED.search(text):
        return Quantity(CLOCK)
    if named := _IN_UNIT.search(text):
        return _measured(named["unit"])
    if many := _HOW_MANY.search(text):
        measured = _measured(many["first"]) or (_measured(many["second"]) if many["second"] else None)
        return measured or (Quantity(COUNT) if many["plural"] else None)
    return Quantity("euro") if _FEE.search(text) else None


def _measured(word: str) -> Quantity | None:
    """What a word counts: what people call a unit, or any unit that statements tell ("kWp", "Ampere", "Kalendermonate")."""
    named = next((kind for kind, names in _MEASURE if names.fullmatch(word)), None)
    unit = named or (next((figure.unit for figure in figures(f"2 {word}")), "") if len(word) > 1 else "")
    return Quantity(_FAMILY.get(unit, unit)) if unit else None
