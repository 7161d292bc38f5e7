"""What a model may say of people: only whom the question or its own citations name; the rest nobody ever sees, streamed or not."""

from dataclasses import replace

import pytest

from nova.answers.ask import AskContext, Final, Question, SentenceReady, ask, ask_stream
from nova.answers.check.withhold import WITHHELD, names_somebody_new
from nova.errors import PrivacyError
from tests.rooms.answers.shelf import MemoryShelf, house, laws, with_model

NOTICE = "Mit welcher Frist kann der Grundversorgungsvertrag gekündigt werden?"
PERIOD = "Der Grundversorgungsvertrag kann mit einer Frist von zwei Wochen gekündigt werden [chunk a1]. "
FORM = "Die Kündigung bedarf der Textform [chunk a1]. "
INVENTED = (
    "Die Kündigung des Grundversorgungsvertrags bedarf der Textform, wie Gisela Brandstätter unter gisela@brandstaetter.de bestätigt"
    " [chunk a1]. "
)
OFFICE = (
    "kontakt",
    "# Kundenbüro\n\n## Ansprechpartner\n\n"
    "Im Kundenbüro hilft Ihnen Gisela Brandstätter, Telefon 0561 9988770, bei allen Fragen zum Abschlag.\n",
)
WHO = "Wer hilft im Kundenbüro bei Fragen zum Abschlag?"


def shown(context: AskContext, question: str) -> tuple[list[str], str]:
    """Every sentence as it was streamed, and the whole answer's text."""
    events = list(ask_stream(context, Question(question)))
    [final] = [event.answer for event in events if isinstance(event, Final)]
    return [event.sentence.text for event in events if isinstance(event, SentenceReady)], final.text


def kept(context: AskContext) -> dict[str, object]:
    assert isinstance(context.shelf, MemoryShelf)
    return dict(context.shelf.kept[-1].retrieval)


def test_a_person_whom_a_model_made_up_is_never_shown() -> None:
    context = with_model(laws(), PERIOD, INVENTED, FORM)
    sentences, whole = shown(context, NOTICE)
    assert "Brandstätter" not in " ".join([*sentences, whole]) and "brandstaetter.de" not in " ".join([*sentences, whole])
    assert sentences[:3] == [
        "Der Grundversorgungsvertrag kann mit einer Frist von zwei Wochen gekündigt werden.",
        "Die Kündigung bedarf der Textform.",
        WITHHELD,
    ]
    assert kept(context)["withheld"] == 1


def test_the_citations_of_a_withheld_sentence_are_not_those_of_the_next() -> None:
    with_it, without = with_model(laws(), INVENTED, FORM), with_model(laws(), FORM)
    first, second = (ask(context, Question(NOTICE)) for context in (with_it, without))
    assert [(one.number, one.quote) for one in first.citations] == [(one.number, one.quote) for one in second.citations]
    assert first.sentences[0] == second.sentences[0]


def test_an_answer_that_is_withheld_whole_is_composed() -> None:
    sentences, whole = shown(with_model(laws(), INVENTED), NOTICE)
    assert sentences[0] == WITHHELD and "Frist von zwei Wochen" in whole and "Brandstätter" not in whole


def test_a_model_may_name_whom_a_cited_passage_names() -> None:
    said = "Im Kundenbüro hilft Ihnen Gisela Brandstätter, Telefon 0561/9988770, bei allen Fragen zum Abschlag [chunk a1]."
    sentences, _ = shown(with_model(house(OFFICE), said), WHO)
    assert sentences == ["Im Kundenbüro hilft Ihnen Gisela Brandstätter, Telefon 0561/9988770, bei allen Fragen zum Abschlag."]


def test_a_model_may_name_whom_the_question_names() -> None:
    said = "Frau Quandt, im Kundenbüro hilft Ihnen Gisela Brandstätter bei allen Fragen zum Abschlag [chunk a1]."
    context = with_model(house(OFFICE), said)
    assert shown(context, f"Ich bin Sabine Quandt. {WHO}")[0] == [said.removesuffix(" [chunk a1].") + "."]
    assert WITHHELD in shown(context, WHO)[0]


def test_an_answer_without_a_model_quotes_what_documents_say() -> None:
    sentences, _ = shown(house(OFFICE), WHO)
    assert "Gisela Brandstätter, Telefon 0561 9988770" in sentences[0] and WITHHELD not in sentences


def test_what_cannot_be_looked_at_is_withheld() -> None:
    def fails(text: str) -> list[str]:
        raise PrivacyError("nicht prüfbar")

    context = replace(with_model(laws(), PERIOD), personal=fails)
    sentences, whole = shown(context, NOTICE)
    assert sentences[0] == WITHHELD and "Frist von zwei Wochen" in whole  # composed of stored text


@pytest.mark.parametrize(
    ("value", "text", "new"),
    [
        ("0561 9988770", "Telefon: 0561/99 88 770", False),
        ("0561 9988770", "Telefon: 10561/99887705", True),
        ("Brandstätters", "Frau Brandstätter", False),
        ("Brandstätter", "Gisela BRANDSTÄTTERS Büro", False),
        ("Gisela Brandstätter", "Gisela Müller und Hans Brandstätter", True),
        ("Ernst", "ernsthaft", True),
        ("gisela@stadtwerke.de", "gisela@stadtwerke.de.", False),
    ],
)
def test_a_value_stands_by_itself(value: str, text: str, new: bool) -> None:
    assert names_somebody_new("egal", [text], lambda _: [value]) is new
