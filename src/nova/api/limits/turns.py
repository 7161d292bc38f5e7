"""Callers in, each in their turn out: a bounded line in front of work that only so many can have done at once.

Whoever waits is served by turns between callers, not by arrival: of two callers with a hundred and with one request the one waits for a
single request of the hundred. Belongs to one event loop.
"""

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from nova.courtesy import standing_aside
from nova.errors import Busy, TooManyRequests

LONGEST_WAIT = 30.0
RETRY_AFTER = 5
OPERATOR = "admin"  # has as many places as there are
Done = TypeVar("Done")
Waiting = asyncio.Future[None]


@dataclass(frozen=True, slots=True)
class Room:
    """How many can be served at once and how many may wait, overall and of one caller; `work` is what they wait for, in German."""

    slots: int
    queue: int
    slots_each: int
    queue_each: int
    work: str


class Line:
    """A line in front of a room. Every `enter` needs one `leave`."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self.threads = CapacityLimiter(room.slots)
        self._served: Counter[str] = Counter()
        self._waiting: OrderedDict[str, deque[Waiting]] = OrderedDict()  # whose turn comes first stands first

    @property
    def served(self) -> int:
        """How many are being served."""
        return self._served.total()

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        return sum(map(len, self._waiting.values()))

    @property
    def inside(self) -> int:
        """Both."""
        return self.served + self.waiting

    @asynccontextmanager
    async def place(self, whose: str) -> AsyncIterator[None]:
        """Stand in line until a place is free; raises as `enter` does."""
        await self.enter(whose)
        try:
            yield
        finally:
            self.leave(whose)

    async def run(self, whose: str, work: Callable[..., Done], *args: object) -> Done:
        """What `work(*args)` gives, in a thread of this line's own once it is the caller's turn; raises as `enter` does."""
        async with self.place(whose):
            return await run_sync(partial(work, *args), limiter=self.threads)

    def free(self, whose: str) -> bool:
        """Whether there is a place for this caller right now."""
        return self.served < self._room.slots and (whose == OPERATOR or self._served[whose] < self._room.slots_each)

    async def enter(self, whose: str, *, patient: bool = False) -> None:
        """Take a place: Busy when the line is full or 30 seconds pass, TooManyRequests when too many of this caller's wait.

        `patient`: for the next piece of work that has begun; it waits as long as it takes.
        """
        if self.free(whose):
            self._served[whose] += 1
            return
        if not patient:
            self._require_room(whose)
        turn: Waiting = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(whose, deque()).append(turn)
        try:
            with standing_aside():
                async with asyncio.timeout(None if patient else LONGEST_WAIT):
                    await turn
        except (TimeoutError, asyncio.CancelledError) as gone:
            self._give_up(whose, turn)
            if isinstance(gone, TimeoutError):
                raise self._busy() from None
            raise

    def leave(self, whose: str) -> None:
        """Give the place to whoever's turn it is."""
        self._served[whose] -= 1
        if not self._served[whose]:
            del self._served[whose]
        for caller in list(self._waiting):
            if self.served >= self._room.slots:
                return
            self._serve_next(caller)

    def _serve_next(self, caller: str) -> None:
        """The first of this caller's, who then stands behind the others; nobody where they have all the places they may have."""
        turns = self._waiting[caller]
        while turns and self.free(caller):
            turn = turns.popleft()
            if not turn.done():
                turn.set_result(None)
                self._served[caller] += 1
                self._waiting.move_to_end(caller)
                break
        if not turns:
            del self._waiting[caller]

    def _require_room(self, whose: str) -> None:
        if self.waiting >= self._room.queue:
            raise self._busy()
        mine = len(self._waiting.get(whose, ()))
        if whose != OPERATOR and mine >= self._room.queue_each:
            raise TooManyRequests(
                f"Von Ihnen warten schon {mine} Anfragen. In {RETRY_AFTER} s geht es weiter.", data={"retry_after": RETRY_AFTER}
            )

    def _give_up(self, whose: str, turn: Waiting) -> None:
        """Leave the line; who was called in the same moment gives the place on."""
        if turn.done() and not turn.cancelled():
            self.leave(whose)
        elif (turns := self._waiting.get(whose)) and turn in turns:
            turns.remove(turn)
            if not turns:
                del self._waiting[whose]

    def _busy(self) -> Busy:
        message = f"Gerade werden zu viele {self._room.work}. Bitte versuchen Sie es in {RETRY_AFTER} s noch einmal."
        return Busy(message, data={"retry_after": RETRY_AFTER})
