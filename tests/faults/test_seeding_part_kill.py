"""One hash whoever works: this process, two workers, two workers of which one is killed again and again, Ray where it is installed."""

import importlib.util
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from nova.engines.objects import folder_objects
from nova.engines.queue.postgres import PostgresJobs
from nova.engines.spread.local import InProcess
from nova.engines.spread.queue import OverJobs
from nova.ports.jobs import Kind
from nova.ports.spread import Executor
from nova.seeding.commands import CleanOptions, clean_file
from nova.seeding.sample import make
from nova.seeding.spread.works import WORKS
from nova.store.postgres.db import Database

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]
HAS_RAY = importlib.util.find_spec("ray") is not None
LEASE = 1.0
WORKER = f"""
import os, sys, threading
from pathlib import Path
from nova.engines.objects import folder_objects
from nova.engines.queue.postgres import PostgresJobs
from nova.engines.spread.queue import perform
from nova.jobs.worker import Worker
from nova.seeding.spread.works import WORKS
from nova.store.postgres.db import Database

objects = folder_objects(Path(sys.argv[2]))
def work(ctx):
    ctx.finish({{"results": perform(WORKS, objects, ctx.args, ctx.progress)}})
worker = Worker(PostgresJobs(Database.connect(sys.argv[1]), lease={LEASE}), {{"seed_part": work}}, concurrency=1, beat=0.2)
print("ready", flush=True)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
worker.start()
threading.Event().wait()
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tickets = make(400, seed=8).tables["tickets"]
    path = tmp_path_factory.mktemp("seeds") / "tickets.parquet"
    pl.concat([tickets, tickets.sample(80, seed=2).with_columns(("k" + pl.col("id")).alias("id"))]).write_parquet(path)
    return path


def hashes(file: Path, folder: Path, parts: int | None, executor: Callable[[Path], Executor] | None) -> list[str]:
    """Of what stays, goes and was changed."""
    folder.mkdir(exist_ok=True)
    names = [folder / name for name in ("kept.parquet", "removed.csv", "changes.jsonl")]
    told = clean_file(file, CleanOptions(*names, share=1.0, parts=parts, workdir=folder), executor)
    assert told["removed"] > 60
    return [sha256(name.read_bytes()).hexdigest() for name in names]


@contextmanager
def workers(url: str, objects: Path, number: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    crew = [hired(url, objects) for _ in range(number)]
    yield crew
    for one in crew:
        one.kill()
        one.wait()


def hired(url: str, objects: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", WORKER, url, str(objects)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    with process.stdout as told:
        assert told.readline() == b"ready\n"
    return process


@contextmanager
def queue(database: Database, objects: Path) -> Iterator[Callable[[Path], Executor]]:
    with database.transaction() as conn:
        conn.execute("DELETE FROM jobs")
    jobs = PostgresJobs(database, lease=LEASE)
    yield lambda folder: OverJobs(jobs, Kind("seed_part"), folder_objects(objects), folder, lambda: None)
    jobs.close()


def test_two_workers_give_what_one_process_gives(file: Path, tmp_path: Path, database: Database, database_url: str) -> None:
    alone = hashes(file, tmp_path / "alone", None, None)
    assert hashes(file, tmp_path / "parts", 3, lambda folder: InProcess(WORKS, folder)) == alone
    objects = tmp_path / "objects"
    with queue(database, objects) as executor, workers(database_url, objects, 2):
        assert hashes(file, tmp_path / "workers", 3, executor) == alone
    assert [path for path in objects.rglob("*") if path.is_file()] == []


def test_killed_workers_change_nothing(file: Path, tmp_path: Path, database: Database, database_url: str) -> None:
    alone = hashes(file, tmp_path / "alone", None, None)
    objects, ended, killed, chance = tmp_path / "objects", threading.Event(), [], random.Random(19)

    def kill(crew: list[subprocess.Popen[bytes]]) -> None:
        while not ended.wait(chance.uniform(0.1, 0.8)):
            crew[0].kill()
            killed.append(crew[0].wait())
            crew[0] = hired(database_url, objects)

    with queue(database, objects) as executor, workers(database_url, objects, 2) as crew:
        killer = threading.Thread(target=kill, args=(crew,))
        killer.start()
        try:
            assert hashes(file, tmp_path / "workers", 3, executor) == alone
        finally:
            ended.set()
            killer.join()
    assert killed


@pytest.mark.skipif(not HAS_RAY, reason="Ray is not installed")
def test_ray_gives_what_one_process_gives(file: Path, tmp_path: Path) -> None:
    from nova.engines.spread.ray import OverRay

    alone = hashes(file, tmp_path / "alone", None, None)
    assert hashes(file, tmp_path / "ray", 3, lambda folder: OverRay(WORKS, folder)) == alone
