"""Addresses and the numbers of people: forms that must go, and look-alikes that must stay. All of them are made up."""

import time

import pytest

from nova.privacy import find
from nova.privacy.places import addresses


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
    ("text", "expected"),
    [
        ("Wir wohnen auf dem Dorf, Klein Rönnau 27, ohne Straßennamen.", ["Klein Rönnau 27"]),
        ("Umzug nach Poggenhagen 11 im Mai", ["Poggenhagen 11"]),
        ("Unser Hof, Neuholland 31, hat kein Netz.", ["Neuholland 31"]),
        ("Zustellung an Gut Wulfshagen 1, 24254 Rumohr", ["Gut Wulfshagen 1, 24254 Rumohr"]),
        ("Bitte nach Haus 7, 25899 Galmsbüll liefern", ["Haus 7, 25899 Galmsbüll"]),
        ("Markt 4, 25335 Elmshorn", ["Markt 4, 25335 Elmshorn"]),
        ("Lieferadresse Eppendorfer Baum 11", ["Eppendorfer Baum 11"]),
        ("Notar Vogt, Steinerne Furt 78", ["Steinerne Furt 78"]),
        ("Op'n Kamp 4 is de Strom weg", ["Op'n Kamp 4"]),
        ("In den Erlen 3", ["In den Erlen 3"]),
        ("wohne in der robert koch str 22", ["robert koch str 22"]),
        ("wohne karl-marx-stasse 4", ["karl-marx-stasse 4"]),
        ("wonn jetzt am gries 7", ["am gries 7"]),
    ],
)
def test_a_street_need_not_end_as_streets_do(text: str, expected: list[str]) -> None:
    assert found(text, "address") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Abnahmestelle: Hallesche Str. 88 HH", ["Hallesche Str. 88 HH"]),
        ("Feldstraße 8, ach nein, 18", ["Feldstraße 8, ach nein, 18"]),
        ("Stromausfall in der Dr.-Külz-Straße 33 und 35.", ["Dr.-Külz-Straße 33 und 35"]),
        ("Alte Poststraße 3/2. OG/li.", ["Alte Poststraße 3"]),
        ("Rosengasse 2½, EG", ["Rosengasse 2½"]),
        ("K: Ja, also Am Tiergarten Nummer achtzehn.", ["Am Tiergarten Nummer achtzehn"]),
        ("meine neue adresse ist hohlweg vier c", ["hohlweg vier c"]),
        ("Ich wohne im Dahlienweg, Hausnummer 8.", ["Dahlienweg, Hausnummer 8"]),
        ("Getreidemarkt 12/5/12, 1060 Wien", ["Getreidemarkt 12/5/12, 1060 Wien"]),
        ("Bäckergasse 3 (86150 Augsburg)", ["Bäckergasse 3 (86150 Augsburg)"]),
        ("Der Brief ging an Hausnummer 9 in der Ahornstraße.", ["Hausnummer 9 in der Ahornstraße"]),
    ],
)
def test_a_house_number_has_many_forms(text: str, expected: list[str]) -> None:
    assert found(text, "address") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Str;Nr;PLZ;Ort\nAm Ried;3a;77694;Kehl\nZur Tanne;5;77694;Kehl", ["Am Ried;3a;77694;Kehl", "Zur Tanne;5;77694;Kehl"]),
        ('"Ott";"Jan";"Wiesengrund";"4";"04600";"Altenburg"', ['Wiesengrund";"4";"04600";"Altenburg']),
        ('{"strasse": "Am Sportplatz", "hausnummer": "12"}', ['Am Sportplatz", "hausnummer": "12']),
        ("Jan Ott,Ochsenkamp 9,24809", ["Ochsenkamp 9,24809"]),
        ("Betroffen: Zwochau 22, Lissa Nr. 6, Hinterm Anger 1", ["Zwochau 22", "Lissa Nr. 6", "Hinterm Anger 1"]),
        ("Grüße\nHeide Witt\nKirchspiel 4 a", ["Kirchspiel 4 a"]),
        ("Bot: Bitte nennen Sie Ihre Adresse.\nIch: dünenweg 4", ["dünenweg 4"]),
        ("EG li., Alter Hafen 4", ["Alter Hafen 4"]),
    ],
)
def test_an_address_in_cells_lists_and_talks_is_found(text: str, expected: list[str]) -> None:
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
        "Bad Zwischenahn 4, Oldenburg 12, Leer 7 (Störungen)",
        "Der Fronius Symo 12 ist defekt, dazu ein Huawei Luna 10.",
        "Tarif Lindenhof 12 endet, Station Nordpark 2 ist abgeschaltet",
        "GEMELDET: 2024-10-03, STANDORT: 51.2",
        "Wiedervorlage 10 Tg., Montage KW 7, EH 55, SLS 35A",
        "Im Lindenweg drei Tage Baustelle, Mühlenweg 3. Bauabschnitt",
        "ich ziehe am zwölften um, in den vierten stock",
        "Whg. 3, WE 12, Zi. 214, Haus 2a",
        "Steuernummer 43/112/08871, das ist die vom Betrieb",
        "Postfach 1204, Kreisstraße 14, Zone 30",
        "Emma 7, Paul 9, Frau Berg, 81, Herr Krause 2x",
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


@pytest.mark.parametrize(
    "unit",
    [
        "Am Hang 3, ",
        "Haus Nr. 3 ",
        "Weg;4;",
        "nr nr ",
        "Straße: ",
        "am hang 3\n",
        "adresse ist ",
        "str 1 und 2 ",
        "Alte Neue Lange 4 ",
        "(A) ",
    ],
)
def test_time_grows_with_the_text_and_not_its_square(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        begun = time.thread_time()
        list(addresses(text))
        return time.thread_time() - begun

    small = seconds(1_000)
    assert min(seconds(8_000) for _ in range(2)) < max(0.1, small * 8 * 3)
