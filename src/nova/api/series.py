"""Questions of the data routes in, what they answer with out: charts as columns, meters with their last values, figures, imports, feeds."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
from psycopg import Connection
from pydantic import BaseModel

from nova.api.doors import House
from nova.api.models import data as shapes
from nova.api.views import named
from nova.energy.charts import serve
from nova.energy.charts.points import Points
from nova.energy.meters import assigning
from nova.energy.schedule import plant
from nova.energy.simulate.simulator import NAME as SIMULATOR
from nova.energy.simulate.simulator import Plan, enrol
from nova.errors import Conflict, NotFound, NovaError
from nova.governance.users import ensure_user
from nova.records import Caller
from nova.series import Product, Values
from nova.store import batches, forecasts, meters, prices, readings, rollups
from nova.store.assignments import Assignment
from nova.store.governance import names_of
from nova.visibility import Visible

RECENT_S = 7 * 86_400
LONGEST_FIGURES_S = 400 * 86_400
POWER, PRICE = "kW", "EUR/MWh"
FACTS = ("tariff", "plant", "region", "peak_eur_kw", "pv_kwp", "grid_fee_ct", "module_1_eur", "controllable_kwh", "controllable_kw")


def smartmeter(house: House, caller: Caller, asked: shapes.MeterRange) -> dict[str, Any]:
    """A meter's chart; NotFound for another's."""
    with house.nova.db.transaction() as conn:
        found = serve.meter_chart(conn, asked.meter_id, serve.Window(*asked.bounds), Visible.to(caller))
    parts = found.buckets
    used = three(parts.consumption_min, parts.consumption_mean, parts.consumption_max)
    made = three(parts.production_min, parts.production_mean, parts.production_max)
    return {
        "meter_id": asked.meter_id,
        "unit": POWER,
        "resolution": parts.seconds or found.meter.seconds,
        "columns": {"ts": parts.ts.tolist(), **used},
        "production": made if np.isfinite(parts.production_max).any() else None,
        "peak": _peak(parts.consumption_max, parts.consumption_max_at),
        "quality": found.quality,
    }


def _peak(values: Values, at: "np.ndarray[Any, np.dtype[np.int64]]") -> dict[str, Any] | None:
    if not np.isfinite(values).any():
        return None
    where = int(np.nanargmax(values))
    return {"value": float(values[where]), "ts": int(at[where])}


def market(house: House, asked: shapes.MarketRange) -> dict[str, Any]:
    """A product's chart."""
    with house.nova.db.transaction() as conn:
        wanted = Product(asked.market or "", asked.product or "", asked.zone)
        product, chart = serve.market_chart(conn, wanted, serve.Window(*asked.bounds))
    names = {"market": product.market, "product": product.product, "zone": product.zone}
    return names | drawn(chart, PRICE)


def products(house: House) -> dict[str, Any]:
    """What `market` answers for, and of which time."""
    with house.nova.db.transaction() as conn:
        found = serve.offered(prices.products(conn))
    names = ("market", "product", "zone", "seconds", "since", "until", "derived")
    return {"products": [{name: getattr(one, name) for name in names} for one in found]}


def signal(house: House, asked: shapes.SignalRange) -> dict[str, Any]:
    """A signal's chart; its unit is the end of its name."""
    with house.nova.db.transaction() as conn:
        chart = serve.signal_chart(conn, asked.signal, asked.zone, serve.Window(*asked.bounds))
    units = {"mw": "MW", "c": "°C", "kwh": "g/kWh", "m2": "W/m²"}
    return {"signal": asked.signal, "zone": asked.zone} | drawn(chart, units.get(asked.signal.rpartition("_")[2], ""))


def drawn(chart: serve.Chart, unit: str) -> dict[str, Any]:
    """A chart as columns."""
    return {"unit": unit, "resolution": chart.resolution, "columns": columns(chart.points), "quality": chart.quality}


def columns(points: Points) -> dict[str, Any]:
    """Points as columns."""
    return {"ts": points.ts.tolist(), **three(points.low, points.mean, points.high)}


def three(low: Values, mean: Values, high: Values) -> dict[str, list[float]]:
    """Columns to six decimals; NaN is written as null."""
    return {name: np.round(part, 6).tolist() for name, part in (("min", low), ("mean", mean), ("max", high))}


def meter_list(house: House, caller: Caller, asked: shapes.MeterFilters) -> dict[str, Any]:
    """A page of the meters that a caller may see."""
    with house.nova.db.transaction() as conn:
        seen = Visible.to(caller)
        every = meters.page(conn, seen, kind=asked.kind, simulated=asked.simulated, assigned=asked.assigned)
        some = every[asked.offset : asked.offset + asked.limit]
        last = readings.latest(conn, [one.meter_id for one in some], seen)
        missing = _missing(conn, last, seen)
        whose = names_of(conn, [one.owner for one in some]) if seen.everyone else {}
    found = [_meter(caller, one, last.get(one.meter_id), missing) | {"customer": whose.get(one.owner)} for one in some]
    return {"meters": found, "total": len(every)}


