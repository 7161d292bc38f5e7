"""A German question, who asks and the present in, what the data say out, or None where it asks nothing of them: the room's `DataTool`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

from nova.energy.explain.advise import asks_when, question_of, wanted_advice
from nova.energy.explain.answer_source import AnswerSource
from nova.energy.explain.facts import Ledger
from nova.energy.explain.parse.asked import MOST_PARTS, Question, Refusal
from nova.energy.explain.parse.focus import before_of, focus_of
from nova.energy.explain.parse.lexis import MARKET
from nova.energy.explain.parse.question import read
from nova.energy.explain.parse.relevance import touches
from nova.energy.explain.say.answer import answer
from nova.energy.explain.say.english import in_english
from nova.energy.explain.say.restated import restated
from nova.energy.explain.say.speech import Speech
from nova.energy.explain.say.why import explain
from nova.energy.explain.words import invented
from nova.energy.period import describe, iso
from nova.energy.source import Source
from nova.energy.stored import StoredSource
from nova.language.english import is_english
from nova.language.fold import fold
from nova.records import DataAnswer, DataFact, DataSentence, Scope
from nova.store.postgres.db import Database
from nova.turns import NO_FOCUS, DataFocus, DataTurn
from nova.visibility import Visible

_TOO_MANY = DataSentence("Das waren mehr Fragen, als ich auf einmal beantworte; stellen Sie die übrigen bitte danach.", ())


@dataclass(frozen=True, slots=True)
class DataAnswers:
    """Answers from what the database holds."""

    database: Database
    new_id: Callable[[], UUID] = uuid4

    def answer(self, question: str, scope: Scope, now: datetime, before: DataFocus = NO_FOCUS, *, sure: bool = False) -> DataAnswer | None:
        """What the data say; None when the question asks nothing of them. Only of meters that the scope may see."""
        if not (sure or before.asked or touches(question)):
            return None
        with self.database.transaction() as conn:
            source = StoredSource(conn, Visible(everyone=False, owner=scope.owner, staff=scope.staff))
            return respond(source, question, now, self.new_id, Talk(before, sure, cents=not scope.staff))

    def advise(self, question: str, scope: Scope, now: datetime, before: DataFocus = NO_FOCUS) -> DataAnswer | None:
        """What one's own figures say to a wish for advice; None where there is no meter to look at."""
        with self.database.transaction() as conn:
            source = StoredSource(conn, Visible(everyone=False, owner=scope.owner, staff=scope.staff))
            return advised(source, question, now, self.new_id, Talk(before, cents=not scope.staff))


@dataclass(frozen=True, slots=True)
class Talk:
    """What is known beside a question: what was asked before it, whether it is `sure` to be for data, and prices are told in `cents`."""

    before: DataFocus = NO_FOCUS
    sure: bool = False
    cents: bool = False


ALONE = Talk()


def respond(source: Source, question: str, now: datetime, new_id: Callable[[], UUID] = uuid4, talk: Talk = ALONE) -> DataAnswer | None:
    """What a source says to a question."""
    meters = source.meters()
    before = before_of(talk.before, meters, sure=talk.sure)
    asked = read(question, now, meters, before)
    if asked is None:
        return None
    if isinstance(asked, Refusal):
        focus = talk.before if asked.open is None else focus_of(before, (asked.open,))
        return DataAnswer("refused", (DataSentence(asked.text, ()),), (), (), asked.next_question, asks_back=asked.asks_back, focus=focus)
    units = [replace(one, cents=wants_cents(question, talk)) for one in asked] if talk.cents or talk.before.asked else list(asked)
    told = tell(source, units, now, new_id, english=is_english(question))
    return replace(told, focus=focus_of(before, units[:MOST_PARTS]))


def advised(source: Source, question: str, now: datetime, new_id: Callable[[], UUID] = uuid4, talk: Talk = ALONE) -> DataAnswer | None:
    """What a source says to a wish for advice."""
    if asks_when(question):
        return respond(source, question, now, new_id, replace(talk, sure=True))
    meters, present = source.meters(), int(now.astimezone(UTC).timestamp())
    advice = wanted_advice(question, meters, before_of(talk.before, meters, sure=False))
    if isinstance(advice, Refusal):
        return DataAnswer("refused", (DataSentence(advice.text, ()),), (), (), advice.next_question, focus=talk.before)
    if advice is None:
        return None
    asked = question_of(advice, present)
    speech = Speech(Ledger(AnswerSource(source), new_id), asked, present)
    advice.tell(speech)
    facts = tuple(speech.ledger.kept)
    turn = DataTurn(question, advice.meter.meter_id, iso(asked.period.start), iso(asked.period.end))
    return DataAnswer(
        "refused" if speech.refused else "answered",
        (*in_english([speech], facts), DataSentence(advice.english, ())) if is_english(question) else tuple(_proven(speech, facts)),
        facts,
        (),
        speech.next_question,
        focus=focus_of(before_of(talk.before, meters, sure=False), (replace(asked, ask=advice.ask),)),
        turn=turn,
    )


def wants_cents(question: str, talk: Talk) -> bool:
    """Whether prices are told in ct/kWh: where the words, the answer before or else who asks want it."""
    text = fold(question)
    if re.search(r"\bmwh\b|megawattstunde", text):
        return False
    if re.search(r"\b(?:ct|cents?)\b", text):
        return True
    last = talk.before.asked[-1] if talk.before.asked else None
    return talk.cents if last is None else bool(last["cents"])


def tell(
    source: Source, asked: Sequence[Question], now: datetime, new_id: Callable[[], UUID] = uuid4, *, english: bool = False
) -> DataAnswer:
    """The answer to the parts of a question that is understood; refused only where no part has an answer."""
    ledger, present = Ledger(AnswerSource(source), new_id), int(now.astimezone(UTC).timestamp())
    speeches = [_spoken(Speech(ledger, one, present)) for one in asked[:MOST_PARTS]]
    told = [speech for speech in speeches if not speech.refused]
    facts = tuple(ledger.kept)
    following = _offered(told) or _next(asked[0]) if told else _offered(speeches)
    return DataAnswer(
        "answered" if told else "refused",
        in_english(speeches, facts) if english else _in_german(speeches, facts, len(asked) > MOST_PARTS),
        facts,
        tuple(dict.fromkeys(one.law for one in asked if one.law)),
        following,
        turn=_turn(asked, facts, present),
    )


def _in_german(speeches: Sequence[Speech], facts: Sequence[DataFact], too_many: bool) -> tuple[DataSentence, ...]:
    """What was said, each sentence once."""
    sentences = [sentence for speech in speeches for sentence in _proven(speech, facts)]
    return tuple(dict.fromkeys([*sentences, _TOO_MANY] if too_many else sentences))


def _turn(asked: Sequence[Question], facts: Sequence[DataFact], now: int) -> DataTurn:
    """How the question was understood, its last part for what cannot be listed."""
    last = asked[-1]
    units = (fact.unit for fact in facts if fact.value is not None)
    return DataTurn(
        " ".join(restated(one, now) for one in asked[:MOST_PARTS]),
        None if last.meter is None else last.meter.meter_id,
        iso(last.period.start),
        iso(last.period.end),
        next(units, None),
    )


def _offered(speeches: Sequence[Speech]) -> str | None:
    return next((speech.next_question for speech in speeches if speech.next_question), None)


def _proven(speech: Speech, facts: Sequence[DataFact]) -> list[DataSentence]:
    """The sentences whose numbers facts hold; of a refusal all, which says no number."""
    return [sentence for sentence in speech.sentences if speech.refused or not unproven(sentence, facts)]


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
