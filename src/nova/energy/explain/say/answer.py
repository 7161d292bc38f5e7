"""A question and a ledger in, German sentences out, each with the facts whose numbers it says; no number else."""

from collections.abc import Callable

from nova.energy.explain.parse.lexis import PRODUCES, Ask
from nova.energy.explain.parse.period import iso
from nova.energy.explain.say.more import MUCH_UNKNOWN, co2, forecast, no_prices, spread, stretch, top, versus
from nova.energy.explain.say.speech import Speech
from nova.records import DataFact, DataSentence

ONE_METER = frozenset({"self_use", "autarky", "full_hours"})  # what the sum of several meters does not have

_PARTLY = {
    "use": "Mitgezählt sind nur Haushalte, Betriebe und sonstige Zähler, weil Anlagen, Speicher und Wallboxen "
           "schon in ihnen enthalten sein können.",
    "production": "Mitgezählt sind nur die Zähler von Photovoltaikanlagen, weil andere dieselbe Erzeugung enthalten können.",
}  # fmt: skip


def answer(speech: Speech) -> None:
    """Say what a question that asks for no causes asks for."""
    asked = speech.question
    if asked.meter is not None and asked.meter.parts and asked.ask in ONE_METER:
        return speech.refuse("Diese Kennzahl gibt es nur für einen einzelnen Zähler.", ask=_for_one(speech))
    if asked.top is not None:
        return top(speech)
    if asked.ahead:
        return forecast(speech)
    SAYINGS[asked.ask](speech)
    if asked.meter is not None and asked.meter.partial and not speech.refused:
        speech.sentences.append(DataSentence(_PARTLY["production" if asked.ask in PRODUCES else "use"], speech.sentences[0].facts))
    return None


def _for_one(speech: Speech) -> str | None:
    first = speech.meter.parts[0]
    return f"Wie autark war {first} {speech.when}?"


def _no_readings(speech: Speech, fact: DataFact) -> None:
    if speech.meter.parts:
        text = f"Nicht von allen dieser Zähler liegen {speech.when} Messwerte vor; eine Summe wäre deshalb falsch."
        return speech.refuse(text, fact, ask=f"Welcher Zähler hat {speech.when} am meisten verbraucht?")
    return speech.refuse(
        f"Von {speech.meter.name} liegen {speech.when} keine Messwerte vor.",
        fact,
        ask=f"Welche Messwerte fehlen bei {speech.meter.name} in diesem Monat?",
    )


def _no_production(speech: Speech, fact: DataFact) -> None:
    text = f"Von {speech.meter.name} ist {speech.when} keine Erzeugung bekannt."
    if speech.meter.parts:
        text = f"Nicht von allen dieser Zähler ist {speech.when} eine Erzeugung bekannt; eine Summe wäre deshalb falsch."
    speech.refuse(text, fact, ask=f"Wie hoch war der Verbrauch von {speech.meter.name} {speech.when}?")


def _energy(speech: Speech) -> None:
    found = speech.of_meter("energy", "Verbrauch", column="consumption")
    if found.value is None:
        return _no_readings(speech, found)
    speech.say(f"Der Verbrauch von {speech.meter.name} {speech.when} betrug {found.text}.", found)
    _bought(speech)
    versus(speech, "energy", "Verbrauch", column="consumption")
    _usual(speech)
    holes(speech)
    if not speech.meter.parts:
        speech.next_question = f"Warum war der Verbrauch von {speech.meter.name} {speech.when} so hoch?"
    return None


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
    column = "consumption"
    expected, low, high = (
        speech.of_meter(tool, what, column=column)
        for tool, what in (("expected", "Erwartung"), ("expected_low", "Untere Grenze"), ("expected_high", "Obere Grenze"))
    )
    energy = speech.of_meter("energy", "Verbrauch", column=column)
    if expected.value is None or low.value is None or high.value is None or energy.value is None:
        speech.say("Für eine Erwartung reichen die Messwerte davor nicht; es braucht mehrere Wochen.", energy)
        return
    verdict = "über dem" if energy.value > high.value else "unter dem" if energy.value < low.value else "im"
    speech.say(
        f"Zu erwarten waren {expected.text}, üblich sind {low.text} bis {high.text}; das liegt {verdict} üblichen Rahmen.",
        expected,
        low,
        high,
    )


def holes(speech: Speech) -> None:
    """Say what is unknown of the window where that is much."""
    share = speech.of_meter("unknown_share", "Unbekannter Anteil")
    if share.value is not None and share.value >= MUCH_UNKNOWN:
        hours = speech.of_meter("unknown", "Zeit ohne Messwerte")
        speech.say(f"Für {hours.text} davon ({share.text}) fehlen Messwerte; die Angabe gilt ohne sie.", hours, share)
    else:
        speech.drop(share)


def _peak(speech: Speech) -> None:
    column = "consumption"
    top = speech.of_meter("peak", "Lastspitze", column=column)
    if top.value is None:
        return _no_readings(speech, top)
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
        return _no_production(speech, found)
    speech.say(f"Die Erzeugung von {speech.meter.name} {speech.when} betrug {found.text}.", found)
    versus(speech, "energy", "Erzeugung", column="production")
    speech.terms = ("Einspeisung", "Einspeisevergütung")
    return None


