"""A meter's key figures in a range, with what its owner pays."""

from typing import Any

from psycopg import Connection

from nova.energy import figures
from nova.energy.charts.serve import DAY_AHEAD, Window, check, delivered
from nova.energy.figures import Figure, Terms
from nova.records import Caller
from nova.series import Prices, Product
from nova.store.postgres.db import Database
from nova.store.series import prices, readings
from nova.visibility import Visible

LONGEST_S = 400 * 86_400


class KeyFigures:
    """Energy, peak, load factor, costs and the like, at most 400 days of them."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def of(self, caller: Caller, meter_id: str, window: Window, market: Product, terms: Terms, co2: float | None) -> list[Figure]:
        """The figures, costs at the day-ahead prices of a market ("": the first there is); NotFound, InvalidInput.

        `co2` are g/kWh.
        """
        check(window, LONGEST_S)
        with self._db.transaction() as conn:
            rows = readings.get(conn, meter_id, window.start, window.end, Visible.to(caller))
            spot = _spot(conn, market, window)
        return list(figures.figures(figures.window(rows, window.start, window.end, prices=spot, co2=co2), terms).values())


def _spot(conn: Connection[Any], market: Product, window: Window) -> Prices | None:
    found = delivered(prices.products(conn), market, DAY_AHEAD, window)
    return max((prices.get(conn, one, window.start, window.end) for one in found), key=len, default=None)
