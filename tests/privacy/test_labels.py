"""Words that call a number something in, in many spellings; out: what stands there is found, and what only carries a number stays."""

import pytest

from nova.privacy import TYPES, find
from nova.privacy.recognise.labels import called, compact


def found(text: str) -> list[tuple[str, str]]:
    return [(TYPES[span.kind], text[span.start : span.end]) for span in find(text)]


@pytest.mark.parametrize(
    ("word", "kind", "of_a_number"),
    [
        ("Kundennummer", "customer_no", True),
        ("kundenumer", "customer_no", True),
        ("Kudennr.", "customer_no", True),
        ("Kundennumrner", "customer_no", True),
        ("Kd.-Nr", "customer_no", True),
        ("customerId", "customer_no", True),
        ("Bestandskunde", "customer_no", False),
        ("VtgNr", "contract_no", True),
        ("vertragskonto_id", "contract_no", True),
        ("Wärmeliefervertrag", "contract_no", False),
        ("zahlernummer", "meter", True),
        ("Zwischenzähler", "meter", False),
        ("Wasseruhr", "meter", False),
        ("Marktlokations-Identifikationsnummer", "malo", True),
        ("Mahnnummer", "other", True),
        ("Mietvertrag", "other", True),
    ],
)
def test_a_label_is_known_in_any_spelling(word: str, kind: str, of_a_number: bool) -> None:
    assert called(compact(word)) == (kind, of_a_number)


