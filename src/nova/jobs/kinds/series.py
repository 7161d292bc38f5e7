"""The jobs of the series: `series-import` stores a file that was left among the objects, `retention` drops what nobody keeps longer.

`Roller` is what keeps rollups up to date: the step of a pump.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from nova.energy.delivery.files import SAID, ImportFiles
from nova.energy.formats.parsed import Options
from nova.energy.kinds import IMPORT, RETENTION
from nova.energy.meters.retention import drop_expired
from nova.jobs.kind import JobKind
from nova.jobs.right import ExclusiveRight
from nova.ports.jobs import JobContext, JobHandler
from nova.store.postgres.db import Database
from nova.store.postgres.holder import ROLLING
from nova.store.series import rollups

if TYPE_CHECKING:
    from nova.wiring import Workshop

PAUSE_S, DAYS_AT_ONCE = 2.0, 64


def import_handler(files: ImportFiles) -> JobHandler:
    """Arguments: `key`, and what the sender said (`name`, `format`, `meter`, `zone`, `clock`, `unit`)."""

    def run(ctx: JobContext) -> None:
        files.store(ctx, str(ctx.args["key"]), Options(**{name: str(ctx.args.get(name, "")) for name in SAID}))

    return run


def _imports(shop: "Workshop") -> JobHandler:
    from nova.wiring.feeds import import_files

    return import_handler(import_files(shop))


def retention_handler(db: Database, keep_days: int | None) -> JobHandler:
    """No arguments."""

    def run(ctx: JobContext) -> None:
        ctx.progress("aufräumen")
        ctx.finish(drop_expired(db, datetime.now(UTC), keep_days))

    return run


class Roller:
    """Renews rollups of days on which readings changed; one process of all does it."""

    def __init__(self, db: Database, wait: Callable[[float], object] = time.sleep) -> None:
        self._db, self._wait = db, wait
        self._right = ExclusiveRight(db, ROLLING)
        self.stopping = False

    def step(self) -> None:
        """Renew some days, or wait a moment."""
        if not self._right.held() or not self._renew():
            self._wait(PAUSE_S)

    def close(self) -> None:
        """Let go of the right."""
        self._right.close()

    def _renew(self) -> int:
        with self._db.transaction() as conn:
            return rollups.refresh(conn, DAYS_AT_ONCE)


JOBS = (
    JobKind(IMPORT, _imports),
    JobKind(RETENTION, lambda shop: retention_handler(shop.db, shop.settings.NOVA_READINGS_DAYS or None), timedelta(hours=24)),
)
