"""Redacted conversations in, passages of their own kind out, and found again; each conversation in a transaction of its own.

They belong to nobody who can ask (`CONVERSATIONS_OWNER`), so no answer comes from them; editors search them.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.courtesy import make_way
from nova.errors import Busy, ServerAbsent
from nova.german import BERLIN
from nova.knowledge.analysers import Superseded
from nova.knowledge.index import IndexRoom, drain
from nova.knowledge.prepare import ToVectorise, vectorise
from nova.knowledge.versions import digest
from nova.ports import Embedder
from nova.ports.jobs import JobContext
from nova.records import CONVERSATION, CONVERSATIONS_OWNER, Scope
from nova.store.documents import chunks as chunk_rows
from nova.store.documents import embeddings, items, outbox, passages
from nova.store.documents.chunks import PlaceRow, SectionRow
from nova.store.documents.passages import FoundPassage, NewTalkItem, Talk, TalkFilter, TalkPassage, Turn
from nova.store.ids import uuid7
from nova.store.postgres.holder import TALKING, alone

BATCH, REMOVE_BATCH = 25, 200
WORDS, LONGEST_CHARS = 150, 1_500
CANDIDATES, RANK_OFFSET = 200, 60
SPOKEN_BY = {"user": "Kunde", "agent": "Service"}
ASSISTANTS = {"nova": "Luna", "sophia": "Sophia"}  # by where a conversation comes from
ASSISTANT = "Assistenz"
SCOPE = Scope(owner=CONVERSATIONS_OWNER, kinds=(CONVERSATION,))
_BREAK = re.compile(r"(?<=[.!?…])\s+|\n+|\s+")

Agreed = Callable[[Any, UUID], Collection[str]]
Scan = Callable[[str], Collection[Any]]


@dataclass(frozen=True, slots=True)
class TalkRoom:
    """What making conversations passages needs. `agreed`: what a person agrees to now, locked until the transaction ends.

    `scan`: what still looks personal in a redacted text, by kind.
    """

    index: IndexRoom
    agreed: Agreed
    scan: Scan


@dataclass
class Counts:
    """What a run did, in conversations but for `chunks`; `refused` says why some are no passages, `hits` what the second scan saw."""

    read: int = 0
    new: int = 0
    changed: int = 0
    removed: int = 0
    chunks: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    hits: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage as it is cut: its words, and the first and last turn in it."""

    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Cut:
    talk: Talk
    title: str
    pieces: tuple[Piece, ...]


def ingest(room: TalkRoom, ctx: JobContext, *, replay: bool = False) -> Counts:
    """Bring the passages of all conversations up to date; what is done stays done when it is stopped, and nothing is done twice.

    `replay` makes all anew. JobWaits while another job does it.
    """
    with alone(room.index.db, TALKING):
        with room.index.db.transaction() as conn:
            passages.ensure_owner(conn)
            if replay and items.get_fact(conn, "passages_replay") != str(ctx.job_id):
                passages.forget_marks(conn)
                items.set_fact(conn, "passages_replay", str(ctx.job_id))
        counts = Counts()
        _remove_unfit(room, ctx, counts)
        _bring_up(room, ctx, counts)
        drain(room.index)
    return counts


def forget(conn: Connection[Any], item_ids: Sequence[UUID]) -> int:
    """Remove the passages of conversations, and from the index as soon as it is drained; how many items there were."""
    removed = 0
    for item_id in item_ids:
        outbox.add_item_delete(conn, item_id)
        items.delete(conn, item_id)
        removed += 1
    return removed


def cut(said: Sequence[Turn], source: str) -> list[Piece]:
    """A conversation in passages of about 150 words: whole turns together, a long turn in parts, each with who speaks.

    `source` is where it comes from, and says how the assistant is called.
    """
    made: list[Piece] = []
    for turn in said:
        who = SPOKEN_BY.get(turn.role) or ASSISTANTS.get(source, ASSISTANT)
        for part in _parts(turn.text):
            line = f"{who}: {part}"
            if made and _room_for(made[-1].text, line):
                made[-1] = Piece(f"{made[-1].text}\n{line}", made[-1].first, turn.seq)
            else:
                made.append(Piece(line, turn.seq, turn.seq))
    return made


