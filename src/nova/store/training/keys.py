"""What people say of a run before it serves: a connection and plain values in, rows out, in the caller's transaction."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection

from nova.store import queries

SQL = queries.load("train_keys")
Says = Literal["yes", "no"]


@dataclass(frozen=True, slots=True)
class Judged:
    """The newest evaluation of a run; `voted_since`: somebody judged more of its answers meanwhile."""

    evaluation_id: UUID
    told: Mapping[str, Any]
    passed: bool
    at: datetime
    voted_since: bool


@dataclass(frozen=True, slots=True)
class Key:
    """What one person said of an evaluation, and of which weights."""

    turned_by: str
    says: Says
    reason: str
    adapter_sha256: str
    at: datetime


def newest(conn: Connection[Any], run_id: UUID) -> Judged | None:
    """The evaluation that keys are turned for."""
    row = conn.execute(SQL["newest"], {"run_id": run_id}).fetchone()
    return Judged(**row) if row else None


def put(conn: Connection[Any], run_id: UUID, evaluation_id: UUID, key: Key) -> bool:
    """Keep what somebody says; False where they said something of this evaluation already."""
    return conn.execute(SQL["put"], asdict(key) | {"run_id": run_id, "evaluation_id": evaluation_id}).rowcount > 0


def of_evaluation(conn: Connection[Any], evaluation_id: UUID) -> list[Key]:
    """Oldest first."""
    return [Key(**row) for row in conn.execute(SQL["of_evaluation"], {"evaluation_id": evaluation_id}).fetchall()]


def tickets(conn: Connection[Any], before: datetime) -> list[UUID]:
    """Open tickets that asked for a training before then, held until the transaction ends."""
    return [row["ticket_id"] for row in conn.execute(SQL["tickets"], {"before": before}).fetchall()]
