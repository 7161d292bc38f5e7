"""Stored rows in, a stream a page of what is new out: `readings` (each meter's newest), `prices` (each product's newest), `feed`.

All readers of the same rights share one look at the database, at most one in two seconds; nobody reads, nothing is asked.
"""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any
from uuid import UUID

from starlette.concurrency import run_in_threadpool

from nova.api.protocol.sse import Event, EventStream, encode, error_events
from nova.errors import NovaError, TooManyRequests
from nova.logs import get_logger
from nova.records import Caller

LOOK_S, STEP_S = 2.0, 0.2
MOST_STREAMS = 20  # of one person; the operator's key may stand for many
Seen = Mapping[str, Any]
log = get_logger(__name__)


class Tail:
    """What is new, for all who read."""

    def __init__(self, newest: Callable[[Caller], Seen], look_s: float = LOOK_S) -> None:
        """`newest` gives what a caller may see, by what it is of; `look_s` seconds lie between two looks at it."""
        self._newest, self._look_s = newest, look_s
        self._lock = threading.Lock()
        self._looks: dict[Caller, tuple[float, Seen]] = {}
        self._open: Counter[UUID | None] = Counter()
        self._closed = False

    def stream(self, caller: Caller) -> EventStream:
        """Everything once, then what changes. TooManyRequests for one stream too many."""
        if self._open[caller.user_id] >= MOST_STREAMS * (1 if caller.user_id else 5):
            raise TooManyRequests("Sie lesen schon zu oft mit. Schließen Sie andere Fenster.", data={"retry_after": 5})
        self._open[caller.user_id] += 1
        return EventStream(self._pieces(caller), lambda: self._leave(caller))

    def close(self) -> None:
        """End all streams."""
        self._closed = True

    def _leave(self, caller: Caller) -> None:
        self._open[caller.user_id] -= 1
        if self._open[caller.user_id] <= 0:
            del self._open[caller.user_id]
            self._looks = {one: look for one, look in self._looks.items() if one.user_id != caller.user_id}

    async def _pieces(self, caller: Caller) -> AsyncIterator[bytes]:
        told: Seen = {}
        while not self._closed:
            try:
                now = await run_in_threadpool(self._look, caller)
            except NovaError as error:
                for event in error_events(error):
                    yield encode(event)
                await self._rest()
                continue
            for event in changes(told, now):
                yield encode(event)
            told = now
            await self._rest()

    async def _rest(self) -> None:
        """Until the next look, or the end."""
        until = time.monotonic() + self._look_s
        while not self._closed and time.monotonic() < until:
            await asyncio.sleep(STEP_S)

    def _look(self, caller: Caller) -> Seen:
        with self._lock:
            at, known = self._looks.get(caller, (0.0, {}))
            if time.monotonic() - at < self._look_s * 0.8 and known:
                return known
            found = self._newest(caller)
            self._looks[caller] = time.monotonic(), found
            return found


def changes(before: Seen, now: Seen) -> list[Event]:
    """One event a kind with all that differs; a feed is an event of its own."""
    new = {key: value for key, value in now.items() if before.get(key) != value}
    events = []
    for kind in ("readings", "prices"):
        rows = [value for key, value in new.items() if key.startswith(f"{kind}/")]
        if rows:
            events.append(Event(kind, {kind: rows}))
    return events + [Event("feed", value) for key, value in new.items() if key.startswith("feed/")]
