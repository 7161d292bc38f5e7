"""What programs alone may do: have a token opened."""

from fastapi import APIRouter
from starlette.responses import Response

from nova.api.doors import DoorRoute, InHouse, Opening
from nova.api.models.service import OpenedToken, OpenRequest
from nova.api.protocol.envelope import Envelope, ok

router = APIRouter(prefix="/api/v1/service", tags=["Dienstkonten"], route_class=DoorRoute)


@router.post("/reidentify", response_model=Envelope[OpenedToken], summary="Ein Kennzeichen öffnen")
def open_token(house: InHouse, who: Opening, body: OpenRequest) -> Response:
    """Every attempt is noted in the audit log with its reason, never the value; 409 where several persons share it."""
    return ok(house.cases.people.reidentification.open(who, body.token, body.reason, body.subject_id))
