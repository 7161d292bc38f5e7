"""Luna behind OpenAI's protocol, so that chat programs can use her. Not enveloped; errors have OpenAI's shape."""

from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from nova.api.asking import answered, streamed, to_question
from nova.api.doors import Asking, DoorRoute, InHouse, signed_in
from nova.api.models.answers import ChatRequest
from nova.api.models.openai import ChatCompletion, ChatModels
from nova.api.openai import completion, going_on, last_said, model_list, question_of, told_as_chunks, told_failure
from nova.api.protocol.envelope import json_response
from nova.api.urgent import AskedText

MEMBER = [Depends(signed_in)]
router = APIRouter(tags=["OpenAI"], route_class=DoorRoute)
STREAM_TEXT = "With `stream`: chat.completion.chunk objects, then [DONE]."
STREAM: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {}}, "description": STREAM_TEXT}}


@router.get("/v1/models", response_model=ChatModels, summary="Models (OpenAI)", dependencies=MEMBER)
@router.get("/api/v1/models", include_in_schema=False, dependencies=MEMBER)
async def list_models() -> Response:
    """One model: `luna`."""
    return json_response(model_list())


@router.post("/v1/chat/completions", response_model=ChatCompletion, responses=STREAM, summary="Chat (OpenAI)")
@router.post("/api/v1/chat/completions", include_in_schema=False)
async def complete_chat(house: InHouse, who: Asking, body: ChatRequest) -> Response:
    """Answers the last message of the user, which may go on with those before it; citations stand in the text as `[1]` and in `citations`.

    One that tells of an emergency is answered at once with the number to ring and what to do, however long it is.
    """
    asked = AskedText(last_said(body), None, lambda: going_on(body, to_question(who.caller, question_of(body))))
    if body.stream:
        return await streamed(house, who, asked, told_as_chunks, told_failure)
    return await answered(house, who, asked, completion)
