"""From what people asked and said to the ticket that cures it, through the real evaluation: each cure once, on data written by hand."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from nova.answers.compose import prompt
from nova.engines.queue.postgres import PostgresJobs
from nova.flows.prompt_drafts import CITE
from nova.kpi.alerts.channels import LogChannel
from nova.kpi.gaps.find import find_gaps
from nova.kpi.measure.hour import Prices
from nova.kpi.measuring import Measuring
from nova.kpi.tickets import changes
from nova.kpi.tickets.triage import Kind
from nova.language.analyser import Analyser
from nova.settings import Settings
from nova.store.postgres.db import Database
from nova.store.quality import prompts
from nova.store.quality import tickets as rows
from nova.wiring.alarms import make_alarms
from tests.api.house import NoModel
from tests.fakes.memory import InlineChildren
from tests.rooms.kpi.house import Document, Said, answer, document, judge, subject, wipe

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GOOD = (Said("Die Kündigungsfrist beträgt zwei Wochen.", "Die Kündigungsfrist beträgt zwei Wochen"),)
LOOSE = (*GOOD, Said("Ein Anruf genügt immer.", checked=False), Said("Das Formular liegt im Rathaus.", checked=False))
GAP = ("Wer fördert die Wallbox in meiner Garage?", "Gibt es eine Förderung für die Wallbox?", "Welche Wallbox Förderung zahlt die Stadt?")
RULES = """version: 1
rules:
  - {name: hilfreich, kpi: useful_share, window: 2d, n: 20, direction: below, warn: 0.7, clear: 0.05, for: 1,
     action: {ticket: auto, channels: [log]}, text: Zu wenige Antworten sind hilfreich.}
  - {name: treue, kpi: groundedness, window: 2d, n: 50, direction: below, warn: 0.75, clear: 0.05, for: 1,
     action: {ticket: auto, channels: [log]}, text: Was Luna sagt steht zu wenig in ihren Quellen.}
