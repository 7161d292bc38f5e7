"""The company's own sign-in: a browser goes there, comes back, and is told from there when it is over."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from nova.api.doors import DoorRoute, House, InHouse
from nova.api.entering import back_to, let_in, site_of
from nova.api.models.accounts import LoggedOutData
from nova.api.protocol.cookies import STEP, set_browser, set_cookie, set_step
from nova.api.protocol.envelope import Envelope, ok
from nova.api.protocol.requests import origin
from nova.errors import NotFound, NovaError
from nova.governance.accounts.company import CameBack, CompanyEntrance
from nova.governance.accounts.enter import FactorWanted

BEGIN, BACK = "/api/v1/sign-in/sso", "/api/v1/sign-in/sso/back"
MOST_PARAMETERS = 20
router = APIRouter(prefix=BEGIN, tags=["Anmeldung"], route_class=DoorRoute)
SENT_ON = {303: {"description": "Weiter im Browser."}}


@router.get("", response_class=Response, status_code=303, responses=SENT_ON, summary="Zur Anmeldung der Firma")  # type: ignore[arg-type]
def begin_sso(request: Request, house: InHouse, to: Annotated[str, Query(max_length=500)] = "/") -> Response:
    """Sends the browser there; `to` is where it wants to go afterwards, a path of Nova's own."""
    house.rates.count(house.rates.signin_begun, "NOVA_RATE_DEFAULT", origin(request))
    try:
        url, step = _company(house).begin(site_of(request).origin + BACK, back_to(to))
    except NotFound:
        raise
    except NovaError as error:
        return _not_in(error)
    return set_step(RedirectResponse(url, status_code=303), request, step)


@router.get("/back", response_class=Response, status_code=303, responses=SENT_ON, summary="Von der Anmeldung der Firma zurück")  # type: ignore[arg-type]
def finish_sso(request: Request, house: InHouse) -> Response:
    """In, on the page that was wanted; or the page of signing in, which says why not."""
    try:
        back = _company(house).finish(site_of(request).origin + BACK, request.cookies.get(STEP, ""), _came(request))
    except NotFound:
        raise
    except NovaError as error:
        house.identities.forget()  # whoever has no role any more has just left
        house.rates.count(house.rates.signin, "NOVA_RATE_SIGNIN", origin(request))
        return set_step(_not_in(error), request, "")
    return _come_in(request, house, back)


def _came(request: Request) -> dict[str, str]:
    """What the company's sign-in said; nothing where it said something twice: of two answers nobody can say which is meant."""
    said = request.query_params.multi_items()
    came = dict(said[:MOST_PARAMETERS])
    return came if len(came) == len(said) else {}


def _come_in(request: Request, house: House, back: CameBack) -> Response:
    """To the page that was wanted, or to the second factor first."""
    house.identities.forget()
    if isinstance(back.found, FactorWanted):
        answer: Response = RedirectResponse(f"/?{urlencode({'schritt': back.found.step, 'zu': back.to})}", status_code=303)
        return set_step(answer, request, "")
    _, opened, browser = let_in(request, house, back.found)
    answer = set_step(RedirectResponse(back.to, status_code=303), request, "")
    return set_browser(set_cookie(answer, request, opened), request, browser)


@router.post("/logout", response_model=Envelope[LoggedOutData], summary="Abmeldung von der Firma (Back-Channel Logout)")
def log_out_by_company(house: InHouse, logout_token: Annotated[str, Form(max_length=16_384)]) -> Response:
    """The provider says that a session is over there; it is over here at once. 400 for anybody else's word."""
    ended = _company(house).logged_out(logout_token)
    house.identities.forget()
    answer = ok({"ended": ended})
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _company(house: House) -> CompanyEntrance:
    found = house.cases.people.company
    if found is None:
        raise NotFound("Hier ist keine Anmeldung der Firma eingerichtet (NOVA_OIDC_ISSUER).")
    return found


def _not_in(error: NovaError) -> Response:
    """To the page of signing in, with what went wrong."""
    return RedirectResponse(f"/?{urlencode({'fehler': error.message})}", status_code=303)
