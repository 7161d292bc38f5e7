"""Each kind of value: written forms that must go, and look-alikes that must stay. All values are made up, with true check digits."""

import pytest

from nova.privacy import find, redact


def kinds(text: str) -> list[str]:
    return [span.kind for span in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mail an erika.muster@stadtwerk.example bitte.", "Mail an [E-MAIL] bitte."),
        ("erika(at)muster.de", "[E-MAIL]"),
        ("erika [at] muster [dot] de", "[E-MAIL]"),
        ("erika ät muster punkt de", "[E-MAIL]"),
        ("erika @ muster . de", "[E-MAIL]"),
        ("erika\u200b@\u00admuster.de", "[E-MAIL]"),
        ("ｅｒｉｋａ＠ｍｕｓｔｅｒ．ｄｅ", "[E-MAIL]"),
        ("<erika+strom@muster.co.uk>, danke", "<[E-MAIL]>, danke"),
        ("Schreiben Sie an jörg-peter.müller@gemeinde-süd.de!", "Schreiben Sie an [E-MAIL]!"),
        ("Ruf an: 02871 123456.", "Ruf an: [TELEFON]."),
        ("Tel.: 030/1234567", "Tel.: [TELEFON]"),
        ("+49 171 3920041", "[TELEFON]"),
        ("+49-171-392 00 41", "[TELEFON]"),
        ("0049 171 3920041", "[TELEFON]"),
        ("(0171) 392 00 41", "[TELEFON]"),
        ("0171–392‑0041", "[TELEFON]"),
        ("0171\u202f392\u202f0041", "[TELEFON]"),
        ("Telefon 48213-0", "Telefon [TELEFON]"),
        ("+43 1 5123456", "[TELEFON]"),
        ("IBAN DE82 4769 7696 0002 5649 76 nutzen", "IBAN [IBAN] nutzen"),
        ("de82476976960002564976", "[IBAN]"),
        ("DE82-4769-7696-0002-5649-76", "[IBAN]"),
        ("AT61 1904 3002 3457 3201", "[IBAN]"),
        ("NL91ABNA0417164300", "[IBAN]"),
        ("IBAN: DE82 4769 7696 0002 5649 77 (Tippfehler)", "IBAN: [IBAN] (Tippfehler)"),
        ("Meine Nummer 13568792498 gilt", "Meine Nummer [STEUER-ID] gilt"),
        ("Steuer-ID 13 568 792 498", "Steuer-ID [STEUER-ID]"),
        ("IdNr. 13568792499", "IdNr. [STEUER-ID]"),
        ("Lieferstelle 85219756983", "Lieferstelle [MALO]"),
        ("MaLo-ID: 852 197 569 83", "MaLo-ID: [MALO]"),
        ("Marktlokation 85219756984", "Marktlokation [MALO]"),
        ("DE00261568720000000000080542222A0", "[MELO]"),
        ("DE 002615 68720 00000000000805422227", "[MELO]"),
        ("Zähler 1EMH0012345678", "Zähler [ZÄHLER]"),
        ("1 EMH 00 1234 5678", "[ZÄHLER]"),
        ("7gmt0012345678", "[ZÄHLER]"),
        ("Messlokation DE 0002 7154 5060 0000 0000 0000 0000 1234 5", "Messlokation [MELO]"),
        ("Messlokation DE00261568720000000000080542222A0", "Messlokation [MELO]"),
        ("D E 8 9 3 7 0 4 0 0 4 4 0 5 3 2 0 1 3 0 0 0", "[IBAN]"),
        ("null einhundertsiebzig drei drei vier fünf sechs sieben", "[TELEFON]"),
        ("Z.-Nr. 1234567", "Z.-Nr. [ZÄHLER]"),
        ("Zählernummer 1234567", "Zählernummer [ZÄHLER]"),
        ("Zählernummer ist: 12.345.678", "Zählernummer ist: [ZÄHLER]"),
        ("Za\u0308hlernummer 1234567", "Za\u0308hlernummer [ZÄHLER]"),
        ("Zaehler-Nr. AB 123456", "Zaehler-Nr. [ZÄHLER]"),
        ("Stromzähler 12345678 defekt", "Stromzähler [ZÄHLER] defekt"),
        ("die null eins sieben eins drei neun zwo null null vier eins", "die [TELEFON]"),
        ("null eins einundsiebzig neununddreißig zwanzig null vier eins", "[TELEFON]"),
    ],
)
def test_a_personal_value_is_replaced_by_its_label(text: str, expected: str) -> None:
    assert redact(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nach § 14a Abs. 2 Satz 1 EnWG und §§ 3 bis 7 StromGVV gilt das.",
        "Vom 01.02.2023 bis 28.02.2024 wurden 12.345,67 EUR berechnet.",
        "Zeitraum 01.01.2022-31.12.2022, erneut 2023-01-04 und 04/2023.",
        "Zählerstand 01234567 kWh, alt 012345,6 kWh.",
        "Der Zähler zeigt 45678 kWh und der Gaszähler 12345678 m³.",
        "Zähler 2023 getauscht, Zählerwechsel 2024.",
        "Beschluss BK6-22-300 und BK4-19-076 der BNetzA, EIC 11XSW-STADTWERK-A.",
        "0,9541 x 11,308 = 17.305 kWh",
        "PLZ 01067 Dresden, BLZ 37040044.",
        "Die Leistung liegt bei 0.12345678 MW.",
        "Bestellung 85219756983 ist da.",
        "DIN EN 50160, VDE-AR-N 4105, ISO 27001:2022, BGBl. I S. 3026",
        "Verordnung (EU) 2019/943, Richtlinie 2012/27/EU, ABl. L 158 vom 14.6.2019",
        "100 000 000 Kilowattstunden, 1 000 000 000 Euro",
        "Um 08:00 Uhr, 030 ist die Vorwahl.",
        "Wir treffen uns @ Halle 3.",
        "Wechsel zum 01 04 2024, gültig 01/2021 - 12/2025",
        "Rechnungsnummer 0170123456, Artikel 0815 4711 2342, Auftrags-Nr. 0170 1234567",
        "Steht unter § 14a Abs. 2 EnWG am 01 01 2024",
        "Umsatzsteuer-ID der GbR: DE298841773",
        "eins, zwei oder drei Personen im Haushalt und vier Zimmer",
    ],
)
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert redact(text).text == text, find(text)


def test_every_kind_is_counted() -> None:
    redacted = redact("a@b.de, c@d.de und 0171 3920041")
    assert redacted.text == "[E-MAIL], [E-MAIL] und [TELEFON]"
    assert dict(redacted.counts) == {"email": 2, "phone": 1}


def test_a_valid_check_digit_decides_between_market_location_and_any_number() -> None:
    assert kinds("85219756983") == ["malo"]
    assert kinds("85219756984") == []
