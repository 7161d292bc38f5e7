"""A connection and who asks in, a `Source` out: meters, readings, prices and signals as the database keeps them."""

from typing import Any, cast

import numpy as np
from psycopg import Connection

from nova.energy import market
from nova.energy.forecast.target import meter_target, price_target
from nova.energy.source import Meter, MeterKind
from nova.energy.spans import uniform
from nova.energy.tariff import NO_TERMS, terms_in
from nova.errors import InvalidInput, NotFound
from nova.series import QUARTER, Prices, Readings, Signal, readings
from nova.store.series import forecasts as kept_forecasts
from nova.store.series import meters as kept_meters
from nova.store.series import prices as kept_prices
from nova.store.series import readings as kept_readings
from nova.store.series import signals as kept_signals
from nova.visibility import Visible


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
        own = one.owner is not None and one.owner == self._owner
        try:
            terms = terms_in(one.facts)
        except InvalidInput:
            terms = NO_TERMS  # recommendations tell which tariff cannot be read
        return Meter(one.meter_id, one.title, cast(MeterKind, one.kind), own, terms, str(one.facts.get("region", "")))

    def readings(self, meter_id: str, start: int, end: int) -> Readings:
        """The current readings; where the interval length changed, in rows of the greatest length that all of them are made of."""
        runs = kept_readings.get(self._conn, meter_id, start, end, self._seen)
        return uniform(runs) if runs else readings(meter_id, QUARTER, np.zeros(0, np.int64), np.zeros(0))

    def prices(self, start: int, end: int) -> Prices | None:
        """Day-ahead prices of the market that counts."""
        return market.day_ahead(self._conn, start, end)

    def forecast(self, meter_id: str | None, start: int, end: int) -> kept_forecasts.Forecast | None:
        """What the live models said last."""
        traded = kept_prices.products(self._conn)
        names = [price_target(one) for one in market.delivered(traded, market.ANY, market.DAY_AHEAD, (start, end))]
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
