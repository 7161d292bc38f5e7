"""A seed and a number of meters in; their readings, prices and signals up to now out, as a connector like any other: the feed "simulator".

Rows are a function of the seed and the time alone, so a parcel that comes twice is the same twice. Day-ahead prices of a day are known from
13 h of the day before, readings once their interval is over.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
from psycopg import Connection

from nova.energy.calendar import day_start
from nova.energy.delivery.feeds import COLUMNS, columns
from nova.energy.formats.parsed import ParsedRows
from nova.energy.formats.report import Report
from nova.errors import InvalidInput, NotFound
from nova.german import BERLIN
from nova.ports import Parcel
from nova.series import DAY, QUARTER, Prices, Product, Readings
from nova.store.series import meters

if TYPE_CHECKING:
    from nova.energy.simulate.world import Meter

NAME = "simulator"
AUCTION_HOUR = 13  # local; EPEX publishes the day-ahead auction's results between 12:42 and 13
DERIVED = ("BASE", "PEAK", "DAY_AHEAD")
MOST_METERS, MOST_DAYS = 200, 800
BLOCK = 28 * DAY
FAULTS = ("gap", "stuck", "spike", "unit")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is simulated: `count` meters of the world of `seed`, from `days` before the start on, in intervals of `seconds`.

    Another number `anew` than the one before lets all rows come once more, which changes only what is not there.
    """

    seed: int = 1
    count: int = 10
    days: int = 14
    faults: bool = False
    seconds: int = 60
    markets: tuple[str, ...] = ("EEX", "APX")
    products: tuple[str, ...] = ("BASE", "PEAK")
    anew: int = 0

    @classmethod
    def of(cls, given: Mapping[str, Any], seconds: int, markets: Sequence[str], products: Sequence[str]) -> "Plan":
        """The plan that a feed's settings name; InvalidInput."""
        seed, count, days = (int(given.get(name, default)) for name, default in (("seed", 1), ("meters", 10), ("days", 14)))
        if not (0 <= seed < 2**32 and 1 <= count <= MOST_METERS and 0 <= days <= MOST_DAYS):
            raise InvalidInput(f"Simuliert werden 1 bis {MOST_METERS} Zähler und höchstens {MOST_DAYS} Tage zurück.")
        faults, anew = bool(given.get("faults", False)), int(given.get("anew", 0))
        return cls(seed, count, days, faults, seconds, tuple(markets), tuple(products), anew)


class Simulator:
    """Implements `nova.ports.Connector`."""

    name = NAME

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._blocks: dict[str, tuple[int, Readings]] = {}

    def take(self, cursor: Mapping[str, Any], now: datetime) -> Iterator[Parcel]:
        """A parcel a day up to today, then what is new since the cursor."""
        seconds, instant = self._plan.seconds, int(now.timestamp())
        first = (instant // DAY - self._plan.days) * DAY
        begin = int(cursor.get("to", first)) if cursor.get("anew", 0) == self._plan.anew else min(first, int(cursor.get("to", first)))
        known = int(cursor.get("prices", begin // DAY * DAY))
        end, ahead = instant // seconds * seconds, _auctioned(now)
        while begin < end or known < ahead:
            until = min((begin // DAY + 1) * DAY, end) if begin < end else begin
            priced = ahead if until >= end // DAY * DAY else max(known, min(until // DAY * DAY, ahead))
            yield self._parcel((begin, until), (known, priced))
            begin, known = until, max(known, priced)

    def stored(self, parcel: Parcel, report: Mapping[str, Any]) -> None:
        """Nothing to do: the cursor says it."""

    def health(self) -> Mapping[str, Any]:
        """Name and what is simulated."""
        return {"name": self.name, "place": f"{self._plan.count} Zähler, Seed {self._plan.seed}"}

    def close(self) -> None:
        """Nothing is held."""

    def _parcel(self, metered: tuple[int, int], priced: tuple[int, int]) -> Parcel:
        from nova.energy.simulate import weather
        from nova.energy.simulate.prices import simulated_signals
        from nova.energy.simulate.world import DEFAULT_REGION

        parsed = ParsedRows(Report(format=COLUMNS))
        begin, end = metered
        parsed.readings = [one for one in self._readings(begin, end) if len(one)]
        parsed.prices = [one for one in self._prices(metered, priced) if len(one)]
        quarters = begin // QUARTER * QUARTER, end // QUARTER * QUARTER
        sky = [weather.signal(self._plan.seed, DEFAULT_REGION, name, *quarters) for name in ("temperature_c", weather.RADIATION)]
        parsed.signals = [one for one in (*simulated_signals(self._plan.seed, *quarters), *sky) if len(one)]
        name = f"Simulation bis {datetime.fromtimestamp(end, UTC):%Y-%m-%dT%H:%M}Z"
        return Parcel(name, columns(parsed), COLUMNS, {"to": end, "prices": max(priced), "anew": self._plan.anew})

    def _readings(self, begin: int, end: int) -> Iterator[Readings]:
        from nova.energy.simulate.world import readings, world

        for meter in world(self._plan.seed, self._plan.count) if begin < end else ():
            if self._plan.faults:
                block = self._block(meter, begin // BLOCK * BLOCK)
                yield block.take((block.ts >= begin) & (block.ts < end))
            else:
                yield readings(meter, begin, end, self._plan.seconds)

    def _block(self, meter: "Meter", begin: int) -> Readings:
        """Four weeks of a meter with a fault of each kind, the same whenever it is asked; the last one asked is kept."""
        from nova.energy.simulate.faults import inject
        from nova.energy.simulate.world import readings

        known = self._blocks.get(meter.meter_id)
        if known is None or known[0] != begin:
            clean = readings(meter, begin, begin + BLOCK, self._plan.seconds)
            rng = np.random.default_rng([self._plan.seed, crc32(meter.meter_id.encode()), begin // BLOCK])
            known = self._blocks[meter.meter_id] = begin, inject(clean, rng, FAULTS).readings
        return known[1]

    def _prices(self, metered: tuple[int, int], priced: tuple[int, int]) -> Iterator[Prices]:
        from nova.energy.simulate.prices import INTRADAY, simulated_prices

        for market in self._plan.markets:
            if any(product in DERIVED for product in self._plan.products) and priced[0] < priced[1]:
                yield simulated_prices(self._plan.seed, Product(market, "DAY_AHEAD"), *priced)
            if INTRADAY in self._plan.products:
                begin, end = (instant // QUARTER * QUARTER for instant in metered)
                yield simulated_prices(self._plan.seed, Product(market, INTRADAY), begin, end)


def enrol(conn: Connection[Any], plan: Plan) -> int:
    """Make the plan's meters known by title, kind and facts where they are not; how many are new."""
    from nova.energy.simulate.world import world

    new = 0
    for one in world(plan.seed, plan.count):
        try:
            meters.get(conn, one.meter_id)
        except NotFound:
            row = meters.Meter(one.meter_id, None, one.title, one.kind, plan.seconds, simulated=True, facts=dict(one.facts))
            meters.save(conn, row)
            new += 1
    return new


def _auctioned(now: datetime) -> int:
    """Up to when day-ahead prices are known."""
    local = now.astimezone(BERLIN)
    return day_start(local.date() + timedelta(days=2 if local.hour >= AUCTION_HOUR else 1))
