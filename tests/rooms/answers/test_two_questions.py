"""Two questions in one message get two answers: a clause for the data, and what the others ask the law."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nova.answers.ask import AskContext, Question, ask
from nova.answers.heard import OTHER, Heard, _both, listen
from nova.answers.numbers import Asked, parted
from nova.answers.rules.book import Rule, RulePlace
from nova.answers.rules.map import Hit
from nova.answers.turn.focus import NOTHING
from nova.answers.turn.understand import Turn, understand
from nova.records import Answer, DataAnswer, DataFact, DataSentence, Scope
from nova.turns import NO_FOCUS, DataFocus, DataTurn
from tests.rooms.answers.shelf import laws

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
USE = "Wie hoch war mein Verbrauch gestern?"
CUT = "Ab wann darf man mir den Strom abdrehen?"
FACT = DataFact(UUID(int=1), "Verbrauch", 312.5, "kWh", "312,5 kWh", {"tool": "energy"}, 96)
SAID = "Der Verbrauch betrug 312,5 kWh."
IN_FULL = "Wie hoch war der Verbrauch von Z7 am 20.11.2026?"
TOLD = DataAnswer(
    "answered", (DataSentence(SAID, (FACT.fact_id,)),), (FACT,), focus=DataFocus(({"ask": "energy"},)), turn=DataTurn(IN_FULL, "Z7")
)
WHICH = DataAnswer("refused", (DataSentence("Welchen Zähler meinen Sie?", ()),), (), asks_back=True)


@dataclass
class Meter:
    """Answers one clause, however it begins, and what goes on with it; nothing else."""

    told: DataAnswer = TOLD
    asked: list[str] = field(default_factory=list)

    def answer(self, question: str, scope: Scope, now: datetime, before: DataFocus = NO_FOCUS, *, sure: bool = False) -> DataAnswer | None:
        self.asked.append(question)
        mine = question.casefold().removeprefix("und ") in (USE.casefold(), "how much did i use yesterday?")
        return self.told if mine or (before.asked and question == "und vorgestern?") else None

    def advise(self, question: str, scope: Scope, now: datetime, before: DataFocus = NO_FOCUS) -> DataAnswer | None:
        return None


def heard(text: str, *tools: Meter) -> Heard:
    context = laws()
    return listen(text, NOTHING, context.rules(), context.helps(), tools or (Meter(),), Scope(), NOW)


def knowing(tool: Meter | None = None) -> AskContext:
    return replace(laws(), tools=(tool or Meter(),))


def turn(text: str) -> Turn:
    return understand(text, NOTHING, laws().rules(), laws().helps())


def said(answer: Answer) -> list[str]:
    return [one.text for one in answer.sentences]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (f"{USE} {CUT}", CUT),
        (f"{CUT} Und wie hoch war mein Verbrauch gestern?", CUT),
        (f"Wie hoch war mein Verbrauch gestern und {CUT}", CUT),
        (f"Darf man mir den Strom abdrehen und {USE}", "Darf man mir den Strom abdrehen"),
        (f"{CUT} {USE} Muss ich den Ableser hereinlassen?", f"{CUT} Muss ich den Ableser hereinlassen?"),
        (f"Hallo! {USE} {CUT}", CUT),  # what has too few words is no clause
    ],
)
def test_a_clause_for_the_data_is_parted_from_the_others(text: str, rest: str) -> None:
    told, other = parted(turn(text), Asked((Meter(),), Scope(), NOW))
    assert (told.answers, other) == (True, rest)


@pytest.mark.parametrize("text", [USE, CUT, f"{USE} Danke!", f"{CUT} {CUT}", "", "Und und und und?"])
def test_what_holds_no_clause_for_the_data_and_another_is_not_parted(text: str) -> None:
    told, other = parted(turn(text), Asked((Meter(),), Scope(), NOW))
    assert (told.told, other) == (None, "")


@settings(max_examples=50)
@given(st.lists(st.sampled_from([USE, CUT, "Danke.", "und", "und wie lange", ",", "\n", "Bitte sofort Bescheid geben!"]), max_size=8))
def test_parting_never_loses_the_question_for_the_data(clauses: Sequence[str]) -> None:
    told, other = parted(turn(" ".join(clauses)), Asked((Meter(),), Scope(), NOW))
    assert not told.answers or USE in clauses
    assert all(word in " ".join(clauses).split() for word in other.split())


def test_the_law_is_asked_for_its_clause_alone() -> None:
    found = heard(f"{USE} {CUT}")
    assert found.other is not None
    assert (found.look_up, found.kind, found.searches, found.beside) == (CUT, "mixed", True, True)
    assert [one.text for one in found.sentences()] == [SAID]
    assert found.hits == found.other.hits == _both(laws().rules().near(CUT), found.turn.hits)
    assert found.hits[0].rule.topic == "stromsperre"


def test_an_english_clause_is_looked_up_in_german() -> None:
    found = heard("How much did I use yesterday? And when may they cut off my power?")
    assert found.other is not None
    assert "Strom" in found.look_up and "power" not in found.look_up
    assert found.hits[0].rule.topic == "stromsperre"


@pytest.mark.parametrize("named", ["Was regelt § 433 BGB?", "Was regelt § 999 BGB?", "Und was sagt § 14a EnWG dazu?"])
def test_a_clause_that_names_a_provision_asks_the_law(named: str) -> None:
    assert heard(f"{USE} {named}").look_up == named


@pytest.mark.parametrize(
    "beside",
    [
        "Und wie wird das Wetter morgen?",
        "Vielen Dank für deine Hilfe!",
        "Ich war den ganzen Tag nicht zuhause.",
        "Und wie viel vorgestern?",
    ],
)
def test_what_stands_beside_the_data_and_asks_no_law_is_no_second_question(beside: str) -> None:
    found = heard(f"{USE} {beside}")
    assert (found.other, found.kind) == (None, found.turn.kind)


def test_data_that_ask_back_leave_the_message_whole() -> None:
    assert heard(f"{USE} {CUT}", Meter(WHICH)).other is None


def rule(name: str) -> Rule:
    return Rule("thema", name, "kunde", (RulePlace("nav:1", "Worte"),), ("Frage?",), ())


def test_what_is_near_to_the_clause_and_to_the_message_comes_first() -> None:
    one, two, three = rule("eins"), rule("zwei"), rule("drei")
    found = _both([Hit(one, 0.5), Hit(two, 0.4)], [Hit(three, 0.45), Hit(two, 0.3)])
    assert [(hit.rule.title, hit.score) for hit in found] == [("zwei", pytest.approx(0.7)), ("eins", 0.5), ("drei", 0.45)]
    assert [hit.score for hit in _both([Hit(one, 0.8)], [Hit(one, 0.9)])] == [1.0]
    assert _both([], [Hit(one, 0.2)]) == (Hit(one, 0.2),)
    assert _both([], []) == ()


@pytest.mark.parametrize("text", [f"{USE} {CUT}", f"{CUT} {USE}", f"Wie hoch war mein Verbrauch gestern und {CUT}"])
def test_both_are_answered_the_data_first(text: str) -> None:
    answer = ask(knowing(), Question(text))
    assert (answer.status, answer.outcome) == ("answered", "answered")
    assert said(answer)[0] == SAID
    assert answer.facts == (FACT,)
    assert "§ 19" in said(answer)[1]
    assert all("§ 19" in one.section for one in answer.citations)
    assert f"[data {FACT.fact_id}]" in answer.text and "[chunk " in answer.text


def test_both_are_said_to_be_understood_and_the_message_stays_whole() -> None:
    understood = ask(knowing(), Question(f"{USE} {CUT}")).understood
    assert understood is not None
    assert (understood.kind, understood.question, understood.restated, understood.meter_id) == ("mixed", f"{USE} {CUT}", False, "Z7")


def test_what_the_law_does_not_answer_is_said_beside_what_the_data_do() -> None:
    answer = ask(knowing(), Question(f"{USE} Was regelt § 999 StromGVV?"))
    assert said(answer)[0] == SAID
    assert said(answer)[1:] == [f"{OTHER}: Dazu steht nichts in Ihren Unterlagen. § 999 StromGVV finde ich darin nicht."]
    assert answer.citations == ()


def test_the_data_alone_are_no_excuse_for_the_law() -> None:
    assert said(ask(knowing(), Question(USE))) == [SAID]


def test_the_conversation_goes_on_with_either() -> None:
    context, talk = knowing(), uuid4()
    for then, facts in (("und vorgestern?", (FACT,)), ("und wie lange vorher?", ())):
        ask(context, Question(f"{USE} {CUT}", conversation_id=talk))
        answer = ask(context, Question(then, conversation_id=talk))
        assert (answer.facts, bool(answer.citations)) == (facts, not facts), then


def test_a_message_taken_for_what_nobody_here_knows_may_hold_two_questions() -> None:
    both = heard("Mit welcher Frist kann ich kündigen und wie hoch war mein Verbrauch gestern?")
    assert both.turn.kind == "outside" and both.said.answers
    assert both.other is not None and both.other.text == "Mit welcher Frist kann ich kündigen"
    assert heard(f"{USE} Und wie heißt der Bürgermeister von Köln?").other is None
