"""Charts, meters, figures, deliveries and feeds in, the shapes of `models.data` and `models.owning` out."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from nova.api.views.records import named
from nova.energy.charts.charts import POWER, PRICE, signal_unit
from nova.energy.charts.points import Points
from nova.energy.charts.serve import Chart, MarketChart, MeterChart, Offer
from nova.energy.cheapest import Stretch
from nova.energy.delivery.deliveries import DeliveryState
from nova.energy.delivery.history import Origin, ValueVersion
from nova.energy.delivery.switch import FeedState
from nova.energy.key_figures import FigureReport, PriceFigures
from nova.energy.meters.assignments import Assignment
from nova.energy.meters.meters import MeterDetail, MeterState
from nova.energy.said import amount
from nova.energy.simulate.control import SimulatorState
from nova.energy.sums import USERS
from nova.language.inert import inert_name
from nova.series import Product, Times, Values
from nova.settings import Settings

METER_FIELDS = ("meter_id", "title", "kind", "seconds", "simulated", "shared", "keep_days", "facts")
DELIVERY_FIELDS = ("batch_id", "source", "format", "name", "state", "created_at", "ended_at", "job_id", "report")


def meter_chart_view(chart: MeterChart) -> dict[str, Any]:
    """A meter's chart as columns."""
    parts = chart.buckets
    used = three(parts.consumption_min, parts.consumption_mean, parts.consumption_max)
    made = three(parts.production_min, parts.production_mean, parts.production_max)
    return {
        "meter_id": chart.meter.meter_id,
        "unit": POWER,
        "resolution": parts.seconds or chart.meter.seconds,
        "columns": {"ts": parts.ts.tolist(), **used},
        "production": made if np.isfinite(parts.production_max).any() else None,
        "peak": _peak(parts.consumption_max, parts.consumption_max_at),
        "quality": chart.quality,
        "voltage": None if (volts := chart.voltage) is None else three(volts.low, volts.mean, volts.high),
    }


def _peak(values: Values, at: Times) -> dict[str, Any] | None:
    if not np.isfinite(values).any():
        return None
    where = int(np.nanargmax(values))
    return {"value": float(values[where]), "ts": int(at[where])}


def price_chart_view(product: Product, chart: MarketChart) -> dict[str, Any]:
    """A product's chart, with what was traded."""
    named = {"market": product.market, "product": product.product, "zone": product.zone}
    return named | drawn(chart, PRICE) | {"volume": np.round(chart.volume, 6).tolist()}


def signal_chart_view(signal: str, zone: str, chart: Chart) -> dict[str, Any]:
    """A signal's chart."""
    return {"signal": signal, "zone": zone} | drawn(chart, signal_unit(signal))


def drawn(chart: Chart, unit: str) -> dict[str, Any]:
    """A chart as columns."""
    return {"unit": unit, "resolution": chart.resolution, "columns": columns(chart.points), "quality": chart.quality}


def columns(points: Points) -> dict[str, Any]:
    """Points as columns."""
    return {"ts": points.ts.tolist(), **three(points.low, points.mean, points.high)}


def three(low: Values, mean: Values, high: Values) -> dict[str, list[float]]:
    """Columns to six decimals; NaN is written as null."""
    return {name: np.round(part, 6).tolist() for name, part in (("min", low), ("mean", mean), ("max", high))}


def products_view(offers: Sequence[Offer]) -> dict[str, Any]:
    """What can be asked for."""
    names = ("market", "product", "zone", "seconds", "since", "until", "derived")
    return {"products": [{name: getattr(one, name) for name in names} for one in offers]}


def meters_view(states: Sequence[MeterState], total: int) -> dict[str, Any]:
    """A page of meters."""
    return {"meters": [_meter(one) for one in states], "total": total}


def meter_view(detail: MeterDetail) -> dict[str, Any]:
    """One meter with the gaps of its last seven days."""
    return _meter(detail.state) | {"first": detail.first, "gaps": [{"start": start, "end": end} for start, end in detail.gaps]}


