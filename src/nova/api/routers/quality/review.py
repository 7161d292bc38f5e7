"""The editorial queue."""

from dataclasses import asdict
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from nova.api.doors import DoorRoute, ForReview, InHouse
from nova.api.models.common import StartedJob
from nova.api.models.quality import review as shapes
from nova.api.protocol.envelope import Envelope, ok
from nova.api.views import review

router = APIRouter(prefix="/api/v1/admin/reviews", tags=["Durchsicht"], route_class=DoorRoute)


@router.get("", response_model=Envelope[shapes.ReviewList], summary="Antworten zur Durchsicht")
def list_reviews(house: InHouse, who: ForReview, filters: Annotated[shapes.ReviewFilters, Query()]) -> Response:
    """The most urgent first; what was decided newest first."""
    queue = house.cases.answers.review_queue
    return ok(review.page_view(queue.page(who, filters.state, filters.reason, filters.limit, filters.offset)))


@router.post("/next", response_model=Envelope[shapes.NextReview], summary="Die nächste Antwort zur Durchsicht")
def next_review(house: InHouse, who: ForReview) -> Response:
    """It is the caller's for a quarter of an hour; others get another one."""
    found, counts = house.cases.answers.review_queue.next(who)
    return ok({"review": review.review_view(found) if found else None, "counts": asdict(counts)})


@router.post("/fill", response_model=Envelope[StartedJob], summary="Die Durchsicht jetzt füllen")
def fill_reviews(house: InHouse, who: ForReview) -> Response:
    """The job that runs every hour. One that waits or runs is given instead of another."""
    return ok({"job_id": house.cases.answers.review_queue.start_filling(who)})


@router.get("/export", response_model=Envelope[shapes.CuratedList], summary="Freigegebene Antworten ausgeben")
def export_curated(house: InHouse, who: ForReview, filters: Annotated[shapes.ExportFilters, Query()]) -> Response:
    """Curated answers and preference pairs that may be learned from; a second, stricter look holds back what may be personal data."""
    return ok(review.export_view(house.cases.answers.curated_answers.export(who, filters.since)))


@router.get("/{review_id}", response_model=Envelope[shapes.ReviewData], summary="Ein Eintrag der Durchsicht")
def get_review(house: InHouse, who: ForReview, review_id: UUID) -> Response:
    """With the answer it is about."""
    return ok(review.review_view(house.cases.answers.review_queue.one(who, review_id)))


@router.post("/{review_id}/claim", response_model=Envelope[shapes.ReviewData], summary="Einen Eintrag durchsehen")
def claim_review(house: InHouse, who: ForReview, review_id: UUID) -> Response:
    """It is the caller's for a quarter of an hour; 409 while somebody else looks at it."""
    return ok(review.review_view(house.cases.answers.review_queue.claim(who, review_id)))


@router.post("/{review_id}/decision", response_model=Envelope[shapes.ReviewData], summary="Über eine Antwort entscheiden")
def decide_review(house: InHouse, who: ForReview, review_id: UUID, body: shapes.ReviewDecision) -> Response:
    """Accept, reject, correct or skip; a corrected answer and the one it replaces are a preference pair."""
    if body.verdict == review.SKIP:
        return ok(review.review_view(house.cases.answers.review_queue.skip(who, review_id)))
    return ok(review.review_view(house.cases.answers.review_decisions.decide(who, review_id, review.decision_of(body))))


@router.delete("/{review_id}/decision", response_model=Envelope[shapes.ReviewData], summary="Eine Entscheidung zurücknehmen")
def undo_review(house: InHouse, who: ForReview, review_id: UUID) -> Response:
    """The entry is open again; an answer that was published is withdrawn."""
    return ok(review.review_view(house.cases.answers.review_decisions.undo(who, review_id)))
