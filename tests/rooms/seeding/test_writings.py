"""One record as people write it twice, and two records that look alike."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.seeding.steps.fuzzy import Fuzzy
from nova.seeding.texts.ends import parted
from nova.seeding.texts.facts import tokens_of
from nova.seeding.texts.spellings import word_form

TEXT = "die Ablesung im Treppenhaus war gestern nicht möglich."
SAME = [
    ("de", "Abschlag ab März: 85,00 € monatlich", "Abschlag ab Maerz 85 EUR mtl."),
    ("de", "Max Mustermann, Am Bach 4, 12345 Neustadt an der Weinstraße", "Mustermann, Max\nAm Bach 4\n12345 Neustadt a. d. Weinstraße"),
    ("de", "Bitte melden Sie die Wohnung an.", "Hallo liebes Team, bitte melden Sie die Wohnung an. Danke und LG"),
    ("de", "Bitte melden Sie die Wohnung an.", "Bitte melden Sie die Wohnung an!\n\nMit freundlichen Grüßen\nK. Behrens"),
    ("de", "Ich hab seit 3 Tagen kein warmes Wasser", "Ich habe seit drei Tagen kein warmes Wasser!"),
    ("de", "Störung der Straßenbeleuchtung in der Bergstr. 12-18", "Störung der Strassenbeleuchtung in der Bergstraße 12 - 18"),
    ("de", "Gaszähler-Nr.: 7GMT 0012 3456, Stand 4.512 m³", "Gaszähler Nr. 7GMT00123456, Stand 4512 m3"),
    ("de", "Zählerstand Strom 012345 am 31.12.2025", "Zählerstand Strom 12345 am 31. Dez. 2025"),
    ("de", "AW: Bitte senden Sie uns den Zählerstand.", "Bitte senden Sie uns den Zählerstand."),
    ("de", "Kunde möchte Rückruf wegen Ratenzahlung", "[#4711] Kunde möchte Rückruf wg. Ratenzahlung"),
    ("de", "Der Versand wird lhnen bestätigt", "Der Versand wird Ihnen bestätigt"),
    ("de", "Die Umlagen und die Abrech-\nnung liegen bei", "Die Urnlagen und die Abrechnung liegen bei"),
    ("de", "Bitte überweisen Sie 48,20 € bis zum 15.03.", "Bitte überweisen Sie 48,20 € bis zum 15. März."),
    ("de", "Firma Kessel GmbH, Postfach 10 11 40, 58095 Hagen", "Firma Kessel G.m.b.H., Postf. 101140, D-58095 Hagen"),
    ("de", "Straße: Am Wall 7, Ort: Bremen, PLZ: 28195", "PLZ: 28195; Ort: Bremen; Straße: Am Wall 7"),
    ("de", "Endlich Glasfaser in unserem Dorf!", "Endlich Glasfaser in unserem Dorf #internet #ausbau"),
    ("en", "The programme is cancelled, I am not at home.", "the program is canceled, I'm not at home"),
    ("en", "The invoice for February is missing.", "Hi team, the invoice for Feb. is missing. Kind regards, J. Miller"),
    ("nl", "Familie Jansen, Kerkstraat 12, Enschede", "Fam. Jansen, Kerkstr. 12, Enschede"),
]
OTHER = [
    ("de", "Bitte kündigen Sie meinen Vertrag. Viele Grüße, Anna Meyer", "Bitte kündigen Sie meinen Vertrag. Viele Grüße, Anna Maier"),
    ("de", "[#1001] Strom fällt aus", "[#1002] Strom fällt aus"),
    ("de", "Sehr geehrte Frau Berger, Ihre Rechnung liegt bei.", "Sehr geehrte Frau Krause, Ihre Rechnung liegt bei."),
    ("de", "Haus 1, 12 Wohnungen, Hauswart Kunz", "Haus 11, 2 Wohnungen, Hauswart Kunz"),
    ("de", "Wohnungen 1, 2 betroffen", "Wohnungen 12 betroffen"),
    ("de", "Zähler 3, 4 getauscht", "Zähler 3 bis 4 getauscht"),
    ("de", "Zählernummer 4711 0815, Stand 12", "Zählernummer 4711 0851, Stand 12"),
    ("de", "Kind wird am 5. Mai angemeldet", "Kind wird am 5. Mai abgemeldet"),
    ("de", "Der Mieter zahlt die Kosten", "Die Miete zahlt die Kosten"),
    ("de", "Ort: Neuenkirche, Zählerwechsel offen", "Ort: Neuenkirchen, Zählerwechsel offen"),
    ("de", "Frau Clausen, Hafenstr. 2", "Frau Dausen, Hafenstr. 2"),
    ("de", "Termin am 3.4. um 9 Uhr", "Termin am 4.3. um 9 Uhr"),
    ("de", "alt: Mozartstr. 12, neu: Bachstr. 30, Kunde Arndt", "alt: Bachstr. 30, neu: Mozartstr. 12, Kunde Arndt"),
    ("de", "Mozartstr. 12, Bachstr. 30, Umzug am 3.5.", "Bachstr. 30, Mozartstr. 12, Umzug am 3.5."),
    ("de", "Lieferung bis 5 Uhr", "Lieferung ab 5 Uhr"),
    ("en", "The bill is correct", "The bill isn't correct"),
    ("nl", "De meter hangt binnen", "De meter hangt buiten"),
]


def removed(texts: tuple[str, ...], language: str, **columns: list[str | None]) -> pl.DataFrame:
    frame = pl.DataFrame({"id": [f"r{place}" for place in range(len(texts))], "text": texts, "lang": [language] * len(texts), **columns})
    return Fuzzy()(frame).removed


@pytest.mark.parametrize(("language", "left", "right"), SAME)
def test_another_writing_is_the_same_record(language, left, right):
    assert len(removed((left, right), language)) == 1


@pytest.mark.parametrize(("language", "left", "right"), OTHER)
def test_what_only_looks_alike_is_kept(language, left, right):
    assert removed((left, right), language).is_empty()


def test_the_record_with_a_signature_is_kept_and_another_signature_is_another_record():
    plain = TEXT.capitalize()
    done = removed((plain, f"{plain} Gruß Janssen", f"{plain} Gruß Petersen"), "de")
    assert done.select("id", "kept_id").rows() == [("r0", "r1")]


@given(st.sampled_from(["Hallo zusammen", "Moin", "Sehr geehrte Damen und Herren", "Guten Tag Frau Klein", "Liebes Team"]), st.booleans())
def test_a_greeting_changes_nothing(greeting, broken):
    assert len(removed((TEXT, f"{greeting},{chr(10) if broken else ' '}{TEXT} Vielen Dank im Voraus"), "de")) == 1


@given(st.lists(st.integers(0, 9999), min_size=2, max_size=5), st.integers(0, 3))
def test_a_number_with_blanks_has_the_key_of_the_number(groups, zeros):
    parts = ["7", *(f"{group:04}" for group in groups)]
    texts = [f"Gerät {' '.join(parts)} am Hang", f"Gerät {'0' * zeros}{''.join(parts)} am Hang"]
    key = tokens_of(pl.Series(texts)).key
    assert key[0] == key[1]


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=4), st.lists(st.integers(1, 10**6), min_size=1, max_size=4))
def test_keys_differ_where_digits_differ(left, right):
    key = tokens_of(pl.Series([" ".join(map(str, numbers)) for numbers in (left, right)])).key
    assert (key[0] == key[1]) == ("".join(map(str, left)) == "".join(map(str, right)))


@pytest.mark.parametrize(
    ("left", "right", "language"),
    [
        ("3.190,0", "3190", "de"),
        ("1.034,57 €", "1034.57", "de"),
        ("1,245.60 EUR", "1245.60", "en"),
        ("0098112", "98112", "de"),
        ("87 220", "87220", "de"),
        ("30.06.2025", "2025-06-30", "de"),
        ("Frankfurt a. M.", "Frankfurt am Main", "de"),
        ("Goethestr. 3", "Goethestraße 3", "de"),
    ],
)
def test_a_column_has_one_form(left, right, language):
    assert len(removed((TEXT, TEXT.upper()), language, wert=[left, right])) == 1


@pytest.mark.parametrize(("left", "right"), [("3.190,0", "3191"), ("98112", "98121"), ("5 kWh", "5 m³"), ("Hamm", "Hanau"), ("1,5", "15")])
def test_another_value_of_a_column_is_another_record(left, right):
    assert removed((TEXT, TEXT.upper()), "de", wert=[left, right]).is_empty()


def test_what_stands_around_a_text_is_told_apart():
    ends = parted(pl.Series(["Re: [Ticket 55] Hallo Frau Klein, alles gut. Viele Grüße, Ihr Max Rot", None, "alles gut"]))
    assert ends.texts.str.strip_chars(" .").to_list() == ["alles gut", "", "alles gut"]
    assert (ends.said[:, 0] >= 0).all()
    assert ends.covers(0, 2)
    assert not ends.covers(2, 0)


@pytest.mark.parametrize(
    ("raw", "form"), [("zwoelf", "12"), ("centre", "center"), ("hauptstr", "hauptstrasse"), ("organisation", "organization")]
)
def test_a_word_has_one_form(raw, form):
    assert word_form(raw) == word_form(form)
