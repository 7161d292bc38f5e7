"""Conversations as editors read them."""

from dataclasses import asdict
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from nova.api.doors import DoorRoute, ForReview, InHouse
from nova.api.models.talks import ConversationDetail, ConversationFilters, ConversationList
from nova.api.protocol.envelope import Envelope, ok
from nova.telemetry.talks import ConversationFilter

router = APIRouter(prefix="/api/v1/admin/conversations", tags=["Gespräche"], route_class=DoorRoute)


@router.get("", response_model=Envelope[ConversationList], summary="Gespräche")
def list_conversations(house: InHouse, who: ForReview, asked: Annotated[ConversationFilters, Query()]) -> Response:
    """Pseudonymised, the latest first; reviewers see those whose authors agree to their being looked at."""
    found = house.cases.answers.talks.page(who, ConversationFilter(**asked.model_dump()))
    return ok({"conversations": [asdict(one) for one in found.rows], "total": found.total, "sources": found.sources})


@router.get("/{conversation_id}", response_model=Envelope[ConversationDetail], summary="Ein Gespräch")
def get_conversation(house: InHouse, who: ForReview, conversation_id: UUID) -> Response:
    """All that was said, in order; to reviewers what they are not to look at is not there."""
    head, said = house.cases.answers.talks.one(who, conversation_id)
    return ok(asdict(head) | {"said": [asdict(one) for one in said]})
