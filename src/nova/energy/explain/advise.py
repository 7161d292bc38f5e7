"""A wish for advice in, what one's own figures say to it out: standby, peaks, a tariff of the exchange, storage, each with its assumptions.

Every number is a fact that a tool computed; what is assumed is said. Nothing is promised.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nova.energy.calendar import day_start, local_date
from nova.energy.explain.parse.asked import Before, Question, Refusal
from nova.energy.explain.parse.lexis import Ask
from nova.energy.explain.parse.relevance import folded
from nova.energy.explain.parse.which import Choice, choose, own_of
from nova.energy.explain.say.missing import holes
from nova.energy.explain.say.speech import Speech
from nova.energy.period import ONE, Period, of_days
from nova.energy.source import Meter

_TARIFF = re.compile(r"\b(?:dynamisch\w*|boersen\w*|spot\w*|\w*tarif\w*|wechsel\w*|festpreis|fixpreis)\b")
_STORAGE = re.compile(r"\b(?:speicher\w*|batterie\w*|akku\w*|solar\w*|pv|photovoltaik\w*|balkonkraftwerk\w*)\b")
_PEAK = re.compile(r"\b(?:\w*spitze\w*|peak\w*|leistungspreis\w*|lastgang\w*)\b")
_CHARGE = re.compile(
    r"\b(?:wann\b.*\b(?:lad|wasch|spuel|trockn|lauf|anmach|einschalt|anschalt|start|heiz)\w*|"
    r"wann\b.*\bstrom\b.*\b(?:teuer|billig|guenstig)\w*|billigste\w* (?:stunden|zeit))"
)


_SAVING_ENGLISH = "Look for devices that always run: fridges, routers, standby, pumps; switch off what nobody needs."
_PEAK_ENGLISH = "It falls when large consumers do not run at once: shift what can wait, limit charging power, or use a battery."
_TARIFF_ENGLISH = (
    "A dynamic tariff pays the more, the more consumption can be moved to cheap hours; it needs a smart meter. "
    "Exchange prices hold neither grid fees nor levies and taxes."
)
_STORAGE_ENGLISH = "Storage pays where much of one's own power is left over, and only if that covers its price, which I do not know."


@dataclass(frozen=True, slots=True)
class Advice:
    """What advice is wanted for: a meter, how it is told, what it is about (`ask`), and the advice itself in English."""

    meter: Meter
    tell: Callable[[Speech], None]
    ask: Ask
    english: str


def wanted_advice(question: str, meters: tuple[Meter, ...], before: Before) -> Advice | Refusal | None:
    """The advice that a question wants; refused for a meter that nobody knows, None where there is none to look at."""
    text = folded(question, meters)
    choice = choose(text, meters, ())
    if choice.named and choice.meter is None and not choice.several:
        return Refusal(choice.problem, "Was empfehlen Sie mir, um Strom zu sparen?")
    meter = _meter(choice, meters, before)
    if meter is None:
        return None
    tell, ask, english = next((told for words, told in _ABOUT.items() if words.search(text)), (_saving, "energy", _SAVING_ENGLISH))
    return Advice(meter, tell, ask, english)


def _meter(choice: Choice, meters: tuple[Meter, ...], before: Before) -> Meter | None:
    """The meter that is named, else the one spoken of before, else the first of one's own; None where there is none, or it is a sum."""
    named = choice.meter if choice.meter is not None and not choice.meter.parts else None
    meter = named or before.meter or next(iter(own_of(meters) or meters), None)
    return None if meter is None or meter.parts else meter


def asks_when(question: str) -> bool:
    """Whether advice is wanted on when to run something: that is answered from prices."""
    return _CHARGE.search(folded(question, ())) is not None


def question_of(advice: Advice, now: int) -> Question:
    """The window that advice looks at: the last 365 days."""
    today = local_date(now)
    return Question("energy", of_days(today - 365 * ONE, today - ONE), advice.meter)


def _week(now: int) -> Period:
    today = local_date(now)
    return Period(day_start(today - 7 * ONE), day_start(today))


