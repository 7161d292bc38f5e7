"""What repeats what was asked before, and who comes back with the same concern."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from nova.kpi.measure.contacts import Reader, rephrased, returning
from nova.language.analyser import Analyser
from nova.store.quality.kpi_evidence import Utterance
from tests.rooms.kpi.house import MONDAY

READER = Reader(Analyser.builtin())
WHY = "Warum ist mein Abschlag so hoch?"


def said(text: str, minute: float, who: UUID | None, thread: str | None = None) -> Utterance:
    """Something said in a thread of its own unless one is named."""
    return Utterance(MONDAY + timedelta(minutes=minute), thread or uuid4().hex, 0, None, who, None, None, text)


def again(*spoken: Utterance) -> list[bool]:
    return list(rephrased(spoken, MONDAY, READER).values())


def back(*spoken: Utterance) -> list[bool]:
    return [came for _, came in returning(spoken, MONDAY, READER)]


def test_a_person_who_asks_again_without_naming_a_conversation_rephrases() -> None:
    anna, otto = uuid4(), uuid4()
    first = "Wie hoch ist die Einspeisevergütung für meine Photovoltaikanlage?"
    other = "Wie viel Einspeisevergütung bringt die Photovoltaikanlage?"
    assert again(said(first, 0, anna), said(other, 4, anna)) == [False, True]
    assert again(said(first, 0, anna), said(other, 4, otto)) == [False, False]
    assert again(said(first, 0, anna), said(other, 11, anna)) == [False, False]
    assert again(said(first, 0, None), said(other, 4, None)) == [False, False]  # nobody knows that it is one person


def test_of_two_talks_at_a_time_each_has_its_own_question_before() -> None:
    anna = uuid4()
    spoken = (
        said("Wie hoch ist die Einspeisevergütung der Photovoltaikanlage?", 0, anna, "eins"),
        said("Wann wird der Zähler abgelesen?", 1, anna, "zwei"),
        said("Wie viel Einspeisevergütung bringt die Photovoltaikanlage?", 2, anna, "eins"),
    )
    assert again(*spoken) == [False, False, True]


@pytest.mark.parametrize(
    ("before", "text", "same"),
    [
        (WHY, "Wieso ist der Abschlag so hoch?", True),
        (WHY, "Was ist ein Abschlag?", False),
        (WHY, "Wann wird der Abschlag abgebucht?", False),
        ("Hallo", "Hallo", False),
    ],
)
def test_questions_of_one_telling_word_are_held_against_each_other_by_all_words(before: str, text: str, same: bool) -> None:
    assert again(said(before, 0, None, "eins"), said(text, 1, None, "eins")) == [False, same]


def test_a_concern_may_be_one_word() -> None:
    anna = uuid4()
    assert back(said(WHY, 0, anna)) == [False]
    assert back(said(WHY, 0, anna), said("Mein Abschlag ist zu hoch.", 60, anna)) == [False, True]
    assert back(said("Abschlag?", 0, anna), said("Wann wird der Zähler abgelesen?", 60, anna)) == [False, False]


@pytest.mark.parametrize(
    "text", ["Hallo", "Hallo Luna", "Guten Tag zusammen", "Vielen Dank für die Hilfe!", "Ok, super.", "Können Sie mir bitte helfen?"]
)
def test_a_greeting_or_thanks_is_no_concern(text: str) -> None:
    anna = uuid4()
    assert back(said(text, 0, anna), said(text, 60, anna)) == []
    assert back(said(text, 0, anna), said(WHY, 1, anna)) == [False]  # what follows is
