"""Somebody withdraws: their words are in no file of the data folder any more, neither in the database's pages nor in its log."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from nova.flows import consents
from nova.flows.kinds import WIPE
from nova.flows.sessions import Session, SessionReception
from nova.governance import consent
from nova.governance.consent_log import PLACE, ConsentLog
from nova.jobs.kinds import consent_log
from nova.knowledge.kinds import VECTOR_INGEST
from nova.settings import Settings
from nova.telemetry.conversations import Delivery, Turn
from nova.wiring import Nova, open_nova
from nova.wiring.chats import desk_of
from nova.wiring.erasure import withdrawals_of
from tests.fakes.marked import MARKER
from tests.flow.test_erasure import hits, settle, working
from tests.folders import short_folder


@pytest.fixture
def data() -> Iterator[Path]:
    with short_folder() as folder:
        yield folder / "data"


def said(given: bool, at: datetime) -> consent.Statement:
    text = consent.shipped()
    return consent.Statement(dict.fromkeys(("service", "analytics", "training"), given), text.version, text.sha256, at, "web")


def deliver(nova: Nova, user: str, statement: consent.Statement, *texts: str) -> None:
    """By the way that senders take."""
    now = datetime.now(UTC)
    turns = tuple(Turn(seq, "user", now, text) for seq, text in enumerate(texts))
    reception = SessionReception(nova.db, nova.jobs, desk_of(nova.people, nova.master), withdrawals_of(nova).keep)
    reception.receive(Session(user, Delivery("sophia", uuid4().hex, turns), statement), uuid4().hex, uuid4().hex, now)


def one(nova: Nova, query: str) -> dict[str, Any]:
    found = nova.db.fetch_one(query)
    assert found is not None
    return dict(found)


def tables(nova: Nova) -> list[str]:
    """What the job that waits has to do."""
    found: list[str] = one(nova, "SELECT args -> 'tables' AS tables FROM jobs WHERE kind = 'wipe'")["tables"]
    return found


def wipes(nova: Nova) -> int:
    return len(nova.jobs.list(kind=WIPE.name, limit=50))


@pytest.mark.bars
def test_nothing_of_the_words_of_who_withdrew_is_in_any_file(data: Path) -> None:
    began = datetime.now(UTC) - timedelta(minutes=1)
    with working(Settings(NOVA_DATA=data, NOVA_SNAPSHOT_EVERY=0)) as nova:
        deliver(nova, "andere", said(True, began), "Wann kommt die Ablesung im Keller?")
        for number in range(3):
            deliver(nova, f"kunde-{number}", said(True, began), f"Die {MARKER} {number} summt im Keller.", f"Und {MARKER} auch?")
        nova.jobs.wait(nova.jobs.start(VECTOR_INGEST, {"replay": False}, title="Gespräche"), 60)
        settle(nova)
        nova.db.execute("ANALYZE")
        assert hits(data)
        for number in range(3):
            deliver(nova, f"kunde-{number}", said(False, datetime.now(UTC)))
        settle(nova)
        assert hits(data) == []
        assert nova.db.fetch_all("SELECT count(*) AS n FROM turns")[0]["n"] == 1
        done = wipes(nova)
        assert 1 <= done <= 3
        for number in range(3):
            deliver(nova, f"kunde-{number}", said(False, datetime.now(UTC)), f"{MARKER} bleibt nirgends.")
        settle(nova)
        assert wipes(nova) == done  # nobody had a word left
        assert hits(data) == []
    assert hits(data) == []


def test_the_page_of_consents_stands_there_soon_after_the_start(data: Path) -> None:
    settings = Settings(NOVA_DATA=data, NOVA_SNAPSHOT_EVERY=0)
    page = data / "orchestration_journal" / PLACE
    with working(settings) as nova:
        settle(nova)
        assert "# Einwilligungen" in page.read_text()
        assert consent_log.start_soon(nova.jobs, ConsentLog(nova.db, data)) is None
        os.utime(page, (0, 0))
    with open_nova(settings) as nova:
        assert consent_log.start_soon(nova.jobs, ConsentLog(nova.db, data)) is not None
        assert consent_log.start_soon(nova.jobs, ConsentLog(nova.db, data)) is None  # it waits already
        every = nova.db.fetch_one("SELECT every FROM job_schedules WHERE kind = %s", [consent_log.LOG.name])
        assert every is not None and every["every"] == timedelta(hours=1)


def test_many_withdrawals_ask_for_one_job(data: Path) -> None:
    began = datetime.now(UTC) - timedelta(minutes=1)
    with open_nova(Settings(NOVA_DATA=data, NOVA_SNAPSHOT_EVERY=0)) as nova:
        for number in range(5):
            deliver(nova, f"kunde-{number}", said(True, began), "Wann kommt die Ablesung?")
            deliver(nova, f"kunde-{number}", said(False, datetime.now(UTC)))
        assert [job.state for job in nova.jobs.list(kind=WIPE.name)] == ["queued"]
        assert tables(nova) == ["conversations", "turns"]
        subject = one(nova, "SELECT subject_id FROM subjects LIMIT 1")["subject_id"]
        with nova.db.transaction() as conn:
            conn.execute(
                "INSERT INTO answers (answer_id, question, answer, status, subject_id) VALUES (%s, 'Wann?', '', 'answered', %s)",
                (uuid4(), subject),
            )
            now = datetime.now(UTC)
            consents.note(conn, nova.jobs, subject, said(False, now), now)
        assert len(nova.jobs.list(kind=WIPE.name)) == 1 and tables(nova) == ["answers", "conversations", "turns"]
        taken = nova.jobs.claim("somebody", [WIPE.name])
        assert taken is not None
        deliver(nova, "kunde-neu", said(True, began), "Wann kommt die Ablesung?")
        deliver(nova, "kunde-neu", said(False, datetime.now(UTC)))
        assert sorted(job.state for job in nova.jobs.list(kind=WIPE.name)) == ["queued", "running"]  # what runs may be past it
