"""Rows that figures come from, written straight into the tables: a document, people, answers, conversations, judgements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from psycopg.types.json import Jsonb

from nova.store.ids import uuid7
from nova.store.postgres.db import Database

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECTION = "Die Kündigungsfrist beträgt zwei Wochen zum Monatsende. Der Abschlag wird monatlich fällig."
ASKED = ("service", "analytics")
MANY = (1, 2, 3, 4, 5)  # hashes of as many people as may be told of together


def wipe(db: Database) -> None:
    """Nothing measured, nothing said."""
    db.execute(
        "TRUNCATE kpi_hours, kpi_measured, knowledge_gaps, gap_answers, answers, conversations, turns, rag_feedback, events, subjects,"
        " items, intake_refusals, users CASCADE"
    )


@dataclass(frozen=True)
class Document:
    """A document of one section that is one passage."""

    item_id: UUID
    chunk_id: UUID


def document(db: Database, text: str = SECTION, kind: str = "document") -> Document:
    """Store a document's text."""
    item, section, chunk = uuid7(), uuid7(), uuid7()
    db.execute("INSERT INTO items (item_id, title, sha256, kind, status) VALUES (%s, 'AGB', %s, %s, 'ready')", [item, item.hex, kind])
    db.execute(
        "INSERT INTO item_versions (item_id, version, sha256, media_type, bytes, state) VALUES (%s, 1, 'x', 'text/plain', 1, 'ready')",
        [item],
    )
    db.execute(
        "INSERT INTO item_sections (section_id, item_id, version, ordinal, title, path, char_from, char_to, text)"
        " VALUES (%s, %s, 1, 0, 'Fristen', '{AGB,Fristen}', 10, %s, %s)",
        [section, item, 10 + len(text), text],
    )
    db.execute(
        "INSERT INTO item_chunks (chunk_id, item_id, chunk_idx, text, digest, valid_from) VALUES (%s, %s, 0, %s, 'x', now())",
        [chunk, item, text],
    )
    db.execute(
        "INSERT INTO chunk_places (chunk_id, item_id, version, chunk_idx, section_id, char_from, char_to)"
        " VALUES (%s, %s, 1, 0, %s, 10, %s)",
        [chunk, item, section, 10 + len(text)],
    )
    return Document(item, chunk)


def subject(db: Database) -> UUID:
    """Somebody."""
    one = uuid4()
    db.execute("INSERT INTO subjects (subject_id) VALUES (%s)", [one])
    return one


@dataclass(frozen=True)
class Said:
    """A sentence of an answer: what it cites of a document, as a quote of the section."""

    text: str
    quote: str = ""
    checked: bool = True


def answer(db: Database, ts: datetime, question: str, said: Sequence[Said] = (), source: Document | None = None, **more: Any) -> UUID:
    """An answer at a moment. `more`: status, purposes, subject_id, conversation_id, ms, margin, model, user_id, retrieval."""
    text, spans, citations = "", [], []
    for one in said:
        numbers = []
        if one.quote and source:
            at = SECTION.find(one.quote)
            start = 10 + max(at, 0)
            numbers = [len(citations) + 1]
            citations.append(
                {"number": numbers[0], "chunk_id": str(source.chunk_id), "item_id": str(source.item_id), "version": 1, "start": start,
                 "end": start + len(one.quote), "quote": one.quote}
            )  # fmt: skip
        spans.append([len(text), len(text) + len(one.text), numbers, 0, int(one.checked)])
        text += one.text + " "
    answer_id, status = uuid7(), more.get("status", "answered")
    retrieval = {"said": spans, "margin": more.get("margin", 1.4), "direct": False, "read": 1000} | more.get("retrieval", {})
    values = {
        "answer_id": answer_id, "ts": ts, "question": question, "answer": text, "status": status, "model": more.get("model", ""),
        "citations": Jsonb(citations), "timings_ms": Jsonb({"total": more.get("ms", 100.0)}), "purposes": list(more.get("purposes", ASKED)),
        "subject_id": more.get("subject_id"), "conversation_id": more.get("conversation_id"), "retrieval": Jsonb(retrieval),
        "user_id": more.get("user_id"),
    }  # fmt: skip
    names = ", ".join(values)
    db.execute(f"INSERT INTO answers ({names}) VALUES ({', '.join(f'%({name})s' for name in values)})", values)
    return answer_id


def conversation(db: Database, ts: datetime, texts: Sequence[str], who: UUID | None = None, purposes: Sequence[str] = ASKED) -> UUID:
    """What somebody said, a minute apart."""
    one = uuid7()
    db.execute(
        "INSERT INTO conversations (conversation_id, source, session_key, subject_id, channel, purposes, started_at, last_at)"
        " VALUES (%s, 'sophia', %s, %s, 'chat', %s, %s, %s)",
        [one, one.hex, who, list(purposes), ts, ts + timedelta(minutes=len(texts))],
    )
    for seq, text in enumerate(texts):
        db.execute(
            "INSERT INTO turns (conversation_id, seq, role, ts, text, digest) VALUES (%s, %s, 'user', %s, %s, '')",
            [one, seq, ts + timedelta(minutes=seq), text],
        )
    return one


def judge(db: Database, ts: datetime, answer_id: UUID | None, useful: bool, reason: str | None = None) -> None:
    """A judgement."""
    db.execute(
        "INSERT INTO rag_feedback (feedback_id, ts, answer_id, question, answer, useful, reason, dwell_ms)"
        " VALUES (%s, %s, %s, 'F', 'A', %s, %s, 4000)",
        [uuid7(), ts, answer_id, useful, reason],
    )
