"""A drop folder whose senders are hostile: nothing in it leads out of it, holds Nova up, or makes it read more than it may."""

import json
import os
import socket
import stat
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nova.engines.feeds import folder as folders
from nova.engines.feeds.drop import REPORT, Drop
from nova.engines.feeds.folder import Folder
from nova.errors import ServerAbsent
from nova.ports import REFUSED_PARCEL, Parcel

MOST = 4096
LATER = timedelta(seconds=3)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "ablage").mkdir()
    (tmp_path / "geheim.csv").write_bytes(b"geheim")
    return tmp_path / "ablage"


@pytest.fixture
def feed(root: Path) -> Drop:
    return Drop(Folder(root), MOST)


def take(feed: Drop) -> list[Parcel]:
    return list(feed.take({}, datetime.now(UTC) + LATER))


def link(root: Path) -> None:
    (root / "werte.csv").symlink_to(root.parent / "geheim.csv")


def link_inside(root: Path) -> None:
    (root / ".echt").write_bytes(b"geheim")
    (root / "werte.csv").symlink_to(".echt")


def dangling_link(root: Path) -> None:
    (root / "werte.csv").symlink_to("/dev/zero")


def second_name(root: Path) -> None:
    (root / "werte.csv").hardlink_to(root.parent / "geheim.csv")


def pipe(root: Path) -> None:
    os.mkfifo(root / "werte.csv")


def door(root: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(root / "werte.csv"))


def below(root: Path) -> None:
    (root / "werte.csv").mkdir()
    (root / "werte.csv" / "a.csv").write_bytes(b"geheim")


@pytest.mark.parametrize("hostile", [link, link_inside, dangling_link, second_name, pipe, door, below])
def test_what_is_no_plain_file_of_one_name_is_left_alone(root: Path, feed: Drop, hostile: Callable[[Path], None]) -> None:
    hostile(root)
    (root / "zwei.csv").write_bytes(b"gut")
    assert [(one.name, one.data) for one in take(feed)] == [("zwei.csv", b"gut")]
    assert os.path.lexists(root / "werte.csv")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes devices")
def test_a_device_is_left_alone(root: Path, feed: Drop) -> None:
    os.mknod(root / "werte.csv", 0o666 | stat.S_IFCHR, os.makedev(1, 5))  # /dev/zero
    assert take(feed) == []


@pytest.mark.parametrize("hostile", [link, dangling_link, second_name, pipe, below])
def test_what_is_exchanged_between_looking_and_reading_is_not_read(
    root: Path, feed: Drop, hostile: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "werte.csv").write_bytes(b"gut")
    looked = Folder.files

    def files(self: Folder) -> object:
        found = looked(self)
        (root / "werte.csv").unlink()
        hostile(root)
        return found

    monkeypatch.setattr(Folder, "files", files)
    assert take(feed) == []


def test_a_file_that_grows_while_it_is_read_is_read_no_further(root: Path, feed: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "werte.csv").write_bytes(b"x" * 10)
    looked = Folder.files

    def files(self: Folder) -> object:
        found = looked(self)
        os.truncate(root / "werte.csv", 1 << 40)
        return found

    monkeypatch.setattr(Folder, "files", files)
    (parcel,) = take(feed)
    assert parcel.format == REFUSED_PARCEL
    assert "größer" in json.loads(parcel.data)[0]["why"]


def test_a_file_that_changes_while_it_is_read_waits_for_the_next_look(root: Path, feed: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "werte.csv").write_bytes(b"erst das")
    read, turns = os.read, []

    def reading(handle: int, count: int) -> bytes:
        turns.append(1)
        if len(turns) == 2:
            (root / "werte.csv").write_bytes(b"dann dies")
        return read(handle, min(count, 4))

    with monkeypatch.context() as patch:
        patch.setattr(folders.os, "read", reading)
        assert take(feed) == []
    assert [one.data for one in take(feed)] == [b"dann dies"]


def test_a_time_that_the_sender_sets_makes_no_file_still(root: Path, feed: Drop) -> None:
    (root / "werte.csv").write_bytes(b"halb")
    os.utime(root / "werte.csv", (0, 0))
    assert list(feed.take({}, datetime.now(UTC))) == []
    os.utime(root / "werte.csv", (2**33, 2**33))
    assert [one.name for one in take(feed)] == ["werte.csv"]


@pytest.mark.parametrize("kind", ["done", "refused"])
@pytest.mark.parametrize("made", ["a link", "a file", "a pipe"])
def test_results_never_go_where_the_sender_wants_them(root: Path, feed: Drop, kind: str, made: str) -> None:
    outside = root.parent / "draußen"
    outside.mkdir()
    if made == "a link":
        (root / kind).symlink_to(outside)
    elif made == "a file":
        (root / kind).write_bytes(b"")
    else:
        os.mkfifo(root / kind)
    (root / "werte.csv").write_bytes(b"gut")
    (parcel,) = [one for one in take(feed) if one.name == "werte.csv"]
    with pytest.raises(ServerAbsent, match=f"„{kind}“ kein Ordner oder eine Verknüpfung"):
        feed.stored(parcel, {"state": "refused" if kind == "refused" else "done"})
    assert list(outside.iterdir()) == []
    assert (root / "werte.csv").exists(), "it comes again once that is mended"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives folders away")
