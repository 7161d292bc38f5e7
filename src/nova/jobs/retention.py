"""The job `retention-rows`: the rules of retention in, rows past them gone and a page of the journal with their numbers out.

Readings have their own job (`nova.jobs.series`), as each meter says how long it is kept; jobs and sessions go with their own sweeps.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from nova.governance.retention import Policy, apply, load
from nova.jobs import journal
from nova.knowledge.index import drain
from nova.ports import JobContext, JobHandler
from nova.settings import Settings
from nova.wiring import Workshop

RETAIN, TITLE = "retention-rows", "Aufbewahrung"
PAGE, DATA = "governance/retention_report.md", "governance/retention_report.json"
BERLIN = ZoneInfo("Europe/Berlin")


def handler(shop: Workshop) -> JobHandler:
    """No arguments."""

    def run(ctx: JobContext) -> None:
        now, policy = datetime.now(UTC), load(shop.settings.retention_path)
        removed = apply(shop.db, policy, now, lambda title, done: ctx.stage(title, done))
        ctx.stage("indexieren")
        drain(shop.index_room)
        report(shop.settings, policy, removed, now)
        ctx.finish({"removed": removed})

    return run


def report(settings: Settings, policy: Policy, removed: Mapping[str, int], now: datetime) -> None:
    """Write both pages: numbers only."""
    rows = [[rule.title, "immer" if rule.days is None else str(rule.days), str(removed.get(rule.name, 0))] for rule in policy.rules]
    told = now.astimezone(BERLIN).strftime("%d.%m.%Y %H:%M")
    journal.write(settings.NOVA_DATA, PAGE, f"# Aufbewahrung\n\nLauf vom {told}.\n\n{journal.table(('Was', 'Tage', 'Entfernt'), rows)}")
    facts: dict[str, Any] = {"at": now.isoformat(), "removed": dict(removed), "days": {rule.name: rule.days for rule in policy.rules}}
    journal.write(settings.NOVA_DATA, DATA, json.dumps(facts, ensure_ascii=False, indent=1) + "\n")
