"""What composed answers look like: the best first, short, what leans on a sentence with it, further places in one line."""

from uuid import uuid4

import pytest

from nova.answers.ask import Question, ask
from nova.answers.check.abstain import _QUOTED
from nova.answers.compose.compose import FULLER, SHORT, Room
from nova.answers.passages.name import enumerated
from nova.answers.understand.wanted import LENGTH, MONEY, TIME, wanted_units
from nova.records import Answer
from tests.rooms.answers.shelf import house, laws

LOCKS = """# Betriebshandbuch

## Sperrung

(1) Der Netzbetreiber sperrt einen Anschluss nur nach Ankündigung der Sperrung beim Kunden.

(2) Die Sperrung ist dem Kunden vier Wochen vorher schriftlich anzudrohen. Diese kann mit der Mahnung verbunden werden.

(3) Für die Sperrung berechnet der Netzbetreiber dem Kunden eine Pauschale von 48 Euro.

## Bereitschaft

Der Bereitschaftsdienst führt eine Sperrung nur montags bis donnerstags aus.
"""


def test_the_asked_figure_leads_and_further_places_follow() -> None:
    answer = ask(house(("handbuch", LOCKS)), Question("Wie viele Wochen vorher ist dem Kunden die Sperrung anzudrohen?"))
    assert "vier Wochen" in answer.sentences[0].text
    assert "48 Euro" not in answer.sentences[0].text
    assert len([one for one in answer.sentences if not one.text.startswith("Siehe auch")]) <= SHORT.sentences
    assert all(one.checked and one.citations for one in answer.sentences)


def test_what_an_amount_question_wants_is_money() -> None:
    answer = ask(house(("handbuch", LOCKS)), Question("Was darf der Netzbetreiber dem Kunden für die Sperrung höchstens berechnen?"))
    assert "48 Euro" in answer.sentences[0].text


def test_a_sentence_that_leans_on_another_brings_it_along() -> None:
    answer = ask(house(("handbuch", LOCKS)), Question("Darf die Androhung der Sperrung mit der Mahnung verbunden werden?"))
    said = next(one.text for one in answer.sentences if "Mahnung" in one.text)
    assert said.index("anzudrohen") < said.index("Diese kann")


def test_quotes_are_whole_absaetze() -> None:
    answer = ask(house(("handbuch", LOCKS)), Question("Wie viele Wochen vorher ist dem Kunden die Sperrung anzudrohen?"))
    assert any("vier Wochen" in one.quote and "Mahnung verbunden" in one.quote for one in answer.citations)


def test_answers_stay_short() -> None:
    for question in ("Mit welcher Frist kann der Grundversorgungsvertrag gekündigt werden?", "Wann darf der Grundversorger kündigen?"):
        answer = ask(laws(), Question(question))
        first, *others = answer.sentences
        spoken = [one.text for one in others if not one.text.startswith("Siehe auch")]
        assert sum(map(len, spoken)) <= max(0, SHORT.characters - len(first.text))
        assert sum(one.text.startswith("Siehe auch") for one in answer.sentences) <= 1


def test_what_goes_on_is_told_a_little_more_fully_and_within_its_room() -> None:
    context, talk = laws(), uuid4()
    asked = ("Wann darf mir der Strom gesperrt werden?", "und wie lange vorher müssen die das ankündigen?")
    first, then = (ask(context, Question(text, talk=talk)) for text in asked)
    alone = ask(context, Question("Wie lange vorher muss eine Sperre angekündigt werden?"))
    assert _told(first, SHORT) and _told(alone, SHORT) and _told(then, FULLER)
    assert len(_said(then)) > SHORT.sentences or sum(map(len, _said(then))) > SHORT.characters


def _said(answer: Answer) -> list[str]:
    return [one.text for one in answer.sentences if not one.text.startswith("Siehe auch")]


def _told(answer: Answer, room: Room) -> bool:
    first, *others = _said(answer)
    return len(others) < room.sentences and sum(map(len, others)) <= max(0, room.characters - len(first))


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("Wie viel Stromsteuer erstattet der Zoll?", MONEY),
        ("Was darf der Betreiber für den Zähler im Jahr höchstens verlangen?", MONEY),
        ("Wie hoch darf man bei der Ausschreibung maximal bieten?", MONEY),
        ("Bis zu welchem Tag ist das zu melden?", TIME),
        ("Welche Kündigungsfrist gilt?", TIME),
        ("Bis zu welcher Entfernung gilt das?", LENGTH),
        ("In welchem Frequenzbereich bleibt die Anlage am Netz?", frozenset({"hertz"})),
        ("Wer trägt die Verantwortung?", frozenset()),
    ],
)
def test_the_wanted_units(question: str, units: frozenset[str]) -> None:
    assert wanted_units(question) == units


def test_names_in_quotation_marks_nobody_knows_are_refused() -> None:
    answer = ask(laws(), Question("Mit welcher Frist kann ich den Grundversorgungsvertrag im Tarif „Zisterna Plus“ kündigen?"))
    assert answer.status == "refused"
    assert "„Zisterna Plus“" in answer.text
    assert _QUOTED.search("Was heißt „Grundversorger“?")
    known = ask(laws(), Question("Mit welcher Frist kann der „Grundversorgungsvertrag“ gekündigt werden?"))
    assert known.status == "answered"


def test_enumerations_read_as_german() -> None:
    assert enumerated(["1"]) == "1"
    assert enumerated(["1", "2", "3"]) == "1, 2 und 3"
