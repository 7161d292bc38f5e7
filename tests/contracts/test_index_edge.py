"""What only the embedded index has: one owner of the folder, repair after damage, durability over kill -9, compact segments."""

import errno
import math
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import qdrant_edge as edge

from nova.engines.vectors.files import Files
from nova.engines.vectors.index import EdgeIndex
from nova.engines.vectors.pack import pack
from nova.engines.vectors.shard import EdgeFailed
from nova.errors import Misconfigured, ServerAbsent
from nova.records import Point, Scope, SparseVector

ITEM = UUID(int=1)


MEMORY_DISK = Path("/dev/shm")  # kill -9 leaves both alike; only a power cut would tell them apart


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=MEMORY_DISK if MEMORY_DISK.is_dir() else None) as place:
        yield Path(place) / "Ablage für Nova" / "index"


def points(count: int, terms: int = 3) -> list[Point]:
    dice = random.Random(count)
    made = []
    for _ in range(count):
        chosen = sorted({dice.randrange(4000) for _ in range(terms)} | {7})
        vector = SparseVector(tuple(chosen), tuple(dice.randrange(1, 16) / 8 for _ in chosen))
        made.append(Point(uuid4(), ITEM, vector, "document", ("a",), None, 100, None))
    return made


def shard_of(folder: Path) -> Path:
    (shard,) = folder.glob("chunks-*")
    return shard


def hits(index: EdgeIndex, *terms: int) -> list[tuple[UUID, float]]:
    found = index.search(SparseVector(terms or (7,), (1.0,) * (len(terms) or 1)), Scope(), 100_000)
    return [(hit.chunk_id, round(hit.score, 4)) for hit in found]


def test_what_was_stored_is_there_after_a_restart(folder: Path) -> None:
    with EdgeIndex(folder) as index:
        assert index.rebuild_needed
        index.upsert(points(30))
        index.rebuilt()
        before = hits(index)
    with EdgeIndex(folder) as index:
        assert not index.rebuild_needed
        assert (index.count(), hits(index)) == (30, before)
        index.clear()
        assert index.rebuild_needed
    with EdgeIndex(folder) as index:
        assert index.rebuild_needed
        assert index.count() == 0


