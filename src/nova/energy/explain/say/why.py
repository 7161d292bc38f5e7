"""A question for causes and a ledger in, German sentences out: measured and expected, the main cause, all others, one action."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from nova.energy.band import SATURDAY, WEEKDAY
from nova.energy.calendar import local_date
from nova.energy.expected import Column
from nova.energy.explain.attribute import CauseName
from nova.energy.explain.reasons import Reasons, column_of
from nova.energy.explain.say.answer import answer
from nova.energy.explain.say.compare import versus
from nova.energy.explain.say.cost import cost_of, cost_told
from nova.energy.explain.say.speech import Speech
from nova.energy.explain.words import ACTIONS, CAUSES, TERMS
from nova.energy.period import Period, describe, of_days
from nova.records import DataFact
from nova.series import DAY

_ALL_DAY = 20 * 60  # minutes
NO_CAUSES = frozenset({"quality", "count", "self_use", "autarky", "full_hours", "load_factor", "co2", "spread", "window", "forecast"})
WORTH = 0.5  # % of the difference from which on a cause is said
_WHAT: Mapping[Column, str] = {"consumption": "Verbrauch", "import": "Netzbezug", "production": "Erzeugung"}
_DAYS = {WEEKDAY: "ein Werktag", SATURDAY: "ein Samstag"}


def explain(speech: Speech) -> None:
    """Say why: of a meter's energy or cost, or of the market's price; what has no causes here is answered plainly."""
    ask = speech.question.ask
    if ask in ("price", "dearest", "cheapest", "products", "negative"):
        return _of_price(speech)
    if ask in NO_CAUSES or speech.question.top is not None:
        return answer(speech)
    if speech.meter.parts:
        answer(speech)
        return speech.say("Ursachen nenne ich nur für einen einzelnen Zähler.")
    column = _column(speech)
    found = speech.ledger.source.reasons(speech.meter.meter_id, column, speech.period)
    if found is None:
        energy = speech.of_meter("energy", _WHAT[column], column=column)
        if energy.value is None:
            return speech.refuse(f"Von {speech.meter.name} liegen {speech.when} keine Messwerte vor.", energy)
        speech.say(f"{_subject(column)} von {speech.meter.name} {speech.when} betrug {energy.text}.", energy)
        return speech.say("Um Ursachen zu nennen, reichen die Messwerte davor nicht; es braucht mehrere Wochen.")
    if ask == "peak":
        _peak(speech, column)
    if ask == "cost" and speech.ledger.source.costs(found, speech.period, speech.meter.meter_id) is not None:
        return _of_cost(speech, found, column)
    return _of_energy(speech, found, column)


def _column(speech: Speech) -> Column:
    """What is asked about: production, or what the meter takes from the grid where it knew a production in the four weeks before."""
    if speech.question.ask in ("production", "feed_in") or speech.meter.kind == "pv":
        return "production"
    return column_of(speech.ledger.source.readings(speech.meter.meter_id, speech.period.start - 28 * DAY, speech.period.end))


def _subject(column: Column) -> str:
    return {"consumption": "Der Verbrauch", "import": "Der Netzbezug", "production": "Die Erzeugung"}[column]


def _of_energy(speech: Speech, found: Reasons, column: Column) -> None:
    column_args: dict[str, Any] = {"column": column}
    energy = speech.of_meter("energy", _WHAT[column], **column_args)
    expected = speech.of_meter("expected", "Erwartung", **column_args)
    low, high = (
        speech.of_meter("expected_low", "Untere Grenze", **column_args),
        speech.of_meter("expected_high", "Obere Grenze", **column_args),
    )
    told = energy.text if energy.value is not None else "nichts Messbares"
    speech.say(
        f"{_subject(column)} von {speech.meter.name} {speech.when} betrug {told}; zu erwarten waren {expected.text} "
        f"(üblich sind {low.text} bis {high.text}).",
        energy, expected, low, high,
    )  # fmt: skip
    excess = found.attribution.excess
    sign = 1 if excess >= 0 else -1
    more = speech.of_meter("excess", "Abweichung von der Erwartung", **column_args, **_signed(sign))
    inside = abs(excess) <= found.spread
    word = "mehr" if sign > 0 else "weniger"
    speech.say(f"Das sind {more.text} {word} als erwartet{', aber noch im üblichen Rahmen' if inside else ''}.", more)
    main = found.attribution.main
    names = [cause.name for cause in found.attribution.causes]
    if main is None:
        speech.say("Eine einzelne Ursache ist nicht zu erkennen; es sind viele kleine Schwankungen.")
        speech.terms = TERMS["scatter"]
        return
    _say_main(speech, found, main.name, column)
    _say_others(speech, [name for name in names if name != main.name], ("cause", "cause_share"), sign, column_args)
    versus(speech, "energy", _WHAT[column], column=column)
    speech.say(_action(main.name, sign, found, inside))
    speech.terms = TERMS[main.name]
    speech.next_question = f"Wann war die Lastspitze von {speech.meter.name} {speech.when}?"


def _of_cost(speech: Speech, found: Reasons, column: Column) -> None:
    costs = speech.ledger.source.costs(found, speech.period, speech.meter.meter_id)
    if costs is None:
        return
    args: dict[str, Any] = {"column": column}
    paid, due = cost_of(speech), speech.of_meter("cost_expected", "Erwartete Kosten", **args)
    speech.say(f"{cost_told(speech, paid)}; zu erwarten waren {due.text}.", paid, due)
    excess = costs.actual - costs.expected
    sign = 1 if excess >= 0 else -1
    more = speech.of_meter("cost_excess", "Abweichung der Kosten", **args, **_signed(sign))
    speech.say(f"Das sind {more.text} {'mehr' if sign > 0 else 'weniger'} als erwartet.", more)
    parts = {**costs.causes, "price": costs.price}
    ranked = sorted((name for name in parts if name != "scatter" and parts[name] * excess > 0), key=lambda name: -abs(parts[name]))
    if not ranked:
        speech.say("Eine einzelne Ursache ist nicht zu erkennen; es sind viele kleine Schwankungen.")
        return
    main = ranked[0]
    _say_main_of_cost(speech, main, sign, args)
    rest = sorted((name for name in parts if name != main), key=lambda name: (name == "scatter", -abs(parts[name])))
    _say_others(speech, rest, ("cost_cause", "cost_share"), sign, args)
    speech.say(_action(main, sign, found))
    speech.terms = TERMS[main]
    speech.next_question = f"Wann war der Strompreis {speech.when} am niedrigsten?"


def _say_main_of_cost(speech: Speech, main: CauseName, sign: int, args: Mapping[str, Any]) -> None:
    amount, share = _amounts(speech, main, ("cost_cause", "cost_share"), sign, args)
    if main == "price":
        mean, usual = (
            speech.of_meter("price_paid", "Mittlerer Börsenpreis", **args),
            speech.of_meter("price_usual", "Üblicher Börsenpreis", **args),
        )
        speech.say(
            f"Hauptursache ist der Preis: Er lag im Mittel bei {mean.text} statt bei {usual.text}; das macht {amount.text} aus, "
            f"{share.text} der Abweichung.",
            mean, usual, amount, share,
        )  # fmt: skip
    else:
        verb = "sind" if main in ("fault", "hours") else "ist"
        speech.say(f"Hauptursache {verb} {CAUSES[main]}: Das macht {amount.text} aus, {share.text} der Abweichung.", amount, share)


def _signed(sign: int) -> dict[str, Any]:
    """What turns "-3 kWh more" into "3 kWh less"."""
    return {} if sign > 0 else {"sign": -1}


def _amounts(speech: Speech, name: CauseName, tools: tuple[str, str], sign: int, args: Mapping[str, Any]) -> tuple[DataFact, DataFact]:
    """What a cause adds to the difference, and its share."""
    amount = speech.of_meter(tools[0], f"Anteil an der Abweichung ({CAUSES[name]})", **args, cause=name, **_signed(sign))
    return amount, speech.of_meter(tools[1], f"Anteil an der Abweichung ({CAUSES[name]})", **args, cause=name)


def _say_main(speech: Speech, found: Reasons, name: CauseName, column: Column) -> None:
    sign = 1 if found.attribution.excess >= 0 else -1
    args: dict[str, Any] = {"column": column}
    amount, share = _amounts(speech, name, ("cause", "cause_share"), sign, args)
    detail, facts = _detail(speech, found, name, column)
    speech.say(
        f"Hauptursache {'sind' if name == 'fault' else 'ist'} {detail}: Das macht {amount.text} aus, {share.text} der Abweichung.",
        *facts,
        amount,
        share,
    )


Detail = tuple[str, Sequence[DataFact]]


def _detail(speech: Speech, found: Reasons, name: CauseName, column: Column) -> Detail:
    """A cause in words, with what is known of when and how much."""
    detail = _DETAILS.get(name)
    return (CAUSES[name], ()) if detail is None else detail(speech, found, {"column": column, "cause": name})


def _edges(speech: Speech, tool: str, of: str, args: Mapping[str, Any]) -> list[DataFact]:
    """When a cause begins and ends."""
    return [speech.of_meter(tool, f"{word} {of}", **args, edge=edge) for word, edge in (("Beginn", "start"), ("Ende", "end"))]


def _fault(speech: Speech, _found: Reasons, args: Mapping[str, Any]) -> Detail:
    start, end = _edges(speech, "cause_edge", "der Auffälligkeit", args)
    return f"{CAUSES['fault']} vom {start.text}, bis zum {end.text}; sie sind nicht glaubhaft", (start, end)


def _event(speech: Speech, _found: Reasons, args: Mapping[str, Any]) -> Detail:
    start, end = _edges(speech, "cause_edge", "der Auffälligkeit", args)
    size = speech.of_meter("cause_size", "Leistung über dem Üblichen", **args)
    return f"{CAUSES['event']} vom {start.text}, bis zum {end.text}, mit bis zu {size.text} über dem Üblichen", (start, end, size)


def _base(speech: Speech, found: Reasons, args: Mapping[str, Any]) -> Detail:
    start = speech.of_meter("cause_edge", "Beginn der Verschiebung", **args, edge="start")
    up = any(cause.name == "base" and cause.detail > 0 for cause in found.attribution.causes)
    size = speech.of_meter("cause_size", "Verschiebung der Grundlast", **args, **_signed(1 if up else -1))
    return f"eine Grundlast, die ab dem {start.text}, um {size.text} {'höher' if up else 'niedriger'} liegt", (start, size)


def _hours(speech: Speech, found: Reasons, args: Mapping[str, Any]) -> Detail:
    first, last = _edges(speech, "cause_clock", "der auffälligen Stunden", args)
    word = "mehr" if found.attribution.excess > 0 else "weniger"
    if (last.value or 0.0) - (first.value or 0.0) >= _ALL_DAY:
        return f"{word} Verbrauch als üblich, über den ganzen Tag verteilt", ()
    return f"{word} Verbrauch als üblich in einzelnen Stunden, vor allem von {first.text} bis {last.text}", (first, last)


def _weather(speech: Speech, found: Reasons, args: Mapping[str, Any]) -> Detail:
    if found.temperature is None:
        return CAUSES["weather"], ()
    now = speech.of_meter("temperature", "Mittlere Temperatur", column=args["column"])
    before = speech.of_meter("usual_temperature", "Mittlere Temperatur davor", column=args["column"])
    return f"das Wetter mit im Mittel {now.text} statt {before.text} in den Wochen davor", (now, before)


def _pv(_speech: Speech, found: Reasons, _args: Mapping[str, Any]) -> Detail:
    return "die eigene Anlage, die weit weniger erzeugte, als die Sonne zuließ" if found.outage else CAUSES["pv"], ()


def _day(_speech: Speech, found: Reasons, _args: Mapping[str, Any]) -> Detail:
    kind = next((int(cause.detail) for cause in found.attribution.causes if cause.name == "day"), -1)
    return f"ein Tag, der wie {_DAYS.get(kind, 'ein Sonn- oder Feiertag')} verlief", ()


_DETAILS: Mapping[CauseName, Callable[[Speech, Reasons, Mapping[str, Any]], Detail]] = {
    "fault": _fault,
    "event": _event,
    "base": _base,
    "hours": _hours,
    "weather": _weather,
    "pv": _pv,
    "day": _day,
}


def _say_others(speech: Speech, names: Sequence[CauseName], tools: tuple[str, str], sign: int, args: Mapping[str, Any]) -> None:
    """All other causes in one sentence; what is below half a percent stays unsaid."""
    told, facts = [], []
    for name in names:
        amount, share = _amounts(speech, name, tools, sign, args)
        if share.value is not None and abs(share.value) >= WORTH:
            told.append(f"{CAUSES[name]} {amount.text} ({share.text})")
            facts += [amount, share]
    if told:
        speech.say(f"Dazu kommen: {'; '.join(told)}.", *facts)


def _action(name: CauseName, sign: int, found: Reasons, usual: bool = False) -> str:
    """What to do about a cause; nothing where all is as usual and the data are sound."""
    if name == "pv" and not found.outage:
        return "Vergleichen Sie die Erzeugung mit der Einstrahlung, bevor Sie die Anlage prüfen lassen."
    if name in ("gap", "fault", "pv"):
        return ACTIONS[name]
    if sign < 0:
        return "Zu tun ist nichts; prüfen Sie nur, ob das so gewollt war."
    return "Zu tun ist nichts." if usual else ACTIONS[name]


def _peak(speech: Speech, column: Column) -> None:
    top, at = speech.of_meter("peak", "Lastspitze", column=column), speech.of_meter("peak_time", "Zeit der Lastspitze", column=column)
    if top.value is not None:
        speech.say(f"Die Lastspitze von {speech.meter.name} {speech.when} betrug {top.text}; sie begann am {at.text}.", top, at)


def _of_price(speech: Speech) -> None:
    """The market's price against the four weeks before."""
    now = speech.fact("price_mean", "Mittlerer Börsenpreis")
    if now.value is None:
        return speech.refuse(f"Für die Börse liegen {speech.when} keine Preise vor.", now)
    first = local_date(speech.period.start)
    before = of_days(first - timedelta(days=28), first - timedelta(days=1))
    then = speech.fact("price_mean", "Mittlerer Börsenpreis", before)
    if then.value is None:
        speech.say(f"Der Börsenpreis lag {speech.when} im Mittel bei {now.text}; zum Vergleich fehlen die Wochen davor.", now)
    else:
        speech.say(f"Der Börsenpreis lag {speech.when} im Mittel bei {now.text}, {describe(before)} bei {then.text}.", now, then)
    _residual(speech, before)
    high, at = speech.fact("price_max", "Höchster Börsenpreis"), speech.fact("price_max_time", "Zeit des höchsten Börsenpreises")
    speech.say(f"Am höchsten war er am {at.text} mit {high.text}.", high, at)
    speech.terms = TERMS["price"]
    return None


def _residual(speech: Speech, before: Period) -> None:
    """What wind and sun left of the load, which moves the price most, where it is kept."""
    args = {"signal": "residual_load_mw", "place": "DE-LU"}
    now, then = (speech.fact("signal_mean", "Mittlere Residuallast", over, **args) for over in (speech.period, before))
    if now.value is None or then.value is None:
        return speech.drop(now, then)
    word = "mehr" if now.value > then.value else "weniger"
    return speech.say(f"Wind und Sonne ließen {word} Last übrig als davor, im Mittel {now.text} statt {then.text}.", now, then)
