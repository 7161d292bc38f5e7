"""A process that runs a pipeline again and again over a folder that grows is killed at random: no record is there twice, lost or half, the
last version can be read, and what survives is what a run without any kill would have made.
"""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nova.flows.seeding import publishing
from nova.seeding import files, versions
from nova.store.postgres.db import Database
from nova.store.seeding import versions as rows
from tests.faults.seeding_runs import house, once
from tests.rooms.seeding.seeds import Bench

WORK = """
import sys
from pathlib import Path
from nova.store.postgres.db import Database
from tests.faults.seeding_runs import deliver, house, once
from tests.rooms.seeding.seeds import Bench
with Database.connect(sys.argv[1]) as db:
    bench, folder = Bench(db, Path(sys.argv[2])), Path(sys.argv[3])
    print("ready", flush=True)
    while True:
        deliver(folder)
        once(house(bench, folder))
"""


@pytest.mark.parametrize(
    "kills", [pytest.param(4, marks=pytest.mark.slow), pytest.param(20, marks=pytest.mark.bars)], ids=lambda kills: f"{kills} kills"
)
def test_runs_that_are_killed_leave_what_one_without_kills_leaves(
    kills: int, database: Database, database_url: str, tmp_path: Path
) -> None:
    bench, folder, chance = Bench(database, tmp_path / "objects"), tmp_path / "eingang", random.Random(kills)
    folder.mkdir()
    for _ in range(kills):
        command = [sys.executable, "-c", WORK, database_url, str(bench.folder), str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as child:
            assert child.stdout is not None and child.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0.1, 2.0))
            child.kill()
        with database.transaction() as conn:
            made = rows.every(conn)
            live = publishing.live(conn, "liste")
        assert [problem for version in made for problem in versions.verify(bench.objects, version)] == []
        assert live is None or len(versions.read(bench.objects, live)) == live.rows
    once(house(bench, folder))
    with database.transaction() as conn:
        survived = publishing.live(conn, "liste")
    assert survived is not None
    kept = versions.read(bench.objects, survived)
    whole = {f"{file.stem}-{row}" for file in folder.glob("*.csv") for row in range(len(file.read_text("utf-8").splitlines()) - 1)}
    assert len(kept) == kept["nr"].n_unique() == len(whole) and set(kept["nr"]) == whole
    fresh = once(house(bench, folder, read="all"))
    assert fresh == survived.version
    files.sweep(database, bench.objects)
    assert files.stray(database, bench.objects) == set()
