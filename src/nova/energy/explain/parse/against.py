"""A folded clause and the periods that it names in, the period asked for and the one it is held against out."""

import re
from collections.abc import Sequence
from datetime import datetime

from nova.energy.calendar import DAY
from nova.energy.explain.parse.lexis import BEFORE, EITHER, THAN
from nova.energy.explain.parse.period import Period
from nova.energy.explain.parse.periods import Found

_HALF_A_YEAR = 183 * DAY


def than(text: str) -> re.Match[str] | None:
    """The word that what follows is held against; an "als" only behind a comparative ("als Dauerlast" is none)."""
    match = THAN.search(text)
    plain = match is not None and match.group() == "als"
    return None if plain and not (EITHER.search(text) or re.search(r"\w+er\b.* als\b", text)) else match


def compared(text: str, found: Sequence[Found], now: datetime) -> tuple[Period | None, Period | None]:
    """The period asked for and the one it is held against, each None where there is none."""
    mark = than(text)
    if mark is not None and re.search(
        r"(?:zum|zur|als|gegenueber) (?:im |in der |de[mr] )?(?:letzten|vorigen|vergangenen|vorherigen)\W*$", text.rstrip()
    ):
        return (found[0].period, found[0].period.before()) if len(found) == 1 else (None, None)
    before = next((unit for word, unit in BEFORE.items() if re.search(rf"\b{word}", text)), 0)
    if mark is None:
        return (found[0].period if len(found) == 1 else None), None
    after = [one for one in found if one.start >= mark.start()]
    first = [one for one in found if one.start < mark.start()] or after[1:]
    instant = int(now.timestamp())
    if not first and len(after) == 1:
        if before == 1 and re.search(r"vorjahr\b", text[after[0].start : after[0].end]) and after[0].period.seconds < 300 * DAY:
            return after[0].period.shifted(years=1).until(instant), after[0].period  # "zum Vorjahr im Maerz"
        return _running(after[0].period, instant)
    if len(first) != 1:
        return None, None
    period = first[0].period if first[0].period.start >= instant else first[0].period.until(instant)
    if before:
        return period, _earlier(period, before)
    other = after[0].period if after else None
    if other is not None and other.start - period.start > _HALF_A_YEAR and not re.search(r"\b(?:19|20)\d\d\b", text):
        other = other.shifted(years=-1)  # "Dezember ... als im November": the one before it
    if other is not None and _cut(first[0].period, period):
        other = Period(other.start, min(other.end, other.start + period.seconds), other.hours, other.days)
    return period, other


def _cut(whole: Period, period: Period) -> bool:
    return period.end < whole.end


def _running(reference: Period, now: int) -> tuple[Period | None, Period]:
    """What runs since `reference` ended, as long as it at most, against as much of `reference`."""
    period = Period(reference.end, reference.end + reference.seconds).until(now)
    if period.end <= period.start:
        return None, reference
    return period, Period(reference.start, min(reference.end, reference.start + period.seconds))


def _earlier(period: Period, unit: int) -> Period:
    """The year (1), month, week or day before; weeks and days a year ago are those of the same weekdays."""
    if unit == 1:
        whole = period.seconds > 27 * 86_400
        return period.shifted(years=-1) if whole else period.shifted(days=-364)
    return period.shifted(months=-1) if unit == 2 else period.shifted(days=-7 if unit == 3 else -1)
