"""One power of a meter in, what its values tell out: spikes, frozen values, and (`units`) stretches in a wrong unit.

Everything is judged by the meter's own usual days, with medians and quantiles that a fault on some of the days does not move. A meter
that stands at 0 is not judged: it looks like nobody at home, or night.
"""

import numpy as np

from nova.energy.quality.findings import COLUMNS, Finding
from nova.energy.quality.units import FEW_DAYS, Power, grouped, small, watts
from nova.series import DAY, HOUR, QUARTER, Readings, Times, Values

SPIKE_INTERVALS, SPIKE_RATIO, SPIKE_DEPTH, SPIKE_EVERY = 3, 1.8, 64, 10  # at most one in ten days, and three: else it is an appliance
SOCKET = 3.7  # kW, 16 A at 230 V: what one appliance may draw without being a spike
STUCK_LEAST, STUCK_INTERVALS, STUCK_RATIO = 4 * HOUR, 12, 2.0
OFTEN = 5  # so many long runs of one value are a limit or a standby power


def judge(given: Readings) -> list[Finding]:
    """Findings of both powers of a meter."""
    powers = [power for column in COLUMNS if ((power := _power(given, column)).values > 0).any()]
    found = watts(powers, given.seconds)
    calm = []
    for power in powers:
        values = power.values.copy()
        for one in found:
            if one.kind == "unit":
                values[(power.ts >= one.start) & (power.ts < one.end)] *= one.factor
        spikes, frozen = _faults(Power(power.column, power.ts, values), given.seconds)
        found = [*found, *spikes, *frozen]
        for one in (*spikes, *frozen):
            values[(power.ts >= one.start) & (power.ts < one.end)] = 0.0
        calm.append(Power(power.column, power.ts, values))
    if given.seconds <= QUARTER and calm:
        found = [*found, *small(calm, given.seconds)]
    return found


def _power(given: Readings, column: str) -> Power:
    values: Values = getattr(given, column)
    known = ~np.isnan(values)
    return Power(column, given.ts[known], values[known])


def _faults(power: Power, seconds: int) -> tuple[list[Finding], list[Finding]]:
    """Spikes and frozen values of one power."""
    ts, values, column = power.ts, power.values, power.column
    if np.count_nonzero(np.diff(ts[values > 0] // DAY)) + 1 < FEW_DAYS:
        return [], []
    spikes = _spikes(ts, values, seconds, SOCKET if column == "consumption" else 0.0)
    why = "Der Wert liegt weit über allem, was der Zähler sonst misst."
    return (
        [Finding("spike", int(ts[first]), int(ts[last]) + seconds, why, column) for first, last in spikes],
        [
            Finding("stuck", int(ts[first]), int(ts[last]) + seconds, "Der Wert steht still.", column)
            for first, last in _frozen(ts, values, seconds)
        ],
    )


def _spikes(ts: Times, values: Values, seconds: int, least: float) -> list[tuple[int, int]]:
    """Up to three intervals in a row that stand apart, by size, from everything else the meter measured."""
    depth = min(SPIKE_DEPTH, len(values) - 1)
    top = np.sort(np.partition(values, -depth - 1)[-depth - 1 :])[::-1]
    found: list[tuple[int, int]] = []
    for at in np.flatnonzero(top[:-1] >= SPIKE_RATIO * top[1:]):
        spans = grouped(np.flatnonzero(values >= top[at]), ts, seconds)
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
        if like.sum() < OFTEN:
            found.append((int(edges[run]), int(edges[run] + length[run] - 1)))
    return found
