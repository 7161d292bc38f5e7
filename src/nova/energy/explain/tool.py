"""A German question, who asks and the present in, what the data say out, or None where it asks nothing of them: the room's `DataTool`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from nova.energy.explain.desk import Desk
from nova.energy.explain.facts import Ledger
from nova.energy.explain.question import Question, Refusal, parse, touches
from nova.energy.explain.say import Speech, answer
from nova.energy.explain.say_why import explain
from nova.energy.explain.source import Source
from nova.energy.explain.stored import Stored
from nova.energy.explain.words import invented
from nova.records import DataAnswer, DataFact, DataSentence, Scope
from nova.store.db import Database


@dataclass(frozen=True, slots=True)
class DataAnswers:
    """Answers from what the database holds."""

    database: Database
    new_id: Callable[[], UUID] = uuid4

    def answer(self, question: str, scope: Scope, now: datetime) -> DataAnswer | None:
        """What the data say; None when the question asks nothing of them. Only of meters that `scope.owner` may see."""
        if not touches(question):
            return None
        with self.database.transaction() as conn:
            return respond(Stored(conn, scope.owner), question, now, self.new_id)


def respond(source: Source, question: str, now: datetime, new_id: Callable[[], UUID] = uuid4) -> DataAnswer | None:
    """What a source says to a question."""
    asked = parse(question, now, source.meters())
    if asked is None:
        return None
    if isinstance(asked, Refusal):
        return DataAnswer("refused", (DataSentence(asked.text, ()),), (), (), asked.next_question)
    return tell(source, asked, now, new_id)


def tell(source: Source, asked: Question, now: datetime, new_id: Callable[[], UUID] = uuid4) -> DataAnswer:
    """The answer to a question that is understood."""
    speech = Speech(Ledger(Desk(source), new_id), asked, int(now.astimezone(UTC).timestamp()))
    (explain if asked.why else answer)(speech)
    facts = tuple(speech.ledger.kept)
    sentences = tuple(sentence for sentence in speech.sentences if speech.refused or not unproven(sentence, facts))
    return DataAnswer("refused" if speech.refused else "answered", sentences, facts, speech.terms, speech.next_question)


def unproven(sentence: DataSentence, facts: Sequence[DataFact]) -> list[str]:
    """The numbers of a sentence that none of its facts holds; anybody's wording may be tried, a model's too."""
    return invented(sentence.text, [fact for fact in facts if fact.fact_id in sentence.facts])
