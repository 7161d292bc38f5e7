"""Somebody has proved who they are: their session is opened, their browser known from now on, and it is noted."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from nova.api.doors import House, signed_in, who
from nova.api.protocol.cookies import BROWSER, COOKIE, set_browser, set_cookie
from nova.api.protocol.envelope import ok
from nova.api.protocol.requests import client_address, origin
from nova.api.views.records import session_view
from nova.errors import NotAllowed
from nova.governance.accounts.enter import Entered, From
from nova.governance.accounts.passkeys import Site
from nova.governance.sessions import Opening, OpenSession
from nova.records import Caller

FRESH = timedelta(minutes=15)
STALE = "Bitte melden Sie sich dafür noch einmal an. Wege hinein ändert nur, wer gerade erst hereingekommen ist."
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
PROGRAM = re.compile(r"[A-Za-z][A-Za-z0-9.-]{0,40}")


class NotFresh(NotAllowed):
    """Somebody has been signed in for long; ways in are changed only shortly after coming in."""

    code = "fresh_sign_in"


async def fresh(request: Request, caller: Annotated[Caller, Depends(signed_in)]) -> Caller:
    """The caller, who came in by a browser a short while ago; NotFresh."""
    if not is_fresh(request):
        raise NotFresh(STALE)
    return caller


async def recent(request: Request, caller: Annotated[Caller, Depends(signed_in)]) -> Caller:
    """The caller: whoever came by a browser did so a short while ago; keys and tokens come with each request. NotFresh."""
    if who(request).session is not None and not is_fresh(request) and caller.user_id is not None:
        raise NotFresh(STALE)
    return caller


Fresh = Annotated[Caller, Depends(fresh)]
Recent = Annotated[Caller, Depends(recent)]


def is_fresh(request: Request) -> bool:
    """Whether whoever asks proved who they are a short while ago, by a browser; a token proves nothing, it may be a program's."""
    session = who(request).session
    return session is not None and session.proved_at is not None and session.proved_at > datetime.now(UTC) - FRESH


def refuse_strangers(request: Request) -> None:
    """NotAllowed for what a page of another house sends: nobody is signed in, out or up from there."""
    site, source = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    foreign = site not in (None, "same-origin", "none") or (source is not None and source != site_of(request).origin)
    if foreign:
        raise NotAllowed("Diese Anfrage kommt von einer fremden Seite.")


def site_of(request: Request) -> Site:
    """Where this browser reaches Nova."""
    return Site(f"{request.url.scheme}://{request.headers.get('host', '')}")


def come_from(request: Request) -> From:
    """Where a try comes from."""
    return From(origin(request), request.cookies.get(BROWSER, ""))


def let_in(request: Request, house: House, entered: Entered) -> tuple[dict[str, Any], OpenSession, str]:
    """What the page is told of the new session, its cookie, and by what this browser is known from now on."""
    caller = entered.caller
    opening = Opening(entered.way, device_of(request), issuer=entered.issuer, sid=entered.sid, proved_at=entered.proved_at)
    opened = house.identities.enter(caller, opening, house.cases.people.entrance.still(entered))
    end_former(request, house)
    browser = house.cases.people.doorbook.came_in(caller, entered.way, request.cookies.get(BROWSER, ""))
    return session_view(caller, opened.csrf), opened, browser


def end_former(request: Request, house: House) -> None:
    """End the session that this browser had before: its cookie gives way to the new one, and nobody should hold the old one."""
    if secret := request.cookies.get(COOKIE):
        house.identities.sign_out(secret)


def entered_response(request: Request, told: dict[str, Any], opened: OpenSession, browser: str) -> Response:
    """The answer with both cookies."""
    return set_browser(set_cookie(ok(told), request, opened), request, browser)


def device_of(request: Request) -> str:
    """What a browser says it is, in two words; nothing that would tell more of whoever uses it."""
    agent = request.headers.get("user-agent", "")[:500]
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    if browser:
        return f"{browser} auf {system}" if system else browser
    program = PROGRAM.match(agent)
    return program[0] if program else ""


def note_key(request: Request, house: House) -> None:
    """A browser came in by the operator's key; who operates is told."""
    house.cases.people.doorbook.key_entered(client_address(request))


def back_to(address: str) -> str:
    """Where to go after the company's sign-in: a path of our own, whatever was asked for."""
    try:
        parts = urlsplit(address)
    except ValueError:  # such as //[
        return "/"
    ours = address.startswith("/") and not address.startswith("//") and not parts.scheme and not parts.netloc and "\\" not in address
    return address if ours and address.isprintable() else "/"
