"""A receipt in, the answer to an upload out: 201 with the passages once they are stored, 202 while they are being made."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from nova.api.doors import House
from nova.api.limits.shares import Spender
from nova.api.models.items import IngestForm
from nova.api.protocol.envelope import ok
from nova.errors import Conflict, InfectedFile, NovaError, UnsupportedFile
from nova.knowledge.intake import Labels, Receipt
from nova.records import JobView


def split_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags from repeated fields and comma lists, each once."""
    parts = (part.strip() for tag in tags for part in tag.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


async def taken(house: House, by: Spender, form: IngestForm) -> Receipt:
    """Store an upload, in line behind the others; Busy when the line is long, BudgetSpent, QuotaExceeded."""
    labels, upload = Labels(form.kind, form.source, split_tags(form.tags)), form.file
    name = upload.filename or ""
    with _counted(house):
        take = house.cases.documents.reception.file
        return await by.run(take, by.caller, upload.file, name, labels, form.replace, line=house.rooms.receiving)


@contextmanager
def _counted(house: House) -> Iterator[None]:
    try:
        yield
    except InfectedFile:
        house.metrics.ingests.labels("infected").inc()
        raise


async def fetched(house: House, by: Spender, url: str, labels: Labels) -> Receipt:
    """Load an address in one of the threads that wait, so that slow hosts never hold up the others; Busy when the caller's all wait."""
    with _counted(house):
        return await by.run(house.cases.documents.reception.address, by.caller, url, labels, line=house.rooms.waiting)


async def received(house: House, by: Spender, receipt: Receipt, wait: int) -> Response:
    """Wait up to `wait` seconds for the job; UnsupportedFile when the file could not be read, Conflict when it was deleted in that time."""
    job = await settled(house, by.whose, receipt.job_id, wait)
    house.metrics.ingests.labels("received").inc()
    if job.state in ("failed", "cancelled"):
        raise _failure(job, receipt)
    if job.result.get("deleted"):
        raise Conflict("Das Dokument wurde gelöscht, während es gelesen wurde.", data={"item_id": str(receipt.item_id)})
    chunks = job.result.get("chunks") if job.state == "done" else None
    data = {"item_id": receipt.item_id, "chunks": chunks, "sha256": receipt.sha256, "job_id": receipt.job_id, "version": receipt.version}
    return ok(data | {"status": "ready" if job.state == "done" else receipt.status}, status=201 if job.state == "done" else 202)


async def settled(house: House, whose: str, job_id: UUID, wait: int) -> JobView:
    """A job once it has ended, or as it stands after `wait` seconds; at once where too many of this caller's requests wait for jobs."""
    ended, room = house.cases.people.job_control.ended, house.rooms.waiting
    if wait == 0 or not room.free(whose):
        return await run_in_threadpool(ended, job_id, 0.0)
    return await room.run(whose, ended, job_id, float(wait))


def _failure(job: JobView, receipt: Receipt) -> NovaError:
    data = {"item_id": str(receipt.item_id), "job_id": str(receipt.job_id), "reason": job.error_code}
    return UnsupportedFile(job.error or "Die Datei konnte nicht gelesen werden.", data=data)
