"""Versions of datasets, from where their rows came and to whom they went: a connection and plain values in, rows out.

Functions run inside the caller's transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection, sql
from psycopg.types.json import Jsonb

from nova.store import queries

SQL = queries.load("seeding")
COPY = "COPY seed_lineage (version_id, row_id, batch_id, source_key, lookup) FROM STDIN (FORMAT csv)"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a dataset. `version` is its name: the digest of its content when it was made; `digest` is that of its content now."""

    version_id: int
    dataset: str
    version: str
    digest: str
    manifest: Mapping[str, Any]
    manifest_sha256: str
    rows: int
    run_id: UUID
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version to store."""

    dataset: str
    version: str
    manifest: Mapping[str, Any]
    manifest_sha256: str
    rows: int
    run_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class Content:
    """What a version holds now."""

    digest: str
    manifest: Mapping[str, Any]
    manifest_sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Origin:
    """From where a row of a version came: run, batch and the key of the row at its source. `sha256` is of the batch's raw bytes."""

    dataset: str
    version: str
    run_id: UUID
    pipeline: str
    row_id: str
    batch_id: UUID
    source: str
    licence: str
    fetched_at: datetime
    sha256: str
    source_key: str


@dataclass(frozen=True, slots=True)
class Use:
    """A version that holds something of a source's row, and one delivery of it (None: there was none)."""

    dataset: str
    version: str
    row_id: str
    batch_id: UUID
    created_at: datetime
    delivery_id: UUID | None
    engine: str | None
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """An engine was given a version; `sha256` is of what it was given."""

    delivery_id: UUID
    engine: str
    delivered_at: datetime
    rows: int
    sha256: str


def lock(conn: Connection[Any]) -> None:
    """Wait for whoever makes or rewrites a version; held until the transaction ends."""
    conn.execute(SQL["lock"])


def add(conn: Connection[Any], new: NewVersion) -> int:
    """Store a version of a new name; its id."""
    values = {
        "dataset": new.dataset, "version": new.version, "digest": new.manifest["digest"],
        "manifest": Jsonb(dict(new.manifest)), "manifest_sha256": new.manifest_sha256,
        "rows": new.rows, "run_id": new.run_id, "at": new.at,
    }  # fmt: skip
    row = conn.execute(SQL["add_version"], values).fetchone()
    if row is None:
        raise LookupError(f"the version {new.version} was not stored")
    return int(row["version_id"])


def find(conn: Connection[Any], dataset: str, version: str) -> Version | None:
    """A version by its name or the first signs of it; None where there is none, or more than one."""
    rows = conn.execute(SQL["version"], {"dataset": dataset, "version": version}).fetchall() if version else []
    return Version(**rows[0]) if len(rows) == 1 else None


def every(conn: Connection[Any], dataset: str | None = None, limit: int = 1000) -> list[Version]:
    """The latest versions, of one dataset if given."""
    return [Version(**row) for row in conn.execute(SQL["versions"], {"dataset": dataset, "limit": limit}).fetchall()]


def of_run(conn: Connection[Any], run_id: UUID) -> list[Version]:
    """What a run made."""
    return [Version(**row) for row in conn.execute(SQL["versions_of_run"], {"run_id": run_id}).fetchall()]


def get(conn: Connection[Any], version_id: int) -> Version | None:
    """A version by its id."""
    row = conn.execute(SQL["version_of"], {"version_id": version_id}).fetchone()
    return Version(**row) if row else None


def locked(conn: Connection[Any], version_id: int) -> Version | None:
    """A version that nobody else changes until the transaction ends."""
    row = conn.execute(SQL["lock_version"], {"version_id": version_id}).fetchone()
    return Version(**row) if row else None


def rewrite(conn: Connection[Any], version_id: int, content: Content) -> bool:
    """A version has this content now; False where it would grow."""
    values = {
        "version_id": version_id, "digest": content.digest, "manifest": Jsonb(dict(content.manifest)),
        "manifest_sha256": content.manifest_sha256, "rows": content.rows,
    }  # fmt: skip
    return conn.execute(SQL["rewrite"], values).rowcount > 0


def copy_lineage(conn: Connection[Any], rows: bytes) -> None:
    """Store from where rows came, as lines of CSV in the order of `COPY`."""
    with conn.cursor() as cursor, cursor.copy(COPY) as copy:
        copy.write(rows)


def barred(conn: Connection[Any], version_id: int) -> int:
    """How many rows of a version are of people whose data no version may hold."""
    row = conn.execute(SQL["barred"], {"version_id": version_id}).fetchone()
    return int(row["n"]) if row else 0


def origins(conn: Connection[Any], version_id: int, row_id: str) -> list[Origin]:
    """From where a row of a version came."""
    return [Origin(**row) for row in conn.execute(SQL["origins"], {"version_id": version_id, "row_id": row_id}).fetchall()]


def uses(conn: Connection[Any], source: str, source_key: str) -> list[Use]:
    """Every version and every delivery with something of a source's row, oldest first."""
    return [Use(**row) for row in conn.execute(SQL["uses"], {"source": source, "source_key": source_key}).fetchall()]


def put_delivery(conn: Connection[Any], version_id: int, delivery: Delivery) -> None:
    """Note that an engine was given a version."""
    values = {"delivery_id": delivery.delivery_id, "version_id": version_id, "engine": delivery.engine, "at": delivery.delivered_at}
    conn.execute(SQL["put_delivery"], values | {"rows": delivery.rows, "sha256": delivery.sha256})


def deliveries(conn: Connection[Any], version_id: int) -> list[Delivery]:
    """Who was given a version, newest first."""
    return [Delivery(**row) for row in conn.execute(SQL["deliveries"], {"version_id": version_id}).fetchall()]


def files(conn: Connection[Any]) -> set[tuple[str, str]]:
    """Every stored file that is needed, as (kind, sha256): here, and where a restore has set something aside."""
    query = sql.SQL("SELECT kind, name FROM {}")
    return {(str(row["kind"]), str(row["name"])) for place in _places(conn) for row in conn.execute(query.format(place)).fetchall()}


def in_use(conn: Connection[Any], kind: str, sha256: str) -> bool:
    """Whether a stored file is needed, also by what a restore has set aside."""
    query = sql.SQL("SELECT 1 FROM {} WHERE kind = %s AND name = %s LIMIT 1")
    return any(conn.execute(query.format(place), (kind, sha256)).fetchone() for place in _places(conn))


def keep_aside(conn: Connection[Any], schema: str, names: Mapping[str, list[str]]) -> None:
    """Let these stored files, by kind, count as needed until somebody drops the schema: those of versions that lie in another database."""
    table = sql.Identifier(schema, "seed_files")
    conn.execute(sql.SQL("CREATE TABLE {} (kind text, name text, PRIMARY KEY (kind, name))").format(table))
    rows = [(kind, name) for kind, found in names.items() for name in found]
    with conn.cursor() as cursor:
        cursor.executemany(sql.SQL("INSERT INTO {} VALUES (%s, %s)").format(table), rows)


def _places(conn: Connection[Any]) -> list[sql.Identifier]:
    return [sql.Identifier(str(row["name"]), "seed_files") for row in conn.execute(SQL["places"]).fetchall()]
