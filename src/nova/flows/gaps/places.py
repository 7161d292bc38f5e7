"""A gap or a question in, the sections that may answer it out, so that an editor can say which does and was not found."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.answers.again import NearSection as NearSection
from nova.answers.again import nearest
from nova.answers.ask import AskContext
from nova.errors import NotFound
from nova.kpi.gaps.unanswered import one_unanswered
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.store.quality import gaps
from nova.store.quality.gap_steps import About

LOOKED_AT, MOST, MOST_WORDS = 5, 8, 6


class GapPlaces:
    """Where an answer may stand. `context` is what people are answered with."""

    def __init__(self, db: Database, context: AskContext) -> None:
        self._db, self._context = db, context

    def near(self, caller: Caller, about: About, words: str | None) -> list[NearSection]:
        """The sections that its questions come near to, or, with the editor's own words, those that these do. NotFound."""
        with self._db.transaction() as conn:
            texts = _asked(conn, caller, about)
        asked = [words] if words else list(dict.fromkeys(texts))[:LOOKED_AT]
        return merged([nearest(self._context, text) for text in asked])


def _asked(conn: Connection[Any], caller: Caller, about: About) -> list[str]:
    """What was asked."""
    if about.answer_id is not None:
        return [one_unanswered(conn, caller, about.answer_id, datetime.now(UTC)).question]
    if about.gap_id is None or gaps.one(conn, about.gap_id) is None:
        raise NotFound("Diese Wissenslücke gibt es nicht.", data={"gap_id": str(about.gap_id)})
    return [row["question"] for row in gaps.questions(conn, about.gap_id, LOOKED_AT * 4)]


def merged(found: Sequence[Sequence[NearSection]]) -> list[NearSection]:
    """The sections of several questions as one list: those first that stand far up for many, each with the words that most miss there."""
    worth: Counter[UUID] = Counter()
    missing: dict[UUID, Counter[str]] = defaultdict(Counter)
    known: dict[UUID, NearSection] = {}
    for sections in found:
        for at, one in enumerate(sections):
            worth[one.section_id] += MOST // (at + 1) + MOST * one.nearly
            missing[one.section_id].update(one.missing)
            known[one.section_id] = replace(one, nearly=one.nearly or (one.section_id in known and known[one.section_id].nearly))
    best = sorted(known, key=lambda key: -worth[key])[:MOST]
    return [replace(known[key], missing=tuple(word for word, _ in missing[key].most_common(MOST_WORDS))) for key in best]
