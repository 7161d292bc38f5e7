"""A prepared version in; its rows and index changes out, in one transaction. Unchanged passages keep their ids, others are archived."""

import hashlib
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.knowledge.prepare import DocumentStructure
from nova.records import Chunk
from nova.store.documents import chunks as chunk_rows
from nova.store.documents import items, outbox
from nova.store.documents.chunks import ChunkRow, PlaceRow, SectionRow
from nova.store.ids import uuid7


@dataclass(frozen=True, slots=True)
class StoringResult:
    """What storing a version changed: how many passages it has, how many are new, and which were archived."""

    chunks: int
    added: int
    archived: tuple[UUID, ...]


def store_version(conn: Connection[Any], read: items.ReadVersion, text: str, prepared: DocumentStructure, analyser: str) -> StoringResult:
    """Write sections, chunks, places and the outbox of a version. The item must be locked by this transaction."""
    section_ids = _store_sections(conn, read, text, prepared)
    kept, vanished = _match(chunk_rows.current(conn, read.item_id), prepared.chunks)
    ids = [kept.get(chunk.ordinal) or uuid7() for chunk in prepared.chunks]
    fresh = [chunk for chunk in prepared.chunks if chunk.ordinal not in kept]
    chunk_rows.insert_chunks(
        conn,
        (ChunkRow(ids[c.ordinal], read.item_id, c.ordinal, c.text, digest(c.path, c.text), read.valid_from) for c in fresh),
    )
    chunk_rows.move_chunks(conn, {chunk_id: ordinal for ordinal, chunk_id in kept.items()})
    chunk_rows.insert_places(conn, _places(read, prepared.chunks, ids, section_ids))
    if vanished:
        chunk_rows.archive(conn, vanished, read.valid_from)
    chunk_rows.replace_aliases(conn, read.item_id, prepared.names)
    items.finish_version(conn, read)
    outbox.add_upserts(conn, ((read.item_id, ids[c.ordinal], prepared.vectors[c.ordinal]) for c in fresh), analyser)
    return StoringResult(len(prepared.chunks), len(fresh), tuple(vanished))


def vanishing(conn: Connection[Any], item_id: UUID, chunks: Sequence[Chunk]) -> list[UUID]:
    """The passages of an item that a version with these would put an end to."""
    return _match(chunk_rows.current(conn, item_id), chunks)[1]


def digest(path: Sequence[str], text: str) -> str:
    """What makes a passage the same one in the next version: its headings below the title and its words, whatever the line breaks."""
    words = "\x1f".join([*path[1:], " ".join(text.split())])
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _match(before: Sequence[tuple[UUID, str]], chunks: Sequence[Chunk]) -> tuple[Mapping[int, UUID], list[UUID]]:
    """Which chunk (by ordinal) is an earlier passage, and which earlier passages are gone; equal ones pair up in order."""
    waiting: dict[str, deque[UUID]] = defaultdict(deque)
    for chunk_id, known in before:
        waiting[known].append(chunk_id)
    kept: dict[int, UUID] = {}
    for chunk in chunks if before else ():
        if same := waiting.get(digest(chunk.path, chunk.text)):
            kept[chunk.ordinal] = same.popleft()
    return kept, [chunk_id for left in waiting.values() for chunk_id in left]


def _store_sections(conn: Connection[Any], read: items.ReadVersion, text: str, prepared: DocumentStructure) -> list[UUID]:
    ids = [uuid7() for _ in prepared.sections]
    chunk_rows.insert_sections(
        conn,
        (
            SectionRow(
                section_id=section_id,
                item_id=read.item_id,
                version=read.version,
                ordinal=section.ordinal,
                label=section.label,
                norm=section.norm,
                title=section.title,
                path=list(section.path),
                char_from=section.start,
                char_to=section.end,
                text=text[section.start : section.end],
            )
            for section, section_id in zip(prepared.sections, ids, strict=True)
        ),
    )
    return ids


def _places(read: items.ReadVersion, chunks: Sequence[Chunk], ids: Sequence[UUID], sections: Sequence[UUID]) -> Iterator[PlaceRow]:
    return (
        PlaceRow(
            chunk_id=ids[chunk.ordinal],
            item_id=read.item_id,
            version=read.version,
            chunk_idx=chunk.ordinal,
            section_id=sections[chunk.section],
            char_from=chunk.start,
            char_to=chunk.end,
            page_from=chunk.page_from,
            page_to=chunk.page_to,
        )
        for chunk in chunks
    )
