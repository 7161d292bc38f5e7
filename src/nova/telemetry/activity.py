"""The tables of answers, events and judgements in, the figures of the overview out."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from nova import german
from nova.store.postgres.db import Database
from nova.store.talk import telemetry

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
    midnight = german.midnight(now)
    month = midnight - timedelta(days=DAYS - 1)
    with db.transaction() as conn:
        days = telemetry.events_per_day(conn, month)
        useful, not_useful = telemetry.feedback_counts(conn, month)
    return Activity(tuple(days), useful, not_useful)
