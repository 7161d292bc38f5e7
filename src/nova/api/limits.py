"""Who asks how often in, a named refusal out when it is too much; and how long a refusal is held back from who does not stop asking."""

import asyncio
import math
import threading
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable

from limits import RateLimitItem, parse

from nova.courtesy import standing_aside
from nova.errors import TooManyRequests
from nova.settings import Settings

MOST_REMEMBERED = 10_000
AT_ONCE, PACE_S, LONGEST_S, MOST_HELD = 20, 0.05, 10.0, 64


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


class Brake:
    """Holds back the refusals of who goes on asking: the first twenty come at once, then twenty a second, whatever the connections.

    Else a program that heeds no refusal has them made as fast as it can ask, and the others wait behind it. Belongs to one event loop.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._free_at: OrderedDict[str, float] = OrderedDict()
        self._held: Counter[str] = Counter()

    async def hold(self, identity: str) -> None:
        """Wait until this caller's next refusal may go, for ten seconds at most; of more than 64 at once none waits."""
        seconds = self.due(identity)
        if not seconds or self._held[identity] >= MOST_HELD:
            return
        self._held[identity] += 1
        try:
            with standing_aside():
                await asyncio.sleep(seconds)
        finally:
            self._held[identity] -= 1
            if not self._held[identity]:
                del self._held[identity]

    def due(self, identity: str) -> float:
        """Count a refusal: how many seconds it is to be held back."""
        now = self._clock()
        at = max(self._free_at.get(identity, 0.0), now - AT_ONCE * PACE_S)
        seconds = min(max(at - now, 0.0), LONGEST_S)
        self._free_at[identity] = min(at, now + LONGEST_S) + PACE_S
        self._free_at.move_to_end(identity)
        if len(self._free_at) > MOST_REMEMBERED:
            self._free_at.popitem(last=False)
        return seconds
