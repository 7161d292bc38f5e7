"""What people do with pipelines and datasets: look, start a run, take removals back, compare, make live, go back, follow a row."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.errors import Conflict, NotFound
from nova.flows.kinds import SEED
from nova.flows.seeding import publishing, raw, subjects
from nova.flows.seeding.engine_states import leave_engines
from nova.flows.seeding.running import Seeding, undo
from nova.flows.seeding.subjects import Correction, Left
from nova.ports import Audit
from nova.ports.jobs import OPEN, Jobs
from nova.ports.sources import Sample
from nova.records import Caller
from nova.seeding import versions
from nova.seeding.diff import Diff as Diff
from nova.seeding.pipeline import Pipeline
from nova.seeding.work.effort import Counts, Effort, effort
from nova.store import releases
from nova.store.seeding import runs
from nova.store.seeding import versions as rows
from nova.store.seeding.runs import Removal as Removal
from nova.store.seeding.runs import Run as Run
from nova.store.seeding.versions import Origin, Use
from nova.store.seeding.versions import Version as Version

SHOWN = 200


def _token(lookup: bytes) -> str:
    """Who is meant, in the audit log: never by name."""
    return f"person:{lookup.hex()[:16]}"


def _of(conn: Connection[Any], row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The manifest of a row's version, or the counts of the run that left it out."""
    if "dataset" in row:
        return publishing.find(conn, row["dataset"], row["version"]).manifest
    run = runs.get(conn, UUID(row["run"]))
    return run.counts if run is not None else {}


def title_of(pipeline: str) -> str:
    """What the job of a pipeline is called; there is one at a time."""
    return f"{SEED.title}: {pipeline}"


@dataclass(frozen=True, slots=True)
class PipelineState:
    """A pipeline, its last run, which version is live, and the job that waits or runs."""

    pipeline: Pipeline
    last: Run | None
    live: Version | None
    job_id: UUID | None


@dataclass(frozen=True, slots=True)
class Shelved:
    """Pipelines as they stand, and what is wrong with the files that are none, by the file's name."""

    states: list[PipelineState]
    faults: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Value:
    """What a column should hold (None: nothing), in all rows of a person or in one."""

    column: str
    value: str | None
    row_id: str | None


class SeedingDesk:
    """The use-cases of seeding at the doors."""

    def __init__(self, seeding: Seeding, jobs: Jobs, audit: Audit, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._seeding, self._jobs, self._audit, self._now = seeding, jobs, audit, now

    def pipelines(self) -> Shelved:
        """All, by name, and the files that are none."""
        shelf = self._seeding.pipelines()
        busy = {job.title: job.job_id for job in self._jobs.list(states=OPEN, kind=SEED.name, limit=100)}
        with self._seeding.db.transaction() as conn:
            states = [
                PipelineState(one, next(iter(runs.every(conn, name, 1)), None), publishing.live(conn, name), busy.get(title_of(name)))
                for name, one in sorted(shelf.pipelines.items())
            ]
        return Shelved(states, dict(sorted(shelf.faults.items())))

    def preview(self, who: Caller, name: str) -> Sample:
        """Ten records of a pipeline's source, nothing kept; that somebody looked is noted. Raises as the source does."""
        pipeline = self._seeding.pipeline(name)
        facts = raw.facts_of(who, pipeline)
        source = self._seeding.source(pipeline)
        with self._seeding.db.transaction() as conn:
            self._audit.record(who, "seeding.preview", f"pipeline:{name}", facts, connection=conn)
        return source.preview()

    def start(self, who: Caller, name: str, reason: str) -> UUID:
        """Queue a run; the one that waits or runs already is given instead of another. NotAllowed for raw data and others than those."""
        pipeline = self._seeding.pipeline(name)
        facts = raw.facts_of(who, pipeline)
        args = {"pipeline": name, "by": who.token, "reason": reason}
        with self._seeding.db.transaction() as conn:
            title = title_of(pipeline.name)
            started = self._jobs.start_once(SEED, args, title=title, counts=lambda job: job.title == title, connection=conn)
            if started.new:
                self._audit.record(who, "seeding.run", f"pipeline:{name}", {"job": started.job_id, **facts}, connection=conn)
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
        """What a run left out, with the records as they were: that somebody looked is noted. `page`: limit, offset.

        NotFound for no run, NotAllowed for raw data.
        """
        raw.require(who, self.run(run_id).counts)
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

    def effort(self, pipeline: str | None) -> Effort:
        """How many of the proposals of runs people decided on by hand, of one pipeline or all."""
        with self._seeding.db.transaction() as conn:
            return effort(Counts(**runs.effort(conn, pipeline)))

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
        """A version as one Parquet file; that somebody took it is noted. NotFound, NotAllowed for raw data."""
        with self._seeding.db.transaction() as conn:
            found = publishing.find(conn, dataset, version)
            raw.require(who, found.manifest)
            self._audit.record(who, "seeding.export", f"dataset:{dataset}", {"version": found.version, "rows": found.rows}, connection=conn)
        held = io.BytesIO()
        versions.read(self._seeding.objects, found).write_parquet(held)
        return held.getvalue()

    def diff(self, who: Caller, dataset: str, before: str, after: str) -> Diff:
        """What is between two versions; NotFound, NotAllowed for raw data."""
        with self._seeding.db.transaction() as conn:
            both = publishing.find(conn, dataset, before), publishing.find(conn, dataset, after)
        for one in both:
            raw.require(who, one.manifest)
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

    def person(self, who: Caller, name: str) -> list[dict[str, Any]]:
        """Every row of somebody's in datasets, at most `SHOWN`, and what runs left out; noted. NotFound where there is none."""
        lookup = self._seeding.lookup(name)
        with self._seeding.db.transaction() as conn:
            told = (one for one in subjects.access(conn, self._seeding.objects, [lookup]) if raw.may(who, _of(conn, one)))
            found = list(islice(told, SHOWN))
            if found:
                self._audit.record(who, "seeding.person", _token(lookup), {"rows": len(found)}, connection=conn)
        if not found:
            raise NotFound("Von dieser Person gibt es in den Datensätzen nichts.")
        return found

    def correct(self, who: Caller, name: str, wanted: Value) -> Left:
        """A value of somebody's is another one wherever it is. Raises as `subjects.correct`."""
        lookup = self._seeding.lookup(name)
        correction = Correction(lookup, wanted.column, wanted.value, wanted.row_id)
        anew = partial(leave_engines, self._jobs)
        left = subjects.correct(self._seeding.db, self._seeding.objects, correction, self._now(), anew)
        with self._seeding.db.transaction() as conn:
            facts = {"column": wanted.column, "rows": left.rows, "versions": left.versions}
            self._audit.record(who, "seeding.correct", _token(lookup), facts, connection=conn)
        return left

    def events(self, run_id: UUID) -> bytes:
        """A run as OpenLineage events, one a line; NotFound."""
        with self._seeding.db.transaction() as conn:
            return publishing.events(conn, run_id)
