"""Tables, scanned and corrected texts in; out: what stands in them is found at its place in the original."""

import pytest

from nova.privacy import find


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Name;Geb.;Zähler\nTietjen, Gesa;11.07.73;1EMH0044190087", "birth_date", "11.07.73"),
        ("Wohnung\tMieter\tEinzug\nWE 01\tOldehus\t01.04.", "name", "Oldehus"),
        ("Kundennummer: 4OO18 22l", "customer_no", "4OO18 22l"),
        ("Bahnhofstraße l7 meldet Störung", "address", "Bahnhofstraße l7"),
        ("Die Kundennummer ist vier null eins, nein, vier null zwo, sechs sechs neun", "customer_no", None),
        ("Vertragsnr 61200984 doppelt angelegt, 61200991 stornieren", "contract_no", "61200991"),
        ("Probefahrt mit rotem Kennzeichen HB-06 4471", "plate", "HB-06 4471"),
        ("Umgezogen von Steinweg 9 nach Kiel", "address", "Steinweg 9"),
        ("Auf dem Zähler steht die Nummer 5510098", "meter", "5510098"),
        ("Also der Name ist Thiele, Vorname Ronja.", "name", "Thiele"),
    ],
)
def test_what_a_view_shows_is_found_in_the_original(text: str, kind: str, value: str | None) -> None:
    found = [text[span.start : span.end] for span in find(text) if span.kind == kind]
    assert found
    if value is not None:
        assert value in found


@pytest.mark.parametrize(
    "text",
    [
        "SMGW-FW 2.13.0.11 -> 2.14.0.3, Rollback auf 2.13.0.9 möglich",
        "Am KfW-40-Haus fehlt der Zähler 2023 seit Oktober.",
        "Der Sommer war heiß, der Winter wird teuer.",
        "Auf der B 75 liegt ein Kabel.",
        "Vertrag Gewerbe, Abschlag Halbjahr, Zahlungsweise Dauerauftrag.",
    ],
)
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert find(text) == []
