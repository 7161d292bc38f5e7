"""Notices are said once; a server that is away is asked again, one that refuses ends it, and a person may try again."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from nova.engines.queue.postgres import PostgresJobs
from nova.errors import InvalidInput, NovaError, ServerAbsent
from nova.jobs.kinds.alerts import notify_handler
from nova.jobs.worker import Worker
from nova.kpi.alerts.channels import LogChannel, deliver, given_up
from nova.kpi.kinds import NOTIFY
from nova.ports.notify import Notice
from nova.store.postgres.db import Database
from nova.store.quality import alerts as store
from nova.unseen import UNSEEN

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Bell:
    """A channel that keeps what it said; `faults` are raised one after the other first."""

    name = "mail"

    def __init__(self, *faults: NovaError) -> None:
        self.faults = list(faults)
        self.said: list[Notice] = []

    def send(self, notice: Notice) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.said.append(notice)


@pytest.fixture
def queued(database: Database) -> UUID:
    with database.transaction() as conn:
        body = {"title": "Kritisch", "text": "Zu wenig.", "facts": {"n": 3}}
        found = store.put_notice(conn, store.NewNotice(f"{uuid4()}:mail", "alert.critical", "mail", body, NOON))
    assert found is not None
    return found


def state(database: Database, notice_id: UUID) -> tuple[str, str | None]:
    with database.transaction() as conn:
        row = store.notice(conn, notice_id)
    assert row is not None
    return row.state, row.error


def test_a_notice_is_said_once(database: Database, queued: UUID) -> None:
    bell = Bell()
    assert [deliver(database, {"mail": bell}, queued) for _ in range(3)] == ["sent", "gone", "gone"]
    assert bell.said == [Notice(queued, "alert.critical", "Kritisch", "Zu wenig.", NOON, {"n": 3})]
    assert state(database, queued) == ("sent", None)
    assert deliver(database, {"mail": bell}, uuid4()) == "gone"


def test_the_same_key_is_queued_once(database: Database) -> None:
    notice = store.NewNotice(f"{uuid4()}:log", "alert.warn", "log", {"title": "", "text": "", "facts": {}}, NOON)
    with database.transaction() as conn:
        assert store.put_notice(conn, notice) is not None
        assert store.put_notice(conn, notice) is None


def test_an_absent_server_leaves_it_queued_and_a_refusal_ends_it_until_a_person_tries_again(database: Database, queued: UUID) -> None:
    bell = Bell(ServerAbsent("weg"), InvalidInput("abgelehnt"))
    with pytest.raises(ServerAbsent):
        deliver(database, {"mail": bell}, queued)
    assert state(database, queued) == ("queued", None)
    with pytest.raises(InvalidInput):
        deliver(database, {"mail": bell}, queued)
    assert state(database, queued) == ("failed", "abgelehnt")
    assert deliver(database, {"mail": bell}, queued) == "sent"
    assert state(database, queued) == ("sent", None)


def test_a_channel_that_is_no_more_is_named(database: Database, queued: UUID) -> None:
    with pytest.raises(NovaError, match="nicht mehr eingerichtet"):
        deliver(database, {"log": LogChannel()}, queued)
    assert state(database, queued)[0] == "failed"


@pytest.fixture
def jobs(database: Database) -> Iterator[PostgresJobs]:
    found = PostgresJobs(database, endings={NOTIFY.name: given_up})
    yield found
    found.close()


def test_the_queue_tries_again_and_says_when_it_gives_up(database: Database, jobs: PostgresJobs, queued: UUID) -> None:
    bell = Bell(ServerAbsent("weg"))
    worker = Worker(jobs, {NOTIFY.name: notify_handler(database, {"mail": bell})}, concurrency=1, retry_delays=(0.05,))
    worker.start()
    done = jobs.wait(jobs.start(NOTIFY, {"notice_id": str(queued)}), 20)
    assert (done.state, done.result, len(bell.said)) == ("done", {"outcome": "sent"}, 1)
    with database.transaction() as conn:
        lost = store.put_notice(
            conn, store.NewNotice(f"{uuid4()}:mail", "alert.warn", "mail", {"title": "", "text": "", "facts": {}}, NOON)
        )
    bell.faults = [ServerAbsent("Der Mailserver ist weg.")] * 9
    ended = jobs.wait(jobs.start(NOTIFY, {"notice_id": str(lost)}), 20)
    worker.stop()
    assert ended.state == "failed" and lost is not None
    assert state(database, lost) == ("failed", "Der Mailserver ist weg.")


def test_what_goes_out_cannot_act_in_a_mail_or_a_chat(database: Database) -> None:
    hostile = "Ticket 3: ![x](http://kanarie.example/x.png) <!channel> <img src=x>\r\nBcc: alle@example.org \u202e\x1b[31m"
    with database.transaction() as conn:
        body = {"title": hostile, "text": f"Eröffnet.\nSiehe https://wiki.example/ablauf.\n{hostile}", "facts": {}}
        found = store.put_notice(conn, store.NewNotice(f"{uuid4()}:mail", "ticket.opened", "mail", body, NOON))
    bell = Bell()
    assert found is not None
    assert deliver(database, {"mail": bell}, found) == "sent"
    said = bell.said[0]
    assert said.title == "Ticket 3: x ‹!channel> ‹img src=x> Bcc: alle@example.org [31m"
    assert not UNSEEN.search(said.text)
    assert "https://wiki.example/ablauf" in said.text  # the operator's own words of a rule keep their address
