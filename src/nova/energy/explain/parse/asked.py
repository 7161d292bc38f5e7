"""What is asked of the data, typed: one question, why one has no answer, and what a conversation was about before."""

from dataclasses import dataclass

from nova.energy.explain.parse import wishes
from nova.energy.explain.parse.lexis import Ask
from nova.energy.period import Period
from nova.energy.source import Meter

MOST_PARTS = 4  # of a question; what comes after them is said to be unanswered


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. A market has no meter.

    `why`: for causes; `usual`: against what is expected; `against`: against another period; `rival`: against another meter; `top`: which of
    many; `hours`: how long a stretch is wanted (None: nobody said); `ahead`: what is to come; `law`: words for what documents say to it;
    `cents`: prices are wanted in ct/kWh; `each`: the mean of which unit is wanted; `told_in`: the
    unit that powers or energies are told in, "" for kW and kWh; `whole`: the sum of meters that its share is wanted of.
    """

    ask: Ask
    period: Period
    meter: Meter | None = None
    why: bool = False
    usual: bool = False
    against: Period | None = None
    now: bool = False
    rival: Meter | None = None
    top: wishes.Top | None = None
    among: tuple[Meter, ...] = ()
    hours: float | None = None
    ahead: bool = False
    law: str = ""
    cents: bool = False
    each: wishes.Unit | None = None
    told_in: str = ""
    whole: Meter | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """One German sentence that says why there is no answer, and a question that would have one.

    `open` is what was understood where only the meter is missing: the next thing said may name it. `asks_back`: it is a question itself.
    """

    text: str
    next_question: str
    open: Question | None = None

    @property
    def asks_back(self) -> bool:
        """Whether who asked is asked for what is missing."""
        return self.text.endswith("?") or self.text.startswith("Bitte")


@dataclass(frozen=True, slots=True)
class Before:
    """What a conversation was about: the questions before, the newest last. `sure`: somebody knows that this one is for data.

    `together`: the last ones were parts of one message.
    """

    asked: tuple[Question, ...] = ()
    sure: bool = False
    together: bool = False

    @property
    def last(self) -> Question | None:
        """The question before."""
        return self.asked[-1] if self.asked else None

    @property
    def several(self) -> tuple[Meter, ...]:
        """The meters that were asked for one beside the other last; () for one alone."""
        last = self.last
        alike = [one for one in self.asked if last is not None and (one.ask, one.period) == (last.ask, last.period)]
        meters = tuple(dict.fromkeys(one.meter for one in alike if one.meter is not None))
        return meters if len(meters) > 1 and self.together else ()

    @property
    def times(self) -> tuple[Period, Period] | None:
        """The two periods that were spoken of last, in their order: held against each other, or one after the other."""
        last = self.last
        other = None if last is None else last.against or next((one.period for one in reversed(self.asked[:-1])), None)
        if last is None or other is None:
            return None
        first, second = sorted((other, last.period), key=lambda one: one.start)
        return (first, second) if first.end <= second.start else None

    @property
    def meter(self) -> Meter | None:
        """The meter that was spoken of last."""
        return next((one.meter for one in reversed(self.asked) if one.meter is not None), None)


ALONE = Before()
