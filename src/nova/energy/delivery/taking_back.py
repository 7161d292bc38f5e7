"""A delivery in, everything as before it out: values and rollups stand again, and what rested on it is marked at once.

Forecasts and models of its meters and products, open recommendations and facts are computed anew by the jobs `ANEW`.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from psycopg import Connection

from nova.energy.forecast.target import meter_target, price_target
from nova.energy.kinds import FACTS, FORECAST, RECOMMEND
from nova.ports.jobs import JobContext, Jobs
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.store.series import facts, forecasts, recommendations, take_back
from nova.store.series.batches import Batch

MOST_NAMED = 50
ANEW = (FACTS, FORECAST, RECOMMEND)
COUNTS = ("restored", "removed", "meter_count", "stale_facts", "withdrawn_recommendations")  # which meters, the delivery says


def may_take(caller: Caller, batch: Batch) -> bool:
    """Whether a caller may take a delivery back: the operator any, who keeps the company's data its own, everybody what they sent."""
    if caller.may("data") and (caller.role == "admin" or batch.owner is None):
        return True
    return caller.user_id is not None and batch.sent_by == caller.user_id


def restore(db: Database, jobs: Jobs, ctx: JobContext, batch_id: int, by: str) -> None:
    """Take a delivery back, start the jobs that compute anew what rested on it and end this job, all in one transaction."""
    ctx.progress("zurücknehmen")
    with db.long_transaction() as conn:
        told = take(conn, batch_id, by)
        for kind in ANEW:
            jobs.start_once(kind, states=("queued",), connection=conn)
        ctx.finish({name: told[name] for name in COUNTS}, connection=conn)


def take(conn: Connection[Any], batch_id: int, by: str) -> Mapping[str, Any]:
    """Take a delivery back in the caller's transaction; its report. `by` says whose word it was. NotFound, Conflict when it cannot be."""
    batch = take_back.lock(conn, batch_id)
    found = take_back.undo(conn, batch_id)
    traded = [price_target(one) for one in found.products]
    market = bool(found.products or found.signals)
    forecasts.mark_stale(conn, [*traded, *(meter_target(one) for one in found.meters)], batch.created_at)
    stale = facts.mark_stale(conn, found.meters, batch.created_at, market=market)
    withdrawn = recommendations.withdraw(conn, None if market else found.meters, batch.created_at)
    told = {
        "at": datetime.now(UTC).isoformat(),
        "by": by,
        "restored": found.restored,
        "removed": found.removed,
        "meters": list(found.meters[:MOST_NAMED]),
        "meter_count": len(found.meters),
        "others": sorted({*(f"{one.market} {one.product} {one.zone}" for one in found.products), *found.signals})[:MOST_NAMED],
        "stale_facts": stale,
        "withdrawn_recommendations": withdrawn,
    }
    take_back.close(conn, batch_id, told)
    return told
