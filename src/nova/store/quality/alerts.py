"""Thresholds' versions, rules' states, episodes, changes and notices: typed rows in and out, inside the caller's transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.errors import NotFound
from nova.store import queries
from nova.store.ids import uuid7

SQL = queries.load("alerts")


@dataclass(frozen=True, slots=True)
class Episode:
    """From the evaluation that fired on."""

    episode_id: UUID
    rule: str
    kpi: str
    segment: str
    worst: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a rule's state and the numbers behind it; `event` is "" where nobody is told."""

    rule: str
    episode_id: UUID | None
    at: datetime
    before: str
    after: str
    event: str
    value: float | None
    n: int
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NewNotice:
    """What is to be said: `key` names the change and the channel, so that it is said once."""

    key: str
    event: str
    channel: str
    body: Mapping[str, Any]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice as it stands."""

    notice_id: UUID
    key: str
    event: str
    channel: str
    body: Mapping[str, Any]
    state: str
    error: str | None
    created_at: datetime
    ended_at: datetime | None


def lock(conn: Connection[Any]) -> None:
    """One evaluation at a time."""
    conn.execute(SQL["lock"])


def read_only(conn: Connection[Any]) -> None:
    """This transaction can change nothing from here on; call it first."""
    conn.execute(SQL["read_only"])


def standing(conn: Connection[Any]) -> list[dict[str, Any]]:
    """Where every rule stands."""
    return conn.execute(SQL["standing"]).fetchall()


def watched(conn: Connection[Any]) -> dict[str, tuple[str, str]]:
    """Of which KPI and segment what is counted of each rule is."""
    return {row["rule"]: (row["kpi"], row["segment"]) for row in conn.execute(SQL["watched"])}


def put_standing(conn: Connection[Any], rule: str, values: Mapping[str, Any], explanation: Mapping[str, Any]) -> None:
    """Where a rule stands now, and why."""
    conn.execute(SQL["put_standing"], {"rule": rule, **values, "explanation": Jsonb(dict(explanation))})


def silence(conn: Connection[Any], rule: str, until: datetime | None) -> None:
    """Until when nobody is told of a rule; NotFound for one that was never evaluated."""
    if conn.execute(SQL["silence"], {"rule": rule, "until": until}).fetchone() is None:
        raise NotFound("Diese Regel gibt es nicht, oder sie wurde noch nie bewertet.", data={"rule": rule[:100]})


def forget(conn: Connection[Any], rule: str) -> None:
    """A rule that is in no file any more."""
    conn.execute(SQL["forget"], {"rule": rule})


def open_episode(conn: Connection[Any], episode: Episode) -> None:
    """A rule has fired."""
    conn.execute(SQL["open_episode"], {name: getattr(episode, name) for name in Episode.__slots__})


def worsen_episode(conn: Connection[Any], episode_id: UUID) -> None:
    """It has become critical."""
    conn.execute(SQL["worsen_episode"], {"episode_id": episode_id})


def end_episode(conn: Connection[Any], episode_id: UUID, at: datetime, outcome: str) -> None:
    """It is over."""
    conn.execute(SQL["end_episode"], {"episode_id": episode_id, "at": at, "outcome": outcome})


def put_change(conn: Connection[Any], change: Change) -> UUID:
    """Append to the history; its id."""
    change_id = uuid7()
    values = {name: getattr(change, name) for name in Change.__slots__}
    conn.execute(SQL["put_change"], values | {"change_id": change_id, "facts": Jsonb(dict(change.facts))})
    return change_id


def untold(conn: Connection[Any], episode_id: UUID) -> dict[str, Any] | None:
    """The last event of an episode (`change_id`, `event`) where nobody was told of it, else None."""
    row: dict[str, Any] | None = conn.execute(SQL["untold"], {"episode_id": episode_id}).fetchone()
    return row if row and not row["told"] else None


def evaluated(conn: Connection[Any]) -> bool:
    """Whether any rule was ever evaluated."""
    return bool((conn.execute(SQL["evaluated"]).fetchone() or {"ever": False})["ever"])


def states(conn: Connection[Any]) -> list[dict[str, Any]]:
    """Where every rule stands, with explanation, episode and ticket."""
    return conn.execute(SQL["states"]).fetchall()


def history(conn: Connection[Any], rule: str | None, *, events: bool, limit: int, offset: int = 0) -> tuple[list[dict[str, Any]], int]:
    """Changes, newest first, and how many there are; `events` leaves out those that nobody was told of."""
    values = {"rule": rule, "events": events}
    total = conn.execute(SQL["count_history"], values).fetchone() or {"total": 0}
    return conn.execute(SQL["history"], values | {"limit": limit, "offset": offset}).fetchall(), int(total["total"])


def forget_before(conn: Connection[Any], before: datetime) -> None:
    """Drop changes and notices from before a moment, but for those of open episodes and those still to be said."""
    conn.execute(SQL["forget_history"], {"before": before})
    conn.execute(SQL["forget_notices"], {"before": before})


def put_notice(conn: Connection[Any], notice: NewNotice) -> UUID | None:
    """Queue a notice; None where its key has been said or queued already."""
    values = {name: getattr(notice, name) for name in NewNotice.__slots__}
    row = conn.execute(SQL["put_notice"], values | {"notice_id": uuid7(), "body": Jsonb(dict(notice.body))}).fetchone()
    return None if row is None else row["notice_id"]


def notice(conn: Connection[Any], notice_id: UUID) -> NoticeRow | None:
    """One notice, or None."""
    row = conn.execute(SQL["notice"], {"notice_id": notice_id}).fetchone()
    return None if row is None else NoticeRow(**row)


def end_notice(conn: Connection[Any], notice_id: UUID, at: datetime, error: str | None = None) -> None:
    """It was said; with an error it was given up."""
    conn.execute(SQL["end_notice"], {"notice_id": notice_id, "at": at, "state": "failed" if error else "sent", "error": error})


def notices(conn: Connection[Any], limit: int = 50) -> list[NoticeRow]:
    """What was said lately, newest first."""
    return [NoticeRow(**row) for row in conn.execute(SQL["notices"], {"limit": limit}).fetchall()]


def put_version(conn: Connection[Any], version: str, text: str, actor: str, saved_at: datetime) -> None:
    """A text of the thresholds was saved."""
    conn.execute(SQL["put_version"], {"version": version, "text": text, "actor": actor, "saved_at": saved_at})


def versions(conn: Connection[Any], limit: int = 50) -> list[dict[str, Any]]:
    """The saved texts, newest first, without their words."""
    return conn.execute(SQL["versions"], {"limit": limit}).fetchall()


def version(conn: Connection[Any], name: str) -> dict[str, Any]:
    """A saved text; NotFound."""
    row: dict[str, Any] | None = conn.execute(SQL["version"], {"version": name}).fetchone()
    if row is None:
        raise NotFound("Diese Fassung der Schwellen gibt es nicht.", data={"version": name[:100]})
    return row
