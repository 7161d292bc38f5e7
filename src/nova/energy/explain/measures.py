"""A source and a query in, one number with its unit, the rows it rests on and columns to draw out.

Energies are sums of mean powers times hours over known intervals; a share of the intervals may be unknown, which `known` tells. BASE is the
mean of all hours of a window, PEAK that of Mondays to Fridays from 8 to 20 h (holidays too), as EPEX defines them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from nova.energy import figures
from nova.energy.calendar import local_hours, weekdays
from nova.energy.charts import points as charts
from nova.energy.explain import reasons as why
from nova.energy.explain.answer_source import AnswerSource
from nova.energy.explain.parse.period import Period, instant_of
from nova.energy.explain.words import CLOCK, TIME
from nova.energy.figures import Terms
from nova.series import DAY, MISSING, QUARTER, SUBSTITUTE, Readings, Times, Values

CHART = 200
Query = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToolResult:
    """A number, None where nothing is known; `rows` readings or prices were used; `chart`: `ts` (instants) and columns in `unit`."""

    value: float | None
    unit: str
    rows: int
    chart: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Window:
    """The known intervals of a query: instants, kW, hours of one."""

    ts: Times
    kw: Values
    hours: float
    unknown: float


def period_of(query: Query, start: str = "from", end: str = "to") -> Period:
    """The window of a query."""
    hours = query.get("hours")
    return Period(
        instant_of(query[start]), instant_of(query[end]), (int(hours[0]), int(hours[1])) if hours else None, query.get("days", "")
    )


def read(source: AnswerSource, query: Query, start: int, end: int) -> Readings:
    """The readings of the query's meter, or the sum of its meters."""
    several = query.get("meters")
    return source.together(tuple(several), start, end) if several else source.readings(query["meter"], start, end)


def added(tool: Callable[[AnswerSource, Query], ToolResult], mean: bool = False) -> Callable[[AnswerSource, Query], ToolResult]:
    """The tool for one meter; for several the sum of what it says of each (or the mean), None where it says nothing of one."""

    def measure(source: AnswerSource, query: Query) -> ToolResult:
        several = query.get("meters")
        if not several:
            return tool(source, query)
        each = [tool(source, {**{key: value for key, value in query.items() if key != "meters"}, "meter": one}) for one in several]
        values = [one.value for one in each if one.value is not None]
        total = None if len(values) < len(each) else sum(values) / (len(values) if mean else 1)
        return ToolResult(total, each[0].unit, sum(one.rows for one in each))

    return measure


def _window(source: AnswerSource, query: Query, start: str = "from", end: str = "to") -> _Window:
    period = period_of(query, start, end)
    some = read(source, query, period.start, period.end)
    values = why.powers(some, query.get("column", "consumption"))
    inside = period.within(some.ts)
    known = inside & ~np.isnan(values)
    hours = some.seconds / 3600 if some.seconds else 0.25
    return _Window(some.ts[known], values[known], hours, span(period) - float(known.sum()) * hours)


def span(period: Period) -> float:
    """Hours of a window."""
    if period.hours is None and not period.days:
        return period.seconds / 3600
    return float(period.within(np.arange(period.start, period.end, QUARTER, dtype=np.int64)).sum()) / 4


def drawn(ts: Times, values: Values, seconds: int, name: str, unit: str) -> Mapping[str, Any] | None:
    """Columns of at most 200 points."""
    if not len(ts):
        return None
    made = charts.points(charts.parts(ts, values, seconds), charts.resolution(int(ts[0]), int(ts[-1]) + seconds, seconds, CHART - 2))
    columns = {name: _round(made.mean), f"{name}_max": _round(made.high)}
    return {"unit": unit, "ts": made.ts.tolist(), "columns": columns}


def _round(values: Values) -> list[float | None]:
    return [None if np.isnan(value) else round(float(value), 4) for value in values]


def _energy(source: AnswerSource, query: Query) -> ToolResult:
    found = _window(source, query)
    chart = drawn(found.ts, found.kw, int(found.hours * 3600), "gemessen", "kW")
    return ToolResult(float(found.kw.sum()) * found.hours if len(found.ts) else None, "kWh", len(found.ts), chart)


def _peak(source: AnswerSource, query: Query) -> ToolResult:
    found = _window(source, query)
    chart = drawn(found.ts, found.kw, int(found.hours * 3600), "gemessen", "kW")
    return ToolResult(float(found.kw.max()) if len(found.ts) else None, "kW", len(found.ts), chart)


