"""What was measured and what was to be expected in, the difference out as a sum of causes that adds up to the whole.

Each cause is a power for every step of the period; they are taken one after the other, and what none explains is scatter. In the order in
which they are looked for: gaps and faults of the data, own production, weather, a step of the base load, a day of another kind, one
event, hours above the band.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from nova.energy.band import _MAD, REST, SATURDAY, WEEKDAY, Band, Flags, Grid
from nova.energy.explain.faults import faults
from nova.series import Values

CauseName = Literal["gap", "fault", "pv", "weather", "day", "base", "event", "hours", "scatter", "price"]
NIGHT = (0.0, 5.0)  # local hours in which a base load shows
_SURE, _CLEAR = 3.0, 1.2  # robust standard deviations of past days: of a mean, and of each day at least
_LONGEST_EVENT = 6.0  # hours
_MANY_DAYS = 10
_LEAST_GAIN = 0.4  # by which share another kind of day must be nearer
_COARSE = 3600


@dataclass(frozen=True, slots=True, eq=False)
class Cause:
    """One cause: its power in kW on each step, its sum in kWh, and from when to when it stands out (instants)."""

    name: CauseName
    power: Values
    kwh: float
    start: int
    end: int
    detail: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Attribution:
    """Measured and expected energy in kWh, and the causes of the difference, largest share first; scatter is last."""

    actual: float
    expected: float
    causes: tuple[Cause, ...]

    @property
    def excess(self) -> float:
        """Measured less expected, in kWh."""
        return self.actual - self.expected

    @property
    def main(self) -> Cause | None:
        """The cause that moves most in the direction of the difference; None where scatter alone does."""
        ranked = [cause for cause in self.causes if cause.name != "scatter" and cause.kwh * self.excess > 0]
        return max(ranked, key=lambda cause: abs(cause.kwh), default=None)


@dataclass(slots=True, eq=False)
class _Rest:
    """What is still to be explained: `rest` in kW, 0 on steps where `known` is not; the steps asked for are `inside`."""

    grid: Grid
    band: Band
    inside: Flags
    known: Flags
    rest: Values
    causes: list[Cause]

    def take(self, name: CauseName, power: Values, detail: float = 0.0) -> None:
        """Explain this much by a cause."""
        power = np.where(self.inside, power, 0.0)
        self.rest = self.rest - power
        shown = np.flatnonzero(np.abs(power) > 1e-12)
        if len(shown):
            ts, step = self.grid.ts, self.grid.step
            kwh = float(power.sum()) * step / 3600
            self.causes.append(Cause(name, power, kwh, int(ts[shown[0]]), int(ts[shown[-1]]) + step, detail))


def attribute(grid: Grid, band: Band, inside: Flags, flagged: Flags, unproduced: Values | None = None) -> Attribution:
    """The causes of a period. `flagged`: steps whose values the data mark as substitutes; `unproduced`: kW that own production lacked.

    `grid` and `band` may reach beyond the period; `inside` are the steps that count. Measured energy is that of known steps; a gap counts
    as expected and not measured.
    """
    hours = grid.step / 3600
    missing = np.isnan(grid.values)
    expected = np.where(inside, band.plain, 0.0)
    measured = np.where(inside & ~missing, grid.values, 0.0)
    work = _Rest(grid, band, inside, inside & ~missing, measured - expected, [])
    work.take("gap", np.where(missing, -band.plain, 0.0))
    wrong = (faults(grid, band) | flagged) & ~missing & inside
    work.take("fault", np.where(wrong, work.rest, 0.0))
    work.known = inside & ~missing & ~wrong
    if unproduced is not None:
        work.take("pv", np.where(work.known, unproduced, 0.0))
    work.take("weather", np.where(work.known, band.expected - band.plain, 0.0))
    steps: tuple[Callable[[_Rest], None], ...] = (_base, _days, _event, _hours)
    for step in steps:
        step(work)
    work.take("scatter", work.rest)
    causes = sorted(work.causes, key=lambda cause: (cause.name == "scatter", -abs(cause.kwh)))
    return Attribution(float(measured.sum()) * hours, float(expected.sum()) * hours, tuple(causes))


def _days(work: _Rest) -> None:
    """Days that look like another kind of day: clearly nearer to its course, as hardly any past day of their kind was."""
    band, grid = work.band, work.grid
    coarse = max(1, _COARSE // grid.step)
    past = band.past.table(band.past.values)
    kinds = [band.other[kind] for kind in (WEEKDAY, SATURDAY, REST)]
    power = np.zeros(len(grid.ts))
    usual: dict[int, float] = {}
    found = -1
    for day in range(len(grid.days)):
        here = (grid.day_no == day) & work.known
        if here.sum() < 0.8 * grid.slots:
            continue
        own = int(band.kinds[day])
        y = work.rest[here] + band.expected[here]
        best, gain = _nearest(y, [kind[here] for kind in kinds], own, coarse)
        if gain > _LEAST_GAIN and own not in usual:
            usual[own] = _usual_gain(band, past, own, coarse)
        if gain > max(_LEAST_GAIN, usual.get(own, 1.0)):
            power[here] = kinds[best][here] - band.expected[here]
            found = best
    work.take("day", power, float(found))


def _nearest(y: Values, kinds: list[Values], own: int, coarse: int) -> tuple[int, float]:
    """The kind whose course is nearest to the day's, and by which share it is nearer than its own."""
    errors = np.array([float(np.sum(_blocks(y - kind, coarse) ** 2)) for kind in kinds])
    rivals = [kind for kind in range(3) if kind != own]
    best = min(rivals, key=lambda kind: float(errors[kind]))
    gain = 1 - float(errors[best]) / max(float(errors[own]), 1e-12)
    return best, gain


