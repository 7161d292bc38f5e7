"""A question and a ledger in, German sentences out: comparisons, the first of many, hours at a stretch, what is expected, CO2."""

from collections.abc import Mapping
from typing import Any

from nova.energy.explain.parse.period import describe, iso
from nova.energy.explain.parse.wishes import USUAL_HOURS, Top, Unit
from nova.energy.explain.say.speech import Speech
from nova.energy.explain.tools import SHARES
from nova.records import DataFact

_UNITS: Mapping[Unit, str] = {
    "quarter": "Viertelstunde", "hour": "Stunde", "day": "Tag", "week": "Woche", "month": "Monat", "meter": "Zähler",
}  # fmt: skip

MUCH_UNKNOWN = 1.0  # % of a window from which on it is said


def no_prices(speech: Speech, fact: DataFact) -> None:
    """There are no prices of this window."""
    ahead = speech.period.end > speech.now
    text = f"Für die Börse liegen {speech.when} {'noch ' if ahead else ''}keine Preise vor."
    speech.refuse(text, fact, ask="Wie hoch war der Strompreis gestern?")


def versus(speech: Speech, tool: str, what: str, **args: Any) -> None:
    """Hold the number against another period or meter, where the question does. Windows of other hours or days compare mean powers."""
    asked = speech.question
    other, rival = asked.against, asked.rival
    if other is None and rival is None:
        return None
    if other is not None and (other.hours, other.days) != (speech.period.hours, speech.period.days) and tool == "energy":
        tool, what = "mean", "Mittlere Leistung"
        mean = speech.of_meter(tool, what, **args)
        speech.say(f"Im Mittel waren es {mean.text}.", mean)
    one_of_market = asked.meter is None
    put = speech.fact if one_of_market else speech.of_meter
    name = describe(other) if other is not None else rival.name if rival is not None else ""
    then = speech.of_meter(tool, what, meter=rival, **args) if rival is not None else put(tool, what, other, **args)
    held: dict[str, Any] = {"of": tool, **args, **_held(speech)}
    change = put("difference", f"{what}: Unterschied zu {name}", **held)
    if then.value is None or change.value is None:
        speech.drop(change)
        missing = f"von {name} {speech.when}" if rival is not None else name
        return speech.say(f"Zum Vergleich liegen {missing} keine Werte vor.", then)
    sign = 1 if change.value >= 0 else -1
    if sign < 0:
        speech.drop(change)
        change = put("difference", f"{what}: weniger als {name}", **held, sign=-1)
    held |= {} if sign > 0 else {"sign": -1}
    share = put("difference_share", f"{what}: Unterschied zu {name}", **held)
    facts = [change, then]
    if change.unit in SHARES and share.value is not None:
        facts.insert(1, share)
    else:
        speech.drop(share)
    told = change.text if len(facts) == 2 else f"{change.text} ({share.text})"
    if change.unit == "%":
        told = f"{change.text.removesuffix(' %')} Prozentpunkte"
    word = "mehr" if sign > 0 else "weniger"
    against = f"bei {name}" if rival is not None else name
    speech.say(f"{'Es' if asked.why else 'Das'} sind {told} {word} als {against} mit {then.text}.", *facts)
    return None if one_of_market else _other_holes(speech, against, args)


def _other_holes(speech: Speech, against: str, args: Mapping[str, Any]) -> None:
    """Say what is unknown of what the number is held against where that is much."""
    column = {"column": args["column"]} if "column" in args else {}
    share = speech.of_meter("unknown_share", "Unbekannter Anteil", speech.question.against, speech.question.rival, **column)
    if share.value is not None and share.value >= MUCH_UNKNOWN:
        speech.say(f"Zum Vergleich fehlen {against} {share.text} der Messwerte; der Unterschied gilt ohne sie.", share)
    else:
        speech.drop(share)


def _held(speech: Speech) -> dict[str, Any]:
    """What a query is held against."""
    other, rival = speech.question.against, speech.question.rival
    if rival is not None:
        return {"other_meters": list(rival.parts)} if rival.parts else {"other_meter": rival.meter_id}
    if other is None:
        return {}
    narrow: dict[str, Any] = {"other_hours": list(other.hours)} if other.hours is not None else {}
    if other.days:
        narrow["other_days"] = other.days
    return {"other_from": iso(other.start), "other_to": iso(other.end), **narrow}


