"""A question as it was understood in, the same said in full out: "Wie hoch war der Verbrauch von H1 am 22.11.2026?"."""

from collections.abc import Mapping

from nova.energy.cheapest import USUAL_HOURS
from nova.energy.explain.parse.asked import Question
from nova.energy.explain.parse.lexis import MARKET, Ask
from nova.energy.explain.parse.wishes import Top
from nova.energy.period import describe
from nova.german import number

_OF_METER: Mapping[Ask, str] = {
    "energy": "Wie hoch {was} der Verbrauch von {name} {when}",
    "peak": "Wie hoch {was} die Lastspitze von {name} {when}",
    "mean": "Wie hoch {was} die mittlere Leistung von {name} {when}",
    "base": "Wie hoch {was} die Grundlast von {name} {when}",
    "full_hours": "Wie viele Benutzungsstunden hatte {name} {when}",
    "load_factor": "Wie hoch {was} der Lastfaktor von {name} {when}",
    "self_use": "Wie hoch {was} der Eigenverbrauch von {name} {when}",
    "autarky": "Wie autark {was} {name} {when}",
    "feed_in": "Wie hoch {was} die Einspeisung von {name} {when}",
    "production": "Wie hoch {was} die Erzeugung von {name} {when}",
    "cost": "Was {costs} der Strom von {name} {when}",
    "quality": "Welche Messwerte fehlen bei {name} {when}",
    "count": "Wie viele Messwerte gibt es von {name} {when}",
    "co2": "Wie hoch {was} der CO2-Ausstoß von {name} {when}",
    "forecast": "Welcher Verbrauch wird von {name} {when} erwartet",
}
_OF_MARKET: Mapping[Ask, str] = {
    "price": "Wie hoch {was} der Börsenpreis {when}",
    "cheapest": "Wann {was} der Strom {when} am günstigsten",
    "dearest": "Wann {was} der Strom {when} am teuersten",
    "negative": "Wie lange {was} der Börsenpreis {when} negativ",
    "products": "Wie hoch {was} BASE und PEAK {when}",
    "spread": "Wie groß {was} der Preisunterschied {when}",
    "window": "Wann sind {when} die günstigsten {hours} Stunden am Stück",
    "forecast": "Welche Börsenpreise werden {when} erwartet",
    "included": "Sind im Börsenpreis {when} Steuern und Abgaben enthalten",
}
_UNITS = {"quarter": "Viertelstunde", "hour": "Stunde", "day": "Tag", "week": "Woche", "month": "Monat", "meter": "Zähler"}

_MANY = {"quarter": "Viertelstunden", "hour": "Stunden", "day": "Tage", "week": "Wochen", "month": "Monate", "meter": "Zähler"}


def restated(asked: Question, now: int) -> str:
    """The question in full, for who asks to see and to change."""
    past = asked.period.end <= now
    words = {
        "was": "war" if past else "ist",
        "costs": "kostete" if past else "kostet",
        "name": "" if asked.meter is None else asked.meter.name,
        "when": describe(asked.period),
        "hours": number(asked.hours or USUAL_HOURS, 1 if asked.hours and asked.hours % 1 else 0),
    }
    plain = _asked(asked).format(**words)
    return f"{plain}{_versus(asked)}?"


def _asked(asked: Question) -> str:
    if asked.why and asked.meter is not None:
        return "Warum war der Verbrauch von {name} {when} so hoch"
    if asked.top is not None:
        return _ranked(asked, asked.top)
    table = _OF_MARKET if asked.meter is None else _OF_METER
    return table.get(asked.ask, "Wie hoch {was} der Verbrauch von {name} {when}")


def _ranked(asked: Question, top: Top) -> str:
    """What days, hours or meters are ranked for."""
    of = "Preis" if asked.ask in MARKET else "Erzeugung" if asked.ask == "production" else "Verbrauch"
    many = f"Die {top.count} {_MANY[top.unit]}" if top.count > 1 else _UNITS[top.unit]
    whose = " von {name}" if asked.meter is not None and top.unit != "meter" else ""
    return f"{many} mit dem {'niedrigsten' if top.least else 'höchsten'} {of}{whose} {{when}}"


def _versus(asked: Question) -> str:
    if asked.rival is not None:
        return f", verglichen mit {asked.rival.name}"
    if asked.whole is not None:
        return f", und welcher Anteil ist das von {asked.whole.name}"
    return "" if asked.against is None else f", verglichen mit dem Zeitraum {describe(asked.against)}"
