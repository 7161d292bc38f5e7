"""Callers and ids in; items, versions, passages and texts out; and the ways to change or erase them. Another's document is not found."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.errors import DiskFull, InvalidInput, NotAllowed, NotFound, NovaError, ServerAbsent
from nova.knowledge.files import raw_key, release_files, text_key
from nova.knowledge.intake import KINDS, clean_tags
from nova.knowledge.kinds import APPLY, REINDEX, SWEEP
from nova.ports import Audit, Objects
from nova.ports.jobs import Jobs
from nova.records import Caller
from nova.store.documents import chunks as chunk_rows
from nova.store.documents import items as rows
from nova.store.documents import outbox
from nova.store.documents.items import ItemQuery as ItemQuery
from nova.store.postgres.db import Database
from nova.visibility import Visible

Row = Mapping[str, Any]
MAX_SLICE = 20_000
MAX_TITLE = 300
TEXTS_KEPT = 8


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One page of a list, how many match, and the counts by kind, tag and status."""

    items: list[dict[str, Any]]
    total: int
    facets: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A version's original file; `part` reads from a byte on, so many bytes."""

    media_type: str
    filename: str
    size: int
    part: Callable[[int, int], bytes]


@dataclass(frozen=True, slots=True)
class ItemPatch:
    """What a person changes; None leaves a field as it is."""

    title: str | None = None
    tags: tuple[str, ...] | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Bulk:
    """One action on many items: delete, tag, untag or reindex."""

    action: str
    item_ids: tuple[UUID, ...]
    tag: str | None = None