def _usual_gain(band: Band, past: Values, own: int, coarse: int) -> float:
    """What few past days of this kind gained (one in seven)."""
    expected = band.past.table(band.past_expected)
    courses = [np.nanmean(expected[band.past_kinds == kind], axis=0) if np.any(band.past_kinds == kind) else None for kind in range(3)]
    gains = []
    for day in np.flatnonzero(band.past_kinds == own):
        known = ~np.isnan(past[day]) & ~np.isnan(expected[day])
        mine = courses[own]
        if known.mean() < 0.8 or mine is None:
            continue
        shifted = [expected[day] if course is None else expected[day] + course - mine for course in courses]
        gains.append(_nearest(past[day][known], [one[known] for one in shifted], own, coarse)[1])
    return float(np.quantile(gains, 0.85)) if gains else 1.0


def _blocks(values: Values, coarse: int) -> Values:
    """Means over whole blocks of so many steps."""
    whole = len(values) // coarse * coarse
    return np.asarray(values[:whole].reshape(-1, coarse).mean(axis=1))


def _base(work: _Rest) -> None:
    """A step of the level that nights and the lowest tenth of days show alike, from the first such day to the last."""
    band, grid = work.band, work.grid
    past = band.past.values - band.past_expected
    usual = _levels(band.past, past, past + band.past_plain, ~np.isnan(past))
    shifts = _levels(grid, work.rest, work.rest + band.plain, work.known)
    low = _medians(usual)
    scale = np.maximum(_MAD * _medians(np.abs(usual - low)), 1e-3)
    moved = _steady(shifts - low)
    step = np.where(np.abs(moved[:, 0]) < np.abs(moved[:, 1]), moved[:, 0], moved[:, 1])
    same = (np.sign(moved[:, 0]) == np.sign(moved[:, 1])) | np.isnan(moved).any(axis=1)
    level = float(np.nanmean(band.expected)) if len(band.expected) else 0.0
    least = max(_CLEAR, _SURE / float(np.sqrt(max(1, len(grid.days)))))  # several days together are surer than one
    sure = np.abs(moved) > np.maximum(least * scale, 0.05 * level)
    stands = same & np.where(np.isnan(moved), True, sure).all(axis=1) & ~np.isnan(step)
    days = np.flatnonzero(stands & (np.sign(step) == np.sign(np.nanmedian(np.where(stands, step, np.nan)) if stands.any() else 0.0)))
    if not len(days):
        return
    run = np.arange(days[0], days[-1] + 1)
    counted = run[~np.isnan(step[run])]
    if len(days) < 0.6 * len(counted):
        return
    size = float(np.median(step[days]))
    on = np.isin(grid.day_no, run) & work.known
    work.take("base", np.where(on, size, 0.0), size)


def _medians(columns: Values) -> Values:
    """The median of what is known of each column, NaN where that is nothing."""
    known = [column[~np.isnan(column)] for column in columns.T]
    return np.array([np.median(column) if len(column) else np.nan for column in known])


