"""Powers of a meter in, stretches in a wrong unit out: watts as if they were kW, or kWh of the interval as if they were kW."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nova.energy.calendar import local_days
from nova.energy.quality.findings import Finding
from nova.series import DAY, HOUR, QUARTER, Times, Values

WATTS = 1000.0
HUGE = 30.0  # times the usual day's peak: no home and no plant does that, a curve in watts does
HOUSE = 60.0  # a stretch that stays below is no curve in watts: a house connection of 63 A gives 43.6 kW, and 60 W is nobody
FEW = 6  # rows in watts, at least: fewer are spikes
FEW_DAYS = 5  # fewer known days than these have no usual day
SMALL_DAYS, DIM_DAYS, DARK_DAYS, AROUND_DAYS = 3, 5, 10, 30  # days of consumption, of sun, of sun around the shortest day
EDGE_DAYS = 15
DARK = 50  # days before and after 21 December
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Power:
    """One power where it is known: its column, times and values."""

    column: str
    ts: Times
    values: Values


@dataclass(frozen=True, slots=True, eq=False)
class _Days:
    """Local days (since 1970), where each begins in the columns, and what its values above 0 are like; NaN for a day that has none."""

    day: Ints
    starts: Ints
    peak: Values
    low: Values  # a tenth of the values above 0 lie below


def watts(powers: list[Power], seconds: int) -> list[Finding]:
    """Stretches in watts that any power of the meter shows; they are taken to be of all its powers."""
    spans = [span for power in powers for span in _huge(power.ts, power.values, _days(power.ts, power.values))]
    return [_unit(start, end + seconds, _column(powers), 1.0 / WATTS) for start, end in _joined(spans)]


def small(powers: list[Power], seconds: int) -> list[Finding]:
    """Stretches of days on which all powers are lower by the factor between kWh an interval and kW: peaks, and the base too."""
    factor = seconds / HOUR
    days = [_days(power.ts, power.values) for power in powers]
    main = next((at for at, power in enumerate(powers) if power.column == "consumption"), 0)
    lower, alone = np.isfinite(days[main].peak), powers[main].column == "production"
    for power, of in zip(powers, days, strict=True):
        lower &= ~np.isin(days[main].day, _usual_days(of, power.column, factor, alone))
    starts = powers[main].ts[days[main].starts]
    needed = np.full(len(starts), SMALL_DAYS)
    if alone and factor > 0.1:
        needed = np.where(_from_solstice(starts) < DARK, DARK_DAYS, DIM_DAYS)
    spans = []
    for first, last in _runs(_closed(lower)):
        if first > 0 and last + 1 < len(lower) and last - first + 1 >= needed[first : last + 1].min():
            spans.append(_edges(powers[main], int(starts[first]), int(starts[last + 1]), np.log(factor)))
    return [_unit(start, end, _column(powers), 1.0 / factor) for start, end in _joined(spans) if start < end]


def _usual_days(of: _Days, column: str, factor: float, alone: bool) -> Ints:
    """The days on which a power is not lower by the factor; `alone`: it is the meter's only one, and a roof's."""
    peak = np.log(of.peak)
    few = peak < _around(peak, 0.9) + np.log(factor) * (0.74 if alone else 0.5)
    if column == "consumption":
        low = np.log(of.low)
        few &= low < _around(low, 0.5) + np.log(factor) * 0.5
    usual: Ints = of.day[~few & np.isfinite(peak)]
    return usual


def _edges(power: Power, start: int, end: int, drop: float) -> tuple[int, int]:
    """When a stretch found by days begins and ends: where two levels, the usual one of the time of day and `drop` (log) below, fit best."""
    used = power.values > 0
    ts, level = power.ts[used], np.log(power.values[used])
    at = ts % DAY // QUARTER
    usual = (np.abs(ts - start + DAY) < EDGE_DAYS * DAY) & (ts < start - DAY) | (np.abs(ts - end - DAY) < EDGE_DAYS * DAY) & (
        ts >= end + DAY
    )
    count = np.bincount(at[usual], minlength=DAY // QUARTER)
    mean = np.bincount(at[usual], level[usual], DAY // QUARTER) / np.maximum(count, 1)
    known = count[at] > 0
    ts, level = ts[known], (level - mean[at])[known]
    return _split(ts, level, start, drop), _split(ts, drop - level, end, drop)


def _split(ts: Times, level: Values, around: int, drop: float) -> int:
    """The instant at most a day from `around` from which on the level lies at `drop` rather than at 0."""
    near = slice(*np.searchsorted(ts, (around - DAY, around + DAY)))
    gain = level[near] ** 2 - (level[near] - drop) ** 2  # what each row says for the lower level
    if not len(gain):
        return around
    after = np.r_[np.cumsum(gain[::-1])[::-1], 0.0]
    best = near.start + int(np.argmax(after))
    return int(ts[best]) if best < near.stop else around + DAY


def _around(values: Values, share: float) -> Values:
    """The quantile `share` of the days around each one, NaN where none of them has a value."""
    wide = np.pad(values, AROUND_DAYS, constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(wide, 2 * AROUND_DAYS + 1)
    some, found = np.isfinite(windows).any(axis=1), np.full(len(values), np.nan)
    if some.any():
        found[some] = np.nanquantile(windows[some], share, axis=1)
    return found


def _from_solstice(ts: Times) -> Values:
    """Days from the nearest 21 December."""
    days = (ts / DAY + 11.0) % 365.2425
    return np.asarray(np.minimum(days, 365.2425 - days))


def _closed(flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """With single days between two others of a stretch, such as a Sunday."""
    return np.asarray(flags | np.r_[False, flags[:-2] & flags[2:], False] if len(flags) > 2 else flags)


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.diff(np.r_[0, flags.astype(np.int8), 0])
    return [(int(first), int(last) - 1) for first, last in zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True)]


def _unit(start: int, end: int, column: str, factor: float) -> Finding:
    what = "Watt statt Kilowatt" if factor < 1 else "Kilowattstunden je Intervall statt Kilowatt"
    return Finding("unit", start, end, f"Die Werte sind offenbar {what}.", column, factor)


def _column(powers: list[Power]) -> str:
    return "" if len(powers) > 1 else powers[0].column


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans without those that overlap or touch: they are one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _days(ts: Times, values: Values) -> _Days:
    day = local_days(ts).astype(np.int64)
    starts = np.flatnonzero(np.r_[True, day[1:] != day[:-1]])
    peak, low = np.full(len(starts), np.nan), np.full(len(starts), np.nan)
    for at, part in enumerate(np.split(values, starts[1:])):
        used = part[part > 0]
        if len(used):
            peak[at], low[at] = used.max(), np.partition(used, len(used) // 10)[len(used) // 10]
    return _Days(day[starts], starts, peak, low)


def _huge(ts: Times, values: Values, days: _Days) -> list[tuple[int, int]]:
    """Stretches (times of the first and the last row) whose values are in watts."""
    if np.isfinite(days.peak).sum() < FEW_DAYS:
        return []
    usual = float(np.nanmedian(days.peak))
    at = np.flatnonzero(values > HUGE * usual)
    spans = []
    for first, last in grouped(at, ts, DAY):
        part = values[first : last + 1]
        if len(part) > FEW and part.max() > HOUSE and np.median(part[part > 0]) > 3 * usual:
            spans.append(_widened(values, first, last, 3 * usual))
    return [(int(ts[first]), int(ts[last])) for first, last in _absorbed(ts, values, spans)]


def grouped(at: Ints, ts: Times, apart: int) -> list[tuple[int, int]]:
    """Indices as spans (first, last) of those whose times are at most `apart` seconds apart."""
    if not len(at):
        return []
    edges = np.flatnonzero(np.diff(ts[at]) > apart)
    return [(int(at[low]), int(at[high])) for low, high in zip(np.r_[0, edges + 1], np.r_[edges, len(at) - 1], strict=True)]


def _widened(values: Values, first: int, last: int, above: float) -> tuple[int, int]:
    while first > 0 and values[first - 1] > above:
        first -= 1
    while last + 1 < len(values) and values[last + 1] > above:
        last += 1
    return first, last


def _absorbed(ts: Times, values: Values, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans and the values beside them that are above all that lie farther away: the small ones of a curve in watts."""
    near = [slice(*np.searchsorted(ts, (ts[first] - DAY // 2, ts[last] + DAY // 2))) for first, last in spans]
    far = np.ones(len(ts), bool)
    for one in near:
        far[one] = False
    if not spans or not far.any():
        return spans
    above = values > 1.5 * np.quantile(values[far], 0.999)
    wider = []
    for (first, last), one in zip(spans, near, strict=True):
        at = one.start + np.flatnonzero(above[one])
        wider.append((min(first, int(at[0])), max(last, int(at[-1]))) if len(at) else (first, last))
    return wider
