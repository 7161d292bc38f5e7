"""Documents in: files and addresses."""

from typing import Annotated, Any

from fastapi import APIRouter, File
from starlette.responses import Response

from nova.api.doors import DoorRoute, InHouse, Uploading
from nova.api.models.items import Ingested, IngestForm, IngestUrl
from nova.api.protocol.envelope import Envelope
from nova.api.waiting import fetched, received, taken
from nova.knowledge.intake import Labels

router = APIRouter(prefix="/api/v1/ingest", tags=["Aufnahme"], route_class=DoorRoute)
STILL_RUNNING: dict[int | str, dict[str, Any]] = {202: {"model": Envelope[Ingested], "description": "Aufgenommen; das Lesen läuft noch."}}


@router.post("/doc", response_model=Envelope[Ingested], status_code=201, responses=STILL_RUNNING, summary="Datei aufnehmen")
async def ingest_doc(house: InHouse, by: Uploading, form: Annotated[IngestForm, File()]) -> Response:
    """The operator's documents are the company's, a customer's are their own. 409 names the document that holds the same content."""
    return await received(house, by, await taken(house, by, form), form.wait)


@router.post("/url", response_model=Envelope[Ingested], status_code=201, responses=STILL_RUNNING, summary="Adresse aufnehmen")
async def ingest_url(house: InHouse, by: Uploading, body: IngestUrl) -> Response:
    """Loads the address; changed content of a known address becomes a new version."""
    labels = Labels(body.kind, "crawler", tuple(body.tags))
    receipt = await fetched(house, by, body.url, labels)
    return await received(house, by, receipt, body.wait)
