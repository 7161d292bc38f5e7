"""Words in, a process that does the jobs of a Nova on servers, until SIGTERM or Ctrl-C."""

import threading
import time
from typing import TYPE_CHECKING

import click

from nova.cli.serving import keep_log
from nova.cli.session import settings_of
from nova.cli.up import stop_asked
from nova.errors import Misconfigured, NovaError, ServerAbsent
from nova.settings import Settings

if TYPE_CHECKING:
    from nova.wiring import Workshop

PATIENCE = 60.0
LOOK_SECONDS = 1.0
GRACE_SECONDS = 6.0


@click.command("worker")
@click.option("--concurrency", type=click.IntRange(1, 32), help="Aufträge zugleich (sonst NOVA_JOB_WORKERS).")
@click.pass_context
def command(ctx: click.Context, concurrency: int | None) -> None:
    """Aufträge eines Nova erledigen, das auf Servern steht (NOVA_DATABASE_URL, NOVA_QDRANT_URL, NOVA_S3_URL)."""
    settings = settings_of(ctx)
    slots = concurrency or settings.NOVA_JOB_WORKERS
    if not slots:
        raise Misconfigured("NOVA_JOB_WORKERS ist 0: dieser Prozess hätte nichts zu tun. Starten Sie `nova worker --concurrency 2`.")
    keep_log(settings, settings.NOVA_LOG_LEVEL)
    with stop_asked() as stop:
        shop = joined(settings, stop)
        if shop is not None:
            with shop:
                work(shop, slots, stop)


def joined(settings: Settings, stop: threading.Event) -> "Workshop | None":
    """The open workshop, waiting a while for servers and for Nova itself; None when asked to stop meanwhile."""
    from nova.logs import get_logger
    from nova.wiring import join_nova

    log, until, said = get_logger(__name__), time.monotonic() + PATIENCE, ""
    while not stop.is_set():
        try:
            return join_nova(settings)
        except ServerAbsent as error:
            if time.monotonic() > until:
                raise
            if error.message != said:
                said = error.message
                log.warning("worker_waits", reason=said)
            stop.wait(LOOK_SECONDS)
    return None


def work(shop: "Workshop", slots: int, stop: threading.Event) -> None:
    """Do jobs until asked to stop; what has not ended then goes back to the queue."""
    from nova.jobs.desk import open_worker
    from nova.logs import get_logger

    log, worker = get_logger(__name__), open_worker(shop, concurrency=slots)
    worker.start()
    log.info("worker_ready", worker=worker.name, slots=slots)
    try:
        while not stop.wait(LOOK_SECONDS):
            if not worker.whole:
                raise NovaError("Ein Teil des Arbeitsprozesses ist ausgefallen; das Protokoll nennt den Grund. Starten Sie ihn neu.")
    finally:
        worker.stop(GRACE_SECONDS)
        log.info("worker_left", worker=worker.name)
