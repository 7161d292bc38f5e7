"""Questions in, the places that answers to them cite out: what a restored Nova must say again.

Answers are found and composed without any model, since its server may be away or its words differ, and nothing is kept of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from nova.answers.ask import AskContext, Question, ask
from nova.answers.passages.starters import starters
from nova.errors import NovaError
from nova.knowledge.items import Shelf
from nova.ports import ChatMessage
from nova.records import Answer, Caller
from nova.store.postgres import dump
from nova.store.postgres.db import Database
from nova.store.talk.answers import AnswerRecord, StoredAnswers

MOST = 10
HEADINGS, HEADINGS_PER_ITEM = 400, 40
Place = tuple[str, int, int, int]


@dataclass(frozen=True, slots=True)
class ProbeAnswer:
    """A question and where its answer stands: item, version, first and last character of each citation."""

    question: str
    status: str
    places: tuple[Place, ...]

    @property
    def facts(self) -> Mapping[str, Any]:
        """As JSON has it."""
        return asdict(self)


class Probes:
    """Questions that are asked when a snapshot is made, and again when it was restored."""

    def __init__(self, db: Database, answers: AskContext, shelf: Shelf) -> None:
        self._db, self._answers, self._shelf = db, answers, shelf

    def questions(self) -> list[str]:
        """What people asked lately; where that is little, what the documents' headings suggest."""
        with self._db.transaction() as conn:
            asked = dump.asked_lately(conn, MOST)
        suggested = starters(StoredAnswers(self._db).headings(HEADINGS, HEADINGS_PER_ITEM), MOST)
        return list(dict.fromkeys([*asked, *suggested]))[:MOST]

    def ask(self, questions: Sequence[str]) -> list[ProbeAnswer]:
        """Ask what everybody may read; questions that are refused as such are left out."""
        context = replace(self._answers, shelf=_Unkept(self._db), generator=_Nobody(), meaning=None)
        asked = []
        for text in questions:
            try:
                answer = ask(context, Question(text))
            except NovaError:
                continue
            asked.append(ProbeAnswer(text, answer.status, places(answer)))
        return asked

    def flaws(self, asked: Sequence[ProbeAnswer]) -> Iterator[str]:
        """What is wrong with the cited places themselves: a text that is not there or ends before them."""
        for one in asked:
            for item_id, version, start, end in one.places:
                try:
                    found = self._shelf.text_of(Caller("admin"), UUID(item_id), version, start, end)
                except NovaError as error:
                    yield f"Ein Beleg zu „{one.question}“ fehlt: {error.message}"
                else:
                    if len(found["text"]) != end - start or not found["text"].strip():
                        yield f"Ein Beleg zu „{one.question}“ liegt außerhalb des Textes."


def places(answer: Answer) -> tuple[Place, ...]:
    """Where an answer's citations stand."""
    return tuple((str(one.item_id), one.version, one.start, one.end) for one in answer.citations)


def stated(facts: Sequence[Mapping[str, Any]]) -> list[ProbeAnswer]:
    """What a manifest says was asked."""
    return [ProbeAnswer(one["question"], one["status"], tuple(map(_place, one["places"]))) for one in facts]


def _place(told: Sequence[Any]) -> Place:
    return told[0], told[1], told[2], told[3]


class _Unkept(StoredAnswers):
    """Reads as the real one; keeps nothing."""

    def keep(self, record: AnswerRecord) -> None:
        """Forget it."""


class _Nobody:
    """No model."""

    model = ""

    def stream(self, messages: Sequence[ChatMessage], *, max_tokens: int) -> Iterator[str]:
        """Never asked: without a name, answers are composed."""
        raise NovaError("Hier schreibt kein Sprachmodell.")

    def health(self) -> Mapping[str, Any]:
        """Nothing to tell."""
        return {}
