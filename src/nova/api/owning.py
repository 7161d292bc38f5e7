"""Whose meters are and whose deliveries: assignments, what was sent with what became of it, what a value was before, and taking back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from psycopg import Connection
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from nova.api.doors import House, key_of
from nova.api.envelope import ok
from nova.api.models import owning as shapes
from nova.api.waiting import settled
from nova.energy.delivery.taking_back import may_take
from nova.energy.meters import assigning
from nova.errors import InvalidInput, NotAllowed, NotFound
from nova.german import BERLIN
from nova.governance.users import ensure_user
from nova.jobs import taking_back
from nova.language.inert import inert_name
from nova.records import Caller
from nova.series import Product
from nova.store import assignments, batches, meters, prices, readings, signals
from nova.store.assignments import Assignment
from nova.store.governance import names_of
from nova.visibility import Visible

WAIT_S = 30


def assigned(house: House, meter_id: str) -> dict[str, Any]:
    """Whose a meter was, is and will be; NotFound."""
    with house.nova.db.transaction() as conn:
        meters.get(conn, meter_id)
        found = assignments.of_meter(conn, meter_id)
    return {"meter_id": meter_id, "assignments": [_assignment(one) for one in found]}


def _assignment(one: Assignment) -> dict[str, Any]:
    return {"customer": one.customer, "from": one.starts, "to": one.ends, "assigned_at": one.assigned_at}


def assign(house: House, caller: Caller, meter_id: str, asked: Sequence[shapes.AssignmentGiven]) -> dict[str, Any]:
    """Make these the assignments of a meter, all or none; an unknown one is made. InvalidInput, QuotaExceeded."""
    wanted = [_wanted(house, one) for one in asked]
    with house.nova.db.transaction() as conn:
        if assigning.assign(conn, meter_id, wanted, house.allowed):
            facts = {"customers": sorted({str(one.user_id) for one in wanted}), "assignments": len(wanted)}
            house.nova.audit.record(caller, "meter.assigned", meter_id, facts, connection=conn)
    return assigned(house, meter_id)


def _wanted(house: House, given: shapes.AssignmentGiven) -> Assignment:
    user = ensure_user(house.nova.db, given.customer)
    starts = assigning.FIRST if given.since is None else moment(given.since)
    return Assignment(user.external_id, user.user_id, starts, None if given.to is None else moment(given.to))


def moment(given: datetime | date) -> datetime:
    """A day begins at midnight in Berlin; a time is itself."""
    return given if isinstance(given, datetime) else datetime.combine(given, time(), BERLIN).astimezone(UTC)


def imports(house: House, caller: Caller, asked: shapes.ImportFilters) -> dict[str, Any]:
    """Deliveries that a caller may see, the newest first."""
    seen = Visible.to(caller)
    with house.nova.db.transaction() as conn:
        found = batches.page(conn, seen, source=asked.source, limit=asked.limit, offset=asked.offset)
        names = names_of(conn, [one.sent_by for one in found]) if seen.everyone else {}
    return {"imports": [_import(caller, one, names) for one in found]}


def one_import(house: House, caller: Caller, batch_id: int) -> dict[str, Any]:
    """One delivery with its report; NotFound."""
    seen = Visible.to(caller)
    with house.nova.db.transaction() as conn:
        found = batches.get(conn, batch_id, seen)
        names = names_of(conn, [found.sent_by]) if seen.everyone else {}
    return _import(caller, found, names)


def _import(caller: Caller, one: batches.Batch, names: Mapping[UUID | None, str]) -> dict[str, Any]:
    shown = ("batch_id", "source", "format", "name", "state", "created_at", "ended_at", "job_id", "report")
    may = one.state == "done" and may_take(caller, one)
    told = {"name": inert_name(one.name), "sent_by": names.get(one.sent_by), "may_take_back": may}
    return {name: getattr(one, name) for name in shown} | told


async def take_back(house: House, caller: Caller, batch_id: int) -> Response:
    """Take a delivery back and wait for it: 200 with it, 202 while it lasts. NotFound, NotAllowed, Conflict."""
    job_id = await run_in_threadpool(_start, house, caller, batch_id)
    job = await settled(house, key_of(caller), job_id, WAIT_S)
    done = job.state == "done"
    if job.state == "failed":
        raise InvalidInput(job.error or "Die Lieferung ließ sich nicht zurücknehmen.")
    found = await run_in_threadpool(one_import, house, caller, batch_id)
    return ok({"job_id": job_id, "import": found}, status=200 if done else 202)


def _start(house: House, caller: Caller, batch_id: int) -> UUID:
    with house.nova.db.transaction() as conn:
        found = batches.get(conn, batch_id, Visible.to(caller))
        if not may_take(caller, found):
            raise NotAllowed("Zurücknehmen darf eine Lieferung, wer sie geschickt hat, und der Betrieb.")
        taking_back.require_open(conn, batch_id)
        title = f"Zurücknehmen: {found.name or found.source}"
        args = {"batch_id": batch_id, "by": "admin" if caller.role == "admin" else str(caller.user_id)}
        job_id = house.nova.jobs.start(taking_back.TAKE_BACK, args, title=title, owner=caller.user_id, connection=conn)
        house.nova.audit.record(caller, "delivery.taken_back", str(batch_id), {"job_id": str(job_id)}, connection=conn)
    return job_id


def history(house: House, caller: Caller, asked: shapes.HistoryOf) -> dict[str, Any]:
    """What a value was and is, the oldest first, each with the delivery it came in; NotFound."""
    ts, seen = int(asked.ts.timestamp()), Visible.to(caller)
    with house.nova.db.transaction() as conn:
        found = _versions(conn, asked, ts, seen)
        known = batches.some(conn, [one["batch_id"] for one in found])
        names = names_of(conn, [one.sent_by for one in known.values()]) if seen.everyone else {}
    return {"versions": [one | {"delivery": _delivery(known.get(one["batch_id"]), seen, names)} for one in found]}


def _versions(conn: Connection[Any], asked: shapes.HistoryOf, ts: int, seen: Visible) -> list[dict[str, Any]]:
    given: Sequence[readings.Version | prices.Version | signals.Version]
    if asked.meter_id is not None:
        given = readings.history(conn, asked.meter_id, ts, seen)
    elif asked.signal is not None:
        given = signals.history(conn, asked.signal, asked.zone, ts)
    else:
        found = [one.product for one in prices.products(conn)]
        wanted = [one for one in found if (one.market, one.product, one.zone) == (asked.market, asked.product or "DAY_AHEAD", asked.zone)]
        given = [version for one in wanted for version in prices.history(conn, Product(one.market, one.product, one.zone, one.seconds), ts)]
    if not given:
        raise NotFound("Dafür gibt es keinen Wert.", data={"ts": asked.ts.isoformat()})
    return [{"values": _values(one), "quality": one.quality, "batch_id": one.batch_id, "replaced_at": one.replaced_at} for one in given]


def _values(one: readings.Version | prices.Version | signals.Version) -> dict[str, float | None]:
    return {name: value for name, value in asdict(one).items() if name in shapes.VALUES}


def _delivery(one: batches.Batch | None, seen: Visible, names: Mapping[UUID | None, str]) -> dict[str, Any] | None:
    """Which delivery a value came in: in full for who may see it, else only when it came and whose way it came."""
    if one is None:
        return None
    mine = seen.everyone or one.owner == seen.owner or (one.owner is None and seen.staff)
    told = {"batch_id": one.batch_id, "source": one.source, "created_at": one.created_at, "state": one.state}
    return told | {"name": inert_name(one.name) if mine else "", "sent_by": names.get(one.sent_by)}
