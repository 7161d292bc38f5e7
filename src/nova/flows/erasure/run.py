"""One erasure under way, and what it visits."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from psycopg import Connection

from nova.ports.jobs import JobContext
from nova.records import Erasure

Leave = Callable[[Connection[Any], Collection[bytes], dict[str, Any]], None]
"""In the caller's transaction: what learned from some people serves no more, and the receipt says so."""


@dataclass
class ErasureRun:
    """One erasure under way; `receipt` grows with each visit and is kept after it."""

    entry: Erasure
    ctx: JobContext
    receipt: dict[str, Any] = field(default_factory=dict)

    @property
    def pending(self) -> dict[str, Any]:
        """What the rows named that is still to be removed; gone from the receipt in the end."""
        found: dict[str, Any] = self.receipt.setdefault("pending", {})
        return found


@dataclass(frozen=True, slots=True)
class Visit:
    """A place where something of a person may lie. `title` is what people read while it is visited.

    `remove` leaves nothing of the person there and says in the receipt what went. Killed and begun again, it finds less to do; JobWaits
    where something has to end first.
    """

    name: str
    title: str
    remove: Callable[[ErasureRun], None]


def stamp() -> str:
    """This moment, as receipts have it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
