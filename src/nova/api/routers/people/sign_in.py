"""Coming in: by password and code, by passkey, by following an invitation. Open routes; what they let somebody in by is proved in them."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from nova.api.doors import DoorRoute, Guess, House, InHouse
from nova.api.entering import come_from, entered_response, let_in, refuse_strangers, site_of
from nova.api.models.people import accounts as shapes
from nova.api.protocol.envelope import Envelope, ok
from nova.api.protocol.requests import origin
from nova.api.routers.people.sso import BEGIN
from nova.api.views.accounts import factor_view, invitation_view
from nova.governance.accounts.enter import Entered, FactorWanted
from nova.governance.accounts.joining import FactorToMake, Joined

router = APIRouter(prefix="/api/v1", tags=["Anmeldung"], route_class=DoorRoute)


@router.get("/sign-in", response_model=Envelope[shapes.WaysIn], summary="Wege der Anmeldung")
def get_ways(request: Request, house: InHouse) -> Response:
    """By what people can sign in here, from where this browser stands."""
    settings = house.nova.settings
    sso = {"name": settings.NOVA_OIDC_NAME, "url": BEGIN} if settings.NOVA_OIDC_ISSUER else None
    return ok({"company": settings.NOVA_COMPANY, "passwords": True, "passkeys": site_of(request).takes_passkeys, "sso": sso})


@router.post(
    "/sign-in/password", response_model=Envelope[shapes.SignInStep], dependencies=[Guess], summary="Mit Name und Passwort anmelden"
)
def sign_in_by_password(request: Request, house: InHouse, body: shapes.PasswordSignIn) -> Response:
    """Either in, or a code has to follow. 401 for a wrong name or password alike; 429 for who guesses."""
    refuse_strangers(request)
    found = house.cases.people.entrance.by_password(body.user, body.password, come_from(request))
    return ok({"session": None, "step": found.step}) if isinstance(found, FactorWanted) else _in(request, house, found)


@router.post("/sign-in/code", response_model=Envelope[shapes.SignInStep], dependencies=[Guess], summary="Zweiten Faktor angeben")
def sign_in_by_code(request: Request, house: InHouse, body: shapes.CodeSignIn) -> Response:
    """A code of the app or of the paper, after a right password."""
    refuse_strangers(request)
    return _in(request, house, house.cases.people.entrance.by_code(body.step, body.code, come_from(request)))


@router.post("/sign-in/passkey/options", response_model=Envelope[shapes.PasskeyOptions], summary="Anmeldung mit Passkey beginnen")
def begin_passkey_sign_in(request: Request, house: InHouse) -> Response:
    """What the browser is asked for, the same for everybody."""
    refuse_strangers(request)
    house.rates.count(house.rates.signin_begun, "NOVA_RATE_DEFAULT", origin(request))
    step, options = house.cases.people.entrance.passkey_options(site_of(request))
    return ok({"step": step, "options": options})


@router.post("/sign-in/passkey", response_model=Envelope[shapes.SignInStep], summary="Mit Passkey anmelden")
def sign_in_by_passkey(request: Request, house: InHouse, body: shapes.PasskeySignIn) -> Response:
    """What the authenticator signed."""
    refuse_strangers(request)
    return _in(request, house, house.cases.people.entrance.by_passkey(body.step, body.credential, site_of(request)))


@router.post("/invitations/look", response_model=Envelope[shapes.InvitationData], summary="Für wen ist diese Einladung?")
def look_at_invitation(request: Request, house: InHouse, body: shapes.InvitationSecret) -> Response:
    """404 for a link that is used, over, replaced or made up."""
    refuse_strangers(request)
    return ok(invitation_view(house.cases.people.joining.look(body.secret)))


@router.post(
    "/invitations/password", response_model=Envelope[shapes.JoinStep], dependencies=[Guess], summary="Einladung mit Passwort annehmen"
)
def join_by_password(request: Request, house: InHouse, body: shapes.JoinByPassword) -> Response:
    """Either in, or a second factor has to be made first."""
    refuse_strangers(request)
    found = house.cases.people.joining.by_password(body.secret, body.password)
    if isinstance(found, FactorToMake):
        return ok({"session": None, "factor": factor_view(found.step, found.factor), "codes": []})
    return _joined(request, house, found)


@router.post("/invitations/code", response_model=Envelope[shapes.JoinStep], summary="Zweiten Faktor der Einladung bestätigen")
def join_by_code(request: Request, house: InHouse, body: shapes.CodeSignIn) -> Response:
    """In, with codes for paper."""
    refuse_strangers(request)
    return _joined(request, house, house.cases.people.joining.by_code(body.step, body.code))


@router.post("/invitations/passkey/options", response_model=Envelope[shapes.PasskeyOptions], summary="Einladung mit Passkey beginnen")
def begin_passkey_join(request: Request, house: InHouse, body: shapes.InvitationSecret) -> Response:
    """What the browser is asked for to make a passkey."""
    refuse_strangers(request)
    step, options = house.cases.people.joining.passkey_options(body.secret, site_of(request))
    return ok({"step": step, "options": options})


@router.post("/invitations/passkey", response_model=Envelope[shapes.JoinStep], summary="Einladung mit Passkey annehmen")
def join_by_passkey(request: Request, house: InHouse, body: shapes.NewPasskey) -> Response:
    """In."""
    refuse_strangers(request)
    return _joined(request, house, house.cases.people.joining.by_passkey(body.step, body.credential, site_of(request), body.name))


def _in(request: Request, house: House, entered: Entered) -> Response:
    told, opened, browser = let_in(request, house, entered)
    return entered_response(request, {"session": told, "step": None}, opened, browser)


def _joined(request: Request, house: House, joined: Joined) -> Response:
    house.identities.forget()
    told, opened, browser = let_in(request, house, joined.entered)
    answer: dict[str, Any] = {"session": told, "factor": None, "codes": list(joined.codes)}
    return entered_response(request, answer, opened, browser)
