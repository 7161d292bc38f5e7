"""A meter or a product and a window in, what a chart of it shows out: at most 2,000 points with least, mean and greatest value.

Instants are whole seconds since 1970; powers are kW, prices EUR/MWh, signals what their name says. A meter that the caller may not see is
NotFound. BASE and PEAK are the means of a local day's and of its hours from 8 to 20, Mondays to Fridays; they are derived from day-ahead
where nobody delivers them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from psycopg import Connection

from nova.energy.calendar import is_peak, local_days
from nova.energy.charts.points import MOST, Parts, Points, aligned, parts, points, quality_counts, resolution, sums
from nova.energy.market import DAY_AHEAD, delivered, standing
from nova.errors import InvalidInput, NotFound
from nova.series import DAY, HOUR, QUALITIES, Codes, Prices, Product, Values
from nova.store.series import meters, prices, readings, rollups, signals
from nova.store.series.buckets import Buckets, begin, span
from nova.visibility import Visible

BASE, PEAK = "BASE", "PEAK"
LONGEST = 20 * 366 * DAY
LONGEST_VOLTAGE = 31 * DAY


@dataclass(frozen=True, slots=True)
class Window:
    """From `start` to `end` (excluded), in seconds since 1970."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class MeterChart:
    """A meter's buckets, how many intervals of the window have each quality, and the voltage of the same buckets where it was asked for."""

    meter: meters.Meter
    buckets: Buckets
    quality: dict[str, int]
    voltage: Points | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """Points of anything else, the length of their buckets in seconds, and how many intervals have each quality."""

    points: Points
    resolution: int
    quality: dict[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class MarketChart(Chart):
    """Prices, and what was traded in each bucket, in MWh; NaN where nobody says."""

    volume: Values


@dataclass(frozen=True, slots=True)
class Offer:
    """A product that can be asked for: its interval lengths in seconds, and from when to when (excluded) prices are known.

    `derived`: it is made from day-ahead, because nobody delivers it.
    """

    market: str
    product: str
    zone: str
    seconds: list[int]
    since: int
    until: int
    derived: bool = False


def meter_chart(
    conn: Connection[Any], meter_id: str, window: Window, seen: Visible | None, most: int = MOST, *, voltage: bool = False
) -> MeterChart:
    """Consumption and production of a meter; its voltage too, from rows alone and so for a month at most. NotFound, InvalidInput."""
    if voltage:
        check(window, LONGEST_VOLTAGE)
    check(window)
    meter = meters.get(conn, meter_id, seen)
    rung = resolution(window.start, window.end, meter.seconds, most)
    found = rollups.buckets(conn, meter_id, window.start, window.end, rung, seen)
    if len(found) > most:  # intervals shorter than the meter's own length
        found = rollups.buckets(conn, meter_id, window.start, window.end, resolution(window.start, window.end, rung + 1, most), seen)
    counts = found.qualities.sum(axis=0) if len(found) else np.zeros(len(QUALITIES), np.int64)
    quality: dict[str, int] = {name: int(count) for name, count in zip(QUALITIES, counts, strict=True) if count}
    return MeterChart(meter, found, quality, _volts(conn, meter_id, seen, found) if voltage else None)


def _volts(conn: Connection[Any], meter_id: str, seen: Visible | None, found: Buckets) -> Points:
    """The voltage in a meter's buckets, which are whole where the window cuts one."""
    runs = readings.get(conn, meter_id, *span(int(found.ts[0]), int(found.ts[-1]) + 1, found.seconds), seen) if len(found) else []
    every = _joined([parts(run.ts, run.voltage, run.seconds) for run in runs])
    return aligned(points(every, found.seconds), found.ts)


def market_chart(conn: Connection[Any], asked: Product, window: Window, most: int = MOST) -> tuple[Product, MarketChart]:
    """Prices of a product; without a market those of the first that has it. NotFound when nobody trades it, InvalidInput."""
    check(window)
    traded = prices.products(conn)
    kind = asked.product or DAY_AHEAD
    found, daily = delivered(traded, asked, kind, (window.start, window.end)), False
    if not found and kind in (BASE, PEAK):
        found, daily = delivered(traded, asked, DAY_AHEAD, (window.start, window.end)), True
    if not found:
        raise NotFound("Dafür gibt es keine Preise.", data={"market": asked.market, "product": asked.product, "zone": asked.zone})
    given = [prices.get(conn, one, window.start, window.end) for one in found]
    if daily:
        given = [_daily(one, kind) for one in given]
    lengths = [one.product.seconds for one in [*filter(len, given)] or given]
    named = Product(found[0].market, kind, found[0].zone, min(lengths))
    every, traded_mwh = _finest(given, lambda one: one.price), _finest(given, lambda one: one.volume)
    rung = resolution(window.start, window.end, named.seconds, most)
    return named, MarketChart(points(every, rung), rung, quality_counts(_qualities(given)), sums(traded_mwh, rung))


def signal_chart(conn: Connection[Any], signal: str, zone: str, window: Window, most: int = MOST) -> Chart:
    """Values of a signal; NotFound when there is none of that name, InvalidInput."""
    check(window)
    if (signal, zone) not in signals.names(conn):
        raise NotFound("Diese Reihe gibt es nicht.", data={"signal": signal, "zone": zone})
    runs = signals.get(conn, signal, zone, window.start, window.end)
    seconds = min((one.seconds for one in runs), default=900)
    every = _joined([parts(one.ts, one.value, one.seconds) for one in runs])
    rung = resolution(window.start, window.end, seconds, most)
    codes = np.concatenate([one.quality for one in runs]) if runs else np.zeros(0, np.uint8)
    return Chart(points(every, rung), rung, quality_counts(codes))


def check(window: Window, longest: int = LONGEST) -> None:
    """InvalidInput for a window that is empty or longer than `longest` seconds."""
    if window.end <= window.start:
        raise InvalidInput("Das Ende liegt nicht hinter dem Anfang.")
    if window.end - window.start > longest:
        raise InvalidInput(f"Der Zeitraum ist länger als {longest // DAY} Tage.")


def offered(traded: Sequence[prices.Traded]) -> list[Offer]:
    """Everything that `market_chart` answers for; first the market it takes where none is named, of each market and zone day-ahead."""
    found: dict[tuple[str, str, str], Offer] = {}
    for one in traded:
        product, until = one.product, one.last + one.product.seconds
        key = (product.market, product.zone, product.product)
        old = found.get(key, Offer(product.market, product.product, product.zone, [], one.first, until))
        lengths = sorted({*old.seconds, product.seconds})
        found[key] = replace(old, seconds=lengths, since=min(old.since, one.first), until=max(old.until, until))
    for (market, zone, name), one_day in list(found.items()):
        for kind in (BASE, PEAK) if name == DAY_AHEAD else ():
            found.setdefault((market, zone, kind), replace(one_day, product=kind, seconds=[DAY], derived=True))
    rank_of, kinds = standing(traded), {name: rank for rank, name in enumerate((DAY_AHEAD, BASE, PEAK))}
    return sorted(found.values(), key=lambda one: (rank_of(one.market, one.zone), kinds.get(one.product, len(kinds)), one.product))


def _daily(given: Prices, kind: str) -> Prices:
    """The means of local days; of a day of which a part is not known nothing is said."""
    kept = np.isfinite(given.price)
    if kind == PEAK:
        kept &= is_peak(given.ts)
    ts, price, codes = given.ts[kept], given.price[kept], given.quality[kept]
    product = Product(given.product.market, kind, given.product.zone, DAY)
    if not len(ts):
        return Prices(product, ts, price, price, codes)
    first = np.flatnonzero(np.concatenate(([True], np.diff(local_days(ts).astype(np.int64)) > 0)))
    counts = np.diff(np.append(first, len(ts)))
    starts = begin(ts, DAY)[first]
    ends = begin(starts + 26 * HOUR, DAY)  # no local day is longer than 25 hours
    whole = counts * given.product.seconds == (12 * HOUR if kind == PEAK else ends - starts)
    mean = np.add.reduceat(price, first) / counts
    return Prices(product, starts[whole], mean[whole], np.full(int(whole.sum()), np.nan), codes[first][whole])


def _finest(given: Sequence[Prices], column: Callable[[Prices], Values]) -> Parts:
    """A column of all interval lengths (the shortest first) by time: where one interval holds shorter ones, these count."""
    taken = parts(given[0].ts, column(given[0]), given[0].product.seconds)
    for one in given[1:]:
        seconds = one.product.seconds
        covered = np.unique(taken.ts // seconds * seconds)
        free = ~np.isin(one.ts, covered)
        taken = _joined([taken, parts(one.ts[free], column(one)[free], seconds)])
    return taken


def _joined(some: Sequence[Parts]) -> Parts:
    if not some:
        none = np.zeros(0)
        return Parts(np.zeros(0, np.int64), none, none, none, none)
    ts = np.concatenate([one.ts for one in some])
    order = np.argsort(ts, kind="stable")
    columns = [np.concatenate([getattr(one, name) for one in some])[order] for name in ("low", "mean", "high", "weight")]
    return Parts(ts[order], *columns)


def _qualities(given: Sequence[Prices]) -> Codes:
    return np.concatenate([one.quality for one in given])
