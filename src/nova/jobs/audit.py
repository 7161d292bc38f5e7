"""The audit log is sealed every few seconds while Nova serves."""

from pathlib import Path

import psycopg
import structlog

from nova.errors import NovaError
from nova.governance.audit.sealing import seal
from nova.jobs.patrol import Patrol
from nova.store.postgres.db import Database

SEAL_SECONDS = 5.0
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
