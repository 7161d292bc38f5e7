"""The work of a run on records that are there already: through the steps of its pipeline, judged, split. Pure, so that it can be done
anywhere: the same records give the same result.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from nova.seeding.clean import Cleaned, clean
from nova.seeding.judge import judge
from nova.seeding.judge.policy import Policy
from nova.seeding.pipeline import Pipeline
from nova.seeding.split import split
from nova.seeding.step import ID, removals

GATE = "gate"
TOLD = ("quality", "confidence", "completeness", "bias", "mitigation", "drift", "gate", "what_if")
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Task:
    """What is done with records: the pipeline and its policy, rows that somebody took back (`spared`), and the day that it is."""

    pipeline: Pipeline
    policy: Policy
    spared: tuple[str, ...]
    today: date


@dataclass(frozen=True, slots=True)
class Refined:
    """What came of them: `kept` as they go into a version, `removed` as `REMOVED`; `counts` are JSON values: `changed`, `steps` (removed by
    step), and what the judge said. `stopped`: why the brake held; then nothing is removed and nothing judged.
    """

    kept: pl.DataFrame
    removed: pl.DataFrame
    counts: Mapping[str, Any]
    stopped: str | None = None


Refine = Callable[[pl.DataFrame, pl.DataFrame | None, Task, Progress], Refined]


def refine(rows: pl.DataFrame, before: pl.DataFrame | None, task: Task, progress: Progress) -> Refined:
    """Records through a pipeline; `before` is the version to look for drift against. Raises what steps and judge do."""
    pipeline = task.pipeline
    cleaned = clean(
        rows, pipeline.built(), pipeline.held(), spared=task.spared, progress=lambda step, left: progress(f"gesäubert: {step}", left)
    )
    counts: dict[str, Any] = {"changed": len(cleaned.changed)}
    if cleaned.stopped is not None:
        return Refined(rows, removals(), counts, cleaned.stopped.reason)
    progress("beurteilen", 0)
    kept, removed, told = _judged(task, cleaned, before)
    counts |= told | {"steps": _by_step(removed), "removed": len(removed), "kept": len(kept)}
    how = pipeline.parted()
    return Refined(kept if how is None else split(kept, how), removed, counts)


def _judged(task: Task, cleaned: Cleaned, before: pl.DataFrame | None) -> tuple[pl.DataFrame, pl.DataFrame, dict[str, Any]]:
    """Records with their quality; those that the policy holds back are removed, but for those somebody took back."""
    pipeline, watch = task.pipeline, task.pipeline.watch
    given = {"purpose": pipeline.purpose, "licence": pipeline.licence}
    added = [pl.lit(value).alias(name) for name, value in given.items() if name not in cleaned.kept.columns]
    verdict = judge(
        cleaned.kept.with_columns(added),
        policy=task.policy,
        group=None if watch is None else watch.group,
        outcome=None if watch is None else watch.outcome,
        against=before,
        today=task.today,
    )
    held = verdict.gate.held.filter(~pl.col(ID).is_in(list(task.spared)))
    gone = removals({"id": one, "step": GATE, "reason": reason} for one, reason in held.iter_rows())
    told = verdict.as_dict()
    own = verdict.scored.drop([name for name in given if name not in cleaned.kept.columns])
    kept = own.join(gone, on=ID, how="anti", maintain_order="left")
    return kept, pl.concat([cleaned.removed, gone]), {name: told[name] for name in TOLD}


def _by_step(removed: pl.DataFrame) -> dict[str, int]:
    return {str(step): int(count) for step, count in removed.group_by("step").len().sort("step").iter_rows()}
