"""Contract for where records come from: a place that is read in batches, each with the cursor from which the next run goes on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

Cursor = Mapping[str, Any]
"""What a source needs to go on, as JSON; an empty one is the beginning. Only the source that made it reads it."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Records as columns of text (`id` among them, unique within the batch), where they came from, and the cursor behind them.

    `sha256` is of the raw bytes; `origin` names the file, table or address; `problems` are German. `mark` is set where the batch is all
    that there is of its origin and takes the place of what came of it before: the state of the origin, such as its hash. The cursor
    behind such batches is `{"taken": {origin: mark, ...}}`.
    """

    columns: Mapping[str, Sequence[str | None]]
    cursor: Cursor
    origin: str
    sha256: str
    fetched_at: datetime
    problems: tuple[str, ...] = ()
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """A dry run: at most ten records as columns of text, and header -> target as far as it is known."""

    columns: Mapping[str, Sequence[str | None]]
    mapping: Mapping[str, str]
    problems: tuple[str, ...] = ()


class Source(Protocol):
    """A place that records come from."""

    @property
    def name(self) -> str:
        """Its name in pipelines, reports and lineage."""

    @property
    def licence(self) -> str | None:
        """Under which its records may be used; None where nobody has said."""

    def batches(self, cursor: Cursor) -> Iterator[Batch]:
        """What is new behind `cursor`, in a fixed order. A batch that was stored with its cursor never comes again.

        InvalidInput for what is wrong with the source, ServerAbsent where it does not answer.
        """

    def preview(self) -> Sample:
        """Ten records and the mapping; nothing is remembered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: status, headers (names in small letters), body."""

    status: int
    headers: Mapping[str, str]
    data: bytes


class Get(Protocol):
    """Nova's one way out for addresses, told with the answer's status instead of an error for it."""

    def __call__(self, url: str) -> Answer:
        """Fetch one address. BlockedAddress, InvalidInput (no address), TooLarge, ServerAbsent (no connection)."""


@dataclass(frozen=True, slots=True)
class Lying:
    """A file in a bucket: its key, its bytes, and what tells another state of it."""

    key: str
    size: int
    etag: str
    changed_at: datetime


class Shelf(Protocol):
    """A bucket that others fill; Nova only reads it."""

    def files(self, prefix: str) -> Iterator[Lying]:
        """All below a prefix, in any order. ServerAbsent."""

    def fetch(self, key: str, target: Path, most_bytes: int) -> None:
        """Write a file's bytes to `target`. NotFound, TooLarge, ServerAbsent."""


@runtime_checkable
class Pseudonymous(Protocol):
    """A source whose records name people by a pseudonym of Nova's, not as another system calls them."""

    def lookup(self, person: str) -> bytes:
        """The HMAC that erasures use, of the person behind a pseudonym; NotFound where there is none."""


class Rooms(Protocol):
    """What Nova holds itself: of people only the records of those who agree to training."""

    def pages(self, name: str, rows: int) -> Iterator[Sequence[Mapping[str, str | None]]]:
        """Records of a room, so many at a time, all as they were at one moment."""

    def lookup(self, person: str) -> bytes:
        """As of `Pseudonymous`."""

    def hide(self, name: str) -> str:
        """What stands for a name that only this installation may know, such as a meter's."""
