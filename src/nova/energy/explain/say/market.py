"""What the prices of the exchange say, in German: means, extremes, hours at a stretch, negative prices, spreads."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from nova.energy.cheapest import USUAL_HOURS, left
from nova.energy.explain.parse.lexis import Ask
from nova.energy.explain.say.compare import versus
from nova.energy.explain.say.expected import forecast
from nova.energy.explain.say.missing import no_prices
from nova.energy.explain.say.speech import Speech
from nova.energy.period import Period, describe, iso
from nova.records import DataFact
from nova.series import HOUR


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
    one_hour = speech.period.seconds <= HOUR
    lies, by = "lag" if speech.past else "liegt", "bei" if one_hour else "im Mittel bei"
    speech.say(f"Der Börsenpreis (Day-Ahead) {lies} {speech.when} {by} {mean.text}.", mean)
    versus(speech, "price_mean", "Mittlerer Börsenpreis")
    if speech.question.against is None and not one_hour:
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


def _spread(speech: Speech) -> None:
    """Highest less lowest price."""
    found = speech.fact("spread", "Tagesspanne der Börsenpreise")
    if found.value is None:
        return no_prices(speech, found)
    low, low_at = speech.fact("price_min", "Niedrigster Börsenpreis"), speech.fact("price_min_time", "Zeit des niedrigsten Börsenpreises")
    high, high_at = speech.fact("price_max", "Höchster Börsenpreis"), speech.fact("price_max_time", "Zeit des höchsten Börsenpreises")
    lie = "lagen" if speech.past else "liegen"
    if speech.period.seconds <= 90_000:
        speech.say(f"Zwischen höchstem und niedrigstem Börsenpreis {lie} {speech.when} {found.text}.", found)
    else:
        speech.say(f"Zwischen höchstem und niedrigstem Börsenpreis eines Tages {lie} {speech.when} im Mittel {found.text}.", found)
    was = "war" if speech.past else "ist"
    speech.say(f"Am niedrigsten {was} er am {low_at.text} mit {low.text}, am höchsten am {high_at.text} mit {high.text}.",
               low, low_at, high, high_at)  # fmt: skip
    speech.terms = ("Strompreis", "dynamischer Tarif")
    return None


def _hours(speech: Speech) -> None:
    """The cheapest or dearest hours at a stretch of what is left of the period, by prices where they are known, else by their forecast."""
    over = replace(speech.period, start=left(speech.period.start, speech.period.end, speech.now)[0])
    lowest = speech.question.ask != "dearest"
    args: dict[str, Any] = {"hours_long": speech.question.hours or USUAL_HOURS} | ({} if lowest else {"dearest": True})
    label = f"Mittlerer Börsenpreis im {'günstigsten' if lowest else 'teuersten'} Zeitfenster"
    price = speech.fact("window_price", label, over, **args)
    if price.value is None and speech.period.end > speech.now:
        speech.drop(price)
        args["forecast"] = True
        price = speech.fact("window_price", f"{label} nach der Vorhersage", over, **args)
    if price.value is None:
        return _too_late(speech, over, price)
    if speech.question.ask != "window" and not speech.question.hours and "forecast" not in args:
        _tell_extreme(speech, over, lowest=lowest)
    return _tell_hours(speech, over, price, args)


def _tell_extreme(speech: Speech, over: Period, *, lowest: bool) -> None:
    """When the price alone is lowest or highest, and what it is then."""
    tool, label = ("price_min", "Niedrigster Börsenpreis") if lowest else ("price_max", "Höchster Börsenpreis")
    value, at = speech.fact(tool, label, over), speech.fact(f"{tool}_time", f"Zeit: {label}", over)
    speech.say(f"Der {'niedrigste' if lowest else 'höchste'} Preis {_is(speech)} {value.text}, am {at.text}.", value, at)


def _tell_hours(speech: Speech, over: Period, price: DataFact, args: Mapping[str, Any]) -> None:
    """When they are, how long, and what to do about it."""
    start, end, length = (
        speech.fact(tool, label, over, **args)
        for tool, label in (
            ("window_start", "Beginn des Zeitfensters"), ("window_end", "Ende des Zeitfensters"), ("window_length", "Dauer"),
        )
    )  # fmt: skip
    how, lowest = "nach der Vorhersage " if "forecast" in args else "", "dearest" not in args
    begin = f"Am {'günstigsten' if lowest else 'teuersten'} {_is(speech)} der Strom am Stück"
    speech.say(f"{begin} {how}vom {start.text}, bis zum {end.text}, im Mittel mit {price.text}.", start, end, price)
    note = "" if speech.question.hours else "; nennen Sie eine andere, wenn es länger oder kürzer dauert"
    speech.say(f"Gerechnet ist mit einer Dauer von {length.text}{note}.", length)
    if (start.value or 0.0) >= speech.now:
        speech.say("Legen Sie, was warten kann, in diese Zeit." if lowest else "Vermeiden Sie diese Zeit, wo es geht.", start)
    speech.terms = ("dynamischer Tarif", "Strompreis")


def _too_late(speech: Speech, over: Period, price: DataFact) -> None:
    """There are no prices, or too little of the period is left."""
    known = speech.fact("price_mean", "Mittlerer Börsenpreis", over)
    if known.value is None:
        return no_prices(speech, price)
    text = f"So viele Stunden am Stück sind {describe(over)} nicht mehr übrig oder nicht alle mit Preis bekannt."
    return speech.refuse(text, ask="Wann ist der Strom morgen am günstigsten?")


def _included(speech: Speech) -> None:
    """What the prices and costs that were told do not hold."""
    mean = speech.fact("price_mean", "Mittlerer Börsenpreis")
    if mean.value is None:
        return no_prices(speech, mean)
    speech.say(f"Nein: Börsenpreise ({speech.when} im Mittel {mean.text}) sind ohne Netzentgelt, Abgaben und Steuern.", mean)
    speech.say("In einem Festpreis sind sie meist enthalten; was Ihrer enthält, steht in Ihrem Vertrag.")
    return None


SAYINGS: Mapping[Ask, Callable[[Speech], None]] = {
    "price": _price,
    "cheapest": _hours,
    "dearest": _hours,
    "negative": _negative,
    "products": _products,
    "spread": _spread,
    "window": _hours,
    "included": _included,
}
