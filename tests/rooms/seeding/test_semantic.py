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
    (
        "Am 12. Mai 2026 wird der Strom in der Parkstraße von 9 bis 12 Uhr abgeschaltet.",
        "Der Strom wird in der Parkstraße am 12.05.2026 von 9 bis 12 Uhr abgeschaltet.",
    ),
]
OTHER = [
    ("Der Stand wurde berechnet, nicht gemeldet: 61.002", "Der Stand wurde gemeldet, nicht berechnet: 61.002"),
    ("Der Stand wurde abgelesen, nicht geschätzt: 4.102", "Der Stand wurde geschätzt, nicht abgelesen: 4.102"),
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

ROLES = [
    ("de", "Der Zähler 4711 wurde am 3. Mai 2026 getauscht.", "Der Zähler 4711 wird am 3. Mai 2026 getauscht."),
    ("de", "Hat der Kunde die Rechnung bezahlt?", "Der Kunde hat die Rechnung bezahlt."),
    ("de", "Ich habe die Rechnung bezahlt", "Wir haben die Rechnung bezahlt"),
    ("de", "Der Monteur hat den Kunden nicht erreicht.", "Der Kunde hat den Monteur nicht erreicht."),
    ("de", "Frau Meier hat Herrn Schulz angerufen.", "Herr Schulz hat Frau Meier angerufen."),
    ("de", "Bitte kündigen Sie den Vertrag.", "Der Vertrag ist gekündigt."),
    ("de", "Der Vermieter zahlt, nicht der Mieter.", "Der Mieter zahlt, nicht der Vermieter."),
    ("de", "Wir haben die Vollmacht von Ihnen erhalten.", "Sie haben die Vollmacht von uns erhalten."),
    ("de", "Erst kommt der Techniker, dann die Rechnung.", "Erst kommt die Rechnung, dann der Techniker."),
    ("de", "Der Strom ist seit gestern weg, das Gas geht.", "Das Gas ist seit gestern weg, der Strom geht."),
    ("de", "Die Wohnung ist warm, der Keller kalt.", "Der Keller ist warm, die Wohnung kalt."),
    ("en", "The tenant owes the landlord 300 euros.", "The landlord owes the tenant 300 euros."),
    ("en", "The technician did not reach the customer.", "The customer did not reach the technician."),
    ("en", "We owe the customer 75 EUR from invoice 6604.", "The customer owes us 75 EUR from invoice 6604."),
    ("nl", "De huurder betaalt de verhuurder 300 euro.", "De verhuurder betaalt de huurder 300 euro."),
    ("nl", "De klant moet ons 40 euro betalen.", "Wij moeten de klant 40 euro betalen."),
    ("de", "Ab 22 Uhr gilt der Nachttarif, vorher der Tagtarif.", "Ab 22 Uhr gilt der Tagtarif, vorher der Nachttarif."),
    ("de", "Der Zähler der Nachbarin läuft, meiner steht.", "Mein Zähler läuft, der der Nachbarin steht."),
    ("de", "Wechsel von Natur zu Basis am 1. Mai", "Am 1. Mai Wechsel von Basis zu Natur"),
    ("de", "Der Tarif Natur ist günstiger als der Tarif Basis.", "Der Tarif Basis ist günstiger als der Tarif Natur."),
    ("de", "Kunde sagt, der Techniker habe die Rechnung verloren.", "Techniker sagt, der Kunde habe die Rechnung verloren."),
    ("de", "Wegen der Rechnung kündigt der Kunde den Vertrag.", "Wegen des Vertrags storniert der Kunde die Rechnung."),
    ("en", "Please send me the contract.", "I sent you the contract."),
    ("en", "Can you read the meter?", "You can read the meter."),
]


def removed(pair: tuple[str, str], language: str | None = None) -> pl.DataFrame:
    language = language or ("en" if pair[0].startswith("The") else "de")
    return Semantic()(pl.DataFrame({"id": ["a", "b"], "text": pair, "lang": [language, language]})).removed


@pytest.mark.parametrize("pair", SAME)
def test_the_same_in_other_words_is_removed(pair):
    found = removed(pair)
    assert len(found) == 1
    assert 0 < found["score"][0] <= 1


@pytest.mark.parametrize("pair", OTHER)
def test_another_event_object_place_or_name_is_kept(pair):
    assert removed(pair).is_empty()


@pytest.mark.parametrize(("language", "left", "right"), ROLES)
def test_who_does_what_when_and_whether_it_is_asked_matters(language, left, right):
    assert removed((left, right), language).is_empty()


def test_twins_that_differ_in_one_value_are_kept():
    frame, truth = generated(4000, 21)
    done = Semantic()(Fuzzy()(frame).kept)
    assert measured(done.removed, frame, truth)["facts_lost"] == 0


def test_thresholds_are_shares_and_the_frame_has_the_text():
    with pytest.raises(InvalidInput):
        Semantic(threshold=0.9, strict=0.5)
    with pytest.raises(InvalidInput):
        Semantic(text="nope")(pl.DataFrame({"id": ["a"]}))
