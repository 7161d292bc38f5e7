"""Deliveries of conversations in, redacted turns stored exactly once out, whatever order they come in; what is not stored is counted.

Nothing of a text is stored before its author's consent was read and locked and every value in it was replaced.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.errors import Conflict, PrivacyError
from nova.ports.people import People, Purpose, Redactor, Speaker
from nova.store.ids import uuid7
from nova.store.talk import conversations as rows

Token = Callable[[str, str], str]
OWN = "nova"
NO_CONSENT, WITHDRAWN, UNREADABLE, OLDER, OTHER_TEXT = "no_consent", "withdrawn", "unreadable", "older", "other_text"


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing said. `meta` holds measures only, numbers and switches."""

    seq: int
    role: Speaker
    ts: datetime
    text: str = field(repr=False)
    meta: Mapping[str, Any] = field(default_factory=dict)
    answer_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A part of a conversation, or the whole. `fields` are values that are surely personal, and their kinds; no text will hold them."""

    source: str
    session_id: str = field(repr=False)
    turns: tuple[Turn, ...] = ()
    channel: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class DeliveryResult:
    """What became of the turns of a delivery."""

    stored: int = 0
    duplicates: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)
    conversation_id: UUID | None = None

    def counts(self) -> dict[str, Any]:
        """As it is answered."""
        return {"stored": self.stored, "duplicates": self.duplicates, "refused": dict(sorted(self.refused.items()))}


@dataclass(frozen=True, slots=True)
class Desk:
    """What taking in a conversation needs. `holds` says whether one of these values (kind by value) may stand in a text, for far less."""

    people: People
    redact: Redactor
    holds: Callable[[str, Mapping[str, str]], bool]


def new_conversation() -> UUID:
    """The id of a conversation that begins now."""
    return uuid7()


def refuse(conn: Connection[Any], delivery: Delivery, reason: str, now: datetime) -> DeliveryResult:
    """Store nothing of a delivery, and count its turns."""
    refused = {reason: len(delivery.turns)} if delivery.turns else {}
    rows.count_refusals(conn, delivery.source, refused, now)
    return DeliveryResult(refused=refused)


def take(conn: Connection[Any], desk: Desk, delivery: Delivery, subject_id: UUID, now: datetime) -> DeliveryResult:
    """Store what the person agrees to have stored, in the caller's transaction; they cannot withdraw until it ends.

    A turn that came before is a duplicate. Of two with one number the later `ts` stands; with the same `ts` the first. Conflict when the
    conversation is somebody else's.
    """
    purposes = desk.people.agreed(conn, subject_id)
    if "service" not in purposes:
        reason = WITHDRAWN if desk.people.withdrew(conn, subject_id, "service") else NO_CONSENT
        return refuse(conn, delivery, reason, now)
    held = _conversation(conn, desk, delivery, subject_id, purposes, now)
    token = desk.people.tokens(conn, subject_id, held.created_at)
    known = desk.people.known(conn, subject_id, held.created_at, delivery.fields)
    if delivery.fields and held.turns:
        _look_again(conn, desk, held.conversation_id, token, known)
    sorted_out = _sort_out(conn, desk, held.conversation_id, delivery)
    stored = _redacted(desk, sorted_out, token, known)
    rows.put_turns(conn, held.conversation_id, stored)
    rows.add_meta(conn, held.conversation_id, {turn.seq: turn.meta for turn in sorted_out.again})
    told = rows.ConversationHeader(held.fresh, delivery.channel, delivery.started_at, delivery.ended_at)
    rows.settle(conn, held.conversation_id, told)
    refused = {reason: n for reason, n in sorted_out.refused.items() if n}
    rows.count_refusals(conn, delivery.source, refused, now)
    return DeliveryResult(len(stored), len(sorted_out.again), refused, held.conversation_id)


def speak(conn: Connection[Any], desk: Desk, session: str, subject_id: UUID, said: Sequence[Turn], now: datetime) -> DeliveryResult:
    """Turns of Nova's own chat, at the end of the conversation of this name, in the caller's transaction; their numbers are set here."""
    purposes = desk.people.agreed(conn, subject_id)
    delivery = Delivery(OWN, session, tuple(said), "chat")
    if "service" not in purposes:
        return take(conn, desk, delivery, subject_id, now)
    held = _conversation(conn, desk, delivery, subject_id, purposes, now)
    first = rows.next_seq(conn, held.conversation_id)
    numbered = (Turn(first + at, turn.role, turn.ts, turn.text, turn.meta, turn.answer_id) for at, turn in enumerate(said))
    return take(conn, desk, Delivery(OWN, session, tuple(numbered), "chat"), subject_id, now)


@dataclass(slots=True)
class _SortedTurns:
    """Turns to store, turns that came before, and why others are not stored. The digests are HMACs of what was sent."""

    new: list[tuple[Turn, bytes]] = field(default_factory=list)
    again: list[Turn] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)


def _conversation(
    conn: Connection[Any], desk: Desk, delivery: Delivery, subject_id: UUID, purposes: frozenset[Purpose], now: datetime
) -> rows.Conversation:
    key = desk.people.fingerprint("session", f"{delivery.source} {delivery.session_id}").hex()
    made = uuid7() if delivery.source != OWN else UUID(delivery.session_id)
    new = rows.NewConversation(made, delivery.source, key, subject_id, delivery.channel, sorted(purposes))
    held = rows.lock(conn, new, now)
    if held.subject_id != subject_id:
        raise Conflict("Dieses Gespräch gehört zu einer anderen Person; es wurde nichts gespeichert.")
    return held


def _sort_out(conn: Connection[Any], desk: Desk, conversation_id: UUID, delivery: Delivery) -> _SortedTurns:
    held = rows.turns_held(conn, conversation_id, [turn.seq for turn in delivery.turns])
    known = {seq: (turn.ts, turn.digest) for seq, turn in held.items()}
    found, place = _SortedTurns(), {}
    for turn in delivery.turns:
        digest = desk.people.fingerprint("turn", json.dumps([str(conversation_id), turn.seq, turn.role, turn.text]))
        before = known.get(turn.seq)
        if before is not None and before[1] == digest:
            found.again.append(turn)
        elif before is not None and turn.ts <= before[0]:
            found.refused[OTHER_TEXT if turn.ts == before[0] else OLDER] += 1
        else:
            known[turn.seq] = (turn.ts, digest)
            place[turn.seq] = (turn, digest)
    found.new = list(place.values())
    return found


def _redacted(desk: Desk, found: _SortedTurns, token: Token, known: Mapping[str, str]) -> list[rows.TurnRow]:
    stored = []
    for turn, digest in found.new:
        try:
            text = desk.redact(turn.text, token, known)
        except PrivacyError:
            found.refused[UNREADABLE] += 1
            continue
        stored.append(rows.TurnRow(turn.seq, turn.role, turn.ts, text, digest, turn.meta, turn.answer_id))
    return stored


def _look_again(conn: Connection[Any], desk: Desk, conversation_id: UUID, token: Token, known: Mapping[str, str]) -> None:
    """Fields may come after the texts that they stand in. Each part of a long one may bring them: only texts with a value are redone."""
    changed = {}
    for seq, text in rows.texts(conn, conversation_id).items():
        if not desk.holds(text, known):
            continue
        try:
            again = desk.redact(text, token, known)
        except PrivacyError:
            again = rows.NOT_KEPT
        if again != text:
            changed[seq] = again
    rows.replace_texts(conn, conversation_id, changed)
