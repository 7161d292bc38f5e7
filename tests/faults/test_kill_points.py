"""A process that dies at a named point, and the next one that finds everything or nothing of what the first was doing."""

import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from nova.errors import Duplicate
from nova.flows.index_level import catch_up
from nova.jobs.desk import open_worker
from nova.ports.jobs import Kind
from nova.settings import Settings
from nova.store.postgres.migrate import migrate, pending
from nova.wiring import Nova, open_nova
from tests.faults.doomed import POINTS, upload
from tests.faults.whole import broken

ROOT = Path(__file__).parents[2]
NOTHING_STORED = {"after_the_file", "after_the_row_before_the_commit", "after_the_entry_before_the_commit"}
DELETED = {point for point in POINTS if point.startswith("mid_delete")}
FAST = {"after_the_point"}


def killed(point: str, folder: Path, dsn: str) -> None:
    command = [sys.executable, "-m", "tests.faults.doomed", point, str(folder)]
    done = subprocess.run(command, input=dsn, cwd=ROOT, text=True, capture_output=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr[-2000:]


def carried_on(nova: Nova) -> None:
    """What a start does, and the sweep."""
    nova.jobs.release("the dead have no lease")
    worker = open_worker(nova)
    worker.start()
    catch_up(nova.index_room, nova.jobs)
    nova.jobs.start(Kind("sweep"), {}, title="Aufräumen")
    for job in nova.jobs.list(states=("queued", "running"), limit=200):
        assert nova.jobs.wait(job.job_id, 30).state == "done"
    worker.stop()


@pytest.mark.parametrize("point", [point if point in FAST else pytest.param(point, marks=pytest.mark.bars) for point in POINTS])
def test_a_kill_at(point: str, tmp_path: Path, dsn: str) -> None:
    killed(point, tmp_path, dsn)
    with open_nova(Settings(NOVA_DATA=tmp_path, NOVA_DATABASE_URL=dsn)) as nova:
        carried_on(nova)
        assert broken(nova) == []
        states = [row["status"] for row in nova.db.fetch_all("SELECT status FROM items")]
        assert states == ([] if point in NOTHING_STORED | DELETED else ["ready"])
        if states:
            with pytest.raises(Duplicate):
                upload(nova)
        else:
            upload(nova)
            carried_on(nova)
            assert broken(nova) == []


@pytest.mark.bars
def test_a_kill_in_the_middle_of_a_migration_leaves_nothing_of_it(tmp_path: Path, dsn: str) -> None:
    killed("mid_migration", tmp_path, dsn)
    with psycopg.connect(dsn) as connection:
        assert connection.execute("SELECT to_regclass('half')").fetchone() == (None,)
    assert pending(dsn) == []
    assert migrate(dsn) == []
