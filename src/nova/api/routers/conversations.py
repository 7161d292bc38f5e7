"""Conversations as editors read them."""

from dataclasses import asdict
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from nova.api.doors import DoorRoute, InHouse, Reviewer
from nova.api.envelope import Envelope, ok
from nova.api.models.talks import ConversationDetail, ConversationFilters, ConversationList
from nova.ports.people import Purpose
from nova.records import Caller
from nova.store import talks

router = APIRouter(prefix="/api/v1/admin/conversations", tags=["Gespräche"], route_class=DoorRoute)


@router.get("", response_model=Envelope[ConversationList], summary="Gespräche")
def list_conversations(house: InHouse, who: Reviewer, asked: Annotated[ConversationFilters, Query()]) -> Response:
    """Pseudonymised, the latest first; reviewers see those whose authors agree to their being looked at."""
    with house.nova.db.transaction() as conn:
        found = talks.page(conn, talks.Wanted(**asked.model_dump(), purpose_of_reader=_purpose(who)))
        sources = talks.sources(conn, _purpose(who))
    total = found[0].total if found else 0
    return ok({"conversations": [asdict(one) for one in found], "total": total, "sources": sources})


@router.get("/{conversation_id}", response_model=Envelope[ConversationDetail], summary="Ein Gespräch")
def get_conversation(house: InHouse, who: Reviewer, conversation_id: UUID) -> Response:
    """All that was said, in order; to reviewers what they are not to look at is not there."""
    with house.nova.db.transaction() as conn:
        head = talks.get(conn, conversation_id, _purpose(who))
        return ok(asdict(head) | {"said": [asdict(one) for one in talks.turns(conn, conversation_id)]})


def _purpose(who: Caller) -> Purpose | None:
    """What authors must have agreed to for this caller to read their words."""
    return None if who.role == "admin" else "analytics"
