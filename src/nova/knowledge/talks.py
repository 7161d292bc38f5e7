"""Conversations as passages: made by a job, searched by editors, and the page that says what a run did."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from nova import journal
from nova.german import BERLIN
from nova.knowledge.index import IndexRoom
from nova.knowledge.kinds import VECTOR_INGEST
from nova.knowledge.passages import Counts, TalkRoom, ingest, search
from nova.ports import Audit, Embedder
from nova.ports.jobs import JobContext, Jobs
from nova.records import Caller
from nova.store.documents import passages
from nova.store.documents.passages import FoundPassage, TalkFilter

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


@dataclass(frozen=True, slots=True)
class TalkQuery:
    """Words to look for, and which conversations are meant; times of their start in [since, until)."""

    words: str
    source: str | None = None
    channel: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 20


class TalkSearch:
    """What editors do with passages of conversations. With an `embedder` they are found by meaning too."""

    def __init__(self, jobs: Jobs, audit: Audit, room: IndexRoom, embedder: Embedder | None) -> None:
        self._jobs, self._audit, self._room, self._embedder = jobs, audit, room, embedder

    def start(self, caller: Caller, *, replay: bool) -> UUID:
        """Start the job that makes conversations passages, all anew with `replay`; or give the one that waits or runs and does the same."""
        title = f"{VECTOR_INGEST.title} (alle neu)" if replay else VECTOR_INGEST.title
        args = {"replay": replay}
        with self._room.db.transaction() as conn:
            same = self._jobs.start_once(
                VECTOR_INGEST, args, title=title, counts=lambda job: not replay or job.title == title, connection=conn
            )
            self._audit.record(caller, "pipeline.started", str(same.job_id), {"pipeline": VECTOR_INGEST.name} | args, connection=conn)
        return same.job_id

    def find(self, wanted: TalkQuery) -> list[FoundPassage]:
        """Passages of redacted conversations, best first."""
        meant = TalkFilter(wanted.source, wanted.channel, wanted.since, wanted.until)
        return search(self._room, wanted.words, meant, wanted.limit, self._embedder)


def ingest_and_report(room: TalkRoom, data: Path, ctx: JobContext, *, replay: bool) -> dict[str, Any]:
    """Make conversations passages, and write what that did into the journal of the data folder; numbers only."""
    began = time.monotonic()
    counts = ingest(room, ctx, replay=replay)
    with room.index.db.transaction() as conn:
        standing = passages.standing(conn)
    report = _report(counts, standing, replay, round(time.monotonic() - began, 3))
    journal.write(data, f"{REPORT}.json", json.dumps(report, ensure_ascii=False, indent=2))
    journal.write(data, f"{REPORT}.md", page(report))
    return report


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
