"""Rows of conversations, their turns, deliveries and what was refused: a connection and plain values in, frozen rows out.

Functions run inside the caller's transaction (rows are dicts). Texts are redacted before they come here.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.store import queries
from nova.store.documents import items, outbox
from nova.store.postgres.db import execute_many
from nova.store.talk.telemetry import MEASURES

SQL = queries.load("conversations")
NOT_KEPT = "(nicht gespeichert)"


@dataclass(frozen=True, slots=True)
class NewConversation:
    """A conversation as a delivery names it; `session_key` is an HMAC of the sender's name for it."""

    conversation_id: UUID
    source: str
    session_key: str
    subject_id: UUID
    channel: str
    purposes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation that is there and locked; `fresh`: nobody knew it before this transaction."""

    conversation_id: UUID
    subject_id: UUID | None
    created_at: datetime
    turns: int
    fresh: bool


@dataclass(frozen=True, slots=True)
class ConversationHeader:
    """What a delivery says of its conversation besides the turns; `fresh` as in `Conversation`."""

    fresh: bool = False
    channel: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TurnRow:
    """A turn as it is stored: redacted text, measures, and the HMAC of what was sent."""

    seq: int
    role: str
    ts: datetime
    text: str
    digest: bytes
    meta: Mapping[str, Any]
    answer_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class HeldTurn:
    """What is known of a stored turn without reading it."""

    ts: datetime
    digest: bytes


@dataclass(frozen=True, slots=True)
class RefusalRow:
    """How often something was not stored on a day, and why."""

    day: date
    source: str
    reason: str
    n: int


def lock(conn: Connection[Any], new: NewConversation, now: datetime) -> Conversation:
    """The conversation of this name, made when new, locked. It may belong to somebody else: look at `subject_id`."""
    names = ("conversation_id", "source", "session_key", "subject_id", "channel")
    values = {name: getattr(new, name) for name in names} | {"purposes": sorted(new.purposes), "now": now}
    row = conn.execute(SQL["lock_conversation"], values).fetchone()
    if row is None:
        raise LookupError("an upsert returns its row")
    return Conversation(row["conversation_id"], row["subject_id"], row["created_at"], row["turns"], row["fresh"])


def settle(conn: Connection[Any], conversation_id: UUID, told: ConversationHeader) -> None:
    """Bring a conversation's times, count and digest up to date with its turns and with what was told of it."""
    values = {"conversation_id": conversation_id, "fresh": told.fresh, "channel": told.channel}
    conn.execute(SQL["settle_conversation"], values | {"started_at": told.started_at, "ended_at": told.ended_at})


def turns_held(conn: Connection[Any], conversation_id: UUID, seqs: Sequence[int]) -> dict[int, HeldTurn]:
    """Those of these turns that are stored."""
    rows = conn.execute(SQL["turns_held"], {"conversation_id": conversation_id, "seqs": list(seqs)}).fetchall()
    return {row["seq"]: HeldTurn(row["ts"], bytes(row["digest"])) for row in rows}


def put_turns(conn: Connection[Any], conversation_id: UUID, turns: Sequence[TurnRow]) -> None:
    """Store turns; one of the same number gives way, what was measured of it is kept."""
    given = [
        {
            "seq": turn.seq,
            "role": turn.role,
            "ts": turn.ts.isoformat(),
            "text": turn.text,
            "answer_id": str(turn.answer_id) if turn.answer_id else None,
            "meta": dict(turn.meta),
            "digest": turn.digest.hex(),
        }
        for turn in turns
    ]
    if given:
        conn.execute(SQL["put_turns"], {"conversation_id": conversation_id, "turns": Jsonb(given)})


def add_meta(conn: Connection[Any], conversation_id: UUID, measured: Mapping[int, Mapping[str, Any]]) -> None:
    """Add what was measured of stored turns, by number."""
    given = [{"seq": seq, "meta": dict(meta)} for seq, meta in measured.items() if meta]
    if given:
        conn.execute(SQL["add_meta"], {"conversation_id": conversation_id, "turns": Jsonb(given)})


def texts(conn: Connection[Any], conversation_id: UUID) -> dict[int, str]:
    """The texts of a conversation by number of turn."""
    return {row["seq"]: row["text"] for row in conn.execute(SQL["texts_of"], {"conversation_id": conversation_id}).fetchall()}


def replace_texts(conn: Connection[Any], conversation_id: UUID, changed: Mapping[int, str]) -> None:
    """Store texts anew in which more was replaced. Passages with the former words go; they are made anew like any others."""
    if not changed:
        return
    execute_many(
        conn, SQL["replace_text"], ({"conversation_id": conversation_id, "seq": seq, "text": text} for seq, text in changed.items())
    )
    found = conn.execute(SQL["item_of_conversation"], {"conversation_id": conversation_id}).fetchall()
    drop_passages(conn, [row["item_id"] for row in found])


def next_seq(conn: Connection[Any], conversation_id: UUID) -> int:
    """The number of the next turn."""
    row = conn.execute(SQL["next_seq"], {"conversation_id": conversation_id}).fetchone()
    return int(row["seq"]) if row else 0


