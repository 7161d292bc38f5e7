"""The job `weigh`: an embedding model's worth is measured on this installation's own documents, and kept."""

from nova.errors import Conflict
from nova.flows.weighing import Bench, weigh
from nova.jobs.kind import SERVING, WORKER, JobKind
from nova.knowledge.kinds import WEIGH
from nova.ports.jobs import JobContext, JobHandler
from nova.wiring import Nova, Workshop, scratch_index


def handler(bench: Bench | None) -> JobHandler:
    """Arguments: `questions`, each with `question` and `places` of `item_id` and `section` ("": the whole document)."""

    def run(ctx: JobContext) -> None:
        if bench is None:
            raise Conflict("Es ist kein Einbettungsmodell eingerichtet (EMBED_MODEL).")
        weigh(bench, ctx)

    return run


def _opened(shop: Workshop) -> JobHandler | None:
    # As that of `embed`.
    if shop.dense is None:
        return handler(None) if isinstance(shop, Nova) else None
    return handler(Bench(shop.dense, shop.vocabulary, scratch_index, shop.settings.NOVA_DATA / "cache" / "weigh"))


JOBS = (JobKind(WEIGH, _opened, runs_on=(WORKER, SERVING)),)
