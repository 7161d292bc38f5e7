"""Corners of each step's cost in, a near-optimal course of levels out: dynamic programming over a fine grid of levels.

Exact for convex and other costs alike but for the grid: values between levels are interpolated. What it chooses, the convex run of each
step, is then fixed, and a linear program finds the best powers for that choice.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import minimum_filter1d

from nova.energy.schedule.plant import Battery
from nova.energy.schedule.storage import Corners, runs
from nova.series import Values

LEVELS = 1201  # measured: 601 costs up to 1e-4 of the objective, 1201 a tenth of that (benchmarks/schedule.py)
NEAR = 1e-9


def choose(battery: Battery, seen: Corners) -> NDArray[np.bool_]:
    """Steps x corners: which corners may be mixed once each step keeps to the convex run that the best course of levels takes."""
    grid = np.linspace(battery.soc_min, battery.soc_max, LEVELS) * battery.capacity_kwh
    values = _values(battery, seen, grid)
    run, _ = runs(seen)
    count, width = seen.change.shape
    allowed = np.zeros((count, width), bool)
    level = battery.soc_start * battery.capacity_kwh
    for step in range(count):
        change = _best(seen, step, grid, values[step + 1], level)
        level = min(max(level + change, grid[0]), grid[-1])
        segment = int(np.clip(np.searchsorted(seen.change[step], change, side="left") - 1, 0, width - 2))
        mine = np.flatnonzero(run[step, : width - 1] == run[step, segment])
        allowed[step, mine] = allowed[step, mine + 1] = True
    return allowed


def _values(battery: Battery, seen: Corners, grid: Values) -> Values:
    """The least cost from each step on at each level of the grid; the last row is the penalty of what lacks at the end."""
    count = len(seen.change)
    found = np.empty((count + 1, len(grid)))
    wanted = 0.0 if battery.soc_end is None else battery.soc_end * battery.capacity_kwh
    found[count] = np.maximum(wanted - grid, 0.0) * battery.end_penalty_eur_kwh
    for step in range(count - 1, -1, -1):
        found[step] = _before(seen, step, grid, found[step + 1])
    return found


def _before(seen: Corners, step: int, grid: Values, after: Values) -> Values:
    """The least of cost and value afterwards at each level: over corners, and over the levels between two corners."""
    change, cost = seen.change[step], seen.cost[step]
    best = np.full(len(grid), np.inf)
    spacing = grid[1] - grid[0]
    for at in range(len(change)):
        if at and change[at] - change[at - 1] <= NEAR:
            continue
        best = np.minimum(best, cost[at] + np.interp(grid + change[at], grid, after, left=np.inf, right=np.inf))
    for at in range(len(change) - 1):
        first, last = int(np.ceil(change[at] / spacing)), int(np.floor(change[at + 1] / spacing))
        if last < first or change[at + 1] - change[at] <= NEAR:
            continue
        slope = (cost[at + 1] - cost[at]) / (change[at + 1] - change[at])
        inside = window_least(after + slope * grid, first, last)
        best = np.minimum(best, inside + (cost[at] - slope * change[at]) - slope * grid)
    return best


def window_least(values: Values, first: int, last: int) -> Values:
    """The least of values[i + first .. i + last] for each i; what lies outside is infinite."""
    count, size = len(values), last - first + 1
    padded = np.full(count + size + abs(first) + abs(last), np.inf)
    shift = max(-first, 0)
    padded[shift : shift + count] = values
    left = first + shift
    found: Values = minimum_filter1d(padded, size, mode="constant", cval=np.inf, origin=-(size // 2) if size % 2 else -(size // 2 - 1) - 1)
    return found[left : left + count]


def _best(seen: Corners, step: int, grid: Values, after: Values, level: float) -> float:
    """The change of the level, from this very level, that costs least with what comes afterwards."""
    change, cost = seen.change[step], seen.cost[step]
    first, last = np.searchsorted(grid, [level + change[0], level + change[-1]])
    between = grid[first:last] - level
    tried = np.concatenate([change, between])
    total = np.concatenate([cost, np.interp(between, change, cost)]) + np.interp(level + tried, grid, after, left=np.inf, right=np.inf)
    edge = np.abs(np.clip(level + change, grid[0], grid[-1]) - (level + change)) <= NEAR
    total[: len(change)] = np.where(edge, cost + np.interp(level + change, grid, after), np.inf)
    return float(tried[int(total.argmin())])
