"""One power of a meter in, what its values tell out: stretches in a wrong unit, spikes, frozen values.

Everything is judged by the meter's own usual days, with medians and quantiles that a fault on some of the days does not move. A meter
that stands at 0 is not judged: it looks like nobody at home, or night.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nova.energy.calendar import DAY, QUARTER, local_days
from nova.energy.quality import COLUMNS, Finding
from nova.series import Readings, Times, Values

HOUR = 3600

WATTS = 1000.0
HUGE = 30.0  # times the usual day's peak: no home and no plant does that, a curve in watts does
HOUSE = 60.0  # a stretch that stays below is no curve in watts: a house connection of 63 A gives 43.6 kW, and 60 W is nobody
FEW_DAYS = 5  # fewer known days than these have no usual day
SPIKE_INTERVALS, SPIKE_RATIO, SPIKE_DEPTH, SPIKE_EVERY = 3, 1.8, 64, 10  # at most one in ten days, and three: else it is an appliance
SOCKET = 3.7  # kW, 16 A at 230 V: what one appliance may draw without being a spike
STUCK_LEAST, STUCK_INTERVALS, STUCK_RATIO = 4 * HOUR, 12, 2.0
SMALL_DAYS, DIM_DAYS, DARK_DAYS, AROUND_DAYS = 3, 5, 10, 30  # days of consumption, of sun, of sun around the shortest day
DARK = 50  # days before and after 21 December
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class _Power:
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


def judge(given: Readings) -> list[Finding]:
    """Findings of both powers of a meter."""
    found: list[Finding] = []
    calm: list[_Power] = []
    for column in COLUMNS:
        values = getattr(given, column)
        known = ~np.isnan(values)
        if (values[known] > 0).any():
            some, rest = _judged(_Power(column, given.ts[known], values[known]), given.seconds)
            found += some
            calm.append(rest)
    if given.seconds <= QUARTER and calm:
        found += _small(calm, given.seconds)
    return found


def _judged(power: _Power, seconds: int) -> tuple[list[Finding], _Power]:
    """Watts, spikes and frozen values of one power, and its values without them."""
    ts, values, column = power.ts, power.values, power.column
    days = _days(ts, values)
    if np.isfinite(days.peak).sum() < FEW_DAYS:
        return [], power
    huge = _huge(ts, values, days)
    found = [_unit(int(ts[first]), int(ts[last]) + seconds, column, 1.0 / WATTS) for first, last in huge]
    calm = values.copy()
    for first, last in huge:
        calm[first : last + 1] /= WATTS
    spikes = _spikes(ts, calm, seconds, SOCKET if column == "consumption" else 0.0)
    found += [
        _finding("spike", ts, span, seconds, column, "Der Wert liegt weit über allem, was der Zähler sonst misst.") for span in spikes
    ]
    frozen = _frozen(ts, values, seconds)
    found += [_finding("stuck", ts, span, seconds, column, "Der Wert steht still.") for span in frozen]
    for first, last in (*spikes, *frozen):
        calm[first : last + 1] = 0.0
    return found, _Power(column, ts, calm)


def _finding(kind: str, ts: Times, span: tuple[int, int], seconds: int, column: str, why: str) -> Finding:
    return Finding(kind, int(ts[span[0]]), int(ts[span[1]]) + seconds, why, column)  # type: ignore[arg-type]


def _unit(start: int, end: int, column: str, factor: float) -> Finding:
    what = "Watt statt Kilowatt" if factor < 1 else "Kilowattstunden je Intervall statt Kilowatt"
    return Finding("unit", start, end, f"Die Werte sind offenbar {what}.", column, factor)


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
    """Stretches (first and last index) whose values are in watts."""
    usual = float(np.nanmedian(days.peak))
    at = np.flatnonzero(values > HUGE * usual)
    spans = []
    for first, last in _grouped(at, ts, DAY):
        part = values[first : last + 1]
        if len(part) > 2 * SPIKE_INTERVALS and part.max() > HOUSE and np.median(part[part > 0]) > 3 * usual:
            spans.append(_widened(values, first, last, 3 * usual))
    return _absorbed(ts, values, spans)


def _grouped(at: Ints, ts: Times, apart: int) -> list[tuple[int, int]]:
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


def _spikes(ts: Times, values: Values, seconds: int, least: float) -> list[tuple[int, int]]:
    """Up to three intervals in a row that stand apart, by size, from everything else the meter measured."""
    depth = min(SPIKE_DEPTH, len(values) - 1)
    top = np.sort(np.partition(values, -depth - 1)[-depth - 1 :])[::-1]
    found: list[tuple[int, int]] = []
    for at in np.flatnonzero(top[:-1] >= SPIKE_RATIO * top[1:]):
        spans = _grouped(np.flatnonzero(values >= top[at]), ts, seconds)
        few = len(spans) <= max(3, (ts[-1] - ts[0]) // (SPIKE_EVERY * DAY))
        if few and top[at] > least and top[at + 1] > 0 and all(last - first < SPIKE_INTERVALS for first, last in spans):
            found = spans
    return found


def _frozen(ts: Times, values: Values, seconds: int) -> list[tuple[int, int]]:
    """Runs of one value above 0 that last much longer than this meter's runs of its usual days do."""
    edges = np.flatnonzero(np.r_[True, (values[1:] != values[:-1]) | (np.diff(ts) != seconds)])
    length = np.diff(np.r_[edges, len(values)])
    length[values[edges] <= 0] = 0
    day = ts[edges] // DAY
    starts = np.flatnonzero(np.r_[True, day[1:] != day[:-1]])
    longest = np.maximum.reduceat(length, starts)
    usual = np.quantile(longest, 0.9) * seconds
    least = max(STUCK_LEAST, STUCK_INTERVALS * seconds, STUCK_RATIO * usual)
    found = []
    for run in np.flatnonzero(length * seconds >= least):
        like = (values[edges] == values[edges[run]]) & (length * 3 >= length[run])
        if like.sum() < 3:  # a value that stays long again and again is a limit or a standby power
            found.append((int(edges[run]), int(edges[run] + length[run] - 1)))
    return found


def _small(powers: list[_Power], seconds: int) -> list[Finding]:
    """Stretches of days on which all powers are lower by the factor between kWh an interval and kW: peaks, and the base too."""
    factor = seconds / HOUR
    days = [_days(power.ts, power.values) for power in powers]
    main = next((at for at, power in enumerate(powers) if power.column == "consumption"), 0)
    lower, alone = np.isfinite(days[main].peak), powers[main].column == "production"
    for power, of in zip(powers, days, strict=True):
        peak = np.log(of.peak)
        few = peak < _around(peak, 0.9) + np.log(factor) * (0.74 if alone else 0.5)
        if power.column == "consumption":
            low = np.log(of.low)
            few &= low < _around(low, 0.5) + np.log(factor) * 0.5
        lower &= ~np.isin(days[main].day, of.day[~few & np.isfinite(peak)])
    starts = powers[main].ts[days[main].starts]
    needed = np.full(len(starts), SMALL_DAYS)
    if alone and factor > 0.1:
        needed = np.where(_from_solstice(starts) < DARK, DARK_DAYS, DIM_DAYS)
    return [
        _unit(int(starts[first]), int(starts[last + 1]), "" if len(powers) > 1 else powers[0].column, 1.0 / factor)
        for first, last in _runs(lower)
        if needed[first : last + 1].min() <= last - first + 1 and first > 0 and last + 1 < len(lower)
    ]


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


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.diff(np.r_[0, flags.astype(np.int8), 0])
    return [(int(first), int(last) - 1) for first, last in zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True)]
