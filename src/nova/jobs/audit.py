"""What was written to the audit log in, sealed out within seconds, with the head written down outside the database."""

from datetime import UTC, datetime
from pathlib import Path

import psycopg
import structlog

from nova.errors import NovaError
from nova.governance import anchors, chain
from nova.jobs.patrol import Patrol
from nova.records import Caller
from nova.store import audit as rows
from nova.store.audit import Seal
from nova.store.db import Database
from nova.wiring import Nova

SEAL_SECONDS = 5.0
FORMER_JOB = "audit-seal"
FAILED = (psycopg.Error, NovaError, OSError)  # it goes on, whatever a database or a disk says meanwhile
log = structlog.get_logger(__name__)


class Sealer(Patrol):
    """Seals every few seconds while there is anything to seal, and once more when it stops."""

    def __init__(self, db: Database, data: Path, *, seconds: float = SEAL_SECONDS) -> None:
        """`data` is the data folder; `seconds` lie between two looks."""
        super().__init__("nova-audit", patience=seconds)
        self._db, self._data, self._seconds = db, data, seconds
        self._said = ""

    def look(self) -> float:
        """Seal what is new; what stands in the way is said once, and tried again with the next look."""
        try:
            seal(self._db, self._data)
        except FAILED as error:
            if str(error) != self._said:
                log.warning("audit_not_sealed", error=type(error).__name__, reason=str(error))
            self._said = str(error)
        else:
            self._said = ""
        return self._seconds


def seal(db: Database, data: Path) -> Seal | None:
    """Seal what is not sealed yet and write the head down; the newest seal, None where there was nothing to seal."""
    with db.transaction() as conn:
        if not rows.unsealed(conn):
            return None
    now = datetime.now(UTC)
    newest = chain.seal(db, now)
    anchors.write(data, newest, now)
    return newest


def restored(nova: Nova, snapshot_id: str) -> None:
    """A snapshot has just taken the place of everything: written down outside, noted in the log, sealed."""
    data, now = nova.settings.NOVA_DATA, datetime.now(UTC)
    chain.restored(nova.db, data, now)
    nova.audit.record(Caller("admin"), "snapshot.restored", snapshot_id)
    anchors.write(data, chain.seal(nova.db, now), now)
