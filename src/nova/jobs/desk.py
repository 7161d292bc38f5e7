"""An open workshop in, its worker out: which handler does which kind of job, and what runs by the clock."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from uuid import UUID

from nova.jobs import (
    alerts,
    audit,
    consent_log,
    embed,
    erase,
    forecasts,
    gaps,
    ingest,
    kpi,
    learn,
    prove,
    recommend,
    reindex,
    report,
    retention,
    review,
    series,
    snapshot,
    sweep,
    taking_back,
    unlearn,
    vector_ingest,
    weigh,
    wipe,
)
from nova.jobs.kept import Kept
from nova.jobs.worker import Worker
from nova.knowledge.dense import behind
from nova.knowledge.index import drain, missing
from nova.knowledge.passages import TalkRoom
from nova.ports import JobHandler
from nova.privacy import strict_scan
from nova.telemetry.upkeep import keep_ready
from nova.wiring import Nova, Running, Workshop, documents_of, scratch_index

SWEEP_EVERY = timedelta(hours=24)
PROVE_EVERY = timedelta(days=7)
EMBED_EVERY = timedelta(hours=1)
OWN_AT_ONCE = 3  # embedding and weighing a whole corpus take hours; snapshots do not wait for them


def handlers(shop: Workshop) -> Mapping[str, JobHandler]:
    """Every kind of job that this process can do, and what does it."""
    return {
        **own_handlers(shop),
        **(dense_handlers(shop) if shop.dense else {}),
        "ingest": embed.after(ingest.handler(shop.reading), shop.jobs),
        "reindex": reindex.handler(shop.index_room),
        "apply": reindex.apply_handler(shop.index_room),
        "sweep": sweep.handler(shop.index_room, shop.objects),
        series.IMPORT: series.import_handler(series.files_of(shop)),
        taking_back.TAKE_BACK: taking_back.handler(shop.db, shop.jobs),
        taking_back.FACTS: taking_back.facts_handler(shop.db),
        recommend.RECOMMEND: recommend.handler(shop.db),
        learn.LEARN: learn.handler(learn.Bench(shop.db, documents_of(shop.index), shop.analysers.current, shop.vocabulary)),
        kpi.KPI: kpi.handler(kpi.bench_of(shop), gaps.library_of(shop)),
        review.FILL: review.fill_handler(shop.db, shop.analysers.current),
        forecasts.FORECAST: forecasts.handler(shop.db, shop.objects, shop.children),
        unlearn.RELEARN: unlearn.relearn_handler(shop.db),
        series.RETENTION: series.retention_handler(shop.db, shop.settings.NOVA_READINGS_DAYS or None),
    }


def own_handlers(shop: Workshop) -> Mapping[str, JobHandler]:
    """What the Nova that serves always does: snapshots and pages lie in its folder, and nobody else need reach the embedding model.

    A page that names pseudonyms must lie where an erasure finds it.
    """
    if not isinstance(shop, Nova):
        return {}
    alarms = alerts.alarms_of(shop)
    return {
        "snapshot": snapshot.handler(shop),
        alerts.ALERTS: alerts.handler(alarms),
        alerts.NOTIFY: alerts.notify_handler(shop.db, alarms.channels),
        consent_log.LOG: consent_log.handler(shop.db, shop.settings.NOVA_DATA),
        retention.RETAIN: retention.handler(shop),
        vector_ingest.VECTOR_INGEST: embed.after(vector_ingest.handler(talk_room(shop), shop.settings.NOVA_DATA), shop.jobs),
        "prove": prove.handler(shop),
        report.REPORT: report.handler(shop.db, shop.settings.NOVA_DATA),
        erase.ERASE: erase.handler(shop),
        wipe.WIPE: wipe.handler(shop),
        review.PUBLISH: review.publish_handler(shop.intake, shop.shelf),
        **dense_handlers(shop),
    }


def talk_room(shop: Workshop) -> TalkRoom:
    """What makes conversations passages."""
    return TalkRoom(shop.index_room, shop.people.agreed, strict_scan)


def dense_handlers(shop: Workshop) -> Mapping[str, JobHandler]:
    """What needs the embedding model; without one, what is still queued ends."""
    scratch = shop.settings.NOVA_DATA / "cache" / "weigh"
    return {
        "embed": embed.handler(shop.dense, partial(weigh.start_once, shop.jobs)),
        "weigh": weigh.handler(weigh.Bench(shop.dense, shop.vocabulary, scratch_index, scratch) if shop.dense else None),
    }


def open_worker(shop: Workshop, *, concurrency: int | None = None) -> Worker[Running]:
    """A worker for this process, not yet started. With the embedded database it is the only one there can be.

    With NOVA_JOB_WORKERS=0 it does only what others need not be able to do, and leaves the rest to `nova worker` processes.
    """
    if isinstance(shop, Nova):
        _schedule(shop)
    size = shop.settings.NOVA_JOB_WORKERS if concurrency is None else concurrency
    if size == 0:
        return Worker(shop.jobs, own_handlers(shop), concurrency=OWN_AT_ONCE, sole=shop.embedded, listed=False)
    return Worker(shop.jobs, handlers(shop), concurrency=size, sole=shop.embedded, listed=not shop.embedded)


def _schedule(nova: Nova) -> None:
    """The Nova that serves says what runs by the clock; a worker with other settings must not."""
    nova.jobs.schedule("sweep", SWEEP_EVERY, {}, title="Aufräumen")
    nova.jobs.schedule(recommend.RECOMMEND, recommend.EVERY, {}, title=recommend.TITLE)
    nova.jobs.schedule(kpi.KPI, kpi.EVERY, {}, title=kpi.TITLE)
    nova.jobs.schedule(consent_log.LOG, consent_log.EVERY, {}, title=consent_log.TITLE)
    consent_log.start_soon(nova.jobs, nova.settings.NOVA_DATA)
    nova.jobs.schedule(review.FILL, review.FILL_EVERY, {}, title=review.FILL_TITLE)
    nova.jobs.schedule(learn.LEARN, learn.EVERY, {}, title=learn.TITLE)
    nova.jobs.schedule(forecasts.FORECAST, forecasts.EVERY, {}, title=forecasts.TITLE)
    nova.jobs.schedule(series.RETENTION, SWEEP_EVERY, {}, title="Aufbewahrung der Messwerte")
    nova.jobs.schedule(erase.ERASE, SWEEP_EVERY, {}, title=erase.RESUMED)
    nova.jobs.schedule(retention.RETAIN, SWEEP_EVERY, {}, title=retention.TITLE)
    nova.jobs.schedule(alerts.ALERTS, alerts.EVERY, {}, title=alerts.TITLE)
    alerts.start_first(nova.db, nova.jobs)
    nova.jobs.schedule(report.REPORT, report.EVERY, {}, title=report.TITLE)
    nova.jobs.unschedule(audit.FORMER_JOB)
    nova.jobs.schedule(vector_ingest.VECTOR_INGEST, vector_ingest.EVERY, {"replay": False}, title=vector_ingest.TITLE)
    _schedule_snapshots(nova)
    if nova.dense is None:
        nova.jobs.unschedule("embed")
        return
    nova.jobs.schedule("embed", EMBED_EVERY, {}, title=embed.TITLE)
    if behind(nova.dense):
        embed.start_once(nova.jobs)


def _schedule_snapshots(nova: Nova) -> None:
    hours = nova.settings.NOVA_SNAPSHOT_EVERY
    snapshot.require_recipient(nova.settings)
    Kept(nova.settings.NOVA_DATA).expect(hours > 0)
    if hours:
        nova.jobs.schedule("snapshot", timedelta(hours=hours), {"origin": "schedule"}, title="Sicherung")
    else:
        nova.jobs.unschedule("snapshot")
    nova.jobs.schedule("prove", PROVE_EVERY, {}, title="Probe der letzten Sicherung")


def catch_up(shop: Workshop) -> UUID | None:
    """Make ready what a start needs: partitions for events, and the index level with Postgres. Gives the job when it has to be rebuilt.

    Raises ServerAbsent when the index's server is away; `nova.jobs.level` does it again then.
    """
    keep_ready(shop.db)
    drain(shop.index_room)
    shop.analysers.current()
    if missing(shop.index_room, still=True) == 0 and not shop.index.rebuild_needed and not shop.analysers.outdated:
        return None
    return rebuild_once(shop)


def rebuild_once(shop: Workshop) -> UUID | None:
    """Start a rebuild of the whole index, unless a rebuild waits or runs; its job."""
    if shop.jobs.list(states=("queued", "running"), kind="reindex", limit=1):
        return None
    return shop.jobs.start("reindex", {"item_ids": None, "relearn": False}, title="Index wiederherstellen")
