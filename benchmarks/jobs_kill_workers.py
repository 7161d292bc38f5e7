"""A worker process for the kill test: engine name, database URL and mode in; effects in the ledger tables out.

Run by jobs_kill.py. Each engine does the same work in its own best way: a job has steps, each leaves a row in kill_steps, and the last one
leaves the effect that must happen once, a row in kill_effects that has no unique key on purpose.
"""

import asyncio
import os
import sys
import threading
import time
import uuid
from contextlib import closing
from datetime import timedelta
from typing import Any

import psycopg

LEASE = 12.0
BEAT = 3.0

LEDGER = """
DROP TABLE IF EXISTS kill_steps, kill_effects, kill_starts, kill_beats;
CREATE TABLE kill_starts (job text, pid int, at timestamptz DEFAULT clock_timestamp());
CREATE TABLE kill_steps (job text, step int, pid int, at timestamptz DEFAULT clock_timestamp());
CREATE TABLE kill_effects (job text, pid int, at timestamptz DEFAULT clock_timestamp());
CREATE TABLE kill_beats (executor text PRIMARY KEY, at timestamptz DEFAULT clock_timestamp());
"""


def note(url: str, sql: str, *values: Any) -> None:
    """One committed statement on a connection of its own."""
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute(sql, values)


def steps(url: str, job: str, count: int, pause: float) -> None:
    """The work before the effect."""
    note(url, "INSERT INTO kill_starts (job, pid) VALUES (%s, %s)", job, os.getpid())
    for step in range(count):
        time.sleep(pause)
        note(url, "INSERT INTO kill_steps (job, step, pid) VALUES (%s, %s, %s)", job, step, os.getpid())


EFFECT = "INSERT INTO kill_effects (job, pid) VALUES (%s, %s)"


# --- procrastinate: the effect commits, then the library marks the job as done


def procrastinate_app(url: str) -> Any:
    import procrastinate

    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=url, min_size=1, max_size=4))

    @app.task(name="work")
    def work(job: str, count: int, pause: float) -> None:
        steps(url, job, count, pause)
        note(url, EFFECT, job, os.getpid())
        time.sleep(pause)

    return app


def procrastinate_setup(url: str) -> None:
    import procrastinate

    note(url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector(conninfo=url))
    with app.open():
        app.schema_manager.apply_schema()


def procrastinate_enqueue(url: str, count: int, pause: float, names: list[str]) -> None:
    import procrastinate

    app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector(conninfo=url))
    with app.open():
        for name in names:
            app.configure_task("work").defer(job=name, count=count, pause=pause)


def procrastinate_work(url: str, as_shipped: bool) -> None:
    app = procrastinate_app(url)

    async def sweep() -> None:
        """The documented recipe: retry what a worker without heartbeat left."""
        while True:
            await asyncio.sleep(1.0)
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=LEASE):
                await app.job_manager.retry_job(job)

    async def run() -> None:
        async with app.open_async():
            tasks = [] if as_shipped else [asyncio.create_task(sweep())]
            await app.run_worker_async(
                concurrency=2, update_heartbeat_interval=BEAT, stalled_worker_timeout=LEASE, install_signal_handlers=False, wait=True
            )
            del tasks

    asyncio.run(run())


# --- DBOS: every step is recorded, the effect commits together with its own record


def dbos_open(url: str, executor: str) -> tuple[Any, Any]:
    from dbos import DBOS, SQLAlchemyDatasource

    DBOS(
        config={
            "name": "kill",
            "system_database_url": url,
            "application_version": "1",
            "executor_id": executor,
            "log_level": "ERROR",
            "sys_db_pool_size": 4,
        }
    )
    source = SQLAlchemyDatasource.create(url)

    @DBOS.step()
    def step(job: str, number: int, pause: float) -> None:
        time.sleep(pause)
        note(url, "INSERT INTO kill_steps (job, step, pid) VALUES (%s, %s, %s)", job, number, os.getpid())

    @source.transaction(isolation_level="READ COMMITTED")
    def effect(job: str) -> None:
        import sqlalchemy as sa

        source.sql_session().execute(sa.text("INSERT INTO kill_effects (job, pid) VALUES (:job, :pid)"), {"job": job, "pid": os.getpid()})

    @DBOS.workflow()
    def work(job: str, count: int, pause: float) -> None:
        note(url, "INSERT INTO kill_starts (job, pid) VALUES (%s, %s)", job, os.getpid())
        for number in range(count):
            step(job, number, pause)
        effect(job)
        time.sleep(pause)

    return DBOS, work


def dbos_setup(url: str) -> None:
    note(url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    note(url, "DROP SCHEMA IF EXISTS dbos CASCADE")
    library, _work = dbos_open(url, "setup")
    library.launch()
    library.register_queue("kill", worker_concurrency=2, polling_interval_sec=0.1)
    library.destroy()


def dbos_enqueue(url: str, count: int, pause: float, names: list[str]) -> None:
    from dbos import DBOSClient

    client = DBOSClient(system_database_url=url)
    for name in names:
        client.enqueue({"workflow_name": "dbos_open.<locals>.work", "queue_name": "kill", "app_version": "1"}, name, count, pause)
    client.destroy()


def dbos_work(url: str, as_shipped: bool) -> None:
    executor = uuid.uuid4().hex
    library, _work = dbos_open(url, executor)
    library.launch()

    def beat() -> None:
        """What DBOS leaves to its paid conductor: say that this executor lives, recover those of the silent ones."""
        with psycopg.connect(url, autocommit=True) as conn:
            while True:
                conn.execute("INSERT INTO kill_beats VALUES (%s) ON CONFLICT (executor) DO UPDATE SET at = clock_timestamp()", (executor,))
                dead = conn.execute(
                    "DELETE FROM kill_beats WHERE at < clock_timestamp() - %s RETURNING executor", (timedelta(seconds=LEASE),)
                ).fetchall()
                if dead:
                    library._recover_pending_workflows([row[0] for row in dead])
                time.sleep(1.0)

    if not as_shipped:
        threading.Thread(target=beat, daemon=True).start()
    threading.Event().wait()


# --- Nova: the effect and the end of the job are one transaction


def nova_setup(url: str) -> None:
    from nova.store.postgres.migrate import migrate

    note(url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    migrate(url)


def nova_enqueue(url: str, count: int, pause: float, names: list[str]) -> None:
    from nova.engines.queue.postgres import PostgresJobs
    from nova.ports.jobs import Kind
    from nova.store.postgres.db import Database

    with closing(Database.connect(url)) as database, closing(PostgresJobs(database)) as jobs:
        for name in names:
            jobs.start(Kind("work"), {"job": name, "count": count, "pause": pause}, title=name)


def nova_work(url: str, _as_shipped: bool) -> None:
    from nova.engines.queue.postgres import PostgresJobs
    from nova.jobs.worker import Worker
    from nova.ports.jobs import JobContext
    from nova.store.postgres.db import Database

    database = Database.connect(url)

    def work(job: JobContext) -> None:
        name = job.args["job"]
        steps(url, name, job.args["count"], job.args["pause"])
        with database.transaction() as conn:
            conn.execute(EFFECT, (name, os.getpid()))
            job.finish({}, connection=conn)
        time.sleep(job.args["pause"])

    Worker(PostgresJobs(database, lease=LEASE), {"work": work}, beat=BEAT).start()
    threading.Event().wait()


def main() -> None:
    """`jobs_kill_workers.py ENGINE URL work|shipped`: work until killed."""
    engine, url, mode = sys.argv[1:4]
    globals()[f"{engine}_work"](url, mode == "shipped")


if __name__ == "__main__":
    main()
