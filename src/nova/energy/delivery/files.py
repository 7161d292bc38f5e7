"""Files of readings, prices and signals that people send: kept among the objects until a job has stored their rows."""

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.energy.delivery import border, imports
from nova.energy.delivery.border import COMPANY, Sender
from nova.energy.formats.parsed import Options
from nova.energy.kinds import IMPORT
from nova.errors import InvalidInput, NotFound, NovaError
from nova.ports import Children, Objects
from nova.ports.jobs import JobContext, Jobs
from nova.records import Caller
from nova.roles import Role
from nova.store import jobs as job_rows
from nova.store.ids import uuid7
from nova.store.people import usage
from nova.store.people.governance import find_user
from nova.store.postgres.db import Database

RAW = "series/raw"
SAID = ("name", "format", "meter", "zone", "clock", "unit")
YOUNG_S = 3600.0  # so long a file may wait for the job that is started right behind it


@dataclass(frozen=True, slots=True)
class ImportFiles:
    """Keeps files and stores their rows. `writers` are the roles that may write for the company beside the operator, `allowed` is what
    each person may keep.
    """

    db: Database
    objects: Objects
    children: Children
    jobs: Jobs
    writers: frozenset[Role] = frozenset()
    allowed: usage.Amounts = usage.NO_LIMIT

    def leave(self, caller: Caller, data: bytes, options: Options) -> UUID:
        """Keep a file and start the job that stores its rows; the job's id.

        InvalidInput for an empty one, NotAllowed for who may write nothing; DiskFull, ServerAbsent, QuotaExceeded, QuotaForNow.
        """
        if not data:
            raise InvalidInput("Die Datei ist leer.")
        key, owner, title = f"{RAW}/{uuid7()}", caller.user_id, options.name or "Messwerte"
        with self.db.transaction() as conn:
            border.grant(conn, sender := Sender.of(caller, self.writers))
        said = {name: getattr(options, name) for name in SAID} | {"own": sender.kind == "customer"}
        try:
            with self.db.transaction() as conn:
                usage.require(conn, self.allowed, owner, usage.Amounts(bytes=len(data), jobs=1))
                self.objects.put(key, data)
                return self.jobs.start(IMPORT, {"key": key, "bytes": len(data), **said}, title=title, owner=owner, connection=conn)
        except NovaError:
            with suppress(NovaError):
                self.objects.delete(key)
            raise

    def store(self, ctx: JobContext, key: str, options: Options) -> None:
        """Store the rows of a file that was left and end the job in the same transaction; the file goes with the job's end.

        NotFound where the file or its sender is gone.
        """
        owner = self.jobs.get(ctx.job_id).owner
        ctx.progress("lesen")
        with self.db.transaction() as conn:
            sender = self._sender(conn, owner, own=bool(ctx.args.get("own")))
        given = imports.DeliveredFile(self._left(key), options, imports.UPLOAD, sender, ctx.job_id)

        def last(conn: Connection[Any], report: Mapping[str, Any]) -> None:
            if owner is not None:
                usage.note_bytes(conn, report["batch_id"], len(given.data))
            ctx.finish(report, connection=conn)

        imports.take(self.db, self.children, given, step=lambda done, total: ctx.progress("lesen", done, total), last=last)
        with suppress(NotFound):
            self.objects.delete(key)

    def _sender(self, conn: Connection[Any], user_id: UUID | None, *, own: bool) -> Sender:
        """Who delivers, in the role that they have now, and no more than they could when they did (`own`); NotFound for who is gone."""
        if user_id is None:
            return COMPANY
        user = find_user(conn, str(user_id))
        if user is None:
            raise NotFound("Diese Person ist nicht bekannt.")
        return Sender("customer", user_id) if own else Sender.of(Caller(user.role, user_id), self.writers)

    def _left(self, key: str) -> bytes:
        try:
            return self.objects.get(key)
        except NotFound:
            raise NotFound("Die Datei dieses Auftrags liegt nicht mehr da. Bitte nehmen Sie sie noch einmal auf.") from None


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
