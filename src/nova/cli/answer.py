"""The data of an answer in, lines for a person out: sentences with their numbers, then the sources."""

import textwrap
from collections.abc import Mapping
from typing import Any

from nova.cli import output
from nova.records import Answer

WIDTH = 96


def show(answer: Mapping[str, Any]) -> None:
    """Print an answer and its sources."""
    for row in wrapped(sentences(answer)):
        output.line(row)
    if answer["citations"]:
        output.line()
        output.line("Quellen", bold=True)
    for citation in answer["citations"]:
        for row in source(citation):
            output.line(row)
    if answer.get("next_question"):
        output.line()
        output.line(f"Weiterfragen: {answer['next_question']}", dim=True)


def show_warning(answer: Answer, *, as_json: bool) -> None:
    """Print what is said of an emergency: each sentence by itself, the one with the number first; or as the API tells it."""
    if as_json:
        from nova.api.views.records import answer_view

        output.data(answer_view(answer))
        return
    for place, sentence in enumerate(answer.sentences):
        for row in wrapped(sentence.text):
            output.line(row, bold=place == 0)


def sentences(answer: Mapping[str, Any]) -> str:
    """The answer's sentences with their citation numbers; what nothing supports is marked."""
    return " ".join(f"{one['text'].strip()}{_marks(one)}" for one in answer["sentences"]) or answer["answer"]


def source(citation: Mapping[str, Any]) -> list[str]:
    """A citation in two or three lines: where it stands and the quote."""
    page = f"S. {citation['page']}" if citation.get("page") else ""
    place = ", ".join(part for part in (citation.get("section"), page, citation["title"]) if part)
    quote = f"„{output.shorten(citation['quote'], 2 * WIDTH)}“"
    return [f"[{citation['number']}] {output.shorten(place, WIDTH)}", *wrapped(quote, indent="    ")]


def wrapped(text: str, indent: str = "") -> list[str]:
    """Lines of at most 96 characters."""
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent) or [""]


def _marks(sentence: Mapping[str, Any]) -> str:
    numbers = "".join(f" [{number}]" for number in sentence["citations"])
    return numbers if sentence["checked"] or not sentence.get("text") else f"{numbers} (nicht belegt)"
