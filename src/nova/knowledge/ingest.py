"""A received version in; its text, chunks and points out. Each step may be repeated after a kill: nothing happens twice with effect."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg import errors as sql_errors

from nova.errors import (
    Busy,
    DiskFull,
    Duplicate,
    JobCancelled,
    JobLost,
    NotFound,
    NovaError,
    ServerAbsent,
    UnreadableFile,
    disk_full,
    is_full,
)
from nova.knowledge.analysers import Superseded
from nova.knowledge.files import placing, raw_key
from nova.knowledge.index import IndexRoom, drain
from nova.knowledge.intake import named_after_file
from nova.knowledge.prepare import DocumentStructure, ToVectorise, document_bytes, prepare, vectorise
from nova.knowledge.structure import title_of
from nova.knowledge.versions import StoringResult, store_version, vanishing
from nova.ports import Objects, Texts
from nova.ports.jobs import JobContext
from nova.records import Document, JobView
from nova.store.documents import chunks as chunk_rows
from nova.store.documents import items, outbox
from nova.store.documents.items import ReadVersion

GONE: Mapping[str, Any] = {"deleted": True}
OVERTAKEN: Mapping[str, Any] = {"overtaken": True}


@dataclass(frozen=True, slots=True)
class Cut:
    """A document cut into passages: its title, its stored text with that text's digest, and the analyser of the vectors.

    `ending` holds the packed vectors of the passages that its version puts an end to.
    """

    document: Document
    title: str
    text: tuple[bytes, str]
    prepared: DocumentStructure
    analyser: str
    ending: Mapping[UUID, bytes]


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a version needs."""

    index: IndexRoom
    objects: Objects
    texts: Texts


def ingest(room: Reading, item_id: UUID, version: int, ctx: JobContext) -> Mapping[str, Any]:
    """Read, cut, analyse, store and index one version; gives its counts, or that the item was deleted or has a later version.

    Versions are read in order: one waits (Busy) until those before it are read or have failed.
    Raises UnreadableFile (the item then shows why), ServerAbsent and Busy (tried again), JobCancelled and JobLost.
    """
    with room.index.db.transaction() as conn:
        row = items.version_to_read(conn, item_id, version)
        if row is None:
            return GONE
        around = items.neighbours(conn, item_id, version)
        if around.later_ready and row["state"] != "ready":
            items.mark_overtaken(conn, item_id, version)
            return OVERTAKEN
        if around.earlier_waits:
            raise Busy("Eine frühere Fassung dieses Dokuments wird noch gelesen.", data={"retry_after": 2})
        items.mark_running(conn, item_id)
    if row["state"] != "ready":
        try:
            with _failure_shown(room, item_id, version):
                if not _read_and_store(room, row, ctx):
                    return GONE
        except UnreadableFile:
            if _gone(room, item_id, version):  # its file, too, perhaps: that is no fault of the document
                return GONE
            raise
    with suppress(JobCancelled):  # too late: it is stored
        ctx.progress("indexieren")
    drain(room.index)
    return _counts(room, item_id, version)


def _gone(room: Reading, item_id: UUID, version: int) -> bool:
    with room.index.db.transaction() as conn:
        return items.version_to_read(conn, item_id, version) is None


def _read_and_store(room: Reading, row: Mapping[str, Any], ctx: JobContext) -> bool:
    ctx.progress("lesen")
    document = _read(room, row)
    title = (title_of(document) if row["version"] == 1 and named_after_file(row) else "") or row["title"]
    body = document_bytes(document)
    text = (body, hashlib.sha256(body).hexdigest())
    while True:
        ctx.progress("gliedern")
        analyser, file = room.index.analysers.file()
        prepared = prepare(room.index.children, document, body, title, file)
        if not prepared.chunks:
            raise UnreadableFile(f"„{row['filename']}“ enthält keinen Text, der sich durchsuchen ließe.")
        ctx.progress("speichern", 0, len(prepared.chunks))
        try:
            ending = _ending(room, row["item_id"], title, prepared, file)
            return _store(room, row, Cut(document, title, text, prepared, analyser, ending), ctx)
        except (Superseded, _Changed):
            continue
        except _Renamed as renamed:
            title = renamed.title


