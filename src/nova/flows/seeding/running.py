"""A run of a pipeline: from its source through cleaning and judging to a version, or a stop that says why.

What a source gave is stored first, then everything else in one transaction at the end: a run that is killed leaves batches and no half
version; the next one begins anew or goes on behind them, as its pipeline says.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova import german
from nova.errors import NotFound, NovaError
from nova.flows.seeding import publishing, raw
from nova.flows.seeding.collecting import Collected, Place, collected
from nova.flows.seeding.publishing import Draft
from nova.ports import Objects
from nova.ports.jobs import JobContext
from nova.ports.sources import Source
from nova.seeding import lineage, versions
from nova.seeding.judge.policy import Policy, chosen
from nova.seeding.lineage import Lookup
from nova.seeding.pipeline import Pipeline, Shelf
from nova.seeding.work.refine import Refine, Refined, Task, refine
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.quality.alerts import NewNotice
from nova.store.seeding import runs
from nova.store.seeding.runs import Run, RunState
from nova.store.seeding.versions import Version

BROKEN_OFF = "Der Lauf wurde unterbrochen."
CRASHED = "Der Lauf brach mit einem unerwarteten Fehler ab; Einzelheiten stehen im Protokoll."
ENDS = {"done": "fertig", "stopped": "angehalten", "failed": "gescheitert"}
PROGRAMS, EVERYBODY = ("webhook",), ("webhook", "mail")
Tell = Callable[[Connection[Any], NewNotice], None]


@dataclass(frozen=True, slots=True)
class Seeding:
    """What runs need: the tables, the files, the HMAC of a person's name, pipelines and policies by name, how a source is opened, who does
    the work on records, and how programs and people outside are told of a run's end.
    """

    db: Database
    objects: Objects
    lookup: Lookup
    pipelines: Callable[[], Shelf]
    policies: Callable[[], Mapping[str, Policy]]
    source: Callable[[Pipeline], Source]
    refine: Refine = refine
    tell: Tell = lambda _conn, _notice: None

    def pipeline(self, name: str) -> Pipeline:
        """One by name; NotFound, or InvalidInput where its file is faulty."""
        return self.pipelines().one(name)


def run(seeding: Seeding, pipeline: Pipeline, asked: tuple[str, str], ctx: JobContext) -> dict[str, Any]:
    """Run a pipeline for somebody (`asked`: who and why); what came of it, for the job's record.

    Raises what its source raises, InvalidInput for what is wrong with its steps or records, Conflict where a person left meanwhile.
    """
    by, reason = asked
    begun = Run(uuid7(), pipeline.name, by, reason, datetime.now(UTC), None, "running", {}, "")
    with seeding.db.transaction() as conn:
        for left in runs.every(conn, pipeline.name):
            if left.state == "running":  # one at a time: whoever ran it is gone
                runs.end(conn, left.run_id, "failed", left.counts, begun.started_at, BROKEN_OFF)
        runs.start(conn, begun)
    told = CRASHED
    try:
        return _run(seeding, pipeline, begun, ctx)
    except NovaError as error:
        told = error.message
        raise
    finally:
        with seeding.db.transaction() as conn:  # does nothing for a run that has ended
            _end(seeding, conn, begun, "failed", {}, told)


def _run(seeding: Seeding, pipeline: Pipeline, begun: Run, ctx: JobContext) -> dict[str, Any]:
    ctx.progress("sammeln")
    policy = chosen(seeding.policies(), pipeline.policy)
    got = collected(Place(seeding.db, seeding.objects, seeding.lookup), seeding.source(pipeline), pipeline, begun, ctx)
    with seeding.db.transaction() as conn:
        spared = [one.row_id for one in runs.undone(conn, pipeline.name)]
        now = publishing.live(conn, pipeline.name)
    task = Task(pipeline, policy, tuple(spared), datetime.now(UTC).date())
    before = None if now is None else versions.read(seeding.objects, now)
    done = seeding.refine(got.rows, before, task, ctx.progress)
    counts: dict[str, Any] = {**done.counts, "rows_in": len(got.rows) + got.barred, "problems": got.problems, **raw.marked(pipeline)}
    if done.stopped is not None:
        with seeding.db.transaction() as conn:
            _end(seeding, conn, begun, "stopped", counts, done.stopped)
        return {"run_id": str(begun.run_id), "state": "stopped", "reason": done.stopped}
    if got.barred:
        counts |= {"removed": counts["removed"] + got.barred, "steps": {**counts["steps"], lineage.EXCLUDED: got.barred}}
    ctx.progress("ablegen")
    return _kept(seeding, pipeline, begun, (got, done), counts)


def _kept(seeding: Seeding, pipeline: Pipeline, begun: Run, made: tuple[Collected, Refined], counts: dict[str, Any]) -> dict[str, Any]:
    """Removals, the version and the run's end in one transaction; the version goes live where the pipeline says so and its gate passed."""
    (got, done), now = made, datetime.now(UTC)
    frame = done.kept
    passed = bool(counts["gate"]["passed"]) and not frame.is_empty()
    facts = {
        "policy": pipeline.policy, "steps": [next(iter(step)) for step in pipeline.steps], "purpose": pipeline.purpose,
        "quality": counts["quality"], "rows_in": counts["rows_in"], "removed": counts["steps"],
        **raw.marked(pipeline),
    }  # fmt: skip
    with seeding.db.long_transaction() as conn:
        runs.copy_removals(conn, lineage.removal_lines(done.removed, got.found, got.rows, begun.run_id))
        draft = Draft(pipeline.name, begun.run_id, frame, got.found, facts, {"passed": passed, "held": counts["gate"]["held"]})
        version = publishing.publish(conn, seeding.objects, draft, begun.started_by, now)
        new = _is_new(conn, version)
        live = passed and pipeline.live == "by_itself" and new
        if live:
            publishing.go_live(conn, seeding.objects, version, {"passed": True}, begun.started_by, now)
        counts |= {"version": version.version, "live": live, "unchanged": not new}
        _end(seeding, conn, begun, "done", counts)
    told = f"{german.number(len(frame), 0)} von {german.number(counts['rows_in'], 0)} Datensätzen"
    return {"run_id": str(begun.run_id), "state": "done", "version": version.version, "live": live, "told": told}


