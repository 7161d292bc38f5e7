"""The tables of answers, events and judgements in, the figures of the overview out."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from nova.store import telemetry
from nova.store.db import Database

BERLIN = ZoneInfo("Europe/Berlin")
DAYS = 30


@dataclass(frozen=True, slots=True)
class Activity:
    """What people did in 30 days (Europe/Berlin), where enough did: events and judgements."""

    events_per_day: tuple[telemetry.DayCount, ...]
    useful: int | None
    not_useful: int | None


def activity(db: Database, now: datetime | None = None) -> Activity:
    """Count as of `now` (aware; default: this moment)."""
    now = now or datetime.now(UTC)
    midnight = now.astimezone(BERLIN).replace(hour=0, minute=0, second=0, microsecond=0)
    month = midnight - timedelta(days=DAYS - 1)
    with db.transaction() as conn:
        days = telemetry.events_per_day(conn, month)
        useful, not_useful = telemetry.feedback_counts(conn, month)
    return Activity(tuple(days), useful, not_useful)
