"""Stored documents and the operator's questions in, questions whose answers are known out: what a change of the ranking is measured on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from nova.knowledge.masked import Corpus, draw, hide
from nova.records import Passage, Scope
from nova.store.documents import chunks as chunk_rows
from nova.store.documents.chunks import HeadedPassages
from nova.store.postgres.db import Database
from nova.store.quality import learning as rows
from nova.store.talk.answers import StoredAnswers

HEADINGS, QUESTIONS = "Überschriften", "Eigene Fragen"
MOST_HEADINGS = 120


@dataclass(frozen=True, slots=True)
class Probe:
    """A question of a group, and the places that answer it, each as the sections that count as it."""

    group: str
    text: str
    right: tuple[frozenset[UUID], ...]


def headings(db: Database, shelf: StoredAnswers) -> tuple[list[Probe], StoredAnswers]:
    """The documents' own headings as questions, and the shelf on which those headings are hidden from their own passages."""
    with db.transaction() as conn:
        corpus = draw(chunk_rows.company_sections(conn), MOST_HEADINGS)
    return [Probe(HEADINGS, one.words, (frozenset({one.section_id}),)) for one in corpus.probes], MaskedShelf(shelf, corpus)


def curated(db: Database) -> list[Probe]:
    """The operator's questions whose places are still there."""
    with db.transaction() as conn:
        asked, sections = rows.questions(conn), chunk_rows.company_sections(conn)
    found = []
    for row in asked:
        right = [sections_at(sections, place) for place in row["places"]]
        if places := tuple(one for one in right if one):
            found.append(Probe(QUESTIONS, row["question"], places))
    return found


def sections_at(sections: Sequence[HeadedPassages], place: Mapping[str, str]) -> frozenset[UUID]:
    """The sections that a place names by its document and heading; without a heading all of the document's."""
    item_id, wanted = UUID(place["item_id"]), " ".join((place.get("section") or "").split())
    return frozenset(
        one.section_id
        for one in sections
        if one.item_id == item_id and (not wanted or one.label == wanted or f"{one.title} ".startswith(f"{wanted} "))
    )


class MaskedShelf(StoredAnswers):
    """What is stored, with masked headings hidden where passages are ranked."""

    def __init__(self, shelf: StoredAnswers, corpus: Corpus) -> None:
        super().__init__(shelf._db)
        self._masks = corpus.masks

    def passages(self, chunk_ids: Sequence[UUID], scope: Scope) -> list[Passage]:
        """The passages by id, masked ones without their heading."""
        return [self._shown(passage) for passage in super().passages(chunk_ids, scope)]

    def _shown(self, passage: Passage) -> Passage:
        probe = self._masks.get(passage.chunk_id)
        if probe is None:
            return passage
        path, text = hide(probe, passage.path, passage.text)
        return replace(passage, path=path, text=text, section_title=probe.label)
