import polars as pl
import pytest

from benchmarks.seeding_pairs import generated, measured
from nova.errors import InvalidInput
from nova.seeding.steps.fuzzy import Fuzzy
from nova.seeding.steps.semantic import Semantic

SAME = [
    (
        "Die Rechnung 4711 über 120,00 € wurde am 01.03.2026 bezahlt.",
        "Am 1. März 2026 ist die Zahlung von 120 EUR für die Rechnung 4711 eingegangen.",
    ),
    ("Kunde 5512 bittet um Rückruf am 03.04.2026.", "Bitte Kunde 5512 am 3. April 2026 zurückrufen."),
    ("Der Zähler 1EMH00123456 wurde am 02.02.2026 ausgetauscht.", "Austausch des Zählers 1EMH00123456 erfolgte am 02.02.2026."),
    ("Der Abschlag wird ab 01.05.2026 auf 95 € erhöht.", "Ab dem 1. Mai 2026 steigt Ihr Abschlag auf 95,00 EUR."),
    ("Frau Meier hat sich beschwert, dass die Rechnung fehlt.", "Beschwerde von Frau Meier: die Rechnung fehlt."),
    ("Die Heizung im Keller ist kaputt.", "Im Keller ist die Heizung defekt."),
]
OTHER = [
    ("Die Rechnung 4711 über 120,00 € wurde am 01.03.2026 bezahlt.", "Am 1. März 2026 wurde die Rechnung 4711 über 120 EUR storniert."),
    ("Der Abschlag wird ab 01.05.2026 auf 95 € erhöht.", "Ab dem 1. Mai 2026 sinkt Ihr Abschlag auf 95,00 EUR."),
    ("Zähler 777123 im Keller, Stand 500 kWh", "Zähler 777123 im Garten, Stand 500 kWh"),
    ("Herr Müller, Vertrag 55123, zahlt 50 €", "Frau Müller, Vertrag 55123, zahlt 50 €"),
    ("Der Zähler 123 wurde durch den Zähler 456 ersetzt", "Der Zähler 456 wurde durch den Zähler 123 ersetzt"),
    ("Verbrauch alt 500 kWh, neu 700 kWh", "Verbrauch alt 700 kWh, neu 500 kWh"),
    ("Umzug von Essen nach Bonn am 01.02.2026", "Umzug von Bonn nach Essen am 01.02.2026"),
    ("Die Heizung im Keller ist kaputt.", "Die Heizung im Bad ist kaputt."),
    ("Die Heizung ist kaputt.", "Die Heizung ist nicht kaputt."),
    ("Frau Meier bittet um Rückruf.", "Frau Schulz bittet um Rückruf."),
    ("Der Techniker kommt morgen", "Der Techniker kommt heute"),
    ("Die Nachzahlung beträgt 50 € für 2025", "Das Guthaben beträgt 50 € für 2025"),
    ("The meter 77123 is in the basement", "The meter 77123 is in the garden"),
]  # fmt: skip


def removed(pair: tuple[str, str]) -> pl.DataFrame:
    language = "en" if pair[0].startswith("The") else "de"
    return Semantic()(pl.DataFrame({"id": ["a", "b"], "text": pair, "lang": [language, language]})).removed


@pytest.mark.parametrize("pair", SAME)
def test_the_same_in_other_words_is_removed(pair):
    found = removed(pair)
    assert len(found) == 1
    assert 0 < found["score"][0] <= 1


@pytest.mark.parametrize("pair", OTHER)
def test_another_event_object_place_or_name_is_kept(pair):
    assert removed(pair).is_empty()


def test_twins_that_differ_in_one_value_are_kept():
    frame, truth = generated(4000, 21)
    done = Semantic()(Fuzzy()(frame).kept)
    assert measured(done.removed, frame, truth)["facts_lost"] == 0


def test_thresholds_are_shares_and_the_frame_has_the_text():
    with pytest.raises(InvalidInput):
        Semantic(threshold=0.9, strict=0.5)
    with pytest.raises(InvalidInput):
        Semantic(text="nope")(pl.DataFrame({"id": ["a"]}))
