"""The job `kpi`, every hour: measure what is new or has changed, find the knowledge gaps, close those that are answered by now.

With `from` and `to` it measures a span anew.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from nova.errors import InvalidInput
from nova.jobs.kind import JobKind
from nova.kpi.gaps.closing import Answerable
from nova.kpi.kinds import KPI
from nova.kpi.measure.figures import LONGEST
from nova.kpi.measuring import Measuring
from nova.ports.jobs import JobContext, JobHandler
from nova.wiring.alarms import answerable_of, measuring_of

EVERY = timedelta(hours=1)


def handler(measuring: Measuring, answerable: Answerable | None = None) -> JobHandler:
    """Arguments `from` and `to` (ISO, aware): that span; none: what is due. Without `answerable` no gap is asked again."""

    def run(ctx: JobContext) -> None:
        span = _span(ctx.args)
        ctx.finish(measuring.due(datetime.now(UTC), ctx, answerable) if span is None else measuring.again(span, ctx))

    return run


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


JOBS = (JobKind(KPI, lambda shop: handler(measuring_of(shop), answerable_of(shop)), EVERY),)
