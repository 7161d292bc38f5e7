"""What people do with pipelines and datasets: look, start a run, take removals back, compare, make live, go back, follow a row."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from nova.errors import Conflict, NotAllowed, NotFound
from nova.flows.kinds import SEED
from nova.flows.seeding import publishing
from nova.flows.seeding.running import Seeding, undo
from nova.ports import Audit
from nova.ports.jobs import OPEN, Jobs
from nova.ports.sources import Sample
from nova.records import Caller
from nova.seeding import versions
from nova.seeding.diff import Diff as Diff
from nova.seeding.pipeline import Pipeline
from nova.store import releases
from nova.store.seeding import runs
from nova.store.seeding import versions as rows
from nova.store.seeding.runs import Removal as Removal
from nova.store.seeding.runs import Run as Run
from nova.store.seeding.versions import Origin, Use
from nova.store.seeding.versions import Version as Version

RAW_ROLES = ("admin", "service")


def title_of(pipeline: str) -> str:
    """What the job of a pipeline is called; there is one at a time."""
    return f"{SEED.title}: {pipeline}"


def _raw_facts(who: Caller, pipeline: Pipeline) -> dict[str, Any]:
    """What is noted of a pipeline that reads what is not pseudonymised; NotAllowed for who may not."""
    if pipeline.raw_reason is None:
        return {}
    if who.role not in RAW_ROLES:
        raise NotAllowed("Diese Pipeline liest Rohdaten; das dürfen nur Betreiber und Dienstkonten.")
    return {"raw": pipeline.raw_reason}


@dataclass(frozen=True, slots=True)
class PipelineState:
    """A pipeline, its last run, which version is live, and the job that waits or runs."""

    pipeline: Pipeline
    last: Run | None
    live: Version | None
    job_id: UUID | None


class SeedingDesk:
    """The use-cases of seeding at the doors."""

    def __init__(self, seeding: Seeding, jobs: Jobs, audit: Audit, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._seeding, self._jobs, self._audit, self._now = seeding, jobs, audit, now

    def pipelines(self) -> list[PipelineState]:
        """All, by name."""
        busy = {job.title: job.job_id for job in self._jobs.list(states=OPEN, kind=SEED.name, limit=100)}
        with self._seeding.db.transaction() as conn:
            return [
                PipelineState(one, next(iter(runs.every(conn, name, 1)), None), publishing.live(conn, name), busy.get(title_of(name)))
                for name, one in sorted(self._seeding.pipelines().items())
            ]

    def preview(self, who: Caller, name: str) -> Sample:
        """Ten records of a pipeline's source, nothing kept; that somebody looked is noted. Raises as the source does."""
        pipeline = self._seeding.pipeline(name)
        facts = _raw_facts(who, pipeline)
        source = self._seeding.source(pipeline)
        with self._seeding.db.transaction() as conn:
            self._audit.record(who, "seeding.preview", f"pipeline:{name}", facts, connection=conn)
        return source.preview()

    def start(self, who: Caller, name: str, reason: str) -> UUID:
        """Queue a run; the one that waits or runs already is given instead of another. NotAllowed for raw data and others than those."""
        pipeline = self._seeding.pipeline(name)
        raw = _raw_facts(who, pipeline)
        args = {"pipeline": name, "by": who.token, "reason": reason}
        with self._seeding.db.transaction() as conn:
            title = title_of(pipeline.name)
            started = self._jobs.start_once(SEED, args, title=title, counts=lambda job: job.title == title, connection=conn)
            if started.new:
                self._audit.record(who, "seeding.run", f"pipeline:{name}", {"job": started.job_id, **raw}, connection=conn)
        return started.job_id

    def due(self, name: str) -> bool:
        """Whether a pipeline's hours have passed since its last run began."""
        every = self._seeding.pipeline(name).every_hours
        if every is None:
            return False
        with self._seeding.db.transaction() as conn:
            last = next(iter(runs.every(conn, name, 1)), None)
        return last is None or last.started_at + timedelta(hours=every) <= self._now()

    def runs(self, pipeline: str | None, limit: int) -> list[Run]:
        """Runs, newest first."""
        with self._seeding.db.transaction() as conn:
            return runs.every(conn, pipeline, limit)

    def run(self, run_id: UUID) -> Run:
        """One; NotFound."""
        with self._seeding.db.transaction() as conn:
            found = runs.get(conn, run_id)
        if found is None:
            raise NotFound("Diesen Lauf gibt es nicht.")
        return found

    def removals(self, who: Caller, run_id: UUID, step: str | None, page: tuple[int, int]) -> list[Removal]:
        """What a run left out, with the records as they were: that somebody looked is noted. `page`: limit, offset. NotFound for no run."""
        self.run(run_id)
        limit, offset = page
        with self._seeding.db.transaction() as conn:
            self._audit.record(who, "seeding.removals", f"run:{run_id}", {"step": step, "offset": offset}, connection=conn)
            return runs.removals(conn, run_id, step=step, limit=limit, offset=offset)

    def undo(self, who: Caller, run_id: UUID, ids: list[str] | None, kept_id: str | None) -> int:
        """Take removals back; how many."""
        count = undo(self._seeding, run_id, who.token, ids=ids, kept_id=kept_id)
        with self._seeding.db.transaction() as conn:
            self._audit.record(who, "seeding.undo", f"run:{run_id}", {"rows": count}, connection=conn)
        return count

    def versions(self, dataset: str | None) -> list[tuple[Version, str]]:
        """Versions, newest first, each with its state among releases."""
        with self._seeding.db.transaction() as conn:
            found = rows.every(conn, dataset)
            states = {
                (name, release.name): release.state
                for name in {one.dataset for one in found}
                for release in releases.every(conn, publishing.family(name))
            }
        return [(one, states.get((one.dataset, one.version), "candidate")) for one in found]

    def verify(self, dataset: str, version: str) -> list[str]:
        """What is wrong with a version's files; nothing: it is whole."""
        with self._seeding.db.transaction() as conn:
            found = publishing.find(conn, dataset, version)
        return versions.verify(self._seeding.objects, found)

    def export(self, who: Caller, dataset: str, version: str) -> bytes:
        """A version as one Parquet file; that somebody took it is noted. NotFound."""
        with self._seeding.db.transaction() as conn:
            found = publishing.find(conn, dataset, version)
            self._audit.record(who, "seeding.export", f"dataset:{dataset}", {"version": found.version, "rows": found.rows}, connection=conn)
        held = io.BytesIO()
        versions.read(self._seeding.objects, found).write_parquet(held)
        return held.getvalue()

    def diff(self, dataset: str, before: str, after: str) -> Diff:
        """What is between two versions; NotFound."""
        with self._seeding.db.transaction() as conn:
            both = publishing.find(conn, dataset, before), publishing.find(conn, dataset, after)
        return publishing.compare(self._seeding.objects, *both)

    def go_live(self, who: Caller, dataset: str, version: str) -> Version:
        """Make a version live. Conflict where it is already, is damaged, or did not pass its gate."""
        with self._seeding.db.long_transaction() as conn:
            found = publishing.find(conn, dataset, version)
            release = releases.get(conn, publishing.family(dataset), found.version)
            if release is None or not (release.gate or {}).get("passed"):
                raise Conflict("Diese Fassung hat die Regeln nicht erfüllt; in Gebrauch geht nur, was sie erfüllt.")
            publishing.go_live(conn, self._seeding.objects, found, {"passed": True}, who.token, self._now())
            self._audit.record(who, "seeding.live", f"dataset:{dataset}", {"version": found.version}, connection=conn)
        return found

    def roll_back(self, who: Caller, dataset: str) -> Version | None:
        """The version before is live again; which is (None: none). NotFound for no dataset; Conflict where none is live."""
        with self._seeding.db.transaction() as conn:
            if not rows.every(conn, dataset, 1):
                raise NotFound("Diesen Datensatz gibt es nicht.")
            back = publishing.roll_back(conn, dataset, who.token, self._now())
            facts: Mapping[str, Any] = {"version": back.version if back else None}
            self._audit.record(who, "seeding.rollback", f"dataset:{dataset}", facts, connection=conn)
        return back

    def origins(self, dataset: str, version: str, row_id: str) -> list[Origin]:
        """From where a row of a version came; NotFound where it has no such row."""
        with self._seeding.db.transaction() as conn:
            found = rows.origins(conn, publishing.find(conn, dataset, version).version_id, row_id)
        if not found:
            raise NotFound("Diese Fassung hat keinen solchen Datensatz.")
        return found

    def uses(self, source: str, source_key: str) -> list[Use]:
        """In which versions a source's record is, and who was given those."""
        with self._seeding.db.transaction() as conn:
            return rows.uses(conn, source, source_key)

    def events(self, run_id: UUID) -> bytes:
        """A run as OpenLineage events, one a line; NotFound."""
        with self._seeding.db.transaction() as conn:
            return publishing.events(conn, run_id)
