"""The job `consent-log`: what people agreed to in, the page `data/consent_log.md` out: pseudonyms, purposes and times, no names."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from nova import german
from nova.governance.consent import TITLES
from nova.jobs import journal
from nova.jobs.kind import SERVING, JobKind
from nova.ports.jobs import JobContext, JobHandler, Jobs, Kind
from nova.ports.people import Purpose
from nova.store import people
from nova.store.db import Database

LOG = Kind("consent-log", "Verlauf der Einwilligungen")
PLACE = "data/consent_log.md"
EVERY = timedelta(hours=1)
MOST_ENTRIES = 5_000
HEAD = ("Eingegangen", "Gesagt", "Person", "Zweck", "", "Fassung", "Quelle")


def handler(db: Database, data: Path) -> JobHandler:
    """No arguments."""

    def run(ctx: JobContext) -> None:
        ctx.progress("schreiben")
        ctx.finish({"page": PLACE, "entries": write(db, data)})

    return run


def start_soon(jobs: Jobs, data: Path) -> UUID | None:
    """Write the page soon where there is none, or one from before the last time that it was due; None where there is."""
    page = journal.journal(data) / PLACE
    if page.is_file() and time.time() - page.stat().st_mtime < EVERY.total_seconds():
        return None
    started = jobs.start_once(LOG, states=("queued",))
    return started.job_id if started.new else None


def write(db: Database, data: Path, now: datetime | None = None) -> int:
    """Write the page anew from the latest entries; how many it holds."""
    moment = now or datetime.now(UTC)
    with db.transaction() as conn:
        entries = people.consent_log(conn, MOST_ENTRIES + 1)
        counts = {purpose: people.agreements(conn, people.Whose(purpose=purpose, limit=1))[1] for purpose in TITLES}
        everyone = people.agreements(conn, people.Whose(limit=1))[1]
    journal.write(data, PLACE, _page(entries, everyone, counts, moment))
    return min(len(entries), MOST_ENTRIES)


def _page(entries: list[people.ConsentRow], everyone: int, counts: Mapping[Purpose, int], now: datetime) -> str:
    titles: Mapping[str, str] = {str(purpose): title for purpose, title in TITLES.items()}
    rows = [
        (_time(row.recorded_at), _time(row.at), row.subject_id, titles.get(row.purpose, row.purpose),
         "erteilt" if row.given else "verweigert oder widerrufen", row.version, row.source)
        for row in entries[:MOST_ENTRIES]
    ]  # fmt: skip
    more = f"\nÄltere Einträge stehen in der Datenbank; hier stehen die jüngsten {MOST_ENTRIES}.\n" if len(entries) > MOST_ENTRIES else ""
    return (
        f"# Einwilligungen\n\nStand: {_time(now)}. Personen erscheinen nur mit ihrem Pseudonym; die Angaben sind pseudonymisiert.\n\n"
        f"{journal.table(('Zweck', 'Personen, die zustimmen'), [(titles[purpose], n) for purpose, n in counts.items()])}\n"
        f"Personen, die sich geäußert haben: {everyone}\n\n## Verlauf\n\n{journal.table(HEAD, rows)}{more}"
    )


def _time(moment: datetime | None) -> str:
    return "" if moment is None else german.moment(moment)


# A page that names pseudonyms must lie where an erasure finds it.
JOBS = (
    JobKind(
        LOG,
        lambda nova: handler(nova.db, nova.settings.NOVA_DATA),
        EVERY,
        runs_on=(SERVING,),
        begin=lambda nova: start_soon(nova.jobs, nova.settings.NOVA_DATA),
    ),
)
