"""Tasks as jobs of the queue: files lie among the objects below a prefix of the run, any worker takes a task, a dead one's is done anew."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from nova.engines.spread.bench import done
from nova.errors import InvalidInput, JobCancelled, NotFound
from nova.ports import Objects
from nova.ports.jobs import OPEN, Jobs, Kind
from nova.ports.spread import Blob, Task, Work, content_name
from nova.store.ids import uuid7

PREFIX = "spread/"
KEPT = timedelta(days=3)
"""For how long at most a run's files lie there."""
ASK_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files of a run among the objects, and of each task that is done how many results it has."""

    objects: Objects
    run: str

    def key(self, name: str) -> str:
        """Where a file lies."""
        return f"{PREFIX}{self.run}/{name}"

    def results(self, task: Task) -> tuple[Blob, ...] | None:
        """A task's results; None where it is not done."""
        try:
            number = int(self.objects.get(self.key(f"{task.digest}.done")))
        except NotFound:
            return None
        return tuple(task.blob(place) for place in range(number))

    def store(self, task: Task, folder: Path, results: Sequence[Blob]) -> None:
        """Keep a task's results; it is done once all of them are there."""
        for blob in results:
            with (folder / blob).open("rb") as file:
                self.objects.put(self.key(blob), file)
        self.objects.put(self.key(f"{task.digest}.done"), str(len(results)).encode())

    def load(self, blob: Blob, folder: Path) -> Path:
        """A file brought into a folder under its name."""
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as part:
            for piece in self.objects.blocks(self.key(blob)):
                part.write(piece)
        return Path(part.name).replace(folder / blob)

    def drop(self, blob: Blob) -> None:
        """Delete a file; its task is then not done."""
        self.objects.delete(self.key(blob))
        digest, dot, _ = blob.partition(".")
        if dot:
            self.objects.delete(self.key(f"{digest}.done"))


class OverJobs:
    """Implements `Executor`, for who hands tasks out. Waits for jobs without polling; `ask` is called every few seconds and may raise."""

    def __init__(self, jobs: Jobs, kind: Kind, objects: Objects, folder: Path, ask: Callable[[], None]) -> None:
        """`folder` keeps what was fetched; only this executor writes there."""
        self._jobs, self._kind, self._ask, self._folder = jobs, kind, ask, folder
        self._shelf = Shelf(objects, str(uuid7()))
        folder.mkdir(parents=True, exist_ok=True)

    def put(self, file: Path) -> Blob:
        """Take a file over."""
        name = content_name(file)
        with file.open("rb") as opened:
            self._shelf.objects.put(self._shelf.key(name), opened)
        shutil.move(file, self._folder / name)
        return name

    def fetch(self, blob: Blob) -> Path:
        """A file to read."""
        here = self._folder / blob
        return here if here.exists() else self._shelf.load(blob, self._folder)

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Blob, ...]]:
        """The results of each task, in order; when one fails or `ask` raises, those that wait or run are cancelled."""
        started: dict[str, UUID] = {}
        try:
            for task in tasks:
                if task.digest not in started and self._shelf.results(task) is None:
                    started[task.digest] = self._start(task)
            for task in tasks:
                yield self._ended(task, started.get(task.digest))
        finally:
            self._stop(started.values())

    def _start(self, task: Task) -> UUID:
        args = {"run": self._shelf.run, "name": task.name, "inputs": list(task.inputs), "arguments": dict(task.arguments)}
        return self._jobs.start(self._kind, args)

    def _ended(self, task: Task, job_id: UUID | None) -> tuple[Blob, ...]:
        while job_id is not None and (job := self._jobs.wait(job_id, ASK_SECONDS)).state != "done":
            self._ask()
            if job.state == "cancelled":
                raise JobCancelled("Eine Teilaufgabe wurde abgebrochen.")
            if job.state == "failed":
                raise InvalidInput(job.error or "Eine Teilaufgabe ist fehlgeschlagen.", data={"code": job.error_code})
        self._ask()
        results = self._shelf.results(task)
        if results is None:
            raise NotFound("Die Ergebnisse einer Teilaufgabe gibt es nicht mehr.")
        return results

    def _stop(self, job_ids: Iterable[UUID]) -> None:
        for job_id in job_ids:
            with suppress(NotFound):
                if self._jobs.get(job_id).state in OPEN:
                    self._jobs.cancel(job_id)

    def drop(self, blobs: Iterable[Blob]) -> None:
        """Delete files."""
        for blob in blobs:
            self._shelf.drop(blob)
            (self._folder / blob).unlink(missing_ok=True)

    def close(self) -> None:
        """Delete the run's objects and the folder."""
        for key in list(self._shelf.objects.keys(self._shelf.key(""))):
            self._shelf.objects.delete(key)
        shutil.rmtree(self._folder, ignore_errors=True)


def perform(works: Mapping[str, Work], objects: Objects, args: Mapping[str, Any], check: Callable[[str], None]) -> int:
    """Do a task that `OverJobs` handed out, unless it is done; how many results it has. `check` is told the stage and may raise."""
    shelf = Shelf(objects, str(UUID(str(args["run"]))))
    task = Task(str(args["name"]), tuple(Blob(str(name)) for name in args["inputs"]), dict(args["arguments"]))
    if (there := shelf.results(task)) is not None:
        return len(there)
    with tempfile.TemporaryDirectory(prefix="nova-part-") as folder:
        check("laden")
        inputs = [shelf.load(name, Path(folder)) for name in task.inputs]
        check("rechnen")
        results = done(works, task, inputs, Path(folder))
        check("ablegen")
        shelf.store(task, Path(folder), results)
    return len(results)


def sweep(objects: Objects, now: datetime) -> int:
    """Delete files of runs that began more than `KEPT` ago, which a kill left behind; how many."""
    oldest = int((now - KEPT).timestamp() * 1000)
    stray = [key for key in objects.keys(PREFIX) if UUID(key.split("/")[1]).int >> 80 < oldest]
    for key in stray:
        objects.delete(key)
    return len(stray)
