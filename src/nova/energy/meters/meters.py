"""Meters for whoever may see them: listed with their newest reading, changed, deleted."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from psycopg import Connection

from nova.energy import figure
from nova.energy.forecast.target import meter_target
from nova.energy.meters import assigning
from nova.energy.schedule import plant
from nova.errors import NotAllowed, NovaError
from nova.ports import Audit, Objects
from nova.records import Caller
from nova.series import DAY
from nova.store.people import usage
from nova.store.people.governance import UserRow, names_of
from nova.store.postgres.db import Database
from nova.store.series import forecasts, meters, readings, rollups
from nova.store.series.assignments import Assignment
from nova.visibility import Visible

RECENT_S = 7 * 86_400
MOST_GAPS = 200
OPERATORS = ("owner", "shared", "keep_days")  # what touches those who had a meter, or who gets to read it
NOT_YOURS = "Zuordnen, für alle öffnen und Fristen setzen darf nur die Betriebsverwaltung."
FACTS = ("tariff", "plant", "region", "peak_eur_kw", "pv_kwp", "grid_fee_ct", "module_1_eur", "controllable_kwh", "controllable_kw")
EnsurePerson = Callable[[str], UserRow]
"""The person of a name, made when new; InvalidInput for a name that is none."""


@dataclass(frozen=True, slots=True)
class MeterFilter:
    """Which meters; `assigned`: whether somebody has them now. None: all."""

    kind: str | None = None
    simulated: bool | None = None
    assigned: bool | None = None


@dataclass(frozen=True, slots=True)
class MeterState:
    """A meter as it stands. `mine`: the caller has it now; `customer`, who has it now, is told to who sees everything.

    `missing_s`: seconds of the last seven days, up to the newest reading, of which nothing is known.
    """

    meter: meters.Meter
    mine: bool
    customer: str | None
    last: readings.Latest | None
    missing_s: int | None


@dataclass(frozen=True, slots=True)
class MeterDetail:
    """A meter with the instant of its first reading and the newest gaps of its last seven days, from and to."""

    state: MeterState
    first: int | None
    gaps: Sequence[tuple[int, int]]


class Meters:
    """The company's meters and people's own. `allowed` is what each person may keep."""

    def __init__(self, db: Database, objects: Objects, audit: Audit, person: EnsurePerson, allowed: usage.Amounts) -> None:
        self._db, self._objects, self._audit, self._person, self._allowed = db, objects, audit, person, allowed

    def page(self, caller: Caller, wanted: MeterFilter, limit: int, offset: int) -> tuple[list[MeterState], int]:
        """Meters that a caller may see in the order of their ids, and how many there are in all."""
        seen = Visible.to(caller)
        with self._db.transaction() as conn:
            every = meters.page(conn, seen, kind=wanted.kind, simulated=wanted.simulated, assigned=wanted.assigned)
            some = every[offset : offset + limit]
            last = readings.latest(conn, [one.meter_id for one in some], seen)
            return _states(conn, caller, some, last), len(every)

    def one(self, caller: Caller, meter_id: str) -> MeterDetail:
        """One meter; NotFound."""
        seen = Visible.to(caller)
        with self._db.transaction() as conn:
            meter = meters.get(conn, meter_id, seen)
            latest, span = readings.latest(conn, [meter_id], seen), readings.span(conn, meter_id, seen)
            gaps: Sequence[tuple[int, int]] = ()
            if meter_id in latest and span is not None:
                until = latest[meter_id].ts + latest[meter_id].seconds
                rows = readings.get(conn, meter_id, until - RECENT_S - DAY, until, seen)
                pieces = meters.within(meters.spans(conn, meter_id, seen), max(span[0], until - RECENT_S), until)
                gaps = [gap for start, end in pieces for gap in figure.gaps(figure.window(rows, start, end))]
            (state,) = _states(conn, caller, [meter], latest)
        return MeterDetail(state, span[0] if span else None, gaps[-MOST_GAPS:])

    def change(self, caller: Caller, meter_id: str, given: Mapping[str, Any]) -> MeterDetail:
        """Change what is given: columns of a meter, `owner` (a name, None for the company) and `FACTS` as plain values, None removes one.

        Who may not keep people changes meters that the company has now, and none of `OPERATORS`. NotFound, NotAllowed, InvalidInput for a
        plant that contradicts itself, QuotaExceeded.
        """
        if not caller.may("people") and not given.keys().isdisjoint(OPERATORS):
            raise NotAllowed(NOT_YOURS)
        told = {name: _plain_fact(meter_id, name, given[name]) for name in FACTS if name in given}
        to = self._somebody(given["owner"]) if "owner" in given else None
        columns = _columns(given)
        changed = {*columns, *told}
        with self._db.transaction() as conn:
            meters.hold(conn, meter_id, change=True)
            before = meters.held(conn, meter_id, _changeable(caller))
            facts = {name: value for name, value in {**before.facts, **told}.items() if value is not None}
            meters.save(conn, replace(before, facts=facts, **columns))
            if "owner" in given and assigning.hand_over(conn, meter_id, to, datetime.now(UTC), self._allowed):
                changed.add("owner")
            self._audit.record(caller, "meter.changed", meter_id, {"fields": sorted(changed)}, connection=conn)
        return self.one(caller, meter_id)

    def _somebody(self, name: str | None) -> Assignment | None:
        """Who is to have a meter from now on; None for the company."""
        if not name:
            return None
        user = self._person(name)
        return Assignment(user.external_id, user.user_id, datetime.now(UTC), None)

    def delete(self, caller: Caller, meter_id: str) -> None:
        """A meter and everything of it: readings, forecasts with their models, schedules, recommendations; NotFound."""
        with self._db.transaction() as conn:
            models = forecasts.object_keys(conn, meter_target(meter_id))
            meters.delete(conn, meter_id)  # the rows go with it
            self._audit.record(caller, "meter.deleted", meter_id, connection=conn)
        with suppress(NovaError):  # the job `forecast` deletes what is left
            for key in models:
                self._objects.delete(key)


def _states(conn: Connection[Any], caller: Caller, some: Sequence[meters.Meter], last: Mapping[str, readings.Latest]) -> list[MeterState]:
    """Meters as they stand for a caller."""
    seen = Visible.to(caller)
    missing = rollups.missing(conn, {name: newest.ts + newest.seconds for name, newest in last.items()}, RECENT_S, seen)
    whose = names_of(conn, [one.owner for one in some]) if seen.everyone else {}
    return [
        MeterState(
            one,
            one.owner is not None and one.owner == caller.user_id,
            whose.get(one.owner),
            last.get(one.meter_id),
            missing.get(one.meter_id),
        )
        for one in some
    ]


def _changeable(caller: Caller) -> Visible:
    """Of which meters somebody may say what they are: the operator of all, who keeps the company's data of its own."""
    seen = Visible.to(caller)
    return Visible(everyone=seen.everyone and caller.may("people"), owner=None, staff=seen.staff)


def _plain_fact(meter_id: str, name: str, value: Any) -> Any:
    """A fact as it is kept; a plant is read as a schedule reads it. None removes it."""
    if not isinstance(value, Mapping):
        return value
    if name == "plant":
        plant.parse(value, f"Zähler {meter_id}")
    return value or None


def _columns(given: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a meter that are given a value; only `keep_days` may be without one."""
    named = {name: value for name, value in given.items() if name not in (*FACTS, "owner")}
    return {name: value for name, value in named.items() if value is not None or name == "keep_days"}
