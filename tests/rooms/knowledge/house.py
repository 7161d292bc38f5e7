"""The knowledge room on a real database, with everything outside in memory; jobs run when a test says so."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from nova.engines.queue.postgres import PostgresJobs
from nova.engines.texts.builtin import BuiltinTexts
from nova.errors import NovaError
from nova.flows.sweeping import Sweeping
from nova.jobs.kinds import ingest as ingest_job
from nova.jobs.kinds import reindex as reindex_job
from nova.jobs.kinds import sweep as sweep_job
from nova.knowledge.analysers import Analysers
from nova.knowledge.index import IndexRoom
from nova.knowledge.ingest import Reading, given_up
from nova.knowledge.inspection import FileInspection
from nova.knowledge.intake import Intake, Labels, Receipt, Replace, receive_file
from nova.knowledge.items import Shelf
from nova.records import Caller
from nova.store.postgres.db import Database
from tests.fakes.memory import InlineChildren, ListAudit, MapFetcher, MemoryIndex, MemoryObjects

ADMIN = Caller("admin")
LAW = """# Verordnung über Musterlampen (MusterV)

## § 1 Anwendungsbereich

(1) Diese Verordnung gilt für alle Musterlampen im Netzgebiet.

## § 2 Prüfung

(1) Musterlampen sind alle drei Jahre zu prüfen. Die Prüfung dauert höchstens zwei Stunden.

(2) Der Betreiber hat das Ergebnis binnen vier Wochen mitzuteilen.
"""


@dataclass
class House:
    """Everything a test touches."""

    database: Database
    folder: Path
    objects: MemoryObjects = field(default_factory=MemoryObjects)
    index: MemoryIndex = field(default_factory=MemoryIndex)
    audit: ListAudit = field(default_factory=ListAudit)
    fetcher: MapFetcher = field(default_factory=MapFetcher)

    def __post_init__(self) -> None:
        children = InlineChildren()
        self.texts = BuiltinTexts(children)  # type: ignore[arg-type]
        self.jobs = PostgresJobs(self.database, endings={"ingest": given_up})
        self.room = IndexRoom(self.database, self.index, children, Analysers(self.database, self.folder))
        self.reading = Reading(self.room, self.objects, self.texts)
        self.intake = Intake(self.database, self.objects, self.jobs, self.audit, FileInspection(self.texts, 1_000_000))
        self.shelf = Shelf(self.database, self.objects, self.jobs, self.audit)
        self.handlers = {
            "ingest": ingest_job.handler(self.reading),
            "reindex": reindex_job.handler(self.room),
            "apply": reindex_job.apply_handler(self.room),
            "sweep": sweep_job.handler(Sweeping(self.room, self.objects)),
        }

    def receive(
        self, text: str | bytes, name: str = "muster.md", *, caller: Caller = ADMIN, replace: Replace = "none", tags: tuple[str, ...] = ()
    ) -> Receipt:
        """Take a file without reading it yet."""
        data = text.encode() if isinstance(text, str) else text
        return receive_file(self.intake, caller, io.BytesIO(data), name, Labels(tags=tags), replace)

    def work(self) -> list[str]:
        """Run every queued job once; gives how each ended."""
        ended = []
        while job := self.jobs.claim("test", list(self.handlers)):
            try:
                self.handlers[job.kind](job)
                job.done()
                ended.append("done")
            except NovaError as error:
                job.failed(error.message, error.code)
                ended.append(error.code)
        return ended

    def add(self, text: str | bytes, name: str = "muster.md", **more: Any) -> UUID:
        """Take a file and read it."""
        receipt = self.receive(text, name, **more)
        assert self.work() == ["done"]
        return receipt.item_id

    def counts(self) -> Mapping[str, int]:
        """Rows of the tables that must agree with the index."""
        row = self.database.fetch_one(
            "SELECT (SELECT count(*) FROM items) AS items, (SELECT count(*) FROM item_chunks) AS chunks,"
            " (SELECT count(*) FROM chunk_places) AS places, (SELECT count(*) FROM index_outbox) AS outbox"
        )
        assert row is not None
        return {name: int(value) for name, value in row.items()}