def _peak_time(source: AnswerSource, query: Query) -> ToolResult:
    found = _window(source, query)
    return ToolResult(float(found.ts[int(np.argmax(found.kw))]) if len(found.ts) else None, TIME, len(found.ts))


def _mean(source: AnswerSource, query: Query) -> ToolResult:
    found = _window(source, query)
    return ToolResult(float(found.kw.mean()) if len(found.ts) else None, "kW", len(found.ts))


def _figure(name: str, unit: str, factor: float = 1.0) -> Callable[[AnswerSource, Query], ToolResult]:
    """A key figure as everywhere else in Nova (`nova.energy.figures`), of the intervals that the query means."""

    def measure(source: AnswerSource, query: Query) -> ToolResult:
        period = period_of(query)
        some = read(source, query, period.start, period.end)
        some = some.take(period.within(some.ts) & (some.quality != MISSING))
        fixed = query.get("eur_kwh")
        terms = Terms(fixed_ct_kwh=None if fixed is None else 100 * float(fixed), surcharge_ct_kwh=0.0)
        spot = source.prices(period.start - DAY, period.end) if name.startswith("cost") else None
        found = figures.figures(figures.window([some], period.start, period.end, prices=spot), terms)[name]
        return ToolResult(None if found.value is None else factor * found.value, unit, found.rows)

    return measure


def _unknown(source: AnswerSource, query: Query) -> ToolResult:
    found = _window(source, query)
    return ToolResult(max(0.0, found.unknown), "h", len(found.ts))


def _unknown_share(source: AnswerSource, query: Query) -> ToolResult:
    found = _window(source, query)
    return ToolResult(100 * max(0.0, found.unknown) / span(period_of(query)), "%", len(found.ts))


def _substitutes(source: AnswerSource, query: Query) -> ToolResult:
    period = period_of(query)
    some = source.readings(query["meter"], period.start, period.end)
    put_in = period.within(some.ts) & (some.quality == SUBSTITUTE)
    return ToolResult(float(put_in.sum()) * some.seconds / 3600, "h", len(some))


def _change(source: AnswerSource, query: Query) -> ToolResult:
    """Energy less that of the other window (`other_from`, `other_to`)."""
    now, then = _window(source, query), _window(source, query, "other_from", "other_to")
    if not len(now.ts) or not len(then.ts):
        return ToolResult(None, "kWh", 0)
    return ToolResult(float(now.kw.sum()) * now.hours - float(then.kw.sum()) * then.hours, "kWh", len(now.ts) + len(then.ts))


def _change_share(source: AnswerSource, query: Query) -> ToolResult:
    change, then = _change(source, query), _window(source, query, "other_from", "other_to")
    base = float(then.kw.sum()) * then.hours
    return ToolResult(100 * change.value / base if change.value is not None and base > 0 else None, "%", change.rows)


def _feed_in(source: AnswerSource, query: Query) -> ToolResult:
    period = period_of(query)
    some = read(source, query, period.start, period.end)
    used, made, rows = _both(source, query)
    return ToolResult(float(np.maximum(made - used, 0).sum()) * some.seconds / 3600 if rows else None, "kWh", rows)


def _both(source: AnswerSource, query: Query) -> tuple[Values, Values, int]:
    period = period_of(query)
    some = read(source, query, period.start, period.end)
    used, made = why.powers(some, "consumption"), why.powers(some, "production")
    known = period.within(some.ts) & ~np.isnan(made)
    return np.nan_to_num(used[known]), made[known], int(known.sum())


def priced(source: AnswerSource, query: Query) -> tuple[Times, Values, int]:
    """Instants, prices in EUR/MWh and the length of an interval in seconds."""
    period = period_of(query)
    some = source.prices(period.start, period.end)
    if some is None:
        return np.zeros(0, np.int64), np.zeros(0), QUARTER
    known = period.within(some.ts) & ~np.isnan(some.price)
    return some.ts[known], some.price[known], some.product.seconds


def _price(pick: Callable[[Values], float]) -> Callable[[AnswerSource, Query], ToolResult]:
    def measure(source: AnswerSource, query: Query) -> ToolResult:
        ts, price, seconds = priced(source, query)
        return ToolResult(pick(price) if len(ts) else None, "EUR/MWh", len(ts), drawn(ts, price, seconds, "Preis", "EUR/MWh"))

    return measure


