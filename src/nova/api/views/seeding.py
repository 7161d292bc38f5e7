"""Pipelines, runs and versions as the API says them."""

from dataclasses import asdict
from typing import Any

from pydantic import BaseModel

from nova.api.models import seeding as shapes
from nova.api.views.records import named, only
from nova.flows.seeding.desk import Diff, PipelineState, Removal, Run, Shelved, Version
from nova.flows.seeding.engines import EngineView

FIRST = 100


def shelf_view(shelf: Shelved) -> dict[str, Any]:
    """All, and the faulty files."""
    faults = [{"file": file, "reason": reason} for file, reason in shelf.faults.items()]
    return {"pipelines": [pipeline_view(one) for one in shelf.states], "faults": faults}


def pipeline_view(state: PipelineState) -> dict[str, Any]:
    """One with its last run."""
    pipeline = state.pipeline
    kind = next(iter(pipeline.source.model_dump(exclude_none=True)))
    return {
        "name": pipeline.name, "title": pipeline.title, "source": kind, "purpose": pipeline.purpose, "policy": pipeline.policy,
        "licence": pipeline.licence, "steps": [next(iter(step)) for step in pipeline.steps], "every_hours": pipeline.every_hours,
        "last": None if state.last is None else run_view(state.last),
        "live": None if state.live is None else state.live.version, "job_id": state.job_id,
    }  # fmt: skip


def run_view(run: Run) -> dict[str, Any]:
    """One run."""
    return fields_of(shapes.RunData, run)


def fields_of(model: type[BaseModel], row: Any) -> dict[str, Any]:
    """What a shape names of a row."""
    return named(only(model, asdict(row)))


def removal_view(removal: Removal) -> dict[str, Any]:
    """One removal."""
    return {
        "id": removal.row_id, "step": removal.step, "kept_id": removal.kept_id, "score": removal.score, "differs": removal.differs,
        "reason": removal.reason, "content": removal.content, "undone_at": removal.undone_at,
    }  # fmt: skip


def version_view(version: Version, state: str) -> dict[str, Any]:
    """One version."""
    told = version.manifest
    return {
        "dataset": version.dataset, "version": version.version, "state": state, "rows": version.rows, "run_id": version.run_id,
        "created_at": version.created_at, "splits": told.get("splits", {}), "licences": told.get("licences", []),
        "erased": int(told.get("erased", 0)),
    }  # fmt: skip


def diff_view(diff: Diff) -> dict[str, Any]:
    """Counts and the first of each."""
    return {"counts": diff.counts(), **{name: getattr(diff, name).head(FIRST).to_dicts() for name in ("added", "removed", "changed")}}


def engine_view(view: EngineView) -> dict[str, Any]:
    """One with its last delivery."""
    spec, beats = view.spec, view.beats
    return {
        "name": spec.name, "kind": spec.kind, "title": spec.of.title, "consumer": spec.of.consumer, "metric": spec.of.metric,
        "better": spec.of.better, "channel": spec.channel, "dataset": spec.dataset, "purpose": spec.of.purpose,
        "columns": list(spec.of.columns), "model": spec.of.fits is not None and view.live is not None, "live": view.live, "rows": view.rows,
        "last": None if view.last is None else fields_of(shapes.EngineDeliveryData, view.last),
        "reached": beats.reached if beats else 0, "missed": beats.missed if beats else 0,
        "seconds": round(beats.seconds / beats.reached, 4) if beats and beats.reached else None, "recall_since": view.recall_since,
    }  # fmt: skip
