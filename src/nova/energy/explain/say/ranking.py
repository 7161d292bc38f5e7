"""The days, hours, weeks, months or meters of a period with most or least, in German."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from nova.energy.explain.parse.wishes import Top, Unit
from nova.energy.explain.say.missing import no_prices
from nova.energy.explain.say.speech import Speech
from nova.energy.source import Meter
from nova.records import DataFact

_UNITS: Mapping[Unit, str] = {
    "quarter": "Viertelstunde", "hour": "Stunde", "day": "Tag", "week": "Woche", "month": "Monat", "meter": "Zähler",
}  # fmt: skip
_WITHIN: Mapping[Unit, str] = {"quarter": "ab {}", "hour": "ab {}", "day": "am {}", "week": "in der Woche ab dem {}", "month": "im {}"}


@dataclass(frozen=True, slots=True)
class _Measure:
    """What days, hours or meters are ranked by. `sentence` is how the answer begins; `verb` says what a meter has done."""

    name: str
    subject: str
    lowest: str
    sentence: str
    verb: str = ""
    missing: str = ""

    def begins(self, speech: Speech, wanted: Top) -> str:
        """How the answer begins."""
        order, verb = self.lowest if wanted.least else "höchsten", "waren" if speech.past else "sind"
        meter = speech.question.meter
        return self.sentence.format(order=order, name="" if meter is None else meter.name, when=speech.when, verb=verb)


_PRICE = _Measure("price", "Börsenpreis", "niedrigsten", "An der Börse {verb} die Preise {when} am {order}")
_PRODUCTION = _Measure(
    "production",
    "Erzeugung",
    "niedrigsten",
    "Am {order} war die Erzeugung von {name} {when}",
    "erzeugt",
    "Von keinem Zähler ist {when} eine Erzeugung bekannt.",
)
_CONSUMPTION = _Measure(
    "consumption",
    "Verbrauch",
    "geringsten",
    "Am {order} war der Verbrauch von {name} {when}",
    "verbraucht",
    "Von keinem Zähler liegen {when} Messwerte vor.",
)


def top(speech: Speech) -> None:
    """The units of the period with most or least, best first."""
    wanted = speech.question.top
    if wanted is None:
        return
    if wanted.unit == "meter":
        _top_meters(speech, wanted)
        return
    measure = _PRICE if speech.question.meter is None else _of_meter(speech)
    best = _best(speech, wanted, measure)
    if not best:
        return
    start = measure.begins(speech, wanted)
    units = [f"{_WITHIN[wanted.unit].format(at.text)} mit {value.text}" for at, value in best]
    speech.say(f"{start} {'; '.join(units)}.", *chain.from_iterable(best))
    if (wanted.unit, wanted.least, measure) == ("day", False, _CONSUMPTION) and not speech.meter.parts:
        speech.next_question = f"Warum war der Verbrauch von {speech.meter.name} am {best[0][0].text} so hoch?"


def _of_meter(speech: Speech) -> _Measure:
    return _PRODUCTION if speech.question.ask == "production" else _CONSUMPTION


def _best(speech: Speech, wanted: Top, measure: _Measure) -> list[tuple[DataFact, DataFact]]:
    """When each of the best units is and what it holds, fewer where fewer are known; refused where none is."""
    args: dict[str, Any] = {"ranked": measure.name, "unit": wanted.unit, "least": wanted.least}
    unit, found = _UNITS[wanted.unit], list[tuple[DataFact, DataFact]]()
    for rank in range(wanted.count):
        value = speech.number("top_value", f"{measure.subject}, {unit} an Stelle {rank + 1}", rank=rank, **args)
        at = speech.number("top_time", f"{unit} an Stelle {rank + 1}", rank=rank, **args)
        if value.value is not None:
            found.append((at, value))
            continue
        if found:
            speech.drop(value, at)
        elif measure is _PRICE:
            no_prices(speech, value)
        else:
            speech.refuse(f"Von {speech.meter.name} liegen {speech.when} keine vollständigen Messwerte vor.", value)
        break
    return found


def _top_meters(speech: Speech, wanted: Top) -> None:
    measure, among = _of_meter(speech), speech.question.among
    facts = [speech.of_meter("energy", measure.subject, meter=one, column=measure.name) for one in among]
    known = [(fact, one) for fact, one in zip(facts, among, strict=True) if fact.value is not None]
    if not known:
        speech.refuse(measure.missing.format(when=speech.when), *facts[:1])
        return
    known.sort(key=lambda pair: (pair[0].value or 0.0) * (1 if wanted.least else -1))
    (first, meter), *rest = shown = known[: max(wanted.count, 3)]
    told = {fact.fact_id for fact, _ in shown}
    speech.drop(*(fact for fact in facts if fact.fact_id not in told))
    speech.say(f"Am {'wenigsten' if wanted.least else 'meisten'} {measure.verb} hat {speech.when} {meter.name} mit {first.text}.", first)
    _say_next(speech, rest)
    if len(known) < len(facts):
        speech.say("Zähler ohne Messwerte in diesem Zeitraum sind nicht dabei.")
    high = measure is _CONSUMPTION and not wanted.least
    asks = "Warum war der Verbrauch von {} {} so hoch?" if high else "Wie hoch war der Verbrauch von {} {}?"
    speech.next_question = asks.format(meter.name, speech.when)


def _say_next(speech: Speech, rest: Sequence[tuple[DataFact, Meter]]) -> None:
    """The meters behind the first."""
    if rest:
        names = "; ".join(f"{meter.name} mit {fact.text}" for fact, meter in rest)
        speech.say(f"Danach {'kommt' if len(rest) == 1 else 'kommen'} {names}.", *(fact for fact, _ in rest))
