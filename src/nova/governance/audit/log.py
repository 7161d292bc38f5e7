"""Who did what to which thing in, one appended row out. Facts are ids, tokens and numbers, never text."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.records import Caller
from nova.store.people import audit as log
from nova.store.people import governance as rows
from nova.store.postgres.db import Database

EVERYTHING = log.AuditQuery()
_TOKEN = re.compile(r"[A-Za-z0-9_.:/\-]{0,128}")


class AuditLog:
    """Implements `nova.ports.Audit` on Postgres."""

    def record(
        self, actor: Caller, action: str, target: str, facts: Mapping[str, Any] | None = None, *, connection: Connection[Any]
    ) -> None:
        """Append one entry. ValueError for a fact that could hold text: that is a mistake in Nova, not of the caller."""
        kept = {name: _fact(name, value) for name, value in (facts or {}).items()}
        rows.insert_audit(connection, actor.token, str(_fact("action", action)), str(_fact("target", target)), kept)


def list_audit(db: Database, query: log.AuditQuery = EVERYTHING, *, before: int | None = None, limit: int = 100) -> list[log.AuditRow]:
    """Newest entries first; `before` is the smallest `seq` already seen."""
    with db.transaction() as conn:
        return log.list_audit(conn, query, before, limit)


def actions(db: Database) -> list[str]:
    """Every kind of action that was ever noted."""
    with db.transaction() as conn:
        return log.actions(conn)


def _fact(name: str, value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, list | tuple):
        return [_fact(name, part) for part in value]
    if isinstance(value, str) and _TOKEN.fullmatch(value):
        return value
    raise ValueError(f"audit fact {name!r} must be an id, a token or a number")
