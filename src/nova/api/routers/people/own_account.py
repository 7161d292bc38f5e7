"""One's own ways in, sessions and tokens. What changes them is for who came in a short while ago."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from nova.api.doors import DoorRoute, ForPeople, Guess, InHouse, SignedIn, who
from nova.api.entering import Fresh, come_from, is_fresh, site_of
from nova.api.models.common import Deleted
from nova.api.models.people import accounts as shapes
from nova.api.models.system import IssuedKey, RevokedKey
from nova.api.protocol.envelope import Envelope, ok
from nova.api.views.accounts import factor_view, key_use_view, sessions_view, ways_view
from nova.governance.accounts.enter import TWO_FACTORS
from nova.records import Caller

router = APIRouter(prefix="/api/v1/me", tags=["Eigenes Konto"], route_class=DoorRoute)


@router.get("/account", response_model=Envelope[shapes.OwnWaysData], summary="Eigene Wege der Anmeldung")
def get_own_ways(request: Request, house: InHouse, caller: SignedIn) -> Response:
    """Password, second factor and passkeys; 404 for who came with a token or the operator's key and has no account."""
    ways = house.cases.people.own_account.ways(caller)
    return ok(ways_view(ways, fresh=is_fresh(request), two_factors=caller.role in TWO_FACTORS))


@router.put("/account/password", response_model=Envelope[shapes.Ended], dependencies=[Guess], summary="Eigenes Passwort ändern")
def change_own_password(request: Request, house: InHouse, caller: Fresh, body: shapes.PasswordChange) -> Response:
    """All other sessions end."""
    house.cases.people.own_account.change_password(caller, body.old, body.new, come_from(request))
    return ok({"ended": _end_others(request, house, caller)})


@router.post("/account/passkeys/options", response_model=Envelope[shapes.PasskeyOptions], summary="Passkey anlegen beginnen")
def begin_own_passkey(request: Request, house: InHouse, caller: Fresh) -> Response:
    """What the browser is asked for."""
    step, options = house.cases.people.own_account.passkey_options(caller, site_of(request))
    return ok({"step": step, "options": options})


@router.post("/account/passkeys", response_model=Envelope[shapes.PasskeyMade], status_code=201, summary="Passkey anlegen")
def add_own_passkey(request: Request, house: InHouse, caller: Fresh, body: shapes.NewPasskey) -> Response:
    """What the authenticator made."""
    made = house.cases.people.own_account.add_passkey(caller, body.step, body.credential, site_of(request), body.name)
    return ok({"passkey_id": made}, status=201)


@router.delete("/account/passkeys/{passkey_id}", response_model=Envelope[Deleted], summary="Passkey löschen")
def delete_own_passkey(house: InHouse, caller: Fresh, passkey_id: UUID) -> Response:
    """409 for the last way in."""
    house.cases.people.own_account.delete_passkey(caller, passkey_id)
    return ok({"deleted": True})


@router.post("/account/factor", response_model=Envelope[shapes.NewFactorData], summary="Zweiten Faktor anlegen beginnen")
def begin_own_factor(house: InHouse, caller: Fresh) -> Response:
    """What an authenticator app needs; it counts once a code proves it."""
    return ok(factor_view(*house.cases.people.own_account.new_factor(caller)))


@router.put("/account/factor", response_model=Envelope[shapes.Codes], summary="Zweiten Faktor bestätigen")
def take_own_factor(house: InHouse, caller: Fresh, body: shapes.FactorCode) -> Response:
    """Codes for paper, shown once."""
    return ok({"codes": house.cases.people.own_account.take_factor(caller, body.step, body.code)})


@router.delete("/account/factor", response_model=Envelope[Deleted], summary="Zweiten Faktor ablegen")
def drop_own_factor(house: InHouse, caller: Fresh) -> Response:
    """409 where the role demands one."""
    house.cases.people.own_account.drop_factor(caller)
    return ok({"deleted": True})


@router.post("/account/codes", response_model=Envelope[shapes.Codes], summary="Neue Ersatzcodes")
def renew_own_codes(house: InHouse, caller: Fresh) -> Response:
    """Those of before count no more."""
    return ok({"codes": house.cases.people.own_account.renew_codes(caller)})


@router.get("/sessions", response_model=Envelope[shapes.OwnSessions], summary="Eigene Sitzungen")
def list_own_sessions(request: Request, house: InHouse, caller: SignedIn) -> Response:
    """Where one is signed in, and when it was last used."""
    return ok(sessions_view(house.cases.people.own_sessions.all(caller), who(request).session))


@router.delete("/sessions", response_model=Envelope[shapes.Ended], summary="Alle anderen Sitzungen beenden")
def end_own_sessions(request: Request, house: InHouse, caller: SignedIn) -> Response:
    """All but the one that asks."""
    return ok({"ended": _end_others(request, house, caller)})


@router.delete("/sessions/{session_id}", response_model=Envelope[shapes.Ended], summary="Eine Sitzung beenden")
def end_own_session(house: InHouse, caller: SignedIn, session_id: UUID) -> Response:
    """It is over at once."""
    house.cases.people.own_sessions.end(caller, session_id)
    house.identities.forget()
    return ok({"ended": 1})


@router.get("/tokens", response_model=Envelope[shapes.OwnTokens], summary="Eigene Token für Programme")
def list_own_tokens(house: InHouse, caller: SignedIn) -> Response:
    """Those that are good."""
    return ok({"tokens": house.cases.people.own_sessions.tokens(caller)})


@router.post("/tokens", response_model=Envelope[IssuedKey], status_code=201, summary="Token für ein Programm ausgeben")
def issue_own_token(house: InHouse, caller: Fresh, body: shapes.NewOwnToken) -> Response:
    """Shown once; it may some of what one may oneself."""
    return ok(house.cases.people.tokens.issue_own(caller, body.label, body.days, tuple(body.scopes)), status=201)


@router.delete("/tokens/{token_id}", response_model=Envelope[RevokedKey], summary="Eigenes Token zurückziehen")
def revoke_own_token(house: InHouse, caller: SignedIn, token_id: UUID) -> Response:
    """It is refused from now on."""
    house.cases.people.tokens.revoke_own(caller, token_id)
    house.identities.forget()
    return ok({"revoked": True})


@router.get("/notices", response_model=Envelope[shapes.Notices], summary="Was der Betriebsverwaltung mitzuteilen ist")
def list_notices(house: InHouse, caller: ForPeople) -> Response:
    """Each use of the operator's key since one was last told."""
    return ok({"key_uses": [key_use_view(one) for one in house.cases.people.doorbook.untold(caller)]})


@router.post("/notices", response_model=Envelope[shapes.Notices], summary="Mitteilungen als gesehen merken")
def see_notices(house: InHouse, caller: ForPeople, body: shapes.NoticesSeen) -> Response:
    """What is left after that."""
    house.cases.people.doorbook.told(caller, body.seq)
    return ok({"key_uses": [key_use_view(one) for one in house.cases.people.doorbook.untold(caller)]})


def _end_others(request: Request, house: InHouse, caller: Caller) -> int:
    ended = house.cases.people.own_sessions.end_others(caller, who(request).ticket.mark)
    house.identities.forget()
    return ended
