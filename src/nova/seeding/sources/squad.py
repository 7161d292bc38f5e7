"""Sets of questions as SQuAD writes them -> records `id, question, context, answer, title`."""

from collections.abc import Iterator
from typing import Any

Record = dict[str, Any]


def questions(value: Any) -> list[Record] | None:
    """The questions of a JSON value (`data` -> `paragraphs` -> `qas`, as in SQuAD 1.1 and 2.0); None where it is no such set.

    `answer` is the first of the answers, none where a question cannot be answered from its context.
    """
    data = value.get("data") if isinstance(value, dict) else None
    if not isinstance(data, list) or not data or not all(isinstance(one, dict) and isinstance(one.get("paragraphs"), list) for one in data):
        return None
    return [record for article in data for record in _of_article(article)]


def _of_article(article: Record) -> Iterator[Record]:
    for paragraph in _dicts(article["paragraphs"]):
        for asked in _dicts(paragraph.get("qas")):
            answers = [one.get("text") for one in _dicts(asked.get("answers"))]
            yield {
                "id": asked.get("id"),
                "question": asked.get("question"),
                "context": paragraph.get("context"),
                "answer": next(iter(answers), None),
                "title": article.get("title"),
            }


def _dicts(value: Any) -> Iterator[Record]:
    yield from (one for one in value if isinstance(one, dict)) if isinstance(value, list) else ()
