"""Requests that send rows, take them back or ask for a file: each in its turn, waited for as long as was asked."""

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from nova.api.doors import House, key_of
from nova.api.limits.shares import Made, Spender
from nova.api.models.data import ExportRange, ImportForm
from nova.api.protocol.envelope import ok
from nova.api.views.series import delivery_view
from nova.api.waiting import settled
from nova.energy.delivery import exports
from nova.energy.formats.parsed import Options
from nova.errors import InvalidInput, NotAllowed
from nova.records import Caller, JobView

WAIT_S = 30


async def pushed(house: House, by: Spender, request: Request) -> Response:
    """Store the rows of a body: JSON or CSV. What is not understood is refused with a report; InvalidInput for an empty body."""
    body = await request.body()
    return ok({"report": await by.run(house.cases.energy.pushed_readings.store, body, line=house.rooms.receiving)})


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
    options = Options(shown_name(form.file.filename or ""), form.format, form.meter, form.zone, form.clock, form.unit)
    job_id = house.cases.energy.import_files.leave(caller, form.file.file.read(), options)
    return house.cases.people.job_control.ended(job_id, 0.0)


def report_of(job: JobView) -> Mapping[str, Any]:
    """The report that a job ended with; of one that failed, why."""
    return job.result if job.state == "done" else {"state": "failed", "reason": job.error or "Der Auftrag wurde abgebrochen."}


def shown_name(name: str) -> str:
    """A file's name without its folders and without what cannot be shown."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:200]


async def take_back(house: House, caller: Caller, batch_id: int) -> Response:
    """Take a delivery back and wait for it: 200 with it, 202 while it lasts. NotFound, NotAllowed, Conflict."""
    job_id = await run_in_threadpool(house.cases.energy.deliveries.take_back, caller, batch_id)
    job = await settled(house, key_of(caller), job_id, WAIT_S)
    done = job.state == "done"
    if job.state == "failed":
        raise InvalidInput(job.error or "Die Lieferung ließ sich nicht zurücknehmen.")
    found = await run_in_threadpool(house.cases.energy.deliveries.one, caller, batch_id)
    return ok({"job_id": job_id, "import": delivery_view(found)}, status=200 if done else 202)


def exported(house: House, by: Spender, asked: ExportRange) -> Response:
    """Stored readings or prices as a file that comes as it is made; NotFound for another's meter and for what nobody trades."""
    stored = house.cases.energy.exports
    if asked.what == "prices":
        body = exports.written(stored.prices(asked.market, asked.zone, asked.window), asked.format)
    else:
        body = exports.written(stored.readings(by.caller, asked.meter_id, asked.window), asked.format)
    ending = {"csv_de": "csv"}.get(asked.format, asked.format)
    headers = {"Content-Disposition": f'attachment; filename="nova-{asked.what}.{ending}"', "Cache-Control": "no-store"}
    return Made(by, body, exports.MEDIA[asked.format], headers)