def _steady(moved: Values) -> Values:
    """In periods of many days each day with its two neighbours on either side, so that a single odd day begins no step."""
    if len(moved) < _MANY_DAYS:
        return moved
    return np.array([_medians(moved[max(0, day - 2) : day + 3]) for day in range(len(moved))])


def _levels(grid: Grid, rest: Values, level: Values, known: Flags) -> Values:
    """For each day the median of what nights lie above expectation, and the lowest tenth of its powers without weather; kW or NaN."""
    hour = grid.slot * grid.step / 3600
    night = (hour >= NIGHT[0]) & (hour < NIGHT[1])
    found = np.full((len(grid.days), 2), np.nan)
    for day in range(len(grid.days)):
        here = (grid.day_no == day) & known
        if (here & night).sum() >= 0.5 * night[grid.day_no == day].sum() > 0:
            found[day, 0] = np.median(rest[here & night])
        if here.sum() >= 0.5 * grid.slots:
            found[day, 1] = np.quantile(level[here], 0.1)
    return found


def _event(work: _Rest) -> None:
    """The one short run of steps above the band that holds most energy, where it is clearly more than those of the past held."""
    band, hours = work.band, work.grid.step / 3600
    edge = work.rest - (band.high - band.expected)
    found = _runs(work.rest, (edge > 0) & work.known, hours)
    if not found:
        return
    past_rest = np.nan_to_num(band.past.values - band.past_expected)
    past_edge = _past_edge(band)
    usual = _daily_best(band.past, _runs(past_rest, past_rest > past_edge, hours))
    first, last, energy = max(found, key=lambda run: run[2])
    days = max(1, len(np.unique(work.grid.day_no[work.known])))
    bar = float(np.quantile(usual, min(1.0, max(0.95, 1 - 0.5 / days)))) if len(usual) else 0.0
    if (last - first) * hours > _LONGEST_EVENT or energy < (1.0 if days == 1 else 1.2) * bar:
        return
    power = np.zeros(len(work.rest))
    power[first:last] = work.rest[first:last]
    work.take("event", power, float(np.max(power)))


def _past_edge(band: Band) -> Values:
    """How far above expectation the band's upper edge lay in the past, at each step."""
    rest = band.past.table(band.past.values - band.past_expected)
    near = np.concatenate([np.roll(rest, 1, axis=1), rest, np.roll(rest, -1, axis=1)])
    edge: Values = np.nanquantile(np.where(np.isnan(near), np.nanmedian(near), near), 0.95, axis=0)[band.past.slot]
    return edge


def _runs(rest: Values, above: Flags, hours: float) -> list[tuple[int, int, float]]:
    """Runs of steps above the band, joined over a single step below, as first and last (excluded) step and kWh."""
    joined = above.copy()
    if len(above) > 2:
        joined[1:-1] |= above[:-2] & above[2:]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], joined.astype(np.int8), [0]])))
    return [(int(a), int(b), float(rest[a:b].sum()) * hours) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _daily_best(past: Grid, runs: list[tuple[int, int, float]]) -> Values:
    """The largest run of each past day in kWh."""
    best = np.zeros(len(past.days))
    for first, _, energy in runs:
        day = int(past.day_no[first])
        best[day] = max(best[day], energy)
    return best


def _hours(work: _Rest) -> None:
    """Hours of the day whose sums over the period lie further from expectation than those of as many past days do."""
    band, grid = work.band, work.grid
    per = max(1, _COARSE // grid.step)
    past = np.nan_to_num(band.past.table(band.past.values - band.past_expected))
    columns = past.reshape(len(past), -1, per).sum(axis=2)
    scale = np.maximum(np.std(np.clip(columns, *np.quantile(columns, [0.02, 0.98], axis=0)), axis=0), 1e-6)
    hour = grid.slot // per
    size = len(scale)
    total = np.bincount(hour[work.known], work.rest[work.known], minlength=size)
    days = np.maximum(np.bincount(hour[work.known], minlength=size) / per, 1.0)
    sign = 1.0 if total.sum() >= 0 else -1.0
    z = sign * total / (scale * np.sqrt(days))
    chosen = z > 2.0
    chosen |= (z > 1.0) & (np.roll(chosen, 1) | np.roll(chosen, -1))
    work.take("hours", np.where(work.known & chosen[hour], work.rest, 0.0))
