"""A version's page in, its picture and the marks of a quote out: how a citation is seen in the original."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from nova.errors import InvalidInput, NotFound, UnreadableFile
from nova.knowledge.items import Shelf, file_of, text_of
from nova.ports import Texts
from nova.records import Caller

PDF = "application/pdf"


def page_image(shelf: Shelf, texts: Texts, caller: Caller, item_id: UUID, version: int, number: int, width: int = 1000) -> bytes:
    """A PDF page as PNG; NotFound, also when the original is no PDF or has no such page."""
    with _there():
        return texts.page_image(_pdf(shelf, caller, item_id, version), number, width)


def page_marks(
    shelf: Shelf, texts: Texts, caller: Caller, item_id: UUID, version: int, number: int, span: tuple[int, int]
) -> Mapping[str, Any]:
    """Boxes of the stored text's `span` on this page; a span over several pages is marked on each by its part."""
    part = text_of(shelf, caller, item_id, version, *span)
    page = next((page for page in part["pages"] if page["number"] == number), None)
    if page is None:
        raise NotFound("Diese Seite gibt es nicht.")
    first, last = max(span[0], page["start"]), min(part["end"], page["end"])
    quote = part["text"][first - part["start"] : last - part["start"]] if first < last else ""
    with _there():
        return texts.page_marks(_pdf(shelf, caller, item_id, version), number, quote)


@contextmanager
def _there() -> Iterator[None]:
    """What the reader says of a page that it has not got or cannot draw, as NotFound."""
    try:
        yield
    except (InvalidInput, UnreadableFile) as error:
        raise NotFound(error.message) from error


def _pdf(shelf: Shelf, caller: Caller, item_id: UUID, version: int) -> bytes:
    data, media_type, _ = file_of(shelf, caller, item_id, version)
    if media_type != PDF:
        raise NotFound("Nur PDF-Dokumente haben Seitenbilder.")
    return data
