"""The first visit of an erasure: everything in the database, in one transaction with the note of what it was."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from psycopg import Connection

from nova.errors import Conflict
from nova.flows.erasure.run import ErasureRun, Leave, stamp
from nova.kpi.learn.forget import forget
from nova.records import Erasure, Person
from nova.store.people import rights as rows
from nova.store.postgres.db import Database
from nova.store.talk import policies

ROWS = "rows"


def nobody_learned(_: Connection[Any], __: Collection[bytes], ___: dict[str, Any]) -> None:
    """Where nothing is tuned."""


def remove_rows(db: Database, leave: Leave, run: ErasureRun) -> None:
    """After it nothing of the person is found, shown or answered from, by a tuned model neither."""
    with db.long_transaction() as conn:
        erase_rows(conn, run.entry, run.receipt, leave)
        rows.note(conn, run.entry.erasure_id, run.receipt)
        run.ctx.guard(conn)
    run.receipt["rows_at"] = stamp()  # whatever began before the commit may have seen the person


def erase_rows(conn: Connection[Any], entry: Erasure, receipt: dict[str, Any], leave: Leave = nobody_learned) -> None:
    """Delete all rows of a person in the caller's transaction; counts and what is to follow go into the receipt."""
    person = rows.known(conn, entry.person)
    if rows.lock(conn, person):
        _erase(conn, entry, person, receipt)
    else:
        receipt.setdefault("rows", {})
        receipt.setdefault("rows_at", stamp())
    if person.lookup is not None:
        leave(conn, [person.lookup], receipt)


def _erase(conn: Connection[Any], entry: Erasure, person: Person, receipt: dict[str, Any]) -> None:
    policies.note_left(conn, entry.subject_id)
    found = rows.belongings(conn, person)
    counts = rows.erase(conn, person, found)
    receipt["learning"] = dict(forget(conn, entry.subject_id))
    if still := rows.left(conn, replace(person, external_id=None)):
        raise Conflict(f"Nach dem Löschen zeigen noch Zeilen auf die Person: {', '.join(sorted(still))}.", data={"left": still})
    receipt["rows"] = dict(sorted(counts.items()))
    receipt["rows_at"] = stamp()
    held = receipt.setdefault("pending", {})
    for name in ("raw", "texts", "objects"):
        held[name] = sorted({*held.get(name, ()), *getattr(found, name)})
    held["hours"] = sorted({*held.get("hours", ()), *(hour.isoformat() for hour in found.hours)})
    held["words"] = held.get("words", False) or bool(found.ids.item)
