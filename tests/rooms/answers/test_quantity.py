"""Who asks for a number of something out loud is answered by a statement that tells one, or told that none does."""

from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.answers.ask import AskContext, Question, ask
from nova.answers.check.abstain import decide
from nova.answers.check.quantity import CLOCK, COUNT, Quantity, asked_quantity
from tests.rooms.answers.shelf import ANALYSER, found_for, house, laws

UNITS = (
    "Euro", "Cent", "€", "Tage", "Werktage", "Kalendertage", "Wochen", "Monate", "Kalendermonate", "Jahre", "Kalenderjahre", "Stunden",
    "Minuten", "Sekunden", "Quartale", "Prozent", "%", "Prozentpunkte", "Watt", "Kilowatt", "kW", "kWp", "Megawatt", "MWp", "kWh",
    "Kilowattstunden", "Megawattstunden", "Terawattstunden", "Gigajoule", "Volt", "Kilovolt", "Ampere", "Hertz", "Meter", "Kilometer", "m²",
    "Quadratmeter", "Kilogramm", "Tonnen", "Liter", "bar", "Grad",
)  # fmt: skip
CANTEEN = """# Werkvertrag der Kantine

## Mahnung

Bei Zahlungsverzug erhebt der Betreiber eine angemessene Mahnpauschale. Die Mahnpauschale ist sofort fällig.

## Ladesäule

Die Ladesäule wird nach fünf Werktagen gesperrt, wenn die Rechnung nicht gezahlt ist.
"""


@lru_cache(maxsize=1)
def canteen() -> AskContext:
    return house(("kantine", CANTEEN))


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("Wie viele Wochen vorher wird die Sperre angedroht?", "tag"),
        ("Nach wieviel Tagen darf gesperrt werden?", "tag"),
        ("Wie viele volle Jahre gilt die Eichung?", "tag"),
        ("Wie viel Euro muss ich im Rückstand sein?", "euro"),
        ("Wie viel Geld bekomme ich zurück?", "euro"),
        ("Welche Gebühr darf die Mahnung kosten?", "euro"),
        ("Wie hoch ist die Mahngebühr?", "euro"),
        ("Wie viel Prozent des Verbrauchs sind es?", "prozent"),
        ("Wie viele kW darf die Wallbox haben?", "watt"),
        ("Ab wie vielen kWp brauche ich das?", "watt"),
        ("Wie viele kWh im Jahr?", "kilowattstunde"),
        ("Wie viele Ampere hat die Sicherung?", "ampere"),
        ("Wie lang darf das Kabel sein, in Metern?", "meter"),
        ("Um wie viel Uhr wird abgeschaltet?", CLOCK),
        ("Zu welcher Uhrzeit darf der Ableser kommen?", CLOCK),
        ("Wie viele Raten kann ich vereinbaren?", COUNT),
        ("Wie viele Raten à 50 Euro kann ich vereinbaren?", COUNT),
    ],
)
def test_a_number_asked_for_out_loud_has_a_unit(question: str, unit: str) -> None:
    assert asked_quantity(question) == Quantity(unit)


@pytest.mark.parametrize(
    "question",
    [
        "Welche Frist gilt bei der Kündigung?",
        "Wie lange darf das dauern?",
        "Wie viel muss ich zahlen?",
        "Wie hoch ist die Grenze?",
        "Darf der Strom in Raten gezahlt werden?",
        "Was gilt in Euro-Ländern für Gebühren?",
        "",
    ],
)
def test_what_may_be_answered_without_a_number_asks_for_none(question: str) -> None:
    assert asked_quantity(question) is None


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_that_may_be_asked_for_is_told_by_a_number_in_it(unit: str) -> None:
    asked = asked_quantity(f"Wie viele {unit} sind erlaubt?")
    assert asked is not None
    assert asked.is_told([f"Erlaubt sind höchstens 7 {unit}."])
    assert not asked.is_told(["Erlaubt ist eine angemessene Menge.", "Das gilt nach § 7 Absatz 2.", "In Raten zu je 7 Teilen."])


