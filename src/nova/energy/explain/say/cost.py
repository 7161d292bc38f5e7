"""What a meter's electricity cost, in German, with what is in the sum: by its tariff, else at the exchange's prices."""

from nova.energy.explain.say.speech import Speech
from nova.energy.tariff import Terms
from nova.records import DataFact

_SEVERAL = "nach den hinterlegten Tarifen, wo keiner hinterlegt ist zu Börsenpreisen"


def _terms(speech: Speech) -> list[Terms]:
    """What is paid for the meter, or for each of several."""
    names = speech.meter.parts or (speech.meter.meter_id,)
    return [speech.ledger.source.terms(one) for one in names]


def cost_of(speech: Speech) -> DataFact:
    """The cost by the tariff in force; where none is known at the exchange's prices."""
    if not any(one.known for one in _terms(speech)):
        return speech.of_meter("cost_spot", "Kosten zum Börsenpreis")
    return speech.of_meter("cost_paid", "Kosten")


def cost_told(speech: Speech, paid: DataFact) -> str:
    """As "Der Strom von Haus am 22.11.2026 kostete 3,41 EUR (Arbeitspreis und Grundpreis, brutto)", without its full stop."""
    begin = f"Der Strom von {speech.meter.name} {speech.when} kostete"
    if paid.query["tool"] == "cost_spot":
        return f"{begin} zu Börsenpreisen {paid.text}, ohne Netzentgelt, Abgaben und Steuern"
    holds = {one.holds for one in _terms(speech)}
    return f"{begin} {paid.text} ({holds.pop() if len(holds) == 1 else _SEVERAL})"
