"""How a kind of job is declared: once, in the file of its handler. `registry.JOBS` lists them all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from nova.ports.jobs import JobHandler, Kind
from nova.settings import Settings

# Every worker process takes WORKER. Only the Nova that serves takes SERVING: what lies in its folder, or is for people at its door. Another
# label is one that `nova worker --label` names.
WORKER, SERVING = "worker", "serving"
Rhythm = timedelta | Callable[[Settings], timedelta | None] | None


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of job.

    `handler` gets the open Nova, or workshop, of the process and gives what does the job; None where that process cannot. `every`: how
    often it starts by itself, with `args`; None: never. `runs_on`: workers of any of these labels take it. `begin` is called when a Nova
    begins to serve.
    """

    kind: Kind
    handler: Callable[[Any], JobHandler | None]
    every: Rhythm = None
    args: Mapping[str, Any] = field(default_factory=dict)
    runs_on: tuple[str, ...] = (WORKER,)
    begin: Callable[[Any], object] | None = None

    @property
    def name(self) -> str:
        """What it is called in code and in the database."""
        return self.kind.name

    def rhythm(self, settings: Settings) -> timedelta | None:
        """How often it starts by itself under these settings."""
        return self.every(settings) if callable(self.every) else self.every
