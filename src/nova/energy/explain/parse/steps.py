"""The period spoken of before and a folded text in, the period that it counts from there out: "am Tag davor", "im Jahr davor"."""

import re
from datetime import datetime

from nova.energy.explain.parse.dates import NamedPeriod, word
from nova.energy.period import ONE, Period, of_days
from nova.german import BERLIN
from nova.series import DAY

_BACK = r"(?:davor|zuvor|vorher|vorangegangen\w*)"
_ON = r"(?:danach|darauf|drauf)"
_SAME = (
    r"(?:am (?:gleichen|selben) (?:wochen)?tag|(?:im|in der) (?:gleichen|selben) (?:monat|zeitraum|zeit|woche)|"
    r"(?:gleicher|selber) (?:tag|monat|zeitraum))"
)
_BEFORE = rf"(?:{_SAME},? )?"
_AFTER = rf"(?: {_SAME})?"
# Years, months and days that each expression goes; the first that fits counts.
_STEPS: tuple[tuple[re.Pattern[str], tuple[int, int, int]], ...] = (
    (word(rf"{_BEFORE}(?:im |das |ein |vor einem )?(?:jahr {_BACK}|vorjahr|jahr frueher){_AFTER}|"
          rf"{_SAME} (?:im )?(?:letzte[nms]|vorige[nms]) jahr"), (-1, 0, 0)),
    (word(rf"{_BEFORE}(?:im |de[nmr] |ein(?:en)? )?(?:monat {_BACK}|vormonat|monat frueher)"), (0, -1, 0)),
    (word(rf"{_BEFORE}(?:in |de[nmr] |die |eine )?(?:woche {_BACK}|vorwoche|woche frueher){_AFTER}"), (0, 0, -7)),
    (word(rf"(?:vor einer woche|(?:in der )?letzte[nr]? woche|(?:in der )?vorwoche) {_SAME}|"
          rf"{_SAME} (?:(?:in )?der )?(?:letzte[nr]? woche|vorwoche|woche davor|vor einer woche)"), (0, 0, -7)),
    (word(rf"(?:am |de[nmr] |einen )?(?:tag {_BACK}|vortag)e?s?"), (0, 0, -1)),
    (word(rf"(?:am |de[nmr] |einen )?(?:tag {_ON}|tag spaeter|folgetag|naechsten tag)"), (0, 0, 1)),
    (word(rf"(?:in |die |eine )?(?:woche {_ON}|woche spaeter|folgewoche)"), (0, 0, 7)),
    (word(rf"{_SAME}|fuer denselben (?:tag|monat|zeitraum)|(?:de[mn]|im) ?selben (?:tag|monat|zeitraum)"), (0, 0, 0)),
    (word(rf"(?:im |den |einen )?(?:monat {_ON}|monat spaeter|folgemonat)"), (0, 1, 0)),
)  # fmt: skip
_DAVOR = word(_BACK)
_DANACH = word("danach")


def stepped_from(before: Period, text: str) -> list[NamedPeriod]:
    """The period that a text counts from `before`; none where it names no step."""
    for expression, (years, months, days) in _STEPS:
        match = expression.search(text)
        if match is not None:
            return [NamedPeriod(match.start(), match.end(), before.shifted(years, months, days))]
    match = _DAVOR.search(text)
    if match is not None:
        earlier = before.shifted(days=-7) if before == _weekend_of(before) else before.before()
        return [NamedPeriod(match.start(), match.end(), earlier)]
    match = _DANACH.search(text)
    return [] if match is None else [NamedPeriod(match.start(), match.end(), _after(before))]


def _weekend_of(period: Period) -> Period:
    """The weekend that begins with the period."""
    saturday = datetime.fromtimestamp(period.start, BERLIN).date()
    return of_days(saturday, saturday + ONE) if saturday.weekday() == 5 else Period(0, 0)


def _after(period: Period) -> Period:
    """The period of the same length right behind it: the month after a month."""
    if period == _weekend_of(period):
        return period.shifted(days=7)
    back = period.before()
    forth = period.shifted(days=round((period.start - back.start) / DAY))
    months = [period.shifted(months=count) for count in (1, 3, 12)]
    return next((one for one in months if one.before() == period), forth)
