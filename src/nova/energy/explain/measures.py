"""A source and a query in, one number with its unit, the rows it rests on and columns to draw out.

Energies, costs, shares of own use and gaps are `nova.energy.figures`, expectations `nova.energy.expected`, prices `nova.energy.costs` and
`nova.energy.cheapest`: what a tool says is what tiles, charts, commands and recommendations say of the same window.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from nova.energy import figures
from nova.energy.calendar import is_peak, local_hours
from nova.energy.charts import points as charts
from nova.energy.cheapest import of_prices, price_at
from nova.energy.costs import base_and_peak, price_in_force
from nova.energy.explain import reasons as why
from nova.energy.explain.answer_source import AnswerSource
from nova.energy.explain.words import CLOCK, TIME
from nova.energy.figure import Window
from nova.energy.period import Period, instant_of
from nova.energy.spans import Spans, steps
from nova.energy.sums import total
from nova.energy.tariff import NO_TERMS
from nova.series import QUARTER, SUBSTITUTE, Readings, Times, Values

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
    """The known intervals of a query: instants, kW, hours of each."""

    ts: Times
    kw: Values
    hours: Values


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


def added(
    tool: Callable[[AnswerSource, Query], ToolResult], mean: bool = False, made: bool = False
) -> Callable[[AnswerSource, Query], ToolResult]:
    """The tool for one meter; for several the sum of what it says of each (or the mean), as `nova.energy.sums` has it."""

    def measure(source: AnswerSource, query: Query) -> ToolResult:
        several = query.get("meters")
        if not several:
            return tool(source, query)
        each = [tool(source, {**{key: value for key, value in query.items() if key != "meters"}, "meter": one}) for one in several]
        whole = total([one.value for one in each], some=made or query.get("column") == "production")
        value = whole / len(each) if mean and whole is not None else whole
        return ToolResult(value, each[0].unit, sum(one.rows for one in each))

    return measure


def seen(source: AnswerSource, query: Query, start: str = "from", end: str = "to") -> Window:
    """What is known of the query's window, of its meter or the sum of its meters."""
    return source.window(tuple(query.get("meters") or (query["meter"],)), period_of(query, start, end))


def _window(source: AnswerSource, query: Query) -> _Window:
    known, column = seen(source, query), query.get("column", "consumption")
    some = known.made if column == "production" else known.known
    kw = some.production if column == "production" else some.bought if column == "import" else some.consumption
    return _Window(some.start, kw, some.hours)


def span(period: Period) -> float:
    """Hours of a window."""
    if period.hours is None and not period.days:
        return period.seconds / 3600
    return float(period.within(np.arange(period.start, period.end, QUARTER, dtype=np.int64)).sum()) / 4


def drawn(ts: Times, values: Values, seconds: int | Values, name: str, unit: str) -> Mapping[str, Any] | None:
    """Columns of at most 200 points; `seconds` of each interval."""
    if not len(ts):
        return None
    length = int(np.max(seconds))
    made = charts.points(charts.parts(ts, values, seconds), charts.resolution(int(ts[0]), int(ts[-1]) + length, length, CHART - 2))
    columns = {name: _round(made.mean), f"{name}_max": _round(made.high)}
    return {"unit": unit, "ts": made.ts.tolist(), "columns": columns}


def _round(values: Values) -> list[float | None]:
    return [None if np.isnan(value) else round(float(value), 4) for value in values]


def _load_curve(found: _Window) -> Mapping[str, Any] | None:
    return drawn(found.ts, found.kw, found.hours * 3600, "gemessen", "kW")


_ENERGIES = {"consumption": "energy", "production": "production", "import": "bought"}


def _energy(source: AnswerSource, query: Query) -> ToolResult:
    told = figures.figures(seen(source, query))[_ENERGIES[query.get("column", "consumption")]]
    found = _window(source, query)
    return ToolResult(told.value, "kWh", len(found.ts), _load_curve(found))


def _peak(source: AnswerSource, query: Query) -> ToolResult:
    found = _window(source, query)
    return ToolResult(float(found.kw.max()) if len(found.ts) else None, "kW", len(found.ts), _load_curve(found))


def _peak_time(source: AnswerSource, query: Query) -> ToolResult:
    found = _window(source, query)
    return ToolResult(float(found.ts[int(np.argmax(found.kw))]) if len(found.ts) else None, TIME, len(found.ts))


def _mean(source: AnswerSource, query: Query) -> ToolResult:
    found = _window(source, query)
    return ToolResult(float(found.kw @ found.hours / found.hours.sum()) if len(found.ts) else None, "kW", len(found.ts))


def _figure(name: str, unit: str, factor: float = 1.0) -> Callable[[AnswerSource, Query], ToolResult]:
    """A key figure as everywhere else in Nova (`nova.energy.figures`), of the intervals that the query means, by the meter's tariff."""

    def measure(source: AnswerSource, query: Query) -> ToolResult:
        terms = source.terms(query["meter"]) if "meter" in query else NO_TERMS
        found = figures.figures(seen(source, query), terms)[name]
        return ToolResult(None if found.value is None else factor * found.value, unit, found.rows)

    return measure


