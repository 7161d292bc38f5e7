"""Answers of a language model in, who may have another one out: its tokens are counted for each person over a day.

Servers of models do not say alike what an answer took, so it is estimated from what the model read and wrote, as the figure of costs is.
"""

import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable

from nova.api.limits.budgets import MOST_REMEMBERED
from nova.errors import QuotaForNow
from nova.records import Answer, Caller
from nova.settings import Settings

DAY_S = 86_400.0
CHARS_A_TOKEN = 3.5  # as in the figure of costs


class Words:
    """What was asked of the model, in the memory of this process. Thread-safe: answers are counted where they are made."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = settings.NOVA_QUOTA_WORDS if settings.GENERATE_MODEL else 0
        self._clock = clock
        self._lock = threading.Lock()
        self._taken: OrderedDict[object, deque[tuple[float, int]]] = OrderedDict()

    def require(self, caller: Caller) -> None:
        """QuotaForNow, with the seconds to wait, for a person who has had a day's tokens."""
        if not self._most or caller.user_id is None:
            return
        now = self._clock()
        with self._lock:
            taken = tuple(self._of(caller))
        there = sum(tokens for _, tokens in taken)
        if there < self._most:
            return
        wait = max(1, math.ceil(self._free_at(taken, there) - now))
        hours = f"{math.ceil(wait / 3600)} h" if wait > 3600 else f"{wait} s"
        raise QuotaForNow(
            f"Sie haben in 24 Stunden so viel vom Sprachmodell schreiben lassen, wie Ihnen zusteht. In {hours} geht es weiter.",
            data={"quota": "words", "used": there, "most": self._most, "retry_after": wait},
        )

    def add(self, caller: Caller, answer: Answer) -> None:
        """Count an answer that the model wrote."""
        if not self._most or caller.user_id is None or not answer.model:
            return
        chars = len(answer.text) + sum(len(passage.text) for passage in answer.passages)
        with self._lock:
            self._of(caller).append((self._clock(), math.ceil(chars / CHARS_A_TOKEN)))

    def _of(self, caller: Caller) -> deque[tuple[float, int]]:
        """What the person had within a day."""
        taken = self._taken.setdefault(caller.user_id, deque())
        self._taken.move_to_end(caller.user_id)
        if len(self._taken) > MOST_REMEMBERED:
            self._taken.popitem(last=False)
        border = self._clock() - DAY_S
        while taken and taken[0][0] <= border:
            taken.popleft()
        return taken

    def _free_at(self, taken: Iterable[tuple[float, int]], there: int) -> float:
        """When so many of the oldest are a day old that something may be asked again."""
        for at, tokens in taken:
            there -= tokens
            if there < self._most:
                return at + DAY_S
        return self._clock() + DAY_S
