"""What may be learned from, datasets that models are tuned with, curated evaluation sets, and in which datasets somebody is."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from nova.api.doors import DoorRoute, ForData, ForLearned, InHouse
from nova.api.models.common import NO_NUL, StartedJob
from nova.api.models.seeding import SubjectName
from nova.api.models.training import datasets as shapes
from nova.api.protocol.envelope import Envelope, ok
from nova.api.protocol.files import attachment

router = APIRouter(prefix="/api/v1/training", tags=["Training"], route_class=DoorRoute)
Version = Annotated[str, Query(min_length=1, max_length=64, pattern=NO_NUL)]
Number = Annotated[int, Query(ge=1, le=1_000_000)]
SetName = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
TAR = "application/x-tar"
FILE: dict[int | str, dict[str, Any]] = {200: {"content": {TAR: {}}}}


@router.get("/corpora", response_model=Envelope[shapes.CorpusList], summary="Woraus gelernt werden darf")
def list_corpora(house: InHouse, _: ForLearned) -> Response:
    """The inventory, each with how much it gives now, and how much is left out and why."""
    found = house.cases.operation.training.datasets().corpora()
    told = [one.corpus.model_dump(exclude={"most"}) | {"rows": one.rows, "left_out": one.left_out} for one in found]
    return ok({"corpora": told})


@router.post("/datasets", response_model=Envelope[StartedJob], summary="Trainingsdatensatz machen")
def make_dataset(house: InHouse, who: ForData, body: shapes.DatasetReason) -> Response:
    """A job; the one that waits or runs already is given instead of another. Its result names the version."""
    return ok({"job_id": house.cases.operation.training.datasets().make(who, body.reason)})


@router.get("/datasets", response_model=Envelope[shapes.DatasetList], summary="Trainingsdatensätze, neueste zuerst")
def list_datasets(house: InHouse, _: ForLearned) -> Response:
    """Each with its checks, also those that were stopped."""
    return ok({"datasets": [{**one.manifest, "refusal": one.refusal} for one in house.cases.operation.training.datasets().datasets()]})


@router.get("/dataset", response_model=Envelope[shapes.DatasetData], summary="Ein Trainingsdatensatz")
def get_dataset(house: InHouse, _: ForLearned, version: Version) -> Response:
    """By its version or the first signs of it."""
    found = house.cases.operation.training.datasets().dataset(version)
    return ok({**found.manifest, "refusal": found.refusal})


@router.get("/dataset/file", response_class=Response, responses=FILE, summary="Ein Trainingsdatensatz als Ordner (tar)")
def export_dataset(house: InHouse, who: ForData, version: Version) -> Response:
    """Consent is asked again; 409 where no run may take it. That somebody took it is noted."""
    return attachment(house.cases.operation.training.datasets().export(who, version), "nova-training.tar", TAR)


@router.get("/sets", response_model=Envelope[shapes.SetList], summary="Messsätze")
def list_sets(house: InHouse, _: ForLearned) -> Response:
    """Questions that models are measured by and none learns from; all versions."""
    return ok({"sets": [asdict(one) for one in house.cases.operation.training.datasets().sets()]})


@router.post("/sets", response_model=Envelope[shapes.SetData], summary="Messsatz einfrieren")
def add_set(house: InHouse, who: ForData, body: shapes.SetRequest) -> Response:
    """The next version of its name; the one that holds the same already is given instead."""
    rows = [one.model_dump() for one in body.rows]
    return ok(asdict(house.cases.operation.training.datasets().add_set(who, body.name, (body.keeper, body.note), rows)))


@router.get("/sets/{name}", response_model=Envelope[shapes.SetData], summary="Ein Messsatz mit seinen Fragen")
def get_set(house: InHouse, _: ForLearned, name: SetName, version: Number | None = None) -> Response:
    """The newest version where no number is given; each reference with its facts."""
    return ok(asdict(house.cases.operation.training.datasets().set(name, version)))


@router.post("/people", response_model=Envelope[shapes.LearnedList], summary="In welchen Trainingsdatensätzen eine Person steht")
def find_learned(house: InHouse, who: ForData, body: SubjectName) -> Response:
    """Of all datasets, by what a source calls them, with the runs that learned from those; noted."""
    return ok({"datasets": [asdict(one) for one in house.cases.operation.training.datasets().learned_from(who, body.name)]})
