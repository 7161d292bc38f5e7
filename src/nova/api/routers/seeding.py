"""Datasets for those who learn: pipelines run, what they left out taken back, versions compared, live and taken back, records followed."""

from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from nova.api.doors import DoorRoute, ForData, ForLearned, InHouse
from nova.api.models import seeding as shapes
from nova.api.models.common import MOST_INT, NO_NUL, StartedJob
from nova.api.protocol.envelope import Envelope, ok
from nova.api.protocol.files import attachment
from nova.api.views import seeding as views
from nova.flows.seeding.desk import Value

router = APIRouter(prefix="/api/v1/seeding", tags=["Datensätze"], route_class=DoorRoute)
Name = Annotated[str, Query(min_length=1, max_length=300, pattern=NO_NUL)]
PARQUET = "application/vnd.apache.parquet"
FILE: dict[int | str, dict[str, Any]] = {200: {"content": {PARQUET: {}}}}
PipelineName = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
DatasetName = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]
EngineName = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]
LINES: dict[int | str, dict[str, Any]] = {200: {"content": {"application/x-ndjson": {}}}}


@router.get("/pipelines", response_model=Envelope[shapes.PipelineList], summary="Pipelines")
def list_pipelines(house: InHouse, _: ForLearned) -> Response:
    """The shipped examples and the installation's own, each with its last run and its live version; and the files that are none."""
    return ok(views.shelf_view(house.cases.operation.seeding.pipelines()))


@router.get("/pipelines/{pipeline}/preview", response_model=Envelope[shapes.SampleData], summary="Zehn Datensätze einer Quelle")
def preview_pipeline(house: InHouse, who: ForData, pipeline: PipelineName) -> Response:
    """A dry run: nothing is kept; that somebody looked is noted."""
    found = house.cases.operation.seeding.preview(who, pipeline)
    return ok({"columns": found.columns, "mapping": found.mapping, "problems": found.problems})


@router.post("/pipelines/{pipeline}/runs", response_model=Envelope[StartedJob], summary="Pipeline laufen lassen")
def run_pipeline(house: InHouse, who: ForData, pipeline: PipelineName, body: shapes.RunReason) -> Response:
    """A job; the one that waits or runs already is given instead of another."""
    return ok({"job_id": house.cases.operation.seeding.start(who, pipeline, body.reason)})


@router.get("/runs", response_model=Envelope[shapes.RunList], summary="Läufe, neueste zuerst")
def list_runs(house: InHouse, _: ForLearned, pipeline: Name | None = None, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> Response:
    """Of one pipeline if given."""
    return ok({"runs": [views.run_view(one) for one in house.cases.operation.seeding.runs(pipeline, limit)]})


@router.get("/runs/{run_id}", response_model=Envelope[shapes.RunData], summary="Ein Lauf")
def get_run(house: InHouse, _: ForLearned, run_id: UUID) -> Response:
    """With its counts, step by step."""
    return ok(views.run_view(house.cases.operation.seeding.run(run_id)))


@router.get("/runs/{run_id}/events", response_class=Response, responses=LINES, summary="Ein Lauf als OpenLineage-Ereignisse")
def run_events(house: InHouse, _: ForLearned, run_id: UUID) -> Response:
    """One event a line."""
    return Response(house.cases.operation.seeding.events(run_id), media_type="application/x-ndjson")


@router.get("/runs/{run_id}/removals", response_model=Envelope[shapes.RemovalList], summary="Was ein Lauf wegließ")
def list_removals(
    house: InHouse,
    who: ForData,
    run_id: UUID,
    step: Name | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=MOST_INT)] = 0,
) -> Response:
    """With the records as they were; that somebody looked is noted."""
    found = house.cases.operation.seeding.removals(who, run_id, step, (limit, offset))
    return ok({"removals": [views.removal_view(one) for one in found]})


@router.post("/runs/{run_id}/undo", response_model=Envelope[shapes.UndoneData], summary="Weggelassenes zurücknehmen")
def undo_removals(house: InHouse, who: ForData, run_id: UUID, body: shapes.UndoRequest) -> Response:
    """Some records, a cluster, or all of the run; the next run keeps them."""
    return ok({"undone": house.cases.operation.seeding.undo(who, run_id, body.ids, body.kept_id)})


@router.get("/effort", response_model=Envelope[shapes.EffortData], summary="Wie viel von Hand entschieden wurde")
def get_effort(house: InHouse, _: ForLearned, pipeline: Name | None = None) -> Response:
    """Decisions by hand per proposal of runs: rows left out and versions; of one pipeline if given."""
    return ok(asdict(house.cases.operation.seeding.effort(pipeline)))


@router.get("/versions", response_model=Envelope[shapes.VersionList], summary="Fassungen, neueste zuerst")
def list_versions(house: InHouse, _: ForLearned, dataset: Name | None = None) -> Response:
    """Of one dataset if given."""
    return ok({"versions": [views.version_view(*one) for one in house.cases.operation.seeding.versions(dataset)]})


@router.get("/datasets/{dataset}/file", response_class=Response, responses=FILE, summary="Eine Fassung als Parquet")
def export_version(house: InHouse, who: ForData, dataset: DatasetName, version: Name) -> Response:
    """All rows in one file; that somebody took it is noted."""
    content = house.cases.operation.seeding.export(who, dataset, version)
    return attachment(content, f"{dataset}.parquet", PARQUET)


