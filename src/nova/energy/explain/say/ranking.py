"""The days, hours, weeks, months or meters of a period with most or least, in German."""

from collections.abc import Mapping
from typing import Any

from nova.energy.explain.parse.wishes import Top, Unit
from nova.energy.explain.say.missing import no_prices
from nova.energy.explain.say.speech import Speech
from nova.records import DataFact

_UNITS: Mapping[Unit, str] = {
    "quarter": "Viertelstunde", "hour": "Stunde", "day": "Tag", "week": "Woche", "month": "Monat", "meter": "Zähler",
}  # fmt: skip


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
