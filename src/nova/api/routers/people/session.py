"""Sign in, who am I, sign out."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from nova.api.doors import DoorRoute, InHouse, SignedIn, sign_in, who
from nova.api.entering import device_of, end_former, note_key, refuse_strangers
from nova.api.models.system import SessionData, SignedOut, SignIn
from nova.api.protocol.cookies import COOKIE, clear_cookie, set_cookie
from nova.api.protocol.envelope import Envelope, ok
from nova.api.views.records import session_view

router = APIRouter(prefix="/api/v1/session", tags=["Anmeldung"], route_class=DoorRoute)


@router.post("", response_model=Envelope[SessionData], summary="Mit Betriebsschlüssel oder Token anmelden")
async def create_session(request: Request, house: InHouse, body: SignIn) -> Response:
    """Sets the session cookie; `csrf` goes into `X-CSRF-Token` of every unsafe request."""
    refuse_strangers(request)
    caller, opened = await sign_in(request, house, body.key, device_of(request))
    await run_in_threadpool(end_former, request, house)
    if caller.user_id is None:
        await run_in_threadpool(note_key, request, house)
    response = ok(session_view(caller, opened.csrf))
    return set_cookie(response, request, opened)


@router.get("", response_model=Envelope[SessionData], summary="Wer ist angemeldet?")
async def read_session(request: Request, caller: SignedIn) -> Response:
    """The signed-in person; with a key or token instead of a cookie `csrf` is empty."""
    return ok(session_view(caller, who(request).csrf or ""))


@router.delete("", response_model=Envelope[SignedOut], summary="Abmelden")
async def delete_session(request: Request, house: InHouse, _caller: SignedIn) -> Response:
    """Ends the session of the cookie."""
    if secret := request.cookies.get(COOKIE):
        await run_in_threadpool(house.identities.sign_out, secret)
    return clear_cookie(ok({"signed_out": True}), request)
