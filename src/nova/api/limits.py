"""Who asks how often in, a named refusal out when it is too much; and the bounded line in front of the answers."""

import asyncio
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from nova.errors import Busy, TooManyRequests
from nova.settings import Settings

LONGEST_WAIT = 30.0


class Rates:
    """Rate limits by identity, in the memory of this process."""

    def __init__(self, settings: Settings) -> None:
        self.on = settings.NOVA_RATE_LIMITS == "on"
        self.ask = parse(settings.NOVA_RATE_ASK)
        self.default = parse(settings.NOVA_RATE_DEFAULT)
        self.signin = parse(settings.NOVA_RATE_SIGNIN)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def count(self, rate: RateLimitItem, name: str, identity: str) -> None:
        """Count one; TooManyRequests (with the seconds to wait) when the window is full. `name` is the setting that says so."""
        if not self.on or self._limiter.hit(rate, name, identity):
            return
        reset, _ = self._limiter.get_window_stats(rate, name, identity)
        wait = max(1, math.ceil(reset - time.time()))
        raise TooManyRequests(f"Zu viele Anfragen. Bitte warten Sie {wait} s.", data={"retry_after": wait, "setting": name})


class Line:
    """At most `slots` answers at once and `queue` waiting; whoever comes later is Busy at once. Belongs to one event loop."""

    def __init__(self, slots: int, queue: int) -> None:
        self._slots = asyncio.Semaphore(slots)
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
            raise _busy()
        self.inside += 1
        try:
            await asyncio.wait_for(self._slots.acquire(), LONGEST_WAIT)
        except TimeoutError:
            self.inside -= 1
            raise _busy() from None
        except asyncio.CancelledError:
            self.inside -= 1
            raise

    def leave(self) -> None:
        """Give the slot to the next one."""
        self.inside -= 1
        self._slots.release()


def _busy() -> Busy:
    return Busy("Gerade werden zu viele Fragen beantwortet. Bitte versuchen Sie es gleich noch einmal.", data={"retry_after": 5})
