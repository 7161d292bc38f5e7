"""Items and their versions: typed rows in and out of named queries, inside the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection, sql
from psycopg.types.json import Jsonb

from nova.store import queries
from nova.visibility import Visible

SQL = queries.load("items")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class NewFile:
    """A stored raw file that is to become an item's version."""

    sha256: str
    media_type: str
    filename: str
    bytes: int


@dataclass(frozen=True, slots=True)
class NewItem:
    """A new item's own fields."""

    item_id: UUID
    owner: UUID | None
    kind: str
    source: str
    title: str
    filename: str
    tags: tuple[str, ...]
    url: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """An item found by its content, address or file name."""

    item_id: UUID
    title: str
    status: str
    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ItemQuery:
    """Filters, order and page of an item list. `query` is matched anywhere in title, file name and address."""

    query: str | None = None
    tag: str | None = None
    kind: str | None = None
    status: str | None = None
    sort: str = "created_at"
    descending: bool = True
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """What is known of a version once its text has been read."""

    item_id: UUID
    version: int
    sha256: str
    text_sha256: str
    title: str
    filename: str
    pages: int | None
    chars: int
    warnings: tuple[str, ...]
    valid_from: datetime


def lock_content(conn: Connection[Any], sha256: str) -> None:
    """Wait for other uploads and deletes of the same content."""
    conn.execute(SQL["lock_content"], {"sha256": sha256})


def lock_place(conn: Connection[Any], kind: str, place: str, owner: UUID | None) -> None:
    """Wait for other documents of the same owner from this place: an address or a file name, as `kind` says."""
    conn.execute(SQL["lock_place"], {"place": f"{kind} {owner} {place}"})


def by_content(conn: Connection[Any], sha256: str, owner: UUID | None) -> Known | None:
    """The owner's item with this content; version and status are those of the version that has it."""
    return _known(conn.execute(SQL["item_by_content"], {"sha256": sha256, "owner": owner}).fetchone())


def by_url(conn: Connection[Any], url: str, owner: UUID | None) -> Known | None:
    """The owner's item from this address, locked."""
    return _known(conn.execute(SQL["item_by_url"], {"url": url, "owner": owner}).fetchone())


def by_filename(conn: Connection[Any], filename: str, owner: UUID | None) -> Known | None:
    """The owner's newest item of this file name, locked."""
    return _known(conn.execute(SQL["item_by_filename"], {"filename": filename, "owner": owner}).fetchone())


def insert(conn: Connection[Any], item: NewItem, file: NewFile) -> int:
    """A new item with version 1; gives the version."""
    values = {
        "item_id": item.item_id,
        "owner": item.owner,
        "kind": item.kind,
        "source": item.source,
        "title": item.title,
        "filename": item.filename,
        "tags": list(item.tags),
        "url": item.url,
        "sha256": file.sha256,
    }
    conn.execute(SQL["insert_item"], values)
    return add_version(conn, item.item_id, file)


def add_version(conn: Connection[Any], item_id: UUID, file: NewFile) -> int:
    """A further version waiting to be read; gives its number. The item must be locked; one that had failed waits now."""
    row = conn.execute(SQL["next_version"], {"item_id": item_id}).fetchone()
    version = int(row["version"]) if row else 1
    values = {
        "item_id": item_id,
        "version": version,
        "sha256": file.sha256,
        "media_type": file.media_type,
        "filename": file.filename,
        "bytes": file.bytes,
    }
    conn.execute(SQL["insert_version"], values)
    conn.execute(SQL["mark_queued"], {"item_id": item_id})
    return version


def requeue(conn: Connection[Any], item_id: UUID, version: int, file: NewFile, title: str) -> None:
    """Let a failed version be read again, as the kind and by the name that its file came with this time."""
    values = {"item_id": item_id, "version": version, "media_type": file.media_type, "filename": file.filename, "title": title}
    conn.execute(SQL["requeue_version"], values)
    conn.execute(SQL["mark_queued"], {"item_id": item_id})


def version_to_read(conn: Connection[Any], item_id: UUID, version: int) -> Row | None:
    """The version's file and its item's fields; None when deleted."""
    return conn.execute(SQL["version_to_read"], {"item_id": item_id, "version": version}).fetchone()


