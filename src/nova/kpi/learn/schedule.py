"""When learning runs by itself."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from nova.german import BERLIN
from nova.kpi.learn import steer
from nova.store.postgres.db import Database

EVERY = timedelta(hours=1)  # it looks whether its hour has come


def plan(db: Database) -> dict[str, Any]:
    """Whether learning runs by itself (`on`), and at which `hour` (Europe/Berlin)."""
    with db.transaction() as conn:
        return steer.plan(conn)


def due(db: Database, now: datetime, job_id: UUID | None = None) -> bool:
    """Whether the hour has come and nothing was tried in it yet; or whether this job began and was cut off."""
    when = plan(db)
    if when["on"] and job_id is not None and when.get("job") == str(job_id):
        return True
    if not when["on"] or now.astimezone(BERLIN).hour != when["hour"]:
        return False
    tried = when.get("tried")
    return tried is None or now - datetime.fromisoformat(tried) > EVERY
