"""Second opinions of editors' decisions."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from nova.api.doors import DoorRoute, ForReview, InHouse
from nova.api.models.quality import second_opinions as shapes
from nova.api.protocol.envelope import Envelope, ok
from nova.api.views import second_opinions as views
from nova.api.views.review import STATES

router = APIRouter(prefix="/api/v1/admin/second-opinions", tags=["Durchsicht"], route_class=DoorRoute)


@router.get("", response_model=Envelope[shapes.SecondDesk], summary="Zweite Meinungen und Uneinigkeiten")
def list_second_opinions(house: InHouse, who: ForReview) -> Response:
    """What the caller may judge a second time, what two editors see differently, and how far editors agree."""
    return ok(views.desk_view(house.cases.answers.second_opinions.desk(who), who))


@router.get("/{review_id}", response_model=Envelope[shapes.SecondData], summary="Ein Eintrag für die zweite Meinung")
def get_second_opinion(house: InHouse, who: ForReview, review_id: UUID) -> Response:
    """Question, answer and citations, without how it was decided; 404 where the caller decided it first."""
    return ok(views.blind_view(house.cases.answers.second_opinions.one(who, review_id)))


@router.post("/{review_id}", response_model=Envelope[shapes.SecondGiven], summary="Eine zweite Meinung abgeben")
def give_second_opinion(house: InHouse, who: ForReview, review_id: UUID, body: shapes.SecondOpinion) -> Response:
    """It is given once. What was decided stays; where it differs, nothing is learned from the entry until somebody settles it."""
    return ok({"agreed": house.cases.answers.second_opinions.give(who, review_id, STATES[body.verdict], body.note)})


@router.post("/{review_id}/settlement", response_model=Envelope[shapes.Settled], summary="Eine Uneinigkeit entscheiden")
def settle_second_opinion(house: InHouse, who: ForReview, review_id: UUID, body: shapes.Settlement) -> Response:
    """Nobody decides for their own opinion (409). Where the second one is right, the entry is open again."""
    house.cases.answers.second_opinions.settle(who, review_id, views.SIDES[body.right])
    return ok({"state": house.cases.answers.review_queue.one(who, review_id).state})
