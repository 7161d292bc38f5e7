"""Contract for what tells people and programs outside about alerts and tickets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to say, once. `event` is for programs ("alert.critical", "ticket.opened"), `title` and `text` are German for people.

    `facts` are ids, numbers and rules' names; no words of people. `notice_id` is the same at every attempt, so a receiver knows it again.
    """

    notice_id: UUID
    event: str
    title: str
    text: str
    at: datetime
    facts: Mapping[str, Any]


class Channel(Protocol):
    """A way out, or several receivers behind one."""

    @property
    def name(self) -> str:
        """What rules call it."""

    def send(self, notice: Notice) -> None:
        """Say it. ServerAbsent: worth trying again later; any other NovaError: this will never work, and the message says why."""
