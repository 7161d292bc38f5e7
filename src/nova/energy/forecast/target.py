"""What is forecast: day-ahead prices of products and the consumption of meters, each by its name.

"price/MARKET/PRODUCT/ZONE/SECONDS": today's prices are known when the next day is forecast; "meter/ID": readings are known up to yesterday.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from nova.energy.market import DAY_AHEAD
from nova.series import QUARTER, Product
from nova.store.postgres.db import Database
from nova.store.series import meters, prices, readings
from nova.visibility import Visible

METER = "meter/"
STALE_DAYS = 3  # without values: nothing is forecast from so far back


@dataclass(frozen=True, slots=True)
class Target:
    """What is forecast; `gap` is the number of whole days before the day forecast of which nothing is known at 10 o'clock.

    Of a meter only what its `holder` may see counts: nobody's habits are forecast from those of who lived there before.
    """

    name: str
    gap: int
    seconds: int
    product: Product | None = None
    meter_id: str = ""
    holder: Visible | None = None


def price_target(product: Product) -> str:
    """The target's name of a product."""
    return f"price/{product.market}/{product.product}/{product.zone}/{product.seconds}"


def meter_target(meter_id: str) -> str:
    """The target's name of a meter."""
    return f"{METER}{meter_id}"


def targets(db: Database, now: datetime) -> list[Target]:
    """The day-ahead products and the meters of which something has come lately, in order of their names."""
    since = int((now - timedelta(days=STALE_DAYS + 2)).timestamp())
    with db.transaction() as conn:
        traded = [one.product for one in prices.products(conn) if one.product.product == DAY_AHEAD and one.last >= since]
        known = meters.page(conn)
        newest = readings.latest(conn, [one.meter_id for one in known])
    alive = [one for one in known if one.meter_id in newest and newest[one.meter_id].ts >= since]
    named = [Target(price_target(one), 0, one.seconds, product=one) for one in traded]
    return named + [Target(meter_target(one.meter_id), 1, max(one.seconds, QUARTER), None, one.meter_id, one.holder) for one in alive]