def _unknown_share(source: AnswerSource, query: Query) -> ToolResult:
    found = seen(source, query)
    part = _column_of(found, query)
    return ToolResult(100 * max(0.0, 1 - found.share(part)), "%", len(part))


def _column_of(found: Window, query: Query) -> Spans:
    """The spans of which a query's column is known; a plant without consumption is known by its production."""
    return found.made if query.get("column") == "production" or not len(found.known) else found.known


def _substitutes(source: AnswerSource, query: Query) -> ToolResult:
    period = period_of(query)
    some = source.readings(query["meter"], period.start, period.end)
    put_in = period.within(some.ts) & (some.quality == SUBSTITUTE)
    return ToolResult(float(put_in.sum()) * some.seconds / 3600, "h", len(some))


def _change(source: AnswerSource, query: Query) -> ToolResult:
    """Energy less that of the other window (`other_from`, `other_to`)."""
    now, then = (figures.energy(seen(source, query, *edges)) for edges in (("from", "to"), ("other_from", "other_to")))
    value = None if now.value is None or then.value is None else now.value - then.value
    return ToolResult(value, "kWh", 0 if value is None else now.rows + then.rows)


def _change_share(source: AnswerSource, query: Query) -> ToolResult:
    change, then = _change(source, query), figures.energy(seen(source, query, "other_from", "other_to")).value
    return ToolResult(100 * change.value / then if change.value is not None and then else None, "%", change.rows)


def priced(source: AnswerSource, query: Query) -> tuple[Times, Values, int]:
    """Instants, prices in EUR/MWh and the length of an interval in seconds; one that the window's begin cuts begins with the window."""
    period = period_of(query)
    some = source.prices(period.start, period.end)
    if some is None:
        return np.zeros(0, np.int64), np.zeros(0), QUARTER
    ts = np.where((some.ts < period.start) & (some.ts + some.product.seconds > period.start), period.start, some.ts)
    known = period.within(ts) & ~np.isnan(some.price)
    return ts[known], some.price[known], some.product.seconds


def _price_over_time(which: int) -> Callable[[AnswerSource, Query], ToolResult]:
    """BASE (0) or PEAK (1) of the window, as the key figures have them."""

    def measure(source: AnswerSource, query: Query) -> ToolResult:
        ts, price, seconds = priced(source, query)
        period, of = period_of(query), steps(ts, seconds, price)
        value = base_and_peak(of, period.start, period.end)[which] if len(ts) else None
        count = len(ts) if which == 0 else int(is_peak(ts).sum())
        return ToolResult(value, "EUR/MWh", count, drawn(ts, price, seconds, "Preis", "EUR/MWh") if which == 0 else None)

    return measure


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


def _price_now(source: AnswerSource, query: Query) -> ToolResult:
    at = instant_of(query["at"])
    value = price_at(of_prices(source.prices(at, at + 1)), at)
    ts, price, seconds = priced(source, query)
    return ToolResult(value, "EUR/MWh", int(value is not None), drawn(ts, price, seconds, "Preis", "EUR/MWh"))


def _in_force(source: AnswerSource, query: Query) -> ToolResult:
    """What one more kWh from the grid costs at an instant."""
    at = instant_of(query["at"])
    value = price_in_force(source.terms(query["meter"]), of_prices(source.prices(at, at + 1)), at)
    return ToolResult(value, "ct/kWh", int(value is not None))


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


def _excess(source: AnswerSource, query: Query) -> ToolResult:
    """Measured less expected energy."""
    found, energy = _reasons(source, query), _energy(source, query)
    if found is None or energy.value is None:
        return ToolResult(None, "kWh", 0)
    return ToolResult(energy.value - found.due.kwh, "kWh", found.rows + found.past_rows)


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
        costs = source.costs(found, period_of(query), query["meter"]) if found is not None else None
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
    "cost_paid": added(_figure("cost", "EUR")),
    "cost_spot": added(_figure("cost_market", "EUR")),
    "cost_fixed": added(_figure("cost_fixed", "EUR")),
    "feed_in": added(_figure("feed_in", "kWh"), made=True),
    "unknown": added(_figure("missing", "h")),
    "unknown_share": added(_unknown_share, mean=True),
    "substitutes": added(_substitutes),
    "change": _change,
    "change_share": _change_share,
    "price_mean": _price_over_time(0),
    "price_min": _price(lambda price: float(price.min())),
    "price_max": _price(lambda price: float(price.max())),
    "price_min_time": _price_time(np.argmin),
    "price_max_time": _price_time(np.argmax),
    "price_peak": _price_over_time(1),
    "price_now": _price_now,
    "price_in_force": _in_force,
    "negative": _negative,
    "signal_mean": _signal_mean,
    "expected": _reason(lambda found, _: (found.due.kwh, "kWh"), chart=True),
    "expected_low": _reason(lambda found, _: (found.due.low, "kWh")),
    "expected_high": _reason(lambda found, _: (found.due.high, "kWh")),
    "excess": _excess,
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
