"""Who asks of data in English is answered in English, with the same facts and only their numbers."""

import re
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.energy.explain.facts import holds
from nova.energy.explain.say.english import value_of
from nova.energy.explain.tool import Talk, respond
from nova.energy.explain.words import CLOCK, DATE, TIME
from nova.records import DataAnswer, DataFact
from nova.turns import NO_FOCUS, DataFocus
from tests.rooms.energy.explain.test_going_on import case, houses, said

PAIRS = (
    ("How much did H1 use yesterday?", "Wie viel hat H1 gestern verbraucht?"),
    ("What was the peak load of H1 last week?", "Wie hoch war die Lastspitze von H1 letzte Woche?"),
    ("How much did the electricity of H1 cost yesterday?", "Was hat der Strom von H1 gestern gekostet?"),
    ("When was electricity cheapest yesterday?", "Wann war der Strom gestern am günstigsten?"),
    ("What was the electricity price yesterday?", "Wie hoch war der Strompreis gestern?"),
)
GERMAN = re.compile(r"[äöüßÄÖÜ]|\b(?:der|die|das|und|am|im|Uhr|war|betrug|Verbrauch|von|vom|bis|liegen)\b")


def told(question: str, before: DataFocus = NO_FOCUS) -> DataAnswer:
    answer = respond(houses(), question, case().now, uuid4, Talk(before, sure=True))
    assert answer is not None, question
    return answer


@pytest.mark.parametrize(("english", "german"), PAIRS)
def test_the_same_facts_are_told(english: str, german: str) -> None:
    one, other = told(english), told(german)
    assert one.status == other.status == "answered"
    assert [(fact.query, fact.value) for fact in one.facts] == [(fact.query, fact.value) for fact in other.facts]
    assert all(holds(houses(), fact) for fact in one.facts)


@pytest.mark.parametrize(("english", "_"), PAIRS)
def test_no_german_word_is_said(english: str, _: str) -> None:
    assert GERMAN.findall(said(told(english))) == []


@pytest.mark.parametrize(("english", "_"), PAIRS)
def test_every_sentence_rests_on_one_fact_whose_number_it_says(english: str, _: str) -> None:
    answer = told(english)
    facts = {fact.fact_id: fact for fact in answer.facts}
    for sentence in answer.sentences:
        (only,) = sentence.facts
        assert value_of(facts[only]) in sentence.text


def test_a_german_question_is_answered_in_german() -> None:
    assert GERMAN.search(said(told("Wie viel hat H1 gestern verbraucht?")))


def test_an_english_conversation_goes_on() -> None:
    first = told("How much did H1 use yesterday?")
    before = told("and the day before?", first.focus)
    other = told("and the other one?", before.focus)
    assert [one.turn.meter_id for one in (first, before, other) if one.turn] == ["H1", "H1", "H2"]
    assert before.turn is not None and first.turn is not None
    assert before.turn.end == first.turn.start
    assert GERMAN.findall(said(before) + said(other)) == []


def test_without_data_it_is_said_in_english_without_a_number() -> None:
    answer = respond(houses(), "How much did H1 use yesterday?", datetime(2031, 5, 4, 9, tzinfo=UTC))
    assert answer is not None
    assert answer.status == "refused"
    assert GERMAN.findall(said(answer)) == []
    assert not re.search(r"\d", said(answer))


def fact(value: float | None, unit: str) -> DataFact:
    return DataFact(UUID(int=1), "x", value, unit, "", {"tool": "energy"}, 1)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1234.5, "kWh", "1,234.5 kWh"),
        (0.4567, "kWh", "0.46 kWh"),
        (89.456, "EUR/MWh", "89.46 EUR/MWh"),
        (12.3, "%", "12 %"),
        (2543.0, "", "2,543"),
        (1795266900.0, TIME, "14:15 on 21 November 2026"),
        (1795266900.0, DATE, "21 November 2026"),
        (1080.0, CLOCK, "18:00"),
    ],
)
def test_numbers_are_english(value: float, unit: str, text: str) -> None:
    assert value_of(fact(value, unit)) == text


@given(st.floats(-1e9, 1e9, allow_nan=False), st.sampled_from(["kWh", "kW", "EUR", "EUR/MWh", "ct/kWh", "%", "h", ""]))
def test_any_number_is_told_with_its_unit(value: float, unit: str) -> None:
    text = value_of(fact(value, unit))
    assert text.endswith(unit)
    assert float(text.removesuffix(unit).strip().replace(",", "")) == pytest.approx(value, abs=0.5)
