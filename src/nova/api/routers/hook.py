"""Where other systems deliver conversations."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from nova.api.doors import DoorRoute, InHouse
from nova.api.hooking import REQUEST, delivered
from nova.api.models.people.consents import DeliveryResult
from nova.api.protocol.envelope import Envelope

router = APIRouter(tags=["Gespräche"], route_class=DoorRoute)


@router.post("/hook/sophia-session", response_model=Envelope[DeliveryResult], openapi_extra=REQUEST, summary="Ein Gespräch liefern")
@router.post("/api/v1/hook/sophia-session", response_model=Envelope[DeliveryResult], include_in_schema=False)
async def take_session(house: InHouse, request: Request) -> Response:
    """Signed, any part in any order, as often as it takes: 200 comes after the commit. Without the person's consent no word is stored."""
    return await delivered(house, request)
