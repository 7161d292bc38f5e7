"""What was asked and not answered: gaps, single questions, and what editors do about them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from nova.api.doors import DoorRoute, ForMeasures, ForReview, InHouse, for_measures
from nova.api.models.quality import gaps as shapes
from nova.api.models.quality import kpi as figures
from nova.api.protocol.envelope import Envelope, ok
from nova.api.views import gaps
from nova.flows.gaps.steps import About
from nova.kpi.gaps.unanswered import UnansweredFilter

router = APIRouter(prefix="/api/v1/admin", tags=["Wissenslücken"], route_class=DoorRoute)
MEASURES = [Depends(for_measures)]


@router.get("/gaps", response_model=Envelope[figures.GapList], summary="Wissenslücken", dependencies=MEASURES)
def list_gaps(house: InHouse, filters: Annotated[figures.GapFilters, Query()]) -> Response:
    """Clusters of weakly answered questions, the weightiest first, each with the last thing that was done about it."""
    found = house.cases.kpi.knowledge_gaps.page(filters.state, filters.limit, filters.offset)
    return ok(gaps.gaps_view(*found, house.cases.operation.uses.gap_news()))


@router.get("/gaps/{gap_id}", response_model=Envelope[figures.GapDetail], summary="Eine Wissenslücke mit ihren Fragen")
def get_gap(house: InHouse, who: ForMeasures, gap_id: UUID) -> Response:
    """The weakest first; what people asked is for the operator alone."""
    return ok(gaps.gap_view(house.cases.kpi.knowledge_gaps.one(who, gap_id), house.cases.operation.uses.gap_news()))


@router.get(
    "/gaps/{gap_id}/sections", response_model=Envelope[shapes.NearSectionList], summary="Wo die Antwort stehen kann", dependencies=MEASURES
)
def near_gap(house: InHouse, who: ForReview, gap_id: UUID, filters: Annotated[shapes.SectionFilters, Query()]) -> Response:
    """The sections that the questions of a gap come near to, or with `q` those that these words do."""
    return ok(gaps.sections_view(house.cases.kpi.gap_places.near(who, About(gap_id=gap_id), filters.q)))


@router.post(
    "/gaps/{gap_id}/steps",
    response_model=Envelope[shapes.StepData],
    status_code=201,
    summary="Etwas gegen eine Wissenslücke tun",
    dependencies=MEASURES,
)
def take_gap_step(house: InHouse, who: ForReview, gap_id: UUID, body: shapes.NewStep) -> Response:
    """A document, words, an answer with its source, the place where it stands, or that it does not belong here; then it is asked again."""
    return ok(gaps.step_view(house.cases.kpi.gap_steps.take(who, About(gap_id=gap_id), gaps.remedy_of(body))), status=201)


@router.get("/unanswered", response_model=Envelope[shapes.UnansweredList], summary="Einzelne Fragen ohne gute Antwort")
def list_unanswered(house: InHouse, who: ForReview, filters: Annotated[shapes.UnansweredFilters, Query()]) -> Response:
    """Refused, asked back or answered weakly, and in no gap of enough people; the newest first."""
    wanted = UnansweredFilter(filters.why, filters.state)
    return ok(gaps.unanswered_view(*house.cases.kpi.unanswered.page(who, wanted, filters.limit, filters.offset)))


@router.get("/unanswered/{answer_id}", response_model=Envelope[shapes.UnansweredData], summary="Eine Frage ohne gute Antwort")
def get_unanswered(house: InHouse, who: ForReview, answer_id: UUID) -> Response:
    """With all that was done about it."""
    return ok(gaps.question_view(house.cases.kpi.unanswered.one(who, answer_id)))


@router.get(
    "/unanswered/{answer_id}/sections", response_model=Envelope[shapes.NearSectionList], summary="Wo die Antwort auf eine Frage stehen kann"
)
def near_unanswered(house: InHouse, who: ForReview, answer_id: UUID, filters: Annotated[shapes.SectionFilters, Query()]) -> Response:
    """The sections that the question comes near to, or with `q` those that these words do."""
    return ok(gaps.sections_view(house.cases.kpi.gap_places.near(who, About(answer_id=answer_id), filters.q)))


@router.post("/unanswered/{answer_id}/steps", response_model=Envelope[shapes.StepData], status_code=201, summary="Etwas für eine Frage tun")
def take_unanswered_step(house: InHouse, who: ForReview, answer_id: UUID, body: shapes.NewStep) -> Response:
    """As for a gap; an answer that is written to it stays as long as the question does."""
    return ok(gaps.step_view(house.cases.kpi.gap_steps.take(who, About(answer_id=answer_id), gaps.remedy_of(body))), status=201)


@router.post(
    "/gap-steps/{step_id}/again", response_model=Envelope[shapes.StepData], summary="Die Fragen eines Schritts noch einmal stellen"
)
def ask_step_again(house: InHouse, who: ForReview, step_id: UUID) -> Response:
    """By a job; 409 where the step was taken back or asks nothing."""
    return ok(gaps.step_view(house.cases.kpi.gap_steps.again(who, step_id)))


@router.delete("/gap-steps/{step_id}", response_model=Envelope[shapes.StepData], summary="Einen Schritt zurücknehmen")
def undo_step(house: InHouse, who: ForReview, step_id: UUID, filters: Annotated[shapes.UndoFilters, Query()]) -> Response:
    """Words leave the vocabulary, an answer the documents, what does not belong here counts again; 409 where it was taken back already."""
    return ok(gaps.step_view(house.cases.kpi.gap_steps.undo(who, step_id, remove=filters.remove)))
