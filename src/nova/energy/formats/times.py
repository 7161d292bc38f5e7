"""Cells with times in, instants out: ISO and German forms, with an offset or as a clock in Germany shows them.

A local hour that autumn brings twice is told apart by its mark (A or B, MESZ or MEZ) or by the order of the rows; one that spring leaves
out is no time.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from nova.energy.calendar import local_seconds
from nova.energy.formats.cells import Bytes, Cells, strings
from nova.energy.formats.parsed import EARLIEST, LATEST
from nova.series import DAY, HOUR, Times

NAIVE = -(10**9)  # the offset of a time that has none
FIRST, SECOND = 1, 2  # marks of the hour that comes twice
CLOCKS: Mapping[str, int | None] = {"": None, "Europe/Berlin": None, "UTC": 0, "Z": 0, "MEZ": HOUR, "CET": HOUR}
OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)?")
GERMAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ T,]+(\d{1,2}):(\d\d)(?::(\d\d))?)?(.*)", re.DOTALL)
ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?(.*)", re.DOTALL)
ENGLISH = re.compile(r"([A-Z][a-z]{2}) (\d{1,2})[.,] (\d{4})[., ]+(\d{1,2}):(\d\d) ([AP]M)")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Stamps:
    """What the cells show, as seconds since 1970 as if it were UTC; the offset from UTC or NAIVE; a mark or 0; `bad` ones are no time."""

    wall: Times
    offset: Times
    mark: NDArray[np.uint8]
    bad: Mask


@dataclass(frozen=True, slots=True)
class Instants:
    """Instants in UTC, and which rows have none: without an offset, or a local time that does not exist, or comes a third time.

    `assumed` marks those of the doubled hour that came only once and were taken for the first.
    """

    ts: Times
    naive: Mask
    skipped: Mask
    third: Mask
    assumed: Mask


def clock_of(name: str) -> int | None:
    """The offset of a clock that never changes, in seconds; None for Germany's. ValueError for another name."""
    if name in CLOCKS:
        return CLOCKS[name]
    found = OFFSET.fullmatch(name)
    if found is None or int(found[2]) > 14:
        raise ValueError(name)
    return _signed(found)


def stamps(cells: Cells, day: int, hour: int | None = None) -> Stamps:
    """The times of a column, or of one with days and one with hours."""
    matrix = cells.matrix(day)
    length = cells.lengths(day)
    if hour is not None:
        second = cells.matrix(hour)
        odd = length != 10
        blank = np.full((len(cells), 1), 32, np.uint8)
        matrix = np.hstack((np.pad(matrix, ((0, 0), (0, max(0, 10 - matrix.shape[1]))))[:, :10], blank, second))
        length = np.where(odd, 0, 11 + cells.lengths(hour))

    def text(row: int) -> str:
        return cells.text(row, day) if hour is None else f"{cells.text(row, day)} {cells.text(row, hour)}"

    return _stamps(matrix, length, text)


def _stamps(matrix: Bytes, length: Times, text: Callable[[int], str]) -> Stamps:
    rows = len(matrix)
    wide = np.pad(matrix, ((0, 0), (0, max(0, 32 - matrix.shape[1]))))
    number = (wide - 48).astype(np.int32)
    digit = (wide >= 48) & (wide <= 57)
    iso, german = _form(wide, digit, (4, 7), ord("-")), _form(wide, digit, (2, 5), ord("."))
    timed = (length >= 16) & (length <= 32) & digit[:, [11, 12, 14, 15]].all(axis=1) & (wide[:, 13] == ord(":"))
    timed &= (wide[:, 10] == ord("T")) | (wide[:, 10] == 32)
    with_seconds = timed & (wide[:, 16] == ord(":")) & digit[:, 17] & digit[:, 18]

    def read(*at: int) -> NDArray[np.int64]:
        found = np.zeros(rows, np.int64)
        for place in at:
            found = found * 10 + number[:, place]
        return found

    year = np.where(iso, read(0, 1, 2, 3), read(6, 7, 8, 9))
    month = np.where(iso, read(5, 6), read(3, 4))
    day = np.where(iso, read(8, 9), read(0, 1))
    hours, minutes, seconds = read(11, 12), read(14, 15), np.where(with_seconds, read(17, 18), 0)
    good = (iso | german) & timed & _real(year, month, day, hours, minutes, seconds)
    wall = np.where(good, _days(year, month, day) * DAY + hours * HOUR + minutes * 60 + seconds, 0)
    offset, mark = np.full(rows, NAIVE, np.int64), np.zeros(rows, np.uint8)
    for start, which in ((19, good & with_seconds), (16, good & ~with_seconds)):
        _tails(wide[:, start:], which, offset, mark, good)
    for row in np.flatnonzero(~good):
        found = plain_stamp(text(int(row)))
        if found is not None:
            wall[row], offset[row], mark[row], good[row] = *found, True
    return Stamps(wall, offset, mark, ~good)


