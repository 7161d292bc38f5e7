"""The editorial queue."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from nova.api import review
from nova.api.doors import DoorRoute, InHouse, Reviewer
from nova.api.envelope import Envelope, ok
from nova.api.models import review as shapes
from nova.api.models.common import StartedJob

router = APIRouter(prefix="/api/v1/admin/reviews", tags=["Durchsicht"], route_class=DoorRoute)


@router.get("", response_model=Envelope[shapes.ReviewList], summary="Antworten zur Durchsicht")
def list_reviews(house: InHouse, who: Reviewer, filters: Annotated[shapes.ReviewFilters, Query()]) -> Response:
    """The most urgent first; what was decided newest first."""
    return ok(review.listed(house, who, filters))


@router.post("/next", response_model=Envelope[shapes.NextReview], summary="Die nächste Antwort zur Durchsicht")
def next_review(house: InHouse, who: Reviewer) -> Response:
    """It is the caller's for a quarter of an hour; others get another one."""
    return ok(review.upcoming(house, who))


@router.post("/fill", response_model=Envelope[StartedJob], summary="Die Durchsicht jetzt füllen")
def fill_reviews(house: InHouse, who: Reviewer) -> Response:
    """The job that runs every hour. One that waits or runs is given instead of another."""
    return ok(review.fill(house, who))


@router.get("/export", response_model=Envelope[shapes.CuratedList], summary="Freigegebene Antworten ausgeben")
def export_curated(house: InHouse, who: Reviewer, filters: Annotated[shapes.ExportFilters, Query()]) -> Response:
    """Curated answers and preference pairs that may be learned from; a second, stricter look holds back what may be personal data."""
    return ok(review.export(house, who, filters.since))


@router.get("/{review_id}", response_model=Envelope[shapes.ReviewData], summary="Ein Eintrag der Durchsicht")
def get_review(house: InHouse, who: Reviewer, review_id: UUID) -> Response:
    """With the answer it is about."""
    return ok(review.shown(house, who, review_id))


@router.post("/{review_id}/claim", response_model=Envelope[shapes.ReviewData], summary="Einen Eintrag durchsehen")
def claim_review(house: InHouse, who: Reviewer, review_id: UUID) -> Response:
    """It is the caller's for a quarter of an hour; 409 while somebody else looks at it."""
    return ok(review.claim(house, who, review_id))


@router.post("/{review_id}/decision", response_model=Envelope[shapes.ReviewData], summary="Über eine Antwort entscheiden")
def decide_review(house: InHouse, who: Reviewer, review_id: UUID, body: shapes.ReviewDecision) -> Response:
    """Accept, reject, correct or skip; a corrected answer and the one it replaces are a preference pair."""
    return ok(review.decide(house, who, review_id, body))


@router.delete("/{review_id}/decision", response_model=Envelope[shapes.ReviewData], summary="Eine Entscheidung zurücknehmen")
def undo_review(house: InHouse, who: Reviewer, review_id: UUID) -> Response:
    """The entry is open again; an answer that was published is withdrawn."""
    return ok(review.undo(house, who, review_id))
