"""What answers read and keep, as a port of this room: passages, sections with the places of their passages, law names, answer records."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from nova.language.inert import inert_name
from nova.records import Passage, Scope
from nova.store.talk.answers import AnswerRecord, HeldSection, Place, heading_length

__all__ = ["AnswerRecord", "HeldSection", "Place", "Shelf", "evidence", "heading_length"]


class Shelf(Protocol):
    """Reads see only what the scope allows: the company's and the owner's items, current or as of its date."""

    def passages(self, chunk_ids: Sequence[UUID], scope: Scope) -> list[Passage]:
        """The passages by id, in any order; those outside the scope or gone are left out."""
        ...

    def sections(self, around: Mapping[UUID, int], scope: Scope) -> list[HeldSection]:
        """Sections by id, each with an offset (into the stored text) that a window of a very long one must hold."""
        ...

    def provisions(self, norms: Sequence[str], scope: Scope, limit: int) -> list[Passage]:
        """The passages of the sections with these norm keys, in reading order."""
        ...

    def laws(self) -> Mapping[str, str]:
        """Every name a held law answers to -> its key."""
        ...

    def keep(self, record: AnswerRecord) -> None:
        """Store an answer."""
        ...


def evidence(passage: Passage) -> dict[str, Any]:
    """What is kept of a passage beside an answer that was given from it."""
    return {
        "chunk_id": str(passage.chunk_id), "item_id": str(passage.item_id), "version": passage.version, "title": inert_name(passage.title),
        "section": inert_name(passage.label or passage.section_title), "page": passage.page, "score": passage.score,
    }  # fmt: skip
