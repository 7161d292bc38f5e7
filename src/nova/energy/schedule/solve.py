"""A plant and its course in, its cheapest schedule out, or the contradiction that rules every schedule out."""

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from nova.energy.schedule import storage as schedule_storage
from nova.energy.schedule.course import Course, Reason, ReplayResult, Schedule, Setpoints, clock
from nova.energy.schedule.levels import choose
from nova.energy.schedule.model import Index, Model, Program, build
from nova.energy.schedule.plant import Load, Plant
from nova.energy.schedule.replay import allowed, days, energy, replay
from nova.errors import Busy, InvalidInput
from nova.german import number
from nova.series import Values

REL_GAP = 2e-5  # asked of HiGHS; the bar is 1e-4, and replaying costs some 1e-6
ENOUGH = 5e-5  # of the objective: found so near its bound, a schedule is taken as the best
FIRST = 0.06  # seconds for the general program where it mostly suffices; levels need 0.05 more
TINY = 1e-6  # kW: below it a solver's power is none
WORTH_SAYING = 1e-3  # kWh


def plan(plant: Plant, given: Course, *, seconds: float = 20.0) -> Schedule:
    """The cheapest schedule; InvalidInput names what contradicts itself, Busy when `seconds` pass without any plan."""
    began = time.thread_time()
    _possible(plant, given)
    found = _by_levels(plant, given, began) if schedule_storage.fits(plant, given) else None
    found = found or general(plant, given, seconds, began)
    if found is None:
        raise Busy(f"In {seconds:g} s ist noch kein Fahrplan gefunden; weniger Verbraucher oder Tage helfen.", data={"retry_after": 1})
    return replace(found, cpu_seconds=time.thread_time() - began)


def _by_levels(plant: Plant, given: Course, began: float) -> Schedule | None:
    """A battery alone: a linear program where every step is convex; elsewhere the general program for as long as FIRST, then levels."""
    storage = schedule_storage.build(plant, given)
    cost = _joined(storage.program.cost)
    relaxed = _run(storage.program, cost, 60.0)
    if relaxed.x is None or plant.battery is None:
        return None  # the level's limits contradict the grid's: the general program says how
    found = _schedule(plant, given, Setpoints(*schedule_storage.powers(storage, relaxed.x), {}), float(relaxed.fun), began)
    if found.gap <= ENOUGH:
        return found
    if plant.tariff.peak_eur_kw:
        return None  # a peak price ties the steps together: levels alone do not tell what is to come
    if not (given.sell > given.buy).any():
        proved = general(plant, given, FIRST, began)
        found = found if proved is None else _better(found, proved)
        if found.gap <= ENOUGH:
            return found
    high = _joined(storage.program.high).copy()
    high[storage.mix] = choose(plant.battery, storage.corners)
    storage.program.high = [high]
    fixed = _run(storage.program, cost, 60.0)
    if fixed.x is None:
        return None
    return _better(found, _schedule(plant, given, Setpoints(*schedule_storage.powers(storage, fixed.x), {}), float(relaxed.fun), began))


def _better(one: Schedule, other: Schedule) -> Schedule:
    """The cheaper of two, with the higher of both bounds."""
    return replace(one if one.objective <= other.objective else other, bound=max(one.bound, other.bound))


def general(plant: Plant, given: Course, seconds: float, began: float) -> Schedule | None:
    """Any plant by the mixed-integer program; None when the time is over before there is a plan."""
    model = build(plant, given)
    result = _run(model.program, _joined(model.program.cost), seconds)
    if result.status == 2:
        raise InvalidInput(_contradiction(model, given, seconds))
    if result.x is None:
        return None
    bound = result.fun if getattr(result, "mip_dual_bound", None) is None else result.mip_dual_bound
    return _schedule(plant, given, _setpoints(plant, given, model, result.x), float(bound), began)


