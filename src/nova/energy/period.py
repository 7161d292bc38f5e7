"""A German question and the present in, the period it speaks of out: instants, hours of the day, kinds of days, and its German name.

Periods are made of local days of Europe/Berlin. What is not dated to a year is the last one that has begun. Nothing is guessed: a day that
does not exist, or a range without a month, raises `Unclear` with a German sentence. How words are read (`gestern`, `KW 12`, `vom 1. bis
15. Juni`) stands in `periods.py`.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from nova.energy.calendar import day_start, local_date, local_seconds
from nova.errors import InvalidInput
from nova.german import BERLIN
from nova.series import QUARTER, Times

MONTHS = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember")
Days = Literal["", "weekday", "weekend"]
ONE = timedelta(days=1)


class Unclear(InvalidInput):
    """A period or meter that cannot be told; the message says in German what is missing."""


@dataclass(frozen=True, slots=True)
class Period:
    """Instants from `start` to `end` (excluded). `hours` are local minutes of the day, `days` a kind of days: only those count.

    With `hours` of (1320, 360) the night from 22:00 to 6:00 counts.
    """

    start: int
    end: int
    hours: tuple[int, int] | None = None
    days: Days = ""

    @property
    def seconds(self) -> int:
        """From the first to the last instant."""
        return self.end - self.start

    def within(self, ts: Times) -> NDArray[np.bool_]:
        """Which intervals begin inside."""
        inside = (ts >= self.start) & (ts < self.end)
        if self.hours is not None:
            minute = local_seconds(ts) % 86_400 // 60
            first, last = self.hours
            inside &= (minute >= first) & (minute < last) if first < last else (minute >= first) | (minute < last)
        if self.days:
            weekend = (local_seconds(ts) // 86_400 + 3) % 7 >= 5
            inside &= weekend if self.days == "weekend" else ~weekend
        return inside

    def until(self, now: int) -> "Period":
        """What of it has passed: cut at the last full quarter-hour."""
        return replace(self, end=min(self.end, now // QUARTER * QUARTER)) if self.end > now else self

    def shifted(self, years: int = 0, months: int = 0, days: int = 0) -> "Period":
        """The same local days and times so much earlier or later; whole months stay whole months."""
        return replace(self, start=_shift(self.start, years, months, days), end=_shift(self.end, years, months, days))

    def before(self) -> "Period":
        """The period of the same length right before: the month before a month, the year before a year."""
        first, last = _local(self.start), _local(self.end)
        whole = _is_midnight(first) and _is_midnight(last)
        months = (last.year - first.year) * 12 + last.month - first.month
        if whole and first.day == last.day == 1 and months:
            return self.shifted(months=-months)
        if whole or (last - first) >= ONE:
            return self.shifted(days=-max(1, (last.date() - first.date()).days))
        return self.shifted(days=-7) if self.seconds < 86_400 else self.shifted(days=-1)


def of_days(first: date, last: date) -> Period:
    """The local days from `first` to `last`, both included."""
    return Period(day_start(first), day_start(last + ONE))


def describe(period: Period) -> str:
    """The German name with its dates, as it fits after a subject: "im März 2025", "am 24.12.2025 von 17:00 bis 20:00 Uhr".

    Of a period that has just begun, and of which nothing counts yet, the moment: "am 24.12.2025, 00:00 Uhr".
    """
    if period.end <= period.start:
        return f"am {moment_text(period.start)}"
    name = _days_name(period.start, period.end)
    if period.days:
        name += " an Wochenenden" if period.days == "weekend" else " von Montag bis Freitag"
    if period.hours is not None:
        name += f" zwischen {_clock(period.hours[0])} und {_clock(period.hours[1])} Uhr"
    return name


def day_text(day: date) -> str:
    """`24.12.2025`."""
    return f"{day.day:02d}.{day.month:02d}.{day.year}"


def moment_text(instant: float) -> str:
    """`24.12.2025, 14:15 Uhr`, local."""
    local = _local(int(instant))
    return f"{day_text(local.date())}, {local.hour:02d}:{local.minute:02d} Uhr"


def iso(instant: int) -> str:
    """An instant as facts keep it: ISO 8601 in UTC."""
    return datetime.fromtimestamp(instant, UTC).isoformat().replace("+00:00", "Z")


def instant_of(text: str) -> int:
    """The instant that `iso` wrote."""
    return int(datetime.fromisoformat(text).timestamp())


def _days_name(start: int, end: int) -> str:
    first, last = _local(start), _local(end)
    if not (_is_midnight(first) and _is_midnight(last)):
        return _times_name(start, end)
    day, until = first.date(), last.date() - ONE
    if day == until:
        return f"am {day_text(day)}"
    name, dates = _whole_months(day, until), f"{day_text(day)} bis {day_text(until)}"
    if name:
        return name
    if (until - day).days == 6 and day.weekday() == 0:
        year, week, _ = day.isocalendar()
        return f"in KW {week}/{year} ({dates})"
    return f"am Wochenende vom {dates}" if (until - day).days == 1 and day.weekday() == 5 else f"vom {dates}"


def _whole_months(day: date, until: date) -> str:
    """The name of a month or year; "" for other days."""
    after = until + ONE
    if day.day != 1 or after.day != 1:
        return ""
    if (until - day).days < 31:
        return f"im {MONTHS[day.month - 1]} {day.year}"
    return f"im Jahr {day.year}" if day.month == 1 and after == date(day.year + 1, 1, 1) else ""


def _times_name(start: int, end: int) -> str:
    first, last = _local(start), _local(end)
    if first.date() == local_date(end - 1):
        clock = "24:00" if last.date() != first.date() else f"{last:%H:%M}"
        return f"am {day_text(first.date())} von {first:%H:%M} bis {clock} Uhr"
    return f"vom {moment_text(start)}, bis {moment_text(end)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _is_midnight(local: datetime) -> bool:
    return not (local.hour or local.minute)


def _local(instant: int) -> datetime:
    return datetime.fromtimestamp(instant, BERLIN)


def _shift(instant: int, years: int, months: int, days: int) -> int:
    local = _local(instant)
    month = local.year * 12 + local.month - 1 + 12 * years + months
    first = date(month // 12, month % 12 + 1, 1)
    following = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    day = min(first + timedelta(days=local.day - 1), following - ONE) + timedelta(days=days)
    return int(datetime.combine(day, local.time().replace(tzinfo=None), BERLIN).timestamp())
