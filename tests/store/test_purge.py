"""What PostgreSQL remembers of deleted rows."""

from datetime import UTC, datetime
from uuid import uuid4

from nova.store.postgres.db import Database
from nova.store.postgres.purge import purge

MARKER = "Zwirbelquarzstatistik"


def remembered(database: Database) -> list[str]:
    """Tables whose statistics say the marker."""
    found = database.fetch_all("SELECT tablename, most_common_vals::text || coalesce(histogram_bounds::text, '') AS said FROM pg_stats")
    return [row["tablename"] for row in found if MARKER in (row["said"] or "")]


def test_nothing_is_remembered_of_a_table_that_is_empty_now(database: Database) -> None:
    for table, statement in (
        ("answers", "INSERT INTO answers (answer_id, question, answer, status) VALUES (%s, %s, '', 'answered')"),
        ("events", "INSERT INTO events (event_id, ts, type, meta) VALUES (%s, now(), 'view', jsonb_build_object('was', %s::text))"),
    ):
        for _ in range(3):
            database.execute(statement, (uuid4(), MARKER))
        database.execute(f"ANALYZE {table}")
    assert {"answers", "events"} <= set(remembered(database))
    for table in ("answers", "events"):
        database.execute(f"DELETE FROM {table}")
    purge(database, {"answers", "events"}, {"answers", "events"}, datetime.now(UTC), own_server=False)
    assert remembered(database) == []
