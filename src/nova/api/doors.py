"""A request in, the caller behind it out, or a refusal, before the body is read.

A route says what somebody needs to be allowed by what it asks for: `SignedIn` (every person), `ForReview`, `ForData` and so on, one for
each capability of `nova.roles`; a route that asks for none of them is open, one that asks for several wants them all.
"""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal

from anyio import CapacityLimiter
from fastapi import Depends
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from nova.api.limits.presence import Presence
from nova.api.limits.rates import Pace, Rates
from nova.api.limits.rooms import Rooms
from nova.api.limits.shares import Shares, Spender
from nova.api.limits.turns import OPERATOR
from nova.api.limits.words import Words
from nova.api.live import Live
from nova.api.protocol.cookies import COOKIE, clear_cookie
from nova.api.protocol.errors import on_nova_error
from nova.api.protocol.metrics import Metrics
from nova.api.protocol.requests import check_csrf, client_address, is_bearer, is_local, origin, refuse_doubles
from nova.api.protocol.sse import EventStream
from nova.api.tail import Tail
from nova.errors import Busy, NotAllowed, NotSignedIn, NovaError, QuotaExceeded, ServerAbsent, TooManyRequests
from nova.governance.identity import Identities, SessionOver
from nova.governance.identity import SignedIn as Identity
from nova.governance.quotas import Amounts
from nova.governance.sessions import OpenSession
from nova.recent import Recent
from nova.records import Caller
from nova.roles import ROLES, Capability, Role, those_who_may

if TYPE_CHECKING:
    from nova.wiring import Nova
    from nova.wiring.cases import Cases

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
Way = Literal["light", "line", "costly", "upload", "guess"]
LONG_LINE_S = 5  # until a caller's requests that wait have been answered
REFUSALS = (TooManyRequests, Busy, QuotaExceeded)
REASONS: Mapping[str, str] = {"busy": "line", "budget": "budget", "quota": "quota"}
FORM_OVERHEAD = 64 * 1024
NOT_FOR_PROGRAMS = "Ein Dienstkonto hat nur die Zugänge, die für Dienstkonten gemacht sind."


@dataclass(frozen=True, slots=True)
class House:
    """What the doors lead to, opened once for an app."""

    nova: "Nova"
    cases: "Cases"
    identities: Identities
    presence: Presence
    rates: Rates
    brake: Pace
    paces: Mapping[Way, Pace]
    rooms: Rooms
    shares: Shares
    live: Live
    metrics: Metrics
    stored: Recent[Mapping[str, int]]
    tail: Tail
    words: Words
    watch: CapacityLimiter
    keeping: CapacityLimiter

    @property
    def allowed(self) -> Amounts:
        """What a person may keep."""
        return self.cases.people.quotas.allowed


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, not counted yet. `fault`: the database could not tell who it is; what came with the request is genuine all the same."""

    caller: Caller
    fault: NovaError | None = None

    def let_in(self, house: House) -> Caller:
        """The caller, one question counted against their limit; raises the fault, TooManyRequests, QuotaForNow."""
        if self.fault is not None:
            raise self.fault
        house.words.require(self.caller)
        house.rates.count(house.rates.ask, "NOVA_RATE_ASK", key_of(self.caller))
        return self.caller


async def house_of(request: Request) -> House:
    """The app's open things."""
    house: House = request.app.state.house
    return house


class Door:
    """Lets in who has a capability; asked for as a dependency, it gives the caller."""

    def __init__(self, capability: Capability) -> None:
        self.capability = capability

    async def __call__(self, request: Request) -> Caller:
        """The caller, who passed."""
        return who(request).caller


signed_in = Door("use")
for_measures, for_data, for_operation, for_audit = Door("measure"), Door("data"), Door("operate"), Door("examine")
for_library, for_rights, for_people, for_configuration = Door("library"), Door("rights"), Door("people"), Door("configure")
for_programs = Door("reidentify")


def who(request: Request) -> Identity:
    """The identity that passed the door."""
    identity: Identity = request.scope["nova_identity"]
    return identity


async def asker(request: Request) -> Asker:
    """Who asks; whether they may is seen when it is known that it is no emergency."""
    fault: NovaError | None = request.scope.get("nova_fault")
    return Asker(who(request).caller) if fault is None else Asker(Caller("customer"), fault)


async def spender(request: Request, caller: Annotated[Caller, Depends(signed_in)]) -> Spender:
    """The caller of something costly, which is done in their turn and paid from their budget."""
    house: House = request.app.state.house
    return Spender(house.shares, caller, key_of(caller), request.scope["route"].name)


async def allowed_to_open(request: Request, caller: Annotated[Caller, Depends(for_programs)]) -> Caller:
    """The program that asks, one opened token counted against its limit."""
    rates: Rates = request.app.state.house.rates
    rates.count(rates.reidentify, "NOVA_RATE_REIDENTIFY", key_of(caller))
    return caller


async def guess(_request: Request) -> None:
    """Somebody proves who they are by what others could guess, which takes a while to look at: guesses have a line of their own."""


