"""Numbers that answers said: each with its window, and what the stored values say of it now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.courtesy import make_way
from nova.energy.explain.facts import recompute, same
from nova.energy.explain.words import text_of
from nova.energy.period import instant_of
from nova.energy.stored import StoredSource
from nova.errors import InvalidInput, NotFound
from nova.ports.jobs import JobContext
from nova.records import Caller, DataFact
from nova.store.postgres.db import Database
from nova.store.series import facts
from nova.visibility import Visible

GONE = "Den Zähler dieser Angabe gibt es nicht mehr."
UNKNOWN = "Aus den gespeicherten Werten lässt sich diese Zahl nicht mehr bilden."
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class FactState:
    """A kept fact, and its window in seconds since 1970 (`until` excluded) where its query has one."""

    kept: facts.KeptFact
    since: int | None
    until: int | None


@dataclass(frozen=True, slots=True)
class Recomputation:
    """A fact and what stored values say now. `reason` says in German why there is no number now."""

    fact: DataFact
    equal: bool
    value: float | None
    unit: str
    text: str
    rows: int
    chart: Mapping[str, Any] | None
    reason: str
    at: datetime


class KeptFacts:
    """The facts of one's own answers; the operator's are those of all."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def one(self, caller: Caller, fact_id: UUID) -> FactState:
        """A fact with its answer and its window; NotFound."""
        with self._db.transaction() as conn:
            found = facts.kept(conn, fact_id, Visible.to(caller))
        query = found.fact.query
        return FactState(found, _instant(query.get("from")), _instant(query.get("to")))

    def recompute(self, caller: Caller, fact_id: UUID) -> Recomputation:
        """A fact's number from what is stored now; NotFound. Nothing is changed."""
        seen = Visible.to(caller)
        with self._db.transaction() as conn:
            return recomputed(conn, facts.get(conn, fact_id, seen), seen, GONE)


def _instant(text: Any) -> int | None:
    return instant_of(text) if isinstance(text, str) else None


def recomputed(conn: Connection[Any], fact: DataFact, seen: Visible, gone: str = "") -> Recomputation:
    """A fact's number from what is stored now, of which only what `seen` says counts; `gone` is the reason where its meter is gone."""
    at = datetime.now(UTC)
    try:
        now = recompute(StoredSource(conn, seen), fact)
    except (NotFound, InvalidInput) as error:
        reason = gone if gone and isinstance(error, NotFound) else error.message
        return Recomputation(fact, False, None, fact.unit, "", 0, None, reason, at)
    text, reason = ("", UNKNOWN) if now.value is None else (text_of(now.value, now.unit), "")
    return Recomputation(fact, same(fact, now), now.value, now.unit, text, now.rows, now.chart, reason, at)


def renew_stale(db: Database, ctx: JobContext) -> dict[str, int]:
    """Compute anew what may rest on something that was taken back; how many facts hold and how many changed.

    A fact that still holds is no longer marked; of another it is kept what is stored now says.
    """
    held = changed = 0
    while True:
        ctx.progress("neu rechnen", held + changed)
        make_way()
        with db.transaction() as conn:
            found = facts.stale(conn, AT_ONCE)
            for one in found:
                again = _again(recomputed(conn, one.fact, one.seen))
                facts.renew(conn, one.fact.fact_id, again)
                held, changed = held + (again is None), changed + (again is not None)
        if not found:
            return {"held": held, "changed": changed}


def _again(now: Recomputation) -> dict[str, Any] | None:
    """What is stored now says, where it is not what was said; None where it is."""
    if now.equal:
        return None
    return {"value": now.value, "unit": now.unit, "text": now.text, "reason": now.reason, "at": now.at.isoformat()}
