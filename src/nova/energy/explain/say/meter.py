"""What the readings of a meter say, in German: energy, peaks, own use, costs, CO2 and how complete they are."""

from collections.abc import Callable, Mapping
from typing import Any

from nova.energy.explain.parse.lexis import Ask
from nova.energy.explain.say.compare import of_the_whole, versus
from nova.energy.explain.say.cost import cost_of, cost_told
from nova.energy.explain.say.missing import holes, no_prices, no_production, no_readings
from nova.energy.explain.say.speech import Speech
from nova.energy.period import iso


def _energy(speech: Speech) -> None:
    found = speech.of_meter("energy", "Verbrauch", column="consumption")
    if found.value is None:
        return no_readings(speech, found)
    speech.say(f"Der Verbrauch von {speech.meter.name} {speech.when} betrug {found.text}.", found)
    _each(speech, "energy", "Verbrauch", column="consumption")
    _bought(speech)
    of_the_whole(speech, "energy", "Verbrauch", column="consumption")
    versus(speech, "energy", "Verbrauch", column="consumption")
    _usual(speech)
    holes(speech)
    if not speech.meter.parts:
        speech.next_question = f"Warum war der Verbrauch von {speech.meter.name} {speech.when} so hoch?"
    return None


_EACH = {"hour": "Stunde", "day": "Tag", "week": "Woche", "month": "Monat"}


def _each(speech: Speech, tool: str, what: str, **args: Any) -> None:
    """Where asked, the mean of each hour, day, week or month, or as much in a year."""
    unit = speech.question.each
    if unit == "year":
        whole = speech.of_meter("each", f"{what} auf ein Jahr gerechnet", of=tool, unit=unit, **args)
        speech.say(f"Auf ein Jahr gerechnet wären das {whole.text}, wenn es immer so weiterginge.", whole)
    elif unit in _EACH:
        mean = speech.of_meter("each", f"{what} je {_EACH[unit]}", of=tool, unit=unit, **args)
        speech.say(f"Im Schnitt sind das {mean.text} je {_EACH[unit]}.", mean)


def _tariff(speech: Speech) -> None:
    """The agreed price."""
    terms, name = speech.meter.terms, speech.meter.name
    if terms.kind == "fixed":
        price = speech.of_meter("tariff", "Festpreis")
        return speech.say(f"Für {name} ist ein Festpreis von {price.text} hinterlegt; damit rechne ich Kosten.", price)
    if terms.kind == "dynamic":
        price = speech.of_meter("price_in_force", "Preis jetzt", at=iso(speech.now))
        text = f"Für {name} folgt der Preis der Börse; jetzt kostet eine Kilowattstunde {price.text} ({terms.holds})."
        return speech.say(text, price) if price.value is not None else no_prices(speech, price)
    return speech.refuse(
        f"Für {name} ist kein Festpreis hinterlegt; Kosten rechne ich dann mit Börsenpreisen.",
        ask=f"Was kostete der Strom von {name} {speech.when}?",
    )


def _bought(speech: Speech) -> None:
    """Where there is production of its own, what came from the grid."""
    made = speech.of_meter("energy", "Erzeugung", column="production")
    if made.value:
        bought = speech.of_meter("energy", "Netzbezug", column="import")
        speech.say(f"Davon kamen {bought.text} aus dem Netz.", bought)
    else:
        speech.drop(made)


def _usual(speech: Speech) -> None:
    """Where asked, how it lies to what was to be expected."""
    if not speech.question.usual or speech.meter.parts:
        return
    expected, low, high, excess, energy = (
        speech.of_meter(tool, what, column="consumption")
        for tool, what in (
            ("expected", "Erwartung"), ("expected_low", "Untere Grenze"), ("expected_high", "Obere Grenze"),
            ("excess", "Abweichung von der Erwartung"), ("energy", "Verbrauch"),
        )
    )  # fmt: skip
    if expected.value is None or excess.value is None:
        speech.drop(excess)
        speech.say("Für eine Erwartung reichen die Messwerte davor nicht; es braucht mehrere Wochen.", energy)
        return
    word = "mehr"
    if excess.value < 0:
        speech.drop(excess)
        excess, word = speech.of_meter("excess", "Abweichung von der Erwartung", column="consumption", sign=-1), "weniger"
    verdict = _verdict(energy.value or 0.0, low.value or 0.0, high.value or 0.0)
    speech.say(
        f"Zu erwarten waren {expected.text}, üblich sind {low.text} bis {high.text}; das sind {excess.text} {word} als erwartet "
        f"und liegt {verdict} üblichen Rahmen.",
        excess,
        expected,
        low,
        high,
    )