@router.get("/datasets/{dataset}/diff", response_model=Envelope[shapes.DiffData], summary="Was zwischen zwei Fassungen liegt")
def diff_versions(house: InHouse, who: ForData, dataset: DatasetName, before: Name, after: Name) -> Response:
    """By `id`."""
    return ok(views.diff_view(house.cases.operation.seeding.diff(who, dataset, before, after)))


@router.post("/datasets/{dataset}/live", response_model=Envelope[shapes.LiveData], summary="Fassung in Gebrauch nehmen")
def make_live(house: InHouse, who: ForData, dataset: DatasetName, body: shapes.LiveRequest) -> Response:
    """409 where it is already, is damaged, or did not pass its policy."""
    return ok({"version": house.cases.operation.seeding.go_live(who, dataset, body.version).version})


@router.post("/datasets/{dataset}/rollback", response_model=Envelope[shapes.LiveData], summary="Einen Schritt zurück")
def roll_back(house: InHouse, who: ForData, dataset: DatasetName) -> Response:
    """The version before is live again."""
    back = house.cases.operation.seeding.roll_back(who, dataset)
    return ok({"version": back.version if back else None})


@router.get("/datasets/{dataset}/lineage", response_model=Envelope[shapes.OriginList], summary="Woher ein Datensatz kommt")
def get_origins(house: InHouse, _: ForLearned, dataset: DatasetName, version: Name, row: Name) -> Response:
    """Its batches, sources and keys."""
    found = house.cases.operation.seeding.origins(dataset, version, row)
    return ok({"origins": [views.fields_of(shapes.OriginData, one) for one in found]})


@router.get("/uses", response_model=Envelope[shapes.UseList], summary="Wohin ein Datensatz einer Quelle ging")
def get_uses(house: InHouse, _: ForLearned, source: Name, key: Name) -> Response:
    """Every version that holds something of it, and every engine that was given those."""
    return ok({"uses": [views.fields_of(shapes.UseData, one) for one in house.cases.operation.seeding.uses(source, key)]})


@router.post("/people", response_model=Envelope[shapes.SubjectRows], summary="Was von einer Person in Datensätzen steht")
def get_person(house: InHouse, who: ForData, body: shapes.SubjectName) -> Response:
    """By what a source calls them; the name is in the body, so that no log has it. That somebody looked is noted."""
    return ok({"rows": house.cases.operation.seeding.person(who, body.name)})


@router.post("/corrections", response_model=Envelope[shapes.CorrectedData], summary="Angabe einer Person berichtigen")
def correct_person(house: InHouse, who: ForData, body: shapes.CorrectionRequest) -> Response:
    """In every version and removal; the source is its owner's to correct, and a later run takes what it gives then."""
    left = house.cases.operation.seeding.correct(who, body.name, Value(body.column, body.value, body.row_id))
    return ok(views.fields_of(shapes.CorrectedData, left))


@router.get("/engines", response_model=Envelope[shapes.EngineList], summary="Engines, die Datensätze nutzen")
def list_engines(house: InHouse, _: ForLearned) -> Response:
    """Each with what it reads, its last delivery and how it answered in seven days."""
    return ok({"engines": [views.engine_view(one) for one in house.cases.operation.engines.every()]})


@router.get("/coverage", response_model=Envelope[shapes.CoverageData], summary="Welche Spalten Engines bekommen")
def get_coverage(house: InHouse, _: ForLearned) -> Response:
    """Delivered of the columns that they need."""
    return ok(asdict(house.cases.operation.models.coverage()))


@router.get("/engines/{engine}/model", response_model=Envelope[shapes.ModelData], summary="Was eine Engine gelernt hat")
def get_model(house: InHouse, _: ForLearned, engine: EngineName) -> Response:
    """Beside its baseline, with what was predicted and what then was; 404 where it learns no model or has none yet."""
    return ok(asdict(house.cases.operation.models.one(engine)))


@router.get("/engines/{engine}/deliveries", response_model=Envelope[shapes.EngineDeliveryList], summary="Lieferungen an eine Engine")
def list_deliveries(house: InHouse, _: ForLearned, engine: EngineName, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> Response:
    """Newest first."""
    found = house.cases.operation.engines.deliveries(engine, limit)
    return ok({"deliveries": [views.fields_of(shapes.EngineDeliveryData, one) for one in found]})


@router.post("/engines/{engine}/deliver", response_model=Envelope[StartedJob], summary="Datensatz an eine Engine liefern")
def deliver_to_engine(house: InHouse, who: ForData, engine: EngineName) -> Response:
    """A job; the live version of its dataset, also where it was not kept before."""
    return ok({"job_id": house.cases.operation.engines.deliver(who, engine)})


@router.post("/engines/{engine}/rollback", response_model=Envelope[shapes.LiveData], summary="Engine einen Schritt zurück")
def roll_engine_back(house: InHouse, who: ForData, engine: EngineName) -> Response:
    """It reads what it read before, byte for byte."""
    return ok({"version": house.cases.operation.engines.roll_back(who, engine)})
