"""A reader that a file has taken over: it reads nothing, writes nothing, reaches no one, starts nothing and ends with its limits.

Each attack runs in a real child. Where the kernel lacks Landlock or the filter does not know the processor, these tests are skipped.
"""

import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nova.engines.extract import scan
from nova.engines.extract.sandbox.confine import LESS_URGENT
from nova.engines.extract.sandbox.runner import Children, Limits, ResourceUsage
from nova.engines.texts.builtin import BuiltinTexts
from nova.errors import UnreadableFile
from tests.folders import short_folder

CLOSED = {"EACCES", "EPERM", "ENOSYS", "ENOENT", "EROFS", "ESRCH"}
HERE = "tests.hostile.attacks"
CODE = (Path(__file__).parents[2],)


def confined() -> dict[str, bool]:
    children = Children(size=1)
    try:
        found: dict[str, bool] = children.run("nova.engines.extract.sandbox.confine:report_task", {})[0]
        return found
    finally:
        children.close()


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    if not all(confined().values()):
        pytest.skip("this kernel cannot confine a child wholly")
    pool = Children(size=1, idle_s=30, code=CODE)
    yield pool
    pool.close()


@pytest.fixture
def folder() -> Iterator[Path]:
    with short_folder() as found:
        yield found


def attack(children: Children, name: str, **args: Any) -> Any:
    return children.run(f"{HERE}:{name}", args, own="attack")[0]


def open_ones(found: dict[str, str]) -> dict[str, str]:
    return {name: outcome for name, outcome in found.items() if outcome not in CLOSED}


def test_a_child_is_less_urgent_in_its_session_and_so_is_its_session() -> None:
    children = Children(size=1, code=CODE)
    try:
        pid = children.run(f"{HERE}:who", {})[0]
        assert os.getpriority(os.PRIO_PROCESS, pid) == min(os.nice(0) + LESS_URGENT, 19)
        session = Path(f"/proc/{pid}/autogroup")
        if session.exists():
            assert session.read_text("ascii").endswith(f"nice {LESS_URGENT}\n")
    finally:
        children.close()


def test_files_outside_are_closed(children: Children, folder: Path) -> None:
    secret = folder / "secrets" / "admin.key"
    secret.parent.mkdir()
    secret.write_text("nova_adm_secret")
    assert secret.read_text()
    paths = [
        str(secret),
        "/etc/passwd",
        "/etc/hostname",
        "/etc/shadow",
        f"/proc/{os.getpid()}/environ",
        "/proc/self/status",
        "/proc/mounts",
    ]
    assert open_ones(attack(children, "read_files", paths=paths)) == {}
    assert open_ones(attack(children, "list_folders", paths=[str(folder), "/", "/etc", "/root", "/home", "/tmp", "/proc"])) == {}


