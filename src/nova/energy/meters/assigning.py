"""A meter and whose it is at which time in, the same stored out, with what follows for those who had it and those who have it now."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from psycopg import Connection

from nova.energy.forecast.target import meter_target
from nova.energy.formats.parsed import METER_ID
from nova.errors import InvalidInput
from nova.store.people import usage
from nova.store.series import assignments, forecasts, meters, recommendations
from nova.store.series.assignments import Assignment

FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)
PERSONAL_FACTS = ("tariff", "peak_eur_kw", "grid_fee_ct", "module_1_eur", "controllable_kwh")
"""What a customer agreed with their supplier, and nobody after them; where a meter changes hands by date, `owned_meters` hides it."""


def assign(conn: Connection[Any], meter_id: str, wanted: Sequence[Assignment], allowed: usage.Amounts = usage.NO_LIMIT) -> bool:
    """Make these the assignments of a meter; whether anything changed. A meter that nobody knows is made. InvalidInput, QuotaExceeded.

    Whoever has the meter from now on finds no forecast, no open recommendation and no tariff of the one before.
    """
    if METER_ID.fullmatch(meter_id) is None:
        raise InvalidInput("Diese Zählernummer ist keine.", data={"meter_id": meter_id})
    given = sorted(wanted, key=lambda one: one.starts)
    _require_order(meter_id, given)
    known = meters.exists(conn, meter_id)
    if known:
        meters.hold(conn, meter_id, change=True)
        before = meters.get(conn, meter_id)
        if _same(assignments.of_meter(conn, meter_id), given):
            return False
    assignments.put(conn, meter_id, given)
    for user_id in sorted({one.user_id for one in given}):
        usage.require_meters(conn, allowed, user_id)
    if known:
        _settle(conn, before)
    return True


def hand_over(conn: Connection[Any], meter_id: str, to: Assignment | None, now: datetime, allowed: usage.Amounts) -> bool:
    """Give a meter to somebody, or to the company; whether anything changed. One that nobody had is theirs for all its past."""
    meters.hold(conn, meter_id, change=True)
    known = assignments.of_meter(conn, meter_id)
    current = next((one.user_id for one in known if one.starts <= now and not _is_over(one, now)), None)
    if current == (to and to.user_id):
        return False
    wanted = [one if _is_over(one, now) else replace(one, ends=now) for one in known if one.starts < now]
    if to is not None:
        wanted.append(replace(to, starts=now if known else FIRST, ends=None))
    return assign(conn, meter_id, wanted, allowed)


def _is_over(one: Assignment, now: datetime) -> bool:
    return one.ends is not None and one.ends <= now


def _require_order(meter_id: str, given: Sequence[Assignment]) -> None:
    """InvalidInput for times that end before they begin, that overlap, or that no reading can have."""
    for one in given:
        if one.ends is not None and one.ends <= one.starts:
            raise InvalidInput(f"{meter_id}: Das Ende liegt nicht hinter dem Anfang.", data={"customer": one.customer})
        if not FIRST <= one.starts < LAST:
            raise InvalidInput(f"{meter_id}: Zugeordnet wird zwischen den Jahren 2000 und 2049.", data={"customer": one.customer})
    for one, other in pairwise(given):
        if one.ends is None or one.ends > other.starts:
            raise InvalidInput(f"{meter_id}: Zwei Zuordnungen überschneiden sich.", data={"customer": other.customer})


def _same(known: Sequence[Assignment], given: Sequence[Assignment]) -> bool:
    return [(one.user_id, one.starts, one.ends) for one in known] == [(one.user_id, one.starts, one.ends) for one in given]


def _settle(conn: Connection[Any], before: meters.Meter) -> None:
    """What was computed of somebody's readings goes before somebody else looks."""
    forecasts.forget(conn, meter_target(before.meter_id))
    recommendations.withdraw(conn, [before.meter_id], FIRST)
    now = meters.get(conn, before.meter_id)
    if before.owner is not None and before.owner != now.owner:
        meters.save(conn, replace(now, facts=_impersonal(now.facts)))


def _impersonal(known: Mapping[str, Any]) -> dict[str, Any]:
    """A meter's facts without those that are of whoever had it."""
    kept = {name: value for name, value in known.items() if name not in PERSONAL_FACTS}
    if isinstance(kept.get("plant"), Mapping):
        kept["plant"] = {name: value for name, value in kept["plant"].items() if name != "tariff"}
    return kept
