"""A session in, its cookie out: HttpOnly, SameSite=Strict, Secure where the connection is."""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from nova.governance.sessions import OpenSession

COOKIE = "nova_session"


def set_cookie(response: Response, request: Request, opened: OpenSession) -> Response:
    """The response with the cookie."""
    seconds = int((opened.expires_at - datetime.now(UTC)).total_seconds())
    response.set_cookie(COOKIE, opened.secret, max_age=seconds, path="/", secure=_secure(request), httponly=True, samesite="strict")
    return response


def clear_cookie(response: Response, request: Request) -> Response:
    """The response that removes the cookie."""
    response.delete_cookie(COOKIE, path="/", secure=_secure(request), httponly=True, samesite="strict")
    return response


def _secure(request: Request) -> bool:
    return request.url.scheme == "https"