def lock(conn: Connection[Any], item_id: UUID) -> Row | None:
    """The item's row, locked; None when deleted."""
    return conn.execute(SQL["lock_item"], {"item_id": item_id}).fetchone()


def mark_running(conn: Connection[Any], item_id: UUID) -> None:
    """Show that the item is being read."""
    conn.execute(SQL["mark_running"], {"item_id": item_id})


def mark_failed(conn: Connection[Any], item_id: UUID, version: int, error: str) -> None:
    """Show why a version could not be read. The item is locked before its version, as whoever deletes it does."""
    if lock(conn, item_id) is None:
        return
    conn.execute(SQL["mark_failed"], {"item_id": item_id, "version": version, "error": error})


def mark_overtaken(conn: Connection[Any], item_id: UUID, version: int) -> None:
    """Give up a waiting version, since a later one has been read."""
    conn.execute(SQL["mark_overtaken"], {"item_id": item_id, "version": version})


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands around a version: the begin of the one before it, an earlier one yet to be read, a later one that is ready."""

    began_before: datetime | None
    earlier_waits: bool
    later_ready: bool


def neighbours(conn: Connection[Any], item_id: UUID, version: int) -> Neighbours:
    """What stands around a version of an item."""
    row = conn.execute(SQL["neighbours_of_version"], {"item_id": item_id, "version": version}).fetchone()
    return Neighbours(**row) if row else Neighbours(None, False, False)


def finish_version(conn: Connection[Any], read: ReadVersion) -> None:
    """Record the text of a version, end the earlier ones and let the item stand for it."""
    values = {
        "item_id": read.item_id,
        "version": read.version,
        "sha256": read.sha256,
        "text_sha256": read.text_sha256,
        "title": read.title,
        "filename": read.filename,
        "pages": read.pages,
        "chars": read.chars,
        "warnings": list(read.warnings),
        "valid_from": read.valid_from,
    }
    conn.execute(SQL["finish_version"], values)
    conn.execute(SQL["close_earlier_versions"], values)
    conn.execute(SQL["promote_version"], values)


def delete(conn: Connection[Any], item_id: UUID) -> None:
    """Remove the item's rows."""
    conn.execute(SQL["delete_item"], {"item_id": item_id})


def files_of(conn: Connection[Any], item_id: UUID) -> tuple[set[str], set[str]]:
    """The sha256 names of an item's raw files and of its stored texts."""
    return _files(conn.execute(SQL["files_of_item"], {"item_id": item_id}).fetchall())


def all_files(conn: Connection[Any]) -> tuple[set[str], set[str]]:
    """The sha256 names of all raw files and stored texts that some version needs, also one that a restore has set aside."""
    query = sql.SQL("SELECT sha256, text_sha256 FROM {}")
    return _files([row for table in _version_tables(conn) for row in conn.execute(query.format(table)).fetchall()])


def file_in_use(conn: Connection[Any], sha256: str) -> bool:
    """Whether a version needs this raw file, also one that a restore has set aside."""
    return _in_use(conn, "sha256", sha256)


def text_in_use(conn: Connection[Any], text_sha256: str) -> bool:
    """Whether a version needs this stored text, also one that a restore has set aside."""
    return _in_use(conn, "text_sha256", text_sha256)


def keep_aside(conn: Connection[Any], schema: str, raw: Sequence[str], texts: Sequence[str]) -> None:
    """Let these stored files count as needed until somebody drops the schema: those of versions that lie in another database."""
    place = {"schema": sql.Identifier(schema), "table": sql.Identifier(schema, "item_versions")}
    for query in ("CREATE SCHEMA {schema}", "CREATE TABLE {table} (sha256 text, text_sha256 text)"):
        conn.execute(sql.SQL(query).format(**place))
    with conn.cursor() as cursor:
        rows = [(name, None) for name in raw] + [(None, name) for name in texts]
        cursor.executemany(sql.SQL("INSERT INTO {table} VALUES (%s, %s)").format(**place), rows)
    for column in ("sha256", "text_sha256"):
        conn.execute(sql.SQL("CREATE INDEX ON {table} ({column})").format(column=sql.Identifier(column), **place))


