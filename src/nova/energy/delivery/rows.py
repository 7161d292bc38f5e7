"""The row of a feed: made when a feed is first moved, with the fault that it last had."""

from nova.errors import NotFound
from nova.store.postgres.db import Database
from nova.store.series import batches


def ensured(db: Database, name: str, kind: str, *, enabled: bool) -> batches.Feed:
    """The feed's row, made when it is not there yet; `enabled`: whether it then runs."""
    with db.transaction() as conn:
        try:
            return batches.feed(conn, name)
        except NotFound:
            batches.save_feed(conn, name, kind, {}, enabled=enabled)
            return batches.feed(conn, name)


def note_failure(db: Database, name: str, message: str) -> None:
    """Keep why a feed did not answer."""
    with db.transaction() as conn:
        batches.fail(conn, name, message)


def clear_failure(db: Database, name: str) -> None:
    """It answers again: the cursor stays, the fault goes."""
    with db.transaction() as conn:
        batches.advance(conn, name, batches.feed(conn, name, lock=True).cursor, 0)
