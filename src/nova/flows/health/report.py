"""The health of an installation: every service asked at once, then a look around."""

import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from nova import __version__
from nova.flows.health.at_once import at_once
from nova.ports.watching import Check, Finding, Service, State

PATIENCE_SECONDS = 15.0
SEVERITY: tuple[State, ...] = ("ok", "degraded", "failed")
DATABASE = "db"
LATE = Finding("look", "degraded", f"Ein Blick auf die Anlage dauerte länger als {PATIENCE_SECONDS:g} s.")


@dataclass(frozen=True, slots=True)
class HealthReport:
    """The services by name, what was found beside them, and the worst of both. Optional servers only degrade it."""

    services: Mapping[str, Service]
    findings: Sequence[Finding]

    @property
    def status(self) -> State:
        """The worst of all; what is absent counts for nothing."""
        return worst([*self.services.values(), *self.findings])

    @property
    def versions(self) -> dict[str, str]:
        """Nova's, Python's and what each service says it is."""
        named = {name: service.version for name, service in self.services.items() if service.version}
        return {"nova": __version__, "python": platform.python_version()} | named


class Health:
    """Asks the services of an installation, and looks around it. Rooms join by a line in `wiring.watching`."""

    def __init__(self, services: Callable[[], Mapping[str, Callable[[], Service]]], checks: Callable[[], Sequence[Check]]) -> None:
        self._services, self._checks = services, checks

    def report(self) -> HealthReport:
        """How everything is now: the services, then the looks around, each of both as slow as its slowest, at most `PATIENCE_SECONDS`."""
        late = Service("failed", f"Antwortet nicht innerhalb von {PATIENCE_SECONDS:g} s.")
        services = {"api": Service("ok", f"Nova {__version__}"), **at_once(self._services(), PATIENCE_SECONDS, late)}
        stands = services[DATABASE].status == "ok"
        looks = {str(number): partial(_found, check) for number, check in enumerate(self._checks()) if stands or not check.needs_database}
        found = at_once(looks, PATIENCE_SECONDS, [LATE])
        return HealthReport(services, [finding for one in found.values() for finding in one])


def _found(check: Check) -> list[Finding]:
    return list(check.look())


def worst(parts: Sequence[Service | Finding]) -> State:
    """The worst state among these; "ok" where all are fine or absent."""
    return max((part.status for part in parts if part.status in SEVERITY), key=SEVERITY.index, default="ok")
