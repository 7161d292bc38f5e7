"""Questions to Luna, the answers kept, questions to begin with, and help."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from nova.answers import help as helping
from nova.api.asking import answered, streamed, to_question
from nova.api.doors import Asking, DoorRoute, InHouse, SignedIn
from nova.api.models.answers import AnswerData, AnswerList, AnswerRecord, AskRequest, Help, Starters
from nova.api.models.common import Deleted, Moment
from nova.api.protocol.envelope import Envelope, ok
from nova.api.urgent import AskedText
from nova.api.views.records import answer_view, kept_answer_view

router = APIRouter(prefix="/api/v1", route_class=DoorRoute)
STREAM_TEXT = "Mit `stream`: status, passages, sentence, final, error."
STREAM: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {}}, "description": STREAM_TEXT}}


@router.post("/rag/ask", response_model=Envelope[AnswerData], responses=STREAM, tags=["Fragen"], summary="Luna fragen")
async def ask_luna(house: InHouse, who: Asking, body: AskRequest) -> Response:
    """Every sentence is checked against its source. When the documents do not answer, Luna says so.

    A message that tells of an emergency (gas, power outage, fire, electricity, carbon monoxide, a burst pipe) is answered at once,
    before any search, line or question limit: with the number to ring and what to do, and with `emergency`; `no_emergency` searches.
    """
    asked = AskedText(body.question, body.conversation_id, lambda: to_question(who.caller, body), body.no_emergency)
    if body.stream:
        return await streamed(house, who, asked)
    return await answered(house, who, asked, lambda answer: ok(answer_view(answer)))


@router.get("/rag/answers", response_model=Envelope[AnswerList], tags=["Fragen"], summary="Frühere Antworten")
def list_own_answers(
    house: InHouse, who: SignedIn, limit: Annotated[int, Query(ge=1, le=200)] = 20, before: Moment | None = None
) -> Response:
    """One's own, newest first; the operator sees all."""
    rows, next_before = house.cases.answers.kept_answers.page(who, limit, before)
    return ok({"answers": rows, "next_before": next_before})


@router.get("/rag/answers/{answer_id}", response_model=Envelope[AnswerRecord], tags=["Fragen"], summary="Eine frühere Antwort")
def get_own_answer(house: InHouse, who: SignedIn, answer_id: UUID) -> Response:
    """With its evidence as it was."""
    return ok(kept_answer_view(house.cases.answers.kept_answers.one(who, answer_id)))


@router.delete("/rag/answers/{answer_id}", response_model=Envelope[Deleted], tags=["Fragen"], summary="Eine frühere Antwort löschen")
def delete_own_answer(house: InHouse, who: SignedIn, answer_id: UUID) -> Response:
    """It is gone from the history; judgements of it stay without it."""
    house.cases.answers.kept_answers.delete(who, answer_id)
    return ok({"deleted": True})


@router.get("/rag/starters", response_model=Envelope[Starters], tags=["Fragen"], summary="Fragen zum Anfangen")
def get_starters(house: InHouse, who: SignedIn) -> Response:
    """For who asks: of their meters, of the laws that are held, and of other documents."""
    return ok({"questions": house.cases.answers.kept_answers.starters(who)})


@router.get("/help/context", response_model=Envelope[Help], tags=["Hilfe"], summary="Hilfe zu einer Seite")
async def get_help(house: InHouse, who: SignedIn, route: Annotated[str, Query(min_length=1, max_length=200)]) -> Response:
    """What the page is for, the steps, and questions that belong to it."""
    return ok(await run_in_threadpool(helping.context, route, who, house.nova.settings.NOVA_TONE))
