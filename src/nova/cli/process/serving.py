"""Settings in, a Nova that works and serves out: database, index, jobs and the HTTP server, all gone when the block ends."""

import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from nova.cli.process.collector import collecting_when_calm
from nova.errors import Misconfigured, ServerAbsent
from nova.settings import Settings

if TYPE_CHECKING:
    from nova.wiring import Nova

START_PATIENCE = 30.0
# Threads that answer go through many short waits, after each of which a thread that computes (a document being stored) keeps the
# interpreter for this long; Python's own 5 ms make one question wait for a dozen of them.
SWITCH_S = 0.0005


def bind(host: str, port: int) -> socket.socket:
    """A bound socket; port 0 takes any free one. Misconfigured when the address cannot be had.

    It names its protocol: asyncio sends at once (TCP_NODELAY) only on connections that do, and others wait 40 ms for the reader's word
    between an answer's head and its body, from the second answer of a connection on.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise Misconfigured(
            f"{host}:{port} ist nicht frei ({error.strerror}). Ein anderer: `make up PORT=8001` oder `nova up --port 8001`."
        ) from error
    return bound


def keep_log(settings: Settings, level: str) -> None:
    """Log from this severity on, in the form and to the file that the settings name, without personal data."""
    from nova.logs import configure_logs
    from nova.privacy import redact

    text = settings.NOVA_LOG_FORMAT == "text"
    configure_logs(level=level, text=text, scrub=lambda text: redact(text).text, file=settings.NOVA_LOG_FILE)


@contextmanager
def working(settings: Settings, *, log_level: str) -> Iterator["Nova"]:
    """Open Nova, start its jobs and bring the index level with the database."""
    with manned(settings, log_level=log_level) as (nova, _):
        yield nova


@contextmanager
def manned(settings: Settings, *, log_level: str) -> Iterator[tuple["Nova", Callable[[], bool]]]:
    """As `working`, with a question: whether everybody who does its jobs is still there."""
    from nova.governance.vault_fit import VaultCheck
    from nova.jobs.audit import Sealer
    from nova.jobs.audit_outside import told
    from nova.jobs.desk import open_worker
    from nova.jobs.level import Leveller
    from nova.wiring import engines, open_nova
    from nova.wiring.erasure import reapplication_of

    keep_log(settings, log_level)
    with open_nova(settings) as nova:
        VaultCheck(nova.db, nova.people, nova.audit).require(lost=settings.NOVA_VAULT_LOST == "on")
        reapplication_of(nova).reapply()  # whom a restored snapshot brought back is gone before anybody is served
        worker, leveller, sealer = open_worker(nova), Leveller(nova.index_room, nova.jobs), Sealer(nova.db, settings.NOVA_DATA)
        worker.start()
        try:
            leveller.start()
            sealer.start()
            sys.setswitchinterval(SWITCH_S)
            with collecting_when_calm(), told(nova.db, engines.outside(settings)) as tells:
                yield nova, lambda: worker.whole and leveller.whole and sealer.whole and tells()
        finally:
            leveller.stop()
            worker.stop()
            sealer.stop()


@contextmanager
def serving(nova: "Nova", bound: socket.socket) -> Iterator[None]:
    """Serve this Nova's API and web app on `bound`, in a thread, until the block ends."""
    import uvicorn

    from nova.api.app import create_app
    from nova.api.protocol.wire import config

    server = uvicorn.Server(config(create_app(nova), lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, name="http")
    thread.start()
    try:
        _wait_until_started(server, thread)
        yield
    finally:
        server.should_exit = True
        thread.join()
        bound.close()


def _wait_until_started(server: Any, thread: threading.Thread) -> None:
    deadline = time.monotonic() + START_PATIENCE
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise ServerAbsent("Der Webserver ist nicht gestartet; das Protokoll auf stderr nennt den Grund.")
        time.sleep(0.02)


@contextmanager
def stop_asked() -> Iterator[threading.Event]:
    """An event that Ctrl-C or SIGTERM sets; a second signal ends the process at once."""
    stop = threading.Event()

    def on_signal(number: int, _frame: Any) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
