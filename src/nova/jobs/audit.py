"""The job `audit-seal`: seal what was written to the audit log, and write the head down outside the database."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from nova.governance import anchors, chain
from nova.ports import JobContext, JobHandler
from nova.records import Caller
from nova.store.db import Database
from nova.wiring import Nova

SEAL, TITLE = "audit-seal", "Protokoll versiegeln"
EVERY = timedelta(minutes=15)


def handler(db: Database, data: Path) -> JobHandler:
    """No arguments. `data` is the data folder."""

    def run(ctx: JobContext) -> None:
        ctx.stage("versiegeln")
        now = datetime.now(UTC)
        newest = chain.seal(db, now)
        anchored = anchors.write(data, newest, now)
        ctx.finish({"seal": newest.seal_id if newest else 0, "last_seq": newest.last_seq if newest else 0, "anchored": anchored})

    return run


def restored(nova: Nova, snapshot_id: str) -> None:
    """A snapshot has just taken the place of everything: written down outside, noted in the log, sealed."""
    data, now = nova.settings.NOVA_DATA, datetime.now(UTC)
    chain.restored(nova.db, data, now)
    nova.audit.record(Caller("admin"), "snapshot.restored", snapshot_id)
    anchors.write(data, chain.seal(nova.db, now), now)