"""


class Town:
    """People who ask and judge, and the alarms."""

    def __init__(self, db: Database, folder: Path, jobs: PostgresJobs) -> None:
        self.db, self.jobs, self.folder = db, jobs, folder
        self.source: Document = document(db)
        self.measuring = Measuring(db, InlineChildren(), Prices(0.0, 0.0), Analyser.builtin)

    def said(self, count: int, at: datetime, said: tuple[Said, ...] = GOOD, reason: str | None = None, useful: bool | None = None) -> None:
        """So many answers of different questions in the hour from `at` on, each judged where `useful` says so."""
        for number in range(count):
            moment = at + timedelta(seconds=number)
            found = answer(self.db, moment, f"Wie kündige ich Vertrag {number}?", said, self.source, subject_id=subject(self.db))
            if useful is not None:
                judge(self.db, moment, found, useful, reason)

    def ask_in_vain(self, count: int, at: datetime, judged: bool = False) -> None:
        """Questions on what no document says."""
        for number in range(count):
            moment = at + timedelta(seconds=number)
            found = answer(self.db, moment, GAP[number % len(GAP)], status="refused", margin=0.2, subject_id=subject(self.db))
            if judged:
                judge(self.db, moment, found, False)

    def agreed(self, count: int) -> None:
        """Reviewed answers that people agreed to train on."""
        for _ in range(count):
            review = uuid4()
            self.db.execute(
                "INSERT INTO reviews (review_id, answer_id, reasons, priority, state, decided_at)"
                " VALUES (%s, %s, '{rare}', 1, 'accepted', now())",
                [review, answer(self.db, NOON - 30 * DAY, "F")],
            )
            self.db.execute(
                "INSERT INTO curated_answers (curated_id, review_id, question, answer, approver, training)"
                " VALUES (%s, %s, 'F', 'A', 'x', true)",
                [uuid4(), review],
            )

    def tried(self, kind: Kind, at: datetime) -> None:
        """A ticket of a kind was done then."""
        with self.db.transaction() as conn:
            opened = changes.open_by_hand(conn, changes.Wish("Versuch", "", kind, "orion"), "orion", at, lambda *_: None)
            changes.change(conn, opened, changes.Patch(state="done"), "orion", at, lambda *_: None)

    def evaluate(self, now: datetime = NOON, model: str = "") -> dict[str, rows.TicketRow]:
        """Measure, evaluate every rule; the open tickets by their kind."""
        self.measuring.since(now - 10 * DAY, now)
        settings = Settings(NOVA_DATA=self.folder)
        settings.thresholds_path.parent.mkdir(parents=True, exist_ok=True)
        settings.thresholds_path.write_text(RULES, "utf-8")
        generator: Any = NoModel(model)
        make_alarms(settings, self.measuring, self.jobs, generator, {"log": LogChannel()}).evaluate(now)
        with self.db.transaction() as conn:
            return {row.kind: row for row in rows.page(conn, rows.TicketQuery(states=("open",)), 10)}


@pytest.fixture
def town(database: Database, tmp_path: Path) -> Iterator[Town]:
    wipe(database)
    database.execute(
        "TRUNCATE alert_states, alert_episodes, alert_history, tickets, ticket_episodes, ticket_history, notices, jobs, prompts, reviews,"
        " curated_answers, releases RESTART IDENTITY CASCADE"
    )
    jobs = PostgresJobs(database)
    yield Town(database, tmp_path, jobs)
    jobs.close()


def test_judgements_that_blame_the_source_do_not_go_to_an_old_gap(town: Town) -> None:
    town.ask_in_vain(8, NOON - 5 * HOUR)
    find_gaps(town.db, NOON - 4 * HOUR)
    town.said(36, NOON - 3 * HOUR, useful=False, reason="quelle")
    found = town.evaluate()
    assert set(found) == {"ranking"} and found["ranking"].owner == "orion" and found["ranking"].gap_id is None
    assert "36 Urteile nennen die Quelle" in found["ranking"].text and "0 der 36 schlechten Antworten" in found["ranking"].text


def test_judgements_on_what_no_document_says_go_to_the_gap(town: Town) -> None:
    town.ask_in_vain(12, NOON - 5 * HOUR, judged=True)
    town.said(12, NOON - 3 * HOUR, useful=False)
    found = town.evaluate()
    assert set(found) == {"knowledge"} and found["knowledge"].gap_questions == 12
    assert "12 der 24 schlechten Antworten" in found["knowledge"].text


def test_a_judgement_counts_in_its_window_whenever_the_question_was_asked(town: Town) -> None:
    town.ask_in_vain(6, NOON - 4 * DAY)
    asked = town.db.fetch_all("SELECT answer_id FROM answers WHERE status = 'refused'")
    for row in asked * 4:
        judge(town.db, NOON - HOUR, row["answer_id"], False)
    assert "24 der 24 schlechten Antworten" in town.evaluate()["knowledge"].text


def test_a_weak_prompt_gets_a_variant_that_waits_as_a_draft(town: Town) -> None:
    town.ask_in_vain(8, NOON - 5 * HOUR)
    town.said(40, NOON - 3 * DAY)
    town.said(40, NOON - 3 * HOUR, LOOSE)
    found = town.evaluate(model="probe")
    with town.db.transaction() as conn:
        (draft,) = prompts.every(conn)
    assert set(found) == {"prompt"} and found["prompt"].owner == "orion"
    assert (draft.state, draft.created_by) == ("draft", "chronos") and CITE in prompt.parse(draft.yaml, "x").system
    assert f"`nova prompts try {draft.version}`" in found["prompt"].text and found["prompt"].evidence["prompt"] == draft.version
    assert found["prompt"].gain is not None and found["prompt"].gain["share"] == pytest.approx(2 / 3, abs=0.01)


def test_only_what_nothing_else_explains_asks_for_training(town: Town) -> None:
    town.agreed(201)
    town.tried("prompt", NOON - 5 * DAY)
    town.said(30, NOON - 3 * HOUR, useful=False)
    found = town.evaluate(model="probe")
    assert set(found) == {"training"} and found["training"].owner == "orion"
    assert "201 geprüfte Zeilen" in found["training"].text and found["training"].evidence["candidates"] == 201
    assert [one["kind"] for one in found["training"].evidence["considered"]] == ["knowledge", "prompt", "ranking", "training"]


def test_a_prompt_is_tried_before_a_training_is_asked_for(town: Town) -> None:
    town.agreed(201)
    town.tried("prompt", NOON - 200 * DAY)
    town.said(30, NOON - 3 * HOUR, useful=False)
    found = town.evaluate(model="probe")
    assert set(found) == {"prompt"} and "Bevor trainiert wird" in found["prompt"].text
    assert found["prompt"].evidence["tried"] == {"knowledge": False, "prompt": False}