def test_the_folder_nova_was_started_in_is_closed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`python -m nova` puts it first in `sys.path`; in a home it holds keys."""
    secret = folder / "data" / "secrets" / "admin.key"
    secret.parent.mkdir(parents=True)
    secret.write_text("nova_adm_secret")
    monkeypatch.syspath_prepend(str(folder))
    if not all(confined().values()):
        pytest.skip("this kernel cannot confine a child wholly")
    children = Children(size=1, code=CODE)
    assert attack(children, "read_files", paths=[str(secret)]) == {str(secret): "EACCES"}
    assert attack(children, "list_folders", paths=[str(folder)]) == {str(folder): "EACCES"}
    texts = BuiltinTexts(children, private=(folder / "data", secret))
    assert texts.health()["confined"] is True
    texts.close()


def test_a_child_that_reaches_what_is_private_says_so(folder: Path) -> None:
    texts = BuiltinTexts(Children(size=1, read=(folder,)), private=(folder / "data",))
    (folder / "data").mkdir()
    health = texts.health()
    texts.close()
    assert health["confined"] is not True
    assert "files" in health["open"]


def test_nothing_can_be_written_or_changed(children: Children, folder: Path) -> None:
    victim = folder / "victim"
    victim.write_text("whole")
    victim.chmod(0o600)
    before = victim.stat()
    found = attack(children, "write_files", folder=str(folder), victim=str(victim))
    assert open_ones(found) == {}
    assert victim.read_text() == "whole"
    assert (victim.stat().st_mode, victim.stat().st_mtime_ns) == (before.st_mode, before.st_mtime_ns)
    assert [path.name for path in folder.iterdir()] == ["victim"]


def test_no_one_can_be_reached(children: Children, folder: Path) -> None:
    unix, abstract = folder / "s", f"nova-{os.getpid()}"
    with (
        socket.create_server(("127.0.0.1", 0)) as tcp,
        socket.socket(socket.AF_UNIX) as by_path,
        socket.socket(socket.AF_UNIX) as by_name,
    ):
        by_path.bind(str(unix))
        by_name.bind("\0" + abstract)
        for server in (by_path, by_name):
            server.listen()
        assert open_ones(attack(children, "reach_out", port=tcp.getsockname()[1], unix=str(unix), abstract=abstract)) == {}


def test_other_processes_are_out_of_reach(children: Children) -> None:
    signals: list[int] = []
    before = signal.signal(signal.SIGUSR1, lambda number, _frame: signals.append(number))
    try:
        assert open_ones(attack(children, "touch_processes", parent=os.getpid())) == {}
        assert signals == []
    finally:
        signal.signal(signal.SIGUSR1, before)


def test_no_program_can_be_started_but_tesseract(children: Children) -> None:
    assert "done" not in attack(children, "run_programs").values()
    if scan.languages():
        assert "List of available languages" in attack(children, "tesseract")


def test_limits_cannot_be_raised(children: Children) -> None:
    assert "done" not in attack(children, "raise_limits").values()


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.parametrize("twice", [False, True])
def test_a_process_left_behind_ends_with_the_child(twice: bool) -> None:
    children = Children(size=1, code=CODE)
    if not scan.languages():
        with pytest.raises(UnreadableFile):
            attack(children, "linger", twice=twice, hang=False)
        return
    left = attack(children, "linger", twice=twice, hang=False)
    assert alive(left)
    children.close()
    assert gone(left)


def test_a_child_that_ignores_its_limits_is_ended_with_all_it_started() -> None:
    ends: list[ResourceUsage] = []
    children = Children(size=1, on_end=ends.append, code=CODE)
    begun = time.monotonic()
    with pytest.raises(UnreadableFile, match=r"Zeitlimit von 1 s|beschädigt"):
        children.run(f"{HERE}:linger", {"twice": True, "hang": True}, limits=Limits(wall_s=1), own="x")
    assert time.monotonic() - begun < 5
    assert len(ends) == 1
    children.close()


def gone(pid: int) -> bool:
    until = time.monotonic() + 5
    while alive(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not alive(pid)


def test_a_spoilt_reader_meets_no_other_file() -> None:
    children = Children(size=1, code=CODE)

    def remember(own: str, word: str) -> Any:
        return children.run(f"{HERE}:remember", {"with": word}, own=own)[0]

    assert remember("file a", "a") is None
    assert remember("file a", "a again") == "a"
    assert remember("file b", "b") is None
    assert remember("", "shared") is None
    assert remember("file a", "c") in (None, "a again")
    children.close()


def test_folders_named_for_trusted_work_are_closed_to_readers_of_files(folder: Path) -> None:
    known = folder / "analyser.json"
    known.write_text("{}")
    children = Children(size=1, read=(folder,), code=CODE)
    assert children.run(f"{HERE}:read_files", {"paths": [str(known)]})[0] == {str(known): "done"}
    if all(confined().values()):
        assert children.run(f"{HERE}:read_files", {"paths": [str(known)]}, own="file")[0] == {str(known): "EACCES"}
    children.close()
