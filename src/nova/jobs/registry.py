"""Every kind of job that there is, by the file that declares it."""

from nova.jobs.kind import JobKind
from nova.jobs.kinds import (
    alerts,
    consent_log,
    embed,
    erase,
    forecasts,
    gaps,
    ingest,
    kpi,
    learn,
    recommend,
    reindex,
    report,
    retention,
    review,
    series,
    sweep,
    taking_back,
    unlearn,
    vector_ingest,
    weigh,
    wipe,
)
from nova.jobs.snapshots import make as snapshot
from nova.jobs.snapshots import prove

JOBS: tuple[JobKind, ...] = (
    *ingest.JOBS,
    *reindex.JOBS,
    *sweep.JOBS,
    *embed.JOBS,
    *weigh.JOBS,
    *series.JOBS,
    *taking_back.JOBS,
    *forecasts.JOBS,
    *recommend.JOBS,
    *kpi.JOBS,
    *gaps.JOBS,
    *alerts.JOBS,
    *learn.JOBS,
    *unlearn.JOBS,
    *review.JOBS,
    *report.JOBS,
    *consent_log.JOBS,
    *retention.JOBS,
    *erase.JOBS,
    *wipe.JOBS,
    *vector_ingest.JOBS,
    *snapshot.JOBS,
    *prove.JOBS,
)
