"""Forecasts, recommendations, schedules, and the numbers that answers said: what the energy room makes of meters and prices."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from nova.api.doors import Costly, DoorRoute, ForData, InHouse, SignedIn
from nova.api.models import energy as shapes
from nova.api.models.common import Deleted, StartedJob
from nova.api.protocol.envelope import Envelope, ok
from nova.api.views import energy as views
from nova.api.views.records import named

router = APIRouter(prefix="/api/v1", tags=["Energie"], route_class=DoorRoute)


@router.get("/data/forecasts", response_model=Envelope[shapes.ForecastData], summary="Vorhersage eines Zählers oder Preises")
def get_forecast(house: InHouse, who: SignedIn, asked: Annotated[shapes.ForecastRange, Query()]) -> Response:
    """As it was served, with what came, both baselines and how the last 30 days went; at most 31 days."""
    return ok(views.forecast_view(house.cases.energy.forecasts.one(who, asked.wanted)))


@router.get("/data/forecasts/targets", response_model=Envelope[shapes.ForecastList], summary="Was vorhergesagt wird, und wie gut")
def list_forecasts(house: InHouse, who: SignedIn) -> Response:
    """Prices and visible meters that have a model, with the scores of the last 30 days."""
    return ok(views.targets_view(house.cases.energy.forecasts.targets(who)))


@router.post("/data/forecasts/run", response_model=Envelope[StartedJob], summary="Fällige Vorhersagen jetzt rechnen")
def run_forecasts(house: InHouse, who: ForData) -> Response:
    """The job that runs every hour: it scores, trains and issues what is due. One that waits or runs is given instead of another."""
    return ok({"job_id": house.cases.energy.computations.forecast(who)})


@router.get("/recommendations", response_model=Envelope[shapes.RecommendationList], summary="Empfehlungen")
def list_recommendations(house: InHouse, who: SignedIn, filters: Annotated[shapes.RecommendationFilters, Query()]) -> Response:
    """The most EUR first; without filters the three best that are open. Of each rule and meter only the newest day."""
    page = house.cases.energy.recommendations.page(who, filters.state, filters.meter_id, filters.limit, filters.offset)
    return ok(views.recommendations_view(*page, house.cases.operation.uses.kept_promises()))


@router.post("/recommendations/run", response_model=Envelope[StartedJob], summary="Empfehlungen jetzt neu rechnen")
def run_recommendations(house: InHouse, who: ForData) -> Response:
    """The job that runs every six hours. One that waits or runs is given instead of another."""
    return ok({"job_id": house.cases.energy.computations.recommend(who)})


@router.post(
    "/recommendations/{recommendation_id}/decision",
    response_model=Envelope[shapes.RecommendationData],
    summary="Eine Empfehlung entscheiden",
)
def decide_recommendation(house: InHouse, who: SignedIn, recommendation_id: UUID, body: shapes.DecisionRequest) -> Response:
    """Take it, put it off or decline it with a reason; a later decision replaces an earlier one. The company's are the operator's."""
    decided = house.cases.energy.recommendations.decide(who, recommendation_id, body.decision, body.reason)
    return ok(views.recommendation_view(decided, house.cases.operation.uses.kept_promises()))


@router.delete(
    "/recommendations/{recommendation_id}/decision",
    response_model=Envelope[shapes.RecommendationData],
    summary="Eine Entscheidung zurücknehmen",
)
def undo_decision(house: InHouse, who: SignedIn, recommendation_id: UUID) -> Response:
    """It is open again, as long as its day is not over."""
    open_again = house.cases.energy.recommendations.undo(who, recommendation_id)
    return ok(views.recommendation_view(open_again, house.cases.operation.uses.kept_promises()))


@router.post("/data/schedule", response_model=Envelope[shapes.ScheduleData], summary="Einen Fahrplan rechnen")
async def make_schedule(house: InHouse, by: Costly, body: shapes.ScheduleRequest) -> Response:
    """The cheapest day of battery and loads, with what the day costs without it; kept on request."""
    return await by.run(lambda: ok(house.cases.energy.schedules.make(by.caller, body.wanted)))


@router.get("/data/schedules", response_model=Envelope[shapes.ScheduleList], summary="Aufgehobene Fahrpläne")
def list_schedules(house: InHouse, who: SignedIn, filters: Annotated[shapes.ScheduleFilters, Query()]) -> Response:
    """The company's and one's own, newest first."""
    return ok(views.schedules_view(house.cases.energy.schedules.page(who, filters.meter_id, filters.limit, filters.offset)))


@router.get("/data/schedules/{schedule_id}", response_model=Envelope[shapes.ScheduleData], summary="Ein aufgehobener Fahrplan")
def get_schedule(house: InHouse, who: SignedIn, schedule_id: UUID) -> Response:
    """As it was computed, with its plant."""
    return ok(named(house.cases.energy.schedules.one(who, schedule_id)))


@router.delete("/data/schedules/{schedule_id}", response_model=Envelope[Deleted], summary="Einen Fahrplan löschen")
def delete_schedule(house: InHouse, who: SignedIn, schedule_id: UUID) -> Response:
    """One's own; the operator any."""
    house.cases.energy.schedules.delete(who, schedule_id)
    return ok({"deleted": True})


@router.get("/data/facts/{fact_id}", response_model=Envelope[shapes.FactDetail], summary="Eine Zahl aus einer Antwort")
def get_fact(house: InHouse, who: SignedIn, fact_id: UUID) -> Response:
    """The query behind `[data ID]`, its window, rows, value and chart."""
    return ok(views.kept_fact_view(house.cases.energy.kept_facts.one(who, fact_id)))


@router.post("/data/facts/{fact_id}/recompute", response_model=Envelope[shapes.Recomputed], summary="Eine Zahl nachrechnen")
async def recompute_fact(house: InHouse, by: Costly, fact_id: UUID) -> Response:
    """The same query on what is stored now; nothing changes."""
    return await by.run(lambda: ok(views.recomputed_view(house.cases.energy.kept_facts.recompute(by.caller, fact_id))))
