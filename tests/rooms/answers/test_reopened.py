"""A kept answer read again: its sentences as they were said, and the names of one's own meters where marks stand for them."""

from typing import Any
from uuid import UUID

from nova.answers.reopened import fact_with_names, meter_marks, next_of, outcome_of, sentences_of, with_names
from nova.records import DataFact, Sentence

CHUNK, OTHER = "01a20aa5-8e1d-77f5-8a07-dfb27108a966", "01a20aa5-918a-7d92-a8b3-fe1a4d8685fa"
FACT = UUID("0a2c3d43-a42a-40f5-92b8-f3af0362cc55")
HOME, SHOP = "[ZÄHLER_0MTFC9]", "[ZÄHLER_ZHF4JP]"


def row(answer: str, **more: Any) -> dict[str, Any]:
    return {"answer": answer, "citations": [], "said": None, "outcome": None, "emergency": None, "status": "answered", **more}


def fact(label: str, **query: Any) -> DataFact:
    return DataFact(FACT, label, 9.9, "kWh", "9,9 kWh", {"tool": "energy", **query}, 96)


def test_sentences_are_read_by_the_places_that_are_kept_of_them() -> None:
    text = f"Erstens, z. B. so. [data {FACT}] [chunk {CHUNK}] Behauptet. (nicht belegt)\n\nAls Nächstes könnten Sie fragen: Und dann?"
    kept = row(text, said=[[0, 18, [1, 2], 1, 1], [text.index("Beh"), text.index(" (nicht"), [], 0, 0]])
    assert sentences_of(kept) == (Sentence("Erstens, z. B. so.", (1, 2), True, (FACT,)), Sentence("Behauptet.", (), False))
    assert next_of(text) == "Und dann?" and next_of("Nichts.") is None


def test_sentences_without_places_are_read_by_the_marks_behind_them() -> None:
    cited = [{"chunk_id": CHUNK, "number": 1}, {"chunk_id": OTHER, "number": 2}, {"chunk_id": OTHER, "number": 3}]
    text = f"Eins. [chunk {CHUNK}] [chunk {OTHER}] Zwei. [data {FACT}] [chunk {OTHER}] Drei. [chunk {OTHER}] Vier."
    assert sentences_of(row(text, citations=cited)) == (
        Sentence("Eins.", (1, 2), True),
        Sentence("Zwei.", (3,), True, (FACT,)),
        Sentence("Drei.", (3,), True),
        Sentence("Vier.", (), True),
    )


def test_an_answer_whose_words_are_not_kept_has_no_sentences() -> None:
    assert sentences_of(row("", said=[[0, 0, [1], 0, 1]])) == ()


def test_how_it_ended_is_told_as_far_as_it_is_kept() -> None:
    assert outcome_of(row("", outcome="asked_back", status="refused")) == "asked_back"
    assert outcome_of(row("", emergency="gas")) == "hotline"
    assert outcome_of(row("", status="partial")) == "partial"


def test_marks_of_meters_are_told_by_facts_of_one_meter() -> None:
    compared = fact(f"Unterschied von {HOME} und {SHOP}", meter="haus", other_meter="laden")
    marks = meter_marks(
        [compared, fact(f"Verbrauch von {HOME} gestern", meter="haus"), fact("Preis gestern"), fact("Spitze von [ZÄHLER]", meter="x")]
    )
    assert marks == {HOME: "haus"}
    names = {HOME: "Haushalt 2"}
    assert (
        with_names(f"Warum brauchte {HOME} mehr als {SHOP} und [NAME_2MJRHG]?", names)
        == f"Warum brauchte Haushalt 2 mehr als {SHOP} und [NAME_2MJRHG]?"
    )
    assert fact_with_names(compared, names).label == f"Unterschied von Haushalt 2 und {SHOP}"
