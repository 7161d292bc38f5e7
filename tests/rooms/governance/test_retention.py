"""Rules of retention: read strictly, applied to what is older and to nothing else."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from nova.errors import Misconfigured
from nova.governance import retention
from nova.governance.retention import Policy, Rule
from nova.store.people import people
from nova.store.people import retention as rows
from nova.store.postgres.db import Database

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
ROOT = Path(__file__).parents[3]


def old(days: float) -> datetime:
    return NOW - timedelta(days=days)


def silent(title: str, done: int) -> None:
    """Nobody watches."""


def test_the_example_is_what_is_shipped_and_an_own_file_changes_only_what_it_names(tmp_path: Path) -> None:
    example = ROOT / "config" / "governance" / "retention.yaml"
    shipped = retention.load(tmp_path / "none.yaml")
    assert retention.load(example) == Policy(shipped.rules, own=True)
    own = tmp_path / "retention.yaml"
    own.write_text("version: 1\ntage:\n  antworten: 30\n", "utf-8")
    told = {rule.name: rule.days for rule in retention.load(own).rules}
    assert told == {rule.name: rule.days for rule in shipped.rules} | {"antworten": 30}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version: 2\ntage: {}\n", "version: 1"),
        ("version: 1\ntage: {}\nmehr: 1\n", "unbekannt ist mehr"),
        ("version: 1\ntage: {answers: 3}\n", "unbekannt ist answers"),
        ("version: 1\ntage: {antworten: 0}\n", "Zahl von Tagen"),
        ("version: 1\ntage: {antworten: ja}\n", "Zahl von Tagen"),
        ("version: 1\ntage: {protokoll: 30}\n", "wird immer aufbewahrt"),
        ("version: 1\ntage: [1\n", "kein gültiges YAML"),
        ("- 1\n", "version: 1"),
    ],
)
def test_a_wrong_file_is_refused_with_the_reason(tmp_path: Path, text: str, said: str) -> None:
    own = tmp_path / "retention.yaml"
    own.write_text(text, "utf-8")
    with pytest.raises(Misconfigured, match=said):
        retention.load(own)


def answer(database: Database, at: datetime) -> str:
    made = uuid4()
    database.execute("INSERT INTO answers (answer_id, ts, question, answer, status) VALUES (%s, %s, '?', '!', 'answered')", (made, at))
    return str(made)


def feedback(database: Database, at: datetime) -> str:
    made = uuid4()
    database.execute("INSERT INTO rag_feedback (feedback_id, ts, question, answer, useful) VALUES (%s, %s, '?', '!', true)", (made, at))
    return str(made)


def event(database: Database, at: datetime) -> str:
    made = uuid4()
    database.execute("INSERT INTO event_inbox (event_id) VALUES (%s)", (made,))
    database.execute("INSERT INTO events (event_id, ts, type) VALUES (%s, %s, 'view')", (made, at))
    return str(made)


def nonce(database: Database, at: datetime) -> str:
    made = uuid4().hex
    database.execute("INSERT INTO session_inbox (nonce, received_at, digest) VALUES (%s, %s, 'd')", (made, at))
    return made


def talk(database: Database, at: datetime) -> str:
    made = uuid4()
    database.execute(
        "INSERT INTO conversations (conversation_id, source, session_key, started_at, last_at) VALUES (%s, 'x', %s, %s, %s)",
        (made, str(made), at, at),
    )
    return str(made)


KINDS: dict[str, tuple[Callable[[Database, datetime], str], str]] = {
    "antworten": (answer, "SELECT answer_id::text AS id FROM answers"),
    "rueckmeldungen": (feedback, "SELECT feedback_id::text AS id FROM rag_feedback"),
    "ereignisse": (event, "SELECT event_id::text AS id FROM events JOIN event_inbox USING (event_id)"),
    "zustellungen": (nonce, "SELECT nonce AS id FROM session_inbox"),
    "gespraeche": (talk, "SELECT conversation_id::text AS id FROM conversations"),
}


@pytest.mark.parametrize("name", KINDS)
def test_what_is_older_goes_and_what_is_younger_stays(database: Database, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "AT_ONCE", 2)
    make, ids = KINDS[name]
    gone, stays = [make(database, old(days)) for days in (11, 12, 400, 500, 11.01)], [make(database, old(days)) for days in (9.99, 1)]
    policy = Policy((Rule(name, 10), Rule("protokoll", None)))
    assert retention.due(database, policy, NOW) == {name: 5}
    assert {row["id"] for row in database.fetch_all(ids)} >= {*gone, *stays}
    assert retention.apply(database, policy, NOW, silent) == {name: 5}
    assert {row["id"] for row in database.fetch_all(ids)} & {*gone, *stays} == {*stays}
    assert retention.apply(database, policy, NOW, silent) == {name: 0}


def test_a_vaults_value_goes_when_no_text_says_its_token(database: Database) -> None:
    subject = uuid4()
    database.execute("INSERT INTO subjects (subject_id) VALUES (%s)", (subject,))
    for token in ("[NAME_000001]", "[ZÄHLER_000002]", "[STEUER-ID_000003]", "[NAME_000004]"):
        database.execute(
            "INSERT INTO vault (subject_id, token, kind, period, sealed, created_at) VALUES (%s, %s, 'name', '2026Q1', 'x', %s)",
            (subject, token, old(5)),
        )
    database.execute("UPDATE vault SET created_at = %s WHERE token = '[NAME_000004]'", (old(0.5),))
    made, others = answer(database, old(1)), answer(database, old(1))
    said = "UPDATE answers SET subject_id = %s, question = %s WHERE answer_id = %s"
    database.execute(said, (subject, "Für [ZÄHLER_000002] und [STEUER-ID_000003]?", made))
    database.execute(said, (None, "Für [NAME_000001]", others))  # the same letters in a text that is not theirs
    assert retention.due(database, Policy((Rule("tresor", 1),)), NOW) == {"tresor": 1}
    assert retention.apply(database, Policy((Rule("tresor", 1),)), NOW, silent) == {"tresor": 1}
    left = {row["token"] for row in database.fetch_all("SELECT token FROM vault")}
    assert left == {"[ZÄHLER_000002]", "[STEUER-ID_000003]", "[NAME_000004]"}


def test_every_vault_is_looked_through_and_none_of_whom_something_is_just_being_stored(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "PERSONS", 2)
    database.execute("TRUNCATE subjects CASCADE")
    persons = sorted(uuid4() for _ in range(5))
    for subject in persons:
        database.execute("INSERT INTO subjects (subject_id) VALUES (%s)", (subject,))
        for token in ("[NAME_000001]", "[NAME_000002]"):
            database.execute(
                "INSERT INTO vault (subject_id, token, kind, period, sealed, created_at) VALUES (%s, %s, 'name', '2026Q1', 'x', %s)",
                (subject, token, old(5)),
            )
        made = answer(database, old(1))
        database.execute("UPDATE answers SET subject_id = %s, question = '[NAME_000002]?' WHERE answer_id = %s", (subject, made))
    speaking, policy = persons[2], Policy((Rule("tresor", 1),))
    with database.transaction() as conn:
        assert people.lock_subject(conn, speaking)
        assert retention.apply(database, policy, NOW, silent) == {"tresor": 4}
        conn.execute("UPDATE answers SET question = '[NAME_000001]?' WHERE subject_id = %s", (speaking,))
    assert retention.apply(database, policy, NOW, silent) == {"tresor": 1}
    left = {(row["subject_id"], row["token"]) for row in database.fetch_all("SELECT subject_id, token FROM vault")}
    assert left == {(subject, "[NAME_000001]" if subject == speaking else "[NAME_000002]") for subject in persons}
