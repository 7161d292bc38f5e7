"""What lies where in a snapshot's archive, and who writes one."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from nova.knowledge.files import RAW, TEXTS
from nova.seeding.files import KINDS

DATABASE, SETTINGS = "database.dump", "settings.json"
INDEX, OBJECTS, WEIGHTS = "index/", "objects/", "models/finetune/"
PREFIXES = {"raw": RAW, "processed": TEXTS, **KINDS}
Tell = Callable[[str, int, int], None]


class Writer(Protocol):
    """Writes one archive."""

    def add(self, name: str, content: BinaryIO) -> None:
        """A member from a seekable file, from where it stands."""

    def add_blocks(self, name: str, blocks: Iterable[bytes], *, packed: bool = False) -> None:
        """A member from pieces; `packed` ones are compressed."""

    def finish(self, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        """Make it whole; its manifest."""
        ...


@dataclass(frozen=True, slots=True)
class Carried:
    """Files by their names below the data folder, and which runs' weights were missing or damaged already (German)."""

    files: tuple[tuple[str, Path], ...]
    flaws: tuple[str, ...]

    @property
    def size(self) -> int:
        """In bytes."""
        return sum(path.stat().st_size for _, path in self.files)


@dataclass(frozen=True, slots=True)
class Archives:
    """How archives are written: to a file, with a head, encrypted for a key ("": not at all), with a folder to work in.

    `recipient` is the key where nobody names another.
    """

    writing: Callable[[BinaryIO, Mapping[str, Any], str, Path], AbstractContextManager[Writer]]
    recipient: str = ""
