"""What the models expect of a meter and of prices, in German."""

from nova.energy.explain.say.speech import Speech
from nova.records import DataFact


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
