"""Schedules for whoever may see them: days that are planned, and those that are kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np

from nova.energy.calendar import today
from nova.errors import InvalidInput
from nova.language.inert import inert_name
from nova.ports import Audit
from nova.records import Caller
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.series import meters, schedules
from nova.visibility import Visible

if TYPE_CHECKING:
    from nova.energy.schedule.course import Schedule
    from nova.energy.schedule.day_plan import PreparedDays

THINK_S = 1.0  # a plan that is not proved best by then is given with its gap; hardly any day takes a tenth of it
FIRST, LAST = date(2000, 1, 2), date(2049, 12, 28)  # days that rows can have, with the weeks before them


@dataclass(frozen=True, slots=True)
class DaysToPlan:
    """Days to plan: of a meter (its plant, tariff and usual load), of a plant, or of a meter with what is else of its plant.

    Without `day` tomorrow, or today where no prices reach further; without `prices` (seconds of an interval, EUR/MWh) the market's.
    """

    meter_id: str | None
    plant: Mapping[str, Any]
    day: date | None
    days: int = 1
    market: str = ""
    zone: str = "DE-LU"
    prices: tuple[int, list[float]] | None = None
    title: str = ""
    keep: bool = False


@dataclass(frozen=True, slots=True)
class KeptSchedule:
    """A kept schedule in a list; `mine`: it is the caller's."""

    listed: schedules.ListedSchedule
    mine: bool


class Schedules:
    """The cheapest days of battery and loads; the company's and people's own.

    `hours` tells what hours usually cost over the mean of their day, where neither prices nor forecasts are known.
    """

    def __init__(self, db: Database, audit: Audit, hours: Callable[[], Mapping[str, float]] = dict) -> None:
        self._db, self._audit, self._hours = db, audit, hours

    def make(self, caller: Caller, asked: DaysToPlan) -> dict[str, Any]:
        """Plan days: plain values, EUR, kW and kWh; NotFound for another's meter, InvalidInput, Busy."""
        from nova.energy.schedule.day_plan import Days, next_days, of_values, prepare
        from nova.energy.schedule.solve import plan

        first = asked.day or today() + timedelta(days=1)
        if not FIRST <= first <= LAST:
            raise InvalidInput(f"Geplant werden Tage zwischen {FIRST.year} und {LAST.year}.")
        days = Days(first, asked.days, asked.market, asked.zone, self._hours())
        spot = of_values(first, *asked.prices) if asked.prices else None
        with self._db.transaction() as conn:
            meter = None if asked.meter_id is None else meters.held(conn, asked.meter_id, Visible.to(caller))
            days = days if asked.day or spot else next_days(conn, days)
            ready = prepare(conn, meter, asked.plant, days, spot)
        found = plan(ready.plant, ready.course, seconds=THINK_S)
        title = asked.title.strip() or (ready.plant.name if meter is None else meter.title or meter.meter_id)
        told = {"meter_id": asked.meter_id, "title": inert_name(title), "day": days.first.isoformat(), "days": asked.days}
        told |= {"sources": {"prices": ready.prices, "base": ready.base, "pv": ready.pv}} | _result(ready, found)
        kept: dict[str, Any] = {"schedule_id": None, "created_at": None}
        if asked.keep:
            kept = {"schedule_id": self._keep(caller, meter, title, ready.described, told), "created_at": datetime.now(UTC)}
        return told | kept | {"plant": _described(ready.described)}

    def _keep(self, caller: Caller, meter: meters.Meter | None, title: str, plant: Mapping[str, Any], result: Mapping[str, Any]) -> UUID:
        """Keep a schedule: a customer's own, the operator's for whom the meter belongs to."""
        owner = caller.user_id
        with self._db.transaction() as conn:
            if meter is not None:
                meters.hold(conn, meter.meter_id, change=True)
                now = meters.held(conn, meter.meter_id, Visible.to(caller))  # it may have another owner since
                owner = now.owner if caller.role == "admin" else owner
            new = schedules.NewSchedule(uuid7(), owner, title, plant, result, meter.meter_id if meter else None)
            schedules.put(conn, new)
            self._audit.record(caller, "schedule.kept", str(new.schedule_id), connection=conn)
        return new.schedule_id

    def page(self, caller: Caller, meter_id: str | None, limit: int, offset: int) -> list[KeptSchedule]:
        """Kept schedules that a caller may see, the newest first; `meter_id` None: of every meter."""
        with self._db.transaction() as conn:
            found = schedules.page(conn, Visible.to(caller), meter_id=meter_id, limit=limit, offset=offset)
        return [KeptSchedule(one, one.owner is not None and one.owner == caller.user_id) for one in found]

    def one(self, caller: Caller, schedule_id: UUID) -> dict[str, Any]:
        """A kept schedule as it was made; NotFound."""
        with self._db.transaction() as conn:
            found = schedules.get(conn, schedule_id, Visible.to(caller))
        return {**found.result, "schedule_id": found.schedule_id, "created_at": found.created_at, "plant": _described(found.plant)}

    def delete(self, caller: Caller, schedule_id: UUID) -> None:
        """Delete a schedule; NotFound."""
        with self._db.transaction() as conn:
            schedules.delete(conn, schedule_id, Visible.to(caller))
            self._audit.record(caller, "schedule.deleted", str(schedule_id), connection=conn)


def _described(plant: Mapping[str, Any]) -> dict[str, Any]:
    """A plant as it was described; its loads have the names that the schedule gives them."""
    loads = [load | {"name": inert_name(load["name"])} for load in plant.get("loads", ())]
    return {**plant, **({"loads": loads} if loads else {}), **({"name": inert_name(plant["name"])} if "name" in plant else {})}


def _result(ready: "PreparedDays", found: "Schedule") -> dict[str, Any]:
    """A schedule as plain values; what would be without it is the battery at rest and each load at once."""
    from nova.energy.schedule.course import as_json
    from nova.energy.schedule.solve import at_once

    plain, given = as_json(found), found.course
    idle = given.base + sum((at_once(load, given) for load in ready.plant.loads), np.zeros(len(given))) - given.pv
    columns = plain["columns"] | {"ts": given.ts.tolist(), "idle_grid_kw": np.round(idle, 9).tolist()}
    names = ("seconds", "loads_kw", "cost_eur", "idle_eur", "energy_eur", "feed_in_eur", "cycle_eur", "peak_eur", "peak_kw")
    more = ("penalty_eur", "gap", "cpu_seconds", "reasons")
    saves = None if found.idle_eur is None else found.idle_eur - found.objective
    told = {name: plain[name] for name in (*names, *more)}
    return told | {"columns": columns, "saves_eur": saves, "idle_peak_kw": max(float(idle.max()), 0.0)}
