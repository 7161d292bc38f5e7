"""A run's work in, done by a process of its own that ends with the job: the process that serves goes on serving meanwhile."""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import IO, Any

import polars as pl

from nova.errors import InvalidInput, NovaError
from nova.jobs.leash import led
from nova.logs import get_logger
from nova.seeding.work import parcel
from nova.seeding.work.refine import Progress, Refined, Task

LOOK_SECONDS = 1.0
BROKE = "Die Aufbereitung brach ab, vermutlich reichte der Speicher nicht; Einzelheiten stehen im Protokoll."
log = get_logger(__name__)


def apart(rows: pl.DataFrame, before: pl.DataFrame | None, task: Task, progress: Progress) -> Refined:
    """As `refine`, in a child. `progress` is called at least every second, so that who cancels does not wait for a step."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out:
        parcel.put_task(given, rows, before, task)
        with _running(given.fileno(), out.fileno()) as (child, said):
            last = _followed(child, said, progress)
        if "error" in last:
            raise InvalidInput(str(last["message"]))
        if child.returncode != 0 or not last.get("done"):
            log.error("seeding_child_ended", returncode=child.returncode)
            raise NovaError(BROKE)
        out.seek(0)
        return parcel.get_result(out)


def _followed(child: "subprocess.Popen[str]", said: IO[str], progress: Progress) -> dict[str, Any]:
    """What the child said last."""
    lines: SimpleQueue[str | None] = SimpleQueue()
    reader = threading.Thread(target=_read, args=(said, lines), daemon=True)
    reader.start()
    stage, left, last = "säubern", 0, dict[str, Any]()
    while True:
        try:
            line = lines.get(timeout=LOOK_SECONDS)
        except Empty:
            progress(stage, left)
            continue
        if line is None:
            child.wait()
            return last
        last = json.loads(line)
        if "stage" in last:
            stage, left = str(last["stage"]), int(last["left"])
            progress(stage, left)


def _read(pipe: IO[str], lines: "SimpleQueue[str | None]") -> None:
    for line in pipe:
        if line.endswith("\n"):  # whoever is killed may leave half a line
            lines.put(line)
    lines.put(None)


@contextmanager
def _running(given: int, out: int) -> Iterator[tuple["subprocess.Popen[str]", IO[str]]]:
    command = led([sys.executable, "-m", "nova.seeding.work.child", str(given), str(out)])
    read, write = os.pipe()
    with os.fdopen(read, encoding="utf-8") as said:
        try:
            child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=write, pass_fds=(given, out), text=True)
        finally:
            os.close(write)
        try:
            yield child, said
        finally:
            child.kill()
            child.wait()