def _cost(speech: Speech) -> None:
    spot = speech.of_meter("cost_spot", "Kosten zum Börsenpreis")
    fixed = speech.meter.fixed
    known = speech.of_meter("cost_fixed", "Kosten zum Festpreis", eur_kwh=fixed) if fixed is not None else None
    if spot.value is None and known is None:
        energy = speech.of_meter("energy", "Verbrauch", column="consumption")
        return _no_readings(speech, energy) if energy.value is None else no_prices(speech, spot)
    if spot.value is not None:
        speech.say(
            f"Der Strom von {speech.meter.name} {speech.when} kostete zu Börsenpreisen {spot.text}, ohne Netzentgelt, Abgaben und Steuern.",
            spot,
        )
        versus(speech, "cost_spot", "Kosten zum Börsenpreis")
    if known is not None:
        speech.say(f"Zum vereinbarten Festpreis sind es {known.text}.", known)
    holes(speech)
    speech.terms = ("dynamischer Tarif", "Strompreis", "Grundversorgung")
    if not speech.meter.parts:
        speech.next_question = f"Warum waren die Stromkosten von {speech.meter.name} {speech.when} so hoch?"
    return None


def _price(speech: Speech) -> None:
    if speech.question.now:
        at = speech.fact("price_now", "Börsenpreis jetzt", at=iso(speech.now))
        if at.value is not None:
            speech.say(f"Der Börsenpreis (Day-Ahead) liegt jetzt bei {at.text}.", at)
    mean = speech.fact("price_mean", "Mittlerer Börsenpreis")
    if mean.value is None and speech.period.end > speech.now:
        speech.drop(mean)
        return forecast(speech)
    if mean.value is None:
        return no_prices(speech, mean)
    speech.say(f"Der Börsenpreis (Day-Ahead) {'lag' if speech.past else 'liegt'} {speech.when} im Mittel bei {mean.text}.", mean)
    versus(speech, "price_mean", "Mittlerer Börsenpreis")
    if speech.question.against is None:
        _extremes(speech)
    speech.terms = ("Strompreis", "dynamischer Tarif")
    return None


def _extremes(speech: Speech) -> None:
    low, low_at = speech.fact("price_min", "Niedrigster Börsenpreis"), speech.fact("price_min_time", "Zeit des niedrigsten Börsenpreises")
    high, high_at = speech.fact("price_max", "Höchster Börsenpreis"), speech.fact("price_max_time", "Zeit des höchsten Börsenpreises")
    speech.say(
        f"Am niedrigsten {_is(speech)} er am {low_at.text} mit {low.text}, am höchsten am {high_at.text} mit {high.text}.",
        low, low_at, high, high_at,
    )  # fmt: skip


def _is(speech: Speech) -> str:
    return "war" if speech.past else "ist"


def _cheapest(speech: Speech) -> None:
    lowest = speech.question.ask == "cheapest"
    value = speech.fact("price_min" if lowest else "price_max", "Börsenpreis")
    at = speech.fact("price_min_time" if lowest else "price_max_time", "Zeit dieses Börsenpreises")
    if value.value is None:
        return no_prices(speech, value)
    mean = speech.fact("price_mean", "Mittlerer Börsenpreis")
    word = "günstigsten" if lowest else "teuersten"
    means = "waren" if speech.past else "sind"
    text = f"Am {word} {_is(speech)} der Strom {speech.when} ab {at.text}, mit {value.text}; im Mittel {means} es {mean.text}."
    speech.say(text, at, value, mean)
    if (at.value or 0.0) >= speech.now:
        speech.say("Legen Sie, was warten kann, in diese Zeit." if lowest else "Vermeiden Sie diese Zeit, wo es geht.")
    speech.terms = ("dynamischer Tarif", "Strompreis")
    return None


def _negative(speech: Speech) -> None:
    found = speech.fact("negative", "Stunden mit negativem Börsenpreis")
    if found.value is None:
        return no_prices(speech, found)
    days = speech.fact("negative_days", "Tage mit negativem Börsenpreis")
    if found.value:
        on = f"an {days.text} {'Tag' if days.value == 1 else 'Tagen'}"
        speech.say(f"Der Börsenpreis {_is(speech)} {speech.when} für {found.text} negativ, {on}.", found, days)
    else:
        speech.say(f"Der Börsenpreis {_is(speech)} {speech.when} nie negativ.", found)
        speech.drop(days)
    versus(speech, "negative", "Stunden mit negativem Börsenpreis")
    low, at = speech.fact("price_min", "Niedrigster Börsenpreis"), speech.fact("price_min_time", "Zeit des niedrigsten Börsenpreises")
    speech.say(f"Am niedrigsten {_is(speech)} er am {at.text} mit {low.text}.", low, at)
    speech.terms = ("negative Preise", "Einspeisevergütung")
    return None


def _products(speech: Speech) -> None:
    base, peak = speech.fact("price_mean", "BASE"), speech.fact("price_peak", "PEAK")
    if base.value is None:
        return no_prices(speech, base)
    lies = "lag" if speech.past else "liegt"
    if peak.value is None:
        speech.say(f"BASE {lies} {speech.when} bei {base.text}; PEAK gibt es nur von Montag bis Freitag.", base)
    else:
        speech.say(f"BASE {lies} {speech.when} bei {base.text}, PEAK bei {peak.text}.", base, peak)
    speech.terms = ("Strompreis", "Börse")
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


SAYINGS: dict[Ask, Callable[[Speech], None]] = {
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
    "cost": _cost,
    "price": _price,
    "cheapest": _cheapest,
    "dearest": _cheapest,
    "negative": _negative,
    "products": _products,
    "quality": _quality,
    "co2": co2,
    "spread": spread,
    "window": stretch,
    "forecast": forecast,
}
