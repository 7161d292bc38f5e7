"""A folded message and the question before it in, the message with the words out that it leaves to that question.

"letzter?" behind a month is "letzter monat?", "17?" behind an hour "um 17 uhr?", "Di" behind a day "dienstag": the words that the other
expressions look for, so that what is meant is read in one place.
"""

import math
import re
from datetime import datetime

from nova.energy.explain.parse.asked import Question
from nova.energy.period import ONE, Period, day_text
from nova.german import BERLIN

_SHORTEST_DAY, _LONGEST_HOURS = 23 * 3600, 6 * 3600
_FEW_WORDS = 8
_NOUNS = (
    r"tage?|nacht|woche\w*|monate?s?|quartale?s?|jahre?s?|halbjahr\w*|wochenende\w*|sommer|winter|herbst|fruehling|stunden?|mal|zeit\w*|"
    r"(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?|sonnabends?|januar|februar|maerz|april|mai|juni|juli|august|september|oktober|"
    r"november|dezember|\d\w*"
)
_NEIGHBOUR = re.compile(
    r"\b(?P<which>(?:vor)?letzte[nmrs]?|vorige[nmrs]?|vergangene[nmrs]?|diese[nmrs]?|naechste[nmrs]?)\b"
    rf"(?!\s(?:{_NOUNS}|\w+ (?:{_NOUNS}))\b)"
)
_BETWEEN = re.compile(r"(?P<one>vorletzte\w* \w+) zu[mr]? (?P<other>letzte\w* \w+)")
_DAY_ALONE = re.compile(r"^(?:und |dann |am |fuer )*(?P<day>mo|di|mi|do|fr|sa|so)\W*$")
_DAYS = {"mo": "montag", "di": "dienstag", "mi": "mittwoch", "do": "donnerstag", "fr": "freitag", "sa": "samstag", "so": "sonntag"}
_HOUR_ALONE = re.compile(r"^(?P<und>und |dann |oder )*(?:um |gegen )?(?P<hour>[01]?\d|2[0-4])(?: ?h| uhr)?\W*$")
_AT = re.compile(r"\bum (?P<hour>\d{1,2})(?P<minute>:\d\d)? uhr\b")
_DAY_OF_HOURS = re.compile(
    r"\b(?:(?:fuer|an|ueber) )?(?:der|den|dem|am) (?:ganzen? |gesamten? )?tag\b(?! (?:davor|danach|darauf|zuvor|vorher|spaeter))"
)
_WEEK_AGO = re.compile(r"\bvor einer woche\b")
_WORKING_DAYS = re.compile(
    r"\b(?:mo(?:ntag)?s?\s?(?:-|–|bis)\s?fr(?:eitag)?s?|unter der woche|werktags)(?: (?:davor|danach|dazu|vorher|zuvor))?\b"
)
_OF_MONTHS = ((31, "monat"), (92, "quartal"), (math.inf, "jahr"))
_OF_WEEKS = ((1, "tag"), (7, "woche"), (31, "monat"), (math.inf, "jahr"))
_EVENING = 2  # hours that may lie between an hour and the one that was asked for before it


def in_full(text: str, last: Question | None) -> str:
    """The message as it would be said alone, as far as the period of the question before says it."""
    if last is None:
        return text
    for made in (_neighbour, _day, _hour, _at, _week_ago, _working_days, _whole_day):
        text = made(text, last.period)
    return text


def unit_of(period: Period) -> str:
    """The German word for what a period is: "tag", "wochenende", "woche", "monat", "quartal" or "jahr", as far as it has passed too."""
    first, last = (datetime.fromtimestamp(at, BERLIN) for at in (period.start, max(period.start, period.end - 1)))
    days = (last.date() - first.date()).days + 1
    if first.weekday() == 5 and days == 2:
        return "wochenende"
    units = _OF_MONTHS if first.day == 1 and days > 7 else _OF_WEEKS
    return next(unit for most, unit in units if days <= most)


def _neighbour(text: str, before: Period) -> str:
    """ "letzter" as "letzter monat"."""
    unit = unit_of(before)
    if len(text.split()) > _FEW_WORDS or unit == "tag":
        return text
    told = _NEIGHBOUR.sub(
        lambda match: f"{_stem(match['which'])}{'s' if unit in ('wochenende', 'jahr', 'quartal') else _end(unit)} {unit}", text
    )
    return _BETWEEN.sub(r"\g<other> verglichen mit \g<one>", told)


def _stem(which: str) -> str:
    return re.sub(r"(?<=e)[nmrs]$", "", which)


def _end(unit: str) -> str:
    return "r" if unit == "monat" else ""


def _day(text: str, before: Period) -> str:
    """ "Di" as "dienstag", where a day was asked for."""
    match = _DAY_ALONE.match(text)
    return text if match is None or unit_of(before) != "tag" else _DAYS[match["day"]]


def _hour(text: str, before: Period) -> str:
    """ "17?" as "um 17 uhr", where some hours of a day were asked for."""
    match = _HOUR_ALONE.match(text)
    return text if match is None or not _is_hours(before) else f"{match['und'] or ''}um {match['hour']} uhr"


def _at(text: str, before: Period) -> str:
    """ "um 1 uhr" behind noon as "um 13 uhr"."""
    if not _is_hours(before):
        return text
    was = datetime.fromtimestamp(before.start, BERLIN).hour

    def near(match: re.Match[str]) -> str:
        hour = int(match["hour"])
        later = hour < 12 and 0 < abs(hour + 12 - was) <= _EVENING and match["hour"][0] != "0"
        return f"um {hour + 12}{match['minute'] or ''} uhr" if later else match.group()

    return _AT.sub(near, text)


def _week_ago(text: str, before: Period) -> str:
    """ "vor einer woche" behind a day as that day of the week before."""
    return _WEEK_AGO.sub("vor einer woche am gleichen tag", text) if unit_of(before) == "tag" and "tag" not in text else text


def _working_days(text: str, before: Period) -> str:
    """The days from Monday to Friday right before a weekend, or of the week that was asked for."""
    unit = unit_of(before)
    if unit not in ("wochenende", "tag") or before.days:
        return text
    day = datetime.fromtimestamp(before.start, BERLIN).date()
    if unit == "tag" and day.weekday() < 5:
        return text
    monday = day - day.weekday() * ONE
    return _WORKING_DAYS.sub(f"vom {day_text(monday)} bis {day_text(monday + 4 * ONE)}", text)


def _whole_day(text: str, before: Period) -> str:
    """ "der Tag" behind some hours of it as that day."""
    if not _is_hours(before) and before.hours is None:
        return text
    day = day_text(datetime.fromtimestamp(before.start, BERLIN).date())
    return _DAY_OF_HOURS.sub(f"am {day}", text) if unit_of(before) == "tag" else text


def _is_hours(period: Period) -> bool:
    return period.hours is None and period.seconds <= _LONGEST_HOURS
