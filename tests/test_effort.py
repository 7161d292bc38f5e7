"""Processor time is measured, not waited for: of the own thread, of children, and of the database's process."""

import subprocess
import sys
import time

import pytest

from nova.effort import measured, of_process, so_far, used_by
from nova.engines.extract.sandbox.runner import Children
from nova.store.postgres.db import Database

BUSY = "import time\nuntil = time.process_time() + 0.3\nwhile time.process_time() < until: pass\n"
linux = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")


def work(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_a_thread_pays_for_its_work_and_not_for_its_waiting() -> None:
    with measured() as effort:
        time.sleep(0.2)
        work(0.05)
        assert 0.05 <= so_far() < 0.2
    assert 0.05 <= effort.seconds < 0.2
    ended = effort.seconds
    work(0.05)
    assert effort.seconds == ended
    assert so_far() == 0.0


@linux
def test_what_another_process_works_meanwhile_counts_also_that_of_its_children() -> None:
    code = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {BUSY!r}])\n{BUSY}input()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE) as other:
        with measured() as effort, of_process(other.pid):
            until = time.monotonic() + 30
            while used_by(other.pid) < 0.6 and time.monotonic() < until:
                time.sleep(0.02)
        assert other.stdin is not None
        other.stdin.close()
    assert 0.55 <= effort.seconds < 5.0
    assert used_by(other.pid) == 0.0


def test_a_process_of_another_machine_is_not_asked() -> None:
    with measured() as effort, of_process(None):
        pass
    assert effort.seconds < 0.1


@linux
def test_the_work_of_a_child_is_the_callers() -> None:
    children = Children(size=1, code=())
    try:
        with measured() as effort:
            children.run("nova.engines.extract.sandbox.confine:report_task", {})
    finally:
        children.close()
    assert effort.seconds > 0.02  # it started, at least


@linux
def test_the_databases_own_work_is_the_callers_where_it_runs_here(database_url: str) -> None:
    query = "SELECT sum(sqrt(n)) FROM generate_series(1, 1500000) AS n"
    with Database.connect(database_url, here=True) as near, Database.connect(database_url) as far:
        for database in (near, far):
            database.fetch_one("SELECT 1")
        with measured() as here:
            near.fetch_one(query)
        with measured() as there:
            far.fetch_one(query)
    assert here.seconds > 0.05
    assert there.seconds < here.seconds / 2
