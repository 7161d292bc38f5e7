"""Runs and versions in, events of OpenLineage (spec 2-0-2) out: START, and COMPLETE or FAIL, as objects of JSON, one a line.

The form is https://openlineage.io/spec/2-0-2/OpenLineage.json with its facets; batches are a run's input datasets, versions its output.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from nova.store.seeding.runs import Batch, Run
from nova.store.seeding.versions import Version

SPEC = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
FACETS = "https://openlineage.io/spec/facets/"
PRODUCER = "urn:nova:seeding"
JOBS, SOURCES, DATASETS = "nova", "nova:source", "nova:dataset"
Event = dict[str, Any]
Type = Literal["START", "COMPLETE", "FAIL"]


def events(run: Run, batches: Sequence[Batch], versions: Sequence[Version]) -> list[Event]:
    """What happened in a run, oldest first: it began, and ended well or, stopped or failed, did not. A run under way has begun only."""
    begun = _event("START", run, run.started_at, [], [])
    if run.ended_at is None:
        return [begun]
    inputs = [_input(batch) for batch in batches]
    if run.state == "done":
        return [begun, _event("COMPLETE", run, run.ended_at, inputs, [_output(version, batches) for version in versions])]
    return [begun, _event("FAIL", run, run.ended_at, inputs, [])]


def lines(told: Iterable[Event]) -> bytes:
    """Events as JSON, one a line."""
    return b"".join(json.dumps(one, ensure_ascii=False, sort_keys=True).encode() + b"\n" for one in told)


def _event(kind: Type, run: Run, at: datetime, inputs: list[Event], outputs: list[Event]) -> Event:
    facets = {}
    if kind == "FAIL":
        why = run.stopped or "abgebrochen"
        facets["errorMessage"] = _facet("1-0-1/ErrorMessageRunFacet.json", {"message": why, "programmingLanguage": "python"})
    return {
        "eventType": kind,
        "eventTime": at.isoformat(),
        "run": {"runId": str(run.run_id), "facets": facets},
        "job": {"namespace": JOBS, "name": f"seeding.{run.pipeline}", "facets": {}},
        "inputs": inputs,
        "outputs": outputs,
        "producer": PRODUCER,
        "schemaURL": SPEC,
    }


def _input(batch: Batch) -> Event:
    counted = _facet("1-0-2/DataQualityMetricsInputDatasetFacet.json", {"rowCount": batch.rows, "bytes": batch.bytes, "columnMetrics": {}})
    return {
        "namespace": SOURCES,
        "name": batch.source,
        "facets": {"version": _facet("1-0-1/DatasetVersionDatasetFacet.json", {"datasetVersion": batch.sha256})},
        "inputFacets": {"dataQualityMetrics": counted},
    }


def _output(version: Version, batches: Sequence[Batch]) -> Event:
    told = version.manifest
    size = {"rowCount": version.rows, "size": sum(part["bytes"] for part in told["parts"]), "fileCount": len(told["parts"])}
    return {
        "namespace": DATASETS,
        "name": version.dataset,
        "facets": {
            "version": _facet("1-0-1/DatasetVersionDatasetFacet.json", {"datasetVersion": version.version}),
            "schema": _facet("1-1-1/SchemaDatasetFacet.json", {"fields": [dict(field) for field in told["schema"]]}),
            **_columns(told, {batch.source for batch in batches}),
        },
        "outputFacets": {"outputStatistics": _facet("1-0-2/OutputStatisticsOutputDatasetFacet.json", size)},
    }


def _columns(told: Mapping[str, Any], sources: set[str]) -> dict[str, Event]:
    """From which source's columns a column was made, where the manifest says so (`columns`: column -> [source, column] ...)."""
    said: Mapping[str, Sequence[Sequence[str]]] = told.get("columns", {})
    fields = {
        name: {"inputFields": [{"namespace": SOURCES, "name": source, "field": field} for source, field in made if source in sources]}
        for name, made in sorted(said.items())
    }
    return {"columnLineage": _facet("1-2-0/ColumnLineageDatasetFacet.json", {"fields": fields})} if fields else {}


def _facet(schema: str, facts: Mapping[str, Any]) -> Event:
    name = schema.rpartition("/")[2].removesuffix(".json")
    return {"_producer": PRODUCER, "_schemaURL": f"{FACETS}{schema}#/$defs/{name}", **facts}