async def uploader(by: Annotated[Spender, Depends(spender)]) -> Spender:
    """The same of who sends something to keep; refused before it is read where there is no room for it."""
    return by


InHouse = Annotated[House, Depends(house_of)]
SignedIn = Annotated[Caller, Depends(signed_in)]
ForService = Annotated[Caller, Depends(Door("serve"))]
ForReview = Annotated[Caller, Depends(Door("review"))]
ForMeasures = Annotated[Caller, Depends(for_measures)]
ForData = Annotated[Caller, Depends(for_data)]
ForOperation = Annotated[Caller, Depends(for_operation)]
ForAudit = Annotated[Caller, Depends(for_audit)]
ForLearned = Annotated[Caller, Depends(Door("learned"))]
ForLearning = Annotated[Caller, Depends(Door("learn"))]
ForPromotion = Annotated[Caller, Depends(Door("promote"))]
ForLibrary = Annotated[Caller, Depends(for_library)]
ForRights = Annotated[Caller, Depends(for_rights)]
ForPeople = Annotated[Caller, Depends(for_people)]
ForConfiguration = Annotated[Caller, Depends(for_configuration)]
Asking = Annotated[Asker, Depends(asker)]
Opening = Annotated[Caller, Depends(allowed_to_open)]
Costly = Annotated[Spender, Depends(spender)]
Guess = Depends(guess)
Uploading = Annotated[Spender, Depends(uploader)]


class DoorRoute(APIRoute):
    """A route whose door is checked before its body is read, and again while a stream is open.

    A light one is answered in the caller's turn.
    """

    @property
    def needs(self) -> frozenset[Capability]:
        """What somebody has to be allowed to pass; nothing for an open route."""
        return _needs(self.dependant)

    @property
    def way(self) -> Way:
        """What it takes: a budget, a line of its own, or hardly anything."""
        return _way(self.dependant)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler behind the door."""
        inner, needs, way = super().get_route_handler(), _needs(self.dependant), _way(self.dependant)
        asks = _asks(self.dependant)

        async def guarded(request: Request) -> Response:
            house: House = request.app.state.house
            try:
                known = await _admitted(request, house, needs, asks=asks)
                if way in ("costly", "upload"):
                    await _require_share(request, house, way)
                if way in ("light", "guess"):
                    await _paced(request, house, "light")
                    line = house.rooms.light if way == "light" else house.rooms.guesses
                    async with line.place(_whose(request)):
                        response = await inner(request)
                else:
                    response = await inner(request)
            except SessionOver as over:
                return clear_cookie(await on_nova_error(request, over), request)
            except REFUSALS as refused:
                await _hold_back(request, house, refused)
                raise
            if isinstance(response, EventStream) and known is not None:
                response.guard = partial(house.presence.watching, known)
            return response

        return guarded


async def identify(request: Request, house: House) -> Identity | None:
    """Who is asking; None when nothing came with the request, or a cookie of another key; NotSignedIn (counted) when what came is wrong."""
    try:
        return await _identify(request, house)
    except NotSignedIn:
        house.rates.count(house.rates.signin, "NOVA_RATE_SIGNIN", origin(request))
        raise


async def admit_reader(request: Request, house: House) -> None:
    """Let in who may read the figures: anyone where only this machine can reach Nova, else NOVA_METRICS_KEY or the operator."""
    settings = house.nova.settings
    if settings.private or is_bearer(request, settings.NOVA_METRICS_KEY):
        return
    known = await identify(request, house)
    if known is None:
        raise NotSignedIn("Bitte melden Sie sich an.")
    await _note_key(request, house, known)
    if not known.caller.may("configure"):
        raise NotAllowed(_turned_away(known.caller.role, frozenset({"configure"})))


async def sign_in(request: Request, house: House, key: str, device: str) -> tuple[Caller, OpenSession]:
    """Exchange a key or token for a session; NotSignedIn, counted against NOVA_RATE_SIGNIN."""
    try:
        return await run_in_threadpool(house.identities.sign_in, key, device)
    except NotSignedIn:
        house.rates.count(house.rates.signin, "NOVA_RATE_SIGNIN", origin(request))
        raise NotSignedIn("Dieser Schlüssel oder dieses Token ist ungültig.") from None


async def _admit(request: Request, house: House, needs: frozenset[Capability]) -> Identity | None:
    known = await identify(request, house) if needs else None
    if known:
        await _note_key(request, house, known)
        request.scope["nova_whose"] = key_of(known.caller)
    house.rates.count(house.rates.default, "NOVA_RATE_DEFAULT", _whose(request))
    if not needs:
        return None
    if known is None:
        raise SessionOver if COOKIE in request.cookies else NotSignedIn("Bitte melden Sie sich an.")
    _require_own_page(request, known)
    if not all(map(known.caller.may, needs)):
        raise NotAllowed(_turned_away(known.caller.role, needs))
    request.scope["nova_identity"] = known
    return known


def _require_own_page(request: Request, known: Identity) -> None:
    if known.csrf is not None and request.method in UNSAFE:
        check_csrf(request, known.csrf)


async def _note_key(request: Request, house: House, known: Identity) -> None:
    """The operator's key is for emergencies: who operates is told that a program used it."""
    book, address = house.cases.people.doorbook, client_address(request)
    if known.ticket.way == "key" and book.is_news(address):
        await run_in_threadpool(book.key_used, address)