@dataclass(frozen=True)
class Shelf:
    """Items as people look at them and change them; keeps the last few texts at hand."""

    db: Database
    objects: Objects
    jobs: Jobs
    audit: Audit
    text: Any = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", lru_cache(maxsize=TEXTS_KEPT)(self._load_text))

    def _load_text(self, text_sha256: str) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.objects.get(text_key(text_sha256)).decode("utf-8", "surrogatepass"))
        return loaded

    def page(self, caller: Caller, query: ItemQuery) -> ItemPage:
        """Items the caller may see, filtered and ordered."""
        seen = Visible.to(caller)
        with self.db.transaction() as conn:
            found = rows.page(conn, query, seen)
            total = int(found[0]["total"]) if found else 0
            return ItemPage([{k: v for k, v in row.items() if k != "total"} for row in found], total, rows.facets(conn, seen))

    def one(self, caller: Caller, item_id: UUID) -> dict[str, Any]:
        """One item with all its versions; NotFound."""
        with self.db.transaction() as conn:
            item = _visible(conn, caller, item_id)
            return {**item, "versions": rows.versions(conn, item_id)}

    def chunks(self, caller: Caller, item_id: UUID, version: int | None, limit: int, offset: int) -> dict[str, Any]:
        """Passages of a version (the current one unless told) in reading order."""
        with self.db.transaction() as conn:
            item = _visible(conn, caller, item_id)
            found = chunk_rows.listing(conn, item_id, version or item["version"], limit, offset)
        return {"chunks": [_passage(row) for row in found], "total": int(found[0]["total"]) if found else 0}

    def text_of(self, caller: Caller, item_id: UUID, version: int, start: int, end: int | None) -> dict[str, Any]:
        """A slice of a version's stored text (at most 20,000 characters) with its pages and the headings around it."""
        with self.db.transaction() as conn:
            found = _version(conn, caller, item_id, version)
        if not found["text_sha256"]:
            raise NotFound("Der Text dieses Dokuments ist noch nicht gelesen.")
        stored = self.text(found["text_sha256"])
        text: str = stored["text"]
        start = min(max(start, 0), len(text))
        end = min(len(text) if end is None else max(end, start), start + MAX_SLICE, len(text))
        with self.db.transaction() as conn:
            headings = chunk_rows.sections(conn, item_id, version, start, end)
        return {
            "item_id": item_id,
            "version": version,
            "title": found["title"],
            "text": text[start:end],
            "start": start,
            "end": end,
            "total": len(text),
            "pages": [{"number": n, "start": a, "end": b} for n, a, b in stored["pages"]],
            "sections": [_heading(row) for row in headings],
        }

    def file_of(self, caller: Caller, item_id: UUID, version: int) -> tuple[bytes, str, str]:
        """A version's original file as (bytes, media type, file name)."""
        with self.db.transaction() as conn:
            found = _version(conn, caller, item_id, version)
        return self.objects.get(raw_key(found["sha256"])), found["media_type"], found["filename"]

    def stored_file(self, caller: Caller, item_id: UUID, version: int) -> StoredFile:
        """The same as `file_of`, to be read a part at a time."""
        with self.db.transaction() as conn:
            found = _version(conn, caller, item_id, version)
        return StoredFile(found["media_type"], found["filename"], found["bytes"], partial(self.objects.part, raw_key(found["sha256"])))

    def change(self, caller: Caller, item_id: UUID, patch: ItemPatch) -> dict[str, Any]:
        """Change title, tags or kind; the index follows by a job."""
        patch = _checked(patch)
        self._change_by(caller, item_id, lambda _: patch)
        return self.one(caller, item_id)

    def _change_by(self, caller: Caller, item_id: UUID, patching: Callable[[Row], ItemPatch]) -> None:
        """Change an item by what it is at this moment: nobody else changes it meanwhile."""
        with self.db.transaction() as conn:
            _own(conn, caller, item_id)
            item = rows.lock(conn, item_id)
            if item is None:
                raise _unknown()
            patch = patching(item)
            rows.update(conn, item_id, title=patch.title, tags=patch.tags, kind=patch.kind)
            self._reindex(conn, caller, (item_id,))
            changed = [name for name in ("title", "tags", "kind") if getattr(patch, name) is not None]
            self.audit.record(caller, "item.changed", str(item_id), {"fields": changed}, connection=conn)

    def delete(self, caller: Caller, item_id: UUID) -> int:
        """Erase an item: rows, points (by the outbox) and files nobody else needs. Gives how many passages it had.

        Its entry in the audit log is committed with the rows and counts the files that go after them.
        """
        raw, texts, chunks = self.db.retry(lambda conn: self._erase_rows(conn, caller, item_id))
        self._release(raw, texts)
        return chunks

    def _erase_rows(self, conn: Connection[Any], caller: Caller, item_id: UUID) -> tuple[set[str], set[str], int]:
        """Gives the item's raw files, its texts, and how many passages it had."""
        item = _own(conn, caller, item_id)
        rows.lock(conn, item_id)
        raw, texts = rows.files_of(conn, item_id)
        chunks = chunk_rows.count(conn, (item_id,))
        outbox.add_item_delete(conn, item_id)
        rows.delete(conn, item_id)
        title = f"Entfernen: {item['title']}" if item["owner_id"] in (None, caller.user_id) else APPLY.title
        self.jobs.start(APPLY, {}, title=title, owner=caller.user_id, connection=conn)
        files = sum(not rows.file_in_use(conn, one) for one in raw) + sum(not rows.text_in_use(conn, one) for one in texts)
        self.audit.record(caller, "item.deleted", str(item_id), {"chunks": chunks, "files": files}, connection=conn)
        return raw, texts, chunks

    def _release(self, raw: Iterable[str], texts: Iterable[str]) -> None:
        """Delete an erased item's files; when their store does not answer, a job does it as soon as it does."""
        try:
            release_files(self.db, self.objects, raw, texts)
        except (DiskFull, ServerAbsent):
            self.jobs.start(SWEEP, {})

    def bulk(self, caller: Caller, what: Bulk) -> dict[str, Any]:
        """Do one thing to many items; those that fail are named, the others are done."""
        done: list[UUID] = []
        failed: list[dict[str, Any]] = []
        for item_id in what.item_ids:
            try:
                self._apply(caller, item_id, what)
                done.append(item_id)
            except NovaError as error:
                failed.append({"item_id": item_id, "message": error.message})
        job_id = None
        if what.action == "reindex" and done:
            with self.db.transaction() as conn:
                job_id = self._reindex(conn, caller, tuple(done))
        return {"done": len(done), "failed": failed, "job_id": job_id}

    def _apply(self, caller: Caller, item_id: UUID, what: Bulk) -> None:
        """What is done to each item by itself; a rebuild is one job for all, which only asks here whether it may."""
        tag = what.tag or ""
        if what.action == "delete":
            self.delete(caller, item_id)
        elif what.action == "reindex":
            with self.db.transaction() as conn:
                _own(conn, caller, item_id)
        elif what.action == "tag" and tag:
            self._change_by(caller, item_id, lambda item: _checked(ItemPatch(tags=(*item["tags"], tag))))
        elif what.action == "untag" and tag:
            self._change_by(caller, item_id, lambda item: ItemPatch(tags=tuple(one for one in item["tags"] if one != tag)))
        else:
            raise InvalidInput("Möglich sind: delete, tag, untag (beide mit einem Schlagwort) und reindex.")

    def request_reindex(self, caller: Caller, item_ids: Sequence[UUID] | None, *, kind: str | None, tag: str | None, relearn: bool) -> UUID:
        """Queue a rebuild of everything, of some items, or of a kind or tag; gives the job."""
        with self.db.transaction() as conn:
            ids = list(item_ids) if item_ids is not None else None
            if kind or tag:
                matching = chunk_rows.items_of_filter(conn, kind=kind, tag=tag)
                known = set(matching)
                ids = matching if ids is None else [item_id for item_id in ids if item_id in known]
            job_id = self._reindex(conn, caller, None if ids is None else tuple(ids), relearn=relearn)
            facts = {"relearn": relearn, "items": None if ids is None else len(ids)}
            self.audit.record(caller, "index.rebuild", "index", facts, connection=conn)
        return job_id

    def _reindex(self, conn: Connection[Any], caller: Caller, item_ids: tuple[UUID, ...] | None, *, relearn: bool = False) -> UUID:
        args = {"item_ids": None if item_ids is None else [str(item_id) for item_id in item_ids], "relearn": relearn}
        title = "Index neu aufbauen" if item_ids is None else f"Index für {len(item_ids)} Dokument(e) neu aufbauen"
        return self.jobs.start(REINDEX, args, title=title, owner=caller.user_id, connection=conn)


