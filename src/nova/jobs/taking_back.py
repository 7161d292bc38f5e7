"""The jobs behind a delivery that is taken back: `take-back` restores what stood before, `facts` computes anew what was said of it."""

from datetime import UTC, datetime
from typing import Any

from psycopg import Connection

from nova.courtesy import make_way
from nova.energy.delivery import taking_back
from nova.energy.explain.facts import recompute, same
from nova.energy.explain.stored import Stored
from nova.energy.explain.words import text_of
from nova.errors import InvalidInput, NotFound
from nova.jobs import forecasts, recommend
from nova.jobs.kind import JobKind
from nova.ports.jobs import JobContext, JobHandler, Jobs, Kind
from nova.store import facts, take_back
from nova.store.db import Database

TAKE_BACK = Kind("take-back", "Lieferung zurücknehmen")
FACTS = Kind("facts", "Angaben neu rechnen")
ANEW = (FACTS, forecasts.FORECAST, recommend.RECOMMEND)
AT_ONCE = 50
GONE = "Aus den gespeicherten Werten lässt sich diese Zahl nicht mehr bilden."


def require_open(conn: Connection[Any], batch_id: int) -> None:
    """NotFound, or Conflict for a delivery that cannot be taken back."""
    take_back.lock(conn, batch_id)


def handler(db: Database, jobs: Jobs) -> JobHandler:
    """Arguments: `batch_id`, and `by`, who took it back."""

    def run(ctx: JobContext) -> None:
        ctx.progress("zurücknehmen")
        with db.long_transaction() as conn:
            told = taking_back.take(conn, int(ctx.args["batch_id"]), str(ctx.args.get("by", "")))
            for kind in ANEW:
                jobs.start_once(kind, states=("queued",), connection=conn)
            ctx.finish(told, connection=conn)

    return run


def facts_handler(db: Database) -> JobHandler:
    """No arguments. A fact that still holds is no longer marked; of another it is kept what is stored now says."""

    def run(ctx: JobContext) -> None:
        held = changed = 0
        while True:
            ctx.progress("neu rechnen", held + changed)
            make_way()
            with db.transaction() as conn:
                found = facts.stale(conn, AT_ONCE)
                for one in found:
                    again = _again(conn, one)
                    facts.renew(conn, one.fact.fact_id, again)
                    held, changed = held + (again is None), changed + (again is not None)
            if not found:
                ctx.finish({"held": held, "changed": changed})
                return

    return run


def _again(conn: Connection[Any], one: facts.StaleFact) -> dict[str, Any] | None:
    """What is stored now says, where it is not what was said; None where it is."""
    at = datetime.now(UTC).isoformat()
    try:
        now = recompute(Stored(conn, one.seen), one.fact)
    except (NotFound, InvalidInput) as error:
        return {"value": None, "unit": one.fact.unit, "text": "", "reason": error.message, "at": at}
    if same(one.fact, now):
        return None
    text = "" if now.value is None else text_of(now.value, now.unit)
    return {"value": now.value, "unit": now.unit, "text": text, "reason": GONE if now.value is None else "", "at": at}


JOBS = (
    JobKind(TAKE_BACK, lambda shop: handler(shop.db, shop.jobs)),
    JobKind(FACTS, lambda shop: facts_handler(shop.db)),
)
