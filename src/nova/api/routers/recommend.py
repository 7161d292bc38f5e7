"""Passages a person may like, from what they used before, what others use and what is new; and the policies that choose among them."""

from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.responses import Response

from nova.api.doors import DoorRoute, ForLearned, ForLearning, ForRights, InHouse, SignedIn
from nova.api.models.common import StartedJob
from nova.api.models.recommend import PolicyData, PolicyList, PolicyLive, PolicyRequest, RecommendRequest, SuggestedItems
from nova.api.protocol.envelope import Envelope, ok
from nova.api.views import recommend as recommending

router = APIRouter(prefix="/api/v1", tags=["Fragen"], route_class=DoorRoute)
PolicyName = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{0,63}$")]
LINES: dict[int | str, dict[str, Any]] = {200: {"content": {"application/x-ndjson": {}}}}


@router.post("/recommend", response_model=Envelope[SuggestedItems], summary="Passagen empfehlen")
def recommend_passages(house: InHouse, who: SignedIn, body: RecommendRequest) -> Response:
    """`user_id` is the caller's own. Only what they may see; some places are drawn by lot, each one's chance logged where they agreed."""
    return ok(recommending.list_view(house.cases.answers.passage_recommendations.recommend(who, body.user_id, body.top_k)))


@router.get("/recommend/policies", response_model=Envelope[PolicyList], summary="Gelernte Regeln für Empfehlungen")
def list_policies(house: InHouse, _: ForLearned) -> Response:
    """Each with what was measured of it, newest first."""
    return ok(recommending.policies_view(house.cases.answers.policies.every()))


@router.post("/recommend/policies", response_model=Envelope[StartedJob], summary="Eine Regel für Empfehlungen lernen")
def learn_policy(house: InHouse, who: ForLearning, body: PolicyRequest) -> Response:
    """A job; what comes of it is a candidate with what was measured of it. It chooses nothing until somebody takes it in use."""
    return ok({"job_id": house.cases.answers.policies.learn(who, body.policy)})


@router.post("/recommend/policies/rollback", response_model=Envelope[PolicyLive], summary="Gelernte Regel zurücknehmen")
def roll_policy_back(house: InHouse, who: ForLearning) -> Response:
    """What it replaced chooses again, as before."""
    return ok({"live": house.cases.answers.policies.roll_back(who)})


@router.post("/recommend/policies/{name}/promote", response_model=Envelope[PolicyData], summary="Gelernte Regel in Gebrauch nehmen")
def promote_policy(house: InHouse, who: ForLearning, name: PolicyName) -> Response:
    """409 where it did not measure better than what was shown, is live already, or is damaged."""
    return ok(recommending.policy_view(house.cases.answers.policies.promote(who, name)))


@router.get("/recommend/log", response_class=Response, responses=LINES, summary="Protokoll der Empfehlungen als Zeilen")
def export_recommendation_log(house: InHouse, who: ForRights) -> Response:
    """What was shown, of which candidates, and what came of it; persons are numbers. That somebody took it is noted."""
    return Response(house.cases.answers.policies.log(who), media_type="application/x-ndjson")
