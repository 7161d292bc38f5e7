"""Customers' names and streets in whatever writing: small letters, dictation, spaced letters; words only where a name is meant."""

import pytest

from nova.privacy import redact
from nova.privacy.dictionary import Entry, MasterData, build, dump, load
from nova.privacy.masterfile import entries
from tests.effort_of import grows_linearly

KEY = bytes(range(32))
CUSTOMERS = """Nachname;Vorname;Straße;Zählernummer
Quaxendorf;Zacharias;Am Flötztor;4711 2233
Klein;Ute;Hülsebrockstr. 12;
Lang;Peter;Lange Reihe;
Stark;Ida;Im Winkel;
Will;Max;;
von der Mühlenau;Karl;;
Meier-Zwillbrock;Eva;;
Kassel;Jan;;
"""
NAMES = "Kunde;Anschrift\nEheleute Berta und Ole Pfunzkamp;Tölzmoor 3, 34117 Kassel\nDr. Hans Brömsel;\nBäckerei Quellmann GmbH;\n"


@pytest.fixture(scope="module")
def master() -> MasterData:
    told = [*entries(CUSTOMERS.encode(), "kunden.csv"), *entries(NAMES.encode(), "namen.csv")]
    return load(dump(build(told, KEY)), KEY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hier quaxendorf, Zähler ist defekt", "Hier [NAME], Zähler ist defekt"),
        ("Der Techniker war bei quaxendorf und las ab.", "Der Techniker war bei [NAME] und las ab."),
        ("QUAXENDORFS Zähler, quaxendorfs Vertrag", "[NAME] Zähler, [NAME] Vertrag"),
        ("Q u a x e n d o r f ist da", "[NAME] ist da"),
        ("Z. Quaxendorf kommt", "[NAME] kommt"),
        ("meier-zwillbrock zahlt, Frau zwillbrock nicht", "[NAME] zahlt, Frau [NAME] nicht"),
        ("Gestern kam berta pfunzkamp in die Filiale", "Gestern kam [NAME] in die Filiale"),
        ("Vertrag von brömsel läuft aus", "Vertrag von [NAME] läuft aus"),
        ("Der Zähler von mühlenau ist alt", "Der Zähler von [NAME] ist alt"),
        ("Frau quaxendorf-meier und meier-quaxendorf", "Frau [NAME] und [NAME]"),
        ("Der Quaxendorf-Vertrag", "Der [NAME]-Vertrag"),
        ("Mail: z.quaxendorf@web.de", "Mail: [E-MAIL]"),
        ("Mail: info@quaxendorf.de, @quaxendorf bitte lesen", "Mail: [E-MAIL], @[NAME] bitte lesen"),
        ("Zähler 4 7 1 1 2 2 3 3", "Zähler [ZÄHLER]"),
    ],
)
def test_a_customers_name_is_found_in_any_writing(master: MasterData, text: str, expected: str) -> None:
    assert redact(text, dictionary=master).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ein klein wenig, wie lang dauert das?", "ein klein wenig, wie lang dauert das?"),
        ("Das Kabel ist stark verschmutzt.", "Das Kabel ist stark verschmutzt."),
        ("Frau Will will kündigen, die frau will das", "Frau [NAME] will kündigen, die frau will das"),
        ("Klein geschrieben: Lang hat es gedauert.", "Klein geschrieben: Lang hat es gedauert."),
        ("der Zähler an der Langen Reihe ist klein", "der Zähler an der Langen Reihe ist klein"),
        ("Gestern war Klein da, der Zähler von Lang auch", "Gestern war [NAME] da, der Zähler von [NAME] auch"),
        ("Klein hat gestern angerufen.", "[NAME] hat gestern angerufen."),
        ("herr klein und die frau stark", "herr [NAME] und die frau [NAME]"),
        ("mein name ist klein", "mein name ist [NAME]"),
        ("Hier Lang, guten Tag", "Hier [NAME], guten Tag"),
        ("Umzug nach Kassel", "Umzug nach Kassel"),
        ("Eine GmbH, viele Bäckereien", "Eine GmbH, viele Bäckereien"),
    ],
)
def test_a_word_that_is_also_a_customers_name_is_found_where_it_is_meant(master: MasterData, text: str, expected: str) -> None:
    assert redact(text, dictionary=master).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ich wohne am flötztor sieben und habe keinen Strom", "ich wohne [ADRESSE] und habe keinen Strom"),
        ("Am Flötztor, ähm, Nummer zwölf b bitte", "[ADRESSE] bitte"),
        ("Bin am flötztor eins null vier", "Bin [ADRESSE]"),
        ("am flötztor, hausnummer ist die sieben", "[ADRESSE]"),
        ("am flötztor sieben bis neun", "[ADRESSE]"),
        ("Flötztor 9, 34117 Kassel", "[ADRESSE]"),
        ("hülsebrockstraße zwölf", "[ADRESSE]"),
        ("tölzmoor drei", "[ADRESSE]"),
        ("Tölzmoor 3, 34117 Kassel", "[ADRESSE]"),
        ("Am Flötztor zwei Zähler getauscht", "Am Flötztor zwei Zähler getauscht"),
        ("Am Flötztor sieben Grad", "Am Flötztor sieben Grad"),
        ("Am Flötztor ein Ausfall", "Am Flötztor ein Ausfall"),
    ],
)
def test_a_customers_street_is_found_with_a_written_or_dictated_number(master: MasterData, text: str, expected: str) -> None:
    assert redact(text, dictionary=master).text == expected


def test_what_a_session_knows_is_found_dictated_and_without_umlauts() -> None:
    known = {"Am Flötztor 7": "address", "Brömsel": "name"}
    assert redact("am flötztor sieben, Herr Broemsel", known=known).text == "[ADRESSE], Herr [NAME]"


def test_a_name_of_rank_keeps_its_words() -> None:
    people = ("Sabine Herr", "Charlotte Graf", "Hugo von und zu Brömsel", "Ottokar Freiherr von Pfunzendorf", "Ute und Ole Tölz-Quarm")
    master = build([Entry(name, "name") for name in people], KEY)
    for name in (*people[:4], "hugo von und zu brömsel", "Ottokar von Pfunzendorf", "Ole Tölz-Quarm", "Ute Tölz-Quarm"):
        assert redact(f"Vertrag für {name}, Zähler 1", dictionary=master).text == "Vertrag für [NAME], Zähler 1"


def test_words_in_another_spelling_or_run_together_are_no_customers() -> None:
    master = build([Entry(name, "name") for name in ("Ina Gross", "Jo Fuenfzig", "Ute Ander", "Ali Wardas", "Eva Muede")], KEY)
    text = "Ich bin müde, groß und fünfzig, war das an der Ecke?"
    assert redact(text, dictionary=master).text == text
    assert redact("Frau Groß und Herr Ander", dictionary=master).text == "Frau [NAME] und Herr [NAME]"


def test_the_companys_own_street_stays_whatever_customers_live_there() -> None:
    master = build([Entry("Werkstraße 5", "own"), Entry("Werkstr.", "street"), Entry("Ute Werkstraße", "name")], KEY)
    assert (
        redact("Werkstraße 5 ist unser Haus, werkstraße 7 nicht", dictionary=master).text == "Werkstraße 5 ist unser Haus, [ADRESSE] nicht"
    )


def test_looking_up_takes_linear_time(master: MasterData) -> None:
    def look_up(times: int) -> None:
        text = "Hier spricht q u a x e n d o r f und 4 7 1 1 am flötztor Klein " * times
        assert sum(1 for _ in master(text)) >= times

    assert grows_linearly(look_up, 50)
