"""Queued notices in, the same said outside out: once each, and again only where nobody can know whether it arrived."""

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.errors import NovaError, ServerAbsent
from nova.language.inert import inert_name
from nova.logs import get_logger
from nova.ports.notify import Channel, Notice
from nova.records import JobView
from nova.store.postgres.db import Database
from nova.store.quality import alerts as store
from nova.unseen import without_unseen

log = get_logger(__name__)
GONE = "Dieser Kanal ist nicht mehr eingerichtet."


class LogChannel:
    """The channel `log`: one line in Nova's own log, with ids and numbers only."""

    name = "log"

    def send(self, notice: Notice) -> None:
        """Write the line."""
        facts = {f"alert_{name}": value for name, value in notice.facts.items()}
        log.warning("alert", notice_event=notice.event, notice_id=str(notice.notice_id), **facts)


def queued(conn: Connection[Any], notice: store.NewNotice, ways: Collection[str], start: Callable[[Connection[Any], UUID], None]) -> None:
    """Keep a notice in the caller's transaction, once and where its channel is set up; `start` queues its delivery."""
    if notice.channel in ways and (notice_id := store.put_notice(conn, notice)) is not None:
        start(conn, notice_id)


def deliver(db: Database, channels: Mapping[str, Channel], notice_id: UUID) -> str:
    """Say a notice through its channel; what became of it: sent, or gone (it was said before, or is no more).

    ServerAbsent leaves it queued for another try; another NovaError marks it as failed and is raised.
    """
    with db.transaction() as conn:
        row = store.notice(conn, notice_id)
    if row is None or row.state == "sent":
        return "gone"
    try:
        _say(channels.get(row.channel), row)
    except ServerAbsent:
        raise
    except NovaError as error:
        _ended(db, notice_id, error.message)
        raise
    _ended(db, notice_id, None)
    return "sent"


def _say(channel: Channel | None, row: store.NoticeRow) -> None:
    if channel is None:
        raise NovaError(GONE)
    title, text = inert_name(str(row.body["title"])), without_unseen(str(row.body["text"]))
    channel.send(Notice(row.notice_id, row.event, title, text, row.created_at, row.body["facts"]))


def _ended(db: Database, notice_id: UUID, error: str | None) -> None:
    with db.transaction() as conn:
        store.end_notice(conn, notice_id, datetime.now(UTC), error)


def given_up(connection: Connection[Any], job: JobView, args: Mapping[str, Any]) -> None:
    """The job of a notice ended without success: the notice says so, too."""
    store.end_notice(connection, UUID(str(args["notice_id"])), datetime.now(UTC), job.error or "abgebrochen")
