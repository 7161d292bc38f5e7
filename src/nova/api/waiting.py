"""A receipt in, the answer to an upload out: 201 with the passages once they are stored, 202 while they are being made."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import anyio
from anyio.to_thread import run_sync
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from nova.api.doors import House
from nova.api.envelope import ok
from nova.api.limits import Line
from nova.api.models.items import IngestForm
from nova.errors import Busy, Conflict, InfectedFile, NovaError, UnsupportedFile
from nova.knowledge.intake import Labels, Receipt, receive_file, receive_url
from nova.records import Caller, JobView

MOST_WAITING = 16
MOST_RECEIVING = 8  # each holds its file in memory and a connection to the database
MOST_DRAWING = 4  # each holds a whole file and a child process
MOST_IN_LINE = 32
Drawn = TypeVar("Drawn")


def split_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags from repeated fields and comma lists, each once."""
    parts = (part.strip() for tag in tags for part in tag.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def waiting_room() -> anyio.CapacityLimiter:
    """Threads that only wait for jobs, apart from those that work."""
    return anyio.CapacityLimiter(MOST_WAITING)


def receiving_room() -> anyio.CapacityLimiter:
    """Threads that store uploads: a slow file store holds up these, not the questions."""
    return anyio.CapacityLimiter(MOST_RECEIVING)


async def taken(house: House, caller: Caller, form: IngestForm) -> Receipt:
    """Store an upload, in line behind the others; Busy when the line is long."""
    if house.receivers.statistics().tasks_waiting >= MOST_IN_LINE:
        raise Busy("Gerade werden zu viele Dateien aufgenommen. Bitte versuchen Sie es gleich noch einmal.", data={"retry_after": 5})
    labels, upload = Labels(form.kind, form.source, split_tags(form.tags)), form.file
    name = upload.filename or ""
    with _counted(house):
        return await run_sync(receive_file, house.nova.intake, caller, upload.file, name, labels, form.replace, limiter=house.receivers)


@contextmanager
def _counted(house: House) -> Iterator[None]:
    try:
        yield
    except InfectedFile:
        house.metrics.ingests.labels("infected").inc()
        raise


def drawing_line() -> Line:
    """Where those stand who want to see a page."""
    return Line(MOST_DRAWING, MOST_IN_LINE, "Seiten gezeichnet")


async def drawn(house: House, work: Callable[..., Drawn], *args: object) -> Drawn:
    """What `work` gives for the shelf, the reader of files and `args`; Busy when the line is long."""
    async with house.drawing.place():
        return await run_in_threadpool(work, house.nova.shelf, house.nova.texts, *args)


async def fetched(house: House, caller: Caller, url: str, labels: Labels) -> Receipt:
    """Load an address in one of the waiting threads, so that slow hosts never hold up the others; Busy when all wait."""
    if house.waiters.available_tokens < 1:
        raise Busy("Gerade werden zu viele Adressen geladen. Bitte versuchen Sie es gleich noch einmal.", data={"retry_after": 5})
    with _counted(house):
        return await run_sync(receive_url, house.nova.intake, caller, url, labels, limiter=house.waiters)


async def received(house: House, receipt: Receipt, wait: int) -> Response:
    """Wait up to `wait` seconds for the job; UnsupportedFile when the file could not be read, Conflict when it was deleted in that time."""
    job = await _job(house, receipt, wait)
    house.metrics.ingests.labels("received").inc()
    if job.state in ("failed", "cancelled"):
        raise _failure(job, receipt)
    if job.result.get("deleted"):
        raise Conflict("Das Dokument wurde gelöscht, während es gelesen wurde.", data={"item_id": str(receipt.item_id)})
    chunks = job.result.get("chunks") if job.state == "done" else None
    data = {"item_id": receipt.item_id, "chunks": chunks, "sha256": receipt.sha256, "job_id": receipt.job_id, "version": receipt.version}
    return ok(data | {"status": "ready" if job.state == "done" else receipt.status}, status=201 if job.state == "done" else 202)


async def _job(house: House, receipt: Receipt, wait: int) -> JobView:
    jobs = house.nova.jobs
    if wait == 0 or house.waiters.available_tokens < 1:
        return await run_in_threadpool(jobs.get, receipt.job_id)
    return await run_sync(jobs.wait, receipt.job_id, float(wait), limiter=house.waiters)


def _failure(job: JobView, receipt: Receipt) -> NovaError:
    data = {"item_id": str(receipt.item_id), "job_id": str(receipt.job_id), "reason": job.error_code}
    return UnsupportedFile(job.error or "Die Datei konnte nicht gelesen werden.", data=data)