def _store(room: Reading, row: Mapping[str, Any], cut: Cut, ctx: JobContext) -> bool:
    """False when the item is gone. Superseded when it was cut with another analyser than the live one, _Changed when other passages end,
    _Renamed when a person has changed the title since.
    """
    text, text_sha256 = cut.text
    try:
        with placing(room.index.db, room.objects) as place, room.index.db.transaction() as conn:
            items.lock_content(conn, text_sha256)
            item = items.lock(conn, row["item_id"])
            if item is None:
                return False
            if _already_read(conn, row):
                return True
            if item["title"] not in (row["title"], cut.title):
                raise _Renamed(item["title"])
            room.index.analysers.hold(conn, cut.analyser)
            place.text(text_sha256, text)
            version = _version(row, cut.document, cut.title, text_sha256, _begin(conn, row))
            stored = store_version(conn, version, cut.document.text, cut.prepared, cut.analyser)
            _reindex_archived(conn, row["item_id"], stored, cut)
            ctx.guard(conn)
    except sql_errors.UniqueViolation:
        raise Duplicate("Derselbe Inhalt ist inzwischen als anderes Dokument vorhanden.") from None
    return True


def _already_read(conn: Connection[Any], row: Mapping[str, Any]) -> bool:
    """Whether another job has read this version meanwhile."""
    now = items.version_to_read(conn, row["item_id"], row["version"])
    return now is not None and now["state"] == "ready"


def _read(room: Reading, row: Mapping[str, Any]) -> Document:
    try:
        data = room.objects.get(raw_key(row["sha256"]))
    except NotFound:
        raise UnreadableFile(f"Die Originaldatei von „{row['filename']}“ fehlt im Dateispeicher.") from None
    return room.texts.extract(data, row["media_type"], row["filename"])


def _begin(conn: Connection[Any], row: Mapping[str, Any]) -> datetime:
    """When this version begins: now, and in any case later than the one before it, also where the clock was set back."""
    if row["version"] == 1:
        begin: datetime = row["created_at"]
        return begin
    before = items.neighbours(conn, row["item_id"], row["version"]).began_before
    now = datetime.now(UTC)
    return now if before is None else max(now, before + timedelta(milliseconds=1))


def _version(row: Mapping[str, Any], document: Document, title: str, text_sha256: str, begin: datetime) -> ReadVersion:
    return ReadVersion(
        item_id=row["item_id"],
        version=row["version"],
        sha256=row["sha256"],
        text_sha256=text_sha256,
        title=title,
        filename=row["filename"],
        pages=len(document.pages) or None,
        chars=len(document.text),
        warnings=document.warnings,
        valid_from=begin,
    )


def _ending(room: Reading, item_id: UUID, title: str, prepared: DocumentStructure, file: Path) -> Mapping[UUID, bytes]:
    """The packed vectors of the passages that this version would put an end to now: made before it is stored, as that takes a child."""
    with room.index.db.transaction() as conn:
        rows = chunk_rows.by_id(conn, vanishing(conn, item_id, prepared.chunks))
    if not rows:
        return {}
    vectors = vectorise(room.index.children, [ToVectorise(title, one.path, one.text, one.norm) for one in rows], file)
    return {one.chunk_id: vector for one, vector in zip(rows, vectors, strict=True)}


def _reindex_archived(conn: Connection[Any], item_id: UUID, stored: StoringResult, cut: Cut) -> None:
    """Passages that ended get their end into the index."""
    if not cut.ending.keys() >= set(stored.archived):
        raise _Changed
    outbox.add_upserts(conn, [(item_id, chunk_id, cut.ending[chunk_id]) for chunk_id in stored.archived], cut.analyser)


class _Renamed(Exception):
    """A person has changed the title while the document was read; the passages carry it, so cut again."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title


class _Changed(Exception):
    """Other passages end than those that vectors were made for; make them again."""


@contextmanager
def _failure_shown(room: Reading, item_id: UUID, version: int) -> Iterator[None]:
    """The item says why its version could not be read, whatever the reason. A lost job writes nothing; servers and room are waited for."""
    reason = "Unerwarteter Fehler beim Einlesen."
    failed = True
    try:
        yield
        failed = False
    except (Busy, DiskFull, JobLost, ServerAbsent):
        failed = False
        raise
    except NovaError as error:
        reason = error.message
        raise
    except OSError as error:
        failed = not is_full(error)
        if failed:
            raise
        raise disk_full() from error
    finally:
        if failed:
            with room.index.db.transaction() as conn:
                items.mark_failed(conn, item_id, version, reason)


def _counts(room: Reading, item_id: UUID, version: int) -> Mapping[str, Any]:
    with room.index.db.transaction() as conn:
        chunk_rows.refresh_statistics(conn)
        rows = chunk_rows.listing(conn, item_id, version, 1, 0)
    return {"item_id": str(item_id), "version": version, "chunks": int(rows[0]["total"]) if rows else 0}


def given_up(connection: Connection[Any], job: JobView, args: Mapping[str, Any]) -> None:
    """The item says that its version is not being read any more; called in the transaction that ends a job without success."""
    reason = job.error or "Das Einlesen wurde abgebrochen."
    items.mark_failed(connection, UUID(args["item_id"]), int(args["version"]), reason)
