"""Who answers a message: data, documents, both, or Luna herself at once, and who is asked for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nova.answers.heard import Heard, listen
from nova.answers.rules.map import shipped_map
from nova.answers.turn.focus import NOTHING, Focus, LawTopic
from nova.answers.turn.helping import help_book
from nova.records import DataAnswer, DataFact, DataSentence, Scope
from nova.turns import NO_FOCUS, DataFocus

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
ENERGY = DataFact(UUID(int=1), "Verbrauch", 312.5, "kWh", "312,5 kWh", {"tool": "energy"}, 96)
SAID = "Der Verbrauch betrug 312,5 kWh."
TOLD = DataAnswer("answered", (DataSentence(SAID, (ENERGY.fact_id,)),), (ENERGY,), focus=DataFocus(({"ask": "energy"},)))
WHICH = DataAnswer("refused", (DataSentence("Welchen Zähler meinen Sie?", ()),), (), asks_back=True)
OF_DATA = Focus("data", data=TOLD.focus)
OF_LAW = Focus("law", law=(LawTopic(("stromsperre",), (), ("stromgvv:19",)),))


@dataclass
class Meters:
    """Says one thing to what is for data by its own words, another to what surely is, a third to a wish for advice."""

    strictly: DataAnswer | None = None
    surely: DataAnswer | None = None
    advice: DataAnswer | None = None
    asked: list[tuple[str, str, DataFocus]] = field(default_factory=list)

    def answer(self, question: str, scope: Scope, now: datetime, before: DataFocus = NO_FOCUS, *, sure: bool = False) -> DataAnswer | None:
        self.asked.append(("surely" if sure else "strictly", question, before))
        return self.surely if sure else self.strictly

    def advise(self, question: str, scope: Scope, now: datetime, before: DataFocus = NO_FOCUS) -> DataAnswer | None:
        self.asked.append(("advice", question, before))
        return self.advice


def heard(text: str, tool: Meters | None = None, focus: Focus = NOTHING, scope: Scope | None = None) -> Heard:
    tools: Sequence[Meters] = () if tool is None else (tool,)
    return listen(text, focus, shipped_map(), help_book(), tools, scope or Scope(), NOW)


def said(found: Heard) -> str:
    return " ".join(sentence.text for sentence in found.sentences())


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Hallo", "talk"),
        ("Vielen Dank!", "talk"),
        ("Wie ändere ich mein Passwort?", "help"),
        ("asdkj", "asked_back"),
    ],
)
def test_what_needs_no_search_is_said_at_once(text: str, outcome: str) -> None:
    found = heard(text, Meters())
    assert found.spoken is not None
    assert (found.searches, found.spoken.outcome) == (False, outcome)
    assert said(found)


def test_what_is_nobodys_question_is_refused_where_no_document_answers_it() -> None:
    found = heard("Wie ist das Wetter?", Meters())
    assert found.spoken is not None
    assert found.spoken.outcome == "refused"
    assert found.spoken.next_question
    assert not found.beside


def test_nobody_is_asked_for_data_where_somebody_greets() -> None:
    tool = Meters(TOLD, TOLD, TOLD)
    found = heard("Hallo Luna!", tool)
    assert (tool.asked, found.said.told) == ([], None)


@pytest.mark.parametrize(
    "text", ["Ab wann darf man mir den Strom abdrehen?", "Was regelt § 17 StromGVV?", "When may they cut off my power?"]
)
def test_a_question_of_law_is_searched(text: str) -> None:
    found = heard(text, Meters())
    assert (found.searches, found.spoken, found.beside, found.prelude) == (True, None, False, "")
    assert found.hits


def test_what_the_data_answer_is_not_searched() -> None:
    tool = Meters(strictly=TOLD)
    found = heard("Wie hoch war mein Verbrauch gestern?", tool)
    assert (found.searches, found.beside, said(found)) == (False, True, SAID)
    assert [how for how, _, _ in tool.asked] == ["strictly"]


def test_no_law_stands_beside_a_number_that_answers_the_whole_question() -> None:
    found = heard("Gab es in diesem Jahr Stunden mit negativem Preis?", Meters(strictly=TOLD))
    assert (found.searches, said(found)) == (False, SAID)


def test_the_point_of_a_date_parts_no_question() -> None:
    tool = Meters(strictly=TOLD)
    found = heard("Wie viel Strom ging am 22.10. im Ahornweg zurück ins Netz?", tool)
    assert (found.other, found.searches) == (None, False)
    assert all("Ahornweg" in question for _, question, _ in tool.asked)


def test_what_is_surely_for_data_asks_back_rather_than_searching() -> None:
    tool = Meters(surely=WHICH)
    found = heard("Wie hoch war mein Verbrauch?", tool)
    assert [how for how, _, _ in tool.asked] == ["strictly", "surely"]
    assert (found.searches, said(found)) == (False, "Welchen Zähler meinen Sie?")


def test_a_rule_of_law_goes_before_asking_back() -> None:
    found = heard("Rechnung mehr als doppelt so hoch, muss ich zahlen?", Meters(strictly=WHICH, surely=WHICH))
    assert (found.searches, found.said.told) == (True, None)


def test_what_goes_on_with_data_carries_their_focus() -> None:
    tool = Meters(surely=TOLD)
    found = heard("und gestern?", tool, OF_DATA)
    assert (said(found), found.searches) == (SAID, False)
    assert tool.asked
    assert all(before == OF_DATA.data for _, _, before in tool.asked)


def test_a_new_question_behind_law_carries_no_focus_of_data() -> None:
    tool = Meters(strictly=TOLD)
    heard("Wie hoch war mein Verbrauch gestern?", tool, OF_LAW)
    assert [before for _, _, before in tool.asked] == [NO_FOCUS]


def test_what_goes_on_with_law_is_never_surely_for_data() -> None:
    tool = Meters(surely=TOLD)
    found = heard("und wie lange vorher?", tool, OF_LAW)
    assert found.searches
    assert "surely" not in [how for how, _, _ in tool.asked]
    assert found.hits[0].rule.topic == "stromsperre"


def test_advice_is_given_from_ones_own_figures() -> None:
    tool = Meters(advice=TOLD)
    found = heard("Lohnt sich ein dynamischer Tarif für mich?", tool)
    assert [how for how, _, _ in tool.asked] == ["advice"]
    assert (found.searches, said(found)) == (False, SAID)


def test_advice_that_no_figures_give_is_looked_up() -> None:
    assert heard("Lohnt sich ein dynamischer Tarif für mich?", Meters()).searches


def test_what_luna_cannot_do_is_said_before_the_rule_for_it() -> None:
    found = heard("Kündige meinen Vertrag", Meters())
    assert found.searches
    assert "kann ich nicht für Sie erledigen" in found.prelude


def test_what_luna_cannot_do_is_said_in_english_too() -> None:
    assert "I cannot do that for you" in heard("Please cancel my contract for me", Meters()).prelude


def test_nobody_is_asked_back_twice_running() -> None:
    first, second = heard("asdkj", Meters()), heard("asdkj", Meters(), Focus("unclear", asked_back=True))
    assert first.spoken is not None and second.spoken is not None
    assert (first.spoken.outcome, second.spoken.outcome) == ("asked_back", "refused")
    assert second.spoken.next_question


def test_the_first_tool_that_knows_answers() -> None:
    silent, knowing, idle = Meters(), Meters(strictly=TOLD), Meters(strictly=WHICH)
    found = listen("Wie hoch war mein Verbrauch gestern?", NOTHING, shipped_map(), help_book(), (silent, knowing, idle), Scope(), NOW)
    assert said(found) == SAID
    assert (len(silent.asked), len(knowing.asked), idle.asked) == (1, 1, [])


def test_a_number_is_looked_up_as_its_rule_is_written() -> None:
    limit = DataAnswer(TOLD.status, TOLD.sentences, TOLD.facts, ("§ 14a EnWG", "Grenze"))
    found = heard("Liegt meine Spitze gestern über der Grenze nach § 14a EnWG?", Meters(limit, limit))
    assert found.searches
    assert found.beside


def test_an_english_question_is_looked_up_in_german() -> None:
    found = heard("What is the notice period of basic supply?", Meters())
    assert "Kündigungsfrist" in found.look_up
    assert "Grundversorgung" in found.look_up


@settings(max_examples=100)
@given(
    st.text(max_size=200),
    st.sampled_from([NOTHING, OF_DATA, OF_LAW, Focus("help", help="passwort-aendern"), Focus("unclear", asked_back=True)]),
    st.sampled_from([None, TOLD, WHICH]),
)
def test_any_message_is_answered_by_somebody(text: str, focus: Focus, told: DataAnswer | None) -> None:
    found = heard(text, Meters(told, told, told), focus)
    assert found.searches or found.sentences()
    assert found.spoken is None or not found.searches or found.spoken.outcome in ("refused", "help", "asked_back")
    assert found.look_up.strip() or not text.strip() or not found.searches
