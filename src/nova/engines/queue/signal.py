"""A database in, "a job changed" out: one listening connection a process, shared by workers, waits and live views."""

import selectors
import socket
import threading
from collections.abc import Callable
from contextlib import closing
from typing import Any

import psycopg
import structlog
from psycopg import Connection

CHANNEL = "nova_jobs"
RECONNECT_SECONDS = 1.0
LOOK_SECONDS = 5.0
log = structlog.get_logger(__name__)


class Signal:
    """Counts changes of jobs. While the listener has no connection it counts once a second, so that waiters look for themselves."""

    def __init__(self, connect: Callable[[], Connection[Any]]) -> None:
        """`connect` opens a dedicated connection in autocommit mode."""
        self._connect = connect
        self._changed = threading.Condition()
        self._version = 0
        self._queued = 0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._bell, self._ring = socket.socketpair()

    @property
    def version(self) -> int:
        """Grows with every change of any job."""
        self._listen()
        with self._changed:
            return self._version

    @property
    def queued(self) -> int:
        """Grows with every job that is queued."""
        self._listen()
        with self._changed:
            return self._queued

    def wait(self, since: int, timeout: float) -> int:
        """The version as soon as it exceeds `since`, or after `timeout` seconds as it is."""
        self._listen()
        with self._changed:
            self._changed.wait_for(lambda: self._version > since or self._stop.is_set(), timeout)
            return self._version

    def wait_queued(self, since: int, timeout: float) -> int:
        """As `wait`, for queued jobs only."""
        self._listen()
        with self._changed:
            self._changed.wait_for(lambda: self._queued > since or self._stop.is_set(), timeout)
            return self._queued

    def wake(self) -> None:
        """Let every waiter look for itself."""
        self._count(True)

    def close(self) -> None:
        """Stop listening; waiters return."""
        self._stop.set()
        with self._changed:
            self._changed.notify_all()
        self._ring.close()
        if self._thread is not None:
            self._thread.join(LOOK_SECONDS)
        self._bell.close()

    def _listen(self) -> None:
        with self._changed:
            if self._thread is None and not self._stop.is_set():
                self._thread = threading.Thread(target=self._run, name="nova-jobs-signal", daemon=True)
                self._thread.start()

    def _count(self, queued: bool) -> None:
        with self._changed:
            self._version += 1
            self._queued += queued
            self._changed.notify_all()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                with closing(self._connect()) as conn:
                    conn.execute(f"LISTEN {CHANNEL}")
                    self._count(True)
                    self._relay(conn)
            except psycopg.Error as error:  # LISTEN is refused by a standby
                if not self._stop.is_set():
                    log.warning("jobs_signal_lost", error=type(error).__name__)
                    self._count(True)
                    self._stop.wait(RECONNECT_SECONDS)

    def _relay(self, conn: Connection[Any]) -> None:
        """Count notices until the connection breaks or `close` hangs up on the bell."""
        with selectors.DefaultSelector() as wait:
            wait.register(conn, selectors.EVENT_READ)
            wait.register(self._bell, selectors.EVENT_READ)
            while not self._stop.is_set():
                wait.select(LOOK_SECONDS)
                for notice in conn.notifies(timeout=0):
                    self._count(notice.payload.startswith("queued"))
