"""What a record of the room `training` becomes: questions of headings, quotes word for word, answers without what only Nova reads."""

import json
from collections.abc import Callable

import pytest

from nova.seeding.sources.lessons import asked_of, lesson, quote_of, said

LAW = "§ 3 Kosten\n\n(1) Zu den Kosten gehören\n\n1.  die Kosten des Betriebs\nder Anlage,\n\n2.  die Bedienung\n\nund die Wartung."
ONE, TWO = "01a214da-7f25-7dd4-9146-acf7da2170a6", "01a214da-7f25-7dd4-9146-acf7da2170a7"
Row = dict[str, str | None]


def section(text: str, heading: str = "Kosten", label: str = "§ 3", source: str = "regulation") -> Row:
    plain: Row = dict.fromkeys(("person", "topic", "answer", "rejected", "session"), "")
    about: Row = {"id": "s1", "kind": "sft", "source": source, "answerable": "true", "label": label, "norm": label, "heading": heading}
    return plain | about | {"question": "Heizkostenverordnung (HeizkostenV)", "context": json.dumps([[source, text, ONE]])}


def as_it_is(text: str) -> str | None:
    return text


def made(row: Row, clean: Callable[[str], str | None] = as_it_is) -> Row:
    found = lesson(row, clean)
    assert found is not None
    return found


def test_an_enumeration_is_quoted_whole_and_without_its_heading() -> None:
    found = made(section(LAW, "§ 3 Kosten"))
    (passage,) = json.loads(found["context"] or "")
    assert found["question"] == "Was regelt § 3 HeizkostenV zu „Kosten“?"
    assert (found["answer"] or "").startswith("Zu den Kosten gehören") and (found["answer"] or "").endswith("und die Wartung.")
    assert (found["answer"] or "") in passage and "des Betriebs der Anlage" in passage
    assert "label" not in found and found["template"] == "heading:kosten"


@pytest.mark.parametrize("text", ["Ohne ein Ende", "Zu kurz.", "Ein Satz, der nie aufhört, " * 60 + "endet hier."])
def test_a_section_without_a_sentence_to_quote_is_none(text: str) -> None:
    assert lesson(section(text), as_it_is) is None


@pytest.mark.parametrize("heading", ["Inhaltsübersicht", "(weggefallen)", "Anlage 2"])
def test_a_dull_heading_asks_nothing(heading: str) -> None:
    assert asked_of("", heading, "Merkblatt", norm=False) is None


def test_the_companys_own_texts_are_cleaned_and_laws_are_not() -> None:
    row = section("Fragen beantwortet Ihnen Erika gern, wochentags und auch am Wochenende.", "Kontakt zu Erika", "", "document")
    found = made(row, lambda text: text.replace("Erika", "[NAME]"))
    assert "Erika" not in str(found) and "[NAME]" in (found["answer"] or "") and "[NAME]" in (found["question"] or "")
    assert lesson(row, lambda _: None) is None and lesson(section(LAW), lambda _: None) is not None


@pytest.mark.parametrize(
    ("composed", "learned"),
    [
        ("Laut „Preise: 2026“, „Strom“: Der Preis beträgt 3 €.", "Der Preis beträgt 3 €."),
        ("Nach § 17 Absatz 1 StromGVV: Die Rechnung wird fällig.", "Die Rechnung wird fällig."),
        (f"Laut „A“: Eins. [chunk {ONE}] Dazu § 2: Zwei. [chunk {TWO}]", "Eins. [1] Zwei. [2]"),
        (f"Laut „A“: Eins. [chunk {ONE}] Siehe auch § 4 und § 5. [chunk {TWO}]", "Eins. [1]"),
        (
            f"Eins gilt. [chunk {ONE}] Nach Ablauf der Frist: zwei Wochen später.",
            "Eins gilt. [1] Nach Ablauf der Frist: zwei Wochen später.",
        ),
        ("Das steht laut § 2 so: ja.", "Das steht laut § 2 so: ja."),
    ],
)
def test_an_answer_is_learned_without_the_places_that_its_passages_do_not_name(composed: str, learned: str) -> None:
    row = section("", source="answer") | {
        "answer": composed,
        "context": json.dumps([["document", "Eins.", ONE], ["document", "Zwei.", TWO]]),
    }
    assert made(row)["answer"] == learned
    assert made(row | {"source": "curated"})["answer"] == said(composed, [ONE, TWO])


def test_an_answer_cites_by_the_number_of_its_passage_and_proposes_nothing() -> None:
    text = f"Die Frist beträgt zwei Wochen. [chunk {TWO}] Das steht im Vertrag. [data {ONE[::-1]}]"
    text += "\n\nAls Nächstes könnten Sie fragen: Was nun?"
    assert said(text, [ONE, TWO]) == "Die Frist beträgt zwei Wochen. [2] Das steht im Vertrag."
    row: Row = section(LAW) | {
        "source": "answer",
        "question": "Wie lange?",
        "answer": text,
        "context": json.dumps([["", "A", ONE], ["", "B", TWO]]),
    }
    found = made(row)
    assert (found["answer"], found["context"]) == (said(text, [ONE, TWO]), '["A", "B"]')


def test_what_could_not_be_checked_is_not_given() -> None:
    row: Row = section(LAW) | {"source": "answer", "question": "Wer?", "answer": "Sie.", "context": "[]"}
    assert lesson(row, lambda text: None if text == "Wer?" else text) is None


def test_sentences_are_taken_as_long_as_they_are_few() -> None:
    sentence = "Der Netzbetreiber liest den Zähler in jedem Jahr einmal ab und teilt das vorher mit. "
    found = quote_of(sentence * 12)
    assert found is not None and 300 < len(found) <= 420 and found.endswith(".")
