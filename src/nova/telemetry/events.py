"""Events as people send them in, stored exactly once out. Who sends them may only speak of themselves; the operator of anyone known.

Words in `meta` are words of the person's: without their consent only measures are kept. How somebody uses pages (`view`, `click`, how long
they read) is theirs only where they agreed to `profiling`; else an event says that something was used in an hour, and not by whom or what.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection

from nova.errors import InvalidInput, NotAllowed, NotFound
from nova.privacy import redact_json
from nova.privacy.redact import knows
from nova.privacy.spans import Finder
from nova.records import Caller
from nova.store.ids import uuid7
from nova.store.people import governance
from nova.store.postgres.db import Database
from nova.store.talk import telemetry

EventType = Literal["view", "click", "like", "solve", "ask", "feedback"]
MOST_EVENTS = 500
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
CLOCK_SKEW = timedelta(minutes=5)
SHORT = 40  # characters of a name or word in `meta` that is remembered as harmless
SMALLEST_LONG_NUMBER = 10_000
Dictionary = Callable[[], Finder | None]
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `user` is an external id or our own; without `ts` it happened now; without `event_id` it is new."""

    user: str
    type: EventType
    ts: datetime | None = None
    event_id: UUID | None = None
    item_id: UUID | None = None
    chunk_id: UUID | None = None
    dwell_ms: int | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EventCounts:
    """How many events are new, and how many had been delivered before."""

    saved: int
    duplicates: int


def save_events(db: Database, caller: Caller, events: Sequence[Event], dictionary: Dictionary = lambda: None) -> EventCounts:
    """Store events in one transaction, all or none. `dictionary` gives the company's master data when asked.

    NotAllowed for someone else's, NotFound for someone unknown, InvalidInput for a wrong time, PrivacyError for what cannot be checked.
    """
    with db.transaction() as conn:
        return store_events(conn, caller, events, dictionary)


def store_events(conn: Connection[Any], caller: Caller, events: Sequence[Event], dictionary: Dictionary = lambda: None) -> EventCounts:
    """As `save_events`, in the caller's transaction."""
    users = _users(conn, caller, {event.user for event in events})
    now = datetime.now(UTC)
    speaking = telemetry.speakers(conn, {users[event.user] for event in events if event.meta})
    master = dictionary() if any(event.meta for event in events) else None
    watched = telemetry.speakers(conn, {users[event.user] for event in events}, "profiling")
    given = [_row(event, users[event.user], now, master, words=users[event.user] in speaking) for event in events]
    rows = [row if row.user_id in watched else _unwatched(row) for row in given]
    saved = telemetry.insert_events(conn, rows)
    return EventCounts(saved, len(rows) - saved)


def store_decision(conn: Connection[Any], user_id: UUID | None, meta: Mapping[str, Any], dictionary: Dictionary = lambda: None) -> None:
    """A decision on a recommendation as an event of type "feedback", in the caller's transaction; the company's belongs to nobody."""
    told = redact_json({"about": "recommendation", **meta}, dictionary=dictionary())
    telemetry.insert_events(conn, [telemetry.EventRow(uuid7(), user_id, datetime.now(UTC), "feedback", None, None, None, told)])


def own_user(caller: Caller, name: str) -> UUID:
    """The caller's own id if `name` means them; NotAllowed otherwise."""
    if caller.user_id is None or name not in {caller.external_id, str(caller.user_id)}:
        raise NotAllowed("Sie können nur eigene Angaben senden: user_id muss Ihre eigene Kennung sein.")
    return caller.user_id


def _users(conn: Connection[Any], caller: Caller, names: set[str]) -> dict[str, UUID]:
    if not caller.may("rights"):
        return {name: own_user(caller, name) for name in names}
    found = governance.find_users(conn, names)
    if found.keys() != names:
        raise NotFound("Diese Person ist nicht bekannt.")
    return {name: user.user_id for name, user in found.items()}


def _row(event: Event, user_id: UUID, now: datetime, master: Finder | None, *, words: bool) -> telemetry.EventRow:
    """`words`: whether the person agrees to have words kept; without it `meta` keeps measures alone."""
    ts = event.ts or now
    if not EARLIEST <= ts <= now + CLOCK_SKEW:
        raise InvalidInput("Der Zeitpunkt eines Ereignisses darf nicht in der Zukunft und nicht vor dem Jahr 2000 liegen.")
    harmless = all(_harmless(name, value, master) for name, value in event.meta.items())
    meta = event.meta if harmless else redact_json(dict(event.meta), dictionary=master)
    return telemetry.EventRow(
        event.event_id or uuid7(),
        user_id,
        ts.astimezone(UTC),
        event.type,
        event.item_id,
        event.chunk_id,
        event.dwell_ms,
        dict(meta) if words else measures(meta),
    )


def _unwatched(row: telemetry.EventRow) -> telemetry.EventRow:
    """What is kept of an event of somebody who did not agree to `profiling`."""
    if row.type not in telemetry.USAGE:
        return replace(row, dwell_ms=None)
    hour = row.ts.replace(minute=0, second=0, microsecond=0)
    return replace(row, user_id=None, ts=hour, item_id=None, chunk_id=None, meta={})


def measures(meta: Mapping[str, Any]) -> dict[str, Any]:
    """What is no word: numbers, switches and ids under names that are known."""
    return {name: value for name, value in meta.items() if name in telemetry.MEASURES and _is_measure(value)}


def _is_measure(value: Any) -> bool:
    return value is None or isinstance(value, bool | int | float) or (isinstance(value, str) and bool(ID.fullmatch(value)))


class _Personal(Exception):
    """Redaction changes this; it is not remembered."""


def _harmless(name: str, value: Any, master: Finder | None) -> bool:
    """Whether a measure or a short word was looked at before and holds nothing personal: clients send the same ones again and again.

    The master data are asked each time, since they may change.
    """
    part = value if isinstance(value, str) else None
    if not _is_plain(value) or max(len(name), len(part or "")) > SHORT:
        return False
    if master is not None and knows(master, f"{name.replace('_', ' ')}: {part or ''}"):
        return False
    try:
        return _looked_at(name, part)
    except _Personal:
        return False


def _is_plain(value: Any) -> bool:
    """Whether it is a text, a switch, nothing, or a number that is no long one, which may be somebody's."""
    if isinstance(value, int) and not isinstance(value, bool):
        return abs(value) < SMALLEST_LONG_NUMBER
    return value is None or isinstance(value, str | bool | float)


@lru_cache(maxsize=4096)
def _looked_at(name: str, value: str | None) -> bool:
    if redact_json({name: value}) != {name: value}:
        raise _Personal
    return True