def _usual_use(speech: Speech) -> None:
    """Where asked of a cost, how what was used lies to what was to be expected."""
    if speech.question.usual and not speech.meter.parts:
        energy = speech.of_meter("energy", "Verbrauch", column="consumption")
        speech.say(f"Verbraucht wurden {energy.text}.", energy)
        _usual(speech)


_ALIKE = 0.05  # kWh that no digit shows


def _verdict(value: float, low: float, high: float) -> str:
    return "über dem" if value > high + _ALIKE else "unter dem" if value < low - _ALIKE else "im"


def _peak(speech: Speech) -> None:
    column = "consumption"
    top = speech.of_meter("peak", "Lastspitze", column=column)
    if top.value is None:
        return no_readings(speech, top)
    at = speech.of_meter("peak_time", "Zeit der Lastspitze", column=column)
    speech.say(f"Die Lastspitze von {speech.meter.name} {speech.when} betrug {top.text}; sie begann am {at.text}.", top, at)
    if speech.question.against is None and speech.question.rival is None:
        mean = speech.of_meter("mean", "Mittlere Leistung", column=column)
        speech.say(f"Im Mittel waren es {mean.text}.", mean)
    versus(speech, "peak", "Lastspitze", column=column)
    holes(speech)
    speech.terms = ("Lastspitze", "Leistungspreis", "Netzentgelt")
    if not speech.meter.parts:
        speech.next_question = f"Warum war der Verbrauch von {speech.meter.name} {speech.when} so hoch?"
    return None


def _one(tool: str, what: str, words: str, terms: tuple[str, ...], missing: str) -> Callable[[Speech], None]:
    """A saying of one number; `words` has places for the meter, the period and the number."""

    def say(speech: Speech) -> None:
        found = speech.of_meter(tool, what)
        if found.value is None:
            of = "von " if speech.meter.parts else ""
            return speech.refuse(
                f"{missing} ({of}{speech.meter.name} {speech.when}).",
                found,
                ask=f"Wie hoch war der Verbrauch von {speech.meter.name} {speech.when}?",
            )
        speech.say(words.format(name=speech.meter.name, when=speech.when, value=found.text), found)
        versus(speech, tool, what)
        holes(speech)
        speech.terms = terms
        return None

    return say


def _production(speech: Speech) -> None:
    found = speech.of_meter("energy", "Erzeugung", column="production")
    if found.value is None:
        return no_production(speech, found)
    speech.say(f"Die Erzeugung von {speech.meter.name} {speech.when} betrug {found.text}.", found)
    of_the_whole(speech, "energy", "Erzeugung", column="production")
    versus(speech, "energy", "Erzeugung", column="production")
    speech.terms = ("Einspeisung", "Einspeisevergütung")
    return None


def _cost(speech: Speech) -> None:
    paid = cost_of(speech)
    if paid.value is None:
        energy = speech.of_meter("energy", "Verbrauch", column="consumption")
        return no_readings(speech, energy) if energy.value is None else no_prices(speech, paid)
    speech.say(f"{cost_told(speech, paid)}.", paid)
    tool = str(paid.query["tool"])
    of_the_whole(speech, tool, "Kosten")
    versus(speech, tool, "Kosten")
    _each(speech, tool, "Kosten")
    if tool != "cost_spot":
        spot = speech.of_meter("cost_spot", "Kosten zum Börsenpreis")
        if spot.value is not None:
            speech.say(f"Zu Börsenpreisen wären es {spot.text}, ohne Netzentgelt, Abgaben und Steuern.", spot)
        else:
            speech.drop(spot)
    _usual_use(speech)
    holes(speech)
    speech.terms = ("dynamischer Tarif", "Strompreis", "Grundversorgung")
    if not speech.meter.parts:
        speech.next_question = f"Warum waren die Stromkosten von {speech.meter.name} {speech.when} so hoch?"
    return None


