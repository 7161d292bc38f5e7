"""Which rules a message means in a conversation: what goes on stays with what was spoken of, another topic begins anew."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.answers.ask import Question, ask
from nova.answers.rules.aspects import WORTH
from nova.answers.rules.book import Rule, RulePlace
from nova.answers.rules.map import Hit, RuleMap, shipped_map
from nova.answers.turn.about import (
    AGAIN,
    ANEW,
    CLEARLY,
    NEW_TOPIC,
    PERHAPS_ANEW,
    SAME_RULE,
    SAME_TOPIC,
    STRANGE,
    _of_other_contract,
    names_only_contract,
    rules_for,
)
from nova.answers.turn.focus import NOTHING, Focus, LawTopic
from nova.answers.turn.helping import help_book
from nova.answers.turn.understand import Turn, understand
from tests.rooms.answers.shelf import house, laws

pytestmark = pytest.mark.slow

CUT_OFF = LawTopic(("stromsperre",), ("stromsperre/Sperre nur ab 100 Euro Verzug",), ("stromgvv:19",))
OF_LAW = Focus("law", law=(CUT_OFF,))


def rule(topic: str, title: str) -> Rule:
    return Rule(topic, title, "kunde", (RulePlace("nav:1", "Worte"),), ("Frage?",), ())


TOLD, SAME, BESIDE, FAR = rule("sperre", "Betrag"), rule("sperre", "Frist"), rule("mahnung", "Kosten"), rule("wallbox", "Melden")
SPOKEN_OF = LawTopic(("sperre",), (TOLD.key,), ("nav:1",))
OF_CUT = Focus("law", law=(SPOKEN_OF, LawTopic(("wallbox",), (FAR.key,), ())))


@dataclass
class Near:
    """A map that finds what it is told to, alone and within what was spoken of; it remembers within what it was asked."""

    alone: Iterable[tuple[Rule, float]] = ()
    inside: Iterable[tuple[Rule, float]] = ()
    asked: list[tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)

    def near(self, text: str) -> list[Hit]:
        return [Hit(one, score) for one, score in self.alone]

    def within(self, text: str, topics: Iterable[str], norms: Iterable[str]) -> list[Hit]:
        self.asked.append((tuple(topics), tuple(norms)))
        return [Hit(one, score) for one, score in self.inside]

    def named(self, keys: Iterable[str]) -> list[Rule]:
        return [one for one in (TOLD, SAME, BESIDE, FAR) if one.key in keys]


def found(near: Near, *, follows: bool, focus: Focus = OF_CUT, text: str = "xyz") -> list[tuple[str, float]]:
    return [(hit.rule.key, round(hit.score, 6)) for hit in rules_for(text, focus, cast(RuleMap, near), follows=follows)]


def test_where_nothing_was_spoken_of_a_message_stands_alone() -> None:
    near = Near([(FAR, 0.3), (TOLD, 0.2)], [(SAME, 0.9)])
    for follows in (True, False):
        assert found(near, follows=follows, focus=NOTHING) == [(FAR.key, 0.3), (TOLD.key, 0.2)]
    assert near.asked == []


def test_only_what_was_spoken_of_last_is_gone_on_with() -> None:
    near = Near()
    found(near, follows=True)
    assert near.asked == [(SPOKEN_OF.topics, SPOKEN_OF.norms)]


def test_what_goes_on_gains_by_its_topic_and_by_the_rule_told_last() -> None:
    near = Near([], [(SAME, 0.5), (TOLD, 0.5), (BESIDE, 0.6)])
    assert found(near, follows=True) == [
        (TOLD.key, round(0.5 + SAME_TOPIC + SAME_RULE, 6)),
        (SAME.key, round(0.5 + SAME_TOPIC, 6)),
        (BESIDE.key, 0.6),
    ]


def test_a_rule_that_tells_what_is_asked_of_the_subject_gains() -> None:
    near = Near([], [(TOLD, 0.5), (SAME, 0.5)])
    assert found(near, follows=True)[0][0] == TOLD.key
    assert found(near, follows=True, text="und wie lange?")[0] == (SAME.key, round(0.5 + SAME_TOPIC + WORTH, 6))


def test_another_topic_is_heard_in_what_goes_on_only_where_it_is_very_near() -> None:
    assert found(Near([(FAR, NEW_TOPIC - 0.01)], [(SAME, 0.1)]), follows=True) == [(SAME.key, round(0.1 + SAME_TOPIC, 6))]
    assert found(Near([(FAR, NEW_TOPIC)], [(SAME, 0.0)]), follows=True) == [
        (FAR.key, round(NEW_TOPIC - STRANGE, 6)),
        (SAME.key, SAME_TOPIC),
    ]


def test_a_rule_that_clearly_fits_alone_begins_anew() -> None:
    near = Near([(FAR, CLEARLY)], [(SAME, 0.55)])
    assert found(near, follows=False) == [(FAR.key, CLEARLY), (SAME.key, round(0.55 + SAME_TOPIC - ANEW, 6))]


@pytest.mark.parametrize("alone", [[], [(FAR, CLEARLY - 0.01)]])
def test_where_none_clearly_fits_alone_what_was_spoken_of_may_be_meant(alone: list[tuple[Rule, float]]) -> None:
    best = found(Near(alone, [(SAME, 0.55)]), follows=False)[0]
    assert best == (SAME.key, round(0.55 + SAME_TOPIC - PERHAPS_ANEW, 6))


def test_what_only_lies_beside_is_not_meant_by_what_begins_anew() -> None:
    near = Near([], [(BESIDE, 0.9), (SAME, 0.3)])
    assert [key for key, _ in found(near, follows=False)] == [SAME.key]
    assert [key for key, _ in found(near, follows=True)] == [BESIDE.key, SAME.key]


def test_each_rule_comes_once_by_its_better_score() -> None:
    assert found(Near([(SAME, 0.7)], [(SAME, 0.6)]), follows=False) == [(SAME.key, 0.7)]
    assert found(Near([(SAME, 0.7)], [(SAME, 0.6)]), follows=True) == [(SAME.key, round(0.6 + SAME_TOPIC, 6))]


@pytest.mark.parametrize("text", ["und für Gas?", "Gilt das auch für Strom?", "Und bei Fernwärme?", "same for Gas?"])
def test_another_energy_asks_for_the_rule_told_last(text: str) -> None:
    near = Near([(FAR, 0.9)], [(SAME, 0.9)])
    assert found(near, follows=True, text=text) == [(TOLD.key, AGAIN)]
    assert found(near, follows=False, text=text)[0][0] == FAR.key


@pytest.mark.parametrize("text", ["und die Frist für Gas?", "und?", "Gasgeruch?", ""])
def test_what_says_more_than_another_energy_is_looked_for(text: str) -> None:
    assert found(Near([], [(SAME, 0.9)]), follows=True, text=text)[0][0] == SAME.key


SCORES = st.lists(st.tuples(st.sampled_from([TOLD, SAME, BESIDE, FAR]), st.floats(0, 1)), max_size=6, unique_by=lambda one: one[0].key)


@given(SCORES, SCORES, st.booleans(), st.sampled_from([NOTHING, OF_CUT]))
def test_the_best_always_comes_first_and_each_once(
    alone: list[tuple[Rule, float]], inside: list[tuple[Rule, float]], follows: bool, focus: Focus
) -> None:
    ordered = sorted(alone, key=lambda one: -one[1])
    told = found(Near(ordered, inside), follows=follows, focus=focus)
    assert [score for _, score in told] == sorted((score for _, score in told), reverse=True)
    assert len({key for key, _ in told}) == len(told)
    assert {key for key, _ in told} <= {one.key for one, _ in (*alone, *inside)}


def turn(text: str) -> Turn:
    return understand(text, OF_LAW, shipped_map(), help_book())


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Muss ich den Ableser in die Wohnung lassen?", "zutritt"),
        ("Wann ist eine Rechnung fällig?", "rechnung-faelligkeit"),
        ("Wie melde ich eine Wallbox an?", "wallbox"),
        ("Wie kann ich meinen Zähler prüfen lassen?", "zaehlerpruefung"),
        ("Mit welcher Frist kann der Grundversorgungsvertrag gekündigt werden?", "kuendigung-grundversorgung"),
    ],
)
def test_another_topic_begins_anew(text: str, topic: str) -> None:
    told = turn(text)
    assert (told.kind, told.follows, told.about, told.hits[0].rule.topic) == ("law", False, None, topic)
    assert told.hits[0].score == shipped_map().near(text)[0].score


@pytest.mark.parametrize(
    "text", ["und wenn ich krank bin?", "und wie lange vorher?", "Und was kostet das?", "wer zahlt das?", "Wie viel Euro?", "und für Gas?"]
)
def test_an_ellipsis_goes_on(text: str) -> None:
    told = turn(text)
    alone = shipped_map().near(text)
    assert (told.kind, told.follows, told.about, told.hits[0].rule.topic) == ("law", True, CUT_OFF, "stromsperre")
    assert not alone or (alone[0].rule.topic, alone[0].score > 0.4) != ("stromsperre", True)


@pytest.mark.parametrize("text", ["Was kostet die Wiederherstellung nach einer Sperre?", "Wie lange vorher wird die Sperre angekündigt?"])
def test_a_whole_question_of_the_same_topic_stays_with_it(text: str) -> None:
    assert turn(text).hits[0].rule.topic == "stromsperre"


def test_a_conversation_changes_its_topic_and_goes_on_with_the_new_one() -> None:
    talk = uuid4()
    steps = (
        ("Ab welchem Rückstand darf der Strom gesperrt werden?", "stromsperre", False),
        ("und wie lange vorher?", "stromsperre", True),
        ("Muss ich den Ableser in die Wohnung lassen?", "zutritt", False),
        ("und wie lange vorher?", "zutritt", True),
        ("Wie kann ich meinen Zähler prüfen lassen?", "zaehlerpruefung", False),
        ("und wer zahlt das?", "zaehlerpruefung", True),
    )
    for text, topic, restated in steps:
        answer = ask(laws(), Question(text, conversation_id=talk))
        assert answer.understood is not None
        assert (answer.status, answer.understood.topic, answer.understood.restated) == ("answered", topic, restated), text
        assert not restated or answer.understood.question.endswith(f": {text}")


NOTICE = LawTopic(
    ("kuendigung-grundversorgung",), ("kuendigung-grundversorgung/Grundversorgung mit zwei Wochen Frist kündbar",), ("stromgvv:20",)
)
PRICES = LawTopic(("preiserhoehung",), ("preiserhoehung/Preiserhöhung im Sondervertrag: ein Monat vorher",), ("enwg:41",))
CONCESSION = LawTopic(("konzessionsabgabe",), (), ("kav:2",))


@pytest.mark.parametrize(
    ("text", "spoken_of", "norm"),
    [
        ("und wenn ich einen Sondervertrag hab?", NOTICE, "enwg:41b"),
        ("i bin aber ned in der Grundversorgung", NOTICE, "enwg:41b"),
        ("Und in der Grundversorgung?", PRICES, "stromgvv:5"),
    ],
)
def test_what_names_the_other_contract_asks_the_same_of_it(text: str, spoken_of: LawTopic, norm: str) -> None:
    first = rules_for(text, Focus("law", law=(spoken_of,)), shipped_map(), follows=True)[0]
    assert first.rule.norms[0] == norm


@pytest.mark.parametrize(
    ("text", "spoken_of"),
    [("und in der Grundversorgung?", NOTICE), ("Und bei Sondervertragskunden?", CONCESSION), ("und wer liest ab?", NOTICE)],
)
def test_what_names_no_other_contract_stays_with_what_was_spoken_of(text: str, spoken_of: LawTopic) -> None:
    assert not _of_other_contract(text, spoken_of, shipped_map())


@pytest.mark.parametrize(("text", "only"), [("Ich bin aber nicht in der Grundversorgung", True), ("Was ist die Grundversorgung?", False)])
def test_a_message_that_only_names_a_contract_goes_on(text: str, only: bool) -> None:
    assert names_only_contract(text) is only
    assert understand(text, Focus("law", law=(PRICES,)), shipped_map(), help_book()).follows or not only


def test_a_question_of_law_that_nothing_answers_is_spoken_of_all_the_same() -> None:
    talk = uuid4()
    place = house(("kueche.md", "# Küchendienst\n\nFreitags wird der Kühlschrank geleert.\n"))
    answer = ask(place, Question("Wieviel Konzessionsabgabe darf eine Stadt mit 80000 Einwohnern verlangen?", conversation_id=talk))
    assert (answer.status, answer.citations) == ("refused", ())
    spoken_of = place.focus.of(talk, None).law[0]
    assert "konzessionsabgabe" in spoken_of.topics
    assert (spoken_of.rules, spoken_of.norms) == ((), ())
