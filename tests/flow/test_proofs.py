"""What others do while a restore is tried out: write to the same folder, take the job away, or ask how much room it takes."""

import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from nova.engines.vectors.index import EdgeIndex
from nova.engines.vectors.shard import EdgeFailed
from nova.errors import Busy, DiskFull, JobLost
from nova.flows.snapshots.contents import Carried
from nova.flows.snapshots.kept import DRAFT, Kept, Proof, Snapshot, digest, write_record
from nova.flows.snapshots.making import Holdings, Sizes
from nova.flows.snapshots.proving import SnapshotProof
from nova.store.postgres.db import Database
from tests.fakes.memory import MemoryObjects

NOTHING_HELD: Any = SimpleNamespace(held=SimpleNamespace(sizes=lambda: Sizes(0, 0, 0)))


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    found = Kept(tmp_path / "data")
    found.folder.mkdir(parents=True)
    return found


@pytest.fixture
def snapshot(kept: Kept) -> Snapshot:
    file = kept.folder / "nova-1.tar"
    file.write_bytes(b"1")
    made = Snapshot(uuid4(), file.name, datetime.now(UTC), 1, digest(file), False, "person", "1", "0001_pre_base", False)
    write_record(file, made)
    return made


def silent(*_: object) -> None:
    pass


@pytest.mark.parametrize("full", [False, True])
def test_a_proof_is_noted_before_another_may_write(kept: Kept, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, full: bool) -> None:
    noted, refused = kept.note_proof, []

    def note(proof: Proof, *, tried: bool = True) -> None:
        with pytest.raises(Busy) as caught, Kept(kept.folder.parent).writing():
            pass
        refused.append(caught.value)
        noted(proof, tried=tried)

    def found(*_: object) -> Any:
        if full:
            raise DiskFull("voll")
        return {"problems": [], "questions": 3}

    monkeypatch.setattr(kept, "note_proof", note)
    proof = SnapshotProof(kept, NOTHING_HELD, found)
    if full:
        with pytest.raises(DiskFull):
            proof.prove(snapshot, silent)
    else:
        proof.prove(snapshot, silent)
    assert len(refused) == 1
    last, own = kept.last_proof(), kept.get(snapshot.snapshot_id).proof
    assert last is not None
    assert last.ok is not full
    assert own == (None if full else last)


def test_a_draft_that_goes_by_itself_stops_no_writer(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = kept.folder / f".proof.json{DRAFT}"
    draft.touch()
    is_dir: Callable[[Path], bool] = Path.is_dir

    def gone(path: Path) -> bool:
        if path == draft:
            path.unlink()
        return is_dir(path)

    monkeypatch.setattr(Path, "is_dir", gone)
    with kept.writing() as folder:
        assert not list(folder.glob(f".*{DRAFT}"))


def test_a_job_that_was_lost_says_so_although_its_database_still_writes(
    kept: Kept, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    rmdir = os.rmdir

    def refuses(path: Any, **how: Any) -> None:
        if str(path).endswith(DRAFT):
            raise OSError(errno.ENOTEMPTY, "Directory not empty", str(path))
        rmdir(path, **how)

    def lost(*_: object) -> Any:
        raise JobLost("weg")

    with monkeypatch.context() as patch:
        patch.setattr(os, "rmdir", refuses)
        with pytest.raises(JobLost):
            SnapshotProof(kept, NOTHING_HELD, lost).prove(snapshot, silent)
    assert list(kept.folder.glob(f".*{DRAFT}"))
    with kept.writing() as folder:  # the next writer removes the rest
        assert not list(folder.glob(f".*{DRAFT}"))


def test_an_index_that_does_not_answer_stops_no_snapshot(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Panicked:
        def info(self) -> None:
            raise Exception("panicked")

    with EdgeIndex(tmp_path / "index") as index, monkeypatch.context() as patch:
        patch.setattr(index, "_shard", Panicked())
        with pytest.raises(EdgeFailed):
            index.health()
        assert Holdings(database, MemoryObjects(), index, tuple, lambda: Carried((), ())).sizes().index > 0
