"""The company's own sign-in: a browser goes there, comes back, and is told from there when it is over."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from nova.api.doors import DoorRoute, House, InHouse
from nova.api.entering import back_to, let_in, site_of
from nova.api.models.people.accounts import LoggedOutData
from nova.api.protocol.cookies import STEP, set_browser, set_cookie, set_step, set_told
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
def begin_sso(request: Request, house: InHouse, to: Annotated[str, Query(max_length=500)] = "/", again: bool = False) -> Response:
    """Sends the browser there; `to` is where it wants to go afterwards, a path of Nova's own; `again`: to prove oneself once more."""
    house.rates.count(house.rates.signin_begun, "NOVA_RATE_DEFAULT", origin(request))
    company = _company(house)
    try:
        url, step = company.begin(site_of(request).origin + BACK, back_to(to), again=again)
    except NovaError as error:
        return _not_in(request, error)
    return set_step(RedirectResponse(url, status_code=303), request, step)


@router.get("/back", response_class=Response, status_code=303, responses=SENT_ON, summary="Von der Anmeldung der Firma zurück")  # type: ignore[arg-type]
def finish_sso(request: Request, house: InHouse) -> Response:
    """In, on the page that was wanted; or the page of signing in, which says why not."""
    company = _company(house)
    try:
        back = company.finish(site_of(request).origin + BACK, request.cookies.get(STEP, ""), _came(request))
    except NovaError as error:
        house.rates.count(house.rates.signin, "NOVA_RATE_SIGNIN", origin(request))
        answer = _not_in(request, error)
    else:
        answer = _let_in(request, house, back)
    house.identities.forget()  # whoever has another role now, or none
    return set_step(answer, request, "")


@router.post("/logout", response_model=Envelope[LoggedOutData], summary="Abmeldung von der Firma (Back-Channel Logout)")
def log_out_by_company(house: InHouse, logout_token: Annotated[str, Form(min_length=1, max_length=16_384)]) -> Response:
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


def _came(request: Request) -> dict[str, str]:
    """What the browser came back with; nothing where a name stands twice: of two answers nobody can say which is meant."""
    items = request.query_params.multi_items()[:MOST_PARAMETERS]
    return dict(items) if len(dict(items)) == len(request.query_params.multi_items()) else {}


def _let_in(request: Request, house: House, back: CameBack) -> Response:
    """To where somebody wanted to go; or on to the second factor."""
    if isinstance(back.found, FactorWanted):
        return RedirectResponse(f"/#{urlencode({'schritt': back.found.step, 'zu': back.to})}", status_code=303)
    _, opened, browser = let_in(request, house, back.found)
    return set_browser(set_cookie(RedirectResponse(back.to, status_code=303), request, opened), request, browser)


def _not_in(request: Request, error: NovaError) -> Response:
    """To the page of signing in, with what went wrong."""
    return set_told(RedirectResponse("/", status_code=303), request, error.message)
