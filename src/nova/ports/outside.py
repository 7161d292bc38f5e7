"""Contract for a place outside that is told what the audit log says, so that a copy of it lies where nobody here can change it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the audit log, or a seal of it (then `name` is "audit.sealed"). `fields` name it, `facts` are its facts."""

    at: datetime
    name: str
    fields: Mapping[str, str]
    facts: Mapping[str, Any]


class Outside(Protocol):
    """Who is told."""

    @property
    def address(self) -> str:
        """Where it is, as the setting names it."""

    def tell(self, entries: Sequence[Entry]) -> None:
        """Hand over all of them in order, as surely as the way there allows. ServerAbsent: some may have arrived, tell them again."""

    def close(self) -> None:
        """Let go of the connection."""
