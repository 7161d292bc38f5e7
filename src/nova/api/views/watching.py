"""Health and monitor in the JSON shapes of `models.system` and `models.reports`."""

from dataclasses import asdict
from typing import Any

from nova.flows.health.report import HealthReport
from nova.flows.monitor import MonitorReport, RunningJobs
from nova.ports.watching import Service
from nova.telemetry.machine import Machine

SERVICE = ("status", "detail", "latency_ms", "engine")
RUNNING = ("job_id", "kind", "stage", "progress", "total", "started_at")


def health_view(found: HealthReport) -> dict[str, Any]:
    """Services, versions and findings; the worst of them is the status."""
    return {**services_view(found), "versions": found.versions, "checks": [asdict(one) for one in found.findings]}


def services_view(found: HealthReport) -> dict[str, Any]:
    """Only the services, for the live stream."""
    return {"status": found.status, "services": {name: _service(one, SERVICE) for name, one in found.services.items()}}


def monitor_view(found: MonitorReport) -> dict[str, Any]:
    """What is wrong as sentences, the worst first."""
    return {
        "at": found.at,
        "status": found.status,
        "problems": [problem.text for problem in found.problems],
        "services": [{"name": name, **_service(one, SERVICE[:3])} for name, one in found.health.services.items()],
        "jobs": None if found.jobs is None else _jobs(found.jobs),
        "training": [asdict(one) for one in found.training],
        "machine": _machine(found.machine),
        "pages": [asdict(page) for page in found.pages],
    }


def _service(service: Service, fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(service, name) for name in fields}


def _jobs(found: RunningJobs) -> dict[str, Any]:
    """Without titles, which may name somebody's file."""
    running = [{name: getattr(job, name) for name in RUNNING} for job in found.running]
    return {"running": running, "queued": found.counts.queued, "failed_24h": found.counts.failed_lately}


def _machine(machine: Machine) -> dict[str, Any]:
    return asdict(machine) | {"own_memory": machine.own_memory}
