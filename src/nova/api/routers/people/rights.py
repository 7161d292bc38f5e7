"""One's own rights: all data, corrections, objection, erasure."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from nova.api import rights
from nova.api.doors import Costly, DoorRoute, InHouse, SignedIn
from nova.api.models.people.rights import Corrected, Correction, ErasureStarted, Format, Objected, OwnErasure
from nova.api.protocol.envelope import Envelope, ok

router = APIRouter(prefix="/api/v1/me", tags=["Eigene Daten"], route_class=DoorRoute)
FILE: dict[int | str, dict[str, Any]] = {200: {"content": {"application/json": {}, "application/zip": {}}}}
Confirm = Annotated[str | None, Query(max_length=100, description="What the first call gave; no body is read.")]


@router.get("/data", response_class=Response, responses=FILE, summary="Alles, was über mich gespeichert ist")
async def get_own_data(house: InHouse, by: Costly, form: Annotated[Format, Query(alias="format")] = "json") -> Response:
    """As JSON, or as a ZIP with one's own documents."""
    return await by.run(rights.own_export, house, by.caller, form)


@router.patch("/data", response_model=Envelope[Corrected], summary="Eigene Texte berichtigen")
def correct_own_data(house: InHouse, who: SignedIn, body: Correction) -> Response:
    """Replaces a turn or a question of one's own; what was there before is gone."""
    return ok(rights.correct(house, who, body))


@router.post("/objection", response_model=Envelope[Objected], summary="Auswertung und Lernen widersprechen")
def object_to_use(house: InHouse, who: SignedIn) -> Response:
    """Noted as a withdrawal of analytics and training; what was learned is computed again without one's words."""
    return ok({"agreed": sorted(house.cases.people.consents.object(who))})


@router.get("/erasure", response_model=Envelope[OwnErasure], summary="Stand der eigenen Löschung")
def get_own_erasure(house: InHouse, who: SignedIn) -> Response:
    """What has become of it while it is not done; afterwards there is nobody to ask."""
    return ok(rights.own_erasure_view(house.cases.people.erasures.own_state(who)))


@router.delete("", response_model=Envelope[ErasureStarted], summary="Alles über mich löschen")
def erase_myself(house: InHouse, who: SignedIn, request: Request, confirm: Confirm = None) -> Response:
    """The first call gives `confirm`; sent back within ten minutes, in the address, it starts the erasure, which nobody can undo."""
    body = request.headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in request.headers
    return ok(rights.own_erasure(house, who, confirm, body=body))
