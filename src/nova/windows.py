"""How often something came by somebody lately: moving windows in the memory of this process, by a stopwatch, not by the time of day."""

import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable

MOST_REMEMBERED, MOST_NOTED = 10_000, 1_000  # keys; hits of one that has no room of its own


class Windows:
    """Hits by key; whoever came least lately is forgotten first, and everybody after `longest_s` seconds."""

    def __init__(self, longest_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._longest, self._clock = longest_s, clock
        self._lock = threading.Lock()
        self._hits: OrderedDict[Hashable, deque[float]] = OrderedDict()

    def hit(self, key: Hashable, most: int, seconds: float) -> int:
        """Note one and give 0, or the whole seconds until the window has room for one."""
        with self._lock:
            hits, now = self._of(key), self._clock()
            wait = _wait(hits, now, most, seconds)
            if not wait:
                hits.append(now)
            return wait

    def wait(self, key: Hashable, most: int, seconds: float) -> int:
        """The whole seconds until the window has room for one; 0 where it has."""
        with self._lock:
            hits = self._hits.get(key)
            return _wait(hits, self._clock(), most, seconds) if hits else 0

    def note(self, key: Hashable) -> int:
        """Note one, whether or not there is room; how many there are."""
        with self._lock:
            hits = self._of(key)
            hits.append(self._clock())
            if len(hits) > MOST_NOTED:
                hits.popleft()
            return len(hits)

    def take_back(self, key: Hashable) -> None:
        """As if the newest had not come."""
        with self._lock:
            if hits := self._hits.get(key):
                hits.pop()

    def clear(self, key: Hashable) -> None:
        """As if nothing had come by this key."""
        with self._lock:
            self._hits.pop(key, None)

    def _of(self, key: Hashable) -> deque[float]:
        """The hits of a key, which is the newest now."""
        now = self._clock()
        hits = self._hits.setdefault(key, deque())
        self._hits.move_to_end(key)
        while hits and hits[0] <= now - self._longest:
            hits.popleft()
        while len(self._hits) > 1:  # the newest stays
            oldest = next(iter(self._hits.values()))
            if len(self._hits) <= MOST_REMEMBERED and oldest and oldest[-1] > now - self._longest:
                break
            self._hits.popitem(last=False)
        return hits


def _wait(hits: deque[float], now: float, most: int, seconds: float) -> int:
    full = len(hits) >= most and hits[-most] > now - seconds
    return max(1, math.ceil(hits[-most] + seconds - now)) if full else 0
