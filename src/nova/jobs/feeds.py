"""Feeds in, what they bring stored: a thread a feed that takes what comes as long as the feed is switched on.

Many processes may have the same feed; the one that has its right moves it, another goes on when that one ends. A feed that fails is asked
again after a pause that doubles up to a quarter of an hour, and says why in its row.
"""

import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import structlog

from nova.energy.delivery import rows
from nova.energy.delivery.feeds import Intake, move
from nova.errors import NovaError
from nova.jobs.kinds.series import Roller
from nova.jobs.right import ExclusiveRight
from nova.jobs.streams import Pump
from nova.ports import Connector
from nova.store.series import batches
from nova.wiring.feeds import Source

LOOK_S = 1.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 5.0, 900.0
RIGHTS = 73_020_000  # the rights of feeds: this and a number made of the name
log = structlog.get_logger(__name__)


class Feeder:
    """Moves one feed. `step` is called again and again by one thread and waits about a second at most."""

    def __init__(self, intake: Intake, source: Source, wait: Callable[[float], object] = time.sleep) -> None:
        self._intake, self._source, self._wait = intake, source, wait
        self._right = ExclusiveRight(intake.db, RIGHTS + zlib.crc32(source.name.encode()) % 10_000)
        self._feed: Connector | None = None
        self._settings: Mapping[str, Any] = {}
        self._due = 0.0
        self._failures = 0
        self.stopping = False

    def step(self) -> None:
        """Look whether the feed is on and due, and move it; psycopg's errors and NovaErrors of the database come out."""
        if not self._right.held():
            self._wait(LOOK_S)
            return
        row = self._row()
        if not row.enabled or row.settings != self._settings:
            self._let_go()
            self._settings, self._due, self._failures = row.settings, 0.0, 0
        if not row.enabled or time.monotonic() < self._due:
            self._wait(LOOK_S)
            return
        self._move(row)

    def close(self) -> None:
        """Let go of the connection and of the right."""
        self._let_go()
        self._right.close()

    def _row(self) -> batches.Feed:
        return rows.ensured(self._intake.db, self._source.name, self._source.kind, enabled=self._source.enabled)

    def _move(self, row: batches.Feed) -> None:
        try:
            if self._feed is None:
                self._feed = self._source.open(row.settings)
            moved = move(self._intake, self._feed, datetime.now(UTC), go_on=self._goes_on)
        except NovaError as error:
            self._failed(error)
            return
        if self._failures or row.last_error:
            rows.clear_failure(self._intake.db, row.name)
        self._failures, self._due = 0, time.monotonic() + self._source.every.total_seconds()
        if moved.parcels:
            log.info("feed_moved", feed=row.name, parcels=moved.parcels, rows=moved.rows)

    def _goes_on(self) -> bool:
        """Between parcels: whether the feed is still on and still this one's."""
        self._right.confirm()
        row = self._row()
        return row.enabled and row.settings == self._settings and not self.stopping

    def _failed(self, error: NovaError) -> None:
        pause = min(FIRST_PAUSE_S * 2.0**self._failures, LONGEST_PAUSE_S)
        self._failures, self._due = self._failures + 1, time.monotonic() + pause
        self._let_go()
        log.warning("feed_failed", feed=self._source.name, error=error.code, pause_s=pause)
        rows.note_failure(self._intake.db, self._source.name, error.message)

    def _let_go(self) -> None:
        if self._feed is not None:
            self._feed.close()
            self._feed = None


@contextmanager
def feeding(intake: Intake, sources: tuple[Source, ...]) -> Iterator[Callable[[], bool]]:
    """Move these feeds and keep rollups up to date until the block ends. Gives a question: whether everybody is still there."""
    feeders: list[Feeder | Roller] = [*(Feeder(intake, source) for source in sources), Roller(intake.db)]
    names = [*(f"feed-{source.name}" for source in sources), "rollups"]
    pumps = [Pump(name, feeder.step) for name, feeder in zip(names, feeders, strict=True)]
    for pump in pumps:
        pump.start()
    try:
        yield lambda: all(pump.whole for pump in pumps)
    finally:
        for pump, feeder in zip(pumps, feeders, strict=True):
            feeder.stopping = True
            pump.end()
        for pump in pumps:
            pump.join()
        for feeder in feeders:
            feeder.close()
