"""Where other systems deliver conversations, and ask for runs of pipelines and deliveries to engines."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from nova.api.doors import DoorRoute, InHouse
from nova.api.hooking import delivered, delivery_ordered, ordered
from nova.api.hooking import request as described
from nova.api.models.people.consents import DeliveryResult
from nova.api.models.seeding import OrderResult
from nova.api.protocol.envelope import Envelope

router = APIRouter(tags=["Gespräche"], route_class=DoorRoute)


@router.post(
    "/hook/sophia-session",
    response_model=Envelope[DeliveryResult],
    openapi_extra=described("SessionDelivery"),
    summary="Ein Gespräch liefern",
)
@router.post("/api/v1/hook/sophia-session", response_model=Envelope[DeliveryResult], include_in_schema=False)
async def take_session(house: InHouse, request: Request) -> Response:
    """Signed, any part in any order, as often as it takes: 200 comes after the commit. Without the person's consent no word is stored."""
    return await delivered(house, request)


@router.post(
    "/hook/seed-run",
    response_model=Envelope[OrderResult],
    openapi_extra=described("RunOrder"),
    tags=["Datensätze"],
    summary="Einen Lauf bestellen",
)
@router.post("/api/v1/hook/seed-run", response_model=Envelope[OrderResult], include_in_schema=False)
async def order_run(house: InHouse, request: Request) -> Response:
    """Signed, as often as it takes: 200 comes once the run is queued, with its job; the same nonce again gives the same job."""
    return await ordered(house, request)


@router.post(
    "/hook/deliver",
    response_model=Envelope[OrderResult],
    openapi_extra=described("DeliveryOrder"),
    tags=["Datensätze"],
    summary="Eine Lieferung an eine Engine bestellen",
)
@router.post("/api/v1/hook/deliver", response_model=Envelope[OrderResult], include_in_schema=False)
async def order_delivery(house: InHouse, request: Request) -> Response:
    """Signed, as often as it takes: 200 comes once the delivery is queued, with its job; the same nonce again gives the same job."""
    return await delivery_ordered(house, request)