def search(room: IndexRoom, query: str, wanted: TalkFilter, limit: int, embedder: Embedder | None = None) -> list[FoundPassage]:
    """The best passages of conversations for some words, best first; by meaning too where the index holds the model's vectors."""
    found = [hit.chunk_id for hit in room.index.search(room.analysers.current().query(query), SCOPE, CANDIDATES)]
    near = [] if embedder is None else _near(room, query, embedder)
    ranks: dict[UUID, float] = {}
    for ranked in (found, near):
        for place, chunk_id in enumerate(ranked):
            ranks[chunk_id] = ranks.get(chunk_id, 0.0) + 1 / (RANK_OFFSET + place)
    with room.db.transaction() as conn:
        rows = passages.found(conn, list(ranks), wanted)
    return sorted(rows, key=lambda row: (-ranks[row.chunk_id], row.chunk_id))[:limit]


def _near(room: IndexRoom, query: str, embedder: Embedder) -> list[UUID]:
    """The nearest in meaning; none where the index has no vectors of this model, or it does not answer."""
    with room.db.transaction() as conn:
        model = embeddings.indexed(conn)
    if model is None or model.state != "live" or model.model != embedder.model:
        return []
    try:
        vector = embedder.question(query)
        return [] if vector is None else [hit.chunk_id for hit in room.index.near(vector, SCOPE, CANDIDATES)]
    except (ServerAbsent, Busy):
        return []


def _remove_unfit(room: TalkRoom, ctx: JobContext, counts: Counts) -> None:
    ctx.progress("entfernen")
    while True:
        make_way()
        with room.index.db.transaction() as conn:
            gone = forget(conn, passages.unfit(conn, REMOVE_BATCH))
            ctx.guard(conn)
        counts.removed += gone
        if gone < REMOVE_BATCH:
            return


def _bring_up(room: TalkRoom, ctx: JobContext, counts: Counts) -> None:
    with room.index.db.transaction() as conn:
        total = passages.count_stale(conn)
    after = passages.FIRST
    while True:
        ctx.progress("einlesen", min(counts.read, total), total)
        with room.index.db.transaction() as conn:
            talks = passages.talks(conn, ids) if (ids := passages.stale(conn, after, BATCH)) else []
        if not talks:
            return
        _store_batch(room, talks, ctx, counts)
        drain(room.index)
        after = ids[-1]


def _store_batch(room: TalkRoom, talks: Sequence[Talk], ctx: JobContext, counts: Counts) -> None:
    fit: list[_Cut] = []
    for talk in talks:
        make_way()
        counts.read += 1
        if hits := _second_scan(room, talk):
            counts.hits += hits
            counts.refused["second_scan"] += 1
            _hold_back(room, talk, ctx)
        else:
            fit.append(_Cut(talk, f"Gespräch vom {talk.started_at.astimezone(BERLIN):%d.%m.%Y}", tuple(cut(talk.said, talk.source))))
    for one, vectors, version in _vectorised(room.index, fit):
        _store(room, one, vectors, version, ctx, counts)


def _second_scan(room: TalkRoom, talk: Talk) -> Counter[str]:
    return Counter(str(span.kind) for turn in talk.said for span in room.scan(turn.text))


def _hold_back(room: TalkRoom, talk: Talk, ctx: JobContext) -> None:
    """What it had of passages goes; it is looked at again when something in it changes."""
    with room.index.db.transaction() as conn:
        now = passages.lock_talk(conn, talk.conversation_id)
        if now is None or now.digest != talk.digest:
            return
        forget(conn, [now.item_id] if now.item_id else [])
        passages.mark(conn, talk.conversation_id, None, talk.digest, passages.HELD)
        ctx.guard(conn)


def _vectorised(room: IndexRoom, fit: Sequence[_Cut]) -> Iterator[tuple[_Cut, list[bytes], str]]:
    """Every conversation with its packed vectors and the analyser that made them, in one call of a child."""
    if not fit:
        return
    version, file = room.analysers.file()
    rows = [ToVectorise(one.title, (one.title,), piece.text, None) for one in fit for piece in one.pieces]
    vectors = iter(vectorise(room.children, rows, file))
    for one in fit:
        yield one, [next(vectors) for _ in one.pieces], version


