"""The event tables in, the same tables ready for the coming month and their daily roll-up current out. A scheduled job calls this daily."""

from datetime import UTC, datetime, timedelta

from nova.store.postgres.db import Database
from nova.store.postgres.partitions import ensure_month_partitions
from nova.store.talk import telemetry


def keep_ready(db: Database, now: datetime | None = None) -> list[str]:
    """Make this and next month's partitions of `events` and refresh `mv_events_daily`; the names of the partitions made."""
    today = (now or datetime.now(UTC)).date()
    with db.transaction() as conn:
        made = ensure_month_partitions(conn, "events", today, today + timedelta(days=31))
    with db.transaction() as conn:
        telemetry.refresh_events_daily(conn)
    return made
