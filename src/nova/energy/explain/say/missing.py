"""What is not known, said in German: no readings, no production, no prices, and how much of a window is unknown."""

from nova.energy.explain.say.speech import Speech
from nova.records import DataFact

MUCH_UNKNOWN = 1.0  # % of a window from which on it is said


def no_readings(speech: Speech, fact: DataFact) -> None:
    """There are no readings of this window, or not of all meters."""
    if speech.meter.parts:
        text = f"Nicht von allen dieser Zähler liegen {speech.when} Messwerte vor; eine Summe wäre deshalb falsch."
        return speech.refuse(text, fact, ask=f"Welcher Zähler hat {speech.when} am meisten verbraucht?")
    return speech.refuse(
        f"Von {speech.meter.name} liegen {speech.when} keine Messwerte vor.",
        fact,
        ask=f"Welche Messwerte fehlen bei {speech.meter.name} in diesem Monat?",
    )


def no_production(speech: Speech, fact: DataFact) -> None:
    """No production is known of this window, or not of all meters."""
    text = f"Von {speech.meter.name} ist {speech.when} keine Erzeugung bekannt."
    if speech.meter.parts:
        text = f"Nicht von allen dieser Zähler ist {speech.when} eine Erzeugung bekannt; eine Summe wäre deshalb falsch."
    speech.refuse(text, fact, ask=f"Wie hoch war der Verbrauch von {speech.meter.name} {speech.when}?")


def no_prices(speech: Speech, fact: DataFact) -> None:
    """There are no prices of this window."""
    ahead = speech.period.end > speech.now
    text = f"Für die Börse liegen {speech.when} {'noch ' if ahead else ''}keine Preise vor."
    speech.refuse(text, fact, ask="Wie hoch war der Strompreis gestern?")


def holes(speech: Speech) -> None:
    """Say what is unknown of the window where that is much."""
    share = speech.of_meter("unknown_share", "Unbekannter Anteil")
    if share.value is not None and share.value >= MUCH_UNKNOWN:
        hours = speech.of_meter("unknown", "Zeit ohne Messwerte")
        speech.say(f"Für {hours.text} davon ({share.text}) fehlen Messwerte; die Angabe gilt ohne sie.", hours, share)
    else:
        speech.drop(share)