def overview(shelf: Shelf) -> dict[str, int]:
    """How much is stored."""
    with shelf.db.transaction() as conn:
        return rows.counts(conn)


def per_day(shelf: Shelf) -> list[dict[str, Any]]:
    """What was stored on each of the last 30 days."""
    with shelf.db.transaction() as conn:
        return rows.per_day(conn)


def _checked(patch: ItemPatch) -> ItemPatch:
    if patch.kind is not None and patch.kind not in KINDS:
        raise InvalidInput(f"Die Art „{patch.kind}“ gibt es nicht. Möglich sind: {', '.join(KINDS)}.")
    if patch.title is not None and not 0 < len(patch.title.strip()) <= MAX_TITLE:
        raise InvalidInput(f"Der Titel braucht 1 bis {MAX_TITLE} Zeichen.")
    title = None if patch.title is None else " ".join(patch.title.split())
    return replace(patch, title=title, tags=None if patch.tags is None else clean_tags(patch.tags))


def _visible(conn: Connection[Any], caller: Caller, item_id: UUID) -> dict[str, Any]:
    item = rows.get(conn, item_id, Visible.to(caller))
    if item is None:
        raise _unknown()
    return item


def _unknown() -> NotFound:
    return NotFound("Dieses Dokument gibt es nicht.")


def _own(conn: Connection[Any], caller: Caller, item_id: UUID) -> dict[str, Any]:
    """The item, if the caller may change it: who keeps the library any, everybody their own."""
    item = _visible(conn, caller, item_id)
    if not caller.may("library") and item["owner_id"] != caller.user_id:
        raise NotAllowed("Dieses Dokument gehört dem Unternehmen; ändern darf es nur die Verwaltung.")
    return item


def _version(conn: Connection[Any], caller: Caller, item_id: UUID, version: int) -> dict[str, Any]:
    found = rows.version_of(conn, item_id, version, Visible.to(caller))
    if found is None:
        raise NotFound("Diese Fassung des Dokuments gibt es nicht.")
    return found


def _passage(row: Row) -> dict[str, Any]:
    return {
        "chunk_id": row["chunk_id"],
        "idx": row["chunk_idx"],
        "section": row["label"] or row["title"],
        "path": row["path"],
        "page": row["page_from"],
        "start": row["char_from"],
        "end": row["char_to"],
        "text": row["text"],
    }


def _heading(row: Row) -> dict[str, Any]:
    return {"label": row["label"], "title": row["title"], "path": row["path"], "start": row["char_from"], "end": row["char_to"]}
