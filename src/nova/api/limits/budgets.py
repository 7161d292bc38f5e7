"""Seconds of processor time a minute in, who may let Nova compute out: a bucket for each caller that fills by the second.

What a request costs is known when it is done: whoever has something left may begin, and what was taken too much is missing afterwards.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from nova.errors import BudgetSpent
from nova.records import Caller
from nova.settings import Settings

MINUTE = 60.0
MOST_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Bucket:
    """A minute's seconds (`size`): `level` was left at `at`, by a stopwatch. It is never more than full, and never owes more than that."""

    size: float
    level: float
    at: float

    def left(self, now: float) -> float:
        """Seconds left now; negative where more was taken than there was."""
        return min(self.level + max(now - self.at, 0.0) * self.size / MINUTE, self.size)

    def less(self, seconds: float, now: float) -> "Bucket":
        """After `seconds` were taken."""
        return replace(self, level=max(self.left(now) - max(seconds, 0.0), -self.size), at=max(now, self.at))

    def wait(self, now: float) -> int:
        """Whole seconds until something is left again; 0 where something is."""
        left = self.left(now)
        return 0 if left > 0 else max(1, math.ceil(-left * MINUTE / self.size + 0.001))


@dataclass(frozen=True, slots=True)
class Budget:
    """How a caller's budget stands: seconds of processor time a minute, what is left of them, and the seconds to wait where nothing is."""

    seconds: float
    left: float
    wait: int


class Budgets:
    """Everybody's bucket, in the memory of this process. Belongs to one event loop."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._on = settings.NOVA_RATE_LIMITS == "on"
        self._sizes = {"admin": settings.NOVA_BUDGET_ADMIN, "customer": settings.NOVA_BUDGET}
        self._staff = settings.NOVA_BUDGET_STAFF
        self._clock = clock
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def size(self, caller: Caller) -> float | None:
        """Seconds a minute; None where nothing limits them."""
        found = self._sizes.get(caller.role, self._staff)
        return float(found) if self._on and found else None

    def require(self, caller: Caller, whose: str) -> None:
        """BudgetSpent, with the seconds to wait, where nothing is left."""
        size = self.size(caller)
        if size is None or not (wait := self._bucket(whose, size).wait(self._clock())):
            return
        raise BudgetSpent(
            f"Ihre Rechenzeit ist aufgebraucht: {size:g} s je Minute stehen Ihnen zu. In {wait} s geht es weiter.",
            data={"retry_after": wait, "seconds": size},
        )

    def charge(self, caller: Caller, whose: str, seconds: float) -> None:
        """Take what was used."""
        size = self.size(caller)
        if size is None:
            return
        self._buckets[whose] = self._bucket(whose, size).less(seconds, self._clock())
        self._buckets.move_to_end(whose)
        if len(self._buckets) > MOST_REMEMBERED:
            self._buckets.popitem(last=False)

    def of(self, caller: Caller, whose: str) -> Budget | None:
        """How it stands; None where nothing limits the caller."""
        size = self.size(caller)
        if size is None:
            return None
        bucket, now = self._bucket(whose, size), self._clock()
        return Budget(size, max(bucket.left(now), 0.0), bucket.wait(now))

    def _bucket(self, whose: str, size: float) -> Bucket:
        known = self._buckets.get(whose)
        return Bucket(size, size, self._clock()) if known is None or known.size != size else known
