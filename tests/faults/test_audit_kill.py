"""kill -9 of who notes things in the audit log, of the server processes that do it for them, and of the whole server: no number without a
row, no row without its number, and nothing lost of what was confirmed."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from nova.errors import NovaError
from nova.governance.audit import AuditLog, anchors, chain
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.store.postgres.embedded import start
from nova.store.postgres.migrate import migrate
from tests.folders import short_folder
from tests.store.servers import processes

ROOT = Path(__file__).parents[2]
THREADS = 4
WRITER = """
import sys
from pathlib import Path
from nova.store.postgres.db import Database
from nova.store.postgres.embedded import start
from tests.faults.test_audit_kill import note
with start(Path(sys.argv[1])) as server, Database.connect(server.dsn) as db:
    print("begins", flush=True)
    note(db)
"""


def note(db: Database) -> None:
    """Note things for ever, in several threads, some of which come to nothing; each that was committed is told."""
    log = AuditLog()

    def work(thread: int) -> None:
        for number in range(1_000_000):
            name = f"{thread}-{number}"
            with suppress(psycopg.Error, NovaError):  # the server is being killed
                with db.transaction() as conn:
                    log.record(Caller("admin"), "test.done", name, connection=conn)
                    if number % 3 == 0:
                        log.record(Caller("admin"), "test.more", name, connection=conn)
                    if number % 5 == 0:
                        raise psycopg.Rollback
                if number % 5:
                    sys.stdout.write(f"{name}\n")
                    sys.stdout.flush()

    threads = [threading.Thread(target=work, args=(thread,), daemon=True) for thread in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def killed(folder: Path, dice: random.Random, what: str) -> set[str]:
    """Let a process note things and kill it, or what works for it; what was confirmed before."""
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begins\n"
    time.sleep(dice.uniform(0.2, 0.8))
    if what == "a backend":  # the postmaster then ends all others and starts anew
        with suppress(psycopg.OperationalError), start(folder) as server, psycopg.connect(server.dsn, autocommit=True) as connection:
            query = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND xact_start IS NOT NULL AND pid <> %s"
            for (pid,) in connection.execute(query, (connection.info.backend_pid,)).fetchall()[:1]:
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.3)
    for pid in [*(processes(folder) if what == "the server" else []), process.pid]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return {line for line in process.communicate()[0].splitlines() if "-" in line}


def looked_at(db: Database, data: Path, confirmed: set[str]) -> int:
    """Hold the log against what was confirmed; how many rows it has."""
    rows = db.fetch_all("SELECT seq, action, target FROM audit_log ORDER BY seq")
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    assert db.fetch_one("SELECT last FROM audit_counter") == {"last": len(rows)}
    assert db.fetch_all("SELECT * FROM audit_incoming") == []
    done = [row["target"] for row in rows if row["action"] == "test.done"]
    assert confirmed <= set(done)
    assert not [name for name in done if int(name.partition("-")[2]) % 5 == 0]
    anchors.write(data, chain.seal(db, datetime.now(UTC), 50), datetime.now(UTC))
    verdict = chain.verify(db, anchors.read(data))
    assert (verdict.ok, verdict.missing, verdict.unsealed, verdict.gapless_since) == (True, 0, 0, 1), verdict.flaws
    return len(rows)


def rounds(data: Path, seed: int, kinds: list[str]) -> int:
    dice, told, rows = random.Random(seed), set[str](), 0
    with short_folder() as folder:
        with start(folder) as server:
            migrate(server.dsn)
        for what in kinds:
            confirmed = killed(folder, dice, what)
            with start(folder) as server, Database.connect(server.dsn) as db:
                db.execute("DELETE FROM installation")  # the server has come back
                before, rows = rows, looked_at(db, data, confirmed)
                assert rows > before
            told |= confirmed
    assert told
    return rows


@pytest.mark.parametrize("what", ["the writer", "the server", "a backend"])
def test_a_kill_leaves_no_gap_and_loses_nothing_that_was_confirmed(tmp_path: Path, what: str) -> None:
    assert rounds(tmp_path, 1, [what]) > 1


@pytest.mark.bars
def test_many_kills_leave_no_gap(tmp_path: Path) -> None:
    assert rounds(tmp_path, 7, ["the writer", "the server", "a backend"] * 8) > 1_000
