"""The audit log over a restore: it goes on from what the snapshot brought, says so, and still names what is changed."""

from datetime import UTC, datetime
from pathlib import Path

from nova.flows.snapshots.making import Wish
from nova.governance.audit import anchors, chain, list_audit
from nova.jobs.snapshots.restore import restore
from nova.settings import Settings
from nova.wiring import Nova, archive, open_nova
from nova.wiring.snapshots import maker_of
from tests.folders import short_folder
from tests.noting import note


def silent(stage: str, done: int, total: int) -> None:
    """Nobody watches."""


def noted(nova: Nova, *actions: str) -> None:
    """Entries, sealed and written down."""
    for action in actions:
        note(nova.db, action, "x")
    now = datetime.now(UTC)
    anchors.write(nova.settings.NOVA_DATA, chain.seal(nova.db, now), now)


def looked(nova: Nova) -> chain.Verdict:
    return chain.verify(nova.db, anchors.read(nova.settings.NOVA_DATA))


def test_the_chain_goes_on_from_the_snapshot_and_says_where_it_was_restored() -> None:
    with short_folder() as folder:
        settings = Settings(NOVA_DATA=folder / "data", NOVA_SNAPSHOT_EVERY=0)
        with open_nova(settings) as nova:
            noted(nova, "first", "second")
            note(nova.db, "unsealed", "x")
            made = maker_of(nova).take(Wish(), silent)
            noted(nova, "third", "fourth")
            assert looked(nova).ok
        file = settings.NOVA_DATA / "snapshots" / made.file
        aside = restore(file, archive.Key(), settings, silent, replace=True).aside
        assert aside is not None
        with open_nova(settings) as nova:
            verdict = looked(nova)
            assert verdict.ok and len(verdict.restored) == 1 and verdict.unsealed == 0
            assert [entry.action for entry in list_audit(nova.db)][:4] == ["snapshot.restored", "unsealed", "second", "first"]
            noted(nova, "fifth")
            assert looked(nova).ok
            cut(nova)
            assert [flaw.kind for flaw in looked(nova).flaws] == ["row_deleted", "truncated"]
        elsewhere = Settings(NOVA_DATA=folder / "else", NOVA_SNAPSHOT_EVERY=0)
        restore(file, archive.Key(), elsewhere, silent)
        with open_nova(elsewhere) as nova:
            assert looked(nova).ok and Path(elsewhere.NOVA_DATA, "anchors", "audit.jsonl").exists()


def cut(nova: Nova) -> None:
    """Somebody takes the newest stretch away, rows and seal."""
    with nova.db.transaction() as conn:
        for table in ("audit_log", "audit_seals"):
            conn.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_change")
        conn.execute("DELETE FROM audit_log WHERE seq >= (SELECT first_seq FROM audit_seals ORDER BY seal_id DESC LIMIT 1)")
        conn.execute("DELETE FROM audit_seals WHERE seal_id = (SELECT max(seal_id) FROM audit_seals)")
