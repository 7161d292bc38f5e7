"""A battery behind a given load in, the cheapest schedule's corners out: what a step costs as a piecewise linear function of one variable.

Without loads to shift, all that a step decides is by how much the level changes, z kWh; what that costs is piecewise linear in z with known
corners: full discharge, where import turns into export, rest, full charge. With z as a mixture of corners (Dantzig 1960) a linear program
holds where every step is convex; elsewhere (negative prices, feeding in dearer than buying) it is a bound, and `levels` chooses.
Charging and discharging at once cannot even be said.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nova.energy.schedule.course import Course
from nova.energy.schedule.model import Program
from nova.energy.schedule.plant import Battery, Plant
from nova.series import Values

SAME = 1e-9  # kWh: corners that lie together


@dataclass(frozen=True, slots=True, eq=False)
class Corners:
    """Steps x corners, in ascending order of `change`: kWh by which the level changes, the battery's kW, import in kW, cost in EUR."""

    change: Values
    power: Values
    bought: Values
    curtailed: Values
    cost: Values


def fits(plant: Plant, given: Course) -> bool:
    """Whether a plant can be told so: a battery, no loads, and a limit that does not rule every power out in some step."""
    if plant.battery is None or plant.loads:
        return False
    if plant.tariff.peak_eur_kw and plant.pv.curtailable and (given.buy < 0).any():
        return False  # curtailing to buy more would raise the peak: the cost of a step would no longer be its own
    low, high = _range(plant, plant.battery, given)
    return bool((low <= high).all())


def _range(plant: Plant, battery: Battery, given: Course) -> tuple[Values, Values]:
    """The least and the most power of the battery in each step that the grid's limits leave."""
    net = given.base - given.pv
    spare = given.pv if plant.pv.curtailable else 0.0
    low = np.maximum(-battery.discharge_kw, -plant.grid.export_limit_kw - net - spare)
    high = np.minimum(battery.charge_kw, plant.grid.import_limit_kw - net)
    return low, high


def corners(plant: Plant, given: Course) -> Corners:
    """The corners of each step's cost."""
    battery = plant.battery
    assert battery is not None  # noqa: S101
    low, high = _range(plant, battery, given)
    net, none = given.base - given.pv, np.zeros(len(given))
    spare = given.pv if plant.pv.curtailable else none
    turns = [none, -net, -net - spare, -plant.grid.export_limit_kw - net, plant.grid.import_limit_kw - net - spare]
    power = np.sort(np.clip(np.column_stack([low, high, *turns]), low[:, None], high[:, None]), axis=1)
    bought, curtailed, cost = _step(plant, given, power)
    cost = cost * given.hours + np.maximum(-power, 0.0) * given.hours * battery.cycle_eur_kwh
    change = given.hours * np.where(power > 0, power * battery.charge_efficiency, power / battery.discharge_efficiency)
    return Corners(change, power, bought, curtailed, cost)


def _step(plant: Plant, given: Course, power: Values) -> tuple[Values, Values, Values]:
    """Import, curtailed PV and EUR/h of each corner, with the cheapest curtailment that the limits allow."""
    net = (given.base - given.pv)[:, None] + power
    buy, sell = given.buy[:, None], given.sell[:, None]

    def price(less: Values) -> Values:
        at = net + less
        over = (at > plant.grid.import_limit_kw + 1e-9) | (-at > plant.grid.export_limit_kw + 1e-9)
        found: Values = np.where(over, np.inf, np.maximum(at, 0.0) * buy - np.maximum(-at, 0.0) * sell)
        return found

    best = np.zeros_like(net)
    cost = price(best)
    if plant.pv.curtailable:
        most = np.broadcast_to(given.pv[:, None], net.shape)
        limits = (np.full_like(net, np.inf), -net, -plant.grid.export_limit_kw - net, plant.grid.import_limit_kw - net)
        for less in (np.clip(np.nan_to_num(one, posinf=np.inf), 0.0, most) for one in limits):
            other = price(less)
            best, cost = np.where(other < cost, less, best), np.minimum(other, cost)
    return np.maximum(net + best, 0.0), best, cost


