"""Costly work in, done by turns and paid from the caller's budget out.

Costly is what takes more than some hundredths of a second of a processor. It has threads of its own, so that whatever is asked of it the
light requests keep theirs; the callers take turns; and what it took (this thread, the database's process, children) is measured and taken
from the caller's budget, and so is what their jobs took.
"""

from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

import anyio
from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from nova.api.limits.budgets import MOST_REMEMBERED, Budget, Budgets
from nova.api.limits.turns import Line
from nova.api.protocol.metrics import Metrics
from nova.courtesy import standing_aside
from nova.effort import measured
from nova.errors import TooManyRequests
from nova.records import Caller

MOST_FILES = 4  # of one caller that are being made at once
LONGEST_PAUSE_S = 5.0  # between two looks at a budget that a file waits for
Done = TypeVar("Done")


class Spent(Protocol):
    """What somebody's jobs took, as the queue knows it."""

    def spent(self, owner: UUID, since: datetime | None) -> tuple[float, datetime]:
        """Seconds of processor time of the jobs that ended after `since` (None: within a minute), and up to when that is."""


@dataclass
class Bill:
    """What one piece of work took, in seconds of processor time; what jobs took, up to when, where that was asked."""

    seconds: float = 0.0
    jobs: float = 0.0
    until: datetime | None = None


class Shares:
    """Everybody's share of the machine. Belongs to one event loop."""

    def __init__(self, budgets: Budgets, line: Line, jobs: Spent, metrics: Metrics) -> None:
        self.line = line
        self._budgets, self._jobs, self._metrics = budgets, jobs, metrics
        self._looked: OrderedDict[UUID, datetime] = OrderedDict()
        self._looking: set[UUID] = set()
        self._files: Counter[str] = Counter()

    def require(self, by: "Spender") -> None:
        """BudgetSpent where nothing is left."""
        self._budgets.require(by.caller, by.whose)

    async def run(self, by: "Spender", line: Line, work: Callable[..., Done], *args: object, patient: bool = False) -> Done:
        """What `work(*args)` gives, in a thread, once it is the caller's turn; `patient` for the next piece of what has begun.

        Raises what it raises, and as `Line.enter` and `require` do.
        """
        with standing_aside():
            await line.enter(by.whose, patient=patient)
            try:
                if not patient:
                    self.require(by)  # others of theirs were served meanwhile
                return await self._paid(by, line.threads, work, *args)
            finally:
                line.leave(by.whose)

    async def budget(self, by: "Spender") -> Budget | None:
        """How the caller's budget stands, their jobs included; None where nothing limits it."""
        await self._paid(by, None, lambda: None)
        return self._budgets.of(by.caller, by.whose)

    async def pieces(self, by: "Spender", source: Iterator[bytes]) -> AsyncIterator[bytes]:
        """The pieces of a file, each made in its turn; a spent budget makes it slower and never cuts it off."""
        while True:
            with standing_aside():
                while (found := self._budgets.of(by.caller, by.whose)) is not None and found.wait:
                    await anyio.sleep(min(found.wait, LONGEST_PAUSE_S))
            piece = await self.run(by, self.line, next, source, None, patient=True)
            if piece is None:
                return
            yield piece

    def require_file(self, by: "Spender") -> None:
        """TooManyRequests where as many files are being made for the caller as may be."""
        if self._files[by.whose] >= MOST_FILES:
            raise TooManyRequests(f"Sie laden schon {MOST_FILES} Dateien. Warten Sie, bis eine fertig ist.", data={"retry_after": 5})

    def begin_file(self, by: "Spender") -> None:
        """Count a file that is made while it is read; raises as `require_file` does."""
        self.require_file(by)
        self._files[by.whose] += 1

    def end_file(self, by: "Spender") -> None:
        """It is read, or its reader has left."""
        self._files[by.whose] -= 1
        if not self._files[by.whose]:
            del self._files[by.whose]

    async def _paid(self, by: "Spender", threads: CapacityLimiter | None, work: Callable[..., Done], *args: object) -> Done:
        owner = by.caller.user_id
        asking = owner is not None and owner not in self._looking
        if owner is not None and asking:
            self._looking.add(owner)
        bill = Bill()
        try:
            return await run_sync(self._measured, bill, owner if asking else None, work, args, limiter=threads)
        finally:
            if owner is not None and asking:
                self._looking.discard(owner)
            self._take(by, bill)

    def _measured(self, bill: Bill, owner: UUID | None, work: Callable[..., Done], args: tuple[object, ...]) -> Done:
        with measured() as effort:
            try:
                if owner is not None:
                    bill.jobs, bill.until = self._jobs.spent(owner, self._looked.get(owner))
                return work(*args)
            finally:
                bill.seconds = effort.seconds

    def _take(self, by: "Spender", bill: Bill) -> None:
        self._budgets.charge(by.caller, by.whose, bill.seconds + bill.jobs)
        self._metrics.effort.labels(by.work, by.caller.role).inc(bill.seconds)
        if bill.jobs:
            self._metrics.effort.labels("jobs", by.caller.role).inc(bill.jobs)
        if by.caller.user_id is not None and bill.until is not None:
            self._looked[by.caller.user_id] = bill.until
            self._looked.move_to_end(by.caller.user_id)
            if len(self._looked) > MOST_REMEMBERED:
                self._looked.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Spender:
    """Who has something costly done: the caller, by what their turns are told, and the name of the work."""

    shares: Shares
    caller: Caller
    whose: str
    work: str

    async def run(self, work: Callable[..., Done], *args: object, line: Line | None = None) -> Done:
        """What `work(*args)` gives once it is the caller's turn. Raises what it raises, Busy, TooManyRequests and BudgetSpent."""
        return await self.shares.run(self, line or self.shares.line, work, *args)


class Made(StreamingResponse):
    """A file that is made while it is read, piece by piece in the caller's turn."""

    def __init__(self, by: Spender, source: Iterator[bytes], media_type: str, headers: Mapping[str, str]) -> None:
        super().__init__(by.shares.pieces(by, source), media_type=media_type, headers=headers)
        self._by = by

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Write it; TooManyRequests, before anything is sent, for one file too many."""
        self._by.shares.begin_file(self._by)
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._by.shares.end_file(self._by)
