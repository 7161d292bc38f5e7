"""A German question, who asks and the present in, what the data say out, or None where it asks nothing of them: the room's `DataTool`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from nova.energy.explain.answer_source import AnswerSource
from nova.energy.explain.facts import Ledger
from nova.energy.explain.parse.lexis import MARKET
from nova.energy.explain.parse.period import describe
from nova.energy.explain.parse.question import MOST_PARTS, Question, Refusal, read
from nova.energy.explain.parse.relevance import touches
from nova.energy.explain.say.answer import answer
from nova.energy.explain.say.speech import Speech
from nova.energy.explain.say.why import explain
from nova.energy.explain.source import Source
from nova.energy.explain.stored import StoredSource
from nova.energy.explain.words import invented
from nova.records import DataAnswer, DataFact, DataSentence, Scope
from nova.store.postgres.db import Database
from nova.visibility import Visible

MOST_TERMS = 4  # words that documents are searched for
_TOO_MANY = DataSentence("Das waren mehr Fragen, als ich auf einmal beantworte; stellen Sie die übrigen bitte danach.", ())


@dataclass(frozen=True, slots=True)
class DataAnswers:
    """Answers from what the database holds."""

    database: Database
    new_id: Callable[[], UUID] = uuid4

    def answer(self, question: str, scope: Scope, now: datetime) -> DataAnswer | None:
        """What the data say; None when the question asks nothing of them. Only of meters that the scope may see."""
        if not touches(question):
            return None
        with self.database.transaction() as conn:
            return respond(StoredSource(conn, Visible(everyone=False, owner=scope.owner, staff=scope.staff)), question, now, self.new_id)


def respond(source: Source, question: str, now: datetime, new_id: Callable[[], UUID] = uuid4) -> DataAnswer | None:
    """What a source says to a question."""
    asked = read(question, now, source.meters())
    if asked is None:
        return None
    if isinstance(asked, Refusal):
        return DataAnswer("refused", (DataSentence(asked.text, ()),), (), (), asked.next_question)
    return tell(source, asked, now, new_id)


def tell(source: Source, asked: Sequence[Question], now: datetime, new_id: Callable[[], UUID] = uuid4) -> DataAnswer:
    """The answer to the parts of a question that is understood; refused only where no part has an answer."""
    ledger = Ledger(AnswerSource(source), new_id)
    speeches = [_spoken(Speech(ledger, one, int(now.astimezone(UTC).timestamp()))) for one in asked[:MOST_PARTS]]
    told = [speech for speech in speeches if not speech.refused]
    facts = tuple(ledger.kept)
    sentences = [sentence for speech in speeches for sentence in _proven(speech, facts)]
    if len(asked) > MOST_PARTS:
        sentences.append(_TOO_MANY)
    following = _offered(told) or _next(asked[0]) if told else _offered(speeches)
    return DataAnswer("answered" if told else "refused", tuple(dict.fromkeys(sentences)), facts, _terms(asked, speeches), following)


def _offered(speeches: Sequence[Speech]) -> str | None:
    return next((speech.next_question for speech in speeches if speech.next_question), None)


def _proven(speech: Speech, facts: Sequence[DataFact]) -> list[DataSentence]:
    """The sentences whose numbers facts hold; of a refusal all, which says no number."""
    return [sentence for sentence in speech.sentences if speech.refused or not unproven(sentence, facts)]


def _terms(asked: Sequence[Question], speeches: Sequence[Speech]) -> tuple[str, ...]:
    """What documents are searched for: the rule that the question names, else what goes with the answers."""
    law = next((one.law for one in asked if one.law), "")
    return (law,) if law else tuple(dict.fromkeys(term for speech in speeches for term in speech.terms))[:MOST_TERMS]


def _next(asked: Question) -> str:
    """Another question that has an answer."""
    when = describe(asked.period)
    if asked.ask in MARKET or asked.meter is None or asked.ahead:
        return "Wann ist der Strom heute am teuersten?" if asked.ask == "cheapest" else "Wann ist der Strom heute am günstigsten?"
    if asked.meter.parts:
        return f"Welcher Zähler hat {when} am meisten verbraucht?"
    return f"Warum war der Verbrauch von {asked.meter.name} {when} so hoch?"


def _spoken(speech: Speech) -> Speech:
    (explain if speech.question.why else answer)(speech)
    return speech


def unproven(sentence: DataSentence, facts: Sequence[DataFact]) -> list[str]:
    """The numbers of a sentence that none of its facts holds; anybody's wording may be tried, a model's too."""
    return invented(sentence.text, [fact for fact in facts if fact.fact_id in sentence.facts])
