"""Data in, the one JSON shape of every answer out: `{status, message, data, trace_id}`."""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import to_json
from starlette.responses import Response

from nova.unseen import escaped_json

Data = TypeVar("Data")
JSON = "application/json"
trace: ContextVar[str] = ContextVar("trace")


class Envelope(BaseModel, Generic[Data]):
    """Every successful answer."""

    status: Literal["ok"]
    message: str
    data: Data
    trace_id: UUID


class FieldProblem(BaseModel):
    """What is wrong with one field of the request."""

    field: str
    message: str


class FailureData(BaseModel):
    """`code` is stable and for programs; some codes carry more."""

    model_config = ConfigDict(extra="allow")

    code: str
    fields: list[FieldProblem] | None = Field(None, description="With code `validation`.")
    retry_after: int | None = Field(None, description="Seconds, with the codes `rate_limited` and `busy`.")
    item_id: UUID | None = Field(None, description="The existing item, with code `duplicate`.")


class Failure(BaseModel):
    """Every answer that is no success."""

    status: Literal["error"]
    message: str
    data: FailureData
    trace_id: UUID


class OpenAIProblem(BaseModel):
    """What is wrong, in OpenAI's words."""

    message: str
    type: Literal["invalid_request_error", "server_error"]
    param: None
    code: str


class OpenAIFailure(BaseModel):
    """Every answer of the OpenAI paths that is no success."""

    error: OpenAIProblem
    trace_id: UUID


def trace_id() -> str:
    """The request's trace id."""
    known = trace.get("")
    return known or str(uuid4())


def ok(data: Any, *, message: str = "", status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """An answer; `data` may hold dataclasses, UUIDs and aware datetimes. It is written as it is, without validation."""
    body = {"status": "ok", "message": message, "data": data, "trace_id": trace_id()}
    return json_response(body, status, headers)


def as_json(value: Any) -> bytes:
    """Anything as JSON; unseen signs are escaped, so that a terminal shows it and does not obey it."""
    return escaped_json(to_json(value, inf_nan_mode="null"))


def json_response(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Anything as JSON that no browser or proxy keeps."""
    return Response(as_json(body), status, {"Cache-Control": "no-store", **(headers or {})}, JSON)


def failed(status: int, code: str, message: str, data: Mapping[str, Any] | None = None) -> Response:
    """An error answer; `retry_after` in the data becomes a header too."""
    body = {"status": "error", "message": message, "data": {"code": code, **(data or {})}, "trace_id": trace_id()}
    headers = {"Retry-After": str(data["retry_after"])} if data and "retry_after" in data else {}
    return json_response(body, status, headers)
