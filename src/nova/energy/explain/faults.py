"""Measured powers and what was to be expected in, steps out whose values cannot be right: a wrong unit, or a meter that stands still.

Of the data alone: what the importer has already marked comes from the readings' quality.
"""

import numpy as np

from nova.energy.band import Band, Flags, Grid
from nova.series import Values

# W for kW and back, kWh of quarter or half hours for kW and back.
FACTORS = (1000.0, 4.0, 2.0, 0.5, 0.25, 0.001)
_RATHER = 0.6  # of the error that a standing load leaves
_BEYOND = 20.0  # times the largest power of the past: no load does that
_LARGE, _THOUSAND = 3.0, (100.0, 10_000.0)  # or so many times the largest, and about a thousand times what was to be expected
_RUN = 6.0  # hours over which a wrong unit or a stuck value must show
_LOWEST, _MIDDLE, _APART = (
    0.25,
    0.3,
    0.6,
)  # how far the lowest tenth, the median and low and high values may differ, as shares of ln(factor)


def faults(grid: Grid, band: Band) -> Flags:
    """Steps with values of a wrong unit or stuck."""
    past = band.past.values[~np.isnan(band.past.values)]
    if not len(past) or past.max() <= 0:
        return np.zeros(len(grid.ts), bool)
    ratio = np.nan_to_num(grid.values) / np.maximum(band.expected, 1e-6)
    large = (np.nan_to_num(grid.values) > _LARGE * float(past.max())) & (ratio > _THOUSAND[0]) & (ratio < _THOUSAND[1])
    beyond = (np.nan_to_num(grid.values) > _BEYOND * float(past.max())) | large
    beyond |= _reached(beyond, (np.nan_to_num(grid.values) > float(past.max())) & (ratio > _THOUSAND[0] / 3))
    return beyond | _scaled(grid, band) | _tiny(grid, past) | _stuck(grid, past)


def _reached(seeds: Flags, around: Flags) -> Flags:
    """Runs of `around` or `seeds` that hold a seed."""
    either = seeds | around
    reached = np.zeros(len(seeds), bool)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], either.astype(np.int8), [0]])))
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        if seeds[first:last].any():
            reached[first:last] = either[first:last]
    return reached


def _scaled(grid: Grid, band: Band) -> Flags:
    """Runs in which low and high values alike are the same multiple of what past days show: 4, 2, a half or a quarter."""
    wrong = np.zeros(len(grid.ts), bool)
    for first, last in _changes(grid, band):
        y = grid.values[first:last]
        same_hours = np.isin(band.past.slot, grid.slot[first:last])
        past = band.past.values[same_hours & ~np.isnan(band.past.values)]
        y = y[~np.isnan(y)]
        if len(y) * grid.step < 24 * 3600 or len(past) < len(y):
            continue
        ratios = _ratios(y, past)
        nearest = min(FACTORS[1:5], key=lambda factor: abs(np.log(factor) - float(np.median(ratios))))
        off, size = ratios - np.log(nearest), abs(np.log(nearest))
        even = abs(off[0]) < _LOWEST * size and abs(np.median(off)) < _MIDDLE * size and np.ptp(ratios) < _APART * size
        if even and _multiplied(y, past, nearest):
            wrong[first:last] = True
    return wrong


def _multiplied(y: Values, past: Values, factor: float) -> bool:
    """Whether the deciles of one are those of the other times the factor, much rather than plus a standing load."""
    at = np.arange(0.1, 0.95, 0.1)
    now, then = np.maximum(np.quantile(y, at), 1e-6), np.maximum(np.quantile(past, at), 1e-6)
    load = float(np.median(now - then))
    times = float(np.mean(np.abs(np.log(now / (factor * then)))))
    plus = float(np.mean(np.abs(np.log(now / np.maximum(then + load, 1e-6)))))
    return times < _RATHER * plus


def _ratios(y: Values, past: Values) -> Values:
    """Logarithms of how the deciles of one lie to those of the other."""
    at = [0.1, 0.25, 0.5, 0.75, 0.9]
    return np.asarray(np.log(np.maximum(np.quantile(y, at), 1e-6) / np.maximum(np.quantile(past, at), 1e-6)))


def _changes(grid: Grid, band: Band) -> list[tuple[int, int]]:
    """Runs of whole days, and the longest run, whose mean lies far from expectation."""
    window = max(1, min(int(_RUN * 3600 // grid.step), len(grid.ts)))
    known = ~np.isnan(grid.values)
    kernel = np.ones(window)
    y = np.convolve(np.where(known, grid.values, 0.0), kernel, "same")
    e = np.convolve(np.where(known, band.expected, 0.0), kernel, "same")
    ratio = np.log(np.maximum(y, 1e-9) / np.maximum(e, 1e-9))
    off = np.abs(ratio) > np.log(1.5)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], off.astype(np.int8), [0]])))
    runs = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= window]
    whole = [
        (int(np.flatnonzero(grid.day_no == day)[0]), int(np.flatnonzero(grid.day_no == day)[-1]) + 1)
        for day in range(len(grid.days))
        if off[grid.day_no == day].mean() > 0.6
    ]
    return runs + whole


def _tiny(grid: Grid, past: Values) -> Flags:
    """Runs of hours in which nothing reaches a hundredth of the past's least: kW read as W. A meter whose power is 0 at times has none."""
    least = float(np.quantile(past, 0.01))
    low = np.nan_to_num(grid.values, nan=np.inf) < 0.02 * least
    return _long(low & (np.nan_to_num(grid.values) > 0), int(_RUN * 3600 // grid.step))


def _stuck(grid: Grid, past: Values) -> Flags:
    """Runs of one and the same value above 0, longer than any of the past and than six hours."""
    longest = _longest(past)
    same = np.zeros(len(grid.ts), bool)
    y = grid.values
    equal = np.concatenate([[False], np.isclose(y[1:], y[:-1], rtol=0, atol=0) & (y[1:] > 0)])
    same[equal] = True
    same[:-1] |= equal[1:]
    return _long(same, max(int(_RUN * 3600 // grid.step), 2 * longest))


def _longest(values: Values) -> int:
    edges = np.flatnonzero(np.diff(values) != 0)
    return int(np.max(np.diff(np.concatenate([[-1], edges, [len(values) - 1]])))) if len(values) > 1 else 1


def _long(flags: Flags, least: int) -> Flags:
    """Runs of at least so many steps."""
    kept = np.zeros(len(flags), bool)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        if last - first >= least:
            kept[first:last] = True
    return kept
