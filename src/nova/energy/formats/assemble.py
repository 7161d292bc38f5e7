"""Rows of many meters in the order of the file in, columns of each meter in the order of time out, with the length of their intervals."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova.energy.formats.report import NAMES, Report
from nova.series import DAY, MEASURED, MISSING, QUARTER, Codes, Readings, Times, Values

UNSAID = 255  # a row whose quality the file does not say
RUN = 8  # so many equal distances in a row are an interval of their own, not gaps
LONELY = "einzelner Wert in kWh: über welche Zeit er geht, ist nicht erkennbar (eine Spalte „seconds“ sagt es)"
Mask = NDArray[np.bool_]
OVERLAP = "Intervall überschneidet das vorige"
DOUBLED, SAME_AGAIN = "doppelt: die spätere Zeile gilt", "doppelt mit gleichem Inhalt"
NO_SPACING = "kein gleichmäßiger Abstand der Zeiten: die Länge der Intervalle ist nicht erkennbar"


@dataclass(slots=True)
class Rows:
    """Columns in the order of the file. `group` is an index of meters; `seconds` is 0 where the file does not say it."""

    group: NDArray[np.int64]
    ts: Times
    seconds: Times
    consumption: Values
    production: Values
    voltage: Values
    quality: Codes
    rule: Codes

    def take(self, which: Any) -> "Rows":
        """Only these rows."""
        return Rows(*(getattr(self, name)[which] for name in self.__slots__))


def spacing(ts: Times, usual: int = 0) -> tuple[Times, int]:
    """The length of each interval in seconds, and the usual one, of ascending starts; zeros when they have no common measure.

    An interval is as long as most are, or shorter where the next begins sooner; a run of equal longer distances is one of longer ones.
    `usual` is what an earlier part of the series had.
    """
    if len(ts) < 2:
        return np.full(len(ts), usual, np.int64), usual
    steps = np.diff(ts)
    if not usual:
        known, counts = np.unique(steps, return_counts=True)
        usual = int(known[np.argmax(counts)])
    if usual > DAY or DAY % usual:
        return np.zeros(len(ts), np.int64), 0
    found = np.full(len(ts), usual, np.int64)
    found[:-1] = np.minimum(found[:-1], steps)
    heads = np.concatenate(([0], np.flatnonzero(np.diff(steps)) + 1))
    lengths = np.diff(np.concatenate((heads, [len(steps)])))
    for head, length in zip(heads[lengths >= RUN].tolist(), lengths[lengths >= RUN].tolist(), strict=True):
        step = int(steps[head])
        if usual < step <= DAY and DAY % step == 0:
            found[head : head + length] = step
    return found, usual


def once(group: NDArray[np.int64], ts: Times, columns: tuple[NDArray[Any], ...]) -> tuple[NDArray[np.intp], Mask, Mask]:
    """The order by group and time, and which rows go because a later one is of the same time: with other values, with the same."""
    order = np.lexsort((np.arange(len(ts)), ts, group))
    follows = np.zeros(len(ts), bool)
    if len(ts) > 1:
        first, second = order[:-1], order[1:]
        follows[:-1] = (group[first] == group[second]) & (ts[first] == ts[second])
        equal = np.ones(len(ts) - 1, bool)
        for column in columns:
            here, there = column[first], column[second]
            equal &= (here == there) | ((here != here) & (there != there))
    else:
        equal = np.zeros(0, bool)
    other, same = np.zeros(len(ts), bool), np.zeros(len(ts), bool)
    same[order[:-1]] = follows[:-1] & equal
    other[order[:-1]] = follows[:-1] & ~equal
    return order[~follows], other, same


def apart(
    ts: Times, seconds: int, columns: tuple[NDArray[Any], ...], report: Report, place: Callable[[int], str], doubled: str = DOUBLED
) -> NDArray[np.intp]:
    """The rows of one series by time, none twice or before an earlier one has ended; counts them and what is left out."""
    order, other, same = once(np.zeros(len(ts), np.int64), ts, columns)
    report.refuse_where(doubled, other, place)
    report.refuse_where(SAME_AGAIN, same, place)
    crossing = overlapping(ts[order], np.full(len(order), seconds))
    report.refuse_where(OVERLAP, crossing, partial(at_line, place, order))
    order = order[~crossing]
    report.accepted += len(order)
    return order


def meters(
    rows: Rows,
    names: list[str],
    rules: tuple[str, ...],
    energy: tuple[bool, bool],
    usual: dict[str, int],
    report: Report,
    place: Callable[[int], str],
) -> list[Readings]:
    """Readings of each meter; counts rows taken, changed and refused. `energy`: consumption and production are kWh of the interval."""
    order, other, same = once(rows.group, rows.ts, (rows.consumption, rows.production, rows.voltage, rows.quality))
    report.refuse_where(DOUBLED, other, place)
    report.refuse_where(SAME_AGAIN, same, place)
    empty = np.isnan(rows.consumption) & np.isnan(rows.production) & np.isnan(rows.voltage) & (rows.quality == UNSAID)
    rows.quality = np.where(empty, MISSING, np.where(rows.quality == UNSAID, MEASURED, rows.quality)).astype(np.uint8)
    lines, rows = order, rows.take(order)
    empty = empty[order]
    found: list[Readings] = []
    edges = np.flatnonzero(np.diff(rows.group, prepend=-1, append=-1)).tolist()
    for start, end in pairwise(edges):
        part, name = rows.take(slice(start, end)), names[int(rows.group[start])]
        where = partial(at_line, place, lines[start:end])
        if _lonely(part, usual.get(name, 0), energy):
            report.refuse(LONELY, 1, [where(0)])
            continue
        seconds = _seconds(part, name, usual, report)
        bad = (seconds < 1) | (seconds > DAY)
        report.refuse_where(NO_SPACING, bad, where)
        crossing = overlapping(part.ts, np.where(bad, 0, seconds)) & ~bad
        report.refuse_where(OVERLAP, crossing, where)
        bad |= crossing
        blank = empty[start:end] & ~bad
        report.correct_where("kein Wert: als fehlend übernommen", blank, where)
        report.accepted += int(np.count_nonzero(~bad & ~blank))
        found += _series(part, name, np.where(bad, 0, seconds), rules, energy)
    for one in found:
        report.cover(int(one.ts[0]), int(one.ts[-1]) + one.seconds)
    known = list(dict.fromkeys(one.meter_id for one in found))
    report.meters, report.meter_count = known[:NAMES], len(known)
    return found


def _lonely(part: Rows, known: int, energy: tuple[bool, bool]) -> bool:
    """Whether this is a single value of energy of which nothing says over how long: its power would be a guess."""
    told = len(part.ts) > 1 or known or part.seconds[0] > 0
    return not told and any(
        kwh and not np.isnan(values[0]) for kwh, values in zip(energy, (part.consumption, part.production), strict=True)
    )


def overlapping(ts: Times, seconds: Times) -> Mask:
    """Which intervals, ascending by start, begin before an earlier one has ended."""
    found = np.zeros(len(ts), bool)
    if len(ts) > 1:
        found[1:] = ts[1:] < np.maximum.accumulate(ts + seconds)[:-1]
    return found


def at_line(place: Callable[[int], str], lines: NDArray[np.intp], row: int) -> str:
    """What `place` says of the line behind a row."""
    return place(int(lines[row]))


def _seconds(part: Rows, name: str, usual: dict[str, int], report: Report) -> Times:
    """The length of each row's interval: as the file says it, else as the rows follow each other."""
    if bool((part.seconds > 0).all()):
        return part.seconds
    known = usual.get(name, 0)
    found, measure = spacing(part.ts, known)
    if len(part.ts) == 1 and not known:
        report.note("Intervall nicht erkennbar: eine Viertelstunde angenommen", 1, [f"Zähler {name}"])
        found, measure = np.full(1, QUARTER, np.int64), 0
    if measure:
        usual[name] = measure
    return np.where(part.seconds > 0, part.seconds, found)


def _series(part: Rows, name: str, seconds: Times, rules: tuple[str, ...], energy: tuple[bool, bool]) -> list[Readings]:
    """One object for each length of interval."""
    found = []
    for length in np.unique(seconds[seconds > 0]).tolist():
        one = part.take(seconds == length)
        scale = 3600.0 / length
        bought = one.consumption * scale if energy[0] else one.consumption
        sold = one.production * scale if energy[1] else one.production
        found.append(Readings(name, int(length), one.ts, bought, sold, one.voltage, one.quality, one.rule, rules))
    return found
