"""The file of an import: there until its job is through, swept when nobody needs it any more."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from nova.energy.delivery.files import RAW, ImportFiles, sweep
from nova.energy.formats.parsed import Options
from nova.energy.kinds import IMPORT
from nova.engines.queue.postgres import PostgresJobs
from nova.errors import Busy
from nova.jobs.kinds.series import import_handler
from nova.jobs.worker import Worker
from nova.records import Caller, JobView
from nova.store import jobs as rows
from nova.store.postgres.db import Database
from tests.fakes.memory import InlineChildren, MemoryObjects

ROWS = b"meter_id,ts,consumption_kw,seconds\nLIEGT-1,2024-05-01T00:00:00Z,1.5,900\n"

HOWEVER_YOUNG = float("-inf")  # names never go back in time, so one made after a test that set the clock ahead may lie in the future


@pytest.fixture
def queue(database: Database) -> Iterator[PostgresJobs]:
    opened = PostgresJobs(database)
    yield opened
    opened.close()


@pytest.fixture
def files(database: Database, queue: PostgresJobs) -> ImportFiles:
    return ImportFiles(database, MemoryObjects(), InlineChildren(), queue)


def worked(files: ImportFiles, queue: PostgresJobs, job: UUID) -> JobView:
    """The job once a worker has been through with it."""
    worker: Worker[Any] = Worker(queue, {IMPORT.name: import_handler(files)}, concurrency=1)
    worker.start()
    try:
        return files.jobs.wait(job, 10)
    finally:
        worker.stop(grace=2.0)


def leave(files: ImportFiles) -> UUID:
    return files.leave(Caller("admin"), ROWS, Options(name="werte.csv"))


def left(files: ImportFiles) -> int:
    return len(list(files.objects.keys(RAW)))


def test_a_cancelled_imports_file_stays_as_long_as_it_can_be_repeated(files: ImportFiles, database: Database) -> None:
    job = leave(files)
    files.jobs.cancel(job)
    assert (sweep(database, files.objects, HOWEVER_YOUNG), left(files)) == (0, 1)
    with database.transaction() as conn:
        rows.delete_old(conn, timedelta(seconds=-60))
    assert (sweep(database, files.objects), left(files)) == (0, 1), "a young file may be waiting for its job"
    assert (sweep(database, files.objects, HOWEVER_YOUNG), left(files)) == (1, 0)


def test_a_file_that_a_kill_left_behind_goes(files: ImportFiles, database: Database) -> None:
    files.objects.put(f"{RAW}/{uuid4()}", ROWS)
    assert (sweep(database, files.objects), left(files)) == (1, 0)


def test_an_import_takes_its_file_along(files: ImportFiles, queue: PostgresJobs) -> None:
    job = leave(files)
    assert worked(files, queue, job).state == "done"
    assert left(files) == 0


def test_a_repeated_job_whose_file_is_gone_says_so(files: ImportFiles, queue: PostgresJobs) -> None:
    job = leave(files)
    for key in list(files.objects.keys(RAW)):
        files.objects.delete(key)
    ended = worked(files, queue, job)
    assert (ended.state, "noch einmal auf" in (ended.error or "")) == ("failed", True)


def test_a_file_without_a_job_does_not_stay(files: ImportFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise Busy("Gerade geht nichts mehr.")

    monkeypatch.setattr(files.jobs, "start", full)
    with pytest.raises(Busy):
        leave(files)
    assert left(files) == 0
