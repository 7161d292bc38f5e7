"""A run of a pipeline: from its source through cleaning and judging to a version, or a stop that says why.

What a source gave is stored first, then everything else in one transaction at the end: a run that is killed leaves batches and no half
version; the next one begins anew or goes on behind them, as its pipeline says.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import polars as pl

from nova import german
from nova.errors import NotFound, NovaError
from nova.flows.seeding import publishing
from nova.flows.seeding.collecting import Collected, Place, collected
from nova.flows.seeding.publishing import Draft
from nova.ports import Objects
from nova.ports.jobs import JobContext
from nova.ports.sources import Source
from nova.seeding import lineage
from nova.seeding.clean import Cleaned, clean
from nova.seeding.judge import judge
from nova.seeding.judge.policy import Policy, chosen
from nova.seeding.lineage import Lookup
from nova.seeding.pipeline import Pipeline, Shelf
from nova.seeding.split import split
from nova.seeding.step import ID, removals
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.seeding import runs
from nova.store.seeding.runs import Run
from nova.store.seeding.versions import Version

BROKEN_OFF = "Der Lauf wurde unterbrochen."
CRASHED = "Der Lauf brach mit einem unerwarteten Fehler ab; Einzelheiten stehen im Protokoll."
GATE = "gate"


@dataclass(frozen=True, slots=True)
class Seeding:
    """What runs need: the tables, the files, the HMAC of a person's name, pipelines and policies by name, how a source is opened."""

    db: Database
    objects: Objects
    lookup: Lookup
    pipelines: Callable[[], Shelf]
    policies: Callable[[], Mapping[str, Policy]]
    source: Callable[[Pipeline], Source]

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
            runs.end(conn, begun.run_id, "failed", {}, datetime.now(UTC), told)


def _run(seeding: Seeding, pipeline: Pipeline, begun: Run, ctx: JobContext) -> dict[str, Any]:
    ctx.progress("sammeln")
    policy = chosen(seeding.policies(), pipeline.policy)
    got = collected(Place(seeding.db, seeding.objects, seeding.lookup), seeding.source(pipeline), pipeline, begun, ctx)
    with seeding.db.transaction() as conn:
        spared = [one.row_id for one in runs.undone(conn, pipeline.name)]
    cleaned = clean(
        got.rows, pipeline.built(), pipeline.held(), spared=spared, progress=lambda step, left: ctx.progress(f"gesäubert: {step}", left)
    )
    counts: dict[str, Any] = {"rows_in": len(got.rows) + got.barred, "problems": got.problems, "changed": len(cleaned.changed)}
    if cleaned.stopped is not None:
        with seeding.db.transaction() as conn:
            runs.end(conn, begun.run_id, "stopped", counts, datetime.now(UTC), cleaned.stopped.reason)
        return {"run_id": str(begun.run_id), "state": "stopped", "reason": cleaned.stopped.reason}
    ctx.progress("beurteilen")
    done = _judged(pipeline, policy, cleaned, spared, counts)
    steps = _by_step(done.removed) | ({lineage.EXCLUDED: got.barred} if got.barred else {})
    counts |= {"removed": len(done.removed) + got.barred, "steps": steps, "kept": len(done.kept)}
    ctx.progress("ablegen")
    return _kept(seeding, pipeline, begun, (got, done), counts)


def _judged(pipeline: Pipeline, policy: Policy, cleaned: Cleaned, spared: list[str], counts: dict[str, Any]) -> Cleaned:
    """Records with their quality; those that the policy holds back are removed, but for those somebody took back."""
    given = {"purpose": pipeline.purpose, "licence": pipeline.licence}
    missing = [pl.lit(value).alias(name) for name, value in given.items() if name not in cleaned.kept.columns]
    verdict = judge(cleaned.kept.with_columns(missing), policy=policy, today=datetime.now(UTC).date())
    held = verdict.gate.held.filter(~pl.col(ID).is_in(spared))
    gone = removals({"id": one, "step": GATE, "reason": reason} for one, reason in held.iter_rows())
    told = verdict.as_dict()
    counts |= {name: told[name] for name in ("quality", "confidence", "completeness", "gate", "what_if")}
    kept = verdict.scored.drop([name for name in given if name not in cleaned.kept.columns]).join(
        gone, on=ID, how="anti", maintain_order="left"
    )
    return replace(cleaned, kept=kept, removed=pl.concat([cleaned.removed, gone]))


def _by_step(removed: pl.DataFrame) -> dict[str, int]:
    return {str(step): int(count) for step, count in removed.group_by("step").len().sort("step").iter_rows()}


def _kept(
    seeding: Seeding,
    pipeline: Pipeline,
    begun: Run,
    made: tuple[Collected, Cleaned],
    counts: dict[str, Any],
) -> dict[str, Any]:
    """Removals, the version and the run's end in one transaction; the version goes live where the pipeline says so and its gate passed."""
    got, done = made
    how, now = pipeline.parted(), datetime.now(UTC)
    frame = done.kept if how is None else split(done.kept, how)
    passed = bool(counts["gate"]["passed"]) and not frame.is_empty()
    facts = {
        "policy": pipeline.policy, "steps": [next(iter(step)) for step in pipeline.steps], "purpose": pipeline.purpose,
        "quality": counts["quality"], "rows_in": counts["rows_in"], "removed": counts["steps"],
    }  # fmt: skip
    with seeding.db.long_transaction() as conn:
        runs.copy_removals(conn, lineage.removal_lines(done.removed, got.found, got.rows, begun.run_id))
        draft = Draft(pipeline.name, begun.run_id, frame, got.found, facts, {"passed": passed, "held": counts["gate"]["held"]})
        version = publishing.publish(conn, seeding.objects, draft, begun.started_by, now)
        live = passed and pipeline.live == "by_itself" and _is_new(conn, version)
        if live:
            publishing.go_live(conn, seeding.objects, version, {"passed": True}, begun.started_by, now)
        counts |= {"version": version.version, "live": live}
        runs.end(conn, begun.run_id, "done", counts, now)
    told = f"{german.number(len(frame), 0)} von {german.number(counts['rows_in'], 0)} Datensätzen"
    return {"run_id": str(begun.run_id), "state": "done", "version": version.version, "live": live, "told": told}


def _is_new(conn: Any, version: Version) -> bool:
    now = publishing.live(conn, version.dataset)
    return now is None or now.version != version.version


def undo(seeding: Seeding, run_id: UUID, by: str, *, ids: list[str] | None = None, kept_id: str | None = None) -> int:
    """Take removals of a run back: of some rows, a cluster, or all; how many. The next run keeps those rows. NotFound for no run."""
    with seeding.db.transaction() as conn:
        if runs.get(conn, run_id) is None:
            raise NotFound("Diesen Lauf gibt es nicht.")
        return len(runs.undo(conn, runs.Which(run_id, ids, kept_id), by, datetime.now(UTC)))