def _price_time(pick: Callable[[Values], np.intp]) -> Callable[[AnswerSource, Query], ToolResult]:
    def measure(source: AnswerSource, query: Query) -> ToolResult:
        ts, price, _ = priced(source, query)
        return ToolResult(float(ts[int(pick(price))]) if len(ts) else None, TIME, len(ts))

    return measure


def _price_peak(source: AnswerSource, query: Query) -> ToolResult:
    ts, price, _ = priced(source, query)
    hour, weekday = local_hours(ts), weekdays(ts)
    peak = (hour >= 8) & (hour < 20) & (weekday < 5)
    return ToolResult(float(price[peak].mean()) if peak.any() else None, "EUR/MWh", int(peak.sum()))


def _price_now(source: AnswerSource, query: Query) -> ToolResult:
    ts, price, seconds = priced(source, query)
    at = instant_of(query["at"])
    now = (ts <= at) & (at < ts + seconds)
    return ToolResult(float(price[now][0]) if now.any() else None, "EUR/MWh", int(now.sum()), drawn(ts, price, seconds, "Preis", "EUR/MWh"))


def _negative(source: AnswerSource, query: Query) -> ToolResult:
    ts, price, seconds = priced(source, query)
    chart = drawn(ts, price, seconds, "Preis", "EUR/MWh")
    return ToolResult(float((price < 0).sum()) * seconds / 3600 if len(ts) else None, "h", len(ts), chart)


def _signal_mean(source: AnswerSource, query: Query) -> ToolResult:
    """The mean of a zone's signal over the window, in MW."""
    period = period_of(query)
    some = source.signal(query["signal"], query["place"], period.start, period.end)
    if some is None:
        return ToolResult(None, "MW", 0)
    known = period.within(some.ts) & ~np.isnan(some.value)
    return ToolResult(float(some.value[known].mean()) if known.any() else None, "MW", int(known.sum()))


def _reasons(source: AnswerSource, query: Query) -> why.Reasons | None:
    return source.reasons(query["meter"], query.get("column", "consumption"), period_of(query))


def _reason(
    pick: Callable[[why.Reasons, Query], tuple[float | None, str]], chart: bool = False
) -> Callable[[AnswerSource, Query], ToolResult]:
    """A number out of the explanation of a window."""

    def measure(source: AnswerSource, query: Query) -> ToolResult:
        found = _reasons(source, query)
        if found is None:
            return ToolResult(None, "kWh", 0)
        value, unit = pick(found, query)
        return ToolResult(value, unit, found.rows + found.past_rows, _banded(found) if chart else None)

    return measure


def _banded(found: why.Reasons) -> Mapping[str, Any] | None:
    """Measured and expected powers and the band around them."""
    step, some = found.grid.step, found.inside
    ts = found.grid.ts[some]
    rung = charts.resolution(int(ts[0]), int(ts[-1]) + step, step, CHART - 2)
    columns = {"gemessen": found.grid.values, "erwartet": found.band.expected, "von": found.band.low, "bis": found.band.high}
    made = {name: charts.points(charts.parts(ts, values[some], step), rung) for name, values in columns.items()}
    starts = made["erwartet"].ts
    measured = dict(zip(made["gemessen"].ts.tolist(), _round(made["gemessen"].mean), strict=True))
    drawn_columns = {
        name: [measured.get(at) for at in starts.tolist()] if name == "gemessen" else _round(one.mean) for name, one in made.items()
    }
    return {"unit": "kW", "ts": starts.tolist(), "columns": drawn_columns}


def _cause(found: why.Reasons, query: Query) -> tuple[float, str]:
    return sum(cause.kwh for cause in found.attribution.causes if cause.name == query["cause"]), "kWh"


def _cause_share(found: why.Reasons, query: Query) -> tuple[float | None, str]:
    excess = found.attribution.excess
    return (100 * _cause(found, query)[0] / excess if abs(excess) > 1e-9 else None), "%"


def _cause_edge(found: why.Reasons, query: Query) -> tuple[float | None, str]:
    """From when (`edge` "start") or until when ("end") a cause stands out."""
    one = next((cause for cause in found.attribution.causes if cause.name == query["cause"]), None)
    return (None if one is None else float(one.start if query["edge"] == "start" else one.end)), TIME


