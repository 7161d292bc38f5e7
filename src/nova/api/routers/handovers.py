"""Conversations that go on with a person, and drafts of letters from answers."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from nova.api.doors import DoorRoute, ForService, InHouse, SignedIn
from nova.api.models.answers import CitedPlace
from nova.api.models.people import handovers as shapes
from nova.api.protocol.envelope import Envelope, ok
from nova.api.protocol.files import attachment
from nova.api.views.records import named, only
from nova.flows.handovers import HandedAnswer, Handover, NewHandover
from nova.german import BERLIN
from nova.records import Caller

router = APIRouter(prefix="/api/v1", tags=["Übergaben"], route_class=DoorRoute)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILE: dict[int | str, dict[str, Any]] = {200: {"content": {WORD: {}}}}


@router.post("/handovers", response_model=Envelope[shapes.HandoverMade], status_code=201, summary="Gespräch übergeben")
def make_handover(house: InHouse, caller: SignedIn, body: shapes.NewHandoverData) -> Response:
    """To a colleague or to whoever serves customers, with sources; a complaint gets the day on which four weeks are over."""
    new = NewHandover(body.answer_id, body.conversation_id, body.to or None, body.kind, body.note, body.received_on)
    return ok({"handover_id": house.cases.people.handovers.hand_over(caller, new)}, status=201)


@router.get("/handovers", response_model=Envelope[shapes.HandoverList], summary="Übergaben")
def list_handovers(house: InHouse, caller: SignedIn, filters: Annotated[shapes.HandoverFilters, Query()]) -> Response:
    """What lies with the caller, or what they handed over; what is due first."""
    found, total = house.cases.people.handovers.page(caller, filters.box, tuple(filters.state), filters.limit, filters.offset)
    return ok({"handovers": [_view(caller, one) for one in found], "total": total})


@router.get("/handovers/{handover_id}", response_model=Envelope[shapes.HandoverDetail], summary="Eine Übergabe")
def get_handover(house: InHouse, caller: SignedIn, handover_id: UUID) -> Response:
    """With its answers and what they cite; 404 for what does not lie with the caller."""
    found, turns = house.cases.people.handovers.one(caller, handover_id)
    return ok(_view(caller, found) | {"turns": [_turn_view(one) for one in turns]})


@router.patch("/handovers/{handover_id}", response_model=Envelope[shapes.HandoverData], summary="Übernehmen, erledigen, zurücknehmen")
def move_handover(house: InHouse, caller: SignedIn, handover_id: UUID, body: shapes.HandoverMove) -> Response:
    """409 when somebody was quicker."""
    return ok(_view(caller, house.cases.people.handovers.move(caller, handover_id, body.state)))


@router.get("/rag/answers/{answer_id}/letter", response_class=Response, responses=FILE, summary="Briefentwurf aus einer Antwort")
def draft_letter(house: InHouse, caller: ForService, answer_id: UUID) -> Response:
    """A Word file with the answer and the words that it rests on, from an answer of one's own or one that was handed over."""
    content = house.cases.people.handovers.letter(caller, answer_id)
    return attachment(content, f"antwort-{datetime.now(UTC).astimezone(BERLIN):%Y-%m-%d}.docx", WORD)


def _view(caller: Caller, one: Handover) -> dict[str, Any]:
    today = datetime.now(UTC).astimezone(BERLIN).date()
    return {
        "handover_id": one.handover_id,
        "kind": one.kind,
        "state": one.state,
        "question": one.question,
        "answers": one.answers,
        "note": one.note,
        "sender": one.from_name,
        "recipient": one.to_name,
        "taken_by": one.taken_name,
        "received_on": one.received_on,
        "due_on": one.due_on,
        "days_left": None if one.due_on is None or one.done_at is not None else (one.due_on - today).days,
        "made_at": one.made_at,
        "taken_at": one.taken_at,
        "done_at": one.done_at,
        "mine": one.from_user == caller.user_id,
    }


def _turn_view(one: HandedAnswer) -> dict[str, Any]:
    return {
        "answer_id": one.answer_id,
        "ts": one.ts,
        "question": one.question,
        "answer": one.answer,
        "status": one.status,
        "citations": [named(only(CitedPlace, citation)) for citation in one.citations],
    }
