"""What engines tell the places that use them; each is empty where no engine reads anything."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from nova.api.doors import DoorRoute, ForLibrary, ForService, InHouse, SignedIn, for_measures
from nova.api.models import uses as shapes
from nova.api.protocol.envelope import Envelope, ok
from nova.api.views import uses as views

router = APIRouter(prefix="/api/v1", tags=["Datensätze"], route_class=DoorRoute)
MEASURES = [Depends(for_measures)]


@router.post("/navigation", response_model=Envelope[shapes.NavigationData], summary="Wohin jemand wohl will")
def navigate(house: InHouse, who: SignedIn, body: shapes.NavigationRequest) -> Response:
    """Start tiles, the next pages, and the page a question is about. Neither pages nor question are kept."""
    found = house.cases.operation.uses.navigation(who, views.visits_of(body), body.question)
    return ok(views.navigation_view(found))


@router.get("/admin/trends", response_model=Envelope[shapes.TrendList], summary="Begriffe im Aufwind", dependencies=MEASURES)
def list_trends(house: InHouse) -> Response:
    """Terms of knowledge gaps that more people ask about lately."""
    return ok({"trends": [asdict(one) for one in house.cases.operation.uses.trends()]})


@router.get("/admin/staffing", response_model=Envelope[shapes.StaffingData], summary="Erwartete Kontakte", dependencies=MEASURES)
def get_staffing(house: InHouse) -> Response:
    """Of the seven days after the last that is known, by channel and topic."""
    return ok({"contacts": [asdict(one) for one in house.cases.operation.uses.staffing()]})


@router.get("/admin/unusual", response_model=Envelope[shapes.UnusualList], summary="Ungewöhnliche Stunden", dependencies=MEASURES)
def list_unusual(house: InHouse) -> Response:
    """Hours of the last two days in which a figure was not as usual."""
    return ok(views.unusual_view(house.cases.operation.uses.unusual()))


@router.get("/customers/at-risk", response_model=Envelope[shapes.AtRiskList], summary="Wer wohl kündigt")
def list_at_risk(house: InHouse, who: ForService) -> Response:
    """Of those who agreed to profiles. That somebody looked is noted."""
    return ok({"customers": [asdict(one) for one in house.cases.operation.uses.at_risk(who)]})


@router.get("/customers/groups", response_model=Envelope[shapes.GroupList], summary="Gruppen von Kundschaft")
def list_groups(house: InHouse, _: ForService) -> Response:
    """Of at least five each."""
    return ok({"groups": [asdict(one) for one in house.cases.operation.uses.groups()]})


@router.get("/offers", response_model=Envelope[shapes.OfferList], summary="Angebote anderer an einer Postleitzahl")
def list_offers(house: InHouse, _: ForService, filters: Annotated[shapes.OfferFilters, Query()]) -> Response:
    """The cheapest kWh first."""
    return ok({"offers": [asdict(one) for one in house.cases.operation.uses.offers(filters.plz)]})


@router.get("/admin/proposals", response_model=Envelope[shapes.ProposalList], summary="Texte, die Unterlagen werden können")
def list_proposals(house: InHouse, _: ForLibrary, filters: Annotated[shapes.ProposalFilters, Query()]) -> Response:
    """Found pages and texts of former systems; whoever wants one takes it in as a file."""
    return ok(views.proposals_view(house.cases.operation.uses.proposals(), filters.limit, filters.offset))