def _cause_clock(found: why.Reasons, query: Query) -> tuple[float | None, str]:
    """The local time of day in minutes at which the hours begin ("start") or end in which a cause is strongest."""
    one = next((cause for cause in found.attribution.causes if cause.name == query["cause"]), None)
    if one is None:
        return None, CLOCK
    hourly = np.bincount(local_hours(found.grid.ts).astype(np.int64), one.power, minlength=24) * np.sign(one.kwh)
    first = last = int(np.argmax(hourly))
    while last < 23 and hourly[last + 1] > 0.25 * hourly.max():
        last += 1
    while first > 0 and hourly[first - 1] > 0.25 * hourly.max():
        first -= 1
    return 60.0 * (first if query["edge"] == "start" else last + 1), CLOCK


def _cause_size(found: why.Reasons, query: Query) -> tuple[float | None, str]:
    one = next((cause for cause in found.attribution.causes if cause.name == query["cause"]), None)
    return (None if one is None else one.detail), "kW"


def _cost(pick: Callable[[why.Costs, Query], tuple[float | None, str]]) -> Callable[[AnswerSource, Query], ToolResult]:
    """A number out of the explanation of a window's cost."""

    def measure(source: AnswerSource, query: Query) -> ToolResult:
        found = _reasons(source, query)
        costs = source.costs(found, period_of(query)) if found is not None else None
        if found is None or costs is None:
            return ToolResult(None, "EUR", 0)
        value, unit = pick(costs, query)
        return ToolResult(value, unit, found.rows + found.past_rows + costs.rows)

    return measure


def _cost_cause(costs: why.Costs, query: Query) -> float:
    return costs.price if query["cause"] == "price" else costs.causes.get(query["cause"], 0.0)


def _cost_share(costs: why.Costs, query: Query) -> tuple[float | None, str]:
    excess = costs.actual - costs.expected
    return (100 * _cost_cause(costs, query) / excess if abs(excess) > 1e-9 else None), "%"


TOOLS: dict[str, Callable[[AnswerSource, Query], ToolResult]] = {
    "energy": added(_energy),
    "peak": _peak,
    "peak_time": _peak_time,
    "mean": _mean,
    "base": _figure("base_load", "kW"),
    "full_hours": _figure("hours_of_use", "h"),
    "load_factor": _figure("load_factor", "%", 100),
    "self_use": _figure("self_consumption", "%", 100),
    "autarky": _figure("autarky", "%", 100),
    "cost_spot": added(_figure("cost_spot", "EUR")),
    "cost_fixed": added(_figure("cost_fixed", "EUR")),
    "feed_in": added(_feed_in),
    "unknown": added(_unknown),
    "unknown_share": added(_unknown_share, mean=True),
    "substitutes": added(_substitutes),
    "change": _change,
    "change_share": _change_share,
    "price_mean": _price(lambda price: float(price.mean())),
    "price_min": _price(lambda price: float(price.min())),
    "price_max": _price(lambda price: float(price.max())),
    "price_min_time": _price_time(np.argmin),
    "price_max_time": _price_time(np.argmax),
    "price_peak": _price_peak,
    "price_now": _price_now,
    "negative": _negative,
    "signal_mean": _signal_mean,
    "expected": _reason(lambda found, _: (found.attribution.expected, "kWh"), chart=True),
    "expected_low": _reason(lambda found, _: (max(0.0, found.attribution.expected - found.spread), "kWh")),
    "expected_high": _reason(lambda found, _: (found.attribution.expected + found.spread, "kWh")),
    "excess": _reason(lambda found, _: (found.attribution.excess, "kWh")),
    "cause": _reason(_cause),
    "cause_share": _reason(_cause_share),
    "cause_edge": _reason(_cause_edge),
    "cause_clock": _reason(_cause_clock),
    "cause_size": _reason(_cause_size),
    "temperature": _reason(lambda found, _: (found.temperature[0] if found.temperature else None, "°C")),
    "usual_temperature": _reason(lambda found, _: (found.temperature[1] if found.temperature else None, "°C")),
    "cost": _cost(lambda costs, _: (costs.actual, "EUR")),
    "cost_expected": _cost(lambda costs, _: (costs.expected, "EUR")),
    "cost_excess": _cost(lambda costs, _: (costs.actual - costs.expected, "EUR")),
    "cost_cause": _cost(lambda costs, query: (_cost_cause(costs, query), "EUR")),
    "cost_share": _cost(_cost_share),
    "price_paid": _cost(lambda costs, _: (costs.paid, "EUR/MWh")),
    "price_usual": _cost(lambda costs, _: (costs.usual, "EUR/MWh")),
}