def test_a_second_owner_is_refused_in_german(folder: Path) -> None:
    with EdgeIndex(folder):
        with pytest.raises(Misconfigured, match="anderen Nova-Prozess"):
            EdgeIndex(folder)
        program = "import sys; from pathlib import Path; from nova.engines.vectors.index import EdgeIndex; EdgeIndex(Path(sys.argv[1]))"
        done = subprocess.run([sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "Misconfigured" in done.stderr
    EdgeIndex(folder).close()


def test_a_folder_that_cannot_be_made_is_a_wrong_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(Misconfigured, match="nicht beschreibbar"):
        EdgeIndex(tmp_path / "file" / "index")


@pytest.mark.parametrize("damage", ["segments gone", "config broken", "segment broken", "wal gone", "layout gone"])
def test_a_damaged_index_is_set_aside_and_wants_to_be_rebuilt(folder: Path, damage: str) -> None:
    with EdgeIndex(folder) as index:
        index.upsert(points(30))
        index.rebuilt()
    if damage == "segments gone":
        shutil.rmtree(shard_of(folder) / "segments")
    elif damage == "config broken":
        (shard_of(folder) / "edge_config.json").write_bytes(b"\0" * 60)
    elif damage == "segment broken":
        for path in (shard_of(folder) / "segments").glob("*/segment.json"):
            path.write_text("{")
    elif damage == "wal gone":
        shutil.rmtree(shard_of(folder) / "wal")
    else:
        (folder / "layout.json").unlink()
    with EdgeIndex(folder) as index:
        assert index.rebuild_needed
        assert index.count() == 0
        index.upsert(points(20))
        index.rebuilt()
        assert len(hits(index)) == 20


def test_an_index_that_kills_its_process_twice_while_opening_is_set_aside(folder: Path) -> None:
    with EdgeIndex(folder) as index:
        index.upsert(points(5))
        index.rebuilt()
    (folder / "opening").touch()
    with EdgeIndex(folder) as index:
        assert index.count() == 5
    (folder / "opening-again").touch()
    with EdgeIndex(folder) as index:
        assert (index.count(), index.rebuild_needed) == (0, True)
        assert (folder / "broken" / "segments").is_dir()


def test_a_power_cut_with_changes_in_the_page_cache_is_noticed(folder: Path) -> None:
    with EdgeIndex(folder) as index:
        index.rebuilt()
        index.upsert(points(5))
        noted = (folder / "unflushed").read_text()
    assert not (folder / "unflushed").exists()
    (folder / "unflushed").write_text(noted)
    with EdgeIndex(folder) as index:
        assert not index.rebuild_needed
    (folder / "unflushed").write_text("another boot")
    with EdgeIndex(folder) as index:
        assert index.rebuild_needed
        assert index.count() == 5


def dense(several: list[Point], size: int) -> list[Point]:
    return [replace(one, dense=tuple(float(at == number % size) for at in range(size))) for number, one in enumerate(several)]


def test_room_for_dense_vectors_stays_what_it_is(folder: Path) -> None:
    with EdgeIndex(folder) as index:
        index.upsert(points(5))
        index.rebuilt()
        index.make_room(8)
    with EdgeIndex(folder, dense_size=4) as index:
        assert (index.count(), index.dense_size, index.rebuild_needed) == (5, 8, False)
        index.upsert(dense(points(5), 8))
        index.pack()
    with EdgeIndex(folder) as index:
        assert len(index.near((1.0,) * 8, Scope(), 9)) == 5


def test_a_kill_while_room_is_made_loses_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    several = dense(points(5), 8)
    for moment in ("delete_vector_name", "create_dense_vector"):
        with EdgeIndex(folder) as index:
            index.make_room(8)
            index.upsert(several)
            index.rebuilt()
            with monkeypatch.context() as patched:
                patched.setattr(edge.UpdateOperation, moment, killed)
                with pytest.raises(KeyboardInterrupt):
                    index.make_room(16)
        with EdgeIndex(folder) as index:
            assert (index.count(), len(hits(index)), index.rebuild_needed) == (5, 5, False)
            index.make_room(16)
            index.upsert(dense(several, 16))
            assert len(index.near((1.0,) * 16, Scope(), 9)) == 5


def test_another_layout_makes_a_new_index(folder: Path) -> None:
    with EdgeIndex(folder) as index:
        index.upsert(points(5))
        index.rebuilt()
    layout = folder / "layout.json"
    layout.write_text(layout.read_text().replace('"layout": 2', '"layout": 1'))
    with EdgeIndex(folder, dense_size=8) as index:
        assert (index.count(), index.rebuild_needed) == (0, True)
        index.upsert(points(5))
        assert len(hits(index)) == 5


def test_a_closed_index_says_so(folder: Path) -> None:
    index = EdgeIndex(folder)
    index.close()
    index.close()
    with pytest.raises(ServerAbsent, match="geschlossen"):
        index.count()
    with pytest.raises(ServerAbsent):
        index.upsert(points(1))


@pytest.mark.parametrize("crooked", [((7, 7), (1.0, 1.0)), ((7,), (1.0, 2.0)), ((7,), (math.nan,))])
def test_a_crooked_vector_never_reaches_the_log(folder: Path, crooked: tuple[tuple[int, ...], tuple[float, ...]]) -> None:
    good = points(3)
    with EdgeIndex(folder) as index:
        with pytest.raises(ValueError, match="unique ids"):
            index.upsert([*good, replace(good[0], lexical=SparseVector(*crooked))])
        with pytest.raises(ValueError, match="unique ids"):
            index.search(SparseVector(*crooked), Scope(), 5)
        index.upsert(good)
    with EdgeIndex(folder) as index:
        assert index.count() == 3


def test_what_edge_raises_gets_a_name(folder: Path) -> None:
    with EdgeIndex(folder) as index:
        index.upsert(points(3))
        assert index._shard
        index._shard.close()
        with pytest.raises(EdgeFailed, match="Suchindex antwortet nicht"):
            hits(index)
        index._shard = None


def test_scores_are_those_of_a_fresh_index_before_and_after_packing(folder: Path) -> None:
    everything = points(1500, terms=300)
    kept, gone = everything[:1100], [point.chunk_id for point in everything[1100:]]
    with EdgeIndex(folder / "fresh") as fresh:
        fresh.upsert(kept)
        wanted = hits(fresh, 3, 7, 11, 500)
    with EdgeIndex(folder / "used") as used:
        used.upsert(everything)
        used.pack()
        used.upsert(everything[:200])
        used.delete(gone)
        assert dict(hits(used, 3, 7, 11, 500)) == dict(wanted)
        used.pack()
        assert dict(hits(used, 3, 7, 11, 500)) == dict(wanted)
    with EdgeIndex(folder / "used") as used:
        assert dict(hits(used, 3, 7, 11, 500)) == dict(wanted)


def test_searches_go_on_while_it_is_packed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    searched = threading.Event()

    def pack_later(*places: Any, **how: Any) -> bool:
        return searched.wait(60) and pack(*places, **how)

    with EdgeIndex(folder) as index:
        index.upsert(points(3000, terms=100))
        before = hits(index, 7, 9)
        monkeypatch.setattr("nova.engines.vectors.index.pack", pack_later)
        packing = threading.Thread(target=index.pack)
        packing.start()
        assert [hits(index, 7, 9) for _ in range(6)] == [before] * 6
        searched.set()
        while packing.is_alive():
            assert hits(index, 7, 9) == before
        assert index.health()["segments"] == 2
    assert [path.name for path in folder.glob("chunks-*")] == ["chunks-2"]


def test_closing_does_not_wait_for_the_packing(folder: Path) -> None:
    index = EdgeIndex(folder)
    index.upsert(points(3000, terms=100))
    packing = threading.Thread(target=index.pack)
    packing.start()
    time.sleep(0.2)
    began = time.monotonic()
    index.close()
    packing.join()
    assert time.monotonic() - began < 2
    with EdgeIndex(folder) as index:
        assert index.count() == 3000
        assert len(list(folder.glob("chunks-*"))) == 1


def test_a_failed_packing_leaves_everything_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with EdgeIndex(folder) as index:
        index.upsert(points(30))
        before = hits(index)
        monkeypatch.setattr(sys, "executable", "/bin/false")
        index.pack()
        assert hits(index) == before
        index.upsert(points(3))
        assert index.count() == 33


WRITER = """
import random, sys
from pathlib import Path
from uuid import UUID
from nova.engines.vectors.index import EdgeIndex
from nova.engines.vectors.pack import pack
from nova.records import Point, SparseVector

dice = random.Random(5)
with EdgeIndex(Path(sys.argv[1])) as index:
    print("open", flush=True)
    for number in range(int(sys.argv[2]), 10**6, 10):
        vectors = [SparseVector(tuple(sorted({dice.randrange(9000) for _ in range(200)} | {7})), ()) for _ in range(10)]
        index.upsert([
            Point(UUID(int=number + at), UUID(int=1), SparseVector(one.indices, (1.0,) * len(one.indices)), "document", (), None, 0, None)
            for at, one in enumerate(vectors)
        ])
        print(number + 10, flush=True)
"""


def test_kill_9_while_writing_loses_no_acknowledged_point(folder: Path) -> None:
    dice, acknowledged = random.Random(3), 0
    for _ in range(4):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(folder), str(acknowledged)], stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout
            assert writer.stdout.readline() == "open\n"
            for _ in range(dice.randrange(3, 25)):
                acknowledged = int(writer.stdout.readline())
            writer.send_signal(signal.SIGKILL)
            for line in writer.stdout:
                if line.endswith("\n"):
                    acknowledged = int(line)
        with EdgeIndex(folder) as index:
            held = {chunk_id.int for chunk_id in index.ids()}
            assert set(range(acknowledged)) <= held
            assert len(held) <= acknowledged + 10
            assert len(hits(index)) == len(held)


@pytest.mark.parametrize("method", ["sync", "settle"])
def test_a_disk_that_refuses_does_not_end_who_keeps_it_tidy(folder: Path, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    tried = threading.Event()

    def refuse() -> None:
        tried.set()
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr("nova.engines.vectors.index.SYNC_AFTER", 0.0)
    with EdgeIndex(folder) as index, monkeypatch.context() as patch:
        patch.setattr(index, method, refuse)
        for _ in range(3):  # the first change is settled, the next ones are only synced for a while
            index.upsert(points(1))
            tried.wait(3)
        assert tried.is_set()
        index._keeper.join(0.2)
        assert index._keeper.is_alive()


def test_its_size_is_told_while_files_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with EdgeIndex(folder) as index:
        index.upsert(points(3))
        whole = index.size()
    files = Files(folder)
    stat, gone = Path.stat, list[Path]()

    def vanishing(path: Path, **how: Any) -> Any:
        if not gone and files.shard in path.parents and path.name == "segment.json":
            gone.append(path)
            shutil.rmtree(path.parent)
        return stat(path, **how)

    monkeypatch.setattr(Path, "stat", vanishing)
    assert 0 < files.bytes() < whole
    assert gone
    files.unlock()
