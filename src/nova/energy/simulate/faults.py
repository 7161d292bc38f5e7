"""Readings and a generator in, the same readings with faults and their labels out: what meters, gateways and files do to a load curve.

Faults of one meter lie apart by a day at least, so that each label has one cause. Kinds as in `nova.energy.quality.checks`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from nova.energy.calendar import changes, day_bounds, local_date
from nova.series import DAY, HOUR, MEASURED, PRELIMINARY, QUARTER, Readings, Values

KINDS = ("gap", "stuck", "spike", "unit", "late", "dst")
APART = DAY
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Label:
    """What was done to the intervals that begin from `start` up to `end` (excluded). `form` tells apart ways of one kind."""

    kind: str
    start: int
    end: int
    form: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Faulty:
    """Readings with faults, the versions that corrections replaced, and what is wrong where."""

    readings: Readings
    earlier: Readings
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The least and the greatest length of a fault in seconds (the spike's in intervals)."""

    least: int
    most: int


PLANS: Mapping[str, Plan] = {
    "gap": Plan(1, 3 * DAY),
    "stuck": Plan(6 * HOUR, 4 * DAY),
    "spike": Plan(1, 3),
    "unit": Plan(5 * DAY, 21 * DAY),
    "late": Plan(6 * HOUR, 5 * DAY),
}


def inject(given: Readings, rng: Generator, kinds: Sequence[str] = KINDS, plans: Mapping[str, Plan] = PLANS) -> Faulty:
    """Readings without faults and the kinds to inject, one fault for each mention; the rows with faults, earlier versions and labels.

    A fault that finds no room or no fitting values (a changeover in the window, power to freeze) is left out: the labels say what is there.
    """
    made = Faulty(given, given.take(slice(0, 0)), ())
    for kind in sorted(kinds, key=lambda kind: (kind != "dst", kind != "unit")):  # what has no choice of place first, then the longest
        made = _dst(made, rng) if kind == "dst" else _placed(made, rng, kind, given, plans[kind])
    order = np.argsort(made.earlier.ts, kind="stable")
    return replace(made, earlier=made.earlier.take(order), labels=tuple(sorted(made.labels, key=lambda label: label.start)))


def matched(labels: Sequence[Label], kind: str, found: Sequence[tuple[int, int]]) -> tuple[int, int, int]:
    """How many labels of a kind were found, how many there are, and how many of `found` (start, end) match none.

    Two spans match when they share at least half of the shorter one.
    """
    wanted = [(label.start, label.end) for label in labels if label.kind == kind]
    hit = sum(any(_share(one, other) for other in found) for one in wanted)
    return hit, len(wanted), sum(not any(_share(one, other) for other in wanted) for one in found)


def _share(one: tuple[int, int], other: tuple[int, int]) -> bool:
    both = min(one[1], other[1]) - max(one[0], other[0])
    return both > 0 and 2 * both >= min(one[1] - one[0], other[1] - other[0])


