"""Snapshots as the operator asks for them, downloads, tries and deletes them; each is noted in the audit log."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast, runtime_checkable
from uuid import UUID

from nova.errors import InvalidInput
from nova.flows.kinds import PROVE, SNAPSHOT
from nova.flows.snapshots.kept import Kept, Snapshot
from nova.ports import Audit, Index
from nova.ports.jobs import Jobs
from nova.records import Caller
from nova.store.postgres.db import Database


@runtime_checkable
class Copyable(Protocol):
    """An index whose files are here."""

    def size(self) -> int:
        """Bytes on disk; also of one that does not answer."""
        ...

    def copy_to(self, folder: Path) -> None:
        """A copy in a new folder; writers wait meanwhile."""
        ...


@dataclass(frozen=True, slots=True)
class SnapshotRequest:
    """What a snapshot is to hold, and for whom it is encrypted ("" leaves it to the settings).

    `aside`: nobody can open it before its maker has exchanged its key, so until then it does not count as a snapshot.
    """

    index: bool
    database: bool
    recipient: str = ""
    aside: bool = False


class SnapshotRequests:
    """Snapshots that the operator wants. `recipient` gives a key as age has it; InvalidInput for one with a wrong letter."""

    def __init__(self, db: Database, jobs: Jobs, audit: Audit, index: Index, recipient: Callable[[str], str]) -> None:
        self._db, self._jobs, self._audit, self._index, self._recipient = db, jobs, audit, index, recipient

    def make(self, caller: Caller, wanted: SnapshotRequest) -> UUID:
        """Start the job; InvalidInput for a wish that cannot be fulfilled."""
        if not wanted.database:
            raise InvalidInput("Ohne die Datenbank (pg_dump) lässt sich nichts wiederherstellen; der Suchindex entsteht aus ihr.")
        if wanted.index:
            require_copyable(self._index)
        if wanted.aside and not wanted.recipient:
            raise InvalidInput("Nur eine Sicherung, die für einen Schlüssel angelegt wird, kann auf einen anderen warten.")
        recipient = self._recipient(wanted.recipient) if wanted.recipient else ""
        args = {"index": wanted.index, "recipient": recipient, "origin": "person", "aside": wanted.aside}
        facts = {"index": wanted.index, "recipient": bool(wanted.recipient)}
        with self._db.transaction() as conn:
            job_id = self._jobs.start(SNAPSHOT, args, connection=conn)
            self._audit.record(caller, "snapshot.requested", str(job_id), facts, connection=conn)
        return job_id


class StoredSnapshots:
    """The snapshots below a data folder."""

    def __init__(self, db: Database, jobs: Jobs, audit: Audit, kept: Kept) -> None:
        self._db, self._jobs, self._audit, self._kept = db, jobs, audit, kept

    def prove(self, caller: Caller, snapshot_id: UUID) -> UUID:
        """Start the job that restores one into a throw-away folder; NotFound."""
        snapshot = self._kept.get(snapshot_id)
        with self._db.transaction() as conn:
            job_id = self._jobs.start(PROVE, {"snapshot_id": str(snapshot_id)}, title=f"Probe: {snapshot.file}", connection=conn)
            self._audit.record(caller, "snapshot.proved", str(snapshot_id), {"job": str(job_id)}, connection=conn)
        return job_id

    def download(self, caller: Caller, snapshot_id: UUID) -> tuple[Snapshot, Path]:
        """One, and where its file lies; noted before its first byte leaves. NotFound."""
        snapshot = self._kept.get(snapshot_id)
        facts = {"bytes": snapshot.bytes, "encrypted": snapshot.encrypted}
        with self._db.transaction() as conn:
            self._audit.record(caller, "snapshot.downloaded", str(snapshot_id), facts, connection=conn)
        return snapshot, self._kept.path(snapshot)

    def delete(self, caller: Caller, snapshot_id: UUID) -> None:
        """The file and its record; NotFound.

        Its entry in the audit log is written before and committed once the file is gone: where it cannot be written the file stays, and
        where the file cannot be removed there is no entry.
        """
        with self._db.transaction() as conn:
            self._audit.record(caller, "snapshot.deleted", str(snapshot_id), connection=conn)
            self._kept.delete(snapshot_id)


def require_copyable(index: Index) -> Copyable:
    """The index, whose files are here; InvalidInput where they are not."""
    if not isinstance(index, Copyable):
        raise InvalidInput("Der Suchindex liegt auf einem Qdrant-Server; er wird dort gesichert oder aus der Datenbank neu aufgebaut.")
    return cast(Copyable, index)
