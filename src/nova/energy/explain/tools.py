"""A query in, one number out, as in `measures.py`: differences of any two numbers, the first of many, stretches of hours, forecasts, CO2.

`TOOLS` holds the tools of both files.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova.energy import figures
from nova.energy.calendar import day_start, local_date, local_days, local_seconds
from nova.energy.cheapest import Stretch, stretch_in
from nova.energy.expected import powers
from nova.energy.explain import measures
from nova.energy.explain.answer_source import AnswerSource
from nova.energy.explain.measures import Query, ToolResult, added, drawn, period_of, priced, read, span
from nova.energy.explain.words import DATE, MONTH, TIME
from nova.energy.period import ONE, Period
from nova.energy.spans import steps
from nova.series import MISSING, QUARTER, Times, Values
from nova.store.series.forecasts import Forecast

FULL = 0.95  # of a window must be forecast before a number is told of it
NEARLY = 0.9  # of an hour, day or month must be known to be ranked
SHARES = ("kWh", "EUR", "EUR/MWh", "ct/kWh", "kW", "h", "kg", "W", "Wh", "MWh")  # units whose differences are told as a share, too
CO2 = "co2_g_kwh"
# What of a query does not hold for the other one that names these.
_REPLACED: Mapping[str, tuple[str, ...]] = {"from": ("hours", "days"), "meter": ("meter", "meters"), "meters": ("meter", "meters")}
Tool = Callable[[AnswerSource, Query], ToolResult]


def _other(query: Query) -> dict[str, Any]:
    """The query of what a number is held against: `other_from`, `other_to`, `other_hours`, `other_days`, `other_meter`, `other_meters`."""
    there = {key.removeprefix("other_"): value for key, value in query.items() if key.startswith("other_")}
    gone = {"tool", "of", "sign"}.union(*(_REPLACED.get(key, ()) for key in there))
    plain = {key: value for key, value in query.items() if not (key.startswith("other_") or key in gone)}
    return {**plain, **there}


def _pair(source: AnswerSource, query: Query) -> tuple[ToolResult, ToolResult]:
    """The number that `of` names, and the one it is held against."""
    tool = TOOLS[str(query["of"])]
    return tool(source, query), tool(source, _other(query))


def _difference(source: AnswerSource, query: Query) -> ToolResult:
    one, other = _pair(source, query)
    value = None if one.value is None or other.value is None else one.value - other.value
    return ToolResult(value, one.unit, one.rows + other.rows)


def _difference_share(source: AnswerSource, query: Query) -> ToolResult:
    one, other = _pair(source, query)
    told = one.value is not None and other.value is not None and other.value > 0
    return ToolResult(100 * ((one.value or 0.0) / other.value - 1) if told and other.value else None, "%", one.rows + other.rows)


def _share(source: AnswerSource, query: Query) -> ToolResult:
    """The number that `of` names in per cent of the one it is held against."""
    one, other = _pair(source, query)
    return ToolResult(100 * one.value / other.value if one.value is not None and other.value else None, "%", other.rows)


def _ranked(source: AnswerSource, query: Query) -> tuple[Times, Values, int]:
    """Beginnings of the units of a window and what each holds, best first, and how many rows were used."""
    period = period_of(query)
    if query["ranked"] == "price":
        ts, values, seconds = priced(source, query)
        weight = 1.0
    else:
        some = read(source, query, period.start, period.end)
        kw = powers(some, query["ranked"])
        known = period.within(some.ts) & ~np.isnan(kw)
        ts, values, seconds = some.ts[known], kw[known], some.seconds or QUARTER
        weight = seconds / 3600
    if not len(ts):
        return ts, values, 0
    first, place = np.unique(_units(ts, query["unit"]), return_inverse=True)
    count, total = np.bincount(place), np.bincount(place, values) * weight
    whole = _whole(period, query["unit"])
    every = np.arange(whole.start, whole.end, seconds, dtype=np.int64)
    due_units, due = np.unique(_units(every[whole.within(every)], query["unit"]), return_counts=True)
    enough = count >= NEARLY * due[np.minimum(np.searchsorted(due_units, first), len(due) - 1)]
    result: Values = total / (count if query["ranked"] == "price" else np.ones(len(count)))
    starts = _firsts(ts, place, len(first))
    order = np.argsort(result[enough] if query["least"] else -result[enough], kind="stable")
    return starts[enough][order], result[enough][order], len(ts)


def _whole(period: Period, unit: str) -> Period:
    """The period widened to whole units: what it cuts off a day, week or month is lacking there."""
    if unit in ("quarter", "hour"):
        step = QUARTER if unit == "quarter" else 3600
        return replace(period, start=period.start // step * step, end=-(-period.end // step) * step)
    first, last = local_date(period.start), local_date(period.end - 1)
    if unit == "week":
        first, last = first - first.weekday() * ONE, last + (6 - last.weekday()) * ONE
    if unit == "month":
        first, last = first.replace(day=1), (last.replace(day=1) + timedelta(days=31)).replace(day=1) - ONE
    return replace(period, start=day_start(first), end=day_start(last + ONE))


def _firsts(ts: Times, place: NDArray[np.int64], count: int) -> Times:
    found = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(found, place, ts)
    return found


def _units(ts: Times, unit: str) -> NDArray[np.int64]:
    """A number for the quarter-hour, hour, local day, week or month of each instant, ascending in time."""
    if unit in ("quarter", "hour"):
        return np.asarray(ts // (QUARTER if unit == "quarter" else 3600), np.int64)
    days = local_days(ts)
    if unit == "week":
        return (local_seconds(ts) // 86_400 + 3) // 7
    return days.astype("datetime64[M]").astype(np.int64) if unit == "month" else days.astype(np.int64)


_EACH_S: Mapping[str, float] = {
    "hour": 3600.0, "day": 86_400.0, "week": 7 * 86_400.0, "month": 365.25 / 12 * 86_400.0, "year": 365.0 * 86_400.0,
}  # fmt: skip


def _each(source: AnswerSource, query: Query) -> ToolResult:
    """The mean of each `unit` of a window for the number that `of` names."""
    whole = TOOLS[str(query["of"])](source, query)
    units = span(period_of(query)) * 3600 / _EACH_S[str(query["unit"])]
    return replace(whole, value=None if whole.value is None or not units else whole.value / units)


def _count(source: AnswerSource, query: Query) -> ToolResult:
    """How many readings with a value begin in the window."""
    period = period_of(query)
    some = source.readings(query["meter"], period.start, period.end)
    known = period.within(some.ts) & (some.quality != MISSING) & ~(np.isnan(some.consumption) & np.isnan(some.production))
    return ToolResult(float(known.sum()), "", len(some))


def _base_year(source: AnswerSource, query: Query) -> ToolResult:
    """What the base load uses in a year of 8,760 hours."""
    found = TOOLS["base"](source, query)
    return replace(found, value=None if found.value is None else found.value * 8760, unit="kWh")


def _tariff(source: AnswerSource, query: Query) -> ToolResult:
    """The fixed price that is in force, in ct/kWh."""
    return ToolResult(source.terms(query["meter"]).fixed_ct_kwh, "ct/kWh", 0)


def _top_value(source: AnswerSource, query: Query) -> ToolResult:
    _, values, rows = _ranked(source, query)
    at = int(query["rank"])
    return ToolResult(float(values[at]) if at < len(values) else None, "EUR/MWh" if query["ranked"] == "price" else "kWh", rows)


def _top_time(source: AnswerSource, query: Query) -> ToolResult:
    starts, _, rows = _ranked(source, query)
    at, unit = int(query["rank"]), {"day": DATE, "week": DATE, "month": MONTH}.get(query["unit"], TIME)
    return ToolResult(float(starts[at]) if at < len(starts) else None, unit, rows)


def _known_or_forecast(source: AnswerSource, query: Query) -> tuple[Times, Values, int]:
    """Prices, or with `forecast` what is forecast of them."""
    if not query.get("forecast"):
        return priced(source, query)
    period = period_of(query)
    found = source.forecast(None, period.start, period.end)
    if found is None:
        return np.zeros(0, np.int64), np.zeros(0), QUARTER
    known = period.within(found.ts) & ~np.isnan(found.mean)
    return found.ts[known], found.mean[known], found.seconds


def _stretch(source: AnswerSource, query: Query) -> tuple[Stretch, int] | None:
    """The cheapest (with `dearest` the dearest) hours at a stretch, and how many prices they are chosen from; None where none is known."""
    ts, price, seconds = _known_or_forecast(source, query)
    of, period = steps(ts, seconds, price), period_of(query)
    pieces = [(period.start, period.end)] if period.hours is None and not period.days else _pieces(period)
    found = stretch_in(of, pieces, float(query["hours_long"]), dear=bool(query.get("dearest")))
    return None if found is None else (found, len(ts))


def _pieces(period: Period) -> list[tuple[int, int]]:
    """The parts of a period that its hours and days leave, in order."""
    every = np.arange(period.start, period.end, QUARTER, dtype=np.int64)
    inside = np.flatnonzero(np.diff(np.r_[0, period.within(every).astype(np.int8), 0])).reshape(-1, 2)
    return [(int(every[first]), int(every[last - 1]) + QUARTER) for first, last in inside]


def _window_of(pick: Callable[[Stretch], float], unit: str) -> Tool:
    def measure(source: AnswerSource, query: Query) -> ToolResult:
        found = _stretch(source, query)
        if found is None:
            return ToolResult(None, unit, 0)
        ts, price, seconds = _known_or_forecast(source, query)
        chart = drawn(ts, price, seconds, "Preis", "EUR/MWh") if unit == "EUR/MWh" else None
        return ToolResult(pick(found[0]), unit, found[1], chart)

    return measure


def _spread(source: AnswerSource, query: Query) -> ToolResult:
    """Highest less lowest price of each local day, on average over the days."""
    ts, price, seconds = priced(source, query)
    if not len(ts):
        return ToolResult(None, "EUR/MWh", 0)
    _, place = np.unique(local_days(ts), return_inverse=True)
    high, low = np.full(place.max() + 1, -np.inf), np.full(place.max() + 1, np.inf)
    np.maximum.at(high, place, price)
    np.minimum.at(low, place, price)
    return ToolResult(float(np.mean(high - low)), "EUR/MWh", len(ts), drawn(ts, price, seconds, "Preis", "EUR/MWh"))


def _negative_days(source: AnswerSource, query: Query) -> ToolResult:
    """Local days with a price below 0."""
    ts, price, _ = priced(source, query)
    return ToolResult(float(len(np.unique(local_days(ts[price < 0])))), "", len(ts))


def _forecast(pick: Callable[[Forecast, NDArray[np.bool_]], float], unit: str, market: bool = True) -> Tool:
    """A number of what was forecast of day-ahead prices, or else of one meter (`meter`)."""

    def measure(source: AnswerSource, query: Query) -> ToolResult:
        period = period_of(query)
        found = source.forecast(None if market else query["meter"], period.start, period.end)
        known = np.zeros(0, bool) if found is None else period.within(found.ts) & ~np.isnan(found.mean)
        if found is None or float(known.sum()) * found.seconds / 3600 < FULL * span(period):
            return ToolResult(None, unit, int(known.sum()))
        chart = drawn(found.ts[known], found.mean[known], found.seconds, "Vorhersage", "EUR/MWh" if market else "kW")
        return ToolResult(pick(found, known), unit, int(known.sum()), chart)

    return measure


def _co2(source: AnswerSource, query: Query) -> ToolResult:
    """kg of CO2 of what came from the grid, with the factor that is kept for the market's zone."""
    period = period_of(query)
    factor = source.signal(CO2, "DE-LU", period.start, period.end)
    if factor is None or not len(factor):
        return ToolResult(None, "kg", 0)
    found = figures.co2_of(replace(measures.seen(source, query), co2=steps(factor.ts, factor.seconds, factor.value)))
    return ToolResult(found.value, "kg", found.rows)


