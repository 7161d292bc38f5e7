"""Engines that take datasets: what a channel must be able to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Package:
    """A delivery: `key` is the same however often it is sent; `share` of the engine's work is to go by it until it is whole (1)."""

    key: str
    engine: str
    columns: Mapping[str, str]
    rows: Sequence[Mapping[str, Any]]
    share: float


class EngineChannel(Protocol):
    """How Nova talks to an engine that is not in its own process. Raises ServerAbsent where it does not answer in time."""

    def put(self, package: Package) -> None:
        """Deliver; the same key again changes nothing but the share. InvalidInput where the engine does not take it."""

    def metric(self) -> float | None:
        """The engine's own figure as it is now; None where the channel cannot tell."""

    def take_back(self, key: str) -> None:
        """Data and model are as before this key; a key that is not there changes nothing."""

    def close(self) -> None:
        """Let go of what is held."""
