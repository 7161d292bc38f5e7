"""Work in, the seconds of processor time it took out: those of its own thread, and those of other processes that worked for it.

Whoever wants to know says so with `measured()`; whoever lets another process work (a child that reads a file, the database's own process
for a connection) does so inside `of_process()`. Nobody who does not measure pays for it.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from os import sysconf
from pathlib import Path


class Effort:
    """What some work has taken so far, in seconds of processor time. Belongs to the thread that does the work."""

    def __init__(self) -> None:
        self._elsewhere = 0.0
        self._began = time.thread_time()
        self._ended: float | None = None

    def add(self, seconds: float) -> None:
        """Note what another process worked."""
        self._elsewhere += max(seconds, 0.0)

    def end(self) -> None:
        """The thread does something else from now on."""
        self._ended = time.thread_time()

    @property
    def seconds(self) -> float:
        """All of it; up to now while the work goes on."""
        ended = time.thread_time() if self._ended is None else self._ended
        return self._elsewhere + max(ended - self._began, 0.0)


_measuring: ContextVar[Effort | None] = ContextVar("effort", default=None)


@contextmanager
def measured() -> Iterator[Effort]:
    """Around work of this thread: what it takes, also of other processes. What is measured inside another block counts there alone."""
    effort = Effort()
    token = _measuring.set(effort)
    try:
        yield effort
    finally:
        effort.end()
        _measuring.reset(token)


def so_far() -> float:
    """What the work under way in this thread has taken; 0 where nobody measures."""
    effort = _measuring.get()
    return 0.0 if effort is None else effort.seconds


@contextmanager
def of_process(pid: int | None) -> Iterator[None]:
    """While another process of this machine works for this thread: what it takes counts. None for one of another machine."""
    effort = None if pid is None else _measuring.get()
    if effort is None or pid is None:
        yield
        return
    before = used_by(pid)
    try:
        yield
    finally:
        effort.add(used_by(pid) - before)


def used_by(pid: int) -> float:
    """Seconds of processor time that a process and those of its children that ended have used; 0 where the system does not tell."""
    if sys.platform != "linux":
        return 0.0
    try:
        own = time.clock_gettime((~pid << 3) | 2)  # what clock_getcpuclockid(3) gives: exact, where /proc counts in hundredths
        ended = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[13:15]
        return own + sum(map(int, ended)) / sysconf("SC_CLK_TCK")
    except (OSError, ValueError):
        return 0.0