def _quality(speech: Speech) -> None:
    hours = speech.of_meter("unknown", "Zeit ohne Messwerte")
    put_in = speech.of_meter("substitutes", "Zeit mit Ersatzwerten")
    if not hours.value:
        speech.say(f"Die Messwerte von {speech.meter.name} {speech.when} sind lückenlos.", hours)
    else:
        share = speech.of_meter("unknown_share", "Anteil ohne Messwerte")
        speech.say(
            f"Bei {speech.meter.name} fehlen {speech.when} Messwerte für {hours.text}, das sind {share.text} der Zeit.", hours, share
        )
        speech.say("Lassen Sie die fehlenden Werte beim Messstellenbetreiber nachliefern.")
    speech.say(f"Ersatzwerte stehen für {put_in.text}." if put_in.value else "Ersatzwerte stehen keine darin.", put_in)
    speech.terms = ("Ersatzwertbildung", "Messwerte")


def _count(speech: Speech) -> None:
    """How many readings there are, and for how long there is none."""
    found = speech.of_meter("count", "Zahl der Messwerte")
    if not found.value:
        return no_readings(speech, found)
    speech.say(f"Von {speech.meter.name} gibt es {speech.when} {found.text} {'Messwert' if found.value == 1 else 'Messwerte'}.", found)
    return holes(speech)


def _co2(speech: Speech) -> None:
    """What came from the grid times the factor that is kept."""
    found = speech.of_meter("co2", "CO2 des Netzbezugs")
    if found.value is None:
        return speech.refuse(
            f"Zum Strom von {speech.meter.name} ist {speech.when} kein Emissionsfaktor hinterlegt, oder es fehlen Messwerte.",
            found, ask=f"Wie hoch war der Verbrauch von {speech.meter.name} {speech.when}?",
        )  # fmt: skip
    speech.say(f"Der Netzbezug von {speech.meter.name} {speech.when} steht für {found.text} Kohlendioxid.", found)
    versus(speech, "co2", "CO2 des Netzbezugs")
    speech.terms = ("Emissionsfaktor", "Stromkennzeichnung")
    return None


SAYINGS: Mapping[Ask, Callable[[Speech], None]] = {
    "energy": _energy,
    "peak": _peak,
    "mean": _one("mean", "Mittlere Leistung", "Die mittlere Leistung von {name} {when} betrug {value}.", (), "Es gibt keine Messwerte"),
    "base": _one(
        "base",
        "Grundlast",
        "Die nächtliche Grundlast von {name} {when} betrug {value}.",
        (),
        "Aus keiner Nacht gibt es Messwerte",
    ),
    "full_hours": _one(
        "full_hours",
        "Benutzungsstunden",
        "Die Benutzungsstunden von {name} {when} betragen {value}.",
        ("Benutzungsstunden", "Netzentgelt", "Leistungspreis"),
        "Benutzungsstunden lassen sich nur für ein ganzes, fast lückenlos gemessenes Jahr sagen",
    ),
    "load_factor": _one(
        "load_factor",
        "Lastfaktor",
        "Die mittlere Leistung von {name} {when} betrug {value} der höchsten.",
        (),
        "Es gibt keine Messwerte",
    ),
    "self_use": _one(
        "self_use",
        "Eigenverbrauchsquote",
        "{name} hat {when} {value} der eigenen Erzeugung selbst verbraucht.",
        ("Eigenverbrauch",),
        "Es ist keine Erzeugung bekannt",
    ),
    "autarky": _one(
        "autarky",
        "Autarkiegrad",
        "{name} hat {when} {value} des Verbrauchs aus eigener Erzeugung gedeckt.",
        ("Eigenverbrauch",),
        "Es ist keine Erzeugung bekannt",
    ),
    "feed_in": _one(
        "feed_in",
        "Einspeisung",
        "Die Einspeisung von {name} {when} betrug {value}.",
        ("Einspeisung", "Einspeisevergütung"),
        "Es ist keine Erzeugung bekannt",
    ),
    "production": _production,
    "tariff": _tariff,
    "cost": _cost,
    "quality": _quality,
    "count": _count,
    "co2": _co2,
}
