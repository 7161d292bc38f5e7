"""A question and a ledger in, German sentences out, each with the facts whose numbers it says; no number else."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from nova.energy.explain.facts import Ledger
from nova.energy.explain.lexis import Ask
from nova.energy.explain.period import Period, describe, iso
from nova.energy.explain.question import Question
from nova.energy.explain.source import Meter
from nova.records import DataFact, DataSentence

MUCH_UNKNOWN = 1.0  # % of a window from which on it is said


@dataclass(slots=True)
class Speech:
    """The sentences of one answer as they come about."""

    ledger: Ledger
    question: Question
    now: int
    sentences: list[DataSentence] = field(default_factory=list)
    terms: tuple[str, ...] = ()
    next_question: str | None = None
    refused: bool = False

    @property
    def period(self) -> Period:
        """The period asked for."""
        return self.question.period

    @property
    def when(self) -> str:
        """Its name."""
        return describe(self.question.period)

    @property
    def meter(self) -> Meter:
        """The meter asked for; LookupError for a question about the market."""
        if self.question.meter is None:
            raise LookupError("no meter")
        return self.question.meter

    def fact(self, tool: str, what: str, period: Period | None = None, **args: Any) -> DataFact:
        """A number of the market, called "`what` `period`"."""
        over = period or self.period
        return self.ledger.fact(tool, f"{what} {describe(over)}", over, **args)

    def of_meter(self, tool: str, what: str, period: Period | None = None, **args: Any) -> DataFact:
        """A number of the meter, called "`what` von `meter` `period`"."""
        over = period or self.period
        return self.ledger.fact(tool, f"{what} von {self.meter.name} {describe(over)}", over, meter=self.meter.meter_id, **args)

    def say(self, text: str, *facts: DataFact) -> None:
        """A sentence and the facts it rests on."""
        self.sentences.append(DataSentence(text, tuple(fact.fact_id for fact in facts)))

    def refuse(self, text: str, *facts: DataFact, ask: str | None = None) -> None:
        """There is no number to say."""
        self.refused = True
        self.sentences = []
        self.say(text, *facts)
        self.next_question = ask


def answer(speech: Speech) -> None:
    """Say what a question that asks for no causes asks for."""
    SAYINGS[speech.question.ask](speech)


def _no_readings(speech: Speech, fact: DataFact) -> None:
    speech.refuse(
        f"Für {speech.meter.name} liegen {speech.when} keine Messwerte vor.",
        fact,
        ask=f"Welche Messwerte fehlen bei {speech.meter.name} in diesem Monat?",
    )


def _no_prices(speech: Speech, fact: DataFact) -> None:
    speech.refuse(f"Für die Börse liegen {speech.when} keine Preise vor.", fact, ask="Wie hoch war der Strompreis gestern?")


def _energy(speech: Speech) -> None:
    found = speech.of_meter("energy", "Verbrauch", column="consumption")
    if found.value is None:
        return _no_readings(speech, found)
    speech.say(f"Der Verbrauch von {speech.meter.name} {speech.when} betrug {found.text}.", found)
    _bought(speech)
    _against(speech, "consumption")
    _usual(speech)
    holes(speech)
    speech.next_question = f"Warum war der Verbrauch von {speech.meter.name} {speech.when} so hoch?"
    return None


def _bought(speech: Speech) -> None:
    """Where there is production of its own, what came from the grid."""
    made = speech.of_meter("energy", "Erzeugung", column="production")
    if made.value:
        bought = speech.of_meter("energy", "Netzbezug", column="import")
        speech.say(f"Davon kamen {bought.text} aus dem Netz.", bought)
    else:
        speech.ledger.kept.remove(made)


def _against(speech: Speech, column: str) -> None:
    other = speech.question.against
    if other is None:
        return
    window: dict[str, Any] = {"other_from": iso(other.start), "other_to": iso(other.end), "column": column}
    then = speech.of_meter("energy", "Vergleichswert", other, column=column)
    change = speech.of_meter("change", f"Veränderung gegenüber dem Zeitraum {describe(other)}", **window)
    share = speech.of_meter("change_share", f"Veränderung gegenüber dem Zeitraum {describe(other)}", **window)
    if then.value is None or change.value is None or share.value is None:
        speech.say(f"Zum Vergleich liegen {describe(other)} keine Messwerte vor.", then)
        return
    sign = 1 if change.value >= 0 else -1
    if sign < 0:
        change = speech.of_meter("change", f"Weniger als {describe(other)}", **window, sign=-1)
        share = speech.of_meter("change_share", f"Weniger als {describe(other)}", **window, sign=-1)
    word = "mehr" if sign > 0 else "weniger"
    speech.say(f"Das sind {change.text} ({share.text}) {word} als {describe(other)} mit {then.text}.", change, share, then)


def _usual(speech: Speech) -> None:
    """Where asked, how it lies to what was to be expected."""
    if not speech.question.usual:
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
        speech.ledger.kept.remove(share)


def _peak(speech: Speech) -> None:
    column = "consumption"
    top = speech.of_meter("peak", "Lastspitze", column=column)
    if top.value is None:
        return _no_readings(speech, top)
    at = speech.of_meter("peak_time", "Zeit der Lastspitze", column=column)
    speech.say(f"Die Lastspitze von {speech.meter.name} {speech.when} betrug {top.text}; sie begann am {at.text}.", top, at)
    mean = speech.of_meter("mean", "Mittlere Leistung", column=column)
    speech.say(f"Im Mittel waren es {mean.text}.", mean)
    holes(speech)
    speech.terms = ("Lastspitze", "Leistungspreis", "Netzentgelt")
    speech.next_question = f"Warum war der Verbrauch von {speech.meter.name} {speech.when} so hoch?"
    return None


def _one(tool: str, what: str, words: str, terms: tuple[str, ...], missing: str) -> Callable[[Speech], None]:
    """A saying of one number; `words` has places for the meter, the period and the number."""

    def say(speech: Speech) -> None:
        found = speech.of_meter(tool, what)
        if found.value is None:
            return speech.refuse(
                f"{missing} ({speech.meter.name} {speech.when}).",
                found,
                ask=f"Wie hoch war der Verbrauch von {speech.meter.name} {speech.when}?",
            )
        speech.say(words.format(name=speech.meter.name, when=speech.when, value=found.text), found)
        holes(speech)
        speech.terms = terms
        return None

    return say


def _production(speech: Speech) -> None:
    found = speech.of_meter("energy", "Erzeugung", column="production")
    if found.value is None:
        return _no_readings(speech, found)
    speech.say(f"Die Erzeugung von {speech.meter.name} {speech.when} betrug {found.text}.", found)
    _against(speech, "production")
    speech.terms = ("Einspeisung", "Einspeisevergütung")
    return None


def _cost(speech: Speech) -> None:
    spot = speech.of_meter("cost_spot", "Kosten zum Börsenpreis")
    fixed = speech.meter.fixed
    known = speech.of_meter("cost_fixed", "Kosten zum Festpreis", eur_kwh=fixed) if fixed is not None else None
    if spot.value is None and known is None:
        energy = speech.of_meter("energy", "Verbrauch", column="consumption")
        return _no_readings(speech, energy) if energy.value is None else _no_prices(speech, spot)
    if spot.value is not None:
        speech.say(
            f"Der Strom von {speech.meter.name} {speech.when} kostete zu Börsenpreisen {spot.text}, ohne Netzentgelt, Abgaben und Steuern.",
            spot,
        )
    if known is not None:
        speech.say(f"Zum vereinbarten Festpreis sind es {known.text}.", known)
    holes(speech)
    speech.terms = ("dynamischer Tarif", "Strompreis", "Grundversorgung")
    speech.next_question = f"Warum waren die Stromkosten von {speech.meter.name} {speech.when} so hoch?"
    return None


def _price(speech: Speech) -> None:
    if speech.question.now:
        at = speech.fact("price_now", "Börsenpreis jetzt", at=iso(speech.now))
        if at.value is not None:
            speech.say(f"Der Börsenpreis (Day-Ahead) liegt jetzt bei {at.text}.", at)
    mean = speech.fact("price_mean", "Mittlerer Börsenpreis")
    if mean.value is None:
        return _no_prices(speech, mean)
    speech.say(f"Der Börsenpreis (Day-Ahead) liegt {speech.when} im Mittel bei {mean.text}.", mean)
    _extremes(speech)
    speech.terms = ("Strompreis", "dynamischer Tarif")
    return None


def _extremes(speech: Speech) -> None:
    low, low_at = speech.fact("price_min", "Niedrigster Börsenpreis"), speech.fact("price_min_time", "Zeit des niedrigsten Börsenpreises")
    high, high_at = speech.fact("price_max", "Höchster Börsenpreis"), speech.fact("price_max_time", "Zeit des höchsten Börsenpreises")
    speech.say(
        f"Am niedrigsten ist er am {low_at.text} mit {low.text}, am höchsten am {high_at.text} mit {high.text}.", low, low_at, high, high_at
    )


def _cheapest(speech: Speech) -> None:
    lowest = speech.question.ask == "cheapest"
    value = speech.fact("price_min" if lowest else "price_max", "Börsenpreis")
    at = speech.fact("price_min_time" if lowest else "price_max_time", "Zeit dieses Börsenpreises")
    if value.value is None:
        return _no_prices(speech, value)
    mean = speech.fact("price_mean", "Mittlerer Börsenpreis")
    word = "günstigsten" if lowest else "teuersten"
    speech.say(f"Am {word} ist der Strom {speech.when} ab {at.text}, mit {value.text}; im Mittel sind es {mean.text}.", at, value, mean)
    speech.say("Legen Sie, was warten kann, in diese Zeit." if lowest else "Vermeiden Sie diese Zeit, wo es geht.")
    speech.terms = ("dynamischer Tarif", "Strompreis")
    return None


def _negative(speech: Speech) -> None:
    found = speech.fact("negative", "Stunden mit negativem Börsenpreis")
    if found.value is None:
        return _no_prices(speech, found)
    speech.say(f"Der Börsenpreis ist {speech.when} für {found.text} negativ.", found)
    low, at = speech.fact("price_min", "Niedrigster Börsenpreis"), speech.fact("price_min_time", "Zeit des niedrigsten Börsenpreises")
    speech.say(f"Am niedrigsten ist er am {at.text} mit {low.text}.", low, at)
    speech.terms = ("negative Preise", "Einspeisevergütung")
    return None


def _products(speech: Speech) -> None:
    base, peak = speech.fact("price_mean", "BASE"), speech.fact("price_peak", "PEAK")
    if base.value is None:
        return _no_prices(speech, base)
    if peak.value is None:
        speech.say(f"BASE liegt {speech.when} bei {base.text}; PEAK gibt es nur von Montag bis Freitag.", base)
    else:
        speech.say(f"BASE liegt {speech.when} bei {base.text}, PEAK bei {peak.text}.", base, peak)
    speech.terms = ("Strompreis", "Börse")
    return None


def _quality(speech: Speech) -> None:
    hours, share = speech.of_meter("unknown", "Zeit ohne Messwerte"), speech.of_meter("unknown_share", "Anteil ohne Messwerte")
    put_in = speech.of_meter("substitutes", "Zeit mit Ersatzwerten")
    if not hours.value:
        speech.say(f"Die Messwerte von {speech.meter.name} {speech.when} sind lückenlos.", hours)
    else:
        speech.say(
            f"Bei {speech.meter.name} fehlen {speech.when} Messwerte für {hours.text}, das sind {share.text} der Zeit.", hours, share
        )
        speech.say("Lassen Sie die fehlenden Werte beim Messstellenbetreiber nachliefern.")
    if put_in.value:
        speech.say(f"Ersatzwerte stehen für {put_in.text}.", put_in)
    speech.terms = ("Ersatzwertbildung", "Messwerte")


SAYINGS: dict[Ask, Callable[[Speech], None]] = {
    "energy": _energy,
    "peak": _peak,
    "mean": _one(
        "mean", "Mittlere Leistung", "Die mittlere Leistung von {name} {when} betrug {value}.", ("Lastprofil",), "Es gibt keine Messwerte"
    ),
    "base": _one(
        "base",
        "Grundlast",
        "Die nächtliche Grundlast von {name} {when} betrug {value}.",
        ("Grundlast", "Energieeffizienz"),
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
        ("Lastprofil",),
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
        "{name} hat {when} {value} eingespeist.",
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
}
