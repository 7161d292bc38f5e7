"""One task done in a folder: what every executor does, here or in a worker."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from nova.errors import InvalidInput, disk_full, is_full
from nova.ports.spread import Blob, Task, Work


def done(works: Mapping[str, Work], task: Task, inputs: Sequence[Path], folder: Path) -> tuple[Blob, ...]:
    """Do a task; its results lie in the folder under their names, whole or not at all. DiskFull, and what the work raises."""
    if task.name not in works:
        raise InvalidInput(f"Eine Arbeit „{task.name}“ gibt es nicht.")
    with tempfile.TemporaryDirectory(prefix=".task-", dir=folder) as inner:
        try:
            files = works[task.name](inputs, task.arguments, Path(inner))
            names = [task.blob(place) for place in range(len(files))]
            for file, name in zip(files, names, strict=True):
                file.replace(folder / name)
        except OSError as error:
            if is_full(error):
                raise disk_full() from error
            raise
    return tuple(names)
