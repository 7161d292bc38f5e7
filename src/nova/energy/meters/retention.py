"""How long readings are kept: as long as their meter says, else as long as the company says."""

from datetime import datetime
from typing import Any

from nova.store.postgres.db import Database
from nova.store.series import kept_days


def drop_expired(db: Database, now: datetime, keep_days: int | None) -> dict[str, Any]:
    """Drop readings that nobody keeps any longer; how many rows, and which partitions went as a whole. `keep_days` None: for ever."""
    with db.transaction() as conn:
        dropped = kept_days.drop_readings(conn, now, keep_days)
    return {"rows": dropped.rows, "partitions": list(dropped.partitions)}
