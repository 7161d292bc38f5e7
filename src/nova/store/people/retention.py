"""A rule of retention and a moment in, how many rows are past it or gone out; inside the caller's transaction, some rows at a time."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.courtesy import make_way
from nova.store import queries
from nova.store.documents import items, outbox
from nova.store.documents.chunks import FIRST as FIRST

SQL = queries.load("retention")
AT_ONCE = 1000
# What counts and what removes the rows of a rule.
COUNTS: Mapping[str, str] = {
    "gespraeche": "due_conversations",
    "antworten": "due_answers",
    "uebergaben": "due_handovers",
    "rueckmeldungen": "due_feedback",
    "ereignisse": "due_events",
    "empfehlungsprotokoll": "due_recommended",
    "zustellungen": "due_nonces",
    "abgelehntes": "due_refusals",
}
REMOVALS: Mapping[str, tuple[str, ...]] = {
    "antworten": ("drop_answers",),
    "uebergaben": ("drop_handovers",),
    "rueckmeldungen": ("drop_feedback", "drop_labels"),
    "ereignisse": ("drop_events",),
    "empfehlungsprotokoll": ("drop_recommended",),
    "zustellungen": ("drop_nonces",),
    "abgelehntes": ("drop_refusals",),
}
VAULT, PERSONS = "tresor", 100  # looked through person by person: a text says whose token it holds


def due(conn: Connection[Any], rule: str, before: datetime) -> int:
    """How many rows of a rule are older than `before`."""
    if rule == VAULT:
        return sum(len(_unsaid(conn, some, before)) for some in _vaults(conn, before))
    row = conn.execute(SQL[COUNTS[rule]], {"before": before}).fetchone()
    return int(row["n"]) if row else 0


def remove(conn: Connection[Any], rule: str, before: datetime, after: UUID = FIRST) -> tuple[int, UUID | None]:
    """Remove some of them; how many, and `after` what to go on (None: through). Passages leave the index by the outbox."""
    if rule == VAULT:
        return _sealed(conn, before, after)
    if rule == "gespraeche":
        gone = _conversations(conn, before)
    else:
        values = {"before": before, "limit": AT_ONCE}
        gone = sum(conn.execute(SQL[query], values).rowcount for query in REMOVALS[rule])
    return gone, after if gone else None


def _conversations(conn: Connection[Any], before: datetime) -> int:
    found = conn.execute(SQL["old_conversations"], {"before": before, "limit": AT_ONCE}).fetchall()
    passages: list[UUID] = [row["item_id"] for row in found if row["item_id"]]
    for item_id in passages:
        items.lock(conn, item_id)
        outbox.add_item_delete(conn, item_id)
        items.delete(conn, item_id)
    ids = [row["conversation_id"] for row in found]
    return conn.execute(SQL["drop_conversations"], {"ids": ids}).rowcount if ids else 0


def _sealed(conn: Connection[Any], before: datetime, after: UUID) -> tuple[int, UUID | None]:
    """Values of some persons; of whom something is just being stored, that may say a token again, the next run looks."""
    some = next(_vaults(conn, before, after), [])
    if not some:
        return 0, None
    quiet = [row["subject_id"] for row in conn.execute(SQL["quiet"], {"subjects": some}).fetchall()]
    gone = _unsaid(conn, quiet, before)
    values = {"subjects": [subject_id for subject_id, _ in gone], "tokens": [token for _, token in gone]}
    conn.execute(SQL["drop_sealed"], values)
    return len(gone), some[-1]


def _vaults(conn: Connection[Any], before: datetime, after: UUID = FIRST) -> Iterator[list[UUID]]:
    """Persons with older values, some at a time."""
    while True:
        make_way()
        rows = conn.execute(SQL["old_vaults"], {"before": before, "after": after, "persons": PERSONS}).fetchall()
        if not rows:
            return
        yield [row["subject_id"] for row in rows]
        after = rows[-1]["subject_id"]


def _unsaid(conn: Connection[Any], subjects: list[UUID], before: datetime) -> list[tuple[UUID, str]]:
    found = conn.execute(SQL["unsaid"], {"subjects": subjects, "before": before}).fetchall() if subjects else []
    return [(row["subject_id"], row["token"]) for row in found]
