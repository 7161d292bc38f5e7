"""Charts of meters, products and signals for whoever may see them."""

from nova.energy.charts.serve import Chart, MarketChart, MeterChart, Offer, Window, market_chart, meter_chart, offered, signal_chart
from nova.records import Caller
from nova.series import Product
from nova.store.postgres.db import Database
from nova.store.series import prices
from nova.visibility import Visible

POWER, PRICE = "kW", "EUR/MWh"
SIGNAL_UNITS = {"mw": "MW", "c": "°C", "kwh": "g/kWh", "m2": "W/m²"}


def signal_unit(signal: str) -> str:
    """The unit of a signal's values, which the end of its name says; "" for one that says none."""
    return SIGNAL_UNITS.get(signal.rpartition("_")[2], "")


class Charts:
    """At most 2,000 points with least, mean and greatest value; NotFound for what is not there or not to be seen, InvalidInput."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def meter(self, caller: Caller, meter_id: str, window: Window, *, voltage: bool = False) -> MeterChart:
        """Consumption and production of a meter in kW; its voltage too, for a month at most."""
        with self._db.transaction() as conn:
            return meter_chart(conn, meter_id, window, Visible.to(caller), voltage=voltage)

    def market(self, wanted: Product, window: Window) -> tuple[Product, MarketChart]:
        """Prices in EUR/MWh of a product, and which it is; "" as market or product takes the first there is."""
        with self._db.transaction() as conn:
            return market_chart(conn, wanted, window)

    def products(self) -> list[Offer]:
        """What `market` answers for, and of which time."""
        with self._db.transaction() as conn:
            return offered(prices.products(conn))

    def signal(self, signal: str, zone: str, window: Window) -> Chart:
        """Values of a signal, in `signal_unit`."""
        with self._db.transaction() as conn:
            return signal_chart(conn, signal, zone, window)
