"""A question and the tools that know time series in, what the data say to it out, as sentences that cite facts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from nova.answers.check.abstain import Refusal
from nova.language.inert import inert, inert_name
from nova.ports import DataTool
from nova.records import DataAnswer, DataFact, Scope, Sentence
from nova.turns import NO_FOCUS, DataFocus

BESIDE = 2  # statements of documents beside an answer from data


@dataclass(frozen=True)
class DataReply:
    """What the data say: `told` is None where the question asks nothing of them. `whole`: all of its words are answered."""

    told: DataAnswer | None
    facts: dict[UUID, DataFact] = field(default_factory=dict)
    whole: bool = False

    @property
    def answers(self) -> bool:
        """Whether the data answer the question: with a sentence at least."""
        return self.told is not None and self.told.status == "answered" and bool(self.told.sentences)

    @property
    def refusal(self) -> Refusal | None:
        """What is said where the data were asked and cannot answer."""
        if self.told is None or self.told.status == "answered":
            return None
        return Refusal(" ".join(sentence.text for sentence in self.told.sentences), self.told.next_question)

    @property
    def sentences(self) -> list[Sentence]:
        """The sentences of an answer from data; each names its facts."""
        if self.told is None or not self.answers:
            return []
        return [Sentence(sentence.text, (), True, sentence.facts) for sentence in self.told.sentences]

    def used(self, sentences: Iterable[Sentence]) -> tuple[DataFact, ...]:
        """The facts of these sentences, each once, in order."""
        ids = dict.fromkeys(fact_id for sentence in sentences for fact_id in sentence.facts)
        return tuple(self.facts[fact_id] for fact_id in ids if fact_id in self.facts)

    def used_first(self, sentence: Sentence, before: Sequence[Sentence]) -> tuple[DataFact, ...]:
        """The facts of a sentence that no sentence before it uses."""
        known = {fact_id for earlier in before for fact_id in earlier.facts}
        return tuple(fact for fact in self.used([sentence]) if fact.fact_id not in known)


def ask_data(
    tools: Sequence[DataTool], question: str, scope: Scope, now: datetime, before: DataFocus = NO_FOCUS, *, sure: bool = False
) -> DataReply:
    """The first tool that the question asks something of answers it. `before` is what it may go on with; `sure`: it is for data."""
    for tool in tools:
        told = tool.answer(question, scope, now, before, sure=sure)
        if told is not None:
            safe = _inert(told)
            return DataReply(safe, {fact.fact_id: fact for fact in safe.facts})
    return DataReply(None)


def ask_advice(tools: Sequence[DataTool], question: str, scope: Scope, now: datetime, before: DataFocus = NO_FOCUS) -> DataReply:
    """The first tool that has advice gives it."""
    for tool in tools:
        told = tool.advise(question, scope, now, before)
        if told is not None:
            safe = _inert(told)
            return DataReply(safe, {fact.fact_id: fact for fact in safe.facts})
    return DataReply(None)


def _inert(told: DataAnswer) -> DataAnswer:
    """Meters are named by people: what their names hold cannot act, as with the words of documents."""
    return replace(
        told,
        sentences=tuple(replace(sentence, text=inert(sentence.text)) for sentence in told.sentences),
        facts=tuple(replace(fact, label=inert_name(fact.label), text=inert(fact.text)) for fact in told.facts),
    )
