"""An open Nova in, everything an operator watches out: services, jobs, processor, memory, disk, graphics card, and what is wrong."""

import socket
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from nova import german, journal
from nova.api.operation.health import LEAST_FREE_BYTES, check_health
from nova.errors import NovaError
from nova.telemetry.machine import Machine, look

if TYPE_CHECKING:
    from nova.wiring import Nova

DAY = timedelta(hours=24)
MOST_SHOWN = 1000  # of running jobs, which are as many as all workers together have places
SCARCE, EMPTY = 0.10, 0.03  # of the memory that is left
WORST = ("ok", "degraded", "failed")
Trouble = tuple[str, str]


def monitor(nova: "Nova", now: datetime | None = None) -> dict[str, Any]:
    """How everything is now; takes a quarter of a second, more while a service is slow to answer."""
    health, machine = check_health(nova), look(nova.settings.NOVA_DATA, roots=_workers(nova))
    troubles = [*_service_troubles(health), *machine_troubles(machine)]
    states = [state for state, _ in troubles]
    return {
        "at": now or datetime.now(UTC),
        "status": max(states, key=WORST.index, default="ok"),
        "problems": [text for _, text in sorted(troubles, key=lambda one: -WORST.index(one[0]))],
        "services": [
            {"name": name, **{key: one[key] for key in ("status", "detail", "latency_ms")}} for name, one in health["services"].items()
        ],
        "jobs": _jobs(nova),
        "machine": _machine(machine),
        "pages": [asdict(page) for page in journal.pages(nova.settings.NOVA_DATA)],
    }


def machine_troubles(machine: Machine) -> Iterator[Trouble]:
    """What is wrong with the machine: a state and a German sentence each."""
    if machine.disk_free < LEAST_FREE_BYTES:
        yield "failed", f"Der Datenträger ist fast voll: {_gigabytes(machine.disk_free)} GB frei."
    if machine.memory_total and machine.memory_available is not None:
        left = machine.memory_available / machine.memory_total
        if left < SCARCE:
            yield "failed" if left < EMPTY else "degraded", f"Der Arbeitsspeicher ist knapp: {left:.0%} verfügbar.".replace("%", " %")


def _service_troubles(health: Mapping[str, Any]) -> Iterator[Trouble]:
    for name, one in health["services"].items():
        if one["status"] in ("degraded", "failed"):
            yield one["status"], f"{name}: {one['detail']}"
    for check in health["checks"]:
        if check["status"] in ("degraded", "failed") and check["name"] != "disk":  # the machine says it
            yield check["status"], f"{check['name']}: {check['detail']}"


def _workers(nova: "Nova") -> list[int]:
    """The processes of workers that run apart on this machine."""
    try:
        names = [worker.worker.split(":") for worker in nova.jobs.workers()]
    except NovaError:
        return []
    here = socket.gethostname()
    return [int(parts[1]) for parts in names if len(parts) == 3 and parts[0] == here and parts[1].isdigit()]


def _jobs(nova: "Nova") -> dict[str, Any] | None:
    """Without titles, which may name somebody's file; None while the database is away."""
    try:
        running = nova.jobs.list(states=("running",), limit=MOST_SHOWN)
        counted = nova.jobs.count(DAY)
    except NovaError:
        return None
    fields = ("job_id", "kind", "stage", "progress", "total", "started_at")
    return {
        "running": [{name: getattr(job, name) for name in fields} for job in running],
        "queued": counted.queued,
        "failed_24h": counted.failed_lately,
    }


def _gigabytes(count: int) -> str:
    return german.plain(count / 1e9)


def _machine(machine: Machine) -> dict[str, Any]:
    return asdict(machine) | {"own_memory": machine.own_memory}
