"""Every meter's readings, tariff and the coming day's prices in, recommendations out, as rules say.

A meter's `facts` may hold `tariff` (ct/kWh, as `Terms`), `plant` (as a plant's file) and numbers that rules ask for (`peak_eur_kw`, ...).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from nova.courtesy import make_way
from nova.energy import market
from nova.energy.calendar import day_bounds, local_date
from nova.energy.recommend.facts import GIVEN, Situation
from nova.energy.recommend.playbooks import Recommendation, builtin, recommend, silent_until
from nova.energy.schedule.day_plan import completed
from nova.energy.tariff import is_number, terms_in
from nova.errors import NovaError
from nova.ports.jobs import JobContext
from nova.series import Prices
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.series import meters, prices, readings, recommendations
from nova.store.series.meters import Meter
from nova.store.series.recommendations import NewRecommendation

BACK_DAYS, PRICE_DAYS = 367, 60


@dataclass(frozen=True, slots=True)
class Outlook:
    """The day that is recommended for, and the prices up to its end, where there are any."""

    now: datetime
    day: date
    prices: Prices | None


def recommend_all(db: Database, now: datetime, ctx: JobContext) -> dict[str, Any]:
    """Recommend for every meter; counts of meters, recommendations, what is past, and the meters whose facts cannot be read."""
    with db.transaction() as conn:
        past = recommendations.expire(conn, _local_date(now))
        all_meters = meters.page(conn)
    outlook, made, wrong = _outlook(db, now), 0, []
    for number, meter in enumerate(all_meters):
        ctx.progress("empfehlen", number, len(all_meters))
        make_way()
        try:
            made += _recommend(db, meter, outlook)
        except NovaError as error:
            wrong.append({"meter_id": meter.meter_id, "error": error.message})
    return {"meters": len(all_meters), "recommendations": made, "past": past, "wrong": wrong}


def _recommend(db: Database, meter: Meter, outlook: Outlook) -> int:
    seen = _situation(db, meter, outlook)
    with db.transaction() as conn:
        said = recommendations.decisions(conn, meter.meter_id, meter.owner)
    silenced = {one.rule for one in said if outlook.now < silent_until(builtin(), one.rule, one.state, one.decided_at)}
    found = recommend(seen, silenced=silenced)
    with db.transaction() as conn:
        meters.hold(conn, meter.meter_id, change=True)
        now = meters.get(conn, meter.meter_id)
        if now.owner != meter.owner:
            return 0  # it went to somebody else meanwhile; the next run recommends to them
        return recommendations.put(conn, meter.meter_id, outlook.day, [_row(now, outlook.day, one) for one in found])


def _row(meter: Meter, day: date, one: Recommendation) -> NewRecommendation:
    return NewRecommendation(
        recommendation_id=uuid7(),
        owner=meter.owner,
        rule=one.rule,
        subject=meter.meter_id,
        day=day,
        title=one.title,
        text=one.text,
        eur=one.eur,
        kwh=one.kwh,
        evidence=one.evidence(),
    )


def _situation(db: Database, meter: Meter, outlook: Outlook) -> Situation:
    now = int(outlook.now.timestamp())
    with db.transaction() as conn:
        pieces = readings.get(conn, meter.meter_id, now - BACK_DAYS * 86_400, now, meter.holder)
        plant = completed(conn, meter, outlook.day)
    return Situation(
        meter_id=meter.meter_id,
        title=meter.title,
        kind=meter.kind,
        now=now,
        day=outlook.day,
        readings=pieces,
        prices=outlook.prices,
        terms=terms_in(meter.facts),
        plant=plant,
        given={name: float(meter.facts[name]) for name in GIVEN if is_number(meter.facts.get(name))},
    )


def _outlook(db: Database, now: datetime) -> Outlook:
    """Tomorrow where its prices are all known, else today; with the prices of the market that counts on that day."""
    today = _local_date(now)
    tomorrow = today + timedelta(days=1)
    with db.transaction() as conn:
        traded = prices.products(conn)
        ahead = market.delivered(traded, market.ANY, market.DAY_AHEAD, day_bounds(tomorrow))
        reach = max((one.last + one.product.seconds for one in traded if one.product in ahead), default=0)
        day = tomorrow if reach >= day_bounds(tomorrow)[1] else today
        chosen = next(iter(market.delivered(traded, market.ANY, market.DAY_AHEAD, day_bounds(day))), None)
        if chosen is None:
            return Outlook(now, tomorrow, None)
        start = day_bounds(day - timedelta(days=PRICE_DAYS))[0]
        return Outlook(now, day, market.day_ahead(conn, start, day_bounds(day)[1], chosen))


def _local_date(now: datetime) -> date:
    return local_date(int(now.timestamp()))
