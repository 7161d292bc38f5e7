"""Conversations as editors read them."""

from dataclasses import asdict
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from nova.api.doors import DoorRoute, InHouse, Reviewer
from nova.api.envelope import Envelope, ok
from nova.api.models.talks import ConversationDetail, ConversationFilters, ConversationList
from nova.store import talks

router = APIRouter(prefix="/api/v1/admin/conversations", tags=["Gespräche"], route_class=DoorRoute)


@router.get("", response_model=Envelope[ConversationList], summary="Gespräche")
def list_conversations(house: InHouse, _: Reviewer, asked: Annotated[ConversationFilters, Query()]) -> Response:
    """Pseudonymised, the latest first; only those whose authors agree to their being kept."""
    with house.nova.db.transaction() as conn:
        found = talks.page(conn, talks.Wanted(**asked.model_dump()))
        sources = talks.sources(conn)
    total = found[0].total if found else 0
    return ok({"conversations": [asdict(one) for one in found], "total": total, "sources": sources})


@router.get("/{conversation_id}", response_model=Envelope[ConversationDetail], summary="Ein Gespräch")
def get_conversation(house: InHouse, _: Reviewer, conversation_id: UUID) -> Response:
    """All that was said, in order."""
    with house.nova.db.transaction() as conn:
        return ok(asdict(talks.get(conn, conversation_id)) | {"said": [asdict(one) for one in talks.turns(conn, conversation_id)]})
