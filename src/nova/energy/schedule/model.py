"""A plant and its course in, the matrices of a mixed-integer linear program out, sparse and vectorised.

Columns are powers of each step in kW, the level of the battery in kWh, and binaries where a choice is needed; rows are balances and limits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from nova.energy.schedule.course import Course
from nova.energy.schedule.plant import Load, Plant
from nova.energy.schedule.replay import allowed, days, energy
from nova.series import Values

Index = NDArray[np.int64]
Terms = Sequence[tuple[Index, Index, Values]]


@dataclass(slots=True)
class Program:
    """Columns and rows as they are added. `slack` are columns that stay 0 unless a contradiction is looked for."""

    cost: list[Values] = field(default_factory=list)
    low: list[Values] = field(default_factory=list)
    high: list[Values] = field(default_factory=list)
    whole: list[Values] = field(default_factory=list)
    terms: list[tuple[Index, Index, Values]] = field(default_factory=list)
    row_low: list[Values] = field(default_factory=list)
    row_high: list[Values] = field(default_factory=list)
    slack: list[Index] = field(default_factory=list)
    columns: int = 0
    rows: int = 0

    def add(self, count: int, high: Any, cost: Any = 0.0, *, low: Any = 0.0, whole: bool = False) -> Index:
        """New columns with bounds and cost (one value or one each); their numbers."""
        for values, given in ((self.cost, cost), (self.low, low), (self.high, high), (self.whole, float(whole))):
            values.append(np.broadcast_to(np.asarray(given, float), count))
        self.columns += count
        return np.arange(self.columns - count, self.columns)

    def elastic(self, count: int) -> Index:
        """New columns that may only be more than 0 when a contradiction is looked for."""
        found = self.add(count, 0.0)
        self.slack.append(found)
        return found

    def hold(self, low: Any, high: Any, *terms: tuple[Index, Any]) -> None:
        """One row for each entry: low <= sum of factor x column <= high."""
        count = len(terms[0][0])
        at = np.arange(self.rows, self.rows + count)
        self.terms.extend((at, columns, np.broadcast_to(np.asarray(factor, float), count)) for columns, factor in terms)
        self._bounds(low, high, count)

    def hold_sum(self, low: float, high: float, *terms: tuple[Index, Any]) -> None:
        """One row: low <= sum over all entries of factor x column <= high."""
        for columns, factor in terms:
            at = np.full(len(columns), self.rows)
            self.terms.append((at, columns, np.broadcast_to(np.asarray(factor, float), len(columns))))
        self._bounds(low, high, 1)

    def _bounds(self, low: Any, high: Any, count: int) -> None:
        self.row_low.append(np.broadcast_to(np.asarray(low, float), count))
        self.row_high.append(np.broadcast_to(np.asarray(high, float), count))
        self.rows += count

    def matrix(self) -> Any:
        """The rows as a sparse matrix; entries of the same place add up."""
        rows, columns, values = (np.concatenate([term[part] for term in self.terms]) for part in range(3))
        return sparse.csc_matrix((values, (rows, columns)), shape=(self.rows, self.columns))


@dataclass(slots=True)
class Model:
    """The program of a plant, and which columns mean what (empty where the plant lacks the part)."""

    program: Program
    buy: Index
    sell: Index
    curtailed: Index
    over: Index
    under: Index
    charge: Index
    discharge: Index
    level: Index
    end_short: Index
    loads: dict[str, list[tuple[Index, Any]]]
    unserved: dict[str, list[Index]]


NONE = np.zeros(0, np.int64)


def build(plant: Plant, given: Course) -> Model:
    """All columns and rows of a plant over a course."""
    program, count = Program(), len(given)
    most_in, most_out = _most(plant, given)
    buy = program.add(count, most_in, given.buy * given.hours)
    sell = program.add(count, most_out, -given.sell * given.hours)
    curtailed = program.add(count, given.pv) if plant.pv.curtailable else NONE
    over = program.elastic(count) if np.isfinite(plant.grid.import_limit_kw) else NONE
    under = program.elastic(count) if np.isfinite(plant.grid.export_limit_kw) else NONE
    model = Model(program, buy, sell, curtailed, over, under, NONE, NONE, NONE, NONE, {}, {})
    if plant.battery:
        _battery(model, plant, given)
    for load in plant.loads:
        _load(model, load, given)
    _balance(model, given)
    _one_way(model, given, most_in, most_out)
    if plant.tariff.peak_eur_kw:
        peak = program.add(1, np.inf, plant.tariff.peak_eur_kw, low=plant.tariff.peak_so_far_kw)
        program.hold(-np.inf, 0.0, (buy, 1.0), (np.repeat(peak, count), -1.0))
    return model


def _most(plant: Plant, given: Course) -> tuple[Values, Values]:
    """The most that each step can import and export, from what the plant holds and what the grid allows."""
    loads = sum((max(load.profile_kw) if load.profile_kw else load.max_kw) for load in plant.loads)
    battery = plant.battery
    most_in = given.base + loads + (battery.charge_kw if battery else 0.0)
    most_out = given.pv + (battery.discharge_kw if battery else 0.0)
    return np.minimum(most_in, plant.grid.import_limit_kw), np.minimum(most_out, plant.grid.export_limit_kw)


def _balance(model: Model, given: Course) -> None:
    """Import - export + elastic = base + loads + charge - discharge - PV + curtailed."""
    terms: list[tuple[Index, Any]] = [(model.buy, 1.0), (model.sell, -1.0)]
    signs = ((model.over, 1.0), (model.under, -1.0), (model.curtailed, -1.0), (model.charge, -1.0), (model.discharge, 1.0))
    terms += [(columns, sign) for columns, sign in signs if len(columns)]
    first = model.program.rows
    model.program.hold(given.base - given.pv, given.base - given.pv, *terms)
    for parts in model.loads.values():
        for columns, powers in parts:
            found = sparse.coo_matrix(powers)
            model.program.terms.append((first + found.row.astype(np.int64), columns[found.col], -found.data))


def _one_way(model: Model, given: Course, most_in: Values, most_out: Values) -> None:
    """Where feeding in pays more than buying costs, a binary keeps both from happening at once; elsewhere it cannot pay."""
    at = np.flatnonzero(given.sell > given.buy)
    if len(at):
        inwards = model.program.add(len(at), 1.0, whole=True)
        model.program.hold(-np.inf, 0.0, (model.buy[at], 1.0), (inwards, -most_in[at]))
        model.program.hold(-np.inf, most_out[at], (model.sell[at], 1.0), (inwards, most_out[at]))


def _battery(model: Model, plant: Plant, given: Course) -> None:
    battery, program, count = plant.battery, model.program, len(given)
    assert battery is not None  # noqa: S101
    low, high = battery.soc_min * battery.capacity_kwh, battery.soc_max * battery.capacity_kwh
    charge = program.add(count, battery.charge_kw)
    discharge = program.add(count, battery.discharge_kw, battery.cycle_eur_kwh * given.hours)
    level = program.add(count, high, low=low)
    start = np.zeros(count)
    start[0] = battery.soc_start * battery.capacity_kwh
    up, down = battery.charge_efficiency * given.hours, given.hours / battery.discharge_efficiency
    first = program.rows
    program.hold(start, start, (level, 1.0), (charge, -up), (discharge, down))
    program.terms.append((np.arange(first + 1, first + count), level[:-1], np.full(count - 1, -1.0)))
    model.charge, model.discharge, model.level = charge, discharge, level
    if battery.soc_end is not None:
        wanted = battery.soc_end * battery.capacity_kwh
        model.end_short = program.add(1, np.inf, battery.end_penalty_eur_kwh)
        program.hold(wanted, np.inf, (level[-1:], 1.0), (model.end_short, 1.0))
    _no_loop(model, plant, given, (up, down))


def _no_loop(model: Model, plant: Plant, given: Course, factors: tuple[float, float]) -> None:
    """Charging and discharging never at once: a binary where burning energy could pay, and two cuts that hold for every such schedule.

    With prices >= 0 and no limit on exports, less of both at the same level is never dearer, and `plan` then takes the difference of both.
    """
    battery, program = plant.battery, model.program
    assert battery is not None  # noqa: S101
    burns = (given.buy < 0) | (given.sell < 0) | np.isfinite(plant.grid.export_limit_kw)
    at = np.flatnonzero(burns)
    if not len(at):
        return
    charges = program.add(len(at), 1.0, whole=True)
    program.hold(-np.inf, 0.0, (model.charge[at], 1.0), (charges, -battery.charge_kw))
    program.hold(-np.inf, battery.discharge_kw, (model.discharge[at], 1.0), (charges, battery.discharge_kw))
    later = at[at > 0]
    up, down = factors
    low, high = battery.soc_min * battery.capacity_kwh, battery.soc_max * battery.capacity_kwh
    program.hold(-np.inf, high, (model.level[later - 1], 1.0), (model.charge[later], up))
    program.hold(-np.inf, -low, (model.level[later - 1], -1.0), (model.discharge[later], down))


def _load(model: Model, load: Load, given: Course) -> None:
    """A load once a local day: columns, and the power that each stands for (steps x columns)."""
    model.loads[load.name], model.unserved[load.name] = [], []
    open_steps = allowed(load, given.ts)
    for day in days(given.ts):
        steps = np.arange(day.start, day.stop)[open_steps[day]]
        if load.profile_kw:
            _profile(model, load, given, steps)
        else:
            _flexible(model, load, given, steps)


def _short(model: Model, load: Load, high: float, cost: float) -> Index:
    """The column of what a load lacks: at a penalty, or only where a contradiction is looked for."""
    found = model.program.elastic(1) if load.penalty_eur_kwh is None else model.program.add(1, high, cost)
    model.unserved[load.name].append(found)
    return found


def _profile(model: Model, load: Load, given: Course, steps: Index) -> None:
    """One binary for each possible start; exactly one is 1, or the load is left out."""
    length = len(load.profile_kw)
    starts = steps[: max(len(steps) - length + 1, 0)]
    starts = starts[steps[length - 1 :][: len(starts)] - starts == length - 1]
    begins = model.program.add(len(starts), 1.0, whole=True)
    wanted = energy(load, given.hours)
    left_out = _short(model, load, 1.0, (load.penalty_eur_kwh or 0.0) * wanted)
    model.program.hold_sum(1.0, 1.0, (begins, 1.0), (left_out, 1.0))
    rows = (starts[:, None] + np.arange(length)).ravel()
    columns = np.repeat(np.arange(len(starts)), length)
    powers = sparse.coo_matrix((np.tile(load.profile_kw, len(starts)), (rows, columns)), shape=(len(given), len(starts)))
    model.loads[load.name].append((begins, powers))


def _flexible(model: Model, load: Load, given: Course, steps: Index) -> None:
    """Power of each step up to `max_kw`; binaries where it has a least power, a least run or must not be interrupted."""
    program, count = model.program, len(steps)
    drawn = program.add(count, load.max_kw)
    missing = _short(model, load, load.energy_kwh, load.penalty_eur_kwh or 0.0)
    program.hold_sum(load.energy_kwh, load.energy_kwh, (drawn, given.hours), (missing, 1.0))
    model.loads[load.name].append((drawn, sparse.coo_matrix((np.ones(count), (steps, np.arange(count))), shape=(len(given), count))))
    if count and (load.min_kw or not load.interruptible):
        _runs(program, load, steps, drawn, given.seconds)


def _runs(program: Program, load: Load, steps: Index, drawn: Index, seconds: int) -> None:
    """Binaries `on` and `begins`; a run begins where `on` does, and whoever began stays on for the least run."""
    on = program.add(len(steps), 1.0, whole=True)
    begins = program.add(len(steps), 1.0)
    program.hold(-np.inf, 0.0, (drawn, 1.0), (on, -load.max_kw))
    program.hold(0.0, np.inf, (drawn, 1.0), (on, -load.min_kw))
    joined = np.r_[False, np.diff(steps) == 1]
    program.hold(0.0, np.inf, (begins, 1.0), (on, -1.0), (np.r_[on[0], on[:-1]], joined.astype(float)))
    if not load.interruptible:
        program.hold_sum(-np.inf, 1.0, (begins, 1.0))
    least = load.min_run_minutes * 60 // seconds
    for back in range(1, least):
        ahead = steps[back:] - steps[:-back] == back
        program.hold(0.0, np.inf, (on[back:][ahead], 1.0), (begins[:-back][ahead], -1.0))
        cut = np.r_[begins[:-back][~ahead], begins[-back:]]
        program.hold(-np.inf, 0.0, (cut, 1.0))
