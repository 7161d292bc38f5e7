"""A request in, the caller behind it out, or a refusal, before the body is read.

A route says who may pass by what it asks for: `SignedIn` (every person and the operator), `Reviewer`, `Engineer`, `Auditor`, `Examiner` (an
engineer or an auditor; they and the operator), `Operator` (only that) or `ServiceAccount` (programs only); a route that asks for none of
them is open.
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
from nova.api.protocol.requests import check_csrf, is_bearer, is_local, origin, refuse_doubles
from nova.api.protocol.sse import EventStream
from nova.api.tail import Tail
from nova.errors import Busy, NotAllowed, NotSignedIn, NovaError, QuotaExceeded, ServerAbsent, TooManyRequests
from nova.governance.identity import Identities, SessionOver
from nova.governance.identity import SignedIn as Identity
from nova.governance.quotas import Amounts
from nova.governance.sessions import OpenSession
from nova.recent import Recent
from nova.records import Caller, Role

if TYPE_CHECKING:
    from nova.wiring import Nova
    from nova.wiring.cases import Cases

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
Rule = Literal["open", "customer", "reviewer", "engineer", "auditor", "examiner", "admin", "service"]
Way = Literal["light", "line", "costly", "upload"]
LONG_LINE_S = 5  # until a caller's requests that wait have been answered
REFUSALS = (TooManyRequests, Busy, QuotaExceeded)
REASONS: Mapping[str, str] = {"busy": "line", "budget": "budget", "quota": "quota"}
FORM_OVERHEAD = 64 * 1024
# Of several doors the strictest counts.
STRICTEST: tuple[Rule, ...] = ("service", "admin", "auditor", "engineer", "examiner", "reviewer", "customer")
PASSES: Mapping[Rule, frozenset[Role]] = {
    "customer": frozenset({"admin", "customer", "reviewer", "engineer", "auditor"}),
    "reviewer": frozenset({"admin", "reviewer"}),
    "engineer": frozenset({"admin", "engineer"}),
    "auditor": frozenset({"admin", "auditor"}),
    "examiner": frozenset({"admin", "engineer", "auditor"}),
    "admin": frozenset({"admin"}),
    "service": frozenset({"service"}),
}
TURNED_AWAY: Mapping[Rule, str] = {
    "customer": "Ein Dienstkonto hat nur die Zugänge, die für Dienstkonten gemacht sind.",
    "reviewer": "Das dürfen nur die Redaktion und die Betriebsverwaltung.",
    "engineer": "Das dürfen nur die Datentechnik und die Betriebsverwaltung.",
    "auditor": "Das dürfen nur die Revision und die Betriebsverwaltung.",
    "examiner": "Das dürfen nur die Datentechnik, die Revision und die Betriebsverwaltung.",
    "admin": "Das darf nur die Betriebsverwaltung.",
    "service": "Das dürfen nur Dienstkonten.",
}


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


async def signed_in(request: Request) -> Caller:
    """The caller; any person."""
    return who(request).caller


async def reviewer(request: Request) -> Caller:
    """The caller, who reviews what Luna says, or the operator."""
    return who(request).caller


async def engineer(request: Request) -> Caller:
    """The caller, who looks after data and measures, or the operator."""
    return who(request).caller


async def auditor(request: Request) -> Caller:
    """The caller, who examines what was done, or the operator."""
    return who(request).caller


async def examiner(request: Request) -> Caller:
    """The caller, who looks after data or examines what was done, or the operator."""
    return who(request).caller


async def service_account(request: Request) -> Caller:
    """The program that asks; no person, and not the operator."""
    return who(request).caller


async def operator(request: Request) -> Caller:
    """The caller, who holds the operator's key."""
    return who(request).caller


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


async def allowed_to_open(request: Request, caller: Annotated[Caller, Depends(service_account)]) -> Caller:
    """The program that asks, one opened token counted against its limit."""
    rates: Rates = request.app.state.house.rates
    rates.count(rates.reidentify, "NOVA_RATE_REIDENTIFY", key_of(caller))
    return caller


async def uploader(by: Annotated[Spender, Depends(spender)]) -> Spender:
    """The same of who sends something to keep; refused before it is read where there is no room for it."""
    return by