TOOLS: Mapping[str, Tool] = {
    "each": _each,
    "base_year": _base_year,
    "tariff": _tariff,
    "count": added(_count),
    **measures.TOOLS,
    "difference": _difference,
    "difference_share": _difference_share,
    "share": _share,
    "top_value": _top_value,
    "top_time": _top_time,
    "window_price": _window_of(lambda found: found.mean, "EUR/MWh"),
    "window_start": _window_of(lambda found: float(found.start), TIME),
    "window_end": _window_of(lambda found: float(found.end), TIME),
    "window_length": _window_of(lambda found: (found.end - found.start) / 3600, "h"),
    "spread": _spread,
    "negative_days": _negative_days,
    "co2": added(_co2),
    "forecast_energy": added(_forecast(lambda some, known: float(some.mean[known].sum()) * some.seconds / 3600, "kWh", market=False)),
    "forecast_peak": _forecast(lambda some, known: float(some.mean[known].max()), "kW", market=False),
    "forecast_peak_time": _forecast(lambda some, known: float(some.ts[known][int(np.argmax(some.mean[known]))]), TIME, market=False),
    "forecast_price": _forecast(lambda some, known: float(some.mean[known].mean()), "EUR/MWh"),
    "forecast_low": _forecast(lambda some, known: float(some.mean[known].min()), "EUR/MWh"),
    "forecast_low_time": _forecast(lambda some, known: float(some.ts[known][int(np.argmin(some.mean[known]))]), TIME),
    "forecast_high": _forecast(lambda some, known: float(some.mean[known].max()), "EUR/MWh"),
    "forecast_high_time": _forecast(lambda some, known: float(some.ts[known][int(np.argmax(some.mean[known]))]), TIME),
}
