"""Instants in, local time of Europe/Berlin out: days of 92, 96 or 100 quarter-hours, weekdays, hours.

Instants are whole seconds since 1970 (UTC), as everywhere in `nova.series`.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nova import german
from nova.german import BERLIN
from nova.series import DAY, Times, Values


def day_start(day: date) -> int:
    """The instant at which a local day begins."""
    return int(german.begin(day).timestamp())


def day_bounds(day: date) -> tuple[int, int]:
    """The instants at which a local day begins and ends (end excluded)."""
    return day_start(day), day_start(day + timedelta(days=1))


def local_date(instant: int) -> date:
    """The local day that an instant belongs to."""
    return datetime.fromtimestamp(instant, BERLIN).date()


def today() -> date:
    """The local day that it is now."""
    return datetime.now(BERLIN).date()


def local_seconds(ts: Times) -> Times:
    """What a local clock shows, as seconds since 1970 as if it showed UTC; in autumn an hour comes twice."""
    if not len(ts):
        return ts
    first, last = (datetime.fromtimestamp(int(edge), UTC).year for edge in (ts.min(), ts.max()))
    changes, offsets = _offsets(first, last)
    return ts + offsets[np.searchsorted(changes, ts, side="right")]


def local_days(ts: Times) -> NDArray[np.datetime64]:
    """The local day of each instant, as `datetime64[D]`."""
    return local_seconds(ts).astype("datetime64[s]").astype("datetime64[D]")


def local_hours(ts: Times) -> Values:
    """The local time of day of each instant, in hours from 0 up to 24."""
    return local_seconds(ts) % DAY / 3600.0


PEAK_HOURS = (8.0, 20.0)  # EPEX: PEAK is Monday to Friday, 8 to 20 o'clock, holidays included


def is_peak(ts: Times) -> NDArray[np.bool_]:
    """Which instants lie in the hours of the product PEAK."""
    hour = local_hours(ts)
    found: NDArray[np.bool_] = (weekdays(ts) < 5) & (hour >= PEAK_HOURS[0]) & (hour < PEAK_HOURS[1])
    return found


def yesterday(now: int) -> tuple[int, int]:
    """Yesterday at an instant: the local day before today's, from its midnight to today's (excluded); 23, 24 or 25 hours."""
    return day_bounds(local_date(now) - timedelta(days=1))


def weekdays(ts: Times) -> NDArray[np.int64]:
    """The local weekday of each instant: 0 for Monday to 6 for Sunday."""
    return (local_seconds(ts) // DAY + 3) % 7


def changes(start: int, end: int) -> list[int]:
    """The instants from `start` up to `end` (excluded) at which the local clock is moved forward or back."""
    moved, _ = _offsets(datetime.fromtimestamp(start, UTC).year, datetime.fromtimestamp(end, UTC).year)
    return [int(instant) for instant in moved if start <= instant < end]


@lru_cache(maxsize=64)
def _offsets(first: int, last: int) -> tuple[Times, Times]:
    """Instants at which the offset from UTC changes in these years, and the offset before the first and from each on, in seconds."""
    changes: list[int] = []
    start = int(datetime(first, 1, 1, tzinfo=UTC).timestamp())
    end = int(datetime(last + 1, 1, 1, tzinfo=UTC).timestamp())
    offsets = [_offset(start)]
    for day in range(start, end, DAY):
        if _offset(day + DAY) != offsets[-1]:
            changes.append(_change(day, day + DAY))
            offsets.append(_offset(day + DAY))
    return np.array(changes, np.int64), np.array(offsets, np.int64)


def _change(before: int, after: int) -> int:
    """The first instant in (`before`, `after`] with the offset of `after`."""
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (before, middle) if _offset(middle) == _offset(after) else (middle, after)
    return after


def _offset(instant: int) -> int:
    found = datetime.fromtimestamp(instant, BERLIN).utcoffset()
    return 0 if found is None else int(found.total_seconds())
