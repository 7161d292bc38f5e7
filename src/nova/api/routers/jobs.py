"""Jobs and the live stream."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from nova.api.doors import DoorRoute, InHouse, SignedIn
from nova.api.models.common import JobData, JobList
from nova.api.protocol.envelope import Envelope, ok
from nova.api.views.records import job_view
from nova.records import JobState

router = APIRouter(prefix="/api/v1", tags=["Aufträge"], route_class=DoorRoute)
STREAM: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {}}, "description": "Ereignisse `job` und `health`."}}
States = Annotated[tuple[JobState, ...], Query(description="Only these states; repeat for several.")]


@router.get("/jobs", response_model=Envelope[JobList], summary="Aufträge, neueste zuerst")
def list_jobs(house: InHouse, who: SignedIn, state: States = (), limit: Annotated[int, Query(ge=1, le=200)] = 50) -> Response:
    """Customers see their own, the operator all."""
    return ok({"jobs": [job_view(job) for job in house.cases.people.job_control.page(who, state, limit)]})


@router.get("/jobs/{job_id}", response_model=Envelope[JobData], summary="Ein Auftrag")
def get_job(house: InHouse, who: SignedIn, job_id: UUID) -> Response:
    """How it stands."""
    return ok(job_view(house.cases.people.job_control.one(who, job_id)))


@router.post("/jobs/{job_id}/cancel", response_model=Envelope[JobData], summary="Auftrag abbrechen")
def cancel_job(house: InHouse, who: SignedIn, job_id: UUID) -> Response:
    """A queued job ends at once, a running one at its next stage."""
    return ok(job_view(house.cases.people.job_control.cancel(who, job_id)))


@router.post("/jobs/{job_id}/retry", response_model=Envelope[JobData], summary="Auftrag noch einmal versuchen")
def retry_job(house: InHouse, who: SignedIn, job_id: UUID) -> Response:
    """For failed and cancelled jobs."""
    return ok(job_view(house.cases.people.job_control.retry(who, job_id)))


@router.get("/stream/live", response_class=Response, responses=STREAM, summary="Aufträge und Zustand, laufend")
async def stream_live(house: InHouse, who: SignedIn) -> Response:
    """Server-sent events: `job` (a job, at first the newest and open ones) and, for the operator, `health`."""
    return house.live.stream(who)
