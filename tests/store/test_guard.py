"""The guard in this process, over small programs instead of a server: log, restarts, giving up, stopping, and one guard only."""

import contextlib
import fcntl
import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nova.store.postgres import guard


@pytest.fixture(autouse=True)
def folder_handle() -> Iterator[None]:
    """The open folder that a server inherits."""
    handle = os.open("/", os.O_RDONLY | os.O_DIRECTORY)
    os.dup2(handle, guard.CLUSTER_FD)
    yield
    os.close(handle)
    os.close(guard.CLUSTER_FD)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[guard.RotatingLog]:
    with contextlib.closing(guard.RotatingLog(tmp_path / "log", limit=100_000)) as opened:
        yield opened


def watching(log: guard.RotatingLog, script: str) -> guard.Guard:
    plan: dict[str, Any] = {"argv": ["/bin/sh", "-c", script], "uid": None, "env": {"PATH": "/usr/bin:/bin"}}
    return guard.Guard(plan, log)


def test_the_log_keeps_three_files_of_bounded_size(tmp_path: Path) -> None:
    with contextlib.closing(guard.RotatingLog(tmp_path / "log", limit=100)) as log:
        for number in range(100):
            log.write(f"line {number:04}\n".encode())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log", "log.1", "log.2"]
    assert all(path.stat().st_size <= 110 for path in tmp_path.iterdir())
    assert (tmp_path / "log").read_text().endswith("line 0099\n")


def test_a_log_goes_on_where_it_ended(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("before\n")
    with contextlib.closing(guard.RotatingLog(tmp_path / "log")) as log:
        log.write(b"after\n")
    assert (tmp_path / "log").read_text() == "before\nafter\n"


def test_a_server_that_never_comes_up_is_given_up_with_its_words_in_the_log(tmp_path: Path, log: guard.RotatingLog) -> None:
    assert watching(log, "echo no such setting >&2; exit 1").keep_running() == 1
    assert (tmp_path / "log").read_text().count("no such setting") == guard.ATTEMPTS


def test_a_server_that_has_run_is_started_again_until_it_is_closed(
    tmp_path: Path, log: guard.RotatingLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "HEALTHY_SECONDS", 0.1)
    monkeypatch.setattr(guard, "LONGEST_PAUSE_SECONDS", 0.01)
    watched = watching(log, "echo up; sleep 0.15")
    written = tmp_path / "log"

    def close_after_enough() -> None:
        until = time.monotonic() + 30
        while time.monotonic() < until and (not written.exists() or written.read_text().count("up\n") <= guard.ATTEMPTS):
            time.sleep(0.05)
        watched.close()

    threading.Thread(target=close_after_enough).start()
    assert watched.keep_running() == 0
    assert written.read_text().count("up\n") > guard.ATTEMPTS


def test_closing_interrupts_the_server_and_ends_at_once_what_does_not_listen(
    log: guard.RotatingLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "PATIENCE_SECONDS", 0.2)
    for script in ("exec sleep 60", "trap '' INT; echo deaf; while :; do sleep 0.05; done"):
        watched = watching(log, script)
        threading.Timer(0.2, watched.close).start()
        began = time.monotonic()
        assert watched.keep_running() == 0
        assert time.monotonic() - began < 5


def test_closing_before_the_start_starts_nothing(tmp_path: Path, log: guard.RotatingLog) -> None:
    watched = watching(log, "echo up")
    watched.close()
    assert watched.keep_running() == 0
    assert (tmp_path / "log").read_text() == ""


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """What the program is called with; the signals and the folder of this process stay as they were."""
    before = {signum: signal.getsignal(signum) for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    here = Path.cwd()
    (tmp_path / "socket").mkdir()
    (tmp_path / "lease").touch()
    names = {"guard_lock": "guard", "lease": "lease", "log": "log", "socket_dir": "socket"}
    yield {
        "argv": ["/bin/sh", "-c", "echo up; exec sleep 60"],
        "cluster": "/",
        "uid": None,
        "env": {"PATH": "/usr/bin:/bin"},
        **{key: str(tmp_path / name) for key, name in names.items()},
    }
    os.chdir(here)
    for signum, handler in before.items():
        signal.signal(signum, handler)


def test_the_server_stops_when_the_last_lease_is_gone(tmp_path: Path, plan: dict[str, Any]) -> None:
    user = os.open(plan["lease"], os.O_RDWR)
    fcntl.flock(user, fcntl.LOCK_SH)
    threading.Timer(0.5, os.close, (user,)).start()
    began = time.monotonic()
    assert guard.main(["guard.py", json.dumps(plan)]) == 0
    assert 0.4 < time.monotonic() - began < 10
    assert (tmp_path / "log").read_text() == "up\n"
    assert not (tmp_path / "socket").exists()


def test_a_second_guard_steps_back(plan: dict[str, Any]) -> None:
    other = os.open(plan["guard_lock"], os.O_RDWR | os.O_CREAT)
    fcntl.flock(other, fcntl.LOCK_EX)
    assert guard.main(["guard.py", json.dumps(plan)]) == guard.ANOTHER_GUARD
    os.close(other)


def test_a_server_that_has_failed_for_hours_is_still_tried() -> None:
    assert [guard.pause(failures) for failures in (1, 2, 6, 100_000)] == [0.5, 1.0, 10.0, 10.0]
