"""The last visit of an erasure: snapshots from before it, which hold the person, deleted where that is wanted, or named with their end."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nova.errors import Busy, JobWaits
from nova.flows.erasure.files import BEING_MADE, WAIT_S
from nova.flows.erasure.run import ErasureRun
from nova.flows.snapshots.kept import Kept, Snapshot
from nova.store.documents import items
from nova.store.people import rights as rows
from nova.store.postgres.db import Database

SNAPSHOT_PATIENCE_S = 60.0
PURGE = "purge"


@dataclass(frozen=True, slots=True)
class SnapshotRules:
    """How snapshots go: with every erasure (`purge`); those made every so many hours (0: none), all but the newest `keep`."""

    purge: bool
    every: float
    keep: int


def remove_snapshots(db: Database, data: Path, rules: SnapshotRules, run: ErasureRun) -> None:
    """Delete the snapshots from before where that is wanted, or say when they go. JobWaits while one is made: it may hold the person.

    `data` is the data folder.
    """
    kept, before = Kept(data), datetime.fromisoformat(run.receipt["rows_at"])
    run.receipt["aside"] = _aside(db, data.resolve())
    with db.transaction() as conn:
        purge = rules.purge or rows.wished(conn, run.entry.erasure_id, PURGE)
    with _none_being_made(kept):
        old = [one for one in kept.list() if one.created_at <= before]
        if purge:
            for one in old:
                kept.delete(one.snapshot_id)
            run.receipt["snapshots"] = {"deleted": [str(one.snapshot_id) for one in old], "left": []}
            return
        run.receipt["snapshots"] = {"deleted": [], "left": [_left(one, kept.list(), rules) for one in old]}


@contextmanager
def _none_being_made(kept: Kept) -> Iterator[None]:
    try:
        with kept.writing(SNAPSHOT_PATIENCE_S):
            yield
    except Busy as error:
        raise JobWaits(BEING_MADE, data={"retry_after": WAIT_S}) from error


def _aside(db: Database, data: Path) -> list[str]:
    """What restores have set aside and nobody has deleted since: folders beside or in the data folder, and schemas."""
    folders = [*data.parent.glob(f"{data.name}.vor-*"), *data.glob("vor-*")]
    with db.transaction() as conn:
        return [*sorted(path.name for path in folders), *items.schemas_aside(conn)]


def _left(one: Snapshot, every: list[Snapshot], rules: SnapshotRules) -> dict[str, Any]:
    """A snapshot that stays, and when it goes by itself: as soon as enough newer ones have been made by the clock."""
    expires = None
    if one.origin == "schedule" and rules.every:
        newer = sum(1 for other in every if other.origin == "schedule" and other.created_at > one.created_at)
        expires = datetime.now(UTC) + timedelta(hours=rules.every * max(1, rules.keep - newer))
    return {
        "snapshot_id": str(one.snapshot_id),
        "file": one.file,
        "created_at": one.created_at.isoformat(),
        "expires_at": None if expires is None else expires.isoformat(timespec="seconds"),
    }
