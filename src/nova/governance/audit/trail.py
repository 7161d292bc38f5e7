"""The audit log as it is examined: its rows, and whether they are as they were written."""

import time
from pathlib import Path

from nova.governance.audit import anchors, chain
from nova.governance.audit.chain import Verdict
from nova.governance.audit.log import actions, list_audit
from nova.store.people.audit import AuditQuery, AuditRow
from nova.store.postgres.db import Database

AuditFilter = AuditQuery


class AuditTrail:
    """For auditors. `data` is the data folder, where the heads of the chain are written down."""

    def __init__(self, db: Database, data: Path) -> None:
        self._db, self._data = db, data

    def page(self, wanted: AuditFilter, before: int | None, limit: int) -> list[AuditRow]:
        """Newest entries first; `before` is the smallest `seq` already seen."""
        return list_audit(self._db, wanted, before=before, limit=limit)

    def actions(self) -> list[str]:
        """Every kind of action that was ever noted."""
        return actions(self._db)

    def verify(self) -> tuple[Verdict, float]:
        """Look through every row, seal and anchor, and the seconds that took; the anchors first, so that none is newer than the rows."""
        began = time.monotonic()
        verdict = chain.verify(self._db, anchors.read(self._data))
        return verdict, round(time.monotonic() - began, 3)
