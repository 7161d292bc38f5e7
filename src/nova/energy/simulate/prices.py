"""A seed, a product and a window in; market prices, and the signals that explain them, out. A window asked again gives the same rows.

Day-ahead is the product; BASE and PEAK are means of its hours (`base`, `peak`). Since 2025-10-01 DE-LU's day-ahead clears in 15 minutes;
an hourly product is the mean of its quarter-hours here.
"""

from collections.abc import Mapping
from datetime import date
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from nova.energy.calendar import day_bounds, local_days, local_hours
from nova.energy.simulate.keyed import walk, white
from nova.energy.simulate.merit_order import CEILING, FLOOR, clearing_price
from nova.energy.simulate.zone import zone
from nova.errors import InvalidInput
from nova.series import HOUR, QUARTER, SIMULATED, Prices, Product, Signal, Times, Values, prices

DAY_AHEAD, INTRADAY = "DAY_AHEAD", "INTRADAY"
ZONE = "DE-LU"
PEAK_HOURS = (8, 20)  # of Mondays to Fridays, as EEX defines its peak load
_QUARTERS, _MARKET, _INTRADAY_HOURS, _INTRADAY_QUARTERS = range(21, 25)  # streams of random numbers

# What a year of day-ahead prices has to look like; DE-LU in 2024 and 2025 lies inside.
PRICE_RANGES: Mapping[str, tuple[float, float]] = {
    "negative_hours": (300, 800),
    "cheapest_hour": (12, 14),
    "dearest_hour": (18, 20),
    "sd": (40, 65),
    "acf_24h": (0.60, 0.75),
    "daily_spread": (90, 140),
    "mean": (75, 95),
    "acf_1h": (0.85, 0.95),
    "acf_168h": (0.38, 0.68),
    "negative_share_11_16": (0.55, 0.90),
    "residual_spearman": (0.80, 0.96),
}