def meter_detail(house: House, caller: Caller, meter_id: str) -> dict[str, Any]:
    """One meter with the gaps of its last seven days."""
    with house.nova.db.transaction() as conn:
        seen = Visible.to(caller)
        one = meters.get(conn, meter_id, seen)
        last, span = readings.latest(conn, [meter_id], seen).get(meter_id), readings.span(conn, meter_id, seen)
        gaps: Sequence[tuple[int, int]] = ()
        if last is not None and span is not None:
            until = last.ts + last.seconds
            gaps = readings.gaps(conn, meter_id, max(span[0], until - RECENT_S), until, seen)
        missing = _missing(conn, {} if last is None else {meter_id: last}, seen)
        whose = names_of(conn, [one.owner]) if seen.everyone else {}
    found = _meter(caller, one, last, missing) | {"customer": whose.get(one.owner)}
    found |= {"first": span[0] if span else None, "gaps": [{"start": start, "end": end} for start, end in gaps[-200:]]}
    return found


def _meter(caller: Caller, one: meters.Meter, last: readings.Latest | None, missing: Mapping[str, int]) -> dict[str, Any]:
    newest = None
    if last is not None:
        names = ("ts", "consumption_kw", "production_kw", "quality")
        newest = {name: getattr(last, name) for name in names}
    shown = {name: getattr(one, name) for name in ("meter_id", "title", "kind", "seconds", "simulated", "shared", "keep_days", "facts")}
    mine = one.owner is not None and one.owner == caller.user_id
    return named(shown) | {"mine": mine, "last": newest, "missing_s": missing.get(one.meter_id)}


def _missing(conn: Connection[Any], newest: Mapping[str, readings.Latest], seen: Visible) -> dict[str, int]:
    """Seconds of the seven days up to each meter's newest reading, from the first known one on, of which no power is known."""
    return rollups.missing(conn, {name: last.ts + last.seconds for name, last in newest.items()}, RECENT_S, seen)


def change_meter(house: House, caller: Caller, meter_id: str, asked: shapes.MeterChange) -> dict[str, Any]:
    """Change what the request names; NotFound, InvalidInput for a plant that contradicts itself, QuotaExceeded."""
    given = {name: getattr(asked, name) for name in asked.model_fields_set}
    told = {name: _plain_fact(meter_id, name, given.pop(name)) for name in FACTS if name in given}
    to = _somebody(house, given.pop("owner")) if "owner" in given else None
    given = {name: value for name, value in given.items() if value is not None or name == "keep_days"}
    with house.nova.db.transaction() as conn:
        meters.hold(conn, meter_id, change=True)
        before = meters.get(conn, meter_id)
        facts = {name: value for name, value in {**before.facts, **told}.items() if value is not None}
        meters.save(conn, replace(before, facts=facts, **given))
        if "owner" in asked.model_fields_set and assigning.hand_over(conn, meter_id, to, datetime.now(UTC), house.allowed):
            given["owner"] = to
        house.nova.audit.record(caller, "meter.changed", meter_id, {"fields": sorted({*given, *told})}, connection=conn)
    return meter_detail(house, caller, meter_id)


def _somebody(house: House, name: str | None) -> Assignment | None:
    """Who is to have a meter from now on; None for the company."""
    if not name:
        return None
    user = ensure_user(house.nova.db, name)
    return Assignment(user.external_id, user.user_id, datetime.now(UTC), None)


def _plain_fact(meter_id: str, name: str, value: Any) -> Any:
    """A fact as it is kept; a plant is read as a schedule reads it. None removes it."""
    if not isinstance(value, BaseModel):
        return value
    plain = value.model_dump(exclude_none=True)
    if name == "plant":
        plant.parse(plain, f"Zähler {meter_id}")
    return plain or None


def delete_meter(house: House, caller: Caller, meter_id: str) -> None:
    """A meter and everything of it: readings, forecasts with their models, schedules, recommendations; NotFound."""
    with house.nova.db.transaction() as conn:
        models = forecasts.object_keys(conn, f"meter/{meter_id}")
        meters.delete(conn, meter_id)  # the rows go with it
        house.nova.audit.record(caller, "meter.deleted", meter_id, connection=conn)
    with suppress(NovaError):  # the job `forecast` deletes what is left
        for key in models:
            house.nova.objects.delete(key)


def figures(house: House, caller: Caller, asked: shapes.FigureRange) -> dict[str, Any]:
    """A meter's key figures, at most 400 days of them."""
    from nova.energy import figures as told

    start, end = asked.bounds
    serve.check(serve.Window(start, end), LONGEST_FIGURES_S)
    with house.nova.db.transaction() as conn:
        rows = readings.get(conn, asked.meter_id, start, end, Visible.to(caller))
        spot = _spot(conn, asked, start, end)
    terms = told.Terms(asked.fixed_ct_kwh, asked.surcharge_ct_kwh, asked.feed_in_ct_kwh)
    found = told.figures(told.window(rows, start, end, prices=spot, co2=asked.co2_g_kwh), terms)
    return {"meter_id": asked.meter_id, "figures": list(found.values())}


