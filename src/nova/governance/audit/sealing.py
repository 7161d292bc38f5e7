"""What was written to the audit log in, sealed out, with the head written down outside the database."""

from datetime import UTC, datetime
from pathlib import Path

from nova.governance.audit import anchors, chain
from nova.ports import Audit
from nova.records import Caller
from nova.store.people import audit as rows
from nova.store.people.audit import Seal
from nova.store.postgres.db import Database


def seal(db: Database, data: Path) -> Seal | None:
    """Seal what is not sealed yet and write the head down below the data folder; the newest seal, None where there was nothing to seal."""
    with db.transaction() as conn:
        if not rows.unsealed(conn):
            return None
    now = datetime.now(UTC)
    newest = chain.seal(db, now)
    anchors.write(data, newest, now)
    return newest


def restored(db: Database, audit: Audit, data: Path, snapshot_id: str) -> None:
    """A snapshot has just taken the place of everything: written down outside, noted in the log, sealed.

    The entry comes after what is written down outside, which says where the restored log ends.
    """
    now = datetime.now(UTC)
    chain.restored(db, data, now)
    with db.transaction() as conn:
        audit.record(Caller("admin"), "snapshot.restored", snapshot_id, connection=conn)
    anchors.write(data, chain.seal(db, now), now)
