"""What a drop needs of the place where files are left: the contract of a folder and of a bucket."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file that lies there: its name, bytes, when it says it was written, and when it was last touched."""

    name: str
    size: int
    changed: datetime
    touched: datetime


class Place(Protocol):
    """A folder or a bucket. Every method raises ServerAbsent."""

    def label(self) -> str:
        """What to call it."""

    def files(self) -> Sequence[FileEntry]:
        """What lies in it, not below."""

    def read(self, name: str, most: int) -> bytes | None:
        """A file's bytes, one more than `most` of what is larger; None for what is not to be taken (now)."""

    def move(self, name: str, to: str) -> None:
        """Give what was read a name below."""

    def write(self, name: str, data: bytes) -> None:
        """Put a file there; what lies there under that name is replaced."""

    def shown(self, name: str) -> str:
        """A file's name as it stands in reports and among what was read."""