def simulated_prices(seed: int, product: Product, start: int, end: int) -> Prices:
    """The prices of a product whose intervals begin from `start` up to `end` (excluded); InvalidInput for a product nobody simulates."""
    _check(product)
    ts = _grid(start, end, product.seconds)
    if not len(ts):
        return prices(product, ts, ts.astype(np.float64), ts.astype(np.float64), SIMULATED)
    quarters = _grid(int(ts[0]) // HOUR * HOUR, -(-(int(ts[-1]) + product.seconds) // HOUR) * HOUR, QUARTER)
    state = zone(seed, quarters + QUARTER // 2)
    price = clearing_price(seed, state) + _zigzag(seed, _QUARTERS, quarters, 3.0) + _apart(seed, product.market, quarters)
    if product.product == INTRADAY:
        price = price + _continuous(seed, quarters)
    price = np.clip(price, FLOOR, CEILING)
    volume = (0.35 * state.load + 0.3 * (state.wind + state.solar)) * 1000 * product.seconds / HOUR
    if product.product == INTRADAY:
        volume = volume * 0.2
    return prices(product, ts, _at(price, quarters, ts, product.seconds, 2), _at(volume, quarters, ts, product.seconds, 1), SIMULATED)


def simulated_signals(seed: int, start: int, end: int, seconds: int = QUARTER) -> tuple[Signal, ...]:
    """Load, solar, wind and residual load of DE-LU in MW, in intervals that begin from `start` up to `end` (excluded)."""
    ts = _grid(start, end, seconds)
    if not len(ts):
        return ()
    quarters = _grid(int(ts[0]) // HOUR * HOUR, -(-(int(ts[-1]) + seconds) // HOUR) * HOUR, QUARTER)
    state = zone(seed, quarters + QUARTER // 2)
    load, solar, wind = (_at(part * 1000, quarters, ts, seconds, 1) for part in (state.load, state.solar, state.wind))
    columns = {"load_mw": load, "solar_mw": solar, "wind_mw": wind, "residual_load_mw": np.round(load - solar - wind, 1)}
    codes = np.full(len(ts), SIMULATED, np.uint8)
    return tuple(Signal(name, ZONE, seconds, ts, values, codes) for name, values in columns.items())


def base(given: Prices, day: date) -> float:
    """BASE of a local day in EUR/MWh: the mean of all its hours, 23 or 25 on two days of the year; NaN unless all are there."""
    start, end = day_bounds(day)
    return _mean(given, (given.ts >= start) & (given.ts < end), (end - start) // given.product.seconds)


def peak(given: Prices, day: date) -> float:
    """PEAK of a local day in EUR/MWh: the mean from 8 to 20 h, Mondays to Fridays (holidays too).

    NaN on other days, and unless all hours are there.
    """
    if day.weekday() > 4:
        return float("nan")
    start, end = day_bounds(day)
    rows = np.flatnonzero((given.ts >= start) & (given.ts < end))
    hours = local_hours(given.ts[rows])
    chosen = rows[(hours >= PEAK_HOURS[0]) & (hours < PEAK_HOURS[1])]
    return _mean(given, chosen, (PEAK_HOURS[1] - PEAK_HOURS[0]) * HOUR // given.product.seconds)


def price_statistics(given: Prices, residual: Signal | None = None) -> dict[str, float]:
    """What `PRICE_RANGES` judges, of prices in hours or quarter-hours without holes; with the residual load of the same intervals also
    their rank correlation.

    `negative_hours` are counted to a year of 365 days, hours of day are local, `daily_spread` is the mean of dearest less cheapest.
    """
    hourly, ts = _hourly(given.price, given), _hourly(given.ts.astype(np.float64), given)
    at = np.floor(ts / HOUR).astype(np.int64) * HOUR
    hours, days = local_hours(at).astype(np.int64), local_days(at)
    by_hour = np.array([hourly[hours == hour].mean() for hour in range(24)])
    edges = np.flatnonzero(np.r_[True, days[1:] != days[:-1]])
    spread = np.maximum.reduceat(hourly, edges) - np.minimum.reduceat(hourly, edges)
    negative = hourly < 0
    found = {
        "negative_hours": float(negative.sum() * 8760 / len(hourly)),
        "cheapest_hour": float(by_hour.argmin()),
        "dearest_hour": float(by_hour.argmax()),
        "sd": float(hourly.std()),
        "acf_24h": _acf(hourly, 24),
        "daily_spread": float(spread.mean()),
        "mean": float(hourly.mean()),
        "acf_1h": _acf(hourly, 1),
        "acf_168h": _acf(hourly, 168),
        "negative_share_11_16": float(((hours >= 11) & (hours < 17))[negative].mean()) if negative.any() else float("nan"),
    }
    if residual is not None:
        found["residual_spearman"] = float(np.corrcoef(_ranks(residual.value), _ranks(given.price))[0, 1])
    return found


def _check(product: Product) -> None:
    if product.product not in (DAY_AHEAD, INTRADAY):
        raise InvalidInput(f"Das Produkt {product.product} wird nicht simuliert; möglich sind {DAY_AHEAD} und {INTRADAY}.")
    if product.zone != ZONE:
        raise InvalidInput(f"Die Gebotszone {product.zone} wird nicht simuliert; möglich ist {ZONE}.")
    if product.seconds != HOUR and (product.seconds <= 0 or QUARTER % product.seconds):
        raise InvalidInput("Simulierte Preise gibt es je Stunde, je Viertelstunde und in Teilen einer Viertelstunde.")


def _grid(start: int, end: int, seconds: int) -> Times:
    return np.arange(-(-start // seconds) * seconds, end, seconds, dtype=np.int64)


def _at(values: Values, quarters: Times, ts: Times, seconds: int, digits: int) -> Values:
    """Values by quarter-hour (whole hours of them) as values of the intervals `ts`: means of hours, or that of the quarter-hour around."""
    if seconds > QUARTER:
        values, quarters = values.reshape(-1, HOUR // QUARTER).mean(axis=1), quarters[:: HOUR // QUARTER]
    return np.round(values[np.searchsorted(quarters, ts, side="right") - 1], digits) + 0.0


def _zigzag(seed: int, stream: int, quarters: Times, size: float) -> Values:
    """Noise of single quarter-hours, whose mean over each hour is 0."""
    noise = white(seed, stream, int(quarters[0]) // QUARTER, len(quarters)).reshape(-1, HOUR // QUARTER)
    return np.asarray(size * (noise - noise.mean(axis=1, keepdims=True)).ravel())


def _apart(seed: int, market: str, quarters: Times) -> Values:
    """How far a market's price lies from the others' by chance, the same over an hour: its own noise of about 1 EUR/MWh."""
    first = int(quarters[0]) // HOUR
    return np.repeat(walk(seed, _MARKET * 2**32 + crc32(market.encode()), first, len(quarters) * QUARTER // HOUR, 4.0), HOUR // QUARTER)


def _continuous(seed: int, quarters: Times) -> Values:
    """How intraday trade moves away from day-ahead: errors of the weather's forecast over hours, and single quarter-hours."""
    first = int(quarters[0]) // HOUR
    drift = np.repeat(walk(seed, _INTRADAY_HOURS, first, len(quarters) * QUARTER // HOUR, 6.0), HOUR // QUARTER)
    return np.asarray(11.0 * drift + _zigzag(seed, _INTRADAY_QUARTERS, quarters, 6.0))


def _mean(given: Prices, rows: NDArray[np.bool_] | NDArray[np.intp], expected: int) -> float:
    chosen = given.price[rows]
    return float(chosen.mean()) if len(chosen) == expected else float("nan")


def _hourly(values: Values, given: Prices) -> Values:
    per = HOUR // given.product.seconds
    return np.asarray(values[: len(values) // per * per].reshape(-1, per).mean(axis=1))


def _ranks(values: Values) -> Values:
    return np.argsort(np.argsort(values, kind="stable")).astype(np.float64)


def _acf(values: Values, lag: int) -> float:
    return float(np.corrcoef(values[:-lag], values[lag:])[0, 1])
