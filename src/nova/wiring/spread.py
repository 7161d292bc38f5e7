"""Settings, or the open workshop -> who works on parts; here executors are chosen."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova.engines.spread import queue
from nova.engines.spread.local import InProcess
from nova.errors import Misconfigured
from nova.flows.kinds import SEED_PART
from nova.ports import Objects
from nova.ports.spread import Executor
from nova.settings import Settings

if TYPE_CHECKING:
    from nova.wiring import Workshop


def executor_of(settings: Settings) -> Callable[[Path], Executor]:
    """Made of a folder: the Ray cluster that NOVA_RAY_ADDRESS names, else this process. Misconfigured where Ray is not installed."""
    from nova.seeding.spread.works import WORKS

    if not settings.NOVA_RAY_ADDRESS:
        return lambda folder: InProcess(WORKS, folder)
    try:
        from nova.engines.spread.ray import OverRay
    except ImportError as error:
        raise Misconfigured("NOVA_RAY_ADDRESS braucht ein weiteres Paket: `pip install 'nova-luna[ray]'`.") from error
    return lambda folder: OverRay(WORKS, folder, settings.NOVA_RAY_ADDRESS)


def over_jobs(shop: "Workshop", ask: Callable[[], None]) -> Callable[[Path], Executor]:
    """Made of a folder: any worker that takes jobs; `ask` is called every few seconds and may raise, which ends the run."""
    return lambda folder: queue.OverJobs(shop.jobs, SEED_PART, shop.objects, folder, ask)


def perform(objects: Objects, args: Mapping[str, Any], check: Callable[[str], None]) -> int:
    """Do a task that came as a job."""
    from nova.seeding.spread.works import WORKS

    return queue.perform(WORKS, objects, args, check)


def sweep(objects: Objects, now: datetime) -> int:
    """Delete what runs that were killed left behind; how many files."""
    return queue.sweep(objects, now)
