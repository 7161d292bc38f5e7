"""An open workshop in, its worker out: which handler does which kind of job, and what runs by the clock."""

from collections.abc import Collection, Mapping

from nova.jobs.kind import SERVING, WORKER
from nova.jobs.registry import JOBS
from nova.jobs.worker import Worker
from nova.ports.jobs import JobHandler
from nova.wiring import Nova, Running, Workshop

OWN_AT_ONCE = 3  # embedding and weighing a whole corpus take hours; snapshots do not wait for them
FORMER = ("audit-seal",)  # kinds that an earlier release scheduled


def handlers(shop: Workshop, labels: Collection[str]) -> Mapping[str, JobHandler]:
    """What a process with these labels does, by the name of the kind; kinds that it cannot do are left out."""
    able = ((job.name, job.handler(shop)) for job in JOBS if {*job.runs_on} & {*labels})
    return {name: handler for name, handler in able if handler is not None}


def open_worker(shop: Workshop, *, concurrency: int | None = None, labels: Collection[str] = ()) -> Worker[Running]:
    """A worker for this process, not yet started. With the embedded database it is the only one there can be, and takes every label.

    With NOVA_JOB_WORKERS=0 it does only what others need not be able to do, and leaves the rest to `nova worker` processes.
    """
    if serves := isinstance(shop, Nova):
        schedule(shop)
    size = shop.settings.NOVA_JOB_WORKERS if concurrency is None else concurrency
    if size == 0:
        return Worker(shop.jobs, handlers(shop, [SERVING]), concurrency=OWN_AT_ONCE, sole=shop.embedded, listed=None)
    asked = {*labels} - {SERVING}  # who does not serve cannot do what needs the Nova that does
    mine = {WORKER, *asked, *([SERVING] if serves else []), *(every_label() if shop.embedded and serves else [])}
    return Worker(shop.jobs, handlers(shop, mine), concurrency=size, sole=shop.embedded, listed=None if shop.embedded else labels)


def every_label() -> set[str]:
    """Every label that some kind asks for."""
    return {label for job in JOBS for label in job.runs_on}


def schedule(nova: Nova) -> None:
    """The Nova that serves says what runs by the clock; a worker with other settings must not."""
    for job in JOBS:
        every = job.rhythm(nova.settings)
        if every is None:
            nova.jobs.unschedule(job.name)
        else:
            nova.jobs.schedule(job.kind, every, job.args)
        if job.begin is not None:
            job.begin(nova)
    for name in FORMER:
        nova.jobs.unschedule(name)
