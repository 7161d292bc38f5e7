"""Whatever went wrong in, the envelope out (on the OpenAI paths their error shape). German for people, a code for programs."""

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from psycopg import DataError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from nova.api.protocol.envelope import failed, json_response, trace_id
from nova.errors import NovaError, TooLarge, disk_full, is_full
from nova.findings import problems

INTERNAL = "Ein unerwarteter Fehler ist aufgetreten. Nennen Sie der Betreuung die Vorgangsnummer."
_BY_STATUS = {
    400: ("validation", "Die Anfrage konnte nicht gelesen werden."),
    401: ("not_signed_in", "Bitte melden Sie sich an."),
    403: ("not_allowed", "Das dürfen Sie nicht."),
    404: ("not_found", "Diese Adresse gibt es nicht."),
    405: ("method_not_allowed", "Diese Adresse kennt diese Methode nicht."),
    408: ("too_slow", "Die Anfrage kam zu langsam an."),
    413: ("too_large", "Die Anfrage ist zu groß."),
    503: ("busy", "Der Dienst ist gerade nicht erreichbar."),
}


class BodyTooLarge(HTTPException):
    """The body passed its limit while it was being read."""

    def __init__(self, limit: int) -> None:
        super().__init__(TooLarge.status, too_large(limit))


class BodyTooSlow(HTTPException):
    """The body's next bytes did not come in time."""

    def __init__(self) -> None:
        super().__init__(408)


def too_large(limit: int) -> str:
    """What to tell the sender of a body that is larger than `limit` bytes."""
    size = f"{limit // (1024 * 1024)} MiB" if limit >= 1024 * 1024 else f"{limit // 1024} KiB"
    return f"Die Anfrage ist zu groß; erlaubt sind {size}."


def not_known(path: str, methods: Iterable[str]) -> Response:
    """The answer to a method that this path does not know."""
    response = answer_failure(path, 405, *_BY_STATUS[405])
    response.headers["Allow"] = ", ".join(sorted(methods))
    return response


def is_openai(path: str) -> bool:
    """Whether a path speaks OpenAI's protocol instead of the envelope."""
    return path.endswith(("/v1/models", "/v1/chat/completions")) or path.startswith(("/v1/", "/api/v1/chat/"))


def answer_failure(path: str, status: int, code: str, message: str, data: Mapping[str, Any] | None = None) -> Response:
    """The error answer in the shape this path speaks."""
    if not is_openai(path):
        return failed(status, code, message, data)
    headers = {"Retry-After": str(data["retry_after"])} if data and "retry_after" in data else {}
    return json_response(openai_error(status, code, message), status, headers)


def openai_error(status: int, code: str, message: str) -> dict[str, Any]:
    """An error in OpenAI's shape."""
    kind = "invalid_request_error" if status < 500 else "server_error"
    return {"error": {"message": message, "type": kind, "param": None, "code": code}, "trace_id": trace_id()}


def named(error: Exception) -> tuple[int, str, str]:
    """Status, code and words of an error; those of an unexpected one when it has no name."""
    return (error.status, error.code, error.message) if isinstance(error, NovaError) else (500, "internal", INTERNAL)


async def on_nova_error(request: Request, error: Exception) -> Response:
    """One of Nova's own errors."""
    if not isinstance(error, NovaError):
        raise error
    return answer_failure(request.url.path, error.status, error.code, error.message, error.data)


async def on_validation_error(request: Request, error: Exception) -> Response:
    """A request that does not fit its model: 400, never 422."""
    if not isinstance(error, RequestValidationError):
        raise error
    fields = problems(error.errors())
    message = "Bitte prüfen Sie Ihre Angaben: " + "; ".join(f"{one['field']}: {one['message']}" for one in fields[:3])
    return answer_failure(request.url.path, 400, "validation", message, {"fields": fields})


async def on_data_error(request: Request, _error: Exception) -> Response:
    """A value no table can hold (a NUL character, a number out of range)."""
    message = "Die Angaben enthalten Zeichen oder Zahlen, die sich nicht speichern lassen."
    return answer_failure(request.url.path, 400, "validation", message, {"fields": [{"field": "body", "message": message}]})


async def on_os_error(request: Request, error: Exception) -> Response:
    """No room on the disk, wherever it was missed; other errors of the system have no name."""
    if not isinstance(error, OSError) or not is_full(error):
        raise error
    return await on_nova_error(request, disk_full())


async def on_http_error(request: Request, error: Exception) -> Response:
    """What Starlette itself refuses: unknown paths, wrong methods, broken bodies."""
    if not isinstance(error, HTTPException):
        raise error
    if isinstance(error.__cause__, OSError) and is_full(error.__cause__):
        return await on_os_error(request, error.__cause__)
    code, message = _BY_STATUS.get(error.status_code, ("internal", INTERNAL))
    if isinstance(error, BodyTooLarge):
        message = str(error.detail)
    response = answer_failure(request.url.path, error.status_code, code, message)
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


def handle_errors(app: FastAPI) -> None:
    """Answer every error with an envelope; what nobody names is answered by the outermost middleware."""
    app.add_exception_handler(NovaError, on_nova_error)
    app.add_exception_handler(RequestValidationError, on_validation_error)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(DataError, on_data_error)
    app.add_exception_handler(OSError, on_os_error)
