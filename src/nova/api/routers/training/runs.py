"""Runs that tune a model: what one would take, begin, look, pause, go on, cancel."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from nova.api.doors import DoorRoute, ForData, ForLearned, InHouse
from nova.api.models.common import StartedJob
from nova.api.models.training import runs as shapes
from nova.api.protocol.envelope import Envelope, ok
from nova.flows.training.runs import TrainRun, Wanted

router = APIRouter(prefix="/api/v1/training", tags=["Feinabstimmung"], route_class=DoorRoute)
RunName = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9._-]{0,99}$", description="Name oder Kennung.")]


def view(run: TrainRun) -> dict[str, Any]:
    """A run as its shape has it."""
    told = asdict(run)
    del told["held"]
    return told


@router.post("/preflight", response_model=Envelope[StartedJob], summary="Messen, was eine Feinabstimmung braucht")
def preflight(house: InHouse, who: ForData, body: shapes.RunWanted) -> Response:
    """A job: three steps are measured, nothing is kept. Its result has hours, memory, kWh and EUR beside the budget."""
    return ok({"job_id": house.cases.operation.training.runs().preflight(who, Wanted(body.config, body.profile, body.version))})


@router.get("/runs", response_model=Envelope[shapes.TrainRunList], summary="Feinabstimmungen, neueste zuerst")
def list_train_runs(house: InHouse, _: ForLearned, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> Response:
    """With how far each is."""
    return ok({"runs": [view(one) for one in house.cases.operation.training.runs().every(limit)]})


@router.post("/runs", response_model=Envelope[shapes.StartedRun], summary="Eine Feinabstimmung beginnen")
def start_train_run(house: InHouse, who: ForData, body: shapes.RunWanted) -> Response:
    """Consent is asked again; 409 where nobody may learn from the dataset, or base and data may not come together."""
    run, job = house.cases.operation.training.runs().start(who, Wanted(body.config, body.profile, body.version))
    return ok({"run": view(run), "job_id": job})


@router.get("/runs/{train_run}", response_model=Envelope[shapes.TrainRunShown], summary="Eine Feinabstimmung")
def get_train_run(house: InHouse, _: ForLearned, train_run: RunName) -> Response:
    """With its curve and what its last evaluation said."""
    run, points, evaluation = house.cases.operation.training.runs().get(train_run)
    return ok({"run": view(run), "points": [asdict(one) for one in points], "evaluation": evaluation})


@router.post("/runs/{train_run}/pause", response_model=Envelope[shapes.TrainRunData], summary="Eine Feinabstimmung anhalten")
def pause_train_run(house: InHouse, who: ForData, train_run: RunName) -> Response:
    """After the step at hand, with a checkpoint; 409 for one that has ended."""
    return ok(view(house.cases.operation.training.runs().pause(who, train_run)))


@router.post("/runs/{train_run}/resume", response_model=Envelope[shapes.TrainRunData], summary="Eine Feinabstimmung fortsetzen")
def resume_train_run(house: InHouse, who: ForData, train_run: RunName) -> Response:
    """From its last checkpoint; 409 for one that does not pause."""
    return ok(view(house.cases.operation.training.runs().resume(who, train_run)))


@router.post("/runs/{train_run}/cancel", response_model=Envelope[shapes.TrainRunData], summary="Eine Feinabstimmung abbrechen")
def cancel_train_run(house: InHouse, who: ForData, train_run: RunName) -> Response:
    """After the step at hand, without an adapter; 409 for one that has ended."""
    return ok(view(house.cases.operation.training.runs().cancel(who, train_run)))