def _store(room: TalkRoom, one: _Cut, vectors: Sequence[bytes], version: str, ctx: JobContext, counts: Counts) -> None:
    """Rows and index changes in one transaction; made again with the live analyser where that is another by now."""
    while True:
        try:
            with room.index.db.transaction() as conn:
                told = _stored(room, conn, one, vectors, version)
                ctx.guard(conn)
        except Superseded:
            ((_, vectors, version),) = _vectorised(room.index, [one])
            continue
        if told in ("new", "changed"):
            counts.chunks += len(one.pieces)
            counts.new, counts.changed = counts.new + (told == "new"), counts.changed + (told == "changed")
        else:
            counts.refused[told] += 1
        return


def _stored(room: TalkRoom, conn: Connection[Any], one: _Cut, vectors: Sequence[bytes], version: str) -> str:
    """`new`, `changed`, or why not: `no_consent`, or `moved_on` when more was said meanwhile (the next run takes it)."""
    talk = one.talk
    agreed = talk.subject_id is None or "analytics" in room.agreed(conn, talk.subject_id)
    now = passages.lock_talk(conn, talk.conversation_id)
    if now is None or now.digest != talk.digest:
        return "moved_on"
    known = [now.item_id] if now.item_id else []
    if not agreed or "analytics" not in now.purposes:
        forget(conn, known)
        return "no_consent"
    if not one.pieces:
        return "empty"
    room.index.analysers.hold(conn, version)
    forget(conn, known)
    item_id = now.item_id or uuid7()
    _insert(conn, one, item_id, vectors, version)
    passages.mark(conn, talk.conversation_id, item_id, talk.digest, passages.LAYOUT)
    return "changed" if now.item_id else "new"


def _insert(conn: Connection[Any], one: _Cut, item_id: UUID, vectors: Sequence[bytes], version: str) -> None:
    talk, section_id, ids = one.talk, uuid7(), [uuid7() for _ in one.pieces]
    chars = sum(len(piece.text) + 1 for piece in one.pieces)
    sha256 = hashlib.sha256(f"{talk.conversation_id} {talk.digest}".encode()).hexdigest()
    passages.insert_item(conn, NewTalkItem(item_id, one.title, sha256, talk.started_at, chars))
    section = SectionRow(section_id, item_id, 1, 0, "", None, one.title, [one.title], 0, chars, "")
    chunk_rows.insert_sections(conn, [section])
    about = _metadata(talk)
    passages.insert_passages(
        conn,
        [
            TalkPassage(
                ids[number], item_id, number, piece.text, digest((one.title,), piece.text), talk.started_at,
                {**about, "first": piece.first, "last": piece.last},
            )
            for number, piece in enumerate(one.pieces)
        ],
    )  # fmt: skip
    chunk_rows.insert_places(conn, _places(item_id, section_id, ids, one.pieces))
    outbox.add_upserts(conn, [(item_id, chunk_id, vector) for chunk_id, vector in zip(ids, vectors, strict=True)], version)


def _metadata(talk: Talk) -> Mapping[str, Any]:
    status = "open" if talk.ended_at is None else "ended"
    return {"source": talk.source, "channel": talk.channel, "started_at": talk.started_at.isoformat(), "status": status}


def _places(item_id: UUID, section_id: UUID, ids: Sequence[UUID], pieces: Sequence[Piece]) -> Iterator[PlaceRow]:
    at = 0
    for number, piece in enumerate(pieces):
        yield PlaceRow(ids[number], item_id, 1, number, section_id, at, at + len(piece.text), None, None)
        at += len(piece.text) + 1


def _room_for(text: str, line: str) -> bool:
    return len(text) + len(line) < LONGEST_CHARS and len(text.split()) + len(line.split()) <= WORDS


def _parts(text: str) -> Iterator[str]:
    """A turn whole, or cut between sentences, or between words where a sentence is too long, or anywhere where a word is."""
    rest = text.strip()
    while rest:
        if len(rest) < LONGEST_CHARS and len(rest.split()) <= WORDS:
            yield rest
            return
        at = _break(rest)
        yield rest[:at].rstrip()
        rest = rest[at:].lstrip()


def _break(text: str) -> int:
    """Where to cut: behind the last sentence that fits whole and fills half, else behind the last word that fits."""
    sentence = word = words = 0
    for found in _BREAK.finditer(text, 0, LONGEST_CHARS):
        if not found.start():
            continue
        words += 1
        if words > WORDS:
            break
        word = found.start()
        if text[word - 1] in ".!?…\n" or "\n" in found.group():
            sentence = word
    return sentence if sentence >= LONGEST_CHARS // 4 else word or LONGEST_CHARS - 1
