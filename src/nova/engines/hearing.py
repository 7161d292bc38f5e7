"""A small question to a server in, silence found out soon: whoever needs the server asks first when nobody has heard of it for a while.

Large requests must be given minutes. Without this each of them would spend those on a server that says nothing at all.
"""

import math
import threading
import time
from collections.abc import Callable

from nova.errors import ServerAbsent

MISSED_SECONDS = 2.0


class Hearing:
    """When a server was last heard of. For many threads: one asks, the others wait for what it finds."""

    def __init__(self, ask: Callable[[], object]) -> None:
        """`ask` returns in a few seconds or raises ServerAbsent."""
        self._ask = ask
        self._asking = threading.Lock()
        self._heard = -math.inf
        self._missed = -math.inf
        self._reason = ""

    def note(self) -> None:
        """The server has just said something."""
        self._heard = time.monotonic()

    def make_sure(self, quiet_seconds: float) -> None:
        """Nothing when the server was heard of within `quiet_seconds` or answers now; ServerAbsent otherwise."""
        if time.monotonic() - self._heard < quiet_seconds:
            return
        with self._asking:
            now = time.monotonic()
            if now - self._heard < quiet_seconds:
                return
            if now - self._missed < MISSED_SECONDS:
                raise ServerAbsent(self._reason)
            try:
                self._ask()
            except ServerAbsent as error:
                self._missed, self._reason = time.monotonic(), error.message
                raise
            self.note()
