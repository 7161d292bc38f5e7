"""The job `series-import`: a received file of readings, prices or signals becomes rows, with a report."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID, uuid4

from nova.energy.formats.parsed import Options
from nova.energy.imports import Given, take
from nova.errors import InvalidInput
from nova.ports import Children, JobContext, JobHandler, Jobs, Objects
from nova.store.db import Database

KIND = "series-import"
FOLDER = "series/raw/"


@dataclass(frozen=True, slots=True)
class ImportRoom:
    """What the job works with."""

    db: Database
    objects: Objects
    children: Children


def start(jobs: Jobs, objects: Objects, given: Given, *, title: str) -> UUID:
    """Keep a file until its job is through, and queue that; its id."""
    if not given.data:
        raise InvalidInput("Die Datei ist leer.")
    key = FOLDER + uuid4().hex
    objects.put(key, given.data)
    said: Mapping[str, Any] = asdict(given.options)
    owner = None if given.owner is None else str(given.owner)
    return jobs.start(KIND, {"key": key, "options": said, "source": given.source, "owner": owner}, title=title, owner=given.owner)


def handler(room: ImportRoom) -> JobHandler:
    """Arguments: `key` of the object, `options` as `Options` has them, `source` and `owner`."""

    def run(ctx: JobContext) -> None:
        args = ctx.args
        ctx.stage("lesen")
        data = room.objects.get(str(args["key"]))
        owner = None if args.get("owner") is None else UUID(str(args["owner"]))
        given = Given(data, Options(**args["options"]), str(args["source"]), owner, ctx.job_id)
        take(
            room.db,
            room.children,
            given,
            step=lambda done, total: ctx.stage("lesen", done, total),
            last=lambda conn, report: ctx.finish(report, connection=conn),
        )
        room.objects.delete(str(args["key"]))

    return run
