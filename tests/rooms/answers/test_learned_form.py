"""A tuned model is asked as it was while it learned: with the passages that a composed answer cites, and no prompt of Luna's."""

import json
from collections.abc import Sequence
from dataclasses import replace

from nova.answers.ask import AskContext, Question, ask
from nova.answers.compose.learned_form import Form
from nova.engines.train import child
from nova.seeding.sources.lessons import lesson
from tests.rooms.answers.shelf import MemoryShelf, Scripted, house

FORM = Form("Antworten Sie kurz.", 512, 96)
SHEETS = (
    ("alma", "# Tarif Alma\n\nDie Kündigungsfrist im Tarif Alma beträgt 4 Wochen.\n"),
    ("nord", "# Tarif Nord\n\nDie Kündigungsfrist im Tarif Nord beträgt 9 Wochen.\n"),
)
ASKED = "Wie lang ist die Kündigungsfrist im Tarif Alma?"


def tuned(script: Sequence[str | Exception], form: Form = FORM) -> tuple[AskContext, Scripted]:
    writer = Scripted(script, name="lauf-1")
    return replace(house(*SHEETS), tuned=lambda _: (writer, form)), writer


def test_it_is_asked_in_the_words_it_learned_in() -> None:
    context, writer = tuned(["Die Kündigungsfrist im Tarif Alma beträgt 4 Wochen. [1]"])
    answer = ask(context, Question(ASKED))
    composed = ask(house(*SHEETS), Question(ASKED))
    assert isinstance(context.shelf, MemoryShelf)
    cited = [context.shelf.held[one.chunk_id] for one in composed.citations]
    learned = lesson(
        {
            "id": "1", "source": "answer", "question": ASKED, "answer": composed.text, "rejected": "",
            "context": json.dumps([["document", one.text, str(one.chunk_id)] for one in cited]),
        },
        lambda text: text,
    )  # fmt: skip
    assert learned is not None and cited
    row = {"question": ASKED, "context": json.loads(learned["context"] or "[]")}
    (told,) = writer.asked
    assert [{"role": one.role, "content": one.content} for one in told] == child.asked_of(row, FORM.system)
    assert (
        answer.model == "lauf-1"
        and answer.prompt_version == ""
        and answer.sentences[0].text == "Die Kündigungsfrist im Tarif Alma beträgt 4 Wochen."
    )
    assert answer.citations[0].item_id == composed.citations[0].item_id


def test_what_it_says_of_another_thing_than_was_asked_is_not_shown() -> None:
    context, _ = tuned(["Die Kündigungsfrist im Tarif Nord beträgt 9 Wochen. [1]"])
    answer = ask(context, Question(ASKED))
    assert "9 Wochen" not in answer.sentences[0].text and "4 Wochen" in answer.text and answer.model == ""


def test_a_reference_means_the_passage_of_that_number() -> None:
    context, _ = tuned(["Die Kündigungsfrist im Tarif Alma beträgt 5 Wochen. [1]"])
    answer = ask(context, Question(ASKED))
    assert "5 Wochen" not in answer.text and "4 Wochen" in answer.text


def test_passages_that_have_no_room_are_left_out_and_the_documents_answer() -> None:
    context, writer = tuned(["Weiß ich nicht."], Form("", 100, 96))
    answer = ask(context, Question(ASKED))
    assert [one.content for one in writer.asked[0]] == [ASKED] and "4 Wochen" in answer.text and answer.model == ""
