"""Conversations as passages: made by a job, searched by editors."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from nova.api.doors import DoorRoute, ForData, ForReview, InHouse
from nova.api.models.common import StartedJob
from nova.api.models.passages import ConversationPassages, ConversationSearch, PipelineRequest
from nova.api.protocol.envelope import Envelope, ok
from nova.knowledge.talks import TalkQuery

router = APIRouter(prefix="/api/v1/admin", tags=["Gespräche"], route_class=DoorRoute)


@router.post("/pipelines/vector-ingest", response_model=Envelope[StartedJob], summary="Gespräche durchsuchbar machen")
def run_vector_ingest(house: InHouse, who: ForData, body: PipelineRequest) -> Response:
    """Those whose authors agree to analytics; one that waits or runs is not started again."""
    return ok({"job_id": house.cases.answers.talk_search.start(who, replay=body.replay)})


@router.get("/conversations/search", response_model=Envelope[ConversationPassages], summary="Gespräche durchsuchen")
def search_conversations(house: InHouse, _: ForReview, asked: Annotated[ConversationSearch, Query()]) -> Response:
    """Passages of redacted conversations, best first."""
    wanted = TalkQuery(asked.query, asked.source, asked.channel, asked.since, asked.until, asked.limit)
    return ok({"passages": house.cases.answers.talk_search.find(wanted)})
