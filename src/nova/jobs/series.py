"""The jobs of the series: `series-import` stores a file that was left among the objects, `retention` drops what nobody keeps longer.

`Roller` is what keeps rollups up to date: the step of a pump.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from psycopg import Connection

from nova.energy.delivery import border, imports
from nova.energy.delivery.border import COMPANY, Sender
from nova.energy.formats.parsed import Options
from nova.errors import NotFound, NovaError
from nova.jobs.kind import JobKind
from nova.ports import Children, Objects
from nova.ports.jobs import JobContext, JobHandler, Jobs, Kind
from nova.records import Caller, Role
from nova.store import jobs as job_rows
from nova.store import rollups, series_retention, usage
from nova.store.db import Database
from nova.store.governance import find_user
from nova.store.holder import ROLLING, Hold, hold
from nova.store.ids import uuid7

if TYPE_CHECKING:
    from nova.wiring import Workshop

IMPORT = Kind("series-import", "Messwerte einlesen")
RETENTION = Kind("retention", "Aufbewahrung der Messwerte")
RAW = "series/raw"
SAID = ("name", "format", "meter", "zone", "clock", "unit")
PAUSE_S, RIGHT_S, DAYS_AT_ONCE = 2.0, 5.0, 64
YOUNG_S = 3600.0  # so long a file may wait for the job that is started right behind it


@dataclass(frozen=True, slots=True)
class Files:
    """What importing a file needs. `writers` are the roles that may write for the company beside the operator, `allowed` is what each
    person may keep.
    """

    db: Database
    objects: Objects
    children: Children
    jobs: Jobs
    writers: frozenset[Role] = frozenset()
    allowed: usage.Amounts = usage.NO_LIMIT

    def sender(self, conn: Connection[Any], user_id: UUID | None) -> Sender:
        """Who delivers, in the role that they have now; NotFound for somebody who is gone."""
        if user_id is None:
            return COMPANY
        user = find_user(conn, str(user_id))
        if user is None:
            raise NotFound("Diese Person ist nicht bekannt.")
        return Sender.of(user.role, user_id, self.writers)


def files_of(shop: "Workshop") -> Files:
    """The same of an open workshop."""
    writers = frozenset(cast("tuple[Role, ...]", shop.settings.NOVA_DATA_ROLES))
    return Files(shop.db, shop.objects, shop.children, shop.jobs, writers, usage.Amounts.allowed(shop.settings))


def leave(files: Files, caller: Caller, data: bytes, options: Options) -> UUID:
    """Keep a file and start the job that stores its rows; the job's id.

    NotAllowed for who may write nothing; DiskFull, ServerAbsent, QuotaExceeded, QuotaForNow.
    """
    key, owner, title = f"{RAW}/{uuid7()}", caller.user_id, options.name or "Messwerte"
    with files.db.transaction() as conn:
        border.grant(conn, Sender.of(caller.role, owner, files.writers))
    said = {name: getattr(options, name) for name in SAID}
    try:
        with files.db.transaction() as conn:
            usage.require(conn, files.allowed, owner, usage.Amounts(bytes=len(data), jobs=1))
            files.objects.put(key, data)
            return files.jobs.start(IMPORT, {"key": key, "bytes": len(data), **said}, title=title, owner=owner, connection=conn)
    except NovaError:
        with suppress(NovaError):
            files.objects.delete(key)
        raise


def sweep(db: Database, objects: Objects, young: float = YOUNG_S) -> int:
    """Delete files whose job is done, or forgotten with its failure or its end by a person; how many. Younger ones (seconds) stay."""
    found = [key for key in objects.keys(RAW) if _age(key) >= young]
    with db.transaction() as conn:
        kept = {str(args.get("key")) for args in job_rows.arguments_of(conn, IMPORT.name)}
    left = [key for key in found if key not in kept]
    for key in left:
        with suppress(NotFound):
            objects.delete(key)
    return len(left)


def _age(key: str) -> float:
    """How many seconds ago a file was left, by the time in its name; without end for a name that has none."""
    try:
        made = UUID(key.removeprefix(f"{RAW}/"))
    except ValueError:
        return float("inf")
    return time.time() - (made.int >> 80) / 1000 if made.version == 7 else float("inf")


def import_handler(files: Files) -> JobHandler:
    """Arguments: `key`, and what the sender said (`name`, `format`, `meter`, `zone`, `clock`, `unit`). The file goes with the job's end."""

    def run(ctx: JobContext) -> None:
        said = {name: str(ctx.args.get(name, "")) for name in SAID}
        key, owner = str(ctx.args["key"]), files.jobs.get(ctx.job_id).owner
        ctx.progress("lesen")
        with files.db.transaction() as conn:
            sender = files.sender(conn, owner)
        given = imports.Given(_left(files.objects, key), Options(**said), imports.UPLOAD, sender, ctx.job_id)

        def last(conn: Connection[Any], report: Mapping[str, Any]) -> None:
            if owner is not None:
                usage.note_bytes(conn, report["batch_id"], len(given.data))
            ctx.finish(report, connection=conn)

        imports.take(files.db, files.children, given, step=lambda done, total: ctx.progress("lesen", done, total), last=last)
        with suppress(NotFound):
            files.objects.delete(key)

    return run


def _left(objects: Objects, key: str) -> bytes:
    try:
        return objects.get(key)
    except NotFound:
        raise NotFound("Die Datei dieses Auftrags liegt nicht mehr da. Bitte nehmen Sie sie noch einmal auf.") from None


def retention_handler(db: Database, keep_days: int | None) -> JobHandler:
    """No arguments."""

    def run(ctx: JobContext) -> None:
        ctx.progress("aufräumen")
        with db.transaction() as conn:
            dropped = series_retention.drop_readings(conn, datetime.now(UTC), keep_days)
        ctx.finish({"rows": dropped.rows, "partitions": list(dropped.partitions)})

    return run


class Roller:
    """Renews rollups of days on which readings changed; one process of all does it."""

    def __init__(self, db: Database, wait: Callable[[float], object] = time.sleep) -> None:
        self._db, self._wait = db, wait
        self._right: Hold | None = None
        self._asked = -RIGHT_S
        self.stopping = False

    def step(self) -> None:
        """Renew some days, or wait a moment."""
        if not self._may() or not self._renew():
            self._wait(PAUSE_S)

    def close(self) -> None:
        """Let go of the right."""
        if self._right is not None:
            self._right.close()

    def _renew(self) -> int:
        with self._db.transaction() as conn:
            return rollups.refresh(conn, DAYS_AT_ONCE)

    def _may(self) -> bool:
        if (self._right is None or self._right.lost) and time.monotonic() - self._asked >= RIGHT_S:
            self._asked = time.monotonic()
            self._right = hold(self._db, ROLLING, 0.0)
        if self._right is None or self._right.lost:
            return False
        self._right.confirm()
        return True


JOBS = (
    JobKind(IMPORT, lambda shop: import_handler(files_of(shop))),
    JobKind(RETENTION, lambda shop: retention_handler(shop.db, shop.settings.NOVA_READINGS_DAYS or None), timedelta(hours=24)),
)
