"""Stored documents in; their own headings as questions out, and an index in which those headings are hidden from their own passages.

A passage found without its heading was found by what it says: the German probe that a model's worth is measured by.
"""

import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from nova.knowledge.dense import DenseRoom, embed
from nova.knowledge.prepare import ToVectorise, vectorise
from nova.ports import Index
from nova.ports.jobs import JobContext
from nova.records import Point
from nova.store.documents import chunks as chunk_rows
from nova.store.documents import embeddings, outbox
from nova.store.documents.chunks import HeadedPassages, ToIndex

MOST = 200
BESIDE = 20_000
SEED = 1
FEWEST_WORDS, MOST_WORDS = 2, 20
GONE = re.compile(r"weggefallen|aufgehoben|^\(", re.IGNORECASE)
PAGE = 500
EMBED = 16


@dataclass(frozen=True, slots=True)
class HeadingProbe:
    """A heading that becomes the question `words`; its passages keep only its `label` ("§ 29", or "")."""

    words: str
    section_id: UUID
    label: str
    chunk_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The company's current sections, which of them are masked, by passage, and the passages to search among."""

    sections: tuple[HeadedPassages, ...]
    masks: Mapping[UUID, HeadingProbe]
    passages: frozenset[UUID]

    @property
    def probes(self) -> list[HeadingProbe]:
        """Each masked heading once, in reading order."""
        return list(dict.fromkeys(self.masks.values()))


def read(room: DenseRoom, most: int = MOST, beside: int = BESIDE) -> Corpus:
    """Draw at most `most` headings that are questions of their own: two to twenty words that no other heading has.

    Their passages are searched for among at most `beside` others, so that measuring a large corpus takes bounded room.
    """
    with room.index.db.transaction() as conn:
        sections = chunk_rows.company_sections(conn)
    return draw(sections, most, beside)


def draw(sections: Sequence[HeadedPassages], most: int = MOST, beside: int = BESIDE) -> Corpus:
    """The same of sections that are read already."""
    single = _single(sections)
    drawn = set(random.Random(SEED).sample(range(len(single)), min(most, len(single))))  # noqa: S311 - the same draw every time
    chosen = [probe for at, probe in enumerate(single) if at in drawn]
    masks = {chunk_id: probe for probe in chosen for chunk_id in probe.chunk_ids}
    others = sorted({chunk_id for section in sections for chunk_id in section.chunk_ids} - masks.keys())
    drawn_others = random.Random(SEED).sample(others, min(beside, len(others)))  # noqa: S311 - the same draw every time
    return Corpus(tuple(sections), masks, frozenset([*masks, *drawn_others]))


def _single(sections: Sequence[HeadedPassages]) -> list[HeadingProbe]:
    """The headings that are questions of their own, without those that come twice."""
    found = [probe for section in sections if (probe := _probe(section))]
    times = Counter(probe.words.casefold() for probe in found)
    return [probe for probe in found if times[probe.words.casefold()] == 1]


def _probe(section: HeadedPassages) -> HeadingProbe | None:
    words = section.title.removeprefix(section.label).strip(" .:–-")
    if len(section.path) < 2 or GONE.search(words) or not FEWEST_WORDS <= len(words.split()) <= MOST_WORDS:
        return None
    return HeadingProbe(words, section.section_id, section.label, section.chunk_ids)


def hide(probe: HeadingProbe, path: tuple[str, ...], text: str) -> tuple[tuple[str, ...], str]:
    """A passage's headings and words without those of the masked heading; bodies may go on saying them."""
    headed = text.lstrip().removeprefix(probe.label).lstrip().startswith(probe.words)
    return (*path[:-1], probe.label), text.replace(probe.words, "", 1) if headed else text


def fill(index: Index, room: DenseRoom, model: str, corpus: Corpus, ctx: JobContext) -> None:
    """Put the corpus's passages into an empty index, the masked ones with vectors of their own. Busy when another model gives them."""
    _, file = room.index.analysers.file()
    after, done = chunk_rows.FIRST, 0
    while True:
        ctx.progress("verdecken", done, len(corpus.passages))
        with room.index.db.transaction() as conn:
            rows = chunk_rows.to_index(conn, after, PAGE)
            wanted = [row for row in rows if row.chunk_id in corpus.passages]
            stored = embeddings.vectors(conn, model, [row.chunk_id for row in wanted])
        if not rows:
            return
        after = rows[-1].chunk_id
        shown = [_hidden(row, corpus.masks) for row in wanted]
        dense = stored | _fresh(room, [row for row in shown if row.chunk_id in corpus.masks], index.dense_size)
        lexical = vectorise(room.index.children, [ToVectorise(row.title, row.path, row.text, row.norm) for row in shown], file)
        index.upsert([_point(row, packed, dense.get(row.chunk_id)) for row, packed in zip(shown, lexical, strict=True)])
        done += len(shown)


def _hidden(row: ToIndex, masks: Mapping[UUID, HeadingProbe]) -> ToIndex:
    probe = masks.get(row.chunk_id)
    if probe is None:
        return row
    path, text = hide(probe, row.path, row.text)
    return ToIndex(row.chunk_id, row.item_id, row.title, path, text, row.norm)


def _fresh(room: DenseRoom, rows: Sequence[ToIndex], dimension: int) -> dict[UUID, tuple[float, ...]]:
    """The model's vectors of masked passages."""
    found: dict[UUID, tuple[float, ...]] = {}
    for at in range(0, len(rows), EMBED):
        part = rows[at : at + EMBED]
        for row, vector in zip(part, embed(room.embedder, part, dimension), strict=True):
            if vector is not None:
                found[row.chunk_id] = vector
    return found


def _point(row: ToIndex, packed: bytes, dense: tuple[float, ...] | None) -> Point:
    return Point(row.chunk_id, row.item_id, outbox.unpack(packed), "document", (), None, 0, None, dense)
