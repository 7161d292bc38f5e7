"""What belongs to the person who is signed in: their consent, and what they may use."""

from fastapi import APIRouter
from starlette.responses import Response

from nova.api import quotas
from nova.api.doors import DoorRoute, InHouse, SignedIn
from nova.api.models.people.consents import ConsentChange, OwnConsent
from nova.api.models.quota import OwnQuota
from nova.api.protocol.envelope import Envelope, ok
from nova.api.views.consents import own_view

router = APIRouter(prefix="/api/v1/me", tags=["Eigene Daten"], route_class=DoorRoute)


@router.get("/consent", response_model=Envelope[OwnConsent], summary="Eigene Einwilligungen")
def read_consent(house: InHouse, who: SignedIn) -> Response:
    """What holds for each purpose, the text, and all that was said."""
    return ok(own_view(house.cases.people.consents.own(who)))


@router.put("/consent", response_model=Envelope[OwnConsent], summary="Einwilligen oder widerrufen")
def change_consent(house: InHouse, who: SignedIn, body: ConsentChange) -> Response:
    """It holds at once. Who withdraws `service` has no words stored here when the answer comes."""
    return ok(own_view(house.cases.people.consents.change_own(who, body.purposes.said, body.version)))


@router.get("/quota", response_model=Envelope[OwnQuota], summary="Eigene Rechenzeit und eigener Platz")
async def get_own_quota(house: InHouse, who: SignedIn) -> Response:
    """What is left of this minute's processor time, and how much of what may be kept is."""
    return ok(await quotas.own(house, who))
