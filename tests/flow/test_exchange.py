"""A restored folder takes the place of the old one whole, or everything is as it was; mounts of their own are not moved."""

import itertools
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nova.errors import Conflict
from nova.jobs.snapshots import restore as restoring
from nova.settings import Settings
from nova.wiring import archive


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Callable[[Path], None]]:
    """Makes a folder a mount of its own, as a volume is; on the same disk, so that only the kernel knows."""
    volumes = itertools.count()

    def mount(place: Path) -> None:
        source = tmp_path / f"volume-{next(volumes)}"
        source.mkdir()
        done = subprocess.run(["mount", "--bind", source, place], check=False, capture_output=True, text=True)
        if done.returncode != 0:
            pytest.skip(f"mounting needs root ({done.stderr.strip()})")

    yield mount
    mounted = [line.split()[1] for line in Path("/proc/self/mounts").read_text("utf-8").splitlines()]
    for place in reversed([one for one in mounted if Path(one).is_relative_to(tmp_path)]):  # wherever an exchange has moved them to
        subprocess.run(["umount", "--lazy", place], check=True)


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_exchange_that_fails_half_way_is_undone(tmp_path: Path, apart: Callable[[Path], None]) -> None:
    data, staging = tmp_path / "data", tmp_path / ".data-neu"
    for folder, says in ((data, b"alt"), (staging, b"neu")):
        for name in ("index", "objects", "postgres"):
            (folder / name).mkdir(parents=True)
            (folder / name / "datei").write_bytes(says)
    for name in ("run", "snapshots"):
        (data / name).mkdir()
    apart(data / "snapshots")
    (data / "snapshots" / "alt.tar").write_bytes(b"tar")
    apart(data / "objects")
    (data / "objects" / "datei").write_bytes(b"alt")
    before, staged = tree(data), tree(staging)
    with pytest.raises(Conflict, match="wie es war"):
        restoring._exchange(staging, data, "20261121120000")
    after = tree(data)
    assert after.pop("run/samples.loaded") == b""
    assert (after, tree(staging)) == (before, staged)
    assert not (tmp_path / "data.vor-20261121120000").exists()
    subprocess.run(["umount", data / "objects"], check=True)
    (data / "objects" / "datei").write_bytes(b"alt")
    aside = restoring._exchange(staging, data, "20261121120000")
    assert aside is not None
    assert set(tree(aside).values()) == {b"alt"}
    assert tree(data) == {**staged, "run/samples.loaded": b"", "snapshots/alt.tar": b"tar"}


def test_a_disk_of_its_own_that_would_have_to_go_is_named_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "objects").mkdir()
    monkeypatch.setattr(restoring.os.path, "ismount", lambda path: Path(path) == tmp_path / "objects")
    with pytest.raises(Conflict, match="objects ist ein Datenträger für sich"):
        restoring.restore(tmp_path / "keine.tar", archive.Key(), Settings(NOVA_DATA=tmp_path), lambda *_: None, replace=True)
