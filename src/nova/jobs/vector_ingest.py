"""The job `vector-ingest`: conversations whose authors agree to it become passages, each hour and when asked to; a report of it all."""

import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from nova import journal
from nova.german import BERLIN
from nova.jobs.embed import after
from nova.jobs.kind import SERVING, JobKind
from nova.knowledge.passages import Counts, TalkRoom, ingest
from nova.ports.jobs import JobContext, JobHandler, Jobs, Kind
from nova.privacy import strict_scan
from nova.store import passages
from nova.wiring import Workshop

VECTOR_INGEST = Kind("vector-ingest", "Gespräche durchsuchbar machen")
EVERY = timedelta(hours=1)
REPORT = "data/vector_ingest_report"
DONE = {
    "read": "Gelesen",
    "new": "Neu aufgenommen",
    "changed": "Geändert",
    "removed": "Entfernt",
    "chunks": "Passagen geschrieben",
    "seconds": "Dauer in Sekunden",
}
STANDING = {
    "conversations": "Gespräche insgesamt",
    "agreed": "davon mit Einwilligung in die Auswertung",
    "indexed": "davon durchsuchbar",
    "held": "davon zurückgehalten",
}
REASONS = {
    "second_scan": "Die zweite Prüfung sieht noch Personenbezug",
    "no_consent": "Die Einwilligung ist inzwischen widerrufen",
    "moved_on": "Es kam währenddessen etwas hinzu (folgt im nächsten Lauf)",
    "empty": "Es enthält keinen Text",
}


def handler(room: TalkRoom, data: Path) -> JobHandler:
    """Arguments: `replay`. `data` is the data folder."""

    def run(ctx: JobContext) -> None:
        began, replay = time.monotonic(), bool(ctx.args.get("replay"))
        counts = ingest(room, ctx, replay=replay)
        with room.index.db.transaction() as conn:
            standing = passages.standing(conn)
        report = _report(counts, standing, replay, round(time.monotonic() - began, 3))
        journal.write(data, f"{REPORT}.json", json.dumps(report, ensure_ascii=False, indent=2))
        journal.write(data, f"{REPORT}.md", page(report))
        ctx.finish(report)

    return run


def start_once(jobs: Jobs, *, replay: bool = False) -> UUID:
    """Start the job, or give the one that waits or runs and does the same."""
    title = _title(replay)
    return jobs.start_once(VECTOR_INGEST, {"replay": replay}, title=title, counts=lambda job: not replay or job.title == title).job_id


def _title(replay: bool) -> str:
    return f"{VECTOR_INGEST.title} (alle neu)" if replay else VECTOR_INGEST.title


def _report(counts: Counts, standing: passages.Standing, replay: bool, seconds: float) -> dict[str, Any]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "replay": replay,
        "seconds": seconds,
        **{name: getattr(counts, name) for name in ("read", "new", "changed", "removed", "chunks")},
        "refused": dict(counts.refused),
        "hits": dict(counts.hits),
        "standing": {name: getattr(standing, name) for name in STANDING},
    }


def page(report: Mapping[str, Any]) -> str:
    """The report as a page; numbers only."""
    standing, refused, hits = report["standing"], report["refused"], report["hits"]
    tables = [
        ("Dieser Lauf", [[title, report[name]] for name, title in DONE.items()]),
        ("Bestand", [[title, standing[name]] for name, title in STANDING.items()]),
        ("Nicht aufgenommen, weil", [[REASONS[why], number] for why, number in sorted(refused.items())]),
        ("Treffer der zweiten Prüfung", sorted(hits.items())),
    ]
    at = datetime.fromisoformat(report["at"]).astimezone(BERLIN)
    head = f"# Gespräche als Passagen\n\nStand: {at:%d.%m.%Y %H:%M}{', alle neu' if report['replay'] else ''}"
    return "\n\n".join([head, *(journal.table([title, "Anzahl"], rows) for title, rows in tables if rows)])


def talk_room(shop: Workshop) -> TalkRoom:
    """What makes conversations passages."""
    return TalkRoom(shop.index_room, shop.people.agreed, strict_scan)


JOBS = (
    JobKind(
        VECTOR_INGEST,
        lambda nova: after(handler(talk_room(nova), nova.settings.NOVA_DATA), nova.jobs),
        EVERY,
        {"replay": False},
        runs_on=(SERVING,),
    ),
)
