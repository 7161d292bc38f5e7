"""The job `retention-rows`: the rules of retention in, rows past them gone and a page of the journal with their numbers out.

Readings have their own job (`nova.jobs.series`), as each meter says how long it is kept; jobs and sessions go with their own sweeps.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from nova import german
from nova.governance.retention import Policy, apply, load
from nova.jobs import journal
from nova.jobs.kind import SERVING, JobKind
from nova.knowledge.index import drain
from nova.ports.jobs import JobContext, JobHandler, Kind
from nova.settings import Settings
from nova.wiring import Workshop

RETAIN = Kind("retention-rows", "Aufbewahrung")
PAGE, DATA = "governance/retention_report.md", "governance/retention_report.json"


def handler(shop: Workshop) -> JobHandler:
    """No arguments."""

    def run(ctx: JobContext) -> None:
        now, policy = datetime.now(UTC), load(shop.settings.retention_path)
        removed = apply(shop.db, policy, now, lambda title, done: ctx.progress(title, done))
        ctx.progress("indexieren")
        drain(shop.index_room)
        report(shop.settings, policy, removed, now)
        ctx.finish({"removed": removed})

    return run


def report(settings: Settings, policy: Policy, removed: Mapping[str, int], now: datetime) -> None:
    """Write both pages: numbers only."""
    rows = [[rule.title, "immer" if rule.days is None else str(rule.days), str(removed.get(rule.name, 0))] for rule in policy.rules]
    told = german.moment(now)
    journal.write(settings.NOVA_DATA, PAGE, f"# Aufbewahrung\n\nLauf vom {told}.\n\n{journal.table(('Was', 'Tage', 'Entfernt'), rows)}")
    facts: dict[str, Any] = {"at": now.isoformat(), "removed": dict(removed), "days": {rule.name: rule.days for rule in policy.rules}}
    journal.write(settings.NOVA_DATA, DATA, json.dumps(facts, ensure_ascii=False, indent=1) + "\n")


JOBS = (JobKind(RETAIN, handler, timedelta(hours=24), runs_on=(SERVING,)),)
