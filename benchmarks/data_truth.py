"""Exported readings and prices in, figures out, by arithmetic of its own: what `data_questions.py` holds Luna's numbers against.

The definitions are those of the decision 0048, nothing of nova is imported: energies are power times time of what is known, costs follow
the tariff that the meter's facts name (base fee by its share of the year), else the exchange's net price; gaps are never filled.
"""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

BERLIN = ZoneInfo("Europe/Berlin")
QUARTER, HOUR, DAY = 900, 3600, 86400
Array = np.ndarray[Any, np.dtype[Any]]
USERS = ("household", "business", "other")


@dataclass(frozen=True)
class Window:
    """[start, end) in seconds since 1970; `hours` are local minutes of the day, `days` is "weekday" or "weekend": only those count."""

    start: int
    end: int
    hours: tuple[int, int] | None = None
    days: str = ""

    def within(self, ts: Array) -> Array:
        """Which instants count."""
        inside = (ts >= self.start) & (ts < self.end)
        if self.hours:
            minute, (first, last) = wall(ts) % DAY // 60, self.hours
            inside &= (minute >= first) & (minute < last) if first < last else (minute >= first) | (minute < last)
        if self.days:
            weekend = (wall(ts) // DAY + 3) % 7 >= 5
            inside &= weekend if self.days == "weekend" else ~weekend
        return np.asarray(inside)

    @property
    def seconds(self) -> float:
        """How many seconds of it count."""
        if not (self.hours or self.days):
            return float(self.end - self.start)
        return float(self.within(np.arange(self.start, self.end, QUARTER)).sum()) * QUARTER


def midnight(day: date) -> int:
    """The instant at which a local day begins."""
    return int(datetime.combine(day, datetime.min.time(), BERLIN).timestamp())


def days(first: date, last: date) -> Window:
    """Local days, both included."""
    return Window(midnight(first), midnight(last + timedelta(days=1)))


def local(ts: float) -> datetime:
    """An instant in Berlin."""
    return datetime.fromtimestamp(ts, BERLIN)


def wall(ts: Array) -> Array:
    """What a clock in Berlin shows, in seconds as if it showed UTC."""
    if not len(ts):
        return ts
    day = ts // DAY
    offsets = {int(one): local(int(one) * DAY + 43200).utcoffset() or timedelta() for one in np.unique(day)}
    noon = np.array([offsets[int(one)].total_seconds() for one in day])
    before = np.array([offsets.get(int(one) - 1, offsets[int(one)]).total_seconds() for one in day])
    moved = ts + np.where(ts % DAY < HOUR, before, noon)  # clocks change at 1 o'clock UTC
    return moved.astype(np.int64)


@dataclass(frozen=True)
class Meter:
    """A meter with all its rows: beginnings, kW used and made (nan where unknown), the length of a row, and which rows are put in."""

    meter_id: str
    title: str
    kind: str
    owner: str | None
    tariff: Mapping[str, float]
    seconds: int
    ts: Array
    used: Array
    made: Array
    substitute: Array

    @property
    def name(self) -> str:
        """As Luna calls it."""
        return self.title or self.meter_id


@dataclass(frozen=True)
class Rows:
    """The known part of a window: beginnings, hours, kW used, made, and the exchange price in EUR/MWh (nan where unknown)."""

    ts: Array
    hours: Array
    used: Array
    made: Array
    spot: Array

    @property
    def bought(self) -> Array:
        """kWh from the grid."""
        found: Array = np.maximum(self.used - np.nan_to_num(self.made), 0) * self.hours
        return found


class Truth:
    """What can be reckoned from the rows; None where nothing is known."""

    def __init__(self, meters: Mapping[str, Meter], price_ts: Array, prices: Array, seconds: int) -> None:
        self.meters, self._ts, self._prices, self._seconds = meters, price_ts, prices, seconds

    # ------------------------------------------------------------ meters

    def rows(self, meter: str, seen: Window, made: bool = False) -> Rows:
        """The known rows of consumption (or production) of a window, those at an edge with the part inside."""
        one = self.meters[meter]
        known = np.isfinite(one.made if made else one.used) & (one.ts + one.seconds > seen.start) & (one.ts < seen.end)
        first, last = (np.clip(edge[known], seen.start, seen.end) for edge in (one.ts, one.ts + one.seconds))
        inside = seen.within(first)
        ts, used, produced = first[inside], one.used[known][inside], one.made[known][inside]
        return Rows(ts, (last - first)[inside] / HOUR, used, produced, self._spot(ts))

    def _spot(self, ts: Array) -> Array:
        at = np.clip(np.searchsorted(self._ts, ts, side="right") - 1, 0, None)
        found: Array = np.where((ts >= self._ts[at]) & (ts < self._ts[at] + self._seconds), self._prices[at], np.nan)
        return found

    def energy(self, meter: str, seen: Window, column: str = "consumption") -> float | None:
        """kWh used, made, or from the grid."""
        rows = self.rows(meter, seen, made=column == "production")
        if not len(rows.ts):
            return None
        if column == "import":
            return float(rows.bought.sum())
        return float(((rows.made if column == "production" else rows.used) * rows.hours).sum())

    def kwh(self, meters: Sequence[str], seen: Window, column: str = "consumption") -> float | None:
        """Of several meters the sum; None where one knows nothing (of production: where none does)."""
        return _sum([self.energy(one, seen, column) for one in meters], some=column == "production")

    def cost(self, meter: str, seen: Window, market: bool = False) -> float | None:
        """EUR by the tariff that is kept, at the bare exchange price where none is (or `market`)."""
        rows, tariff = self.rows(meter, seen), {} if market else self.meters[meter].tariff
        if not len(rows.ts):
            return None
        if "fixed_ct_kwh" in tariff:
            return float(rows.bought.sum()) * tariff["fixed_ct_kwh"] / 100 + _base_fee(tariff, seen)
        priced = np.isfinite(rows.spot)
        if not priced.any():
            return None
        spot = rows.spot[priced] / 1000
        if "surcharge_ct_kwh" in tariff:
            spot = spot * (1 + tariff.get("vat_percent", 0) / 100) + tariff["surcharge_ct_kwh"] / 100
            return float((rows.bought[priced] * spot).sum()) + _base_fee(tariff, seen)
        return float((rows.bought[priced] * spot).sum())

    def costs(self, meters: Sequence[str], seen: Window, market: bool = False) -> float | None:
        """The same of several meters, each by its own tariff."""
        return _sum([self.cost(one, seen, market) for one in meters])

    def feed_in(self, meter: str, seen: Window) -> float | None:
        """kWh made beyond what is used at once."""
        rows = self.rows(meter, seen, made=True)
        return float((np.maximum(rows.made - np.nan_to_num(rows.used), 0) * rows.hours).sum()) if len(rows.ts) else None

    def shares(self, meter: str, seen: Window) -> tuple[float | None, float | None]:
        """Percent of production that is used at once, and of use that is made at once."""
        rows = self.rows(meter, seen, made=True)
        both = np.isfinite(rows.used)
        at_once = float((np.minimum(rows.made, rows.used) * rows.hours)[both].sum())
        made, used = (float((column * rows.hours)[both].sum()) for column in (rows.made, rows.used))
        return (100 * at_once / made if made > 0 else None), (100 * at_once / used if used > 0 and made > 0 else None)

    def powers(self, meters: Sequence[str], seen: Window) -> tuple[Array, Array, Array]:
        """Instants, kW and hours of the known rows; of several meters of the instants that all know, in the longest of their rows."""
        if len(meters) == 1:
            rows = self.rows(meters[0], seen)
            return rows.ts, rows.used, rows.hours
        length = max(self.meters[one].seconds for one in meters)
        tables = [_longer(self.rows(one, seen), self.meters[one].seconds, length) for one in meters]
        ts = np.array(sorted(set.intersection(*(set(one) for one in tables))), np.int64)
        return ts, np.array([sum(one[at] for one in tables) for at in ts.tolist()]), np.full(len(ts), length / HOUR)

    def peak(self, meters: Sequence[str], seen: Window) -> tuple[float, int] | None:
        """The highest mean power of a row, and when that begins."""
        ts, kw, _ = self.powers(meters, seen)
        return (float(kw.max()), int(ts[int(np.argmax(kw))])) if len(ts) else None

    def mean(self, meters: Sequence[str], seen: Window) -> float | None:
        """Mean kW of what is known."""
        _, kw, hours = self.powers(meters, seen)
        return float((kw * hours).sum() / hours.sum()) if len(kw) else None

    def base(self, meters: Sequence[str], seen: Window) -> float | None:
        """The power that 5 % of the nights' time (0 to 5 o'clock) do not exceed."""
        ts, kw, hours = self.powers(meters, seen)
        night = wall(ts) % DAY < 5 * HOUR
        if not night.any():
            return None
        order = np.argsort(kw[night], kind="stable")
        reached = np.cumsum(hours[night][order])
        return float(kw[night][order][int(np.argmax(reached >= 0.05 * reached[-1] - 1e-12))])

    def missing(self, meter: str, seen: Window) -> float:
        """Hours without a value."""
        rows = self.rows(meter, seen)
        some = rows if len(rows.ts) else self.rows(meter, seen, made=True)
        return max(0.0, seen.seconds / HOUR - float(some.hours.sum()))

    def count(self, meter: str, seen: Window) -> int:
        """How many rows with a value begin in a window."""
        one = self.meters[meter]
        return int((seen.within(one.ts) & (np.isfinite(one.used) | np.isfinite(one.made))).sum())

    def substitutes(self, meter: str, seen: Window) -> float:
        """Hours of values that were put in."""
        one = self.meters[meter]
        return float((one.substitute & seen.within(one.ts)).sum()) * one.seconds / HOUR

    def ranked(self, meters: Sequence[str], seen: Window, unit: str, least: bool, column: str = "consumption") -> list[tuple[int, float]]:
        """(beginning, kWh) of the hours, days, weeks or months of which nine tenths are known, best first."""
        if len(meters) == 1:
            rows = self.rows(meters[0], seen, made=column == "production")
            ts, kw, hours = rows.ts, rows.made if column == "production" else rows.used, rows.hours
        else:
            ts, kw, hours = self.powers(meters, seen)
        return _ranked(ts, kw * hours, hours, unit, least, mean=False)

    # ------------------------------------------------------------ prices

    def spot(self, seen: Window) -> tuple[Array, Array]:
        """Beginnings and prices (EUR/MWh) of the rows in a window; one that its begin cuts begins with it."""
        cut = (self._ts < seen.start) & (self._ts + self._seconds > seen.start)
        ts = np.where(cut, seen.start, self._ts)
        inside = seen.within(ts)
        return ts[inside], self._prices[inside]

    def price(self, seen: Window) -> float | None:
        """The mean price over time."""
        ts, price = self.spot(seen)
        return float(price @ self._lengths(ts, seen) / self._lengths(ts, seen).sum()) if len(ts) else None

    def _lengths(self, ts: Array, seen: Window) -> Array:
        ends: Array = np.minimum(ts // self._seconds * self._seconds + self._seconds, seen.end)
        return (ends - ts).astype(float)

    def peak_price(self, seen: Window) -> float | None:
        """The mean of Monday to Friday, 8 to 20 o'clock."""
        ts, price = self.spot(seen)
        clock = wall(ts)
        peak = ((clock // DAY + 3) % 7 < 5) & (clock % DAY >= 8 * HOUR) & (clock % DAY < 20 * HOUR)
        return float(price[peak].mean()) if peak.any() else None

    def extreme(self, seen: Window, highest: bool) -> tuple[float, int] | None:
        """The highest or lowest price and when it is first."""
        ts, price = self.spot(seen)
        at = int(np.argmax(price) if highest else np.argmin(price)) if len(ts) else 0
        return (float(price[at]), int(ts[at])) if len(ts) else None

    def stretch(self, seen: Window, hours: float, dear: bool = False) -> tuple[float, int] | None:
        """The mean price and the beginning of the cheapest (or dearest) hours at a stretch that begin on a quarter-hour."""
        fine = np.arange(-(-seen.start // QUARTER) * QUARTER, seen.end, QUARTER)
        spot, count = self._spot(fine), round(hours * 4)
        inside = seen.within(fine) & np.isfinite(spot)
        best: tuple[float, int] | None = None
        for at in range(len(fine) - count + 1):
            if not inside[at : at + count].all():
                continue
            mean = float(spot[at : at + count].mean())
            if best is None or (mean > best[0] + 1e-9 if dear else mean < best[0] - 1e-9):
                best = mean, int(fine[at])
        return best

    def negative(self, seen: Window) -> tuple[float, int] | None:
        """Hours and local days with a price below 0."""
        ts, price = self.spot(seen)
        below = ts[price < 0]
        return (len(below) * self._seconds / HOUR, len(np.unique(wall(below) // DAY))) if len(ts) else None

    def spread(self, seen: Window) -> float | None:
        """Highest less lowest price of a day, on average."""
        ts, price = self.spot(seen)
        day = wall(ts) // DAY
        each = [float(np.ptp(price[day == one])) for one in np.unique(day)]
        return sum(each) / len(each) if each else None

    def ranked_prices(self, seen: Window, unit: str, least: bool) -> list[tuple[int, float]]:
        """(beginning, mean price) of hours, days, weeks or months."""
        ts, price = self.spot(seen)
        return _ranked(ts, price, np.full(len(ts), self._seconds / HOUR), unit, least, mean=True)

    def in_force(self, meter: str, at: int) -> float | None:
        """ct/kWh that one more kWh costs."""
        tariff, spot = self.meters[meter].tariff, float(self._spot(np.array([at]))[0])
        if "fixed_ct_kwh" in tariff:
            return tariff["fixed_ct_kwh"]
        return None if np.isnan(spot) else spot / 10 * (1 + tariff.get("vat_percent", 0) / 100) + tariff.get("surcharge_ct_kwh", 0)


def _sum(values: Sequence[float | None], some: bool = False) -> float | None:
    known = [one for one in values if one is not None]
    return sum(known) if known and (some or len(known) == len(values)) else None


def _base_fee(tariff: Mapping[str, float], seen: Window) -> float:
    """EUR of the yearly fee by the share of each year's time; where some hours or days count only, by theirs."""
    total = 0.0
    for year in range(local(seen.start).year, local(seen.end - 1).year + 1):
        first, last = midnight(date(year, 1, 1)), midnight(date(year + 1, 1, 1))
        total += max(0, min(seen.end, last) - max(seen.start, first)) / (last - first)
    return total * seen.seconds / (seen.end - seen.start) * tariff.get("base_eur_year", 0.0)


def _longer(rows: Rows, seconds: int, length: int) -> dict[int, float]:
    """Means of the longer rows that are known in full, by their beginning."""
    slots = rows.ts // length
    starts, place = np.unique(slots, return_inverse=True)
    full = np.bincount(place) == length // seconds
    means = np.bincount(place, rows.used) / np.bincount(place)
    return {int(start) * length: float(mean) for start, mean, whole in zip(starts, means, full, strict=True) if whole}


def _ranked(ts: Array, value: Array, hours: Array, unit: str, least: bool, mean: bool) -> list[tuple[int, float]]:
    clock = wall(ts)
    groups: dict[int, list[int]] = {}
    for at, (instant, shown) in enumerate(zip(ts.tolist(), clock.tolist(), strict=True)):
        groups.setdefault(_unit_begin(instant, shown, unit), []).append(at)
    found = []
    for begin, rows in groups.items():
        if hours[rows].sum() * HOUR >= 0.9 * (_unit_end(begin, unit) - begin):
            found.append((int(ts[rows[0]]), float(value[rows].mean() if mean else value[rows].sum())))
    return sorted(found, key=lambda one: (one[1] if least else -one[1], one[0]))


def _unit_begin(ts: int, clock: int, unit: str) -> int:
    if unit in ("hour", "quarter"):
        return ts // (HOUR if unit == "hour" else QUARTER) * (HOUR if unit == "hour" else QUARTER)
    day = datetime.fromtimestamp(clock, UTC).date()
    if unit == "week":
        day -= timedelta(days=day.weekday())
    return midnight(day.replace(day=1) if unit == "month" else day)


def _unit_end(begin: int, unit: str) -> int:
    if unit in ("hour", "quarter"):
        return begin + (HOUR if unit == "hour" else QUARTER)
    day = local(begin).date()
    length = calendar.monthrange(day.year, day.month)[1] if unit == "month" else 7 if unit == "week" else 1
    return midnight(day + timedelta(days=length))
