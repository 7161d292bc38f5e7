"""A plant, its course and setpoints in, what happens out: an independent simulator that knows nothing of the optimiser.

`faults` says in German where setpoints do what the plant cannot.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from nova.energy.calendar import local_days, local_seconds
from nova.energy.schedule.course import Course, ReplayResult, Setpoints, clock
from nova.energy.schedule.plant import DAY_MINUTES, Battery, Load, Plant
from nova.series import Times, Values

NEAR = 1e-5  # kW and kWh; HiGHS meets constraints within 1e-6


def replay(plant: Plant, given: Course, points: Setpoints) -> ReplayResult:
    """Run the setpoints step by step; costs of energy, feed-in, wear and peak, and what is missing at the end."""
    stored = levels(plant.battery, points.battery, given.hours)
    net = given.base + sum(points.loads.values(), np.zeros(len(given))) + points.battery - (given.pv - points.curtailed)
    bought, sold = np.maximum(net, 0.0), np.maximum(-net, 0.0)
    tariff, battery = plant.tariff, plant.battery
    peak = max(float(bought.max(initial=0.0)), 0.0)
    short = 0.0 if battery is None or battery.soc_end is None else max(battery.soc_end * battery.capacity_kwh - float(stored[-1]), 0.0)
    unserved = {load.name: missing(load, given, points.loads[load.name]) for load in plant.loads}
    penalty = short * battery.end_penalty_eur_kwh if battery else 0.0
    penalty += sum((load.penalty_eur_kwh or 0.0) * unserved[load.name] for load in plant.loads)
    discharged = float(np.maximum(-points.battery, 0.0).sum()) * given.hours
    return ReplayResult(
        stored=stored,
        grid=net,
        energy_eur=float(bought @ given.buy) * given.hours,
        feed_in_eur=float(sold @ given.sell) * given.hours,
        peak_eur=tariff.peak_eur_kw * max(peak - tariff.peak_so_far_kw, 0.0),
        cycle_eur=discharged * battery.cycle_eur_kwh if battery else 0.0,
        peak_kw=peak,
        end_short_kwh=short,
        unserved_kwh=unserved,
        penalty_eur=penalty,
    )


def levels(battery: Battery | None, net: Values, hours: float) -> Values:
    """State of charge in kWh after each step of battery powers (charging positive)."""
    if battery is None:
        return np.zeros(len(net))
    level, found = battery.soc_start * battery.capacity_kwh, np.zeros(len(net))
    for step, kw in enumerate(net):
        level += hours * (kw * battery.charge_efficiency if kw > 0 else kw / battery.discharge_efficiency)
        found[step] = level
    return found


def missing(load: Load, given: Course, drawn: Values) -> float:
    """kWh that a load lacks, over all local days."""
    wanted = energy(load, given.hours)
    return sum(max(wanted - float(drawn[day].sum()) * given.hours, 0.0) for day in days(given.ts))


def energy(load: Load, hours: float) -> float:
    """kWh that a load needs each local day."""
    return sum(load.profile_kw) * hours if load.profile_kw else load.energy_kwh


def days(ts: Times) -> list[slice]:
    """The steps of each local day."""
    edges = np.flatnonzero(np.diff(local_days(ts).astype(np.int64))) + 1
    return [slice(int(start), int(end)) for start, end in zip([0, *edges], [*edges, len(ts)], strict=True)]


def allowed(load: Load, ts: Times) -> NDArray[np.bool_]:
    """The steps in a load's window by the local clock; one over midnight is a day's first and last part."""
    minute = local_seconds(ts) % (DAY_MINUTES * 60) // 60
    if load.start < load.end:
        return (minute >= load.start) & (minute < load.end)
    return (minute >= load.start) | (minute < load.end)


def faults(plant: Plant, given: Course, points: Setpoints) -> Iterator[str]:
    """What the plant cannot do of these setpoints; nothing when they are sound."""
    seen = replay(plant, given, points)
    if plant.battery:
        yield from _battery_faults(plant.battery, points.battery, seen.stored)
    for load in plant.loads:
        yield from _load_faults(load, given, points.loads[load.name])
    if (points.curtailed < -NEAR).any() or (points.curtailed > given.pv + NEAR).any():
        yield "Es wird mehr PV abgeregelt, als da ist."
    if not plant.pv.curtailable and (np.abs(points.curtailed) > NEAR).any():
        yield "PV wird abgeregelt, ohne dass es erlaubt ist."
    if (over := seen.grid - plant.grid.import_limit_kw).max() > NEAR:
        yield f"Der Netzbezug liegt um {over.max():g} kW über der Grenze ({clock(int(given.ts[over.argmax()]))})."
    if (over := -seen.grid - plant.grid.export_limit_kw).max() > NEAR:
        yield f"Die Einspeisung liegt um {over.max():g} kW über der Grenze ({clock(int(given.ts[over.argmax()]))})."


def _battery_faults(battery: Battery, net: Values, stored: Values) -> Iterator[str]:
    if net.max() > battery.charge_kw + NEAR or -net.min() > battery.discharge_kw + NEAR:
        yield "Die Batterie lädt oder entlädt mit mehr als ihrer Leistung."
    low, high = battery.soc_min * battery.capacity_kwh, battery.soc_max * battery.capacity_kwh
    near = NEAR * max(1.0, battery.capacity_kwh)
    if stored.min() < low - near or stored.max() > high + near:
        yield f"Der Ladestand verlässt {low:g} bis {high:g} kWh."


def _load_faults(load: Load, given: Course, drawn: Values) -> Iterator[str]:
    if (drawn[~allowed(load, given.ts)] > NEAR).any():
        yield f"{load.name} läuft außerhalb seines Fensters."
    if load.penalty_eur_kwh is None and missing(load, given, drawn) > NEAR * max(1.0, energy(load, given.hours)):
        yield f"{load.name} bekommt zu wenig."
    for day in days(given.ts):
        yield from _run_faults(load, drawn[day], given.seconds)


def _follows(found: Values, wanted: Values) -> bool:
    return len(found) == len(wanted) and not bool(np.abs(found - wanted).max() > NEAR)


def _run_faults(load: Load, drawn: Values, seconds: int) -> Iterator[str]:
    on = np.flatnonzero(np.diff(np.r_[False, drawn > NEAR, False].astype(np.int8))).reshape(-1, 2)
    if load.profile_kw:
        if len(on) and not _follows(drawn[on[0, 0] : on[-1, 1]], np.trim_zeros(np.array(load.profile_kw))):
            yield f"{load.name} läuft nicht nach seinem Ablauf."
        return
    if drawn.max(initial=0.0) > load.max_kw + NEAR or (drawn[drawn > NEAR] < load.min_kw - NEAR).any():
        yield f"{load.name} läuft mit einer Leistung, die es nicht gibt."
    if not load.interruptible and len(on) > 1:
        yield f"{load.name} wird unterbrochen."
    if load.min_run_minutes and len(on) and (on[:, 1] - on[:, 0]).min() * seconds < load.min_run_minutes * 60:
        yield f"{load.name} läuft kürzer als seine Mindestlaufzeit."