def _end(seeding: Seeding, conn: Connection[Any], begun: Run, state: RunState, counts: Mapping[str, Any], why: str = "") -> None:
    """A run ends, once, and whoever listens is told how: programs always, people where nothing came of it."""
    now = datetime.now(UTC)
    if not runs.end(conn, begun.run_id, state, counts, now, why):
        return
    facts = {"run_id": str(begun.run_id), "pipeline": begun.pipeline, "state": state, "version": counts.get("version")}
    facts |= {name: counts[name] for name in ("rows_in", "kept", "removed") if name in counts}
    body = {"title": f"Pipeline {begun.pipeline}: {ENDS[state]}", "text": why or "Die Aufbereitung ist zu Ende.", "facts": facts}
    for channel in PROGRAMS if state == "done" else EVERYBODY:
        seeding.tell(conn, NewNotice(f"{begun.run_id}:{channel}", f"seed.{state}", channel, body, now))


def _is_new(conn: Any, version: Version) -> bool:
    now = publishing.live(conn, version.dataset)
    return now is None or now.version != version.version


def undo(seeding: Seeding, run_id: UUID, by: str, *, ids: list[str] | None = None, kept_id: str | None = None) -> int:
    """Take removals of a run back: of some rows, a cluster, or all; how many. The next run keeps those rows. NotFound for no run."""
    with seeding.db.transaction() as conn:
        if runs.get(conn, run_id) is None:
            raise NotFound("Diesen Lauf gibt es nicht.")
        return len(runs.undo(conn, runs.Which(run_id, ids, kept_id), by, datetime.now(UTC)))