async def _admitted(request: Request, house: House, needs: frozenset[Capability], *, asks: bool) -> Identity | None:
    """Who passes; where the database cannot tell who asks, None: they are let in as far as to tell of an emergency."""
    try:
        return await _admit(request, house, needs)
    except (ServerAbsent, Busy) as fault:  # the key, token or cookie is genuine, or nobody would have asked the database
        if not asks:
            raise
        _admit_unknown(request, fault)
        return None


def _admit_unknown(request: Request, fault: NovaError) -> None:
    """Let in who cannot be looked up as far as to tell of an emergency."""
    rates: Rates = request.app.state.house.rates
    rates.count(rates.default, "NOVA_RATE_DEFAULT", origin(request))
    request.scope["nova_fault"] = fault


async def _identify(request: Request, house: House) -> Identity | None:
    headers, ids = request.headers, house.identities
    refuse_doubles(request)
    if ids.key_changed:
        await run_in_threadpool(ids.renew_key)
    if (key := headers.get("x-admin-key")) is not None:
        return _operator(ids, key)
    if authorization := headers.get("authorization"):
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise NotSignedIn("Erwartet wird „Authorization: Bearer <Token>“.")
        if (known := ids.by_admin_key(token)) is not None:
            return known
        return ids.remembered("token", token) or await run_in_threadpool(ids.by_token, token)
    if (secret := request.cookies.get(COOKIE)) and ids.may_be_session(secret):
        return ids.remembered("cookie", secret) or await run_in_threadpool(ids.by_session, secret)
    if (name := headers.get("x-dev-user")) is not None and house.nova.settings.dev_users and is_local(request):
        return await run_in_threadpool(ids.by_dev_user, name)
    return None


def _operator(ids: Identities, key: str) -> Identity:
    if (known := ids.by_admin_key(key)) is None:
        raise NotSignedIn("Dieser Betriebsschlüssel ist falsch.")
    return known


async def _require_share(request: Request, house: House, way: Way) -> None:
    """Refuse before the body is read who has nothing left of their budget, or has no room for what they send."""
    by = await spender(request, who(request).caller)
    house.shares.require(by)
    length = request.headers.get("content-length", "")
    if by.caller.user_id is None:
        return
    await _paced(request, house, way)
    if way == "upload":
        size = int(length[:20]) if length.isdecimal() else 0
        await run_in_threadpool(house.cases.people.quotas.require_room, by.caller.user_id, size - FORM_OVERHEAD)


async def _paced(request: Request, house: House, way: Way) -> None:
    """Let the requests of one caller come one by one once they come without end; TooManyRequests for those that cannot even wait."""
    if house.rates.on and not await house.paces[way].hold(_whose(request)):
        told = {"retry_after": LONG_LINE_S} | ({"setting": "NOVA_RATE_DEFAULT"} if way == "light" else {})
        raise TooManyRequests(f"Zu viele Anfragen auf einmal. Bitte warten Sie {LONG_LINE_S} s.", data=told)


async def _hold_back(request: Request, house: House, refused: NovaError) -> None:
    """Count a refusal, and let who does not heed them wait for the next."""
    known: Identity | None = request.scope.get("nova_identity")
    house.metrics.refused.labels(REASONS.get(refused.code, "rate"), known.caller.role if known else "none").inc()
    await house.brake.hold(_whose(request))


def key_of(caller: Caller) -> str:
    """By what a caller's requests are counted and take turns."""
    return OPERATOR if caller.user_id is None else str(caller.user_id)


def _whose(request: Request) -> str:
    """The same of a request: of who is known, else of where it came from."""
    return request.scope.get("nova_whose") or origin(request)


def _way(dependant: Dependant) -> Way:
    calls = {inner.call for inner in dependant.dependencies}
    if spender in calls or uploader in calls:
        return "costly" if spender in calls else "upload"
    if guess in calls:
        return "guess"
    return "line" if asker in calls else "light"


def _asks(dependant: Dependant) -> bool:
    return any(inner.call is asker for inner in dependant.dependencies)


def _needs(dependant: Dependant) -> frozenset[Capability]:
    own = (inner.call.capability for inner in dependant.dependencies if isinstance(inner.call, Door))
    return frozenset(own).union(*(_needs(inner) for inner in dependant.dependencies)) | ({"use"} if _asks(dependant) else frozenset())


def _turned_away(role: Role, needs: frozenset[Capability]) -> str:
    """Who may, in words, to somebody who may not."""
    if role == "service":
        return NOT_FOR_PROGRAMS
    if role in those_who_may(*needs):
        return "Dafür ist dieses Token nicht ausgestellt."
    if needs == {"reidentify"}:
        return "Das dürfen nur Dienstkonten."
    titles = [card.title for name, card in ROLES.items() if name in those_who_may(*needs)]
    return f"Das dürfen nur: {', '.join(titles)}." if len(titles) > 1 else f"Das darf nur die {titles[0]}."
