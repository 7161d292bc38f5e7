"""Facts of answers: one fact however it is written, another one for another value, and what stands against the reference."""

import pytest

from nova.answers.check.polarity import contradicts
from nova.training.facts import facts_of
from nova.training.judge import Item, Judged, judge
from nova.training.match import tells
from nova.training.refusals import sounds_refusing
from tests.rooms.training import sets


def judged(reference: str, answer: str, question: str = "Frage?") -> Judged:
    return judge(Item("1", "t", question, reference), answer, contradicts)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.234,5 kWh", "1234,5 Kilowattstunden"),
        ("2.000 Watt", "2 kW"),
        ("6 MWh", "6000 kWh"),
        ("254,9 TWh", "254.900 GWh"),
        ("3,5 Prozent", "3.5 %"),
        ("32,5 ct/kWh", "0,325 € je Kilowattstunde"),
        ("94,80 Euro je MWh", "9,48 Cent pro kWh"),
        ("EUR 12,50", "12,50 €"),
        ("1. Januar 2025", "1.1.2025"),
        ("1. Januar 2025", "2025-01-01"),
        ("am ersten März 2026", "01.03.26"),
        ("zwei Wochen", "14 Tage"),
        ("24 Monate", "zwei Jahre"),
        ("ein halbes Jahr", "sechs Monate"),
        ("ein Drittel", "33,3 %"),
        ("drei Viertel", "75 Prozent"),
        ("die Hälfte", "50 %"),
        ("§ 14 a Abs. 2 EnWG", "Paragraph 14a Absatz 2 EnWG"),
        ("EnWG § 14a", "§ 14a des Energiewirtschaftsgesetzes"),
        ("die Bundesnetzagentur", "die BNetzA"),
        ("30.000 Euro", "30 Tsd. Euro"),
        ("um 8 Uhr", "um 08:00 Uhr"),
    ],
)
def test_one_fact_in_two_writings_is_one(one: str, other: str) -> None:
    (first,), (second,) = facts_of(f"Es gilt: {one}."), facts_of(f"Es gilt: {other}.")
    assert tells(first, second) and tells(second, first)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10 kW", "10 MW"),
        ("10 kW", "10 kWh"),
        ("3,5 %", "3,5 Prozentpunkte"),
        ("ein Monat", "30 Tage"),
        ("12 Euro im Monat", "12 Euro im Jahr"),
        ("94,80 Euro je MWh", "94,80 Euro je kWh"),
        ("mindestens 100 Euro", "höchstens 100 Euro"),
        ("1. Januar 2025", "1. Januar 2026"),
        ("März 2025", "April 2025"),
        ("§ 14a EnWG", "§ 14b EnWG"),
        ("§ 40c Abs. 2 EnWG", "§ 40c Abs. 3 EnWG"),
        ("§ 18 StromGVV", "§ 18 GasGVV"),
        ("die Bundesnetzagentur", "das Bundeskartellamt"),
        ("12 Prozent über dem Vormonat", "12 Prozent unter dem Vormonat"),
        ("spätestens sechs Wochen", "frühestens sechs Wochen"),
    ],
)
def test_another_fact_is_another(one: str, other: str) -> None:
    (first,), (second,) = facts_of(f"Es gilt: {one}."), facts_of(f"Es gilt: {other}.")
    assert not tells(first, second)


@pytest.mark.parametrize("case", sets.written("tuned"), ids=lambda case: case["question"][:40])
def test_what_says_the_same_is_right_and_what_does_not_is_against_it(case: dict[str, list[str]]) -> None:
    item = Item("1", "t", str(case["question"]), str(case["reference"]))
    assert judge(item, item.reference, contradicts).score == 1
    for twin in case["twins"]:
        found = judge(item, twin, contradicts)
        assert (found.score, found.against) == (1, False), twin
    for fault in case["faults"]:
        found = judge(item, fault, contradicts)
        assert found.score < 1 and found.against, fault


def test_of_what_was_kept_apart_as_much_is_told_as_the_decision_says() -> None:
    """19 of 20 twins and 28 of 28 faults, when it was measured (ADR 0054)."""
    twins = faults = 0
    for case in sets.written("kept"):
        item = Item("1", "t", case["question"], case["reference"])
        twins += sum(judge(item, one, contradicts).score == 1 for one in case["twins"])
        faults += sum(judge(item, one, contradicts).against for one in case["faults"])
    assert twins >= 19 and faults >= 28