@pytest.mark.parametrize("word", ["Sekunde", "Urkunde", "Kundendienst", "Vertragsbeginn", "Zählerstand", "Kilometer", "Stunden"])
def test_a_word_that_only_sounds_alike_is_no_label(word: str) -> None:
    assert called(compact(word)) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KdNr.......: 0012004471", [("CUSTOMER_NO", "0012004471")]),
        ("kunden_nr=90017744&sparte=gas", [("CUSTOMER_NO", "90017744")]),
        ("<Kundennummer>4471882</Kundennummer>", [("CUSTOMER_NO", "4471882")]),
        ("Die 5512 3390 ist unsere Kundennummer.", [("CUSTOMER_NO", "5512 3390")]),
        ("Ich finde nur die 551902, das müsste die Kundennummer sein", [("CUSTOMER_NO", "551902")]),
        ("ich bin kundin bei euch, nummer 447190", [("CUSTOMER_NO", "447190")]),
        ("Nr. des Kunden: 4471-A", [("CUSTOMER_NO", "4471-A")]),
        ("Kundennummer, die auf der Rechnung steht: 551902", [("CUSTOMER_NO", "551902")]),
        ("export.csv;KD0092214;2024-11-03", [("CUSTOMER_NO", "KD0092214")]),
        ("Kunden-Nr lautet 3/71.", [("CUSTOMER_NO", "3/71")]),
        ("Agent: Kundennummer?\nKunde: 447 ist die Straße... nein. Hier: 551902", [("CUSTOMER_NO", "551902")]),
        ("mein vertrag (nummer 44718802) wurde nicht verlängert", [("CONTRACT_NO", "44718802")]),
        ("Vertragsnummer laut Brief: B.2021.118 22", [("CONTRACT_NO", "B.2021.118 22")]),
        ("Unsere Verträge: ST-4471, ST-4472", [("CONTRACT_NO", "ST-4471"), ("CONTRACT_NO", "ST-4472")]),
        ("Einspeisevertrag EEG-2012-0447", [("CONTRACT_NO", "EEG-2012-0447")]),
        ("210-44871-03 (Vertragskonto)", [("CONTRACT_NO", "210-44871-03")]),
        ("Meine Gasuhr hat die Nr. 7 412 008", [("METER", "7 412 008")]),
        ("Der Zähler ist neu. Nummer 0447190", [("METER", "0447190")]),
        ("Zählerwechsel: alt 44718820, neu 44718821", [("METER", "44718820"), ("METER", "44718821")]),
        ("zaehlernr;stand\n44718820;10233", [("METER", "44718820")]),
        ("Kd-Nr.   Name        Vertrag\n118-2204   Tietjen   200177", [("CUSTOMER_NO", "118-2204"), ("CONTRACT_NO", "200177")]),
        ("| Sparte | VK |\n|---|---|\n| Gas | 20044718 |", [("CONTRACT_NO", "20044718")]),
        ("Marktlokatiosnummer 51320477191", [("MALO", "51320477191")]),
        ("13568792499 ist die vom Finanzamt", [("STEUER_ID", "13568792499")]),
        ("Gebutsdatum 03.05.1971", [("BIRTH_DATE", "03.05.1971")]),
        ("Kenzeichen ler ab 123", [("PLATE", "ler ab 123")]),
        ("bot: bitte nenne deine kundennummer\nuser: 9900 31 42\nbot: danke!", [("CUSTOMER_NO", "9900 31 42")]),
        (
            "bot: vertragsnummer bitte\nanrufer: acht eins null vier drei sieben",
            [("CONTRACT_NO", "acht eins null vier drei sieben")],
        ),
    ],
)
def test_a_number_is_found_by_its_label(text: str, expected: list[tuple[str, str]]) -> None:
    assert [one for one in found(text) if one[0] != "NAME"] == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kundennummer zweiundzwanzig null vier dreimal die acht", "CUSTOMER_NO"),
        ("Kundennummer vier, drei Nullen, acht, neun eins", "CUSTOMER_NO"),
        ("Meine Kundennummer ist die doppel vier, sieben, und am Ende eine neun", "CUSTOMER_NO"),
        ("Agent: Vertragsnummer?\nKunde: zwo null null\nAgent: Ja?\nKunde: vier vier sieben eins acht", "CONTRACT_NO"),
        ("Rückruf: null eins fünf zwo doppel vier sieben eins doppel acht", "PHONE"),
        ("Nummernschild: Ludwig Emil Richard, Anton Berta, eins zwo drei", "PLATE"),
        ("Kennzeichen Aurich, Anton Berta vier vier sieben", "PLATE"),
        ("Agent: Ihr Geburtsdatum zum Abgleich bitte?\nKunde: Achter Zweiter neunundsechzig.", "BIRTH_DATE"),
    ],
)
def test_a_dictated_number_may_repeat_pause_and_change_speakers(text: str, kind: str) -> None:
    assert [one[0] for one in found(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Kundennummer siehe Rechnung 4471882",
        "Kunde (PLZ 26789) ruft an",
        "Kunde mit 12000 kWh, Vertrag über 24000 Euro",
        "Zähler: HT 10233, NT 20455",
        "Zähler eingebaut 20240312",
        "SEPA-Mandat 0049120447, Mahnnummer 0044718820",
        "Fehler E-10.0.3.4, Browser 131.0.2.1, Modul 1.2.3.4",
        "schema 10.3.2.1 ausgerollt, lib 10.0.2.11 crasht",
        "Unsere Hotline 0491 1200-0 ist besetzt",
        "Stadtwerke Nordwind GmbH, Tel. 0591 7100-0, Fax 0591 7100-99",
        "Wählen Sie die null achthundert eins zwei drei vier fünf sechs sieben",
        "Bitte überweisen Sie den Rechnungsbetrag auf unser Konto DE82476976960002564976.",
        "Sendung CX99L4P2H0 ist da",
        "Station OL-AB 12 neu gestrichen, BYD HVS 10.2 geliefert",
        "Steuernummer 215/5032/0871",
    ],
)
def test_what_carries_a_number_of_another_sort_stays(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("VK/KdNr: 30055719 / 661902", [("CONTRACT_NO", "30055719"), ("CUSTOMER_NO", "661902")]),
        ("Kundennr. und Vertragsnr.: 661902 und 30055719", [("CUSTOMER_NO", "661902"), ("CONTRACT_NO", "30055719")]),
        ("Vertragsnr/Kundennr 30055719/661902", [("CONTRACT_NO", "30055719"), ("CUSTOMER_NO", "661902")]),
        ("/kunden/661902/vertraege/30055719", [("CUSTOMER_NO", "661902"), ("CONTRACT_NO", "30055719")]),
        ("Vertragsnummer: GAS-77203-11", [("CONTRACT_NO", "GAS-77203-11")]),
        ("Altvertrag ALT-6612, Neuvertrag NEU-7713", [("CONTRACT_NO", "ALT-6612"), ("CONTRACT_NO", "NEU-7713")]),
        ("Solarvertrag ÖKO-2021-330", [("CONTRACT_NO", "ÖKO-2021-330")]),
        ("30055719 ist die Nummer von meinem Vertrag", [("CONTRACT_NO", "30055719")]),
        ("661902, so steht es bei Kundennummer", [("CUSTOMER_NO", "661902")]),
        ("ein Schreiben mit der Nummer V 77 03 228", [("CONTRACT_NO", "V 77 03 228")]),
        ("V30055719 bitte kündigen", [("CONTRACT_NO", "V30055719")]),
        ("Widerruf 30055719", [("CONTRACT_NO", "30055719")]),
        ("Vertrag vom 7. Juni, die Nummer ist 30055719", [("CONTRACT_NO", "30055719")]),
        ("ich laufe bei euch unter der Nummer 661902", [("CUSTOMER_NO", "661902")]),
        ("Sie führen uns unter 66-1902.", [("CUSTOMER_NO", "66-1902")]),
        ("Mit der Kundennummer komme ich nicht rein: 661902", [("CUSTOMER_NO", "661902")]),
        ("KdNr. Vater 661902", [("CUSTOMER_NO", "661902")]),
        ("KdNr. 830", [("CUSTOMER_NO", "830")]),
        ("Kundennummer:\r\n\r\n661902", [("CUSTOMER_NO", "661902")]),
        ("Kundennummern:\n1. 661902\n2. 661917", [("CUSTOMER_NO", "661902"), ("CUSTOMER_NO", "661917")]),
        ("KdNr 661902 (vormals 551902)", [("CUSTOMER_NO", "661902"), ("CUSTOMER_NO", "551902")]),
        ("SAP-GP 1000558299", [("CUSTOMER_NO", "1000558299")]),
        ("Ausweis CLMNPRTVW4 lag vor", [("ID_CARD", "CLMNPRTVW4")]),
        ("bulgarischer Pass BG558291", [("ID_CARD", "BG558291")]),
        ("Aufenthaltsgestattung YK2NP8LMH1", [("ID_CARD", "YK2NP8LMH1")]),
        ("ich bin am 9.8.64 auf die Welt gekommen", [("BIRTH_DATE", "9.8.64")]),
        ("Wir haben am 9. August 1964 Geburtstag", [("BIRTH_DATE", "9. August 1964")]),
        ("Sicherheitsfrage: 09.08.1964 stimmt", [("BIRTH_DATE", "09.08.1964")]),
        ("born August 9, 1964", [("BIRTH_DATE", "August 9, 1964")]),
        ("rosa.klee -at- kleehof.example", [("EMAIL", "rosa.klee -at- kleehof.example")]),
        ("rosa@kleehof,de war vertippt", [("EMAIL", "rosa@kleehof,de")]),
        ("Meine Mutter (09.08.1934) und ich (03.02.1961)", [("BIRTH_DATE", "09.08.1934"), ("BIRTH_DATE", "03.02.1961")]),
        (
            "Geburtsdatum meiner Mutter: neunter August neunzehnhundertvierunddreißig",
            [("BIRTH_DATE", "neunter August neunzehnhundertvierunddreißig")],
        ),
        ("Geburtsdatum von 09.08.1964 auf 08.09.1964 ändern", [("BIRTH_DATE", "09.08.1964"), ("BIRTH_DATE", "08.09.1964")]),
        ("rosa.klee (a) kleehof.example", [("EMAIL", "rosa.klee (a) kleehof.example")]),
        ("Zweirichtungszähler: 58750707533", [("MALO", "58750707533")]),
        ("Zähler;Stand\n55819920;10233", [("METER", "55819920")]),
        ("Kunden-/Vertragsnr. 661902 / 30055719", [("CUSTOMER_NO", "661902"), ("CONTRACT_NO", "30055719")]),
        ("[12:03] Bot: Wie lautet Ihre Kundennummer?\n[12:04] Gast: 661902", [("CUSTOMER_NO", "661902")]),
        ("Onno Harms (V-30055719)", [("CONTRACT_NO", "V-30055719")]),
        ("Auf dem Hof steht LER-VK 447", [("PLATE", "LER-VK 447")]),
    ],
)
def test_labels_share_values_and_other_words_lead_to_them(text: str, expected: list[tuple[str, str]]) -> None:
    assert [one for one in found(text) if one[0] != "NAME"] == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Gesa Tietjen, 5512907", "5512907"),
        ("Gesa Tietjen (5512907) bittet um Rückruf", "5512907"),
        ("Tietjen, Gesa / 5512907 / Umzug", "5512907"),
        ("5512907 Gesa Tietjen: Mahnsperre", "5512907"),
        ("mein name ist gesa tietjen, meine nummer 5512907", "5512907"),
    ],
)
def test_a_number_right_beside_a_name_is_the_customers(text: str, value: str) -> None:
    assert ("CUSTOMER_NO", value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Auftrag Gesa Tietjen, 5512907",
        "Monteur Gesa Tietjen, 5512907",
        "Gesa Tietjen, 5512907 kWh",
        "Gesa Tietjen, 20240311",
        "Rechnung 5512907, Gesa Tietjen",
    ],
)
def test_a_number_beside_a_name_that_is_called_something_else_stays(text: str) -> None:
    assert [one for one in found(text) if one[0] != "NAME"] == []


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Kundennummer 44 719 07, im Portal heißt sie 4471907", 2),
        (
            "Bot: Kundennummer?\nAnrufer: acht acht null drei eins neun\nBot: Also acht acht null drei eins neun\nAnrufer: ja",
            2,
        ),
        ("Kundennummer 4471907. Ich wiederhole: 4471907! Noch einmal 4471907?", 3),
    ],
)
def test_a_number_said_again_is_found_again(text: str, times: int) -> None:
    assert [one[0] for one in found(text)] == ["CUSTOMER_NO"] * times


