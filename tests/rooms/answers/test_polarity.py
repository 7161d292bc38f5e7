"""A claim must not turn its source around."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.answers.check.polarity import contradicts

DATA = "Netzbetreiber dürfen die Daten nicht verwenden."
BOILER = (
    "Eigentümer von Gebäuden dürfen ihre Heizkessel, die mit Gas beschickt werden und vor dem 1. Januar 1991 eingebaut worden sind, "
    "nicht mehr betreiben."
)
FEE = "Für den Wechsel des Messstellenbetreibers darf kein gesondertes Entgelt erhoben werden."


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Netzbetreiber dürfen die Daten verwenden.", DATA),
        ("Heizkessel von vor 1991 dürfen weiter betrieben werden.", BOILER),
        ("Für den Wechsel darf ein Entgelt erhoben werden.", FEE),
        ("Der Kunde muss zahlen.", "Der Kunde kann zahlen."),
        ("Der Netzbetreiber kann den Zähler austauschen.", "Der Netzbetreiber hat den Zähler auszutauschen."),
        ("Der Netzbetreiber darf nicht ablesen.", "Der Netzbetreiber darf ablesen."),
        ("Der Betrieb ist zulässig.", "Der Betrieb ist untersagt."),
    ],
)
def test_turned_around(claim: str, source: str) -> None:
    assert contradicts(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        (DATA, DATA),
        ("Heizkessel von vor 1991 dürfen nicht mehr betrieben werden.", BOILER),
        ("Der Wechsel ist kostenlos, es darf kein Entgelt erhoben werden.", FEE),
        ("Es dürfen höchstens 40 Euro berechnet werden.", "nicht mehr als 40 Euro brutto jährlich in Rechnung gestellt werden"),
        ("Das Verfahren darf höchstens drei Wochen dauern.", "Das Verfahren darf drei Wochen nicht überschreiten."),
        ("Betreiber müssen die Kunden drei Monate vorher informieren.", "Spätestens drei Monate vorher sind die Kunden zu informieren."),
    ],
)
def test_said_in_other_words(claim: str, source: str) -> None:
    assert not contradicts(claim, source)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_nothing_contradicts_itself(text: str) -> None:
    assert not contradicts(text, text)
