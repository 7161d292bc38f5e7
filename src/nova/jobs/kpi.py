"""The job `kpi`: measure every hour that is new or has changed, find the knowledge gaps, and close those that are answered by now.

With `from` and `to` it measures a span anew.

It stops between two hours; what is measured stays. Hours further back than a week are measured again only when asked for, and where rows
are kept for less, none that may lack some of them by now: a figure stays as it was measured when its rows go by their age.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from nova.errors import InvalidInput
from nova.governance.retention import Policy, load
from nova.jobs.gaps import Library, close_answered, library_of
from nova.jobs.kind import JobKind
from nova.kpi.gaps.find import find_gaps
from nova.kpi.measure import contacts
from nova.kpi.measure.figures import hours_between, measure_hours, stale
from nova.kpi.measure.hour import HOUR, Gauge, Prices
from nova.kpi.tone.own_model import Judge, judge
from nova.language.analyser import Analyser
from nova.ports import Children
from nova.ports.jobs import JobContext, JobHandler, Kind
from nova.store import gaps, kpi, kpi_evidence, kpi_labels
from nova.store.db import Database

if TYPE_CHECKING:
    from nova.wiring import Workshop

KPI, AGAIN = Kind("kpi", "Kennzahlen messen"), "Kennzahlen nachmessen"
EVERY = timedelta(hours=1)
LOOK_BACK, LEAST_BACK = timedelta(days=8), timedelta(hours=3)
# By which rules of retention rows go that an hour's figures are made of, and which of those are also looked at for a while after it.
MEASURED = ("gespraeche", "antworten", "rueckmeldungen", "ereignisse", "abgelehntes")
LOOKED_AT = {"gespraeche": contacts.AGAIN, "antworten": contacts.AGAIN}
LONGEST = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class Bench:
    """What measuring needs. `policy` gives the rules of retention in force; Misconfigured while they cannot be read."""

    db: Database
    children: Children
    prices: Prices
    analyser: Callable[[], Analyser] = Analyser.builtin
    policy: Callable[[], Policy] = Policy


def bench_of(shop: "Workshop") -> Bench:
    """The open workshop's, with the prices that are set."""
    prices = Prices(shop.settings.NOVA_PRICE_TOKENS, shop.settings.NOVA_PRICE_CPU)
    return Bench(shop.db, shop.children, prices, shop.analysers.current, partial(load, shop.settings.retention_path))


def handler(bench: Bench, library: Library | None = None) -> JobHandler:
    """Arguments `from` and `to` (ISO, aware): that span; none: what is due. Without a `library` no gap is asked again."""

    def run(ctx: JobContext) -> None:
        now = datetime.now(UTC)
        span = _span(ctx.args)
        ctx.finish(measure_due(bench, now, ctx, library) if span is None else measure_again(bench, span, ctx))

    return run


def measure_due(bench: Bench, now: datetime, ctx: JobContext, library: Library | None = None) -> dict[str, Any]:
    """Measure up to the hour of `now` (which goes on), find gaps, and close those that are answered; `gaps` are those still open."""
    report = _measure(bench, due(bench.db, now, look_back(bench.policy())), ctx)
    ctx.progress("lücken")
    found = find_gaps(bench.db, now, analyser=bench.analyser())
    closed = close_answered(library, now, ctx) if library else 0
    return report | {"gaps": found - closed, "gaps_closed": closed}


def measure_again(bench: Bench, span: tuple[datetime, datetime], ctx: JobContext) -> dict[str, Any]:
    """Measure every hour of a span, whether it has changed or not; none before the oldest row, none after this one."""
    with bench.db.transaction() as conn:
        oldest = kpi.oldest_evidence(conn)
    now = datetime.now(UTC)
    frm, to = max(span[0], oldest or now), min(span[1], now)
    return _measure(bench, hours_between(frm, to), ctx)


def measure_since(bench: Bench, frm: datetime, now: datetime) -> int:
    """Measure the hours since `frm` that are new or have changed, outside of a job; how many. Gaps are left as they are."""
    return _measure_these(bench, stale(bench.db, frm, now + timedelta(seconds=1)))


def measure_without(bench: Bench, hours: Sequence[datetime], now: datetime) -> int:
    """Measure the hours from which somebody was erased, and find the gaps that are left; how many hours."""
    done = _measure_these(bench, hours)
    with bench.db.transaction() as conn:
        gaps.begin_anew(conn, hours)
    find_gaps(bench.db, now, analyser=bench.analyser())
    return done


def _measure_these(bench: Bench, hours: Sequence[datetime]) -> int:
    return measure_hours(bench.db, hours, Gauge(bench.prices, _judge(bench, hours).tone)) if hours else 0


def look_back(policy: Policy) -> timedelta:
    """How far back an hour has all its rows, and the same people's before it: at most LOOK_BACK, at least a few hours."""
    kept = {rule.name: timedelta(days=rule.days) for rule in policy.rules if rule.name in MEASURED and rule.days is not None}
    whole = [span - LOOKED_AT.get(name, timedelta()) - HOUR for name, span in kept.items()]
    return min(LOOK_BACK, max(LEAST_BACK, min(whole, default=LOOK_BACK)))


def due(db: Database, now: datetime, back: timedelta = LOOK_BACK) -> list[datetime]:
    """The hours to measure: since the last run, and those no further `back` that have changed; at the very first run all there are."""
    with db.transaction() as conn:
        until, oldest = kpi.measured_to(conn), kpi.oldest_evidence(conn)
    since = now - back
    frm = min(since, until) if until else min(since, oldest) if oldest else since
    return stale(db, max(frm, now - LONGEST), now + timedelta(seconds=1))


def _measure(bench: Bench, hours: Sequence[datetime], ctx: JobContext) -> dict[str, Any]:
    ctx.progress("tonfall", 0, len(hours))
    judging = _judge(bench, hours)
    gauge = Gauge(bench.prices, judging.tone)
    done = measure_hours(bench.db, hours, gauge, lambda at, total: ctx.progress("messen", at, total))
    return {"hours": done, "from": hours[0].isoformat() if hours else None, "tone": judging.report()}


def _judge(bench: Bench, hours: Sequence[datetime]) -> Judge:
    with bench.db.transaction() as conn:
        labels = kpi_labels.texts(conn)
    said: set[str] = set()
    for hour in hours if labels else ():
        with bench.db.transaction() as conn:
            said.update(one.text for one in kpi_evidence.utterances(conn, hour, hour + HOUR))
    return judge(bench.children, labels, sorted(said))


def _span(args: Mapping[str, Any]) -> tuple[datetime, datetime] | None:
    if not args.get("from") and not args.get("to"):
        return None
    try:
        frm, to = (datetime.fromisoformat(args[name]) for name in ("from", "to"))
    except (KeyError, TypeError, ValueError):
        raise InvalidInput("Zum Nachmessen braucht es „from“ und „to“ als Zeitpunkte.") from None
    if frm.tzinfo is None or to.tzinfo is None or not frm < to or to - frm > LONGEST:
        raise InvalidInput("„from“ liegt vor „to“, beide mit Zeitzone und höchstens zehn Jahre auseinander.")
    return frm, to


JOBS = (JobKind(KPI, lambda shop: handler(bench_of(shop), library_of(shop)), EVERY),)
