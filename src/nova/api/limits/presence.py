"""Open streams and who reads them in; those ended out whose reader would not come in any more, within five seconds.

One thread asks for all of them at once, on a connection of its own, so that a busy pool keeps nobody in. Nobody reads, nothing is asked.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import Connection

from nova.api.protocol.sse import End
from nova.errors import Busy, NotSignedIn, NovaError
from nova.governance.identity import Identities, SignedIn
from nova.logs import get_logger

LOOK_S = 2.0
GATHER_S = 0.1
UNSURE_S = 30.0  # a database that is away withdraws nothing either
Connect = Callable[[], Connection[Any]]
log = get_logger(__name__)


class Presence:
    """Looks every two seconds whether those who read may still."""

    def __init__(self, connect: Connect, identities: Identities, look_s: float = LOOK_S) -> None:
        """`connect` opens a connection of its own, beside the pool."""
        self._connect, self._identities, self._look_s = connect, identities, look_s
        self._lock = threading.Lock()
        self._open: dict[object, tuple[SignedIn, End]] = {}
        self._running = False
        self._wake = threading.Event()

    @contextmanager
    def watching(self, who: SignedIn, end: End) -> Iterator[None]:
        """Call `end` with the reason once `who` may not read any more, as long as the block lasts. The first look is at once."""
        one = object()
        with self._lock:
            self._open[one] = who, end
            if not self._running:
                self._running = True
                threading.Thread(target=self._run, name="nova-presence", daemon=True).start()
        self._wake.set()
        try:
            yield
        finally:
            with self._lock:
                del self._open[one]
                if not self._open:
                    self._wake.set()

    @property
    def watched(self) -> int:
        """How many streams are open."""
        return len(self._open)

    def _run(self) -> None:
        line = _Line(self._connect)
        try:
            while self._wanted():
                self._wake.clear()
                self._look(line)
                self._wake.wait(self._look_s)
                time.sleep(GATHER_S)
        except Exception:  # the edge of all open streams: whom nobody watches does not read
            log.exception("presence_failed")
            with self._lock:
                self._running = False
            self._end(lambda _: True, _unsure())
        finally:
            line.close()

    def _wanted(self) -> bool:
        with self._lock:
            self._running = bool(self._open)
            return self._running

    def _look(self, line: "_Line") -> None:
        if self._identities.key_changed:
            self._identities.renew_key()
        with self._lock:
            those = {who for who, _ in self._open.values()}
        lost = self._identities.under_another_key(those)
        self._end(lost.__contains__, _over())
        gone = line.ask(self._identities, those - lost)
        if gone is not None:
            self._end(gone.__contains__, _over())
        elif line.unsure_s > UNSURE_S:
            self._end(lambda who: who.ticket.way != "key", _unsure())

    def _end(self, wanted: Callable[[SignedIn], bool], why: NovaError) -> None:
        with self._lock:
            ends = [end for who, end in self._open.values() if wanted(who)]
        for end in ends:
            end(why)


class _Line:
    """The looks' own connection; it is opened when it is needed, and anew when it broke."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._connection: Connection[Any] | None = None
        self._sure_at = time.monotonic()

    @property
    def unsure_s(self) -> float:
        """How long nobody has known."""
        return time.monotonic() - self._sure_at

    def ask(self, identities: Identities, those: set[SignedIn]) -> set[SignedIn] | None:
        """Who of them is gone; None when the database does not say."""
        gone: set[SignedIn] = set()
        if any(who.ticket.way != "key" for who in those):
            try:
                if self._connection is None:
                    self._connection = self._connect()
                gone = identities.gone(self._connection, those)
            except psycopg.Error as error:
                log.warning("presence_unknown", error=type(error).__name__)
                self.close()
                return None
        self._sure_at = time.monotonic()
        return gone

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _over() -> NovaError:
    return NotSignedIn("Ihre Anmeldung gilt nicht mehr. Bitte melden Sie sich neu an.")


def _unsure() -> NovaError:
    return Busy("Ihre Anmeldung lässt sich gerade nicht prüfen. Bitte versuchen Sie es gleich noch einmal.")