def top(speech: Speech) -> None:
    """The units of the period with most or least, best first."""
    wanted = speech.question.top
    if wanted is None:
        return None
    if wanted.unit == "meter":
        return _top_meters(speech, wanted)
    market = speech.question.meter is None
    what = "price" if market else "production" if speech.question.ask == "production" else "consumption"
    put = speech.fact if market else speech.of_meter
    told: list[str] = []
    facts: list[DataFact] = []
    args: dict[str, Any] = {"ranked": what, "unit": wanted.unit, "least": wanted.least}
    subject = {"price": "Börsenpreis", "production": "Erzeugung", "consumption": "Verbrauch"}[what]
    for rank in range(wanted.count):
        value = put("top_value", f"{subject}, {_UNITS[wanted.unit]} an Stelle {rank + 1}", rank=rank, **args)
        at = put("top_time", f"{_UNITS[wanted.unit]} an Stelle {rank + 1}", rank=rank, **args)
        if value.value is None:
            if not told:
                return (
                    no_prices(speech, value)
                    if market
                    else speech.refuse(f"Von {speech.meter.name} liegen {speech.when} keine vollständigen Messwerte vor.", value)
                )
            speech.drop(value, at)
            break
        told.append(f"{_unit_text(wanted, at)} mit {value.text}")
        facts += [at, value]
    order = ("niedrigsten" if what != "consumption" else "geringsten") if wanted.least else "höchsten"
    of = "" if market else f" von {speech.meter.name}"
    verb = "waren" if speech.period.end <= speech.now else "sind"
    if market:
        start = f"An der Börse {verb} die Preise {speech.when} am {order}"
    else:
        start = f"Am {order} war {'die' if what == 'production' else 'der'} {subject}{of} {speech.when}"
    speech.say(f"{start} {'; '.join(told)}.", *facts)
    if wanted.unit == "day" and not (market or wanted.least or speech.meter.parts) and what == "consumption":
        speech.next_question = f"Warum war der Verbrauch von {speech.meter.name} am {facts[0].text} so hoch?"
    return None


def _unit_text(wanted: Top, at: DataFact) -> str:
    if wanted.unit == "month":
        return f"im {at.text}"
    return f"in der Woche ab dem {at.text}" if wanted.unit == "week" else f"am {at.text}" if wanted.unit == "day" else f"ab {at.text}"


def _top_meters(speech: Speech, wanted: Top) -> None:
    column = "production" if speech.question.ask == "production" else "consumption"
    facts = [speech.of_meter("energy", "Verbrauch" if column == "consumption" else "Erzeugung", meter=one, column=column)
             for one in speech.question.among]  # fmt: skip
    known = [(fact, one) for fact, one in zip(facts, speech.question.among, strict=True) if fact.value is not None]
    if not known:
        missing = "ist {} eine Erzeugung bekannt" if column == "production" else "liegen {} Messwerte vor"
        return speech.refuse(f"Von keinem Zähler {missing.format(speech.when)}.", *facts[:1])
    known.sort(key=lambda pair: (pair[0].value or 0.0) * (1 if wanted.least else -1))
    shown = known[: max(wanted.count, 3)]
    speech.drop(*(fact for fact in facts if fact not in [one for one, _ in shown]))
    verb = "erzeugt" if column == "production" else "verbraucht"
    word = "wenigsten" if wanted.least else "meisten"
    (first, meter), *rest = shown
    speech.say(f"Am {word} {verb} hat {speech.when} {meter.name} mit {first.text}.", first)
    if rest:
        speech.say(
            f"Danach {'kommt' if len(rest) == 1 else 'kommen'} {'; '.join(f'{one.name} mit {fact.text}' for fact, one in rest)}.",
            *(fact for fact, _ in rest),
        )
    silent = len(facts) - len(known)
    if silent:
        speech.say("Zähler ohne Messwerte in diesem Zeitraum sind nicht dabei.")
    if column == "consumption" and not wanted.least:
        speech.next_question = f"Warum war der Verbrauch von {meter.name} {speech.when} so hoch?"
    else:
        speech.next_question = f"Wie hoch war der Verbrauch von {meter.name} {speech.when}?"
    return None


def spread(speech: Speech) -> None:
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


