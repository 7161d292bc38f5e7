"""A session in, its cookie out: HttpOnly, SameSite=Strict, Secure where the connection is."""

from datetime import UTC, datetime
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from nova.governance.sessions import OpenSession

COOKIE = "nova_session"
BROWSER = "nova_browser"  # by what a browser is known in which somebody has come in before
STEP, STEP_S = "nova_step", 600  # a sign-in at the company that was begun; it has to come back with a page of another house
TOLD, TOLD_S = "nova_told", 60  # why the company's sign-in let nobody in; in an address anybody could write it
BROWSER_S = 180 * 24 * 3600


def set_cookie(response: Response, request: Request, opened: OpenSession) -> Response:
    """The response with the cookie."""
    seconds = int((opened.expires_at - datetime.now(UTC)).total_seconds())
    response.set_cookie(COOKIE, opened.secret, max_age=seconds, path="/", secure=_secure(request), httponly=True, samesite="strict")
    return response


def clear_cookie(response: Response, request: Request) -> Response:
    """The response that removes the cookie."""
    response.delete_cookie(COOKIE, path="/", secure=_secure(request), httponly=True, samesite="strict")
    return response


def set_browser(response: Response, request: Request, secret: str) -> Response:
    """The response with what this browser is known by, for signing in only."""
    response.set_cookie(BROWSER, secret, max_age=BROWSER_S, path="/api/v1", secure=_secure(request), httponly=True, samesite="strict")
    return response


def set_step(response: Response, request: Request, secret: str) -> Response:
    """The response with what a begun sign-in at the company is known by; "" takes it away."""
    path, secure = "/api/v1/sign-in/sso", _secure(request)
    if secret:
        response.set_cookie(STEP, secret, max_age=STEP_S, path=path, secure=secure, httponly=True, samesite="lax")
    else:
        response.delete_cookie(STEP, path=path, secure=secure, httponly=True, samesite="lax")
    return response


def set_told(response: Response, request: Request, message: str) -> Response:
    """The response with a sentence that the page shows once, and takes away."""
    response.set_cookie(TOLD, quote(message), max_age=TOLD_S, path="/", secure=_secure(request), samesite="strict")
    return response


def _secure(request: Request) -> bool:
    return request.url.scheme == "https"
