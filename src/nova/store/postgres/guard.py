"""A plan (JSON) in, a running PostgreSQL out: keeps the server up while anybody holds the lease and stops it when the last one lets go.

Runs as a program of its own (`python -I -S guard.py PLAN`) and imports nothing of Nova, so that it stays small and outlives a kill -9 of
the process that started it. Nobody has to say goodbye: a lease is a shared `flock`, which the kernel takes back from the dead.
When the guard itself is killed, the kernel stops the server (PR_SET_PDEATHSIG). Exit codes: 0 stopped, 1 the server does not stay up,
3 another guard is at work.
"""

import contextlib
import ctypes
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO

CLUSTER_FD = 100
FAST_SHUTDOWN = signal.SIGINT
IMMEDIATE_SHUTDOWN = signal.SIGQUIT
PATIENCE_SECONDS = 30.0
ATTEMPTS = 3
HEALTHY_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 10.0
PR_SET_PDEATHSIG = 1
ANOTHER_GUARD = 3


class RotatingLog:
    """Lines to a file; beyond `limit` bytes it becomes `.1`, the one before `.2`, and older ones are dropped."""

    def __init__(self, path: Path, limit: int = 5_000_000) -> None:
        self.path = path
        self.limit = limit
        self._file = self._open()

    def _open(self) -> BinaryIO:
        return self.path.open("ab", buffering=0)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def write(self, line: bytes) -> None:
        """Append one line, rotating first when the file is full. A line for which the disk has no room is lost."""
        if self._file.tell() > self.limit:
            self._file.close()
            second = self.path.with_name(self.path.name + ".1")
            if second.exists():
                second.replace(self.path.with_name(self.path.name + ".2"))
            self.path.replace(second)
            self._file = self._open()
        with contextlib.suppress(OSError):
            self._file.write(line)


def die_with_parent() -> Callable[[], None]:
    """What a child calls before exec so that the kernel shuts it down (fast) when its parent dies."""
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def ask_kernel() -> None:
        for wanted in (FAST_SHUTDOWN, IMMEDIATE_SHUTDOWN):
            signal.signal(wanted, signal.SIG_DFL)  # a shell's background job inherits them ignored
        prctl(PR_SET_PDEATHSIG, int(FAST_SHUTDOWN), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return ask_kernel


def pause(failures: int) -> float:
    """Seconds to wait after so many failures in a row."""
    return min(LONGEST_PAUSE_SECONDS, 0.25 * 2.0 ** min(failures, 6))


class Guard:
    """One server process, restarted when it dies, until `close`."""

    def __init__(self, plan: dict[str, Any], log: RotatingLog) -> None:
        self.plan = plan
        self.log = log
        self._before_exec = die_with_parent()
        self._mutex = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self.closing = threading.Event()

    def keep_running(self) -> int:
        """Run the server until it is closed (0), or does not even start (1). One that has run before is tried again and again."""
        failures, has_run = 0, False
        while (child := self._spawn()) is not None:
            began = time.monotonic()
            assert child.stdout is not None  # noqa: S101 tells the type checker what PIPE means
            with child.stdout as said:
                for line in said:
                    self.log.write(line)
            code = child.wait()
            if self.closing.is_set():
                break
            healthy = time.monotonic() - began > HEALTHY_SECONDS
            has_run = has_run or healthy
            failures = 1 if healthy else failures + 1
            self.log.write(f"nova: the server ended with code {code}, attempt {failures}\n".encode())
            if failures >= ATTEMPTS and not has_run:
                return 1
            self.closing.wait(pause(failures))
        return 0

    def close(self) -> None:
        """Stop the server: fast first (sessions end, data are flushed), at once after half a minute."""
        with self._mutex:
            self.closing.set()
            child = self._child
        if child is None:
            return
        child.send_signal(FAST_SHUTDOWN)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while child.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        if child.poll() is None:
            child.send_signal(IMMEDIATE_SHUTDOWN)

    def _spawn(self) -> subprocess.Popen[bytes] | None:
        uid = self.plan["uid"]
        identity = {} if uid is None else {"user": uid, "group": self.plan["gid"], "extra_groups": []}
        with self._mutex:
            if self.closing.is_set():
                return None
            self._child = subprocess.Popen(
                self.plan["argv"],
                env=self.plan["env"],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                pass_fds=(CLUSTER_FD,),
                preexec_fn=self._before_exec,  # safe beside the other thread, which only waits in flock
                umask=0o077,
                **identity,
            )
            return self._child


def _stop_after_last_user(lease: Path, guard: Guard) -> None:
    handle = os.open(lease, os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX)
    guard.close()


def _stay(signum: int, frame: FrameType | None) -> None:
    """A signal meant for the terminal's or the service's whole group: the lease decides, not the signal."""


def _only_guard(path: Path) -> bool:
    """Take the guard's lock for the life of this process; those who only look whether it is free hold it for an instant."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    for _ in range(50):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.02)
        else:
            return True
    return False


def main(argv: list[str]) -> int:
    """Guard one cluster by the plan in `argv[1]`; see the module's docstring."""
    plan = json.loads(argv[1])
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, _stay)
    if not _only_guard(Path(plan["guard_lock"])):
        return ANOTHER_GUARD
    os.chdir("/")
    os.dup2(os.open(plan["cluster"], os.O_RDONLY | os.O_DIRECTORY), CLUSTER_FD)
    log = RotatingLog(Path(plan["log"]))
    guard = Guard(plan, log)
    threading.Thread(target=_stop_after_last_user, args=(Path(plan["lease"]), guard), daemon=True).start()
    try:
        return guard.keep_running()
    finally:
        log.close()
        if plan["socket_dir"] is not None:
            shutil.rmtree(plan["socket_dir"], ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