def schemas_aside(conn: Connection[Any]) -> list[str]:
    """The schemas that restores have set aside."""
    return [str(row["name"]) for row in conn.execute(SQL["schemas_aside"]).fetchall()]


def _version_tables(conn: Connection[Any]) -> list[sql.Identifier]:
    """Where versions are: here, and in every schema that a restore has set aside."""
    return [sql.Identifier("item_versions"), *(sql.Identifier(name, "item_versions") for name in schemas_aside(conn))]


def _in_use(conn: Connection[Any], column: str, name: str) -> bool:
    query = sql.SQL("SELECT 1 FROM {} WHERE {} = %s LIMIT 1")
    return any(conn.execute(query.format(table, sql.Identifier(column)), (name,)).fetchone() for table in _version_tables(conn))


def update(conn: Connection[Any], item_id: UUID, *, title: str | None, tags: Sequence[str] | None, kind: str | None) -> None:
    """Change what a person may change; None leaves a field."""
    values = {"item_id": item_id, "title": title, "tags": None if tags is None else list(tags), "kind": kind}
    conn.execute(SQL["update_item"], values)


def get(conn: Connection[Any], item_id: UUID, seen: Visible) -> Row | None:
    """One visible item with its counts."""
    return conn.execute(SQL["get_item"], {"item_id": item_id, "everyone": seen.everyone, "owner": seen.owner}).fetchone()


def versions(conn: Connection[Any], item_id: UUID) -> list[Row]:
    """All versions, newest first."""
    return conn.execute(SQL["versions_of_item"], {"item_id": item_id}).fetchall()


def version_of(conn: Connection[Any], item_id: UUID, version: int, seen: Visible) -> Row | None:
    """One version's files, if the item is visible."""
    values = {"item_id": item_id, "version": version, "everyone": seen.everyone, "owner": seen.owner}
    return conn.execute(SQL["version_of_item"], values).fetchone()


def page(conn: Connection[Any], query: ItemQuery, seen: Visible) -> list[Row]:
    """One page of visible items; every row carries `total`."""
    pattern = None if not query.query else f"%{_escape_like(query.query)}%"
    values = {
        "everyone": seen.everyone,
        "owner": seen.owner,
        "query": pattern,
        "tag": query.tag,
        "kind": query.kind,
        "status": query.status,
        "sort": query.sort,
        "descending": query.descending,
        "limit": query.limit,
        "offset": query.offset,
    }
    return conn.execute(SQL["list_items"], values).fetchall()


def facets(conn: Connection[Any], seen: Visible) -> dict[str, dict[str, int]]:
    """Counts by kind, tag and status of what is visible."""
    found: dict[str, dict[str, int]] = {"kinds": {}, "tags": {}, "statuses": {}}
    for row in conn.execute(SQL["item_facets"], {"everyone": seen.everyone, "owner": seen.owner}).fetchall():
        found[row["facet"]][row["value"]] = int(row["n"])
    return found


def counts(conn: Connection[Any]) -> dict[str, int]:
    """How much is stored: items, chunks, sections of the company's own; bytes_total, pages_total, outbox of all."""
    row = conn.execute(SQL["knowledge_counts"]).fetchone() or {}
    return {name: int(value) for name, value in row.items()}


def per_day(conn: Connection[Any]) -> list[Row]:
    """Items and chunks by day of the last 30 days."""
    return conn.execute(SQL["ingest_per_day"]).fetchall()


def get_fact(conn: Connection[Any], key: str) -> Any:
    """A remembered fact, or None."""
    row = conn.execute(SQL["get_fact"], {"key": key}).fetchone()
    return row["value"] if row else None


def set_fact(conn: Connection[Any], key: str, value: Any) -> None:
    """Remember a JSON value."""
    conn.execute(SQL["set_fact"], {"key": key, "value": Jsonb(value)})


def _known(row: Row | None) -> Known | None:
    return Known(row["item_id"], row["title"], row["status"], row["version"], row["sha256"]) if row else None


def _files(rows: Sequence[Row]) -> tuple[set[str], set[str]]:
    return {row["sha256"] for row in rows if row["sha256"]}, {row["text_sha256"] for row in rows if row["text_sha256"]}


def _escape_like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
