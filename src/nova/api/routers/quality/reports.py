"""The monitor and the reports."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from nova.api.doors import DoorRoute, InHouse, for_measures
from nova.api.models.quality import reports as shapes
from nova.api.protocol.envelope import Envelope, ok
from nova.api.views.reports import progress_view, summary_view
from nova.api.views.watching import monitor_view

router = APIRouter(prefix="/api/v1/admin", tags=["Berichte"], route_class=DoorRoute, dependencies=[Depends(for_measures)])


@router.get("/monitor", response_model=Envelope[shapes.Monitor], summary="Wie es dem System gerade geht")
def get_monitor(house: InHouse) -> Response:
    """Services, jobs, processor, memory, disk and graphics card; 200 also when something failed, `status` says so."""
    return ok(monitor_view(house.cases.operation.monitor.report()))


@router.get("/reports/progress", response_model=Envelope[shapes.ProgressReport], summary="Fortschritt nach Wochen")
def get_progress(house: InHouse, filters: Annotated[shapes.ReportFilters, Query()]) -> Response:
    """What the wheel did, how good it was and which way it goes, without anything that people said."""
    return ok(progress_view(house.cases.kpi.progress_reports.weekly(filters.weeks)))


@router.get("/reports/summary", response_model=Envelope[shapes.SummaryReport], summary="Die letzten sieben Tage")
def get_summary(house: InHouse) -> Response:
    """Beside the seven days before, and the one thing to do next."""
    return ok(summary_view(house.cases.kpi.progress_reports.summary()))