def test_a_folder_of_the_senders_is_no_place_for_results(root: Path, feed: Drop) -> None:
    (root / "done").mkdir()
    os.chown(root / "done", 12345, 12345)
    (root / "werte.csv").write_bytes(b"gut")
    (parcel,) = take(feed)
    with pytest.raises(ServerAbsent, match="gehört „done“ nicht dem Konto"):
        feed.stored(parcel, {"state": "done"})


def test_nobody_else_may_write_where_results_lie(root: Path, feed: Drop) -> None:
    (root / "done").mkdir()
    (root / "done").chmod(0o777)
    (root / "werte.csv").write_bytes(b"gut")
    feed.stored(take(feed)[0], {"state": "done"})
    assert stat.S_IMODE((root / "done").stat().st_mode) == 0o755


def test_a_file_that_took_the_place_of_the_one_that_was_read_is_not_lost(root: Path, feed: Drop) -> None:
    (root / "werte.csv").write_bytes(b"eins")
    (parcel,) = take(feed)
    (root / "neu").write_bytes(b"zwei")
    (root / "neu").replace(root / "werte.csv")
    feed.stored(parcel, {"state": "done", "accepted": 1})
    assert [(one.name, one.data) for one in take(feed)] == [("werte.csv", b"zwei")]
    assert [path.name for path in (root / "done").iterdir() if not path.name.endswith(REPORT)] == []


def test_a_link_that_took_its_place_is_not_followed_when_it_is_moved(root: Path, feed: Drop) -> None:
    (root / "werte.csv").write_bytes(b"eins")
    (parcel,) = take(feed)
    (root / "werte.csv").unlink()
    link(root)
    feed.stored(parcel, {"state": "done"})
    assert (root.parent / "geheim.csv").read_bytes() == b"geheim"
    assert (root / "werte.csv").is_symlink()


NAMES = {
    b"Z\xe4hler.csv": "Z�hler.csv",
    b"zeile\neins.csv": "zeile eins.csv",
    "um\u202egedreht\x1b[2J.csv".encode(): "umgedreht[2J.csv",
    b"x" * 250 + b".csv": "x" * 146 + ".csv",
    ("ü" * 120 + ".csv").encode(): "ü" * 73 + ".csv",
    b"=cmd|calc.csv": "=cmd|calc.csv",
}


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name)[:20])
def test_any_name_can_be_taken_stored_and_told(root: Path, feed: Drop, name: bytes) -> None:
    (root / os.fsdecode(name)).write_bytes(b"gut")
    (parcel,) = take(feed)
    assert parcel.name == NAMES[name]
    parcel.name.encode()
    feed.stored(parcel, {"state": "done", "name": parcel.name})
    assert take(feed) == []
    kept = sorted(path.name.partition("_")[2] for path in (root / "done").iterdir())
    assert kept == sorted([parcel.name, parcel.name + REPORT])


def test_files_that_are_called_alike_are_told_apart(root: Path, feed: Drop) -> None:
    for number, name in enumerate((b"a\n.csv", b"a .csv", b"a\x1b\n.csv")):
        (root / os.fsdecode(name)).write_bytes(str(number).encode())
    found = take(feed)
    assert len({one.name for one in found}) == 3
    for parcel in found:
        feed.stored(parcel, {"state": "done", "was": parcel.data.decode()})
    assert take(feed) == []
    for report in (root / "done").glob(f"*{REPORT}"):
        assert json.loads(report.read_text())["was"].encode() == report.with_name(report.name.removesuffix(REPORT)).read_bytes()


def test_the_folder_itself_may_not_become_a_link(root: Path, feed: Drop) -> None:
    (root.parent / "andere").mkdir()
    (root.parent / "andere" / "werte.csv").write_bytes(b"geheim")
    root.rmdir()
    root.symlink_to(root.parent / "andere")
    with pytest.raises(ServerAbsent):
        take(feed)


def test_a_file_that_may_not_be_read_holds_up_no_other(root: Path, feed: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.csv", "b.csv"):
        (root / name).write_bytes(b"gut")
    opened = os.open

    def refusing(name: str, *more: object, **where: object) -> int:
        if name == "a.csv":
            raise PermissionError(13, "Permission denied")
        return opened(name, *more, **where)  # type: ignore[arg-type]

    monkeypatch.setattr(folders.os, "open", refusing)
    assert [one.name for one in take(feed)] == ["b.csv"]


@pytest.fixture
def busy(root: Path) -> Iterator[None]:
    """Somebody exchanges a file for a link to a secret and back as fast as they can."""
    stop = threading.Event()

    def exchange() -> None:
        while not stop.is_set():
            (root / ".gut").write_bytes(b"gut")
            (root / ".gut").replace(root / "werte.csv")
            (root / ".link").symlink_to(root.parent / "geheim.csv")
            (root / ".link").replace(root / "werte.csv")

    thread = threading.Thread(target=exchange)
    thread.start()
    yield
    stop.set()
    thread.join()


def test_whoever_exchanges_files_all_the_time_gets_no_other_file_read(root: Path, busy: None) -> None:
    feed, seen = Drop(Folder(root), MOST, still=timedelta(days=-1)), []
    for _ in range(400):
        for parcel in take(feed):
            seen.append(parcel.data)
            feed.stored(parcel, {"state": "done"})
    assert set(seen) <= {b"gut"}
    assert (root.parent / "geheim.csv").read_bytes() == b"geheim"
    assert all(not path.is_symlink() for path in (root / "done").iterdir()) if (root / "done").exists() else True
