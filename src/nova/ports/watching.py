"""What rooms tell whoever watches an installation: gauges for Prometheus, the state of services, and findings of a look around."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "degraded", "failed", "absent"]


@dataclass(frozen=True, slots=True)
class Sample:
    """A gauge's value, with the values of its labels."""

    labels: tuple[str, ...]
    value: float


@dataclass(frozen=True, slots=True)
class Gauge:
    """A number that `read` gives at each look; it gives none while what it asks is away."""

    name: str
    text: str
    labels: tuple[str, ...]
    read: Callable[[], Iterable[Sample]]


@dataclass(frozen=True, slots=True)
class Service:
    """How a service is, in German. `latency_ms` is what its answer took, `engine` "embedded" or "server", None where there is no choice."""

    status: State
    detail: str
    engine: str | None = None
    latency_ms: float | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a look at one thing found, in German."""

    name: str
    status: State
    detail: str


@dataclass(frozen=True, slots=True)
class Check:
    """A look at one thing: what it finds, nothing where there is nothing to say. Some are only worth it while the database answers."""

    look: Callable[[], Iterable[Finding]]
    needs_database: bool = False