def _schedule(plant: Plant, given: Course, points: Setpoints, bound: float, began: float) -> Schedule:
    seen = replay(plant, given, points)
    return Schedule(
        course=given,
        setpoints=points,
        replayed=seen,
        objective=seen.cost_eur + seen.penalty_eur,
        bound=bound - plant.tariff.peak_eur_kw * plant.tariff.peak_so_far_kw,
        idle_eur=_idle(plant, given),
        reasons=tuple(_reasons(plant, given, seen)),
        cpu_seconds=time.thread_time() - began,
    )


def _run(program: Program, cost: Values, seconds: float) -> Any:
    bounds = Bounds(_joined(program.low), _joined(program.high))
    rows = LinearConstraint(program.matrix(), _joined(program.row_low), _joined(program.row_high))
    options = {"mip_rel_gap": REL_GAP, "time_limit": seconds}
    return milp(cost, constraints=rows, bounds=bounds, integrality=_joined(program.whole), options=options)


def _joined(parts: list[Values]) -> Values:
    return np.concatenate(parts)


def _setpoints(plant: Plant, given: Course, model: Model, x: Values) -> Setpoints:
    """Powers from columns; where the battery's difference is what counts, it alone is kept."""
    battery = np.zeros(len(given))
    if plant.battery:
        rise = x[model.charge] * plant.battery.charge_efficiency - x[model.discharge] / plant.battery.discharge_efficiency
        battery = np.where(rise > 0, rise / plant.battery.charge_efficiency, rise * plant.battery.discharge_efficiency)
        battery = np.clip(np.where(np.abs(battery) < TINY, 0.0, battery), -plant.battery.discharge_kw, plant.battery.charge_kw)
    curtailed = np.clip(x[model.curtailed], 0.0, given.pv) if len(model.curtailed) else np.zeros(len(given))
    loads = {load.name: _powers(load, model.loads[load.name], x, len(given)) for load in plant.loads}
    return Setpoints(battery, np.where(curtailed < TINY, 0.0, curtailed), loads)


def _powers(load: Load, parts: list[tuple[Index, Any]], x: Values, count: int) -> Values:
    found = np.zeros(count)
    for columns, powers in parts:
        found += powers @ (np.round(x[columns]) if load.profile_kw else x[columns])
    return np.where(found < TINY, 0.0, found)


def _idle(plant: Plant, given: Course) -> float | None:
    """What the same day costs when the battery rests and every load runs as soon as its window opens; None where that breaks a limit.

    None, too, where a battery begins and ends at other levels: the two days cannot be compared.
    """
    battery = plant.battery
    if battery and battery.soc_end is not None and abs(battery.soc_end - battery.soc_start) > 1e-9:
        return None
    loads = {load.name: at_once(load, given) for load in plant.loads}
    points = Setpoints(np.zeros(len(given)), np.zeros(len(given)), loads)
    seen = replay(plant, given, points)
    if seen.grid.max() > plant.grid.import_limit_kw or -seen.grid.min() > plant.grid.export_limit_kw:
        return None
    return seen.cost_eur + seen.penalty_eur


def at_once(load: Load, given: Course) -> Values:
    """kW of each step when a load runs at full power as soon as its window opens, each local day."""
    found, window = np.zeros(len(given)), allowed(load, given.ts)
    for day in days(given.ts):
        steps = np.arange(day.start, day.stop)[window[day]]
        if load.profile_kw:
            for start in steps[: max(len(steps) - len(load.profile_kw) + 1, 0)]:
                if window[start : start + len(load.profile_kw)].all() and start + len(load.profile_kw) <= day.stop:
                    found[start : start + len(load.profile_kw)] = load.profile_kw
                    break
            continue
        left = load.energy_kwh / given.hours - load.max_kw * np.arange(len(steps))
        found[steps] = np.clip(left, 0.0, load.max_kw)
    return found


