"""Who asks how often in, a named refusal out when it is too much; and at which pace who asks without end is answered or refused."""

import asyncio
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from typing import Self

from limits import RateLimitItem, parse

from nova.courtesy import stand_aside
from nova.errors import TooManyRequests
from nova.settings import Settings
from nova.windows import Windows

MOST_REMEMBERED = 10_000
SIGNINS_BEGUN = "60/minute"  # of an address: each leaves a row until it is over
AT_ONCE, LONGEST_S, MOST_HELD = 100, 10.0, 64


class Rates:
    """Rate limits by identity, in the memory of this process: moving windows by a stopwatch, not by the time of day, which may be set."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self.on = settings.NOVA_RATE_LIMITS == "on"
        self.ask = parse(settings.NOVA_RATE_ASK)
        self.default = parse(settings.NOVA_RATE_DEFAULT)
        self.signin = parse(settings.NOVA_RATE_SIGNIN)
        self.signin_begun = parse(SIGNINS_BEGUN)
        self.reidentify = parse(settings.NOVA_RATE_REIDENTIFY)
        longest = max(rate.get_expiry() for rate in (self.ask, self.default, self.signin, self.signin_begun, self.reidentify))
        self._windows = Windows(longest, clock)

    def count(self, rate: RateLimitItem, name: str, identity: str) -> None:
        """Count one; TooManyRequests (with the seconds to wait) when the window is full. `name` is the setting that says so."""
        if not self.on or (wait := self._windows.hit((name, identity), rate.amount, rate.get_expiry())) == 0:
            return
        raise TooManyRequests(f"Zu viele Anfragen. Bitte warten Sie {wait} s.", data={"retry_after": wait, "setting": name})


class Pace:
    """Lets who asks without end go on at a pace: the first `at_once` come at once, then one each `pace_s`, whatever the connections.

    Else a program has light answers, or refusals that it does not heed, made as fast as it can ask, and the others wait behind it. Belongs
    to one event loop.
    """

    def __init__(self, at_once: int, pace_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._at_once, self._pace = at_once, pace_s
        self._clock = clock
        self._free_at: OrderedDict[str, float] = OrderedDict()
        self._held: Counter[str] = Counter()

    @classmethod
    def of_refusals(cls) -> Self:
        """Twenty at once, then twenty a second."""
        return cls(20, 0.05)

    @classmethod
    def of_costly(cls) -> Self:
        """Forty pieces of costly work at once, then ten a second: their bodies are read and refusals made before any budget counts."""
        return cls(40, 0.1)

    @classmethod
    def of_uploads(cls) -> Self:
        """Twenty files at once, then five a second: as many as are read in that time."""
        return cls(20, 0.2)

    @classmethod
    def of_rate(cls, rate: RateLimitItem) -> Self:
        """As often as a limit allows in the long run, and a page's requests, or some pages', at once."""
        return cls(AT_ONCE, rate.get_expiry() / rate.amount)

    async def hold(self, identity: str) -> bool:
        """Wait until it is this caller's time, ten seconds at most; of more than 64 at once none waits, and False says so.

        Who had to wait asks often: nobody makes way for the rest of such a request.
        """
        seconds = self.due(identity)
        if not seconds:
            return True
        if self._held[identity] >= MOST_HELD:
            return False
        stand_aside()
        self._held[identity] += 1
        try:
            await asyncio.sleep(seconds)
        finally:
            self._held[identity] -= 1
            if not self._held[identity]:
                del self._held[identity]
        return True

    def due(self, identity: str) -> float:
        """Count a request: how many seconds it is to be held back."""
        now = self._clock()
        at = max(self._free_at.get(identity, 0.0), now - self._at_once * self._pace)
        seconds = min(max(at - now, 0.0), LONGEST_S)
        self._free_at[identity] = min(at, now + LONGEST_S) + self._pace
        self._free_at.move_to_end(identity)
        if len(self._free_at) > MOST_REMEMBERED:
            self._free_at.popitem(last=False)
        return seconds
