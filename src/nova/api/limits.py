"""Who asks how often in, a named refusal out when it is too much; and the bounded line in front of the answers."""

import asyncio
import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from limits import RateLimitItem, parse

from nova.errors import Busy, TooManyRequests
from nova.settings import Settings

LONGEST_WAIT = 30.0
MOST_REMEMBERED = 10_000


class Rates:
    """Rate limits by identity, in the memory of this process: moving windows by a stopwatch, not by the time of day, which may be set."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self.on = settings.NOVA_RATE_LIMITS == "on"
        self.ask = parse(settings.NOVA_RATE_ASK)
        self.default = parse(settings.NOVA_RATE_DEFAULT)
        self.signin = parse(settings.NOVA_RATE_SIGNIN)
        self.reidentify = parse(settings.NOVA_RATE_REIDENTIFY)
        self._clock = clock
        self._lock = threading.Lock()
        self._longest = max(rate.get_expiry() for rate in (self.ask, self.default, self.signin, self.reidentify))
        self._hits: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()

    def count(self, rate: RateLimitItem, name: str, identity: str) -> None:
        """Count one; TooManyRequests (with the seconds to wait) when the window is full. `name` is the setting that says so."""
        if not self.on or (wait := self._wait(rate, (name, identity))) == 0:
            return
        raise TooManyRequests(f"Zu viele Anfragen. Bitte warten Sie {wait} s.", data={"retry_after": wait, "setting": name})

    def _wait(self, rate: RateLimitItem, key: tuple[str, str]) -> int:
        """Note a hit and give 0, or the whole seconds until the window has room for one."""
        now, length = self._clock(), rate.get_expiry()
        with self._lock:
            hits = self._hits.setdefault(key, deque())
            self._hits.move_to_end(key)
            self._forget(now)
            while hits and hits[0] <= now - length:
                hits.popleft()
            if len(hits) < rate.amount:
                hits.append(now)
                return 0
            return max(1, math.ceil(hits[0] + length - now))

    def _forget(self, now: float) -> None:
        """Drop who came least lately while there are too many, and who has not come within the longest window. The newest stays."""
        while len(self._hits) > 1:
            hits = next(iter(self._hits.values()))
            if len(self._hits) <= MOST_REMEMBERED and hits and hits[-1] > now - self._longest:
                return
            self._hits.popitem(last=False)


class Line:
    """At most `slots` answers at once and `queue` waiting; whoever comes later is Busy at once. Belongs to one event loop."""

    def __init__(self, slots: int, queue: int, work: str = "Fragen beantwortet") -> None:
        self._slots = asyncio.Semaphore(slots)
        self._work = work
        self._room = slots + queue
        self.inside = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Stand in line until a slot is free, for 30 seconds at most; then Busy."""
        await self.enter()
        try:
            yield
        finally:
            self.leave()

    async def enter(self) -> None:
        """Take a slot; every `enter` needs one `leave`."""
        if self.inside >= self._room:
            raise self._busy()
        self.inside += 1
        try:
            await asyncio.wait_for(self._slots.acquire(), LONGEST_WAIT)
        except TimeoutError:
            self.inside -= 1
            raise self._busy() from None
        except asyncio.CancelledError:
            self.inside -= 1
            raise

    def leave(self) -> None:
        """Give the slot to the next one."""
        self.inside -= 1
        self._slots.release()

    def _busy(self) -> Busy:
        message = f"Gerade werden zu viele {self._work}. Bitte versuchen Sie es gleich noch einmal."
        return Busy(message, data={"retry_after": 5})