def _spot(conn: Connection[Any], asked: shapes.FigureRange, start: int, end: int) -> Any:
    wanted = Product(asked.market or "", serve.DAY_AHEAD, asked.zone)
    found = serve.delivered(prices.products(conn), wanted, serve.DAY_AHEAD, serve.Window(start, end))
    given = [prices.get(conn, one, start, end) for one in found]
    return max(given, key=len, default=None)


def feeds(house: House) -> dict[str, Any]:
    """Every feed that the settings name or that has been."""
    from nova.wiring.feeds import KINDS, configured

    possible = configured(house.nova.settings)
    with house.nova.db.transaction() as conn:
        known = {one.name: one for one in batches.feeds(conn)}
    names = sorted({*known, *possible})
    return {"feeds": [_feed(name, KINDS.get(name, ""), name in possible, known.get(name)) for name in names]}


def _feed(name: str, kind: str, configured: bool, row: batches.Feed | None) -> dict[str, Any]:
    if row is None:
        none: dict[str, Any] = dict.fromkeys(("last_at", "last_error", "error_at"))
        return {"name": name, "kind": kind, "configured": configured, "enabled": False, "settings": {}, "rows": 0} | none
    shown = {field: getattr(row, field) for field in ("name", "kind", "enabled", "settings", "rows", "last_at", "last_error", "error_at")}
    return shown | {"configured": configured}


def switch_feed(house: House, caller: Caller, name: str, *, on: bool) -> dict[str, Any]:
    """Start or stop a feed; NotFound, or Conflict for one that nothing is set up for, or that needs no start."""
    from nova.wiring.feeds import KINDS, configured

    if name not in KINDS:
        raise NotFound("Diese Datenquelle gibt es nicht.", data={"name": name})
    if name == "push" or (on and name not in configured(house.nova.settings)):
        raise Conflict("Diese Datenquelle ist nicht eingerichtet." if name != "push" else "Gesendete Werte kommen ohne Start an.")
    with house.nova.db.transaction() as conn:
        chosen = _settings(conn, name)
        if on and name == SIMULATOR:
            chosen = _enrolled(house, conn, chosen)
        batches.save_feed(conn, name, KINDS[name], chosen, enabled=on)
        row = batches.feed(conn, name)
        house.nova.audit.record(caller, "feed.started" if on else "feed.stopped", name, connection=conn)
    return _feed(name, row.kind, name in configured(house.nova.settings), row)


def _settings(conn: Connection[Any], name: str) -> Mapping[str, Any]:
    try:
        return batches.feed(conn, name, lock=True).settings
    except NotFound:
        return {}


def run_simulator(house: House, caller: Caller, asked: shapes.SimRequest) -> dict[str, Any]:
    """Start or stop the simulator; its meters are known from the start on."""
    given = asked.model_dump(exclude={"action"}, exclude_none=True)
    with house.nova.db.transaction() as conn:
        chosen = {**_settings(conn, SIMULATOR), **given}
        if asked.action == "start":
            chosen = _enrolled(house, conn, chosen)
        batches.save_feed(conn, SIMULATOR, SIMULATOR, chosen, enabled=asked.action == "start")
    house.nova.audit.record(caller, f"simulator.{asked.action}", SIMULATOR, given)
    return simulator(house)


def _enrolled(house: House, conn: Connection[Any], chosen: Mapping[str, Any]) -> dict[str, Any]:
    """The simulator's settings once its meters are known; where some are new, their rows come from the beginning."""
    new = enrol(conn, _plan(house, chosen))
    return {**chosen, "anew": int(chosen.get("anew", 0)) + (new > 0)}


def _plan(house: House, chosen: Mapping[str, Any]) -> Plan:
    settings = house.nova.settings
    return Plan.of(chosen, settings.SIM_SMARTMETER_INTERVAL_SEC, settings.SIM_MARKETS, settings.SIM_PRODUCTS)


def simulator(house: House) -> dict[str, Any]:
    """How the simulator stands."""
    settings = house.nova.settings
    with house.nova.db.transaction() as conn:
        row = next((one for one in batches.feeds(conn) if one.name == SIMULATOR), None)
    plan = _plan(house, row.settings if row else {})
    shown: dict[str, Any] = {"seed": plan.seed, "meters": plan.count, "days": plan.days, "faults": plan.faults}
    shown |= {"smartmeter_interval_sec": plan.seconds, "market_interval_sec": settings.SIM_MARKET_INTERVAL_SEC}
    shown |= {"markets": list(plan.markets), "products": list(plan.products), "running": bool(row and row.enabled)}
    cursor = row.cursor if row else {}
    stand = {"rows": row.rows if row else 0, "last_at": row.last_at if row else None, "last_error": row.last_error if row else None}
    return shown | stand | {"until": cursor.get("to")}
