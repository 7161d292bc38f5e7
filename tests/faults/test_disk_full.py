"""A disk without room: everything that writes says so by name, questions are still answered, and with room Nova goes on by itself."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest

from nova.engines.vectors.index import EdgeIndex
from nova.errors import DiskFull
from nova.flows.snapshots.kept import Kept
from nova.flows.snapshots.making import SPARE_BYTES, Wish
from nova.jobs.snapshots.unpack import unpack
from nova.records import Point, SparseVector
from nova.store.postgres.space import RESERVE_BYTES
from nova.wiring import archive
from nova.wiring.snapshots import holdings_of, maker_of
from tests.fakes.laws import law
from tests.faults.conftest import House, opened
from tests.faults.whole import broken
from tests.proving import prove

pytestmark = pytest.mark.slow

DISK_MB = 260
QUESTION = "Wie oft ist der Zähler 1-3 zu prüfen?"


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small disk of its own."""
    place = tmp_path_factory.mktemp("disk")
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "nova-test", place], check=False, capture_output=True, text=True
    )
    if done.returncode != 0:
        pytest.skip(f"mounting a small disk needs root ({done.stderr.strip()})")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


@pytest.fixture(scope="module")
def house(disk: Path) -> Iterator[House]:
    with opened(disk / "data") as found:
        assert found.upload(law(1), "eins.md", wait=30).status_code == 201
        yield found


def silent(stage: str, done: int, total: int) -> None:
    """Nobody watches."""


def free(place: Path) -> int:
    found = os.statvfs(place)
    return found.f_bavail * found.f_frsize


