"""The use-cases about documents: taken in, looked at, changed, deleted, indexed anew."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova.knowledge.intake import DocumentReception
from nova.knowledge.items import Shelf
from nova.knowledge.pages import DocumentPages

if TYPE_CHECKING:
    from nova.wiring import Nova


@dataclass(frozen=True, slots=True)
class DocumentCases:
    """One field a use-case, or a few that share their ports."""

    pages: DocumentPages
    reception: DocumentReception
    shelf: Shelf


def document_cases(nova: "Nova") -> DocumentCases:
    """Those of an open Nova."""
    return DocumentCases(
        pages=DocumentPages(nova.shelf, nova.texts),
        reception=DocumentReception(lambda: nova.intake, nova.fetcher),
        shelf=nova.shelf,
    )