InHouse = Annotated[House, Depends(house_of)]
SignedIn = Annotated[Caller, Depends(signed_in)]
Reviewer = Annotated[Caller, Depends(reviewer)]
Engineer = Annotated[Caller, Depends(engineer)]
Auditor = Annotated[Caller, Depends(auditor)]
Examiner = Annotated[Caller, Depends(examiner)]
ServiceAccount = Annotated[Caller, Depends(service_account)]
Operator = Annotated[Caller, Depends(operator)]
Asking = Annotated[Asker, Depends(asker)]
Opening = Annotated[Caller, Depends(allowed_to_open)]
Costly = Annotated[Spender, Depends(spender)]
Uploading = Annotated[Spender, Depends(uploader)]
_RULES: dict[Any, Rule] = {signed_in: "customer", asker: "customer", operator: "admin", service_account: "service"}
_RULES |= {reviewer: "reviewer", engineer: "engineer", auditor: "auditor", examiner: "examiner"}


class DoorRoute(APIRoute):
    """A route whose door is checked before its body is read, and again while a stream is open.

    A light one is answered in the caller's turn.
    """

    @property
    def rule(self) -> Rule:
        """Who may pass."""
        return _rule(self.dependant)

    @property
    def way(self) -> Way:
        """What it takes: a budget, a line of its own, or hardly anything."""
        return _way(self.dependant)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler behind the door."""
        inner, rule, way = super().get_route_handler(), _rule(self.dependant), _way(self.dependant)
        asks = _asks(self.dependant)

        async def guarded(request: Request) -> Response:
            house: House = request.app.state.house
            try:
                known = await _admitted(request, house, rule, asks=asks)
                if way in ("costly", "upload"):
                    await _require_share(request, house, way)
                if way == "light":
                    await _paced(request, house, way)
                    async with house.rooms.light.place(_whose(request)):
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
    if known.caller.role != "admin":
        raise NotAllowed("Das darf nur die Betriebsverwaltung.")


async def sign_in(request: Request, house: House, key: str) -> tuple[Caller, OpenSession]:
    """Exchange a key or token for a session; NotSignedIn, counted against NOVA_RATE_SIGNIN."""
    try:
        return await run_in_threadpool(house.identities.sign_in, key)
    except NotSignedIn:
        house.rates.count(house.rates.signin, "NOVA_RATE_SIGNIN", origin(request))
        raise NotSignedIn("Dieser Schlüssel oder dieses Token ist ungültig.") from None


async def _admit(request: Request, house: House, rule: Rule) -> Identity | None:
    known = await identify(request, house) if rule != "open" else None
    if known:
        request.scope["nova_whose"] = key_of(known.caller)
    house.rates.count(house.rates.default, "NOVA_RATE_DEFAULT", _whose(request))
    if rule == "open":
        return None
    if known is None:
        raise SessionOver if COOKIE in request.cookies else NotSignedIn("Bitte melden Sie sich an.")
    if known.csrf is not None and request.method in UNSAFE:
        check_csrf(request, known.csrf)
    if known.caller.role not in PASSES[rule]:
        raise NotAllowed(TURNED_AWAY[rule])
    request.scope["nova_identity"] = known
    return known


async def _admitted(request: Request, house: House, rule: Rule, *, asks: bool) -> Identity | None:
    """Who passes; where the database cannot tell who asks, None: they are let in as far as to tell of an emergency."""
    try:
        return await _admit(request, house, rule)
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
    return OPERATOR if caller.role == "admin" else str(caller.user_id)


def _whose(request: Request) -> str:
    """The same of a request: of who is known, else of where it came from."""
    return request.scope.get("nova_whose") or origin(request)


def _way(dependant: Dependant) -> Way:
    calls = {inner.call for inner in dependant.dependencies}
    if spender in calls or uploader in calls:
        return "costly" if spender in calls else "upload"
    return "line" if asker in calls else "light"


def _asks(dependant: Dependant) -> bool:
    return any(inner.call is asker for inner in dependant.dependencies)


def _rule(dependant: Dependant) -> Rule:
    rules = {_RULES.get(inner.call, _rule(inner)) for inner in dependant.dependencies}
    return next((rule for rule in STRICTEST if rule in rules), "open")
