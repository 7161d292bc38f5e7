"""What a value was before it is what it is: every version of an interval with the delivery that it came in."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.energy.market import DAY_AHEAD
from nova.errors import NotFound
from nova.records import Caller
from nova.store.people.governance import names_of
from nova.store.postgres.db import Database
from nova.store.series import batches, prices, readings, signals
from nova.visibility import Visible

VALUES = ("consumption_kw", "production_kw", "voltage", "price_eur_mwh", "volume", "value")
Version = readings.Version | prices.Version | signals.Version


@dataclass(frozen=True, slots=True)
class Interval:
    """The interval of a meter, a signal or a product that begins at `ts`; without a product day-ahead."""

    ts: datetime
    meter_id: str | None = None
    market: str | None = None
    product: str | None = None
    signal: str | None = None
    zone: str = "DE-LU"


@dataclass(frozen=True, slots=True)
class Origin:
    """The delivery that a value came in; its name "" and no sender for who may not see it."""

    batch: batches.Batch
    name: str
    sent_by: str | None


@dataclass(frozen=True, slots=True)
class ValueVersion:
    """What a value was until `replaced_at`, or (None) is; `origin` None for a delivery that is forgotten."""

    values: Mapping[str, float | None]
    quality: str
    batch_id: int
    replaced_at: datetime | None
    origin: Origin | None


class ValueHistory:
    """Looks into earlier versions."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def of(self, caller: Caller, interval: Interval) -> list[ValueVersion]:
        """What a value was and is, the oldest first; NotFound."""
        seen = Visible.to(caller)
        with self._db.transaction() as conn:
            found = _versions(conn, interval, seen)
            known = batches.some(conn, [one.batch_id for one in found])
            names = names_of(conn, [one.sent_by for one in known.values()]) if seen.everyone else {}
        return [
            ValueVersion(_values(one), one.quality, one.batch_id, one.replaced_at, _origin(known.get(one.batch_id), seen, names))
            for one in found
        ]


def _versions(conn: Connection[Any], asked: Interval, seen: Visible) -> Sequence[Version]:
    ts = int(asked.ts.timestamp())
    given: Sequence[Version]
    if asked.meter_id is not None:
        given = readings.history(conn, asked.meter_id, ts, seen)
    elif asked.signal is not None:
        given = signals.history(conn, asked.signal, asked.zone, ts)
    else:
        wanted = asked.market, asked.product or DAY_AHEAD, asked.zone
        traded = [one.product for one in prices.products(conn)]
        given = [
            version
            for one in traded
            if (one.market, one.product, one.zone) == wanted
            for version in prices.history(conn, one, ts)
        ]  # fmt: skip
    if not given:
        raise NotFound("Dafür gibt es keinen Wert.", data={"ts": asked.ts.isoformat()})
    return given


def _values(one: Version) -> dict[str, float | None]:
    return {name: value for name, value in asdict(one).items() if name in VALUES}


def _origin(one: batches.Batch | None, seen: Visible, names: Mapping[UUID | None, str]) -> Origin | None:
    """Which delivery a value came in: in full for who may see it, else only when it came and whose way it came."""
    if one is None:
        return None
    mine = seen.everyone or one.owner == seen.owner or (one.owner is None and seen.staff)
    return Origin(one, one.name if mine else "", names.get(one.sent_by))