def _form(wide: Bytes, digit: Mask, points: tuple[int, int], point: int) -> Mask:
    others = [at for at in range(10) if at not in points]
    found: Mask = (wide[:, points[0]] == point) & (wide[:, points[1]] == point) & digit[:, others].all(axis=1)
    return found


def _real(year: Times, month: Times, day: Times, hours: Times, minutes: Times, seconds: Times) -> Mask:
    long = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])[np.clip(month, 0, 12)]
    leap = (month == 2) & (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    clock = (hours < 24) | ((hours == 24) & (minutes == 0) & (seconds == 0))
    found: Mask = (month >= 1) & (month <= 12) & (day >= 1) & (day <= long + leap) & clock & (minutes < 60) & (seconds < 60)
    return found


def _days(year: Times, month: Times, day: Times) -> Times:
    """Days since 1970 of a date in the Gregorian calendar; years begin in March for it."""
    year = year - (month <= 2)
    century = year // 400
    of_century = year - century * 400
    of_year = (153 * (month + np.where(month > 2, -3, 9)) + 2) // 5 + day - 1
    found: Times = century * 146097 + of_century * 365 + of_century // 4 - of_century // 100 + of_year - 719468
    return found


def _tails(tail: Bytes, which: Mask, offset: Times, mark: NDArray[np.uint8], good: Mask) -> None:
    """Write what stands behind minutes or seconds: an offset, the name of one, a mark."""
    rows = np.flatnonzero(which)
    if not len(rows):
        return
    part = np.ascontiguousarray(tail[rows])
    if (part == part[0]).all():
        known, inverse = strings(part[:1]), np.zeros(len(rows), np.int64)
    else:
        known, inverse = np.unique(strings(part), return_inverse=True)
    found = [_tail(one.decode("latin-1")) for one in known.tolist()]
    good[rows] = np.array([one is not None for one in found])[inverse]
    offset[rows] = np.array([NAIVE if one is None else one[0] for one in found])[inverse]
    mark[rows] = np.array([0 if one is None else one[1] for one in found], np.uint8)[inverse]


_TAILS: Mapping[str, tuple[int, int]] = {
    "": (NAIVE, 0),
    "UHR": (NAIVE, 0),
    "Z": (0, 0),
    "UTC": (0, 0),
    "GMT": (0, 0),
    "A": (NAIVE, FIRST),
    "B": (NAIVE, SECOND),
    "MESZ": (2 * HOUR, 0),
    "CEST": (2 * HOUR, 0),
    "MEZ": (HOUR, 0),
    "CET": (HOUR, 0),
}


def _tail(text: str) -> tuple[int, int] | None:
    """The offset and the mark behind a time; None when it is neither."""
    plain = re.sub(r"^[.,]0+", "", text).strip(" ()").upper().removeprefix("UHR").strip()
    if plain in _TAILS:
        return _TAILS[plain]
    found = OFFSET.fullmatch(plain) or re.fullmatch(r"UTC([+-])(\d\d?):?(\d\d)?", plain)
    return None if found is None or int(found[2]) > 14 else (_signed(found), 0)


def _signed(found: re.Match[str]) -> int:
    seconds = int(found[2]) * HOUR + int(found[3] or 0) * 60
    return -seconds if found[1] == "-" else seconds


def plain_stamp(text: str) -> tuple[int, int, int] | None:
    """Wall clock, offset and mark of one time in a rarer form; None when it is none."""
    found = _fields(text.strip())
    if found is None:
        return None
    (year, month, day), clock, rest = found
    tail = _tail(rest)
    try:
        days = date(int(year), int(month), int(day)).toordinal() - date(1970, 1, 1).toordinal()
    except ValueError:
        return None
    hours, minutes, seconds = (int(one or 0) for one in clock)
    if tail is None or max(minutes, seconds) > 59 or hours * HOUR + minutes * 60 + seconds > DAY:
        return None
    return days * DAY + hours * HOUR + minutes * 60 + seconds, tail[0], tail[1]


Fields = tuple[tuple[str, str, str], tuple[str | None, str | None, str | None], str]


def _fields(text: str) -> Fields | None:
    """Year, month and day, hours, minutes and seconds, and what stands behind; None when it has none of the forms."""
    if found := GERMAN.fullmatch(text):
        day, month, year, *clock, rest = found.groups()
        return (year, month, day), (clock[0], clock[1], clock[2]), rest
    if found := ISO.fullmatch(text):
        year, month, day, *clock, rest = found.groups()
        return (year, month, day), (clock[0], clock[1], clock[2]), rest
    found = ENGLISH.fullmatch(text)
    return None if found is None else _english(*found.groups())


def _english(name: str, day: str, year: str, half: str, minutes: str, noon: str) -> Fields | None:
    if name not in MONTHS or not 1 <= int(half) <= 12:
        return None
    hours = int(half) % 12 + (12 if noon == "PM" else 0)
    return (year, str(MONTHS.index(name) + 1), day), (str(hours), minutes, None), ""


def instants(found: Stamps, group: NDArray[np.int64], clock: int | None, floating: bool, folds: dict[str, list[int]]) -> Instants:
    """Instants of rows in the order of the file. `group` numbers the series that a row belongs to.

    `clock` is the offset of times without one, None for Germany's clocks; with `floating` False such times are refused. `folds` holds, by
    group, the last local time of a doubled hour and how often it had begun; it is brought up to date for the next part of the file.
    """
    rows = len(found.wall)
    none = np.zeros(rows, bool)
    given = found.offset != NAIVE
    ts = np.where(given, found.wall - np.where(given, found.offset, 0), found.wall)
    local = ~given & ~found.bad
    if not floating:
        return Instants(ts, local & (found.mark == 0), none, none, none)
    if clock is not None:
        return Instants(np.where(local, found.wall - clock, ts), none, none, none, none)
    wall = np.clip(found.wall, EARLIEST - DAY, LATEST + DAY)  # what lies outside is refused for that
    summer, winter = wall - 2 * HOUR, wall - HOUR
    is_summer, is_winter = local_seconds(summer) == wall, local_seconds(winter) == wall
    twice = local & is_summer & is_winter
    again, third, alone = _by_order(found, group, twice, folds)
    later = np.where(found.mark == SECOND, True, np.where(found.mark == FIRST, False, again))
    ts = np.where(local, np.where(is_summer & ~(twice & later), summer, winter), ts)
    unmarked = found.mark == 0
    return Instants(ts, none, local & ~is_summer & ~is_winter, third & unmarked, alone & unmarked)


def _by_order(found: Stamps, group: NDArray[np.int64], twice: Mask, folds: dict[str, list[int]]) -> tuple[Mask, Mask, Mask]:
    """Of the rows in a doubled hour: which are its second time, which its third, and which came once only, so that none can tell."""
    rows = len(found.wall)
    again, third, alone = np.zeros(rows, bool), np.zeros(rows, bool), np.zeros(rows, bool)
    where = np.flatnonzero(twice)
    if not len(where):
        return again, third, alone
    backwards = _backwards(found.wall, group)
    day = found.wall[where] // DAY
    position = -where if backwards else where
    order = np.lexsort((position, day, group[where]))
    where, day = where[order], day[order]
    wall, owner = found.wall[where], group[where]
    begins = np.concatenate(([True], (owner[1:] != owner[:-1]) | (day[1:] != day[:-1])))
    back = np.concatenate(([False], wall[1:] <= wall[:-1])) & ~begins
    heads = np.flatnonzero(begins)
    block = np.cumsum(begins) - 1
    for head in heads.tolist():
        known = folds.get(f"{owner[head]}/{day[head]}")
        if known is not None:
            back[head] = bool(wall[head] <= known[0])
    passes: Times = np.cumsum(back) - (np.cumsum(back) - back)[heads][block]
    passes = passes + np.array([folds.get(f"{owner[head]}/{day[head]}", [0, 0])[1] for head in heads.tolist()])[block]
    last = np.concatenate((heads[1:] - 1, [len(where) - 1]))
    for head, tail in zip(heads.tolist(), last.tolist(), strict=True):
        folds[f"{owner[head]}/{day[head]}"] = [int(wall[tail]), int(passes[tail])]
    again[where], third[where] = passes >= 1, passes >= 2
    alone[where] = (passes[last] == 0)[block]
    return again, third, alone


def _backwards(wall: Times, group: NDArray[np.int64]) -> bool:
    """Whether the rows of a series mostly run from late to early."""
    same = group[1:] == group[:-1]
    step = np.sign(np.diff(wall))[same]
    return bool(step.sum() < 0)