def _placed(made: Faulty, rng: Generator, kind: str, clean: Readings, plan: Plan) -> Faulty:
    seconds = made.readings.seconds
    for _ in range(60):
        length = int(np.exp(rng.uniform(np.log(plan.least), np.log(plan.most + 0.5)))) * (seconds if kind == "spike" else 1)
        length = -(-length // seconds) * seconds
        span = _room(made, rng, length, seconds)
        if span is None:
            continue
        rows = (made.readings.ts >= span[0]) & (made.readings.ts < span[1])
        if int(rows.sum()) == length // seconds and (done := _WAYS[kind](made, rng, rows, clean)) is not None:
            readings, earlier, form = done
            return Faulty(readings, earlier, (*made.labels, Label(kind, span[0], span[1], form)))
    return made


def _room(made: Faulty, rng: Generator, length: int, seconds: int) -> tuple[int, int] | None:
    ts = made.readings.ts
    if len(ts) < 2 or ts[-1] - ts[0] < length + 2 * APART:
        return None
    start = int(rng.integers(ts[0] + APART, ts[-1] - APART - length)) // seconds * seconds
    near = any(label.start - APART < start + length and start < label.end + APART for label in made.labels)
    return None if near else (start, start + length)


Done = tuple[Readings, Readings, str] | None


def _gap(made: Faulty, rng: Generator, rows: Bools, _clean: Readings) -> Done:
    """Rows that never came; some senders say so by rows without values."""
    if rng.random() < 0.7:
        return made.readings.take(~rows), made.earlier, "absent"
    return _powers(made.readings, lambda values: np.where(rows, np.nan, values)), made.earlier, "empty"


def _stuck(made: Faulty, _rng: Generator, rows: Bools, _clean: Readings) -> Done:
    """All values stay what the first one was, as when a gateway repeats its last telegram."""
    at = int(np.flatnonzero(rows)[0])
    columns = (made.readings.consumption, made.readings.production)
    if not any(column[at] > 0 and (column[rows] != column[at]).mean() > 0.5 for column in columns):
        return None  # a meter that stands at 0 looks like nothing used, and what never changes cannot freeze
    return _powers(made.readings, lambda values: np.where(rows, values[at], values)), made.earlier, ""


def _spike(made: Faulty, rng: Generator, rows: Bools, clean: Readings) -> Done:
    """Up to three intervals at 2.5 to 25 times the most that the meter ever measured, and more than 5 kW."""
    size = float(np.exp(rng.uniform(np.log(2.5), np.log(25.0))))
    most = {column: _most(getattr(clean, column)) for column in ("consumption", "production")}
    column = max(most, key=lambda name: most[name] * rng.uniform(0.5, 2.0))
    values = getattr(made.readings, column).copy()
    values[rows] = np.round(max(5.0, size * most[column]) * rng.uniform(1.0, 1.2, int(rows.sum())), 3)
    return replace(made.readings, **{column: values}), made.earlier, column


def _unit(made: Faulty, rng: Generator, rows: Bools, _clean: Readings) -> Done:
    """Watts as if they were kilowatts, or (up to quarter-hours) kWh of the interval as if they were kW."""
    watts = rng.random() < 0.5 or made.readings.seconds > QUARTER
    factor = 1000.0 if watts else made.readings.seconds / HOUR
    return _powers(made.readings, lambda values: np.where(rows, values * factor, values)), made.earlier, "w" if watts else "kwh"


def _late(made: Faulty, rng: Generator, rows: Bools, _clean: Readings) -> Done:
    """A preliminary stretch (the week before, or a share of the truth) that the true values replace; the day before it was confirmed."""
    ts = made.readings.ts
    before = (ts >= ts[rows][0] - DAY) & (ts < ts[rows][0])
    week = np.searchsorted(ts, ts - 7 * DAY)
    copied = rng.random() < 0.5 and bool((ts[week] == ts - 7 * DAY)[rows].all())
    share = rng.uniform(0.6, 0.95)

    def preliminary(values: Values) -> Values:
        return np.where(rows, values[week] if copied else np.round(values * share, 3), values)

    old = replace(_powers(made.readings, preliminary), quality=np.full(len(ts), PRELIMINARY, np.uint8)).take(rows | before)
    if not _differ(old, made.readings.take(rows | before)):
        return None
    now = replace(made.readings, quality=np.where(rows | before, MEASURED, made.readings.quality).astype(np.uint8))
    return now, _together(made.earlier, old), "week" if copied else "share"


def _dst(made: Faulty, rng: Generator) -> Faulty:
    """What wrong local times do where the clock changes: an hour missing or doubled, the rest of that local day moved by an hour, or all
    days moved until somebody sets the meter's clock.
    """
    ts = made.readings.ts
    at = [] if not len(ts) else changes(int(ts[0]) + 2 * DAY, int(ts[-1]) - 2 * DAY)
    free = [one for one in at if not any(label.start - APART - DAY < one < label.end + APART for label in made.labels)]
    if not free:
        return made
    change = free[int(rng.integers(len(free)))]
    autumn, (_, midnight) = (local_date(change + HOUR).month > 6), day_bounds(local_date(change))
    forms = ("missing", "doubled", "moved", "clock") if autumn else ("missing", "moved", "clock")
    form = forms[int(rng.integers(len(forms)))]
    if form == "missing":
        start = change - HOUR if autumn and rng.random() < 0.5 else change
        rows, label = made.readings.take((ts < start) | (ts >= start + HOUR)), Label("dst", start, start + HOUR, form)
    elif form == "doubled":
        rows, label = _hour_twice(made.readings, change), Label("dst", change - HOUR, change + HOUR, form)
        if not _differ(rows, made.readings):
            return made
    else:
        rows, label = _moved(made.readings, change, midnight, autumn), Label("dst", change, midnight, form)
    return replace(made, readings=rows, labels=(*made.labels, label))


def _hour_twice(given: Readings, change: int) -> Readings:
    """The hour before the change once more after it."""
    first, second = ((given.ts >= one) & (given.ts < one + HOUR) for one in (change - HOUR, change))
    return _powers(given, lambda values: _copied(values, first, second))


def _moved(given: Readings, change: int, end: int, autumn: bool) -> Readings:
    """Rows an hour late in autumn, an hour early in spring: a day of 23 or 25 hours read as if it had 24, or a clock that nobody set."""
    ts, step = given.ts, HOUR if autumn else -HOUR
    kept = (ts < change) | (ts >= end)
    rest = given.take((ts >= change) & (ts < end))
    rest = replace(rest, ts=rest.ts + step)
    rest = rest.take((rest.ts >= change) & (rest.ts < end))
    return _together(given.take(kept), rest)


def _copied(values: Values, source: Bools, target: Bools) -> Values:
    changed = values.copy()
    if source.sum() == target.sum():
        changed[target] = values[source]
    return changed


def _differ(one: Readings, other: Readings) -> bool:
    powers = [np.nan_to_num(np.c_[given.consumption, given.production]) for given in (one, other)]
    return bool((powers[0] != powers[1]).any())


def _most(values: Values) -> float:
    known = values[~np.isnan(values)]
    return float(known.max()) if len(known) else 0.0


def _powers(given: Readings, change: Callable[[Values], Values]) -> Readings:
    return replace(given, consumption=change(given.consumption), production=change(given.production))


def _together(one: Readings, other: Readings) -> Readings:
    """Rows of both, in order of time; one rule table."""
    order = np.argsort(np.concatenate([one.ts, other.ts]), kind="stable")
    return replace(
        one,
        ts=np.concatenate([one.ts, other.ts])[order],
        consumption=np.concatenate([one.consumption, other.consumption])[order],
        production=np.concatenate([one.production, other.production])[order],
        voltage=np.concatenate([one.voltage, other.voltage])[order],
        quality=np.concatenate([one.quality, other.quality])[order],
        rule=np.concatenate([one.rule, other.rule])[order],
    )


_WAYS: dict[str, Callable[[Faulty, Generator, Bools, Readings], Done]] = {
    "gap": _gap,
    "stuck": _stuck,
    "spike": _spike,
    "unit": _unit,
    "late": _late,
}
