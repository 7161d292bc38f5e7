"""Numbers and causes in, German text out; and a checker that finds numbers in a text that no fact holds.

Texts are composed from templates, so that every number is a fact's own text. The checker is for anybody's wording, a model's too.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from nova.energy.calendar import local_date
from nova.energy.explain.attribute import CauseName
from nova.energy.period import MONTHS, day_text, moment_text
from nova.energy.said import amount
from nova.language.fold import NUMBER_WORDS, fold
from nova.records import DataFact

TIME, CLOCK, DATE, MONTH = "Zeitpunkt", "Uhrzeit", "Tag", "Monat"
CAUSES: dict[CauseName, str] = {
    "gap": "eine Lücke in den Messwerten",
    "fault": "fehlerhafte Messwerte",
    "pv": "eine geringere eigene Erzeugung",
    "weather": "das Wetter",
    "day": "ein Tag, der wie ein anderer Tagestyp verlief",
    "base": "eine verschobene Grundlast",
    "event": "ein einzelnes Lastereignis",
    "hours": "Stunden außerhalb des üblichen Bandes",
    "scatter": "übrige Schwankungen",
    "price": "der Preis",
}
ACTIONS: dict[CauseName, str] = {
    "gap": "Lassen Sie die fehlenden Werte beim Messstellenbetreiber nachliefern.",
    "fault": "Prüfen Sie Einheit und Wandlerfaktor des Zählers und lassen Sie die Werte berichtigen.",
    "pv": "Prüfen Sie Wechselrichter und Sicherung der Anlage.",
    "weather": "Prüfen Sie Vorlauftemperatur und Heizzeiten, bevor Sie mehr ändern.",
    "day": "Prüfen Sie, ob Schichtplan oder Feiertag im Kalender stimmen.",
    "base": "Suchen Sie nachts nach Geräten, die seit diesem Zeitpunkt durchlaufen.",
    "event": "Klären Sie, was in dieser Zeit lief, und legen Sie es in günstigere Stunden.",
    "hours": "Verschieben Sie Verbrauch aus diesen Stunden, wo es geht.",
    "scatter": "Ein Eingriff ist daraus nicht abzuleiten.",
    "price": "Verlegen Sie Verbrauch in günstige Stunden oder prüfen Sie einen Festpreis.",
}
TERMS: dict[CauseName, tuple[str, ...]] = {
    "gap": ("Ersatzwertbildung", "Messwerte"),
    "fault": ("Messeinrichtung", "Berechnungsfehler", "Nachprüfung"),
    "pv": ("Einspeisung", "Eigenverbrauch", "Anlagenbetreiber"),
    "weather": ("Wärmepumpe", "steuerbare Verbrauchseinrichtung"),
    "day": ("Lastprofil", "Standardlastprofil"),
    "base": ("Grundlast", "Energieeffizienz"),
    "event": ("Lastspitze", "Leistungspreis", "Netzentgelt"),
    "hours": ("Lastprofil", "zeitvariable Netzentgelte"),
    "scatter": ("Lastprofil",),
    "price": ("dynamischer Tarif", "Grundversorgung", "Strompreis"),
}
_PHYSICAL = r"kg|kwh|mwh|wh|kw|mw|gw|w|eur/mwh|ct/kwh|eur|euro|€|ct|cent|%|prozent|°c|grad|h|stunden?|mal|fach"
_CLOCK = re.compile(r"\b(\d{1,2})[:.](\d{2})(?= uhr| bis| und|,|\.|$)")
_DATE = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b")
_NUMBER = re.compile(rf"(?<![\w.,])([-−+]?\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?|[-−+]?\d+(?:,\d+)?)(?:\s?({_PHYSICAL})(?!\w))?", re.IGNORECASE)
_WORDS = frozenset(NUMBER_WORDS) | {
    "doppelt", "doppelte", "doppelten", "verdoppelt", "dreifach", "dreifache", "vierfach", "vierfache", "halbiert", "haelfte", "drittel",
    "viertel", "dutzend", "verdreifacht", "vervierfacht", "zweimal", "dreimal", "viermal",
    "eineinhalb", "anderthalb", "tausend", "millionen",
}  # fmt: skip


def _month_text(instant: float) -> str:
    day = local_date(int(instant))
    return f"{MONTHS[day.month - 1]} {day.year}"


_MOMENTS: Mapping[str, Callable[[float], str]] = {
    TIME: moment_text,
    DATE: lambda instant: day_text(local_date(int(instant))),
    MONTH: _month_text,
    CLOCK: lambda minute: f"{int(minute) // 60:02d}:{int(minute) % 60:02d} Uhr",
}


def text_of(value: float | None, unit: str) -> str:
    """A fact's number as it may be said: "1.234,5 kWh", "21.11.2026, 14:15 Uhr", "12 %"."""
    if value is None:
        return "unbekannt"
    if unit in _MOMENTS:
        return _MOMENTS[unit](value)
    return amount(value, unit)


def invented(text: str, facts: Sequence[DataFact]) -> list[str]:
    """Numbers, dates, times and number words of a text that none of these facts holds.

    A number with a unit must be one of a fact's own text, with that unit; one without may also stand in a fact's label (the meter's
    name, the period).
    """
    held, named = set[str](), set[str]()
    for fact in facts:
        held |= _figures(fact.text)
        named |= {figure.split(" ")[0] for figure in _figures(fact.label)} | set(_number_words(fact.label))
    bare = {figure.split(" ")[0] for figure in held}
    loose = held | bare | named  # a number without a unit may be any of them
    wrong = [figure for figure in sorted(_figures(text)) if figure not in (held if " " in figure else loose)]
    return wrong + [word for word in _number_words(text) if word not in named]


def _figures(text: str) -> set[str]:
    """Dates, times and numbers (with their units) in one spelling."""
    found = set()
    rest = text.replace("\u00a0", " ").replace("\u202f", " ")
    for match in _DATE.finditer(rest):
        found.add(f"{int(match[1]):02d}.{int(match[2]):02d}.{match[3]}")
    rest = _DATE.sub(" ", rest)
    for match in _CLOCK.finditer(rest.lower()):
        found.add(f"{int(match[1]):02d}:{match[2]}")
    rest = _CLOCK.sub(" ", rest.lower())
    for match in _NUMBER.finditer(rest):
        number = match[1].replace("−", "-").replace(".", "").lstrip("+")
        unit = {"euro": "eur", "€": "eur", "prozent": "%", "stunde": "h", "stunden": "h", "cent": "ct", "grad": "°c"}.get(
            match[2] or "", match[2] or ""
        )
        found.add(f"{number} {unit}".strip())
    return found


def _number_words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]+", fold(text)) if word in _WORDS]
