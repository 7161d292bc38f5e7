"""People in datasets, by the HMAC (`lookup`) of what a source calls them: what there is of them, and its end.

Functions run inside the caller's transaction.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.store import queries

SQL = queries.load("seeding")
OBJECTED = "Widerspruch der Person."
CONSENT = "consent"
"""Who noted an objection that a withdrawal of consent was."""


def known(conn: Connection[Any], lookup: bytes) -> bool:
    """Whether there is anything of somebody."""
    row = conn.execute(SQL["known"], {"lookup": lookup}).fetchone()
    return bool(row and row["yes"])


def held(conn: Connection[Any], lookups: Collection[bytes], purpose: str = "") -> dict[int, list[str]]:
    """Their rows, by version; with a purpose in versions for that alone."""
    return {int(row["version_id"]): list(row["row_ids"]) for row in conn.execute(SQL["held_of"], _of(lookups, purpose)).fetchall()}


def removed(conn: Connection[Any], lookups: Collection[bytes]) -> list[tuple[UUID, str, str, Mapping[str, Any]]]:
    """What runs left out of their rows: run, row id, step and the row."""
    found = conn.execute(SQL["removed_of"], _of(lookups)).fetchall()
    return [(row["run_id"], str(row["row_id"]), str(row["step"]), row["content"]) for row in found]


def engines_with(conn: Connection[Any], version_ids: Collection[int]) -> list[str]:
    """The engines that were given one of these versions."""
    return [str(row["engine"]) for row in conn.execute(SQL["engines_with"], {"version_ids": list(version_ids)}).fetchall()]


def excluded(conn: Connection[Any], purpose: str) -> set[bytes]:
    """Whose data no run for a purpose may use: who objected, who refused that purpose, and who was erased."""
    return {bytes(row["lookup"]) for row in conn.execute(SQL["excluded"], {"purpose": purpose}).fetchall()}


def agreed(conn: Connection[Any], purpose: str) -> set[bytes]:
    """Who agrees to a purpose now."""
    return {bytes(row["lookup"]) for row in conn.execute(SQL["agreed"], {"purpose": purpose}).fetchall()}


def empty_batches(conn: Connection[Any], lookups: Collection[bytes]) -> int:
    """Raw bytes that hold something of them, or of which nobody knows what they hold, are needed no more; of how many batches."""
    return conn.execute(SQL["empty_batches"], _of(lookups)).rowcount


def forget(conn: Connection[Any], lookups: Collection[bytes]) -> dict[str, int]:
    """Lineage and removals of theirs go, and what others' removals say of them; rows by table."""
    conn.execute(SQL["forget_kept"], _of(lookups))
    gone = {"seed_removals": conn.execute(SQL["forget_removals"], _of(lookups)).rowcount}
    return gone | {"seed_lineage": conn.execute(SQL["forget_lineage"], _of(lookups)).rowcount}


def set_apart(conn: Connection[Any], lookups: Collection[bytes], purpose: str = "") -> int:
    """Their rows (with a purpose: in what is made for that) count as left out by their objection; of how many rows of versions."""
    values = _of(lookups, purpose) | {"reason": OBJECTED}
    conn.execute(SQL["forget_kept"], values)
    conn.execute(SQL["empty_removals"], values)
    conn.execute(SQL["note_objected"], values)
    return conn.execute(SQL["forget_lineage"], values).rowcount


def correct_removals(conn: Connection[Any], lookups: Collection[bytes], row_id: str | None, column: str, value: Any) -> int:
    """A value of theirs is another one where a run left a row out; of how many rows."""
    values = _of(lookups) | {"row_id": row_id, "column": column, "value": Jsonb(value)}
    return conn.execute(SQL["correct_removals"], values).rowcount


def put_objection(conn: Connection[Any], lookup: bytes, by: str, at: datetime) -> bool:
    """Somebody objects; False where they did before."""
    return conn.execute(SQL["put_objection"], {"lookup": lookup, "by": by, "at": at}).rowcount > 0


def lift_objection(conn: Connection[Any], lookup: bytes) -> bool:
    """An objection is taken back; False where there is none."""
    return conn.execute(SQL["lift_objection"], {"lookup": lookup}).rowcount > 0


def object_to_learning(conn: Connection[Any], subject_id: UUID, at: datetime) -> bool:
    """Somebody agrees no longer that is learned from them; False where they had objected before, or no source can name them."""
    return conn.execute(SQL["object_to_learning"], {"subject_id": subject_id, "at": at, "by": CONSENT}).rowcount > 0


def agree_to_learning(conn: Connection[Any], subject_id: UUID) -> bool:
    """They agree again; an objection that somebody noted for another reason stays."""
    return conn.execute(SQL["agree_to_learning"], {"subject_id": subject_id, "by": CONSENT}).rowcount > 0


def refuse_purpose(conn: Connection[Any], subject_id: UUID, purpose: str, at: datetime) -> bool:
    """Somebody agrees to a purpose no longer; False where they had refused it before, or no source can name them."""
    values = {"subject_id": subject_id, "purpose": purpose, "at": at, "by": CONSENT}
    return conn.execute(SQL["refuse_purpose"], values).rowcount > 0


def allow_purpose(conn: Connection[Any], subject_id: UUID, purpose: str) -> bool:
    """They agree to it again; what they left stays without them until the next run."""
    return conn.execute(SQL["allow_purpose"], {"subject_id": subject_id, "purpose": purpose}).rowcount > 0


def to_leave(conn: Connection[Any]) -> dict[str, list[bytes]]:
    """Who objected ("") or refused a purpose, and is in a version or among removals of it all the same; by purpose."""
    found: dict[str, list[bytes]] = {}
    for row in conn.execute(SQL["to_leave"]).fetchall():
        found.setdefault(str(row["purpose"]), []).append(bytes(row["lookup"]))
    return found


def _of(lookups: Collection[bytes], purpose: str = "") -> dict[str, Any]:
    return {"lookups": list(lookups), "purpose": purpose}
