"""A question and a ledger in, the sentences of an answer out as they come about, each with its facts."""

from dataclasses import dataclass, field
from typing import Any

from nova.energy.explain.facts import Ledger
from nova.energy.explain.parse.asked import Question
from nova.energy.period import Period, describe
from nova.energy.source import Meter
from nova.records import DataFact, DataSentence


@dataclass(slots=True)
class Speech:
    """The sentences of one answer as they come about."""

    ledger: Ledger
    question: Question
    now: int
    sentences: list[DataSentence] = field(default_factory=list)
    terms: tuple[str, ...] = ()
    next_question: str | None = None
    refused: bool = False

    @property
    def period(self) -> Period:
        """The period asked for."""
        return self.question.period

    @property
    def past(self) -> bool:
        """Whether the period asked for is over."""
        return self.question.period.end <= self.now

    @property
    def when(self) -> str:
        """Its name."""
        return describe(self.question.period)

    @property
    def meter(self) -> Meter:
        """The meter asked for; LookupError for a question about the market."""
        if self.question.meter is None:
            raise LookupError("no meter")
        return self.question.meter

    def fact(self, tool: str, what: str, period: Period | None = None, **args: Any) -> DataFact:
        """A number of the market, called "`what` `period`"."""
        over, unit = period or self.period, {"cents": True} if self.question.cents else {}
        return self.ledger.fact(tool, f"{what} {describe(over)}", over, **args, **unit)

    def of_meter(self, tool: str, what: str, period: Period | None = None, meter: Meter | None = None, **args: Any) -> DataFact:
        """A number of the meter, called "`what` von `meter` `period`"."""
        over, which = period or self.period, meter or self.meter
        who: dict[str, Any] = {"meters": list(which.parts)} if which.parts else {"meter": which.meter_id}
        unit = {"told_in": self.question.told_in} if self.question.told_in else {}
        return self.ledger.fact(tool, f"{what} von {which.name} {describe(over)}", over, **who, **args, **unit)

    def number(self, tool: str, what: str, period: Period | None = None, **args: Any) -> DataFact:
        """A number of what is asked about: the meter, else the market."""
        return (self.fact if self.question.meter is None else self.of_meter)(tool, what, period, **args)

    def drop(self, *facts: DataFact) -> None:
        """Facts that nothing is said of; what another sentence of the answer rests on stays."""
        gone = {fact.fact_id for fact in facts} - self.ledger.said
        self.ledger.kept = [fact for fact in self.ledger.kept if fact.fact_id not in gone]

    def say(self, text: str, *facts: DataFact) -> None:
        """A sentence and the facts it rests on."""
        self.ledger.said |= {fact.fact_id for fact in facts}
        self.sentences.append(DataSentence(text, tuple(fact.fact_id for fact in facts)))

    def refuse(self, text: str, *facts: DataFact, ask: str | None = None) -> None:
        """There is no number to say."""
        self.refused = True
        self.sentences = []
        self.say(text, *facts)
        self.next_question = ask
