"""Documents as everybody may read them: lists, versions, texts, files and pages."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from nova.api.doors import Costly, DoorRoute, InHouse, SignedIn
from nova.api.models.common import MOST_INT
from nova.api.models.items import DeletedItem, ItemDetail, ItemList, ItemText, PageMarks
from nova.api.protocol.envelope import Envelope, ok
from nova.api.protocol.files import as_download, as_png
from nova.api.protocol.queries import ItemFilters, Span
from nova.api.views.records import item_page_view, item_view, text_view

router = APIRouter(prefix="/api/v1/items", tags=["Dokumente"], route_class=DoorRoute)
Version = Annotated[int, Path(ge=1, le=MOST_INT)]
PageNumber = Annotated[int, Path(ge=1, le=MOST_INT)]
Spanned = Annotated[Span, Query()]
BYTES: dict[int | str, dict[str, Any]] = {200: {"content": {"application/octet-stream": {}, "application/pdf": {}}}}
IMAGE: dict[int | str, dict[str, Any]] = {200: {"content": {"image/png": {}}}}


@router.get("", response_model=Envelope[ItemList], summary="Dokumente des Unternehmens und eigene")
def list_items(house: InHouse, who: SignedIn, filters: Annotated[ItemFilters, Query()]) -> Response:
    """Filtered, ordered, a page at a time."""
    return ok(item_page_view(house.cases.documents.shelf.page(who, filters.query_for())))


@router.get("/{item_id}", response_model=Envelope[ItemDetail], summary="Ein Dokument mit seinen Fassungen")
def get_item(house: InHouse, who: SignedIn, item_id: UUID) -> Response:
    """Versions newest first."""
    return ok(item_view(house.cases.documents.shelf.one(who, item_id)))


@router.delete("/{item_id}", response_model=Envelope[DeletedItem], summary="Ein eigenes Dokument löschen")
def delete_own_item(house: InHouse, who: SignedIn, item_id: UUID) -> Response:
    """Customers may delete what is theirs, the operator everything."""
    return ok({"deleted": True, "chunks": house.cases.documents.shelf.delete(who, item_id)})


@router.get("/{item_id}/versions/{version}/text", response_model=Envelope[ItemText], summary="Text einer Fassung")
def get_text(house: InHouse, who: SignedIn, item_id: UUID, version: Version, span: Spanned) -> Response:
    """At most 20,000 characters from `start`, with pages and the sections around."""
    return ok(text_view(house.cases.documents.shelf.text_of(who, item_id, version, span.start, span.end)))


@router.get(
    "/{item_id}/versions/{version}/file", response_class=Response, summary="Originaldatei", responses={200: {"content": {"*/*": {}}}}
)
def get_file(house: InHouse, who: SignedIn, item_id: UUID, version: Version, inline: bool = False) -> Response:
    """As a download; `inline` shows a PDF in the browser, locked into a sandbox."""
    return as_download(house.cases.documents.shelf.stored_file(who, item_id, version), inline=inline)


@router.get("/{item_id}/versions/{version}/pages/{number}.png", response_class=Response, summary="PDF-Seite als Bild", responses=IMAGE)
async def get_page(house: InHouse, by: Costly, item_id: UUID, version: Version, number: PageNumber) -> Response:
    """Rendered in a child process."""
    return as_png(await by.run(house.cases.documents.pages.image, by.caller, item_id, version, number))


@router.get("/{item_id}/versions/{version}/pages/{number}/marks", response_model=Envelope[PageMarks], summary="Fundstelle auf der Seite")
async def get_marks(
    house: InHouse, by: Costly, item_id: UUID, version: Version, number: PageNumber, span: Annotated[Span, Query()]
) -> Response:
    """Rectangles of the characters `start` to `end`, in fractions of the page."""
    return ok(await by.run(house.cases.documents.pages.marks, by.caller, item_id, version, number, span.bounds))