def stretch(speech: Speech) -> None:
    """The cheapest hours at a stretch, by prices where they are known, else by their forecast."""
    hours = speech.question.hours or USUAL_HOURS
    args: dict[str, Any] = {"hours_long": hours}
    price = speech.fact("window_price", "Mittlerer Börsenpreis im günstigsten Zeitfenster", **args)
    by_forecast = price.value is None and speech.period.end > speech.now
    if by_forecast:
        speech.drop(price)
        args["forecast"] = True
        price = speech.fact("window_price", "Vorhergesagter Preis im günstigsten Zeitfenster", **args)
    if price.value is None:
        return no_prices(speech, price)
    start, end = speech.fact("window_start", "Beginn des Zeitfensters", **args), speech.fact("window_end", "Ende des Zeitfensters", **args)
    length = speech.fact("window_length", "Dauer", **args)
    how = "nach der Vorhersage " if by_forecast else ""
    verb = "war" if speech.past else "ist"
    speech.say(f"Am günstigsten {verb} der Strom {how}vom {start.text}, bis zum {end.text}, im Mittel mit {price.text}.", start, end, price)
    note = "" if speech.question.hours else "; nennen Sie eine andere, wenn es länger oder kürzer dauert"
    speech.say(f"Gerechnet ist mit einer Dauer von {length.text}{note}.", length)
    speech.terms = ("dynamischer Tarif", "Strompreis")
    return None


def forecast(speech: Speech) -> None:
    """What the models expect of a meter, of prices, or of both."""
    asked = speech.question
    said = False
    first: DataFact | None = None
    if asked.meter is not None and asked.ask != "price":
        first = speech.of_meter("forecast_energy", "Vorhersage des Verbrauchs")
        said = _expected_use(speech, first)
    if asked.meter is None or asked.ask == "forecast":
        price = _expected_price(speech)
        first, said = first or price, said or price.value is not None
    if not said and first is not None:
        of = (
            f"Für den Verbrauch von {asked.meter.name} liegt {speech.when} keine"
            if asked.meter
            else f"Für die Börse liegt {speech.when} weder Preis noch"
        )
        text = f"{of} Vorhersage vor"
        return speech.refuse(f"{text}; der Zeitraum liegt in der Zukunft.", first, ask="Wie hoch war der Strompreis gestern?")
    return None


def _expected_use(speech: Speech, energy: DataFact) -> bool:
    if energy.value is None:
        return False
    text = f"Für den Verbrauch von {speech.meter.name} {speech.when} werden {energy.text} erwartet; es ist eine Vorhersage, kein Messwert."
    speech.say(text, energy)
    if speech.meter.parts:
        return True
    top, at = (
        speech.of_meter("forecast_peak", "Vorhersage der Spitze"),
        speech.of_meter("forecast_peak_time", "Vorhergesagte Zeit der Spitze"),
    )
    speech.say(f"Am meisten wird ab {at.text} erwartet, mit {top.text}.", at, top)
    return True


def _expected_price(speech: Speech) -> DataFact:
    """Of day-ahead prices: what is published, else what is forecast."""
    known = speech.fact("price_mean", "Mittlerer Börsenpreis")
    if known.value is not None:
        speech.say(f"Der Börsenpreis (Day-Ahead) steht {speech.when} schon fest, im Mittel {known.text}.", known)
        return known
    speech.drop(known)
    mean = speech.fact("forecast_price", "Vorhersage des mittleren Börsenpreises")
    if mean.value is None:
        return mean
    low, low_at, high, high_at = (
        speech.fact(tool, what)
        for tool, what in (
            ("forecast_low", "Niedrigster vorhergesagter Preis"), ("forecast_low_time", "Zeit des niedrigsten vorhergesagten Preises"),
            ("forecast_high", "Höchster vorhergesagter Preis"), ("forecast_high_time", "Zeit des höchsten vorhergesagten Preises"),
        )
    )  # fmt: skip
    speech.say(f"Für die Börse werden {speech.when} im Mittel {mean.text} erwartet; es ist eine Vorhersage, kein Preis.", mean)
    speech.say(
        f"Am niedrigsten ab {low_at.text} mit {low.text}, am höchsten ab {high_at.text} mit {high.text}.", low, low_at, high, high_at
    )
    speech.terms = ("Strompreis", "dynamischer Tarif")
    return mean


def co2(speech: Speech) -> None:
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
