"""Rows and seals of the audit log: a connection and plain values in, frozen rows out, all in the order in which they were written.

Functions run inside the caller's transaction (rows are dicts).
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NamedTuple

from psycopg import Connection, IsolationLevel
from psycopg.rows import tuple_row

from nova.store import queries
from nova.store.postgres.db import Database

SQL = queries.load("audit")
SEALING = 0x6E6F766105  # "nova", 5
AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry of the audit log."""

    seq: int
    ts: datetime
    actor: str
    action: str
    target: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Which entries: beginnings of actor, action and target, and times in [since, until). None leaves it open."""

    actor: str | None = None
    action: str | None = None
    target: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class AuditContent(NamedTuple):
    """What a row says; `us` are microseconds since 1970, `facts` the database's own writing of them."""

    seq: int
    us: int
    actor: str
    action: str
    target: str
    facts: str


@dataclass(frozen=True, slots=True)
class Seal:
    """A sealed stretch of the log, `first_seq` to `last_seq`."""

    seal_id: int
    first_seq: int
    last_seq: int
    leaves: bytes
    previous: bytes
    head: bytes
    sealed_at: datetime


def list_audit(conn: Connection[Any], query: AuditQuery, before: int | None, limit: int) -> list[AuditRow]:
    """Newest first; `before` is the smallest seq of the page before."""
    values = {
        "actor": _beginning(query.actor), "action": _beginning(query.action), "target": _beginning(query.target),
        "from": query.since, "to": query.until, "before": before, "limit": limit,
    }  # fmt: skip
    return [AuditRow(**row) for row in conn.execute(SQL["list_audit"], values).fetchall()]


def actions(conn: Connection[Any]) -> list[str]:
    """Every kind of action there is."""
    return [row["action"] for row in conn.execute(SQL["actions"]).fetchall()]


def last_number(conn: Connection[Any]) -> int:
    """The number given out last: rows up to it are there for the next statement, and none will come below it."""
    row = conn.execute(SQL["last_number"]).fetchone()
    return int(row["last"]) if row else 0


def unsealed(conn: Connection[Any]) -> bool:
    """Whether there are rows that no seal covers; cheap, and locks nothing."""
    row = conn.execute(SQL["unsealed"]).fetchone()
    return bool(row and row["yes"])


def lock_seals(conn: Connection[Any]) -> bool:
    """Whether nobody else is sealing; nobody will until the transaction ends."""
    row = conn.execute(SQL["one_sealer"], {"number": SEALING}).fetchone()
    return bool(row and row["granted"])


def last_seal(conn: Connection[Any]) -> Seal | None:
    """The newest seal."""
    row = conn.execute(SQL["last_seal"]).fetchone()
    return Seal(**row) if row else None


def insert_seal(conn: Connection[Any], seal: Seal) -> None:
    """Append a seal."""
    conn.execute(SQL["insert_seal"], asdict(seal))


def rows_between(conn: Connection[Any], after: int, last: int, limit: int) -> list[AuditContent]:
    """The next `limit` rows after a seq, up to `last`."""
    rows = conn.execute(SQL["rows_between"], {"after": after, "last": last, "limit": limit}).fetchall()
    return [AuditContent(**row) for row in rows]


def rows_after(conn: Connection[Any], after: int, last: int, limit: int) -> list[AuditRow]:
    """The next `limit` rows after a seq, up to `last`, as people read them."""
    return [AuditRow(**row) for row in conn.execute(SQL["rows_after"], {"after": after, "last": last, "limit": limit}).fetchall()]


def seals_after(conn: Connection[Any], after: int, last: int, limit: int) -> list[Seal]:
    """The next `limit` seals after one, of rows up to `last`."""
    return [Seal(**row) for row in conn.execute(SQL["seals_after"], {"after": after, "last": last, "limit": limit}).fetchall()]


class Reading:
    """The whole log and its seals as of one moment, streamed."""

    def __init__(self, db: Database) -> None:
        self._connection = db.listen()
        self._connection.isolation_level = IsolationLevel.REPEATABLE_READ
        self._connection.read_only = True
        self._connection.autocommit = False

    def last_number(self) -> int:
        """The number given out last."""
        return last_number(self._connection)

    def not_numbered(self) -> int:
        """How many entries were committed without a number, and so never came into the log."""
        row = self._connection.execute(SQL["not_numbered"]).fetchone()
        return int(row["n"]) if row else 0

    def rows(self) -> Iterator[AuditContent]:
        """All rows in order."""
        with self._connection.cursor(name="audit_rows", row_factory=tuple_row) as cursor:
            cursor.itersize = AT_ONCE
            yield from (AuditContent(*row) for row in cursor.execute(SQL["rows"]))

    def seals(self) -> Iterator[Seal]:
        """All seals in order."""
        with self._connection.cursor(name="audit_seals", row_factory=tuple_row) as cursor:
            cursor.itersize = 50
            yield from (Seal(*row) for row in cursor.execute(SQL["seals"]))

    def close(self) -> None:
        """Let go of the moment."""
        self._connection.close()


def _beginning(text: str | None) -> str | None:
    return None if text is None else text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
