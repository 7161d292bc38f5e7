"""Measured quality: figures, how useful passages are, and labels of tone."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import Response

from nova.api.doors import DoorRoute, ForMeasures, ForReview, InHouse, for_measures
from nova.api.models.common import MOST_INT, StartedJob
from nova.api.models.quality import kpi as shapes
from nova.api.protocol.envelope import Envelope, ok
from nova.api.views import kpi as kpis
from nova.kpi.tone.child import LEAST_LABELS

router = APIRouter(prefix="/api/v1/admin", tags=["Kennzahlen"], route_class=DoorRoute)
MEASURES = [Depends(for_measures)]
Seq = Annotated[int, Path(ge=0, le=MOST_INT)]


@router.get("/kpis", response_model=Envelope[shapes.KpiList], summary="Alle Kennzahlen der letzten Tage", dependencies=MEASURES)
def list_kpis(house: InHouse, filters: Annotated[shapes.KpiFilters, Query()]) -> Response:
    """With bounds, and what they were in as many days before."""
    return ok(kpis.overview_view(house.cases.kpi.measured_quality.overview(filters.days)))


@router.post("/kpis/measure", response_model=Envelope[StartedJob], summary="Kennzahlen jetzt messen")
def measure_kpis(house: InHouse, who: ForMeasures, body: shapes.KpiSpan) -> Response:
    """What is due, or with `from` and `to` a span anew, as far back as rows are kept."""
    return ok({"job_id": house.cases.kpi.measured_quality.start(who, body.since, body.until)})


@router.get("/kpis/{kpi}", response_model=Envelope[shapes.KpiDetail], summary="Eine Kennzahl im Verlauf", dependencies=MEASURES)
def get_kpi(house: InHouse, kpi: shapes.KpiName, filters: Annotated[shapes.KpiRange, Query()]) -> Response:
    """By local day, by part (document kind, model, prompt, channel), and whether the days are out of control."""
    return ok(kpis.detail_view(house.cases.kpi.measured_quality.detail(kpi, filters.days, filters.segment)))


@router.get("/kpis/{kpi}/export", summary="Eine Kennzahl als CSV", responses=shapes.Csv, dependencies=MEASURES)
def export_kpi(house: InHouse, kpi: shapes.KpiName, filters: Annotated[shapes.KpiRange, Query()]) -> Response:
    """A line a local day: value, cases, bounds."""
    return kpis.csv_view(kpi, house.cases.kpi.measured_quality.days(kpi, filters.days, filters.segment))


@router.get(
    "/quality", response_model=Envelope[shapes.QualityList], summary="Wie nützlich Dokumente und Passagen sind", dependencies=MEASURES
)
def list_quality(house: InHouse, filters: Annotated[shapes.QualityFilters, Query()]) -> Response:
    """How often each is cited, and how the answers that cite it were judged."""
    page = (filters.days, filters.by, filters.sort, filters.limit, filters.offset)
    return ok(kpis.quality_view(*house.cases.kpi.measured_quality.quality(*page)))


@router.put(
    "/conversations/{conversation_id}/turns/{seq}/sentiment",
    response_model=Envelope[shapes.Labelled],
    summary="Den Ton eines Beitrags angeben",
)
def label_turn(house: InHouse, who: ForReview, conversation_id: UUID, seq: Seq, body: shapes.ToneLabel) -> Response:
    """In place of an earlier label; from 200 labels on they teach the site's own model."""
    count = house.cases.kpi.tone_labels.put(who, conversation_id, seq, body.label)
    return ok({"labels": count, "needed": LEAST_LABELS})
