"""Addresses and the numbers of people: forms that must go, and look-alikes that must stay. All of them are made up."""

import pytest

from nova.privacy import find


def found(text: str, kind: str) -> list[str]:
    return [text[span.start : span.end] for span in find(text) if span.kind == kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ich wohne in der Lindenallee 27a, zweiter Stock.", ["Lindenallee 27a"]),
        ("adrese Bahnhofstr87", ["Bahnhofstr87"]),
        ("Hausgemeinschaft Zechenstr. 71-75 widerspricht.", ["Zechenstr. 71-75"]),
        ("Umzug: bisher Bgm.-Smidt-Str. 91, neu Kl. Rosenstr. 5b", ["Bgm.-Smidt-Str. 91", "Kl. Rosenstr. 5b"]),
        ("Wir ziehen in die An der Bleiche 7, 26789 Leer, am 30. April.", ["An der Bleiche 7, 26789 Leer"]),
        ("wohnhaft Im Sundern\n46", ["Im Sundern\n46"]),
        ("GASGERUCH ZUR ALTEN ZIEGELEI 3-5 IM KELLER", ["ZUR ALTEN ZIEGELEI 3-5"]),
        ("Grüße aus der Schürkamp 3", ["Schürkamp 3"]),
        ("Unser Büro liegt Platz der Republik 11.", ["Platz der Republik 11"]),
        ("Mein Haus in der Straße des 17. Juni 35", ["Straße des 17. Juni 35"]),
        ("Wir wohnen Schillerstraße einhundertsieben.", ["Schillerstraße einhundertsieben"]),
        ("Ich wohne in Mannheim in Q 7, 24.", ["Q 7, 24"]),
        ("Seit gestern flackert es, Auf dem Kamp 9 a, bei uns.", ["Auf dem Kamp 9 a"]),
        ("Bremer Heerstraße 205", ["Bremer Heerstraße 205"]),
        ("umzug nach moorende 12", ["moorende 12"]),
        ("Ich ziehe in den Rosenhag 11, 26603 Aurich.", ["Rosenhag 11, 26603 Aurich"]),
    ],
)
def test_an_address_is_found(text: str, expected: list[str]) -> None:
    assert found(text, "address") == expected


@pytest.mark.parametrize(
    "text",
    [
        "In der Goethestraße wird gebuddelt.",
        "PLZ 26389, geht da Glasfaser?",
        "Am Montag 3 Stunden kein Strom, am Dienstag 2 Stunden.",
        "Im Keller 2 hängt der Zähler, im Raum 14 der Verteiler.",
        "Zum 1. Mai steigt der Preis auf 32 ct, im Jahr 2024 auf 40 ct.",
        "Stellplatz 12, Parkplatz 4, Bahnsteig 9, Zählerplatz 3",
        "Anlage 3 zu § 7, Abschnitt 2, Seite 14, Artikel 6 Absatz 1",
        "Unser Kundenzentrum Marktplatz 1 ist heute zu.",
        "Weg 3 km, Ring 2, Feld 7 im Formular",
    ],
)
def test_what_only_looks_like_an_address_stays(text: str) -> None:
    assert found(text, "address") == []


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Kundennummern 2004418 (Strom) und 2004419 (Gas)", "customer_no", ["2004418", "2004419"]),
        ("Kundennummer eins acht null null vier, bitte", "customer_no", ["eins acht null null vier"]),
        ("Kunden-Nr.: K-884512", "customer_no", ["K-884512"]),
        ("Ihre Kundennummer bitte?\nKunde: 4410028", "customer_no", ["4410028"]),
        ("GP 1000772310 / VK 2200481177: Mahnstufe 2", "customer_no", ["1000772310"]),
        ("Kunde seit 2004, Kundenkonto am 12.10. gesperrt", "customer_no", []),
        ("Rechnungsnummer 2024118273, Auftrag 99123344", "customer_no", []),
        ("Verträge S-2004418-1, G-2004419-1 laufen", "contract_no", ["S-2004418-1", "G-2004419-1"]),
        ("Wärmeliefervertrag Nr. FW-2016/\n00348", "contract_no", ["FW-2016/\n00348"]),
        ("VERTRAGSKONTO 4100 220 918 UND 4100 220 926", "contract_no", ["4100 220 918", "4100 220 926"]),
        ("Vertrag vom 12.3.2020, Vertrag 2 von 3", "contract_no", []),
        ("geb. 7.11.88", "birth_date", ["7.11.88"]),
        ("gebohren 2 okt 1969", "birth_date", ["2 okt 1969"]),
        ("Geburtstag ist der achtzehnte August fünfundfünfzig", "birth_date", ["achtzehnte August fünfundfünfzig"]),
        ("Ich bin am 3. Mai 1962 geboren.", "birth_date", ["3. Mai 1962"]),
        ("geboren am 14.1.1990 und 2.10.1988", "birth_date", ["14.1.1990", "2.10.1988"]),
        ("Eichfrist 31.12.1988, Baujahr 04.07.1971", "birth_date", []),
        ("Geb.-Dat. fehlt, Vertragsbeginn 28.02.2019", "birth_date", []),
        ("Personalausweis L01X00T47 liegt vor", "id_card", ["L01X00T47"]),
        ("Dokument F680K 8F3L4 erkannt", "id_card", ["F680K 8F3L4"]),
        ("Code C4J8 und Artikel 4711-0815", "id_card", []),
        ("Wagen MTK-S 804 vor LS-22, KfW-55-Haus", "plate", ["MTK-S 804"]),
        ("mein auto ac xy 99 lädt nicht", "plate", ["ac xy 99"]),
        ("NYM-J 5x16, DIN EN 50160, BK6-22-300, EH 55", "plate", []),
        ("von 198.51.100.23 und 2001:db8::8a2e:370:7334, 12:34:56 Uhr", "ip", ["198.51.100.23", "2001:db8::8a2e:370:7334"]),
        ("Firmware 1.8.2.4 von der Adresse 192.168.2.108", "ip", ["192.168.2.108"]),
        ("Ihre 0800 4433221 und service@stadtwerk-hohenfelde.de", "phone", []),
        ("an Ihr Konto DE02120300000000202051 überwiesen", "iban", []),
    ],
)
def test_numbers_of_people(text: str, kind: str, expected: list[str]) -> None:
    assert found(text, kind) == expected
