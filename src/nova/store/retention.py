"""A rule of retention and a moment in, how many rows are past it or gone out; inside the caller's transaction, some rows at a time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.store import items, outbox, queries

SQL = queries.load("retention")
AT_ONCE = 1000
# What counts and what removes the rows of a rule.
COUNTS: Mapping[str, str] = {
    "gespraeche": "due_conversations",
    "antworten": "due_answers",
    "rueckmeldungen": "due_feedback",
    "ereignisse": "due_events",
    "empfehlungsprotokoll": "due_recommended",
    "zustellungen": "due_nonces",
    "abgelehntes": "due_refusals",
    "tresor": "due_vault",
}
REMOVALS: Mapping[str, tuple[str, ...]] = {
    "antworten": ("drop_answers",),
    "rueckmeldungen": ("drop_feedback", "drop_labels"),
    "ereignisse": ("drop_events",),
    "empfehlungsprotokoll": ("drop_recommended",),
    "zustellungen": ("drop_nonces",),
    "abgelehntes": ("drop_refusals",),
    "tresor": ("drop_vault",),
}


def due(conn: Connection[Any], rule: str, before: datetime) -> int:
    """How many rows of a rule are older than `before`."""
    row = conn.execute(SQL[COUNTS[rule]], _values(conn, rule, before)).fetchone()
    return int(row["n"]) if row else 0


def remove(conn: Connection[Any], rule: str, before: datetime) -> int:
    """Remove some of them; how many. Call it until it gives 0. Passages leave the index by the outbox."""
    if rule == "gespraeche":
        return _conversations(conn, before)
    values = _values(conn, rule, before)
    return sum(conn.execute(SQL[query], values).rowcount for query in REMOVALS[rule])


def _conversations(conn: Connection[Any], before: datetime) -> int:
    found = conn.execute(SQL["old_conversations"], {"before": before, "limit": AT_ONCE}).fetchall()
    passages: list[UUID] = [row["item_id"] for row in found if row["item_id"]]
    for item_id in passages:
        items.lock(conn, item_id)
        outbox.add_item_delete(conn, item_id)
        items.delete(conn, item_id)
    ids = [row["conversation_id"] for row in found]
    return conn.execute(SQL["drop_conversations"], {"ids": ids}).rowcount if ids else 0


def _values(conn: Connection[Any], rule: str, before: datetime) -> dict[str, Any]:
    values: dict[str, Any] = {"before": before, "limit": AT_ONCE}
    if rule == "tresor":
        values["tokens"] = [row["token"] for row in conn.execute(SQL["tokens_in_texts"]).fetchall()]
    return values
