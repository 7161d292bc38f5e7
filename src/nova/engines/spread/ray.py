"""Tasks on a Ray cluster that is there already, or on this machine; Ray is imported only here."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import ray
from ray.exceptions import RayTaskError

from nova.engines.spread.bench import done
from nova.errors import ServerAbsent
from nova.ports.spread import Blob, Task, Work, content_name

LOCAL = "local"
_END = b""


def _perform(works: Mapping[str, Work], task: Task, *inputs: bytes) -> Iterator[bytes]:
    """A task's results one by one, and an empty one behind them."""
    with tempfile.TemporaryDirectory(prefix="nova-part-") as inner:
        folder = Path(inner)
        files = [folder / name for name in task.inputs]
        for file, content in zip(files, inputs, strict=True):
            file.write_bytes(content)
        for blob in done(works, task, files, folder):
            yield (folder / blob).read_bytes()
    yield _END


class OverRay:
    """Implements `Executor`; files are objects of Ray, which spills what does not fit in memory. The nodes have this package installed."""

    def __init__(self, works: Mapping[str, Work], folder: Path, address: str = LOCAL) -> None:
        """`address` as `ray.init` takes it, `local` for a cluster of its own on this machine; `folder` keeps what is fetched."""
        try:
            ray.init(address=None if address == LOCAL else address, include_dashboard=False, log_to_driver=False, ignore_reinit_error=True)
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise ServerAbsent(f"Der Ray-Cluster „{address}“ ist nicht erreichbar.") from error
        self._works, self._folder, self._local = works, folder, address == LOCAL
        self._remote: Any = ray.remote(_perform)
        self._objects: dict[Blob, Any] = {}
        self._known: dict[str, tuple[Blob, ...]] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def put(self, file: Path) -> Blob:
        """Take a file over."""
        name = content_name(file)
        self._objects[name] = ray.put(file.read_bytes())
        file.unlink()
        return name

    def fetch(self, blob: Blob) -> Path:
        """A file to read."""
        here = self._folder / blob
        if not here.exists():
            here.write_bytes(ray.get(self._objects[blob]))
        return here

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Blob, ...]]:
        """The results of each task, in order."""
        begun: dict[str, Any] = {}
        try:
            for task in tasks:
                if task.digest not in self._known and task.digest not in begun:
                    begun[task.digest] = self._remote.remote(self._works, task, *(self._objects[name] for name in task.inputs))
            for task in tasks:
                if task.digest not in self._known:
                    self._known[task.digest] = self._ended(task, begun.pop(task.digest))
                yield self._known[task.digest]
        finally:
            for left in begun.values():
                ray.cancel(left)

    def _ended(self, task: Task, results: Any) -> tuple[Blob, ...]:
        objects = list(results)
        try:
            ray.get(objects[-1])
        except RayTaskError as error:
            raise error.cause from error
        names = tuple(task.blob(place) for place in range(len(objects) - 1))
        self._objects.update(zip(names, objects, strict=False))
        return names

    def drop(self, blobs: Iterable[Blob]) -> None:
        """Delete files."""
        for blob in blobs:
            self._objects.pop(blob, None)
            self._known.pop(blob.partition(".")[0], None)
            (self._folder / blob).unlink(missing_ok=True)

    def close(self) -> None:
        """Forget the objects and leave the cluster; one of its own ends."""
        self._objects.clear()
        shutil.rmtree(self._folder, ignore_errors=True)
        if self._local:
            ray.shutdown()
