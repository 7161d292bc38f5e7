"""A question and a ledger in, German sentences out, each with the facts whose numbers it says; no number else."""

from collections.abc import Callable, Mapping

from nova.energy.explain.parse.lexis import PRODUCES, Ask
from nova.energy.explain.say import market, meter
from nova.energy.explain.say.expected import forecast
from nova.energy.explain.say.ranking import top
from nova.energy.explain.say.speech import Speech
from nova.records import DataSentence

ONE_METER = frozenset({"self_use", "autarky", "full_hours"})  # what the sum of several meters does not have
SAYINGS: Mapping[Ask, Callable[[Speech], None]] = {**meter.SAYINGS, **market.SAYINGS, "forecast": forecast}

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
