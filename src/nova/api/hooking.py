"""A signed delivery in (a session, an order to run a pipeline or to deliver to an engine), what became of it out.

Nothing of the body is read before its signature is right.
"""

import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from nova.api.doors import House
from nova.api.models.people.consents import SessionDelivery
from nova.api.models.seeding import DeliveryOrder, RunOrder
from nova.api.protocol.envelope import ok
from nova.api.protocol.errors import too_large
from nova.api.protocol.requests import origin
from nova.errors import InvalidInput, NotSignedIn, TooLarge
from nova.flows.seeding.orders import Order
from nova.flows.sessions import Session
from nova.governance.consent import Statement
from nova.telemetry.conversations import Delivery, Turn

Body = TypeVar("Body", bound=BaseModel)
MOST_BYTES = 512 * 1024
MOST_LETTERS = 200_000
"""Of all texts of a delivery: looking through them for personal values takes seconds, and senders wait for the answer."""
PATIENCE = timedelta(minutes=5)
NONCE = re.compile(r"[A-Za-z0-9_-]{8,100}")
SECONDS = re.compile(r"[0-9]{1,11}")
HEADERS = ("X-Nova-Timestamp", "X-Nova-Nonce", "X-Nova-Signature")
REF = "#/components/schemas/"
PARAMETERS: list[dict[str, Any]] = [
    {
        "name": HEADERS[0],
        "in": "header",
        "required": True,
        "schema": {"type": "string"},
        "description": "Unix time in seconds, ±5 min.",
    },
    {"name": HEADERS[1], "in": "header", "required": True, "schema": {"type": "string", "pattern": r"^[A-Za-z0-9_-]{8,100}$"}},
    {
        "name": HEADERS[2],
        "in": "header",
        "required": True,
        "schema": {"type": "string", "pattern": "^sha256=[0-9a-f]{64}$"},
        "description": "HMAC-SHA256 over `timestamp.nonce.body` with the hook's secret.",
    },
]


def request(schema: str) -> dict[str, Any]:
    """What a signed delivery is in the API's description; `schema` names its body."""
    return {
        "parameters": PARAMETERS,
        "requestBody": {"required": True, "content": {"application/json": {"schema": {"$ref": REF + schema}}}},
    }


class BadSignature(NotSignedIn):
    """A delivery whose signature is wrong or missing."""

    code = "bad_signature"


class StaleDelivery(NotSignedIn):
    """A delivery that was signed too long ago, or in the future."""

    code = "stale"


async def delivered(house: House, request: Request) -> Response:
    """Check who sends, store, answer after the commit."""
    body, nonce, now = await signed(house, request)
    return ok(await run_in_threadpool(_store, house, body, nonce, now))


async def ordered(house: House, request: Request) -> Response:
    """Check who sends, queue the run of a pipeline."""
    body, nonce, _ = await signed(house, request)
    return ok(await run_in_threadpool(_queue, house, body, nonce))


async def delivery_ordered(house: House, request: Request) -> Response:
    """Check who sends, queue the delivery to an engine."""
    body, nonce, _ = await signed(house, request)
    return ok(await run_in_threadpool(_queue_delivery, house, body, nonce))


async def signed(house: House, request: Request) -> tuple[bytes, str, datetime]:
    """The body of a delivery, its nonce and when it came. BadSignature, StaleDelivery, TooLarge; wrong ones are counted by their origin."""
    body = await request.body()
    if len(body) > MOST_BYTES:
        raise TooLarge(too_large(MOST_BYTES))
    stamp, nonce, signature = (request.headers.get(name, "") for name in HEADERS)
    now = datetime.now(UTC)
    if (wrong := check(house.nova.hook_secret, (stamp, nonce, signature), body, now)) is not None:
        house.rates.count(house.rates.signin, "NOVA_RATE_SIGNIN", origin(request))
        await run_in_threadpool(house.cases.answers.session_reception.count_refused, wrong.code, now)
        raise wrong
    return body, nonce, now


def check(secret: str, headers: tuple[str, str, str], body: bytes, now: datetime) -> NotSignedIn | None:
    """What is wrong with a delivery's signature or time; None when it is right. Takes the same time for any wrong signature."""
    stamp, nonce, signature = headers
    right = sign(secret, stamp, nonce, body)
    if not hmac.compare_digest(signature.encode("utf-8", "replace"), right.encode()) or not NONCE.fullmatch(nonce):
        return BadSignature("Die Signatur der Lieferung ist falsch oder fehlt.")
    if not SECONDS.fullmatch(stamp) or abs(now.timestamp() - int(stamp)) > PATIENCE.total_seconds():
        return StaleDelivery("Die Lieferung ist zu alt oder ihre Uhr geht falsch; unterschreiben Sie sie neu.")
    return None


def sign(secret: str, stamp: str, nonce: str, body: bytes) -> str:
    """The header `X-Nova-Signature` of a delivery."""
    message = f"{stamp}.{nonce}.".encode("utf-8", "replace") + body
    return "sha256=" + hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def session_of(body: SessionDelivery) -> Session:
    """The delivery as the rooms understand it."""
    turns = tuple(Turn(turn.seq, turn.role, turn.ts, turn.text, turn.meta.model_dump(exclude_none=True)) for turn in body.turns)
    delivery = Delivery(body.source, body.session_id, turns, body.channel or "", body.started_at, body.ended_at, body.fields.kinds)
    said = body.consent
    statement = None if said is None else Statement(said.purposes.said, said.version, said.text_sha256, said.at, said.source)
    return Session(body.user, delivery, statement)


def _store(house: House, body: bytes, nonce: str, now: datetime) -> dict[str, Any]:
    read, text = _read(SessionDelivery, body)
    if (letters := sum(len(turn.text) for turn in read.turns)) > MOST_LETTERS:
        told = f"Die Texte einer Lieferung dürfen zusammen {MOST_LETTERS:_} Zeichen haben, diese haben {letters:_}.".replace("_", ".")
        parts = " Es wurde nichts gespeichert; liefern Sie das Gespräch in Teilen."
        raise TooLarge(told + parts, data={"field": "turns", "letters": letters, "most": MOST_LETTERS})
    return house.cases.answers.session_reception.receive(session_of(read), nonce, text, now)


def _queue(house: House, body: bytes, nonce: str) -> dict[str, Any]:
    read, text = _read(RunOrder, body)
    return house.cases.operation.run_orders.take(Order(read.pipeline, read.execution, read.reason), nonce, text)


def _queue_delivery(house: House, body: bytes, nonce: str) -> dict[str, Any]:
    read, text = _read(DeliveryOrder, body)
    return house.cases.operation.run_orders.deliver(Order(read.engine, read.execution, read.reason), nonce, text)


def _read(model: type[Body], body: bytes) -> tuple[Body, str]:
    try:
        return model.model_validate_json(body), body.decode()
    except ValidationError as error:
        raise RequestValidationError(error.errors(include_url=False, include_input=False)) from None
    except UnicodeDecodeError:
        raise InvalidInput("Die Lieferung ist kein Text in UTF-8.") from None