@contextmanager
def filled(disk: Path, left: int) -> Iterator[None]:
    """Everything but `left` bytes taken by somebody else."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        while (size := min(2**20, free(disk) - left)) > 0:
            file.write(bytes(size))
    try:
        yield
    finally:
        ballast.unlink()


def half_written(house: House) -> list[str]:
    """Files of the object store that are no whole objects."""
    return [str(path) for path in (house.nova.settings.NOVA_DATA / "objects").rglob("*") if path.is_file() and "#" in path.name]


@pytest.mark.parametrize("left", [RESERVE_BYTES // 4, 0], ids=["little room", "no room at all"])
def test_uploads_are_refused_by_name_and_questions_answered(house: House, disk: Path, left: int) -> None:
    with filled(disk, left):
        refused = house.upload(law(2), "zwei.md")
        assert (refused.status_code, refused.json()["data"]["code"]) == (507, "disk_full")
        assert "voll" in refused.json()["message"]
        for _ in range(3):
            answer = house.ask(QUESTION)
            assert answer.status_code == 200, answer.text
            assert answer.json()["data"]["status"] == "answered"
        (check,) = [one for one in house.health()["checks"] if one["name"] == "disk"]
        assert check["status"] == "degraded"
    assert house.client.get("/admin/items").json()["data"]["total"] == 1
    assert half_written(house) == []
    stored = house.upload(law(2), "zwei.md", wait=30)
    assert stored.status_code == 201, stored.text
    assert house.client.delete(f"/admin/item/{stored.json()['data']['item_id']}").status_code == 200
    house.settle()
    assert broken(house.nova) == []


@pytest.mark.bars
def test_work_that_was_taken_in_waits_for_room(house: House, disk: Path) -> None:
    house.post("/admin/reindex", json={"relearn": True})
    with filled(disk, 0):
        job_id = house.post("/admin/reindex", json={"relearn": True}).json()["data"]["job_id"]
        time.sleep(3)
        job = house.nova.jobs.get(job_id)
        assert job.state in ("queued", "running")
        assert house.ask(QUESTION).status_code == 200
    house.settle(90)
    assert house.nova.jobs.get(job_id).state == "done"
    assert broken(house.nova) == []


def test_events_until_the_database_has_no_room(house: House, disk: Path) -> None:
    """Postgres itself runs out: each write is acknowledged or refused by name, and what was acknowledged is there afterwards."""
    house.post("/admin/keys", json={"user": "vielschreiberin"})
    acknowledged, refused = 0, set()
    meta = {"curve": [number / 7 for number in range(200)]}
    with filled(disk, 2**20):
        for _ in range(200):
            events = [{"user_id": "vielschreiberin", "type": "view", "meta": meta} for _ in range(100)]
            answer = house.post("/events/batch", json={"events": events})
            if answer.status_code == 200:
                acknowledged += 100
            else:
                refused.add((answer.status_code, answer.json()["data"]["code"]))
                if len(refused) == 1 and answer.status_code == 507:
                    assert house.ask(QUESTION).status_code == 200
                if acknowledged and len(refused) >= 1:
                    break
    assert refused <= {(507, "disk_full"), (503, "server_absent")}
    assert refused
    until = time.monotonic() + 60
    while house.post("/events", json={"user_id": "vielschreiberin", "type": "click"}).status_code != 200:
        assert time.monotonic() < until
        time.sleep(0.5)
    row = house.nova.db.fetch_one("SELECT count(*) AS n FROM events WHERE type = 'view'")
    assert row == {"n": acknowledged}
    assert broken(house.nova) == []


@pytest.mark.bars
@pytest.mark.parametrize("left", [0, 12 * 2**20, 50 * 2**20], ids=["nothing", "no cluster", "no index"])
def test_a_first_start_without_room_says_so_and_works_later(house: House, disk: Path, left: int) -> None:
    other = disk / f"other-{left}"
    with filled(disk, left), pytest.raises(DiskFull):
        opened(other).__enter__()
    with opened(other) as found:
        assert found.upload(law(3), "drei.md", wait=30).status_code == 201
        assert broken(found.nova) == []
    shutil.rmtree(other)


def test_a_snapshot_is_refused_before_it_fills_the_disk(house: House, disk: Path) -> None:
    kept, size = Kept(house.nova.settings.NOVA_DATA), holdings_of(house.nova).sizes()
    assert size.index > 0
    without = 2 * size.database + size.files + SPARE_BYTES
    with filled(disk, without - 2**20), pytest.raises(DiskFull, match="Für die Sicherung"):
        maker_of(house.nova).take(Wish(), silent)
    with filled(disk, without + size.index):
        with pytest.raises(DiskFull, match="Für die Sicherung"):
            maker_of(house.nova).take(Wish(index=True), silent)
        assert kept.list() == []
        made = maker_of(house.nova).take(Wish(), silent)
    assert [one.snapshot_id for one in kept.list()] == [made.snapshot_id]
    assert not list(kept.folder.glob(".*.part"))
    kept.delete(made.snapshot_id)


def test_a_proof_without_room_is_left_out_by_name_and_says_nothing_of_the_snapshot(house: House, disk: Path) -> None:
    kept, size = Kept(house.nova.settings.NOVA_DATA), holdings_of(house.nova).sizes()
    made = maker_of(house.nova).take(Wish(), silent)
    with filled(disk, size.database + SPARE_BYTES), pytest.raises(DiskFull, match="Für die Probe"):
        prove(house.nova, kept, made, silent)
    noted = kept.last_proof()
    assert noted is not None
    assert not noted.ok
    assert noted.problems[0].startswith("Sie wurde ausgelassen. Für die Probe werden")
    (check,) = [one for one in house.health()["checks"] if one["name"] == "snapshots"]
    assert check["status"] == "degraded"
    assert "ausgelassen" in check["detail"]
    assert kept.get(made.snapshot_id).proof is None
    assert not list(kept.folder.glob(".*.part"))
    kept.delete(made.snapshot_id)


def test_unpacking_leaves_the_reserve(house: House, disk: Path) -> None:
    """Whoever else writes to this disk meanwhile, it is not the restore that fills it."""
    kept = Kept(house.nova.settings.NOVA_DATA)
    made = maker_of(house.nova).take(Wish(), silent)
    with filled(disk, RESERVE_BYTES - 2**16), pytest.raises(DiskFull):
        unpack(kept.path(made), archive.Key(), disk / "unpacked", silent)
    shutil.rmtree(disk / "unpacked")
    kept.delete(made.snapshot_id)


def test_an_index_is_neither_opened_nor_harmed_without_room(disk: Path) -> None:
    """Opening writes: on a full disk Edge calls a sound index broken, and the kernel ends the process."""
    folder = disk / "index"
    with EdgeIndex(folder) as index:
        index.upsert([Point(UUID(int=1), UUID(int=2), SparseVector((1,), (1.0,)), "document", (), None, 100, None)])
        index.rebuilt()
    with filled(disk, 0), pytest.raises(DiskFull):
        EdgeIndex(folder)
    with EdgeIndex(folder) as index:
        assert (index.count(), index.rebuild_needed) == (1, False)
        with filled(disk, 0), pytest.raises(DiskFull):
            index.delete([UUID(int=1)])
        index.delete([UUID(int=1)])
        assert index.count() == 0
