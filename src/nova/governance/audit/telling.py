"""The audit log in, each row and each seal told outside, in order and at least once; where it stopped is kept in the database.

Numbers come with their commits (0043), so whoever has told everything up to a number has missed nothing below it. What is outside may be
away for as long as it likes: the log itself waits for nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from nova.courtesy import make_way
from nova.ports.outside import Entry, Outside
from nova.store.documents import items
from nova.store.people import audit as rows
from nova.store.postgres.db import Database

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Progress:
    """Up to which row and which seal somebody outside knows the log."""

    seq: int = 0
    seal: int = 0


def key_of(address: str) -> str:
    """Under what the database keeps up to where somebody outside knows the log."""
    return f"audit_outside {address}"


def tell(db: Database, outside: Outside, key: str, *, again: int = 0) -> None:
    """Everything that is new, a part at a time. `again`: begin so many rows earlier. ServerAbsent, and psycopg's errors."""
    with db.transaction() as conn:
        at, last = _known(conn, key), rows.last_number(conn)
    if again:
        at = Progress(max(0, at.seq - again), max(0, at.seal - again))
    while True:
        make_way()
        with db.transaction() as conn:
            said, seals = rows.rows_after(conn, at.seq, last, AT_ONCE), rows.seals_after(conn, at.seal, at.seq, AT_ONCE)
        if not said and not seals:
            return
        outside.tell([*(_row(one) for one in said), *(_seal(one) for one in seals)])
        at = Progress(said[-1].seq if said else at.seq, seals[-1].seal_id if seals else at.seal)
        with db.transaction() as conn:
            items.set_fact(conn, key, {"seq": at.seq, "seal": at.seal})


def untold(db: Database, address: str) -> int:
    """How many rows somebody outside does not know yet."""
    with db.transaction() as conn:
        return max(0, rows.last_number(conn) - _known(conn, key_of(address)).seq)


def _known(conn: Connection[Any], key: str) -> Progress:
    found: Mapping[str, Any] = items.get_fact(conn, key) or {}
    return Progress(int(found.get("seq", 0)), int(found.get("seal", 0)))


def _row(row: rows.AuditRow) -> Entry:
    return Entry(row.ts, row.action, {"seq": str(row.seq), "actor": row.actor, "target": row.target}, row.facts)


def _seal(seal: rows.Seal) -> Entry:
    fields = {"seal": str(seal.seal_id), "first": str(seal.first_seq), "last": str(seal.last_seq), "head": seal.head.hex()}
    return Entry(seal.sealed_at, "audit.sealed", fields, {})
