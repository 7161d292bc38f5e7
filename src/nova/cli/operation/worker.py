"""Words in, a process that does the jobs of a Nova on servers, until SIGTERM or Ctrl-C; with `--check` only whether one does."""

import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from nova.cli import output
from nova.cli.process.serving import keep_log, stop_asked
from nova.errors import Busy, Misconfigured, NovaError, ServerAbsent
from nova.settings import Settings, load_settings

if TYPE_CHECKING:
    from nova.store.jobs import WorkerRow
    from nova.wiring import Workshop

PATIENCE = 60.0
LOOK_SECONDS = 1.0
GRACE_SECONDS = 6.0
UNHEALTHY = 4


@click.command("worker")
@click.option("--concurrency", type=click.IntRange(1, 32), help="Aufträge zugleich (sonst NOVA_JOB_WORKERS).")
@click.option("--label", "labels", multiple=True, metavar="NAME", help="Auch Aufträge, die das verlangen (etwa gpu); mehrfach möglich.")
@click.option("--check", "checking", is_flag=True, help="Nur prüfen, ob auf diesem Rechner ein Arbeitsprozess arbeitet.")
@output.json_option
@click.pass_context
def command(ctx: click.Context, concurrency: int | None, labels: tuple[str, ...], checking: bool, as_json: bool) -> None:
    """Aufträge eines Nova erledigen, das auf Servern steht."""
    settings = load_settings(overrides=ctx.find_root().obj)
    require_servers(settings)
    if checking:
        ctx.exit(0 if check(settings, as_json) else UNHEALTHY)
    slots = concurrency or settings.NOVA_JOB_WORKERS
    if not slots:
        raise Misconfigured("NOVA_JOB_WORKERS ist 0: dieser Prozess hätte nichts zu tun. Starten Sie `nova worker --concurrency 2`.")
    keep_log(settings, settings.NOVA_LOG_LEVEL)
    with stop_asked() as stop:
        shop = joined(settings, stop)
        if shop is not None:
            with shop:
                work(shop, slots, labels, stop)


def require_servers(settings: Settings) -> None:
    """Misconfigured, naming what is missing, where something is left that only one process can own."""
    missing = []
    if settings.NOVA_DATABASE_URL is None:
        missing.append("NOVA_DATABASE_URL (die eingebaute Datenbank gehört dem Datenordner von `nova up`)")
    if not settings.NOVA_QDRANT_URL:
        missing.append("NOVA_QDRANT_URL (den eingebauten Suchindex öffnet nur ein Prozess)")
    if missing:
        raise Misconfigured(f"Arbeitsprozesse brauchen gemeinsame Server. Es fehlt: {'; '.join(missing)}.")


def check(settings: Settings, as_json: bool) -> bool:
    """Tell which workers of this machine are there, and whether there is any."""
    here = [worker for worker in present(settings) if worker.host == socket.gethostname()]
    if as_json:
        output.data([asdict(worker) for worker in here])
    for worker in here if not as_json else ():
        age = (datetime.now(UTC) - worker.seen_at).total_seconds()
        takes = f", auch {', '.join(worker.labels)}" if worker.labels else ""
        output.line(f"{worker.worker}  {worker.slots} Aufträge zugleich{takes}, letztes Lebenszeichen vor {max(age, 0):.0f} s")
    if not here:
        output.note("Auf diesem Rechner arbeitet kein Arbeitsprozess.")
    return bool(here)


def present(settings: Settings) -> "list[WorkerRow]":
    """The workers that gave a sign of life just now, on any machine; asks the database and opens nothing else."""
    from nova.store.jobs import workers
    from nova.store.postgres.db import Database
    from nova.store.postgres.migrate import require_current

    url = settings.NOVA_DATABASE_URL
    dsn = url.get_secret_value() if url else ""
    require_current(dsn)
    with Database.connect(dsn, max_size=1) as db, db.transaction() as conn:
        return workers(conn)


def joined(settings: Settings, stop: threading.Event) -> "Workshop | None":
    """The open workshop, waiting a while for servers, for Nova itself and for the end of a restore; None when asked to stop meanwhile."""
    from nova.logs import get_logger
    from nova.wiring import join_nova

    log, until, said = get_logger(__name__), time.monotonic() + PATIENCE, ""
    while not stop.is_set():
        try:
            return _none_back(join_nova(settings))
        except (ServerAbsent, Busy) as error:
            if time.monotonic() > until:
                raise
            if error.message != said:
                said = error.message
                log.warning("worker_waits", reason=said)
            stop.wait(LOOK_SECONDS)
    return None


def _none_back(shop: "Workshop") -> "Workshop":
    """The same, closed again while it holds people who were erased."""
    from nova.wiring.erasure import reapplication_of

    try:
        reapplication_of(shop).require_none_back()
    except NovaError:
        shop.close()
        raise
    return shop


def work(shop: "Workshop", slots: int, labels: Sequence[str], stop: threading.Event) -> None:
    """Do jobs and move messages until asked to stop; what has not ended then goes back to the queue."""
    from nova.api.streams import streaming
    from nova.jobs.desk import open_worker
    from nova.jobs.feeds import feeding
    from nova.logs import get_logger
    from nova.wiring.feeds import intake_of, sources

    log, worker = get_logger(__name__), open_worker(shop, concurrency=slots, labels=labels)
    with streaming(shop) as streams, feeding(intake_of(shop), sources(shop.settings, shop.db)) as feeds:
        worker.start()
        log.info("worker_ready", worker=worker.name, slots=slots)
        try:
            while not stop.wait(LOOK_SECONDS):
                if not (worker.whole and streams() and feeds()):
                    raise NovaError("Ein Teil des Arbeitsprozesses ist ausgefallen; das Protokoll nennt den Grund. Starten Sie ihn neu.")
        finally:
            worker.stop(GRACE_SECONDS)
    log.info("worker_left", worker=worker.name)
