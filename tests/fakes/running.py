"""A running job as its handler sees it, without a queue."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4


class Context:
    """Implements `nova.ports.jobs.JobContext`: nobody stops it; it remembers what it was told.

    `hear` is called with each stage and may raise what a stopped job would.
    """

    def __init__(self, args: Mapping[str, Any] | None = None, hear: Callable[[str], None] | None = None) -> None:
        self.job_id = uuid4()
        self.args: Mapping[str, Any] = args or {}
        self.hear = hear
        self.stages: list[tuple[str, int, int]] = []
        self.result: dict[str, Any] = {}
        self.state: Mapping[str, Any] = {}

    def progress(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Remembered."""
        if self.hear is not None:
            self.hear(stage)
        self.stages.append((stage, done, total))

    def save(self, state: Mapping[str, Any]) -> None:
        """Remembered."""
        self.state = dict(state)

    def saved(self) -> Mapping[str, Any]:
        """What was saved last."""
        return self.state

    def guard(self, connection: Any) -> None:
        """It is owned."""

    def finish(self, result: Mapping[str, Any], *, connection: Any = None) -> None:
        """Remembered."""
        self.result = dict(result)
