"""A version's page in, its picture and the marks of a quote out: how a citation is seen in the original."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from nova.errors import InvalidInput, NotFound, UnreadableFile
from nova.knowledge.items import Shelf
from nova.ports import Texts
from nova.records import Caller

PDF = "application/pdf"
WIDTH = 1000


class DocumentPages:
    """Pages of PDF documents. Everything is NotFound, too, when the original is no PDF or has no such page."""

    def __init__(self, shelf: Shelf, texts: Texts) -> None:
        self._shelf, self._texts = shelf, texts

    def image(self, caller: Caller, item_id: UUID, version: int, number: int) -> bytes:
        """A page as PNG."""
        with _there():
            return self._texts.page_image(self._pdf(caller, item_id, version), number, WIDTH)

    def marks(self, caller: Caller, item_id: UUID, version: int, number: int, span: tuple[int, int]) -> Mapping[str, Any]:
        """Boxes of the stored text's `span` on this page; a span over several pages is marked on each by its part."""
        part = self._shelf.text_of(caller, item_id, version, *span)
        page = next((page for page in part["pages"] if page["number"] == number), None)
        if page is None:
            raise NotFound("Diese Seite gibt es nicht.")
        first, last = max(span[0], page["start"]), min(part["end"], page["end"])
        quote = part["text"][first - part["start"] : last - part["start"]] if first < last else ""
        with _there():
            return self._texts.page_marks(self._pdf(caller, item_id, version), number, quote)

    def _pdf(self, caller: Caller, item_id: UUID, version: int) -> bytes:
        data, media_type, _ = self._shelf.file_of(caller, item_id, version)
        if media_type != PDF:
            raise NotFound("Nur PDF-Dokumente haben Seitenbilder.")
        return data


@contextmanager
def _there() -> Iterator[None]:
    """What the reader says of a page that it has not got or cannot draw, as NotFound."""
    try:
        yield
    except (InvalidInput, UnreadableFile) as error:
        raise NotFound(error.message) from error
