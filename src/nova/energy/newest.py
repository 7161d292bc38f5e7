"""The newest of every meter, price product and feed, for whoever reads along."""

from collections.abc import Mapping
from typing import Any

from nova.records import Caller
from nova.store.postgres.db import Database
from nova.store.series import batches, meters, prices, readings
from nova.visibility import Visible

MOST_METERS = 500
OF_READING = ("meter_id", "ts", "consumption_kw", "production_kw", "quality")
OF_FEED = ("name", "enabled", "rows", "last_at", "last_error")


class NewestValues:
    """What is known last."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def of(self, caller: Caller) -> Mapping[str, Any]:
        """All that a caller may see, by what it is of: "readings/<meter>", "prices/<product>", and for those with `data` "feed/<name>"."""
        seen = Visible.to(caller)
        with self._db.transaction() as conn:
            ids = [one.meter_id for one in meters.page(conn, seen)][:MOST_METERS]
            found: dict[str, Any] = {}
            for meter_id, row in readings.latest(conn, ids, seen).items():
                found[f"readings/{meter_id}"] = {name: getattr(row, name) for name in OF_READING}
            for one in prices.products(conn):
                key = {
                    "market": one.product.market,
                    "product": one.product.product,
                    "zone": one.product.zone,
                    "seconds": one.product.seconds,
                }
                found["prices/" + "/".join(map(str, key.values()))] = key | {"until": one.last + one.product.seconds}
            if caller.may("data"):
                for feed in batches.feeds(conn):
                    found[f"feed/{feed.name}"] = {name: getattr(feed, name) for name in OF_FEED}
        return found
