"""A plant and prices in, the course that is planned for out; and what a schedule is: what battery and loads do each quarter-hour.

Powers are means over a step in kW, energies kWh, money EUR. `solve.plan` finds the cheapest, `replay` tells its costs.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from nova.energy.calendar import day_bounds, local_seconds
from nova.energy.schedule.plant import Plant, Source, Tariff
from nova.energy.tariff import Terms, feeding_in, in_force
from nova.errors import InvalidInput
from nova.series import QUARTER, Prices, Times, Values

MOST_DAYS = 14  # steps of one plan: 14 days of 100 quarter-hours


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """What is given for each step: prices in EUR/kWh as they are paid and received, base load and PV in kW."""

    ts: Times
    seconds: int
    buy: Values
    sell: Values
    base: Values
    pv: Values

    def __len__(self) -> int:
        return len(self.ts)

    @property
    def hours(self) -> float:
        """Length of a step in hours."""
        return self.seconds / 3600.0


@dataclass(frozen=True, slots=True, eq=False)
class Setpoints:
    """What a schedule decides: battery power (charging positive), curtailed PV, each load's power, in kW."""

    battery: Values
    curtailed: Values
    loads: Mapping[str, Values]


@dataclass(frozen=True, slots=True, eq=False)
class ReplayResult:
    """What happens when setpoints are run: state of charge in kWh after each step, grid power (import positive) and costs in EUR."""

    stored: Values
    grid: Values
    energy_eur: float
    feed_in_eur: float
    peak_eur: float
    cycle_eur: float
    peak_kw: float
    end_short_kwh: float
    unserved_kwh: Mapping[str, float]
    penalty_eur: float

    @property
    def cost_eur(self) -> float:
        """What is paid: import, peak and wear less what feeding in brings; without penalties."""
        return self.energy_eur + self.peak_eur + self.cycle_eur - self.feed_in_eur


@dataclass(frozen=True, slots=True)
class Reason:
    """A wish that could not be met: by how many kWh, at what penalty, and a German sentence."""

    kind: str
    name: str
    kwh: float
    penalty_eur: float
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Schedule:
    """The schedule of a course. `objective` and `bound` are the MILP's (costs and penalties); `idle_eur` is the cost without it."""

    course: Course
    setpoints: Setpoints
    replayed: ReplayResult
    objective: float
    bound: float
    idle_eur: float | None
    reasons: tuple[Reason, ...] = ()
    cpu_seconds: float = field(default=0.0, compare=False)

    @property
    def gap(self) -> float:
        """Distance of what was found to the bound, relative to the objective (1e-9 EUR at least)."""
        return max(self.objective - self.bound, 0.0) / max(abs(self.objective), 1e-9)


def course(plant: Plant, prices: Prices, first: date, last: date | None = None) -> Course:
    """The course of local days `first` to `last` in quarter-hours; InvalidInput where a price is missing."""
    start, end = day_bounds(first)[0], day_bounds(last or first)[1]
    if not start < end <= start + MOST_DAYS * 100 * QUARTER:
        raise InvalidInput(f"Ein Fahrplan reicht über 1 bis {MOST_DAYS} Tage.")
    ts = np.arange(start, end, QUARTER, dtype=np.int64)
    spot = spot_of(prices, ts) / 1000.0
    buy, sell = paid(plant.tariff, spot)
    return Course(ts, QUARTER, buy, sell, power(plant.base, ts), power(plant.pv, ts))


def spot_of(prices: Prices, ts: Times) -> Values:
    """The price (EUR/MWh) of each quarter-hour, from intervals as long or longer; InvalidInput names the first that is missing."""
    if prices.product.seconds < QUARTER:
        raise InvalidInput("Ein Fahrplan rechnet in Viertelstunden; die Preise sind feiner aufgelöst.")
    at = np.searchsorted(prices.ts, ts, side="right") - 1
    known = at >= 0
    found = np.full(len(ts), np.nan)
    found[known] = np.where(ts[known] - prices.ts[at[known]] < prices.product.seconds, prices.price[at[known]], np.nan)
    if np.isnan(found).any():
        missing = ts[np.isnan(found)]
        raise InvalidInput(f"Für {len(missing)} von {len(ts)} Viertelstunden fehlt der Preis, zuerst ab {clock(int(missing[0]))} Uhr.")
    return found


def paid(tariff: Tariff, spot: Values) -> tuple[Values, Values]:
    """EUR/kWh that an imported kWh costs, and that an exported one brings, of spot prices in EUR/kWh."""
    vat = 1.0 + tariff.vat_percent / 100.0  # a plant's tariff is net, terms hold it
    fixed = None if tariff.fixed_ct_kwh is None else (tariff.fixed_ct_kwh + tariff.surcharge_ct_kwh) * vat
    terms = Terms(fixed, tariff.surcharge_ct_kwh * vat, tariff.feed_in_ct_kwh, tariff.vat_percent)
    return in_force(terms, spot * 1000.0), feeding_in(terms, spot * 1000.0)


def power(source: Source, ts: Times) -> Values:
    """The given power at each quarter-hour; one value a quarter-hour of the local clock holds on days of 92 and 100, too."""
    if len(source.kw) == 1:
        return np.full(len(ts), source.kw[0])
    return np.array(source.kw)[local_seconds(ts) % 86_400 // QUARTER]


def clock(instant: int) -> str:
    """An instant as "21.11.2026 18:15" of the local clock."""
    local = np.datetime64(int(local_seconds(np.array([instant], np.int64))[0]), "s").item()
    return f"{local:%d.%m.%Y %H:%M}"


def as_json(found: Schedule) -> dict[str, Any]:
    """A schedule as plain values: columns of each step, sums in EUR, the bound and the reasons."""
    given, seen = found.course, found.replayed
    columns = {"buy_eur_kwh": given.buy, "sell_eur_kwh": given.sell, "base_kw": given.base, "pv_kw": given.pv, "grid_kw": seen.grid}
    columns |= {"battery_kw": found.setpoints.battery, "stored_kwh": seen.stored, "curtailed_kw": found.setpoints.curtailed}
    return {
        "ts": [datetime.fromtimestamp(int(one), UTC).isoformat() for one in given.ts],
        "seconds": given.seconds,
        "columns": {name: _plain(values) for name, values in columns.items()},
        "loads_kw": {name: _plain(values) for name, values in found.setpoints.loads.items()},
        "cost_eur": seen.cost_eur,
        "idle_eur": found.idle_eur,
        "energy_eur": seen.energy_eur,
        "feed_in_eur": seen.feed_in_eur,
        "cycle_eur": seen.cycle_eur,
        "peak_eur": seen.peak_eur,
        "peak_kw": seen.peak_kw,
        "penalty_eur": seen.penalty_eur,
        "objective": found.objective,
        "bound": found.bound,
        "gap": found.gap,
        "cpu_seconds": found.cpu_seconds,
        "reasons": [asdict(reason) for reason in found.reasons],
    }


def _plain(values: Values) -> list[float]:
    return [round(float(one), 9) for one in values]
