"""Rows of approvals: actions that wait for a second operator's word. A connection and plain values in, frozen rows out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.store import queries

SQL = queries.load("approvals")
ApprovalState = Literal["waiting", "running", "done", "failed", "refused"]


@dataclass(frozen=True, slots=True)
class Approval:
    """An action, who asked for it, who decided, and how it ended; `asker`, `decider` and `person` (whose account it is about) are names."""

    approval_id: UUID
    action: str
    target: str
    args: Mapping[str, Any]
    state: ApprovalState
    asked_by: str
    asked_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    told: str
    expires_at: datetime
    asker: str | None
    decider: str | None
    person: str | None


@dataclass(frozen=True, slots=True)
class NewApproval:
    """An action that somebody asks for."""

    approval_id: UUID
    action: str
    target: str
    args: Mapping[str, Any]
    asked_by: str
    expires_at: datetime


def insert(conn: Connection[Any], new: NewApproval) -> bool:
    """Ask; False where the same waits already."""
    values = {"approval_id": new.approval_id, "action": new.action, "target": new.target, "args": Jsonb(dict(new.args))}
    values |= {"asked_by": new.asked_by, "expires_at": new.expires_at}
    return conn.execute(SQL["insert"], values).fetchone() is not None


def expire(conn: Connection[Any]) -> None:
    """Those that nobody decided in time are refused."""
    conn.execute(SQL["expire"])


def page(conn: Connection[Any], states: Sequence[ApprovalState], limit: int, offset: int) -> tuple[list[Approval], int]:
    """The newest first, and how many there are; no states: all."""
    rows = conn.execute(SQL["page"], {"states": list(states) or None, "limit": limit, "offset": offset}).fetchall()
    total = rows[0]["total"] if rows else 0
    return [Approval(**{name: value for name, value in row.items() if name != "total"}) for row in rows], total


def find(conn: Connection[Any], approval_id: UUID) -> Approval | None:
    """One, held until the transaction ends; None when there is none."""
    row = conn.execute(SQL["find"], {"approval_id": approval_id}).fetchone()
    return Approval(**row) if row else None


def move(conn: Connection[Any], approval_id: UUID, state: ApprovalState, decided_by: str, told: str = "") -> None:
    """To its next state."""
    conn.execute(SQL["move"], {"approval_id": approval_id, "state": state, "decided_by": decided_by, "told": told})