def _saving(speech: Speech) -> None:
    energy = speech.of_meter("energy", "Verbrauch", column="consumption")
    base = speech.of_meter("base", "Grundlast", _week(speech.now))
    if energy.value is None or base.value is None:
        return speech.refuse(f"Für einen Rat fehlen Messwerte von {speech.meter.name}.", energy)
    yearly = speech.of_meter("base_year", "Grundlast im Jahr", _week(speech.now))
    speech.say(
        f"Am meisten bringt meist die Grundlast: Bei {speech.meter.name} laufen nachts {base.text} durch, "
        f"hochgerechnet {yearly.text} im Jahr.",
        base, yearly,
    )  # fmt: skip
    speech.say(f"Der Verbrauch {speech.when} betrug {energy.text}.", energy)
    holes(speech)
    speech.say(
        "Suchen Sie Geräte, die immer laufen: Kühl- und Gefriergeräte, Router, Standby, Pumpen; schalten Sie ab, was niemand braucht."
    )
    top = speech.of_meter(
        "top_time", "Stunde mit dem höchsten Verbrauch", _week(speech.now), ranked="consumption", unit="hour", least=False, rank=0
    )
    if top.value is not None:
        speech.say(
            f"Die verbrauchsstärkste Stunde der letzten Woche begann am {top.text}; was darin warten kann, gehört in günstige Stunden.", top
        )
    else:
        speech.drop(top)
    speech.next_question = "Wann ist der Strom morgen am günstigsten?"
    return None


def _peak(speech: Speech) -> None:
    top = speech.of_meter("peak", "Lastspitze", column="consumption")
    at = speech.of_meter("peak_time", "Zeit der Lastspitze", column="consumption")
    if top.value is None:
        return speech.refuse(f"Für einen Rat fehlen Messwerte von {speech.meter.name}.", top)
    speech.say(f"Die höchste Lastspitze von {speech.meter.name} {speech.when} betrug {top.text} am {at.text}.", top, at)
    speech.say(
        "Sie sinkt, wenn große Verbraucher nicht gleichzeitig laufen: verschieben Sie, was warten kann, begrenzen Sie Ladeleistung "
        "(Lastmanagement) oder kappen Sie die Spitze mit einem Speicher; das senkt den Leistungspreis, wo einer gilt."
    )
    speech.next_question = f"Warum war der Verbrauch von {speech.meter.name} {speech.when} so hoch?"
    return None


def _tariff(speech: Speech) -> None:
    spot = speech.of_meter("cost_spot", "Kosten zum Börsenpreis")
    if spot.value is None:
        return speech.refuse(f"Für einen Vergleich fehlen Messwerte von {speech.meter.name} oder Preise.", spot)
    if speech.meter.terms.kind == "fixed":
        known = speech.of_meter("cost_fixed", "Kosten zum Festpreis")
        speech.say(
            f"Der Strom von {speech.meter.name} kostete {speech.when} an der Börse {spot.text}, zum Festpreis {known.text}.",
            spot, known,
        )  # fmt: skip
        speech.say("Im Börsenpreis fehlen Netzentgelt, Abgaben, Steuern und der Aufschlag des Anbieters, im Festpreis meist nicht.")
    else:
        speech.say(f"Der Strom von {speech.meter.name} kostete {speech.when} an der Börse {spot.text}, ohne Netzentgelt, "
                   "Abgaben und Steuern; ein Festpreis zum Vergleich ist nicht hinterlegt.", spot)  # fmt: skip
    speech.say(
        "Ein dynamischer Tarif lohnt sich umso eher, je mehr Verbrauch sich in günstige Stunden verschieben lässt "
        "(Wallbox, Wärmepumpe, Speicher); er braucht ein intelligentes Messsystem."
    )
    speech.next_question = "Wann ist der Strom morgen am günstigsten?"
    return None


def _storage(speech: Speech) -> None:
    energy = speech.of_meter("energy", "Verbrauch", column="consumption")
    if energy.value is None:
        return speech.refuse(f"Für einen Rat fehlen Messwerte von {speech.meter.name}.", energy)
    made = speech.of_meter("energy", "Erzeugung", column="production")
    if made.value:
        share = speech.of_meter("self_use", "Eigenverbrauchsquote")
        speech.say(f"{speech.meter.name} hat {speech.when} {made.text} erzeugt und davon {share.text} selbst verbraucht; "
                   "der Rest könnte in einen Speicher.", made, share)  # fmt: skip
    else:
        speech.drop(made)
        speech.say(f"{speech.meter.name} hat {speech.when} {energy.text} verbraucht; eigene Erzeugung ist nicht gemessen.", energy)
    speech.say(
        "Ein Speicher lohnt sich, wenn viel eigener Strom übrig bleibt oder die Preise eines Tages weit auseinanderliegen, und nur, "
        "wenn das seinen Preis über die Lebensdauer deckt; den Preis kenne ich nicht."
    )
    speech.next_question = "Wie groß war der Preisunterschied gestern?"
    return None


_Told = tuple[Callable[[Speech], None], Ask, str]
_ABOUT: Mapping[re.Pattern[str], _Told] = {
    _TARIFF: (_tariff, "cost", _TARIFF_ENGLISH),
    _STORAGE: (_storage, "energy", _STORAGE_ENGLISH),
    _PEAK: (_peak, "peak", _PEAK_ENGLISH),
}
