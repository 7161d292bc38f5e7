"""Real worker processes and kill -9: nothing is lost, and no effect happens twice."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from nova.engines.queue.postgres import PostgresJobs
from nova.ports.jobs import Kind
from nova.store.postgres.db import Database

LEASE = 1.0
PROGRAM = f"""
import os, sys, threading, time
from nova.engines.queue.postgres import PostgresJobs
from nova.jobs.worker import Worker
from nova.store.postgres.db import Database

database = Database.connect(sys.argv[1])

def work(job):
    with database.transaction() as conn:
        conn.execute("INSERT INTO starts VALUES (%s, %s)", (job.args["name"], os.getpid()))
    for step in range(4):
        job.progress("Schritt", step, 4)
        time.sleep(job.args["pause"])
    with database.transaction() as conn:
        conn.execute("INSERT INTO effects VALUES (%s, %s)", (job.args["name"], os.getpid()))
        job.finish({{}}, connection=conn)
    time.sleep(job.args["pause"])

Worker(PostgresJobs(database, lease={LEASE}), {{"work": work}}, beat=0.2).start()
threading.Event().wait()
"""


@pytest.fixture
def jobs(database: Database) -> Iterator[PostgresJobs]:
    with database.transaction() as conn:
        conn.execute("DROP TABLE IF EXISTS starts, effects")
        conn.execute("CREATE TABLE starts (name text, pid int)")
        conn.execute("CREATE TABLE effects (name text, pid int)")
    queue = PostgresJobs(database, lease=LEASE)
    yield queue
    queue.close()


class Crew:
    """Worker processes; all are gone at the end."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.alive: list[subprocess.Popen[bytes]] = []

    def hire(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, "-c", PROGRAM, self.url], stdout=subprocess.DEVNULL)
        self.alive.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
        process.wait()
        self.alive.remove(process)


@pytest.fixture
def crew(database_url: str) -> Iterator[Crew]:
    crew = Crew(database_url)
    yield crew
    for process in list(crew.alive):
        crew.kill(process)


def count(database: Database, query: str) -> int:
    row = database.fetch_one(f"SELECT count(*) AS n FROM ({query}) AS found")
    assert row
    return int(row["n"])


def test_random_kills_lose_nothing_and_double_nothing(jobs: PostgresJobs, crew: Crew, database: Database) -> None:
    dice = random.Random(20)
    started = [jobs.start(Kind("work"), {"name": f"job-{number}", "pause": 0.03}, title="t") for number in range(24)]
    crew.hire(), crew.hire()
    for _ in range(3):
        before = count(database, "SELECT * FROM starts")
        while count(database, "SELECT * FROM starts") == before and jobs.list(states=["queued"]):
            time.sleep(0.02)
        time.sleep(dice.uniform(0.0, 0.15))
        crew.kill(dice.choice(crew.alive))
        crew.hire()
    assert {jobs.wait(job_id, 30).state for job_id in started} == {"done"}
    assert count(database, "SELECT DISTINCT name FROM effects") == len(started)
    assert count(database, "SELECT name FROM effects GROUP BY name HAVING count(*) > 1") == 0


def test_a_frozen_worker_that_wakes_up_late_has_no_effect(jobs: PostgresJobs, crew: Crew, database: Database) -> None:
    job_id = jobs.start(Kind("work"), {"name": "frozen", "pause": 0.4}, title="t")
    first = crew.hire()
    while count(database, "SELECT * FROM starts") == 0:
        time.sleep(0.02)
    first.send_signal(signal.SIGSTOP)
    second, again = crew.hire(), time.monotonic() + 10
    while count(database, "SELECT DISTINCT pid FROM starts") < 2:
        time.sleep(0.02)
        if time.monotonic() > again:  # it was frozen while it held its row
            first.send_signal(signal.SIGCONT)
            time.sleep(0.05)
            first.send_signal(signal.SIGSTOP)
            again = time.monotonic() + 10
    first.send_signal(signal.SIGCONT)
    job = jobs.wait(job_id, 20)
    assert (job.state, job.attempts) == ("done", 2)
    time.sleep(0.5)
    assert database.fetch_all("SELECT pid FROM effects") == [{"pid": second.pid}]
