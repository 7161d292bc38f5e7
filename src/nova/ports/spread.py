"""Work over parts of something large: pure functions from files to files, wherever they run."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NewType, Protocol

Blob = NewType("Blob", str)
"""The name of a file within a run: made of its content, or of the task whose result it is."""
Work = Callable[[Sequence[Path], Mapping[str, Any], Path], Sequence[Path]]
"""Files, arguments (JSON values) and an empty folder -> the files that it wrote there; the same in gives the same out, bit for bit.

A file's name is its blob's: what is read from one may be kept under it.
"""


@dataclass(frozen=True, slots=True)
class Task:
    """One call of the work of this `name`."""

    name: str
    inputs: tuple[Blob, ...]
    arguments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Equal for equal tasks (SHA-256, hexadecimal)."""
        told = json.dumps([self.name, self.inputs, self.arguments], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()

    def blob(self, place: int) -> Blob:
        """The name of its result at a place."""
        return Blob(f"{self.digest}.{place}")


def content_name(file: Path) -> Blob:
    """The name of a file by its content."""
    with file.open("rb") as opened:
        return Blob(hashlib.file_digest(opened, "sha256").hexdigest())


class Executor(Protocol):
    """Runs tasks and keeps their files until it is closed. A task that was done is not done again."""

    def put(self, file: Path) -> Blob:
        """Take a file over, under the name of its content."""
        ...

    def fetch(self, blob: Blob) -> Path:
        """A file to read, under its name; it stays where it is until the blob is dropped."""
        ...

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Blob, ...]]:
        """The results of each task, in the order of tasks. Raises what a task raised; then, and when closed early, no other begins."""
        ...

    def drop(self, blobs: Iterable[Blob]) -> None:
        """Delete files; absent ones are fine."""
        ...

    def close(self) -> None:
        """Delete everything that was kept."""
        ...