def test_a_fact_of_the_question_need_not_be_said_again() -> None:
    found = judged("Bei 3.500 kWh sind es 1.120 Euro.", "Es sind 1.120 Euro.", "Was kosten 3.500 kWh?")
    assert (found.asked, found.right, found.against) == (1, 1, False)


def test_an_added_fact_that_nothing_bears_out_counts_against() -> None:
    found = judged("Der Preis beträgt 30 Euro.", "Der Preis beträgt 30 Euro. Dazu kommen 12 kWh.")
    assert (found.asked, found.right, found.unproven) == (2, 1, 1)


def test_what_is_told_of_the_other_thing_is_wrong() -> None:
    assert judged("Strom kostet 31 ct/kWh, Gas kostet 10 ct/kWh.", "Gas kostet 31 ct/kWh und Strom 10 ct/kWh.").right == 0
    assert judged("Strom kostet 31 ct/kWh, Gas kostet 10 ct/kWh.", "Gas: 10 ct/kWh. Strom: 31 ct/kWh.").right == 2


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("Der Netzbetreiber darf die Leistung nicht unter 4,2 kW senken.", "Auf weniger als 4,2 kW darf er die Leistung nicht senken."),
        ("Der Anschluss ist ohne Genehmigung zulässig.", "Der Anschluss braucht keine Genehmigung."),
        ("Eine Anmeldung ist nicht erforderlich.", "Eine Anmeldung entfällt."),
        ("Nein, ohne Ihre Zustimmung ist das verboten.", "Nein, das ist ohne Ihre Zustimmung nicht erlaubt."),
        ("Der Abschlag darf höchstens 100 Euro betragen.", "Der Abschlag darf nicht mehr als 100 Euro betragen."),
        ("Der Lieferant ist verpflichtet, den Preis mitzuteilen.", "Der Lieferant muss den Preis mitteilen."),
    ],
)
def test_the_same_sense_in_other_words_is_not_against_it(reference: str, answer: str) -> None:
    found = judged(reference, answer)
    assert (found.score, found.against) == (1, False)


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("Der Preis steigt um 5 %.", "Der Preis sinkt um 5 %."),
        ("Die Frist beginnt vor dem 1.1.2025.", "Die Frist beginnt nach dem 1.1.2025."),
        ("Der Zähler wird kostenlos getauscht.", "Der Zähler wird nicht kostenlos getauscht."),
        ("Eine Anmeldung ist nicht erforderlich.", "Eine Anmeldung ist erforderlich."),
        ("Sie können Widerspruch einlegen.", "Sie können keinen Widerspruch einlegen."),
    ],
)
def test_the_opposite_sense_in_the_same_words_is_against_it(reference: str, answer: str) -> None:
    assert judged(reference, answer).against


def test_yes_is_not_no() -> None:
    assert judged("Ja, das ist erlaubt.", "Nein, das ist nicht erlaubt.").against
    assert not judged("Ja, das ist erlaubt.", "Ja, das dürfen Sie.").against


@pytest.mark.parametrize(
    "answer",
    [
        sets.REFUSAL,
        "Das kann ich anhand der Unterlagen leider nicht beantworten.",
        "Hierzu liegen mir keine Informationen vor.",
        "Das lässt sich aus den Dokumenten nicht ableiten.",
        "Das weiß ich leider nicht.",
        "Die Quellen enthalten dazu keine Angaben.",
        "Das geht aus den Unterlagen nicht hervor.",
        "Zu dieser Frage fehlen mir die Unterlagen.",
        "Nicht beantwortbar.",
        "Keine Angabe.",
    ],
)
def test_a_refusal_sounds_like_one(answer: str) -> None:
    assert sounds_refusing(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "Nein, Sie müssen nichts zahlen.",
        "Sie können nicht kündigen.",
        "Der Vertrag verlängert sich nicht.",
        "Es fallen keine Kosten an.",
        "Wenn keine Daten vorliegen, wird der Verbrauch geschätzt.",
        "Der Netzbetreiber darf keine Daten weitergeben.",
        "Sie müssen keine Angaben zum Verbrauch machen.",
        "Liegt kein Ablesewert vor, darf geschätzt werden.",
    ],
)
def test_an_answer_that_says_no_refuses_nothing(answer: str) -> None:
    assert not sounds_refusing(answer)


def test_a_refusal_that_tells_a_number_all_the_same_is_none() -> None:
    item = Item("1", "t", "Was kostet das?", sets.REFUSAL, answerable=False)
    assert judge(item, sets.REFUSAL, contradicts).refused
    assert not judge(item, f"{sets.REFUSAL} Vermutlich sind es 30 Euro.", contradicts).refused
    assert not judge(item, "", contradicts).refused
