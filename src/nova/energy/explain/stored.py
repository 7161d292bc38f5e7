"""A connection and who asks in, a `Source` out: meters, readings, prices and signals as the database keeps them."""

from typing import Any, cast

import numpy as np
from psycopg import Connection

from nova.energy.charts.serve import DAY_AHEAD
from nova.energy.explain.source import Meter, MeterKind
from nova.energy.forecast.target import meter_target, price_target
from nova.errors import NotFound
from nova.series import Prices, Product, Readings, Signal, join, readings
from nova.store.series import forecasts as kept_forecasts
from nova.store.series import meters as kept_meters
from nova.store.series import prices as kept_prices
from nova.store.series import readings as kept_readings
from nova.store.series import signals as kept_signals
from nova.visibility import Visible

ZONE = "DE-LU"


class StoredSource:
    """What the database holds and the caller may see, within the caller's transaction."""

    def __init__(self, conn: Connection[Any], seen: Visible) -> None:
        self._conn = conn
        self._owner = seen.owner
        self._seen = seen

    def meters(self) -> tuple[Meter, ...]:
        """All visible meters, by title."""
        found = [self._meter(one) for one in kept_meters.page(self._conn, self._seen)]
        return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.meter_id)))

    def _meter(self, one: kept_meters.Meter) -> Meter:
        tariff = one.facts.get("tariff")
        fixed = tariff.get("fixed_ct_kwh") if isinstance(tariff, dict) else None
        price = float(fixed) / 100 if isinstance(fixed, int | float) else None
        own = one.owner is not None and one.owner == self._owner
        return Meter(one.meter_id, one.title, cast(MeterKind, one.kind), own, price, str(one.facts.get("region", "")))

    def readings(self, meter_id: str, start: int, end: int) -> Readings:
        """The current readings; runs of another interval length than the last one are left out."""
        runs = kept_readings.get(self._conn, meter_id, start, end, self._seen)
        if not runs:
            empty = np.zeros(0)
            return readings(meter_id, 900, np.zeros(0, np.int64), empty)
        return join([run for run in runs if run.seconds == runs[-1].seconds])

    def prices(self, start: int, end: int) -> Prices | None:
        """Day-ahead of DE-LU, in the finest resolution that the window has rows of."""
        for product in self._products(start, end):
            found = kept_prices.get(self._conn, product, start, end)
            if len(found):
                return found
        return None

    def _products(self, start: int | None = None, end: int | None = None) -> list[Product]:
        """Day-ahead of DE-LU that has rows in the window, the real and the finest first."""
        kept = [one for one in kept_prices.products(self._conn) if one.product.product == DAY_AHEAD and one.product.zone == ZONE]
        there = [one for one in kept if (end is None or one.first < end) and (start is None or one.last >= start)]
        return sorted({one.product for one in there}, key=_fineness)

    def forecast(self, meter_id: str | None, start: int, end: int) -> kept_forecasts.Forecast | None:
        """What the live models said last."""
        names = [price_target(one) for one in self._products()]
        if meter_id is not None:
            try:
                kept_meters.held(self._conn, meter_id, self._seen)
            except NotFound:
                return None
            names = [meter_target(meter_id)]
        for name in names:
            found = kept_forecasts.get(self._conn, name, start, end)
            if len(found):
                return found
        return None

    def signal(self, name: str, place: str, start: int, end: int) -> Signal | None:
        """The signal of this place, or of the only one where the meter tells none."""
        places = [zone for signal, zone in kept_signals.names(self._conn) if signal == name]
        chosen = place if place in places else places[0] if len(places) == 1 and not place else None
        runs = [] if chosen is None else kept_signals.get(self._conn, name, chosen, start, end)
        return max(runs, key=len) if runs else None


def _fineness(product: Product) -> tuple[bool, int, str]:
    return product.market != "EPEX", product.seconds, product.market
