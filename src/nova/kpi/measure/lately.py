"""Measured hours and the answers since in, the questions of today and of seven days out: without counting a week of answers each time."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from psycopg import Connection

from nova import german
from nova.crowd import enough
from nova.kpi.measure.hour import HOUR
from nova.kpi.measure.tally import LATENCY, mark_of
from nova.stats.histograms import BOUNDS, STEPS, percentile
from nova.store.quality import kpi

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Lately:
    """Questions today (Europe/Berlin) and in seven days (whole hours), the share answered, milliseconds an answer took (within 9 %).

    None where fewer people asked than may be told of.
    """

    today: int | None
    week: int | None
    answered_share: float | None
    p50: float | None
    p95: float | None


def lately(conn: Connection[Any], now: datetime) -> Lately:
    """As of `now` (aware). The hour that was measured last, and what came since, is counted from the answers themselves."""
    frm = (now - WEEK).astimezone(UTC).replace(minute=0, second=0, microsecond=0) + HOUR
    midnight = german.midnight(now)
    tail = _tail(conn, frm, now)
    since = kpi.since(conn, tail, now, midnight, (STEPS, len(BOUNDS)))
    hours = kpi.totals(conn, ("answers", "refused_share"), frm, tail, midnight)
    asked, refused = (hours.get(name, kpi.Total()) for name in ("answers", "refused_share"))
    told = refused.n + since.told
    buckets = Counter(kpi.spread_of(conn, LATENCY, "", frm, tail))
    buckets.update(since.buckets)
    people = set(kpi.people(conn, frm, tail, midnight))
    people |= {(mark_of(who), today) for who, today in kpi.people_since(conn, tail, now, midnight)}
    few_today, few = not enough({who for who, today in people if today}), not enough({who for who, _ in people})
    if few:
        return Lately(None, None, None, None, None)
    share = 1 - (refused.total + since.refused) / told if told else None
    return Lately(
        None if few_today else round(asked.today) + since.today,
        round(asked.total) + since.n,
        share,
        percentile(buckets, 0.5),
        percentile(buckets, 0.95),
    )


def _tail(conn: Connection[Any], frm: datetime, now: datetime) -> datetime:
    """From when on answers are counted themselves."""
    until = kpi.measured_to(conn)
    return frm if until is None else min(max(frm, until - HOUR), now)
