"""Somebody with a marker in everything is erased: no store, dump or log holds the marker, no older snapshot brings them back."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nova.flows.consents import note
from nova.flows.index_level import catch_up
from nova.flows.snapshots.kept import Kept
from nova.flows.snapshots.making import Wish
from nova.governance import consent
from nova.jobs.desk import open_worker
from nova.jobs.snapshots.restore import restore
from nova.logs import configure_logs
from nova.privacy import redact
from nova.records import Caller
from nova.settings import Settings
from nova.store.people import rights
from nova.store.people.rights import Erasure
from nova.wiring import Nova, archive, open_nova
from nova.wiring.erasure import erasures_of, reapplication_of, withdrawals_of
from nova.wiring.snapshots import maker_of
from tests.fakes.marked import MARKER, Marked, planted
from tests.folders import short_folder

ADMIN = Caller("admin")
PATIENCE_S = 120.0


def silent(stage: str, done: int, total: int) -> None:
    """Nobody watches."""


@contextmanager
def working(settings: Settings) -> Iterator[Nova]:
    with open_nova(settings) as opened:
        reapplication_of(opened).reapply()
        worker = open_worker(opened)
        worker.start()
        catch_up(opened.index_room, opened.jobs)
        yield opened
        worker.stop()


def settle(nova: Nova) -> None:
    """Wait until every job that somebody does has ended."""
    until = time.monotonic() + PATIENCE_S
    while open_jobs := [job for job in nova.jobs.list(states=("queued", "running")) if job.kind != "nobody-does-this"]:
        assert time.monotonic() < until, [(job.kind, job.stage) for job in open_jobs]
        time.sleep(0.05)


def erased(nova: Nova, who: Marked, **wishes: bool) -> Erasure:
    with nova.db.transaction() as conn:
        person = rights.find(conn, str(who.subject_id))
    assert isinstance(person, rights.Person)
    started = erasures_of(nova).ask(ADMIN, person, datetime.now(UTC), **wishes)
    job = nova.jobs.wait(started.job_id, PATIENCE_S)
    assert job.state == "done", (job.state, job.stage, job.error)
    with nova.db.transaction() as conn:
        entry = rights.erasure(conn, started.erasure_id)
    assert entry is not None
    return entry


def withdraw(nova: Nova, who: Marked) -> None:
    """After the older snapshot was made; it must not bring their words back either."""
    now, text = datetime.now(UTC), consent.shipped()
    with nova.db.transaction() as conn:
        assert conn.execute("SELECT 1 FROM conversations WHERE subject_id = %s", [who.subject_id]).fetchall()
        heard = note(conn, nova.jobs, who.subject_id, consent.Statement({"service": False}, text.version, text.sha256, now, "web"), now)
        withdrawals_of(nova).keep(conn, who.subject_id, heard.ended)


def hits(folder: Path, *, without: str = "") -> list[str]:
    """Files below a folder in which the marker stands, in any case of letters."""
    found = subprocess.run(["grep", "-rliaF", MARKER, str(folder)], capture_output=True, text=True, check=False).stdout.split()
    return [path.removeprefix(str(folder)) for path in found if not without or without not in path]


@pytest.mark.bars
def test_nothing_of_an_erased_person_is_left_and_no_snapshot_brings_them_back() -> None:
    with short_folder() as folder:
        data = folder / "data"
        settings = Settings(NOVA_DATA=data, NOVA_SNAPSHOT_EVERY=0, NOVA_LOG_FILE=data / "nova.log")
        data.mkdir()
        configure_logs(level="info", text=False, scrub=lambda text: redact(text).text, file=settings.NOVA_LOG_FILE)
        with working(settings) as nova:
            company = planted(nova, 2, "Andereperson")
            who = planted(nova)
            settle(nova)
            nova.db.execute("ANALYZE")
            assert hits(data)
            old = maker_of(nova).take(Wish(index=True), silent)
            path = Kept(data).path(old)
            entry = erased(nova, who)
            told = entry.receipt
            assert told["rows"]["users"] == 1 and told["rows"]["turns"] == 2 and told["rows"]["smart_meter_readings"] == 96, told
            assert told["storage"] == {**told["storage"], "left": [], "log": True}
            assert [one["snapshot_id"] for one in told["snapshots"]["left"]] == [str(old.snapshot_id)]
            assert hits(data, without=path.name) == []
            withdraw(nova, company)
            fresh = Kept(data).path(maker_of(nova).take(Wish(index=True), silent))
            with nova.db.transaction() as conn:
                other = rights.find(conn, str(company.subject_id))
                assert isinstance(other, rights.Person) and rights.left(conn, other)
        assert hits(data, without=path.name) == []
        into = folder / "fresh"
        restore(fresh, archive.Key(), settings.model_copy(update={"NOVA_DATA": into}), silent)
        assert hits(into) == []
        again = folder / "again"
        restored = restore(path, archive.Key(), settings.model_copy(update={"NOVA_DATA": again}), silent)
        assert restored.erased == 1
        with working(settings.model_copy(update={"NOVA_DATA": again})) as nova:
            settle(nova)
            assert hits(again) == []
            with nova.db.transaction() as conn:
                held = rights.erasure(conn, entry.erasure_id)
            assert held is not None and held.done_at is not None and len(held.receipt["reapplied"]) == 1
            assert nova.db.fetch_all("SELECT 1 FROM conversations WHERE subject_id = %s", [company.subject_id]) == []
        with working(settings) as nova:
            erased(nova, company, purge_snapshots=True)
            assert not path.exists() and not fresh.exists()
