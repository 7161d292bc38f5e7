"""Sentences rest on their passages however they are worded, and what is changed in them is found; measured on sets written by hand."""

import random

import pytest

from nova.flows.training.contexts import contexts
from nova.flows.training.grounding import Grounding
from nova.language.analyser import Analyser
from nova.training.run_gates import Grounded
from tests.rooms.training.sets import written

PRICE = "Der Grundpreis im Tarif Bergheim beträgt 9,90 Euro im Monat. Die Kündigungsfrist beträgt 6 Wochen."
METER = "Der Zähler wird im Dezember abgelesen."
ASKED = "Wie hoch ist der Grundpreis im Tarif Bergheim?"


def grounded(answer: str, passages: list[str], question: str = ASKED) -> Grounded:
    grounding = Grounding(Analyser.builtin())
    grounding.add(answer, passages, question)
    return grounding.told()


@pytest.mark.parametrize("name", ["tuned", "kept"])
def test_other_words_are_no_fault_and_a_changed_fact_is_one(name: str) -> None:
    """The true passage stands among three of other questions."""
    rows, dice = written(name), random.Random(7)
    found = {"twins": [0, 0], "faults": [0, 0]}
    for row in rows:
        passages = [row["reference"], *(one["reference"] for one in dice.sample([one for one in rows if one is not row], 3))]
        dice.shuffle(passages)
        for kind, counts in found.items():
            for answer in row[kind]:
                counts[0] += 1
                counts[1] += grounded(answer, passages, row["question"]).unfounded > 0
    assert found["twins"][1] == 0 and found["faults"][1] >= 0.95 * found["faults"][0], found


@pytest.mark.parametrize(
    ("answer", "cites", "valid"),
    [
        ("Der Grundpreis beträgt 9,90 Euro im Monat [1].", 1, 1),
        ("Sie zahlen 118,80 Euro [1].", 1, 0),
        ("Monatlich sind es 9,90 € als Grundpreis [1] [2].", 2, 1),
        ("Der Zähler wird im Dezember abgelesen [2].", 1, 1),
        ("Der Zähler wird nicht im Dezember abgelesen [2].", 1, 0),
        ("Der Zähler wird im Dezember abgelesen [3].", 1, 0),
        ("Dort steht: „Der Zähler wird im Dezember abgelesen“.", 1, 1),
        ("Dort steht: „Der Zähler wird jeden Dezember neu abgelesen“.", 1, 0),
        ("Der Grundpreis beträgt 9,90 Euro im Monat.", 0, 0),
    ],
)
def test_references_and_quotes_stand_in_their_passage(answer: str, cites: int, valid: int) -> None:
    found = grounded(answer, [PRICE, METER])
    assert (found.cites, found.valid) == (cites, valid)


def test_a_greeting_is_no_claim_and_talk_is() -> None:
    polite = grounded("Guten Tag, gern helfe ich. Der Grundpreis beträgt 9,90 Euro im Monat. Bei weiteren Fragen helfen wir gern.", [PRICE])
    assert (polite.sentences, polite.proven) == (1, 1)
    talk = grounded("Die Stadtwerke bauen ein Umspannwerk. Der Grundpreis beträgt 9,90 Euro im Monat.", [PRICE])
    assert (talk.sentences, talk.proven, talk.unfounded) == (2, 1, 0)


def test_without_passages_nothing_is_judged() -> None:
    assert grounded("Der Grundpreis beträgt 99 Euro.", []) == Grounded()


@pytest.mark.parametrize(
    ("kept", "passages"),
    [
        ("", []),
        ("Ein Text.", ["Ein Text."]),
        ('["Eins.", "Zwei."]', ["Eins.", "Zwei."]),
        ("[1] Eins.\n\n[2] Zwei.\nMehr.", ["Eins.", "Zwei.\nMehr."]),
        ("[2] Zwei.", ["[2] Zwei."]),
        ("[kein JSON", ["[kein JSON"]),
    ],
)
def test_a_context_is_read_however_it_is_kept(kept: str, passages: list[str]) -> None:
    assert contexts(kept) == passages
