"""A process that publishes versions and lets people leave them is killed at random: nothing is there twice, lost or half."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nova.seeding import files, versions
from nova.store.postgres.db import Database
from nova.store.seeding import versions as rows
from tests.rooms.seeding.seeds import Bench

pytestmark = pytest.mark.slow
KILLS = 6
WORK = """
import sys
from itertools import count
from pathlib import Path
from nova.flows.seeding import subjects
from nova.store.postgres.db import Database
from tests.rooms.seeding.seeds import NOW, Bench, customers, lookup
with Database.connect(sys.argv[1]) as db:
    bench = Bench(db, Path(sys.argv[2]))
    print("ready", flush=True)
    for number in count():
        bench.version(customers(40, f"-{sys.argv[3]}-{number}"), without=[f"c7-{sys.argv[3]}-{number}"])
        subjects.erase(db, bench.objects, [lookup(f"K{number % 40}")], NOW)
"""


def test_kills_leave_whole_versions_and_nothing_else(database: Database, database_url: str, tmp_path: Path) -> None:
    bench, chance = Bench(database, tmp_path / "objects"), random.Random(19)
    for life in range(KILLS):
        command = [sys.executable, "-c", WORK, database_url, str(bench.folder), str(life)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as child:
            assert child.stdout is not None and child.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0.02, 0.5))
            child.kill()
    with database.transaction() as conn:
        made = rows.every(conn)
    assert made
    for version in made:
        assert versions.verify(bench.objects, version) == []
        counted = "SELECT count(*) AS n, count(DISTINCT row_id) AS ids FROM seed_lineage WHERE version_id = %s"
        held = database.fetch_all(counted, [version.version_id])
        assert held == [{"n": version.rows, "ids": version.rows}]
    assert [row["n"] for row in database.fetch_all("SELECT count(*) AS n FROM releases WHERE family = 'dataset:kunden'")] == [len(made)]
    files.sweep(database, bench.objects)
    assert files.stray(database, bench.objects) == set()
