"""What goes on with a question about an hour of a day, the same about another day: in that hour, unless the whole day is meant."""

import re
from dataclasses import replace
from datetime import date, datetime

from nova.energy.explain.parse.asked import Question, Refusal
from nova.energy.explain.parse.lexis import MARKET
from nova.energy.period import ONE, Period, of_days
from nova.german import BERLIN
from nova.series import DAY, QUARTER

_SAME_TIME = re.compile(
    r"\b(?:um die|zur|selbe[nrs]?|gleiche[nrs]?|dasselbe|dieselbe|dies(?:e[nrs]?|em)) "
    r"(?:zeit|uhrzeit|stunde|fenster|zeitfenster|zeitraum)\b"
)
_WHOLE = re.compile(r"\btag\w*|\bim (?:schnitt|mittel)\b|\binsgesamt\b")


def all_at_their_time(
    found: tuple[Question, ...] | Refusal, last: Question | None, text: str, now: datetime
) -> tuple[Question, ...] | Refusal:
    """The questions of a message, each `at_its_time`."""
    return tuple(at_its_time(one, last, text, now) for one in found) if isinstance(found, tuple) else found


def at_its_time(one: Question, last: Question | None, text: str, now: datetime) -> Question:
    """The question in the hours of the day that the last one asked for, where it names another day only."""
    if last is None or one.ask != last.ask or not _is_one_day(one.period) or not _is_part_of_a_day(last.period, now):
        return one
    if not _SAME_TIME.search(text) and (one.ask not in MARKET or _WHOLE.search(text)):
        return one
    return replace(one, period=_moved(last.period, one.period))


def _is_one_day(period: Period) -> bool:
    day = _day(period.start)
    return period.hours is None and not period.days and period == of_days(day, day)


def _is_part_of_a_day(period: Period, now: datetime) -> bool:
    """Whether hours were named: not a whole day, and not one that is still going on."""
    runs = abs(period.end - now.timestamp()) < QUARTER
    return period.hours is None and not period.days and period.seconds < DAY - 3 * QUARTER and not runs


def _moved(hours: Period, day: Period) -> Period:
    """The same hours by the clock on another day."""
    start, end = (datetime.fromtimestamp(one, BERLIN) for one in (hours.start, hours.end))
    first = _day(day.start)
    last = first + (ONE if end.date() > start.date() else 0 * ONE)
    return Period(_second(first, start), _second(last, end))


def _second(day: date, clock: datetime) -> int:
    return int(datetime.combine(day, clock.time(), BERLIN).timestamp())


def _day(second: int) -> date:
    return datetime.fromtimestamp(second, BERLIN).date()
