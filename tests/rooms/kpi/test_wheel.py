"""The wheel as far as figures turn it: people ask what the documents lack, the figure falls, an alert fires in its time, its ticket names
the right questions, the answers come, the figure recovers, the alert clears, and the ticket tells the effect. Everything is measured.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from nova.engines.queue.postgres import PostgresJobs
from nova.kpi.alerts.alarms import Alarms
from nova.kpi.alerts.channels import LogChannel
from nova.kpi.measure.hour import Prices
from nova.kpi.measuring import Measuring
from nova.language.analyser import Analyser
from nova.settings import Settings
from nova.store.postgres.db import Database
from nova.store.quality import alerts as store
from nova.store.quality import tickets as rows
from nova.wiring.alarms import make_alarms
from tests.api.house import NoModel
from tests.fakes.memory import InlineChildren
from tests.rooms.kpi.house import Said, answer, document, subject, wipe

pytestmark = pytest.mark.slow

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
BEFORE, LACKING, AFTER = 12, 12, 16  # hours
LACKED = (
    "Wer fördert die Wallbox in meiner Garage?",
    "Gibt es eine Förderung für die Wallbox?",
    "Wie beantrage ich die Förderung der Wallbox?",
    "Welche Wallbox Förderung zahlt die Stadt?",
)
KNOWN = ("Wie kündige ich meinen Vertrag?", "Wann wird der Abschlag fällig?", "Welche Frist gilt zur Kündigung?")
RULES = """version: 1
rules:
  - name: suche
    kpi: weak_share
    window: 6h
    n: 20
    direction: above
    warn: 0.3
    critical: 0.9
    clear: 0.1
    for: 3
    action: {ticket: auto, channels: [log]}
    text: Die Suche findet zu wenig.
"""


@pytest.fixture
def alarms(database: Database, tmp_path: Path) -> Iterator[Alarms]:
    wipe(database)
    settings = Settings(NOVA_DATA=tmp_path)
    settings.thresholds_path.parent.mkdir(parents=True)
    settings.thresholds_path.write_text(RULES, "utf-8")
    measuring = Measuring(database, InlineChildren(), Prices(0.0, 0.0), Analyser.builtin)
    model: Any = NoModel()
    jobs = PostgresJobs(database)
    yield make_alarms(settings, measuring, jobs, model, {"log": LogChannel()})
    jobs.close()


def test_a_gap_turns_the_wheel_once(alarms: Alarms, database: Database) -> None:
    source = document(database)
    people = [subject(database) for _ in range(60)]
    told: list[tuple[int, str]] = []
    for hour in range(BEFORE + LACKING + AFTER):
        lacking = BEFORE <= hour < BEFORE + LACKING
        for number in range(8):
            at, who = START + hour * HOUR + timedelta(minutes=6 * number), people[(hour * 8 + number) % len(people)]
            if lacking and number % 2:
                answer(database, at, LACKED[(hour + number) // 2 % len(LACKED)], status="refused", margin=0.2, subject_id=who)
            else:
                said = [Said("Die Kündigungsfrist beträgt zwei Wochen.", "Die Kündigungsfrist beträgt zwei Wochen")]
                answer(database, at, KNOWN[number % len(KNOWN)], said, source, subject_id=who)
        outcome = alarms.evaluate(START + (hour + 1) * HOUR)
        told += [(hour, str(rule["event"])) for rule in outcome.rules if rule["event"]]
    assert [event for _, event in told] == ["warn", "recovered"]
    fired, cleared = (hour for hour, _ in told)
    assert BEFORE + 3 <= fired < BEFORE + LACKING and cleared >= BEFORE + LACKING + 3
    with database.transaction() as conn:
        (ticket,) = rows.page(conn, rows.TicketQuery(), 10)
        assert ticket.gap_id is not None
        asked = {row["question"] for row in rows.questions(conn, ticket.gap_id, 1000)}
        changes, notices = rows.changes(conn, ticket.ticket_id), store.notices(conn)
    assert (ticket.kind, ticket.owner, asked) == ("knowledge", "lumina", set(LACKED))
    assert "Wallbox" in (ticket.gap_terms or ())
    assert ticket.gain is not None and 0 < ticket.gain["low"] < ticket.gain["share"] < ticket.gain["high"] < 1
    assert [one["what"] for one in changes] == ["opened", "recovered"]
    assert ticket.effect is not None and ticket.effect["verdict"] == "better" and ticket.effect["before"]["n"] > 20
    assert [one.event for one in notices] == ["alert.recovered", "alert.warn"]
    assert "Wallbox" not in str([ticket.title, ticket.text, ticket.evidence, [one.body for one in notices]])
