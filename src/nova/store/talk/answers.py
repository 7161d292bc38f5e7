"""Passages, sections, law names and answer records: ids and scopes in, records out; every read keeps to what the scope allows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.records import DataFact, Passage, Scope, SectionText
from nova.store import queries
from nova.store.postgres.db import Database, Row
from nova.store.series import facts
from nova.store.talk import conversations

SQL = queries.load("answers")
WINDOW = 24_000


@dataclass(frozen=True, slots=True)
class Place:
    """A passage's span in the item version's stored text."""

    chunk_id: UUID
    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class HeldSection:
    """A section's text (a window of it where it is very long) and the passages in it, in order.

    `document` and `kind` are its item's; `heading` is the length of the heading at the text's beginning.
    """

    text: SectionText
    document: str
    kind: str
    places: tuple[Place, ...]
    heading: int = 0
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """An answer as it was given; the question is already redacted."""

    answer_id: UUID
    user_id: UUID | None
    question: str
    answer: str
    status: str
    model: str
    prompt_version: str
    analyser: str = ""
    as_of: datetime | None = None
    passages: Sequence[Mapping[str, Any]] = ()
    citations: Sequence[Mapping[str, Any]] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    trace_id: UUID | None = None
    facts: tuple[DataFact, ...] = ()
    retrieval: Mapping[str, Any] = field(default_factory=dict)
    learned: str = ""
    conversation_id: UUID | None = None
    subject_id: UUID | None = None
    purposes: Sequence[str] = ()


class StoredAnswers:
    """What the answers room reads and keeps in Postgres."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def passages(self, chunk_ids: Sequence[UUID], scope: Scope) -> list[Passage]:
        """The passages by id, in any order; those outside the scope or gone are left out."""
        values = {"chunk_ids": list(chunk_ids), "owner": scope.owner, "as_of": scope.as_of}
        return [_passage(row) for row in self._db.fetch_all(SQL["passages"], values)] if chunk_ids else []

    def provisions(self, norms: Sequence[str], scope: Scope, limit: int) -> list[Passage]:
        """The passages of the sections with these norm keys, in reading order."""
        values = {
            "norms": list(norms), "owner": scope.owner, "kinds": list(scope.kinds), "tags": list(scope.tags), "items": list(scope.items),
            "as_of": scope.as_of, "limit": limit,
        }  # fmt: skip
        return [_passage(row) for row in self._db.fetch_all(SQL["provisions"], values)] if norms else []

    def sections(self, around: Mapping[UUID, int], scope: Scope) -> list[HeldSection]:
        """Sections by id; `around` names for each an offset (into the stored text) that a window of a very long one must hold."""
        if not around:
            return []
        values = {"section_ids": list(around), "offsets": list(around.values()), "owner": scope.owner, "window": WINDOW}
        with self._db.single() as connection:
            rows = connection.execute(SQL["sections_around"], values).fetchall()
            found = connection.execute(SQL["places_of_sections"], {"section_ids": list(around)}).fetchall()
        places: dict[UUID, list[Place]] = defaultdict(list)
        for row in found:
            places[row["section_id"]].append(Place(row["chunk_id"], row["char_from"], row["char_to"], row["page_from"]))
        return [_section(row, places[row["section_id"]]) for row in rows]

    def laws(self) -> Mapping[str, str]:
        """Every name a held law answers to (compact form) and the law's key."""
        return {row["alias"]: row["law"] for row in self._db.fetch_all(SQL["law_names"])}

    def headings(self, limit: int, per_item: int) -> list[Row]:
        """Headings of the company's current sections (document, kind, label, title, norm, path)."""
        return self._db.fetch_all(SQL["headings"], {"limit": limit, "per_item": per_item})

    def norms(self, owner: UUID | None) -> frozenset[str]:
        """The keys of the provisions that somebody may read now."""
        return frozenset(row["norm"] for row in self._db.fetch_all(SQL["held_norms"], {"owner": owner}))

    def keep(self, record: AnswerRecord) -> None:
        """Store an answer and the facts it says."""
        with self._db.single() if not record.facts else self._db.transaction() as conn:
            insert(conn, record)

    def history(self, user_id: UUID | None, *, everyone: bool, limit: int, before: datetime | None = None) -> list[Row]:
        """Answers (answer_id, ts, question, status, answer), newest first."""
        values = {"user_id": user_id, "everyone": everyone, "limit": limit, "before": before}
        return self._db.fetch_all(SQL["list_answers"], values)

    def answer(self, answer_id: UUID, user_id: UUID | None, *, everyone: bool) -> Row | None:
        """One answer with its evidence, or None when the caller may not see it."""
        return self._db.fetch_one(SQL["get_answer"], {"answer_id": answer_id, "user_id": user_id, "everyone": everyone})

    def delete(self, answer_id: UUID, user_id: UUID | None, *, everyone: bool) -> bool:
        """Forget an answer; False when the caller may not see it."""
        who = {"answer_id": answer_id, "user_id": user_id, "everyone": everyone}
        with self._db.transaction() as conn:
            if conn.execute(SQL["get_answer"], who).fetchone() is None:
                return False
            conversations.forget_answer(conn, answer_id)
            return conn.execute(SQL["delete_answer"], who).rowcount > 0

    def forget(self, user_id: UUID) -> int:
        """Forget every answer given to a person; how many there were."""
        return self._db.execute(SQL["delete_answers_of_user"], {"user_id": user_id})


def insert(conn: Connection[Any], record: AnswerRecord) -> None:
    """Store an answer and the facts it says, in the caller's transaction."""
    values = {name: getattr(record, name) for name in record.__dataclass_fields__}
    for name in ("passages", "citations"):
        values[name] = Jsonb([dict(row) for row in values[name]])
    values["timings_ms"], values["retrieval"] = Jsonb(dict(record.timings_ms)), Jsonb(dict(record.retrieval))
    conn.execute(SQL["insert_answer"], values | {"purposes": sorted(record.purposes)})
    if record.facts:
        facts.insert(conn, record.answer_id, record.user_id, record.facts)


def _passage(row: Row) -> Passage:
    return Passage(
        row["chunk_id"], row["item_id"], row["version"], row["title"], row["kind"], tuple(row["path"]), row["label"], row["section_id"],
        row["section_title"], row["text"], row["char_from"], row["char_to"], row["page_from"], row["norm"],
        0.0, tuple(row["tags"]),
    )  # fmt: skip


def _section(row: Row, places: Sequence[Place]) -> HeldSection:
    start = row["char_from"] + row["window_from"]
    text = SectionText(
        row["section_id"], row["item_id"], row["version"], row["label"], row["title"], tuple(row["path"]), row["text"], start, row["norm"]
    )
    end = start + len(row["text"])
    inside = tuple(place for place in places if place.start < end and start < place.end)
    heading = 0 if row["window_from"] else heading_length(row["text"], row["title"])
    return HeldSection(text, row["document"], row["kind"], inside, heading, tuple(row["tags"]))


def heading_length(text: str, title: str) -> int:
    """How many characters of a section's text its heading takes, 0 when it does not begin with its title's words."""
    at = 0
    for word in title.split():
        while at < len(text) and text[at].isspace():
            at += 1
        if not text.startswith(word, at):
            return 0
        at += len(word)
    return at