@dataclass(slots=True)
class Storage:
    """The program, and the columns of the mixtures (steps x corners)."""

    program: Program
    mix: NDArray[np.int64]
    corners: Corners


def build(plant: Plant, given: Course) -> Storage:
    """Mixtures of corners and levels: a linear program, exact where every step is convex."""
    battery, seen, program = plant.battery, corners(plant, given), Program()
    assert battery is not None  # noqa: S101
    count, width = seen.change.shape
    mix = program.add(count * width, 1.0, seen.cost.ravel()).reshape(count, width)
    level = program.add(count, battery.soc_max * battery.capacity_kwh, low=battery.soc_min * battery.capacity_kwh)
    first = program.rows
    step = np.repeat(np.arange(count), width)
    program.hold(1.0, 1.0, (mix[:, 0], 1.0))
    others = np.delete(np.arange(count * width), np.arange(count) * width)
    program.terms.append((first + step[others], mix.ravel()[others], np.ones(len(others))))
    start = np.zeros(count)
    start[0] = battery.soc_start * battery.capacity_kwh
    first = program.rows
    program.hold(start, start, (level, 1.0))
    program.terms.append((np.arange(first + 1, first + count), level[:-1], np.full(count - 1, -1.0)))
    program.terms.append((first + step, mix.ravel(), -seen.change.ravel()))
    if battery.soc_end is not None:
        short = program.add(1, np.inf, battery.end_penalty_eur_kwh)
        program.hold(battery.soc_end * battery.capacity_kwh, np.inf, (level[-1:], 1.0), (short, 1.0))
    if plant.tariff.peak_eur_kw:
        peak = program.add(1, np.inf, plant.tariff.peak_eur_kw, low=plant.tariff.peak_so_far_kw)
        first = program.rows
        program.hold(-np.inf, 0.0, (np.repeat(peak, count), -1.0))
        program.terms.append((first + step, mix.ravel(), seen.bought.ravel()))
    return Storage(program, mix, seen)


def runs(seen: Corners) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The convex run of each segment between corners, and the last run of each step; a run ends where the slope falls."""
    length = np.diff(seen.change, axis=1)
    rise = np.diff(seen.cost, axis=1)
    count, segments = length.shape
    run = np.zeros((count, segments + 1), np.int64)
    slope = np.full(count, -np.inf)
    for at in range(segments):
        real = length[:, at] > SAME
        here = np.where(real, rise[:, at] / np.where(real, length[:, at], 1.0), slope)
        falls = real & (here < slope - 1e-9)
        run[:, at] = (run[:, at - 1] if at else 0) + falls
        slope = np.where(real, here, slope)
    run[:, segments] = run[:, segments - 1]
    return run, run[:, segments - 1]


def powers(found: Storage, x: Values) -> tuple[Values, Values]:
    """The battery's power and the curtailed PV of each step, from the mixtures: what the mean change of the level takes."""
    weights = x[found.mix]
    change = (weights * found.corners.change).sum(axis=1)
    at = np.clip((found.corners.change < change[:, None] - SAME).sum(axis=1) - 1, 0, found.corners.change.shape[1] - 2)
    rows = np.arange(len(change))
    low, high = found.corners.change[rows, at], found.corners.change[rows, at + 1]
    share = np.clip(np.where(high - low > SAME, (change - low) / np.where(high - low > SAME, high - low, 1.0), 0.0), 0.0, 1.0)
    power = found.corners.power[rows, at] * (1 - share) + found.corners.power[rows, at + 1] * share
    curtailed = found.corners.curtailed[rows, at] * (1 - share) + found.corners.curtailed[rows, at + 1] * share
    return power, curtailed
