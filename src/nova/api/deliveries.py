"""Rows that people and programs send in, what became of them out; and stored rows as files."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from nova.api.doors import House
from nova.api.envelope import ok
from nova.api.models.data import ExportRange, ImportForm
from nova.api.shares import Made, Spender
from nova.api.waiting import settled
from nova.energy.charts import serve
from nova.energy.delivery import exports
from nova.energy.delivery.feeds import Intake, move
from nova.energy.delivery.imports import feed_store
from nova.energy.formats.parsed import Options
from nova.errors import InvalidInput, NotAllowed, NotFound
from nova.jobs.series import files_of, leave
from nova.ports import Parcel
from nova.records import EPOCH, Caller, JobView
from nova.store import batches, meters, prices
from nova.visibility import Visible

PUSH = "push"
COLUMNS = ("meter_id", "ts", "consumption_kw", "production_kw", "voltage", "quality", "seconds")
MOST_ROWS = 20_000


async def pushed(house: House, by: Spender, request: Request) -> Response:
    """Store the rows of a body: JSON or CSV. What is not understood is refused with a report; InvalidInput for an empty body."""
    body = await request.body()
    return ok(await by.run(_push, house, body, line=house.rooms.receiving))


def _push(house: House, body: bytes) -> dict[str, Any]:
    from nova.wiring.feeds import pushed as feed_of

    if not body.strip():
        raise InvalidInput("Die Anfrage enthält keine Messwerte.")
    with house.nova.db.transaction() as conn:
        if PUSH not in [one.name for one in batches.feeds(conn)]:
            batches.save_feed(conn, PUSH, PUSH, {}, enabled=True)
    intake = Intake(house.nova.db, feed_store(house.nova.children))
    moved = move(intake, feed_of(Parcel("HTTP", as_table(body))), EPOCH)
    return {"report": moved.reports[0]}


def as_table(body: bytes) -> bytes:
    """A JSON list of rows as the CSV that says the same; anything else as it is. InvalidInput for a list of something else."""
    if body.lstrip()[:1] != b"[":
        return body
    try:
        rows = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InvalidInput("Das ist kein gültiges JSON.") from error
    if not rows or len(rows) > MOST_ROWS or not all(isinstance(row, dict) for row in rows):
        raise InvalidInput(f"Erwartet wird eine Liste von einer bis {MOST_ROWS} Zeilen, jede ein Objekt.")
    unknown = sorted({str(name)[:40] for row in rows for name in row} - set(COLUMNS))
    if unknown:
        raise InvalidInput(f"Unbekannte Spalten: {', '.join(unknown[:5])}. Es gibt {', '.join(COLUMNS)}.")
    used = [name for name in COLUMNS if any(row.get(name) is not None for row in rows)]
    into = io.StringIO()
    table = csv.writer(into, lineterminator="\n")
    table.writerow(used)
    table.writerows(["" if row.get(name) is None else _cell(row[name]) for name in used] for row in rows)
    return into.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> str:
    return repr(value) if isinstance(value, float) else str(value).replace("\n", " ").replace("\r", " ").replace("\0", " ")[:100]


async def imported(house: House, by: Spender, form: ImportForm) -> Response:
    """Keep a file, start its job and wait for the report: 201 with it, 202 while it is being read. Busy when the line is long."""
    job = await by.run(_leave, house, by.caller, form, line=house.rooms.receiving)
    if form.wait:
        job = await settled(house, by.whose, job.job_id, form.wait)
    done = job.state in ("done", "failed", "cancelled")
    if done and job.result.get("code") == NotAllowed.code:
        raise NotAllowed(job.result["reasons"][0]["text"])
    return ok({"job_id": job.job_id, "report": report_of(job) if done else None}, status=201 if done else 202)


def _leave(house: House, caller: Caller, form: ImportForm) -> JobView:
    nova, name = house.nova, shown_name(form.file.filename or "")
    data = form.file.file.read()
    if not data:
        raise InvalidInput("Die Datei ist leer.")
    options = Options(name, form.format, form.meter, form.zone, form.clock, form.unit)
    return nova.jobs.get(leave(files_of(nova), caller, data, options))


def report_of(job: JobView) -> Mapping[str, Any]:
    """The report that a job ended with; of one that failed, why."""
    return job.result if job.state == "done" else {"state": "failed", "reason": job.error or "Der Auftrag wurde abgebrochen."}


def shown_name(name: str) -> str:
    """A file's name without its folders and without what cannot be shown."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:200]


def exported(house: House, by: Spender, asked: ExportRange) -> Response:
    """Stored readings or prices as a file that comes as it is made; NotFound for another's meter and for what nobody trades."""
    start, end = asked.bounds
    serve.check(serve.Window(start, end))
    pieces = _prices(house, asked, start, end) if asked.what == "prices" else _readings(house, by.caller, asked, start, end)
    body = exports.written(pieces, asked.format)
    ending = {"csv_de": "csv"}.get(asked.format, asked.format)
    headers = {"Content-Disposition": f'attachment; filename="nova-{asked.what}.{ending}"', "Cache-Control": "no-store"}
    return Made(by, body, exports.MEDIA[asked.format], headers)


def _readings(house: House, caller: Caller, asked: ExportRange, start: int, end: int) -> Iterator[Any]:
    if not asked.meter_id:
        raise InvalidInput("Nennen Sie mindestens einen Zähler (`meter_id`).")
    seen = Visible.to(caller)
    with house.nova.db.transaction() as conn:
        for meter_id in asked.meter_id:
            meters.get(conn, meter_id, seen)
    return exports.stored_readings(house.nova.db, asked.meter_id, start, end, seen)


def _prices(house: House, asked: ExportRange, start: int, end: int) -> Iterator[Any]:
    with house.nova.db.transaction() as conn:
        traded = [one.product for one in prices.products(conn)]
    found = [one for one in traded if one.zone == asked.zone and asked.market in (None, one.market)]
    if not found:
        raise NotFound("Dafür gibt es keine Preise.", data={"market": asked.market, "zone": asked.zone})
    return exports.stored_prices(house.nova.db, found, start, end)
