"""Sections, chunks and their places: records in and out of named queries, inside the caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.store import queries
from nova.store.postgres.db import execute_many

SQL = queries.load("chunks")
Row = dict[str, Any]
FIRST = UUID(int=0)


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section as it is stored."""

    section_id: UUID
    item_id: UUID
    version: int
    ordinal: int
    label: str
    norm: str | None
    title: str
    path: list[str]
    char_from: int
    char_to: int
    text: str


@dataclass(frozen=True, slots=True)
class ChunkRow:
    """A new passage as it is stored."""

    chunk_id: UUID
    item_id: UUID
    chunk_idx: int
    text: str
    digest: str
    valid_from: datetime


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Where a passage stands in a version."""

    chunk_id: UUID
    item_id: UUID
    version: int
    chunk_idx: int
    section_id: UUID
    char_from: int
    char_to: int
    page_from: int | None
    page_to: int | None


@dataclass(frozen=True, slots=True)
class ToIndex:
    """A stored passage with what its vector is made of."""

    chunk_id: UUID
    item_id: UUID
    title: str
    path: tuple[str, ...]
    text: str
    norm: str | None


@dataclass(frozen=True, slots=True)
class HeadedPassages:
    """A heading of a current version and the passages below it, in order."""

    section_id: UUID
    item_id: UUID
    label: str
    title: str
    path: tuple[str, ...]
    chunk_ids: tuple[UUID, ...]


def insert_sections(conn: Connection[Any], rows: Iterable[SectionRow]) -> None:
    """Store a version's sections."""
    _many(conn, "insert_section", (_values(row) for row in rows))


def insert_chunks(conn: Connection[Any], rows: Iterable[ChunkRow]) -> None:
    """Store new passages."""
    _many(conn, "insert_chunk", ({**_values(row), "metadata": Jsonb({})} for row in rows))


def move_chunks(conn: Connection[Any], places: Mapping[UUID, int]) -> None:
    """Give unchanged passages their place in the reading order of the new version."""
    _many(conn, "move_chunk", ({"chunk_id": chunk_id, "chunk_idx": index} for chunk_id, index in places.items()))


def insert_places(conn: Connection[Any], rows: Iterable[PlaceRow]) -> None:
    """Store where passages stand in a version."""
    _many(conn, "insert_place", (_values(row) for row in rows))


def current(conn: Connection[Any], item_id: UUID) -> list[tuple[UUID, str]]:
    """(id, digest) of the passages valid now, in reading order."""
    rows = conn.execute(SQL["current_chunks"], {"item_id": item_id}).fetchall()
    return [(row["chunk_id"], row["digest"]) for row in rows]


def archive(conn: Connection[Any], chunk_ids: Sequence[UUID], valid_to: datetime) -> None:
    """End the validity of passages."""
    conn.execute(SQL["archive_chunks"], {"chunk_ids": list(chunk_ids), "valid_to": valid_to})


def replace_aliases(conn: Connection[Any], item_id: UUID, names: Mapping[str, str]) -> None:
    """The names (compact form -> law key) under which this document is asked for."""
    conn.execute(SQL["delete_aliases"], {"item_id": item_id})
    _many(conn, "insert_alias", ({"alias": alias, "law": law, "item_id": item_id} for alias, law in names.items()))


def listing(conn: Connection[Any], item_id: UUID, version: int, limit: int, offset: int) -> list[Row]:
    """Passages of a version in reading order; every row carries `total`."""
    values = {"item_id": item_id, "version": version, "limit": limit, "offset": offset}
    return conn.execute(SQL["list_chunks"], values).fetchall()


def sections(conn: Connection[Any], item_id: UUID, version: int, start: int, end: int) -> list[Row]:
    """The headings of a version around the characters from `start` to `end`, with their spans."""
    values = {"item_id": item_id, "version": version, "start": start, "end": end}
    return conn.execute(SQL["sections_around_span"], values).fetchall()


def to_index(
    conn: Connection[Any], after: UUID, limit: int, *, item_ids: Sequence[UUID] | None = None, since: datetime | None = None
) -> list[ToIndex]:
    """The next passages after an id, archived ones too."""
    ids = None if item_ids is None else list(item_ids)
    rows = conn.execute(SQL["chunks_to_index"], {"after": after, "limit": limit, "item_ids": ids, "since": since}).fetchall()
    return [_to_index(row) for row in rows]


def by_id(conn: Connection[Any], chunk_ids: Sequence[UUID]) -> list[ToIndex]:
    """The named passages."""
    return [_to_index(row) for row in conn.execute(SQL["chunks_by_id"], {"chunk_ids": list(chunk_ids)}).fetchall()]


def company_sections(conn: Connection[Any]) -> list[HeadedPassages]:
    """The headings of the company's current documents with their passages."""
    rows = conn.execute(SQL["company_sections"]).fetchall()
    return [HeadedPassages(**row | {"path": tuple(row["path"]), "chunk_ids": tuple(row["chunk_ids"])}) for row in rows]


def count(conn: Connection[Any], item_ids: Sequence[UUID] | None = None) -> int:
    """How many passages there are, archived ones too."""
    row = conn.execute(SQL["count_chunks"], {"item_ids": None if item_ids is None else list(item_ids)}).fetchone()
    return int(row["n"]) if row else 0


def all_ids(conn: Connection[Any]) -> set[UUID]:
    """Every passage's id."""
    return {row["chunk_id"] for row in conn.execute(SQL["chunk_ids"]).fetchall()}


def texts_to_learn(conn: Connection[Any]) -> list[str]:
    """The current passages' words."""
    rows = conn.execute(SQL["texts_to_learn"]).fetchall()
    return [row["text"] for row in rows]


def items_of_filter(conn: Connection[Any], *, kind: str | None, tag: str | None) -> list[UUID]:
    """The items of a kind and tag; None means any."""
    return [row["item_id"] for row in conn.execute(SQL["items_of_filter"], {"kind": kind, "tag": tag}).fetchall()]


def refresh_statistics(conn: Connection[Any]) -> bool:
    """Let the planner look at the tables anew where it knows too little of them; gives whether it did."""
    row = conn.execute(SQL["stale_statistics"]).fetchone()
    if not row or not row["stale"]:
        return False
    conn.execute(SQL["refresh_statistics"])
    return True


def _to_index(row: Row) -> ToIndex:
    return ToIndex(row["chunk_id"], row["item_id"], row["title"], tuple(row["path"]), row["text"], row["norm"])


def _values(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__dataclass_fields__}


def _many(conn: Connection[Any], name: str, rows: Iterable[dict[str, Any]]) -> None:
    execute_many(conn, SQL[name], rows)
