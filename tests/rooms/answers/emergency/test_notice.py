"""What is said of an emergency: the number first, two sentences of what to do, one more where something else was asked."""

from uuid import uuid4

import pytest

from nova.answers.emergency import Hotlines, urgent
from nova.answers.emergency.notice import emergency, kinds
from nova.turns import EMERGENCIES, EmergencyKind
from tests.rooms.answers.emergency.test_judge import KINDS

NUMBER = "0800 123 4567"
FIRST: dict[EmergencyKind, str] = {
    "gas": NUMBER, "outage": NUMBER, "heat": NUMBER, "water": NUMBER, "fire": "112", "shock": "112", "co": "112",
}  # fmt: skip


@pytest.mark.parametrize("kind", EMERGENCIES)
def test_the_number_comes_first_then_two_sentences(kind: EmergencyKind) -> None:
    answer = urgent(KINDS[kind], Hotlines(NUMBER))
    assert answer is not None and answer.emergency is not None
    assert answer.emergency == emergency(kind, Hotlines(NUMBER))
    assert (answer.emergency.kind, answer.emergency.call, answer.emergency.hotline) == (kind, FIRST[kind], NUMBER)
    assert answer.emergency.hotline_configured
    assert len(answer.sentences) == 3 and NUMBER in answer.sentences[0].text and FIRST[kind] in answer.sentences[0].text
    assert all(sentence.checked and not sentence.citations for sentence in answer.sentences)
    assert (answer.status, answer.citations, answer.passages, answer.next_question, answer.model) == ("answered", (), (), None, "")
    assert answer.text == " ".join(sentence.text for sentence in answer.sentences)


@pytest.mark.parametrize("kind", EMERGENCIES)
def test_without_a_number_of_the_suppliers_112_stands_there(kind: EmergencyKind) -> None:
    answer = urgent(KINDS[kind], Hotlines())
    assert answer is not None and answer.emergency is not None
    assert (answer.emergency.call, answer.emergency.hotline, answer.emergency.hotline_configured) == ("112", "112", False)
    assert "112" in answer.sentences[0].text and len(answer.sentences) == 3
    assert "{" not in answer.text and "110" not in answer.text and "116117" not in answer.text


def test_a_division_may_have_its_own_number() -> None:
    lines = Hotlines.of_divisions("0351 1", gas="0351 2", power="", heat="0351 4", water="")
    assert {kind: lines.of(kind) for kind in EMERGENCIES} == {
        "gas": "0351 2", "co": "0351 2", "outage": "0351 1", "fire": "0351 1", "shock": "0351 1", "heat": "0351 4", "water": "0351 1",
    }  # fmt: skip
    assert lines.numbers == ("0351 1", "0351 2", "0351 4")


def test_what_must_be_said_is_said() -> None:
    """By kind: what DVGW, fire brigades and network operators say first."""
    musts: dict[EmergencyKind, tuple[str, ...]] = {
        "gas": ("Schalter", "Flamme", "nicht im Haus", "Fenster", "verlassen", "draußen"),
        "outage": ("Nachbarn", "medizinischen Gerät", "Aufzug", "112"),
        "fire": ("112", "Aufzug", "Wasser"),
        "shock": ("Fassen Sie weder", "Sicherung", "20 Meter", "Arzt"),
        "co": ("frische Luft", "112", "nicht zurück"),
        "heat": ("Abstand", "Dampf", "112"),
        "water": ("Haupthahn", "Steckdosen"),
    }
    for kind, words in musts.items():
        answer = urgent(KINDS[kind], Hotlines(NUMBER))
        assert answer is not None
        assert [word for word in words if word not in answer.text] == [], kind


def test_the_other_question_can_be_asked_afterwards() -> None:
    answer = urgent("Es riecht nach Gas im Keller. Und wie kündige ich meinen Vertrag?", Hotlines(NUMBER))
    assert answer is not None and len(answer.sentences) == 4
    assert "andere Frage" in answer.sentences[-1].text


def test_english_is_answered_in_both_languages() -> None:
    answer = urgent("We have a gas leak in the basement and it smells awful", Hotlines(NUMBER))
    assert answer is not None
    texts = [sentence.text for sentence in answer.sentences]
    assert len(texts) == 6 and texts[0].startswith("Gas: leave the building") and texts[3].startswith("Gas: Gehen Sie hinaus")


def test_a_harmless_question_is_none_and_a_conversation_stays() -> None:
    assert urgent("Was kostet Gas?", Hotlines(NUMBER)) is None
    conversation = uuid4()
    answer = urgent(KINDS["gas"], Hotlines(NUMBER), conversation)
    assert answer is not None and answer.conversation_id == conversation and answer.timings_ms["total"] >= 0


def test_every_sentence_is_one_sentence_in_sie() -> None:
    for kind in kinds().values():
        assert kind.title
        for advice in kind.said.values():
            assert all(one.endswith(".") and one.count(". ") == 0 for one in advice.todo)
