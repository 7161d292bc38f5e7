"""Judgements: redacted, one an answer and person, with their rewards and their event."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg.types.json import Jsonb

from nova.engines.streams.outbox import NoOutbox
from nova.errors import NotAllowed, NotFound
from nova.flows import consents
from nova.governance import consent
from nova.governance.people import KnownPeople
from nova.governance.users import customer, ensure_user
from nova.governance.vault_keys import VaultKeys
from nova.ports.jobs import Kind
from nova.privacy.known import known_values
from nova.records import Caller
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.telemetry.activity import activity
from nova.telemetry.feedback import Feedback, save_feedback
from nova.wiring.chats import desk_of
from tests.rooms.telemetry.documents import document

ADMIN = Caller("admin")


class NoJobs:
    """Nothing is to be removed from the index or from files here."""

    def start(self, kind: Kind, args: dict[str, Any], *, title: str = "", connection: Any) -> UUID:
        return uuid4()


@pytest.fixture
def erika(database: Database) -> Caller:
    return customer(ensure_user(database, f"erika-{uuid4().hex[:8]}"))


def answer(database: Database, owner: UUID | None, status: str = "answered", total: float = 10.0) -> UUID:
    answer_id = uuid7()
    row = "INSERT INTO answers (answer_id, user_id, question, answer, status, timings_ms) VALUES (%s, %s, 'F', 'A', %s, %s)"
    database.execute(row, [answer_id, owner, status, Jsonb({"total": total})])
    return answer_id


def judgements(database: Database, who: Caller) -> list[dict[str, Any]]:
    return database.fetch_all("SELECT * FROM rag_feedback WHERE user_id IS NOT DISTINCT FROM %s ORDER BY ts", [who.user_id])


def labels(database: Database, who: Caller) -> list[tuple[Any, float]]:
    rows = database.fetch_all(
        "SELECT item_id, reward FROM labels WHERE user_id IS NOT DISTINCT FROM %s ORDER BY ts, item_id", [who.user_id]
    )
    return [(row["item_id"], row["reward"]) for row in rows]


def test_a_judgement_becomes_a_row_rewards_and_an_event(database: Database, erika: Caller) -> None:
    answer_id = answer(database, erika.user_id)
    (first, one), (second, two) = document(database), document(database)
    _, foreign = document(database, ensure_user(database, "otto").user_id)
    given = Feedback("Frage?", "Antwort.", False, answer_id, None, "quelle", "Rückruf 0171 2345678", (one, two, two, foreign), 900)
    save_feedback(database, erika, given, NoOutbox())
    row = judgements(database, erika)[0]
    assert (row["answer_id"], row["useful"], row["reason"], row["dwell_ms"]) == (answer_id, False, "quelle", None)
    assert not row["notes"]  # nobody asked whether erika agrees, nor whether how long she reads may be kept
    assert sorted(labels(database, erika)) == sorted([(first, -1.0), (second, -1.0)])
    event = database.fetch_one("SELECT type, meta FROM events WHERE user_id = %s", [erika.user_id])
    assert event == {"type": "feedback", "meta": {"useful": False, "reason": "quelle", "answer_id": str(answer_id)}}


def test_a_persons_words_are_kept_only_if_they_agree(database: Database, erika: Caller, tmp_path: Path) -> None:
    people = KnownPeople(VaultKeys(tmp_path))
    desk, given = desk_of(people), Feedback("Frage?", "Antwort.", True, notes="Rückruf 0171 2345678")
    kept = []
    for service in (False, True, False):
        with database.transaction() as conn:
            said = consent.Statement({"service": service}, "haus", "0" * 64, datetime.now(UTC), "test")
            consents.note(conn, NoJobs(), people.subject_of_user(conn, erika.user_id or uuid4()), said, datetime.now(UTC))  # type: ignore[arg-type]
        save_feedback(database, erika, given, NoOutbox(), desk)
        kept.append([(row["question"], row["answer"], (row["notes"] or "")[:17]) for row in judgements(database, erika)])
    nothing = ("", "", "")
    assert kept == [[nothing], [nothing, ("Frage?", "Antwort.", "Rückruf [TELEFON_")], [nothing] * 3]


def test_the_operators_words_are_looked_through_with_the_master_data(database: Database, tmp_path: Path) -> None:
    desk = desk_of(KnownPeople(VaultKeys(tmp_path)), lambda: known_values({"Quastenhub": "name"}))
    given = Feedback("Was zahlt Quastenhub?", "Quastenhub zahlt.", True, notes="quastenhub wartet")
    save_feedback(database, ADMIN, given, NoOutbox(), desk)
    said = [str((row["question"], row["answer"], row["notes"])) for row in judgements(database, ADMIN)]
    database.execute("DELETE FROM rag_feedback WHERE user_id IS NULL")
    assert any("wartet" in one for one in said) and not any("uastenhub" in one for one in said)


def test_without_passages_there_is_one_reward_for_no_document(database: Database, erika: Caller) -> None:
    save_feedback(database, erika, Feedback("F", "A", True), NoOutbox())
    assert labels(database, erika) == [(None, 1.0)]


def test_a_second_judgement_of_the_same_answer_replaces_the_first(database: Database, erika: Caller) -> None:
    answer_id = answer(database, erika.user_id)
    for useful in (True, False):
        save_feedback(database, erika, Feedback("F", "A", useful, answer_id), NoOutbox())
    assert [row["useful"] for row in judgements(database, erika)] == [False]


def test_nobody_judges_for_another_or_anothers_answer(database: Database, erika: Caller) -> None:
    otto = customer(ensure_user(database, "otto"))
    with pytest.raises(NotAllowed):
        save_feedback(database, erika, Feedback("F", "A", True, user="otto"), NoOutbox())
    for answer_id in (answer(database, otto.user_id), answer(database, None), uuid4()):
        with pytest.raises(NotFound):
            save_feedback(database, erika, Feedback("F", "A", True, answer_id), NoOutbox())
    assert judgements(database, erika) == []
    assert labels(database, erika) == []


def test_the_operator_judges_for_themselves_or_for_someone_known(database: Database, erika: Caller) -> None:
    save_feedback(database, ADMIN, Feedback("F", "A", True, answer(database, erika.user_id)), NoOutbox())
    assert len(judgements(database, ADMIN)) == 1
    save_feedback(database, ADMIN, Feedback("F", "A", True, user=erika.external_id), NoOutbox())
    assert len(judgements(database, erika)) == 1
    with pytest.raises(NotFound):
        save_feedback(database, ADMIN, Feedback("F", "A", True, user="niemand"), NoOutbox())


def test_the_overview_counts_what_happened(database: Database) -> None:
    before = activity(database)
    who = customer(ensure_user(database, "zähler"))
    save_feedback(database, who, Feedback("F", "A", True), NoOutbox())
    now = activity(database, datetime.now(UTC))
    assert now.useful == before.useful + 1
    assert sum(day.count for day in now.events_per_day) == sum(day.count for day in before.events_per_day) + 1
