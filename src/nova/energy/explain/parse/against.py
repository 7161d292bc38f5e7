"""A folded clause and the periods that it names in, the period asked for and the one it is held against out."""

import re
from collections.abc import Sequence
from datetime import datetime

from nova.energy.explain.parse.lexis import BEFORE, EITHER, THAN
from nova.energy.explain.parse.periods import PeriodMention
from nova.energy.period import Period
from nova.series import DAY

_HALF_A_YEAR = 183 * DAY
_YEAR = 1  # in `BEFORE`
_COMPARATIVE = re.compile(r"\w+er\b.* als\b")
_TO_THE_LAST = re.compile(r"(?:zum|zur|als|gegenueber) (?:im |in der |de[mr] )?(?:letzten|vorigen|vergangenen|vorherigen)\W*$")


def than(text: str) -> re.Match[str] | None:
    """The word that what follows is held against; an "als" only behind a comparative ("als Dauerlast" is none)."""
    match = THAN.search(text)
    if match is None or match.group() != "als" or EITHER.search(text) or _COMPARATIVE.search(text):
        return match
    return None


def compared(text: str, found: Sequence[PeriodMention], now: datetime) -> tuple[Period | None, Period | None]:
    """The period asked for and the one it is held against, each None where there is none."""
    mark, only = than(text), found[0].period if len(found) == 1 else None
    if mark is None:
        return only, None
    if _TO_THE_LAST.search(text.rstrip()):
        return (only, only.before()) if only is not None else (None, None)
    return _around(text, found, mark.start(), now)


def _around(text: str, found: Sequence[PeriodMention], mark: int, now: datetime) -> tuple[Period | None, Period | None]:
    """What is named before the mark against what is named behind it."""
    after = [one for one in found if one.start >= mark]
    first = [one for one in found if one.start < mark] or after[1:]
    if not first and len(after) == 1:
        return _named_behind(text, after[0], int(now.timestamp()))
    if len(first) != 1:
        return None, None
    return _beside(text, first[0].period, after[0].period if after else None, int(now.timestamp()))


def _unit_before(text: str) -> int:
    """The unit of `BEFORE` that the text goes back by ("Vormonat"), 0 for none."""
    return next((unit for word, unit in BEFORE.items() if re.search(rf"\b{word}", text)), 0)


def _beside(text: str, whole: Period, other: Period | None, now: int) -> tuple[Period, Period | None]:
    """The period asked for as far as it has passed, and the one before it or the other one."""
    period = whole if whole.start >= now else whole.until(now)
    unit = _unit_before(text)
    if unit:
        return period, _earlier(period, unit)
    return period, None if other is None else _held_against(text, other, period, whole)


def _named_behind(text: str, only: PeriodMention, now: int) -> tuple[Period | None, Period]:
    """The only period is named behind the mark: "als letzte Woche", "zum Vorjahr im Maerz"."""
    if _unit_before(text) == _YEAR and only.period.seconds < 300 * DAY and re.search(r"vorjahr\b", text[only.start : only.end]):
        return only.period.shifted(years=1).until(now), only.period
    return _running(only.period, now)


def _held_against(text: str, other: Period, period: Period, whole: Period) -> Period:
    """The other period as far as it compares: before this one ("Dezember ... als im November"), and cut where this one still runs."""
    if other.start - period.start > _HALF_A_YEAR and not re.search(r"\b(?:19|20)\d\d\b", text):
        other = other.shifted(years=-1)
    if period.end < whole.end:
        return Period(other.start, min(other.end, other.start + period.seconds), other.hours, other.days)
    return other


def _running(reference: Period, now: int) -> tuple[Period | None, Period]:
    """What runs since `reference` ended, as long as it at most, against as much of `reference`."""
    period = Period(reference.end, reference.end + reference.seconds).until(now)
    if period.end <= period.start:
        return None, reference
    return period, Period(reference.start, min(reference.end, reference.start + period.seconds))


def _earlier(period: Period, unit: int) -> Period:
    """The year (1), month, week or day before; weeks and days a year ago are those of the same weekdays."""
    if unit == _YEAR:
        whole = period.seconds > 27 * 86_400
        return period.shifted(years=-1) if whole else period.shifted(days=-364)
    return period.shifted(months=-1) if unit == 2 else period.shifted(days=-7 if unit == 3 else -1)
