"""Entries of the audit log, each in a transaction of its own."""

from collections.abc import Mapping
from typing import Any

from nova.governance.audit import AuditLog
from nova.records import Caller
from nova.store.postgres.db import Database

ADMIN = Caller("admin")


def note(db: Database, action: str, target: str, facts: Mapping[str, Any] | None = None, *, actor: Caller = ADMIN) -> None:
    """Write one."""
    with db.transaction() as conn:
        AuditLog().record(actor, action, target, facts, connection=conn)