def claim_nonce(conn: Connection[Any], nonce: str, digest: bytes) -> bool:
    """Whether this delivery is new; who claims the same at once waits."""
    return conn.execute(SQL["claim_nonce"], {"nonce": nonce, "digest": digest}).fetchone() is not None


def known_nonce(conn: Connection[Any], nonce: str) -> tuple[bytes, Mapping[str, Any]]:
    """What a delivery was (HMAC of its body), and what was answered to it."""
    row = conn.execute(SQL["known_nonce"], {"nonce": nonce}).fetchone()
    return (bytes(row["digest"]), row["result"]) if row else (b"", {})


def note_result(conn: Connection[Any], nonce: str, result: Mapping[str, Any]) -> None:
    """Keep what is answered to a delivery."""
    conn.execute(SQL["note_result"], {"nonce": nonce, "result": Jsonb(dict(result))})


def count_refusals(conn: Connection[Any], source: str, refused: Mapping[str, int], now: datetime) -> None:
    """Count what was not stored, by reason."""
    rows = [{"source": source, "reason": reason, "n": n, "now": now} for reason, n in sorted(refused.items()) if n]
    execute_many(conn, SQL["count_refusal"], rows)


def refusals(conn: Connection[Any], since: date) -> list[RefusalRow]:
    """What was not stored since a day, newest first."""
    return [RefusalRow(**row) for row in conn.execute(SQL["refusals"], {"since": since}).fetchall()]


def items_of(conn: Connection[Any], subject_id: UUID) -> list[UUID]:
    """The items that hold a person's conversations as passages."""
    return [row["item_id"] for row in conn.execute(SQL["items_of_subject"], {"subject_id": subject_id}).fetchall()]


def forget(conn: Connection[Any], subject_id: UUID) -> dict[str, int]:
    """Delete a person's conversations and all words kept of them; how many rows of each table."""
    who = {"subject_id": subject_id, "unkept": NOT_KEPT}
    row = conn.execute(SQL["count_turns"], who).fetchone()
    return {
        "turns": int(row["n"]) if row else 0,
        "conversations": conn.execute(SQL["forget_conversations"], who).rowcount,
        "answers": conn.execute(SQL["unsay_answers"], who).rowcount,
        "handovers": conn.execute(SQL["unsay_handovers"], who).rowcount,
        "rag_feedback": conn.execute(SQL["unsay_feedback"], who).rowcount,
        "events": conn.execute(SQL["unsay_events"], who | {"measures": sorted(MEASURES)}).rowcount,
        "recommendations": conn.execute(SQL["unsay_recommendations"], who).rowcount,
    }


def unlook(conn: Connection[Any], subject_id: UUID) -> dict[str, int]:
    """Delete what was made of a person's words so that they could be looked at; how many rows of each table.

    Call it after their answers say that nobody may (`forget`, `narrow`). `documents` are those published from them: points and files are
    still to be removed.
    """
    who = {"subject_id": subject_id}
    row = conn.execute(SQL["published_of"], who).fetchone()
    return {
        "documents": int(row["n"]) if row else 0,
        "reviews": conn.execute(SQL["forget_reviews"], who).rowcount,
        "gap_answers": conn.execute(SQL["forget_gaps"], who).rowcount,
        "gap_steps": conn.execute(SQL["forget_steps"], who).rowcount,
        "sentiment_labels": conn.execute(SQL["forget_tones"], who).rowcount,
        "recommendation_log": conn.execute(SQL["forget_recommended"], who).rowcount,
    }


def untrain(conn: Connection[Any], subject_id: UUID) -> int:
    """Nothing that editors made of a person's answers is learned from any more; how many rows."""
    return conn.execute(SQL["untrain"], {"subject_id": subject_id}).rowcount


def narrow(conn: Connection[Any], subject_id: UUID, agreed: Collection[str]) -> None:
    """What a person's words may be used for is at most this."""
    conn.execute(SQL["narrow_purposes"], {"subject_id": subject_id, "agreed": sorted(agreed)})


def forget_answer(conn: Connection[Any], answer_id: UUID) -> None:
    """Delete the turns that hold an answer and the words of judgements of it; the passages of its conversation are made anew."""
    conn.execute(SQL["unsay_feedback_of_answer"], {"answer_id": answer_id})
    found = conn.execute(SQL["forget_turns_of_answer"], {"answer_id": answer_id}).fetchall()
    drop_passages(conn, [row["item_id"] for row in found if row["item_id"]])
    for conversation_id in dict.fromkeys(row["conversation_id"] for row in found):
        settle(conn, conversation_id, ConversationHeader())


def drop_passages(conn: Connection[Any], item_ids: Sequence[UUID]) -> int:
    """Delete the passages of conversations; the index follows when it is next drained. How many items there were."""
    wanted = list(dict.fromkeys(item_ids))
    conn.execute(SQL["forget_passages_marks"], {"items": wanted})
    for item_id in wanted:
        items.lock(conn, item_id)
        outbox.add_item_delete(conn, item_id)
        items.delete(conn, item_id)
    return len(wanted)
