"""Tasks one after the other in this process; their files lie in a folder."""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from nova.engines.spread.bench import done
from nova.ports.spread import Blob, Task, Work, content_name


class InProcess:
    """Implements `Executor`. Memory holds one task at a time."""

    def __init__(self, works: Mapping[str, Work], folder: Path) -> None:
        """`folder` is made where it is absent; only this executor writes there."""
        self._works = works
        self._folder = folder
        self._known: dict[str, tuple[Blob, ...]] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def put(self, file: Path) -> Blob:
        """Take a file over."""
        name = content_name(file)
        shutil.move(file, self._folder / name)
        return name

    def fetch(self, blob: Blob) -> Path:
        """A file to read."""
        return self._folder / blob

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Blob, ...]]:
        """The results of each task, in order."""
        for task in tasks:
            if task.digest not in self._known:
                self._known[task.digest] = done(self._works, task, [self._folder / name for name in task.inputs], self._folder)
            yield self._known[task.digest]

    def drop(self, blobs: Iterable[Blob]) -> None:
        """Delete files."""
        for blob in blobs:
            (self._folder / blob).unlink(missing_ok=True)
            self._known.pop(blob.partition(".")[0], None)

    def close(self) -> None:
        """Delete the folder."""
        shutil.rmtree(self._folder, ignore_errors=True)