@pytest.mark.parametrize(
    ("unit", "text", "told"),
    [
        ("tag", "Die Frist beträgt zwei Wochen.", True),
        ("tag", "Das gilt bis zum 1. April 2025.", True),
        ("tag", "Die Frist ist angemessen.", False),
        ("tag", "Es sind 100 Euro zu zahlen.", False),
        ("euro", "Das kostet 80 Cent.", True),
        ("euro", "Die Auskunft ist unentgeltlich.", True),
        ("euro", "Die Prüfung erfolgt ohne zusätzliche Kosten.", True),
        ("euro", "Zu zahlen ist eine angemessene Pauschale.", False),
        ("euro", "Bis zum 1. April 2025.", False),
        ("prozent", "Die Hälfte trägt der Kunde.", True),
        ("prozent", "Einen Anteil trägt der Kunde.", False),
        (CLOCK, "Die Werkstatt öffnet um 7 Uhr.", True),
        (CLOCK, "Die Werkstatt öffnet nach sieben Tagen.", False),
        (COUNT, "Zahlbar in drei Raten.", True),
        (COUNT, "Zahlbar nach § 3 Absatz 2.", False),
        (COUNT, "Zahlbar binnen 3 Wochen.", False),
    ],
)
def test_a_text_tells_a_number_of_the_kind_that_is_asked_for(unit: str, text: str, told: bool) -> None:
    assert Quantity(unit).is_told(["Nichts davon.", text]) is told


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_question_and_text_may_be_asked(question: str, text: str) -> None:
    for asked in (asked_quantity(question), asked_quantity(f"Wie viele {question}")):
        assert asked is None or (asked.unit and asked.name and asked.is_told([text]) in (True, False))


@given(st.sampled_from(UNITS), st.integers(2, 999), st.sampled_from(["Wie viele {} sind es?", "wieviele {}?", "Bei wie vielen {}, bitte?"]))
def test_an_asked_number_is_told_whatever_it_is(unit: str, number: int, frame: str) -> None:
    asked = asked_quantity(frame.format(unit))
    assert asked is not None
    assert asked.is_told([f"Es sind {number} {unit}."])


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Wie viel Euro beträgt die Mahnpauschale bei Zahlungsverzug?", "Ein Betrag"),
        ("Nach wie vielen Tagen ist die Mahnpauschale bei Zahlungsverzug fällig?", "Eine Dauer oder Frist"),
        ("Wie viel Prozent beträgt die Mahnpauschale bei Zahlungsverzug?", "Ein Anteil"),
        ("Um wie viel Uhr ist die Mahnpauschale bei Zahlungsverzug fällig?", "Eine Uhrzeit"),
        ("Wie viele Mahnpauschalen erhebt der Betreiber bei Zahlungsverzug?", "Eine Zahl"),
    ],
)
def test_a_place_that_leaves_the_number_open_is_named_and_no_answer(question: str, name: str) -> None:
    answer = ask(canteen(), Question(question))
    assert (answer.status, answer.citations) == ("refused", ())
    assert (
        answer.sentences[0].text == f"{name} dazu steht nicht in Ihren Unterlagen. Am nächsten kommt „Werkvertrag der Kantine“, „Mahnung“."
    )


def test_the_same_place_answers_who_asks_for_no_number() -> None:
    answer = ask(canteen(), Question("Was erhebt der Betreiber bei Zahlungsverzug?"))
    assert answer.status == "answered"
    assert "Mahnpauschale" in answer.citations[0].quote


def test_a_place_that_tells_the_number_answers() -> None:
    answer = ask(canteen(), Question("Nach wie vielen Tagen wird die Ladesäule gesperrt?"))
    assert answer.status == "answered"
    assert "fünf Werktagen" in answer.sentences[0].text


def test_a_law_that_leaves_the_amount_open_is_named() -> None:
    answer = ask(laws(), Question("Wie viel Euro kostet die Mahnung?"))
    assert answer.status == "refused"
    assert answer.sentences[0].text == "Ein Betrag dazu steht nicht in Ihren Unterlagen. Am nächsten kommt § 17 Absatz 2 StromGVV."


def test_what_goes_on_is_not_asked_for_its_number() -> None:
    found, chosen = found_for(laws(), "Wie viel Euro kostet die Mahnung?")
    assert decide(found, chosen, ANALYSER) is not None
    assert decide(found, chosen, ANALYSER, follows=True) is None