def _possible(plant: Plant, given: Course) -> None:
    """InvalidInput where a load alone contradicts its own window."""
    for load in plant.loads:
        if load.penalty_eur_kwh is not None:
            continue
        window = allowed(load, given.ts)
        for day in days(given.ts):
            most, longest = _room(load, window[day], given.hours)
            on = clock(int(given.ts[day.start]))[:10]
            if load.profile_kw and longest < len(load.profile_kw):
                text = f"der Ablauf dauert {len(load.profile_kw) * 15} Minuten, am Stück bleiben in seinem Fenster {longest * 15}"
                raise InvalidInput(f"{load.name} passt am {on} nicht in sein Zeitfenster: {text}.")
            if not load.profile_kw and energy(load, given.hours) > most + 1e-6:
                text = f"verlangt sind {number(load.energy_kwh)} kWh, möglich höchstens {number(most)} kWh ({number(load.max_kw)} kW)"
                raise InvalidInput(f"{load.name} bekommt am {on} in seinem Zeitfenster nicht genug: {text}.")


def _room(load: Load, window: Any, hours: float) -> tuple[float, int]:
    """The most kWh within the open steps, and the longest piece of them in steps."""
    edges = np.flatnonzero(np.diff(np.r_[0, window.astype(np.int8), 0])).reshape(-1, 2)
    pieces = [int(end - start) for start, end in edges]
    longest = max(pieces, default=0)
    return load.max_kw * hours * (sum(pieces) if load.interruptible else longest), longest


def _contradiction(model: Model, given: Course, seconds: float) -> str:
    """What would have to give way so that a schedule exists, in German: the least sum of what limits and loads lack."""
    program = model.program
    slack = np.concatenate(program.slack) if program.slack else np.zeros(0, np.int64)
    cost = np.zeros(program.columns)
    cost[slack] = 1.0
    high = _joined(program.high).copy()
    high[slack] = np.inf
    program.high = [high]
    x = _run(program, cost, seconds).x if len(slack) else None
    if x is None:
        return "Der Plan widerspricht sich: Keine Fahrweise erfüllt alle Vorgaben. Lockern Sie Grenzen, Fenster oder Mindestlaufzeiten."
    found = [*_too_much(model.over, x, given, "Der Netzbezug"), *_too_much(model.under, x, given, "Die Einspeisung")]
    for name, parts in model.unserved.items():
        if any(x[part].sum() > TINY for part in parts):
            found.append(f"{name} bekommt nicht, was verlangt ist")
    return f"Der Plan widerspricht sich: {'; '.join(found)}. Lockern Sie eine dieser Vorgaben."


def _too_much(columns: Index, x: Values, given: Course, what: str) -> Iterator[str]:
    if len(columns) and (worst := x[columns]).max() > TINY:
        at = clock(int(given.ts[int(worst.argmax())]))
        count = int((worst > TINY).sum())
        yield f"{what} läge in {count} Viertelstunden über der Grenze, am meisten um {number(float(worst.max()), 2)} kW am {at} Uhr"


def _reasons(plant: Plant, given: Course, seen: ReplayResult) -> Iterator[Reason]:
    """The wishes that were not met, and why as far as the plant alone tells."""
    battery = plant.battery
    if battery and battery.soc_end is not None and seen.end_short_kwh > WORTH_SAYING:
        wanted = battery.soc_end * battery.capacity_kwh
        most = battery.soc_start * battery.capacity_kwh + battery.charge_kw * battery.charge_efficiency * given.hours * len(given)
        why = "mehr lässt sich in dieser Zeit nicht laden" if most < wanted else "Grenzen oder Preise lassen nicht mehr zu"
        text = f"Der Ladestand erreicht am Ende {number(float(seen.stored[-1]), 2)} statt {number(wanted, 2)} kWh: {why}."
        yield Reason("soc_end", "Batterie", seen.end_short_kwh, seen.end_short_kwh * battery.end_penalty_eur_kwh, text)
    for load in plant.loads:
        short = seen.unserved_kwh[load.name]
        if load.penalty_eur_kwh is not None and short > WORTH_SAYING:
            penalty = short * load.penalty_eur_kwh
            why = f"mehr wäre teurer als die gesetzten {number(load.penalty_eur_kwh, 2)} EUR je kWh oder geht nicht"
            yield Reason("load", load.name, short, penalty, f"{load.name} bekommt {number(short, 2)} kWh zu wenig: {why}.")
