"""Passages a person may like, from what they used before, what others use and what is new."""

from fastapi import APIRouter
from starlette.responses import Response

from nova.api.doors import DoorRoute, InHouse, SignedIn
from nova.api.models.recommend import RecommendRequest, SuggestedItems
from nova.api.protocol.envelope import Envelope, ok
from nova.api.views import recommend as recommending

router = APIRouter(prefix="/api/v1", tags=["Fragen"], route_class=DoorRoute)


@router.post("/recommend", response_model=Envelope[SuggestedItems], summary="Passagen empfehlen")
def recommend_passages(house: InHouse, who: SignedIn, body: RecommendRequest) -> Response:
    """`user_id` is the caller's own. Only what they may see; one place in ten is drawn by lot, its chance logged where they agreed."""
    return ok(recommending.list_view(house.cases.answers.passage_recommendations.recommend(who, body.user_id, body.top_k)))