@pytest.mark.parametrize(
    "text",
    [
        "Formular mit der Nummer 55819 ausfüllen",
        "Paket mit der Nummer 5581922901 kam nicht an",
        "Das Los mit der Nummer 558192 gewinnt",
        "Projekt V-2023-118 läuft, der Tarif bleibt",
        "Gerät V-1300558 defekt, Lieferung per Trafo V1300558 am Freitag",
        "VK 24,90 Euro, GP 32,5 ct/kWh",
        "Legitimation am 3.5.2023 erfolgt",
        "Unser Kind kommt am 12.03.2024 in die Kita",
        "Kundennummer nicht bekannt, Betrag: 55819",
        "Stand heute am Gaszähler: 55819",
        "Zähler 55819 abgelesen",
        "Bestell-ID 20240312-88 aus dem Laden",
        "Die Lieferung beginnt May 3, 2024",
    ],
)
def test_numbers_and_days_of_other_things_stay(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Nummer 5530817 steht auf meinem Zähler", [("METER", "5530817")]),
        ("661902 ist nach Ihrem Schreiben meine Kundennummer", [("CUSTOMER_NO", "661902")]),
        ("Geben Sie bitte 661902 an, das ist die Kundennummer", [("CUSTOMER_NO", "661902")]),
        ("Der unter 30055719 laufende Vertrag soll enden", [("CONTRACT_NO", "30055719")]),
        ("Strom 30055719, Gas 41166820, bitte beide Verträge kündigen", [("CONTRACT_NO", "30055719"), ("CONTRACT_NO", "41166820")]),
        ("die 30055719 ist mein stromvertrag, die 41166820 mein gasvertrag", [("CONTRACT_NO", "30055719"), ("CONTRACT_NO", "41166820")]),
        ("Verträge:\n30055719\n41166820", [("CONTRACT_NO", "30055719"), ("CONTRACT_NO", "41166820")]),
        ("Vertrag 1: 30055719, Vertrag 2: 41166820", [("CONTRACT_NO", "30055719"), ("CONTRACT_NO", "41166820")]),
        ("Vertragsnummer (10 Stellen, beginnt mit 3): 300-557-19", [("CONTRACT_NO", "300-557-19")]),
        ("Vertragskonto 300.557.719.1", [("CONTRACT_NO", "300.557.719.1")]),
        ("ZTR-1 und VTR-6612-C", [("CONTRACT_NO", "VTR-6612-C")]),
        ("KTR/B-55719 ruht", [("CONTRACT_NO", "KTR/B-55719")]),
        ("Kündigung zu GAS/6612/771", [("CONTRACT_NO", "GAS/6612/771")]),
        ("vp 4005571902", [("CUSTOMER_NO", "4005571902")]),
        ("kundennummer 661902? nee 661920", [("CUSTOMER_NO", "661902"), ("CUSTOMER_NO", "661920")]),
        ("Zäh.-Nr. 55 308 17", [("METER", "55 308 17")]),
        ("stromzehler 5530817", [("METER", "5530817")]),
        ("Zähler im Keller 5530817", [("METER", "5530817")]),
        ("Den Gaszähler im Keller, den grauen, fand ich nicht gleich; seine Nummer ist 5530817", [("METER", "5530817")]),
        ("ausgebaut 5530817, eingebaut 1ISK0071180442", [("METER", "5530817"), ("METER", "1ISK0071180442")]),
        ("demontiert: 5530817 montiert: 6640918", [("METER", "5530817"), ("METER", "6640918")]),
        ("kunde: sechs sechs eins neun null\nagent: ist das die kundennummer?", [("CUSTOMER_NO", "sechs sechs eins neun null")]),
        ("agent: und der vertrag?\nkunde: sieben sieben eins neun null", [("CONTRACT_NO", "sieben sieben eins neun null")]),
        ("17.02.1965 ist mein geb.datum", [("BIRTH_DATE", "17.02.1965")]),
        ("Geburtsdatum: 1 7 . 0 2 . 1 9 6 5", [("BIRTH_DATE", "1 7 . 0 2 . 1 9 6 5")]),
        ("Kd 55719 wird 61 (17.02.1965)", [("CUSTOMER_NO", "55719"), ("BIRTH_DATE", "17.02.1965")]),
        ("Kd. Tietjen, 17.02.1965, bestätigt", [("BIRTH_DATE", "17.02.1965")]),
        ("Vertrag Frau Tietjen 30055719", [("CONTRACT_NO", "30055719")]),
    ],
)
def test_labels_behind_lists_prefixes_and_exchanges_tell_numbers(text: str, expected: list[tuple[str, str]]) -> None:
    assert [one for one in found(text) if one[0] != "NAME"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "661902;300055719104;1EMH0011938274\n661917;300055719203;1EMH0011938275",
            [
                ("CUSTOMER_NO", "661902"),
                ("CONTRACT_NO", "300055719104"),
                ("METER", "1EMH0011938274"),
                ("CUSTOMER_NO", "661917"),
                ("CONTRACT_NO", "300055719203"),
                ("METER", "1EMH0011938275"),
            ],
        ),
        (
            "661902;Tietjen;17.02.1965\n661917;Harms;03.11.1971",
            [("CUSTOMER_NO", "661902"), ("BIRTH_DATE", "17.02.1965"), ("CUSTOMER_NO", "661917"), ("BIRTH_DATE", "03.11.1971")],
        ),
        ("4471882;Kabel;12\n5581990;Stecker;3", []),
        ("2026-01-03;441882;Zahlung\n2026-02-03;441883;Zahlung", []),
        ("Auftrag\n441882;Tietjen;Wallbox\n441883;Harms;Wallbox", []),
        ("Tietjen;12345;Kiel\nHarms;23456;Leer", []),
        ("gez. Tietjen, 12.03.2005", []),
        ("Vertragskonto alt 3005571, neu 4116682", [("CONTRACT_NO", "3005571"), ("CONTRACT_NO", "4116682")]),
    ],
)
def test_columns_of_rows_without_heads_hold_one_kind(text: str, expected: list[tuple[str, str]]) -> None:
    assert [one for one in found(text) if one[0] != "NAME"] == expected
