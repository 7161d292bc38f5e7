"""Rows in, every hour that is new or has changed measured, the knowledge gaps found and those that are answered by now closed.

It stops between two hours; what is measured stays. Hours further back than a week are measured again only when asked for, and where rows
are kept for less, none that may lack some of them by now: a figure stays as it was measured when its rows go by their age.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from nova.kpi.gaps.closing import Answerable, close_answered
from nova.kpi.gaps.find import find_gaps
from nova.kpi.measure import contacts
from nova.kpi.measure.figures import LONGEST, hours_between, measure_hours, stale
from nova.kpi.measure.hour import HOUR, Gauge, Prices
from nova.kpi.tone.own_model import Judge, judge
from nova.language.analyser import Analyser
from nova.ports import Children
from nova.ports.jobs import JobContext
from nova.store.postgres.db import Database
from nova.store.quality import gaps, kpi, kpi_evidence, kpi_labels

LOOK_BACK, LEAST_BACK = timedelta(days=8), timedelta(hours=3)
# By which rules of retention rows go that an hour's figures are made of, and which of those are also looked at for a while after it.
MEASURED = ("gespraeche", "antworten", "rueckmeldungen", "ereignisse", "abgelehntes")
LOOKED_AT = {"gespraeche": contacts.AGAIN, "antworten": contacts.AGAIN}
Kept = Mapping[str, timedelta]


def _always() -> Kept:
    return {}


@dataclass(frozen=True, slots=True)
class Measuring:
    """Measures. `kept` gives how long rows are kept by rule of retention, none for those kept always; Misconfigured while it is unknown."""

    db: Database
    children: Children
    prices: Prices
    analyser: Callable[[], Analyser] = Analyser.builtin
    kept: Callable[[], Kept] = _always

    def due(self, now: datetime, ctx: JobContext, answerable: Answerable | None = None) -> dict[str, Any]:
        """Measure up to the hour of `now` (which goes on), find gaps, and close those that are answered; `gaps` are those still open.

        Without `answerable` no gap is asked again.
        """
        report = self._measure(due(self.db, now, look_back(self.kept())), ctx)
        ctx.progress("lücken")
        found = find_gaps(self.db, now, analyser=self.analyser())
        closed = close_answered(self.db, answerable, now, ctx) if answerable else 0
        return report | {"gaps": found - closed, "gaps_closed": closed}

    def again(self, span: tuple[datetime, datetime], ctx: JobContext) -> dict[str, Any]:
        """Measure every hour of a span, whether it has changed or not; none before the oldest row, none after this one."""
        with self.db.transaction() as conn:
            oldest = kpi.oldest_evidence(conn)
        now = datetime.now(UTC)
        frm, to = max(span[0], oldest or now), min(span[1], now)
        return self._measure(hours_between(frm, to), ctx)

    def since(self, frm: datetime, now: datetime) -> int:
        """Measure the hours since `frm` that are new or have changed, outside of a job; how many. Gaps are left as they are."""
        return self._measure_these(stale(self.db, frm, now + timedelta(seconds=1)))

    def without(self, hours: Sequence[datetime], now: datetime) -> int:
        """Measure the hours from which somebody was erased, and find the gaps that are left; how many hours."""
        done = self._measure_these(hours)
        with self.db.transaction() as conn:
            gaps.begin_anew(conn, hours)
        find_gaps(self.db, now, analyser=self.analyser())
        return done

    def find_gaps(self, now: datetime) -> int:
        """Find the gaps; how many are open."""
        return find_gaps(self.db, now, analyser=self.analyser())

    def _measure_these(self, hours: Sequence[datetime]) -> int:
        return measure_hours(self.db, hours, Gauge(self.prices, self._judge(hours).tone)) if hours else 0

    def _measure(self, hours: Sequence[datetime], ctx: JobContext) -> dict[str, Any]:
        ctx.progress("tonfall", 0, len(hours))
        judging = self._judge(hours)
        gauge = Gauge(self.prices, judging.tone)
        done = measure_hours(self.db, hours, gauge, lambda at, total: ctx.progress("messen", at, total))
        return {"hours": done, "from": hours[0].isoformat() if hours else None, "tone": judging.report()}

    def _judge(self, hours: Sequence[datetime]) -> Judge:
        with self.db.transaction() as conn:
            labels = kpi_labels.texts(conn)
        said: set[str] = set()
        for hour in hours if labels else ():
            with self.db.transaction() as conn:
                said.update(one.text for one in kpi_evidence.utterances(conn, hour, hour + HOUR))
        return judge(self.children, labels, sorted(said))


def look_back(kept: Kept) -> timedelta:
    """How far back an hour has all its rows, and the same people's before it: at most LOOK_BACK, at least a few hours."""
    whole = [span - LOOKED_AT.get(name, timedelta()) - HOUR for name, span in kept.items() if name in MEASURED]
    return min(LOOK_BACK, max(LEAST_BACK, min(whole, default=LOOK_BACK)))


def due(db: Database, now: datetime, back: timedelta = LOOK_BACK) -> list[datetime]:
    """The hours to measure: since the last run, and those no further `back` that have changed; at the very first run all there are."""
    with db.transaction() as conn:
        until, oldest = kpi.measured_to(conn), kpi.oldest_evidence(conn)
    since = now - back
    frm = min(since, until) if until else min(since, oldest) if oldest else since
    return stale(db, max(frm, now - LONGEST), now + timedelta(seconds=1))