def _meter(state: MeterState) -> dict[str, Any]:
    newest = None
    if state.last is not None:
        names = ("ts", "consumption_kw", "production_kw", "quality")
        newest = {name: getattr(state.last, name) for name in names}
    shown = named({name: getattr(state.meter, name) for name in METER_FIELDS})
    return shown | {
        "mine": state.mine,
        "in_sum": state.meter.kind in USERS,
        "last": newest,
        "missing_s": state.missing_s,
        "customer": state.customer,
    }


def assignments_view(meter_id: str, found: Sequence[Assignment]) -> dict[str, Any]:
    """Whose a meter was, is and will be."""
    told = [{"customer": one.customer, "from": one.starts, "to": one.ends, "assigned_at": one.assigned_at} for one in found]
    return {"meter_id": meter_id, "assignments": told}


def figures_view(found: FigureReport) -> dict[str, Any]:
    """Figures of meters in a window."""
    names = ("meter_ids", "start", "end", "said", "agreed", "holds")
    figures = [asdict(one) | {"text": one.text} for one in found.figures]
    told = {name: getattr(found, name) for name in names} | {
        "figures": figures,
        "gaps": [{"start": start, "end": end} for start, end in found.gaps],
    }
    return {"meter_id": found.meter_ids[0]} | told


def price_figures_view(found: PriceFigures) -> dict[str, Any]:
    """What prices of a window say."""
    plain = {name: getattr(found, name) for name in ("start", "end", "said", "hours", "whole", "negative_h", "known_h")}
    numbers = {name: getattr(found, name) for name in ("now", "base", "peak", "spread")}
    stretches = {name: _stretch(getattr(found, name)) for name in ("cheapest", "dearest", "cheapest_hour", "dearest_hour")}
    texts = {name: amount(value, PRICE) for name, value in numbers.items() if value is not None}
    return {"market": found.product.market, "zone": found.product.zone} | plain | numbers | stretches | {"texts": texts}


def _stretch(one: Stretch | None) -> dict[str, Any] | None:
    return None if one is None else asdict(one) | {"text": one.text, "price": amount(one.mean, PRICE)}


def feed_view(feed: FeedState) -> dict[str, Any]:
    """A feed as it stands."""
    told = {"name": feed.name, "kind": feed.kind, "configured": feed.configured}
    if feed.row is None:
        none: dict[str, Any] = dict.fromkeys(("last_at", "last_error", "error_at"))
        return told | {"enabled": False, "settings": {}, "rows": 0} | none
    return told | {name: getattr(feed.row, name) for name in ("enabled", "settings", "rows", "last_at", "last_error", "error_at")}


def simulator_view(state: SimulatorState, settings: Settings) -> dict[str, Any]:
    """How the simulator stands."""
    plan, row = state.plan, state.row
    shown: dict[str, Any] = {"seed": plan.seed, "meters": plan.count, "days": plan.days, "faults": plan.faults}
    shown |= {"smartmeter_interval_sec": plan.seconds, "market_interval_sec": settings.SIM_MARKET_INTERVAL_SEC}
    shown |= {"markets": list(plan.markets), "products": list(plan.products), "running": bool(row and row.enabled)}
    stand = {"rows": row.rows if row else 0, "last_at": row.last_at if row else None, "last_error": row.last_error if row else None}
    return shown | stand | {"until": (row.cursor if row else {}).get("to")}


def delivery_view(state: DeliveryState) -> dict[str, Any]:
    """A delivery with its report."""
    told = {"name": inert_name(state.batch.name), "sent_by": state.sent_by, "may_take_back": state.may_take_back}
    return {name: getattr(state.batch, name) for name in DELIVERY_FIELDS} | told


def history_view(versions: Sequence[ValueVersion]) -> dict[str, Any]:
    """What a value was and is."""
    names = ("values", "quality", "batch_id", "replaced_at")
    return {"versions": [{name: getattr(one, name) for name in names} | {"delivery": _origin(one.origin)} for one in versions]}


def _origin(origin: Origin | None) -> dict[str, Any] | None:
    if origin is None:
        return None
    told = {name: getattr(origin.batch, name) for name in ("batch_id", "source", "created_at", "state")}
    return told | {"name": inert_name(origin.name), "sent_by": origin.sent_by}
