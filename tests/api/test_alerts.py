"""Thresholds, alerts and tickets at the door: edits that know their version, back-tests, runs, silence, the board."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from nova.jobs.kinds.alerts import notify_handler
from nova.jobs.worker import Worker
from nova.kpi.rules.thresholds import builtin, builtin_text
from nova.privacy.known import known_values
from nova.store.quality import kpi as hours
from nova.wiring.alarms import alarms_of
from nova.wiring.chats import redactor
from nova.wiring.notify import channels
from tests.api.house import Door
from tests.rooms.kpi.house import MANY, subject
from tests.rooms.kpi.test_evaluation import everything

BASE = "/api/v1/admin"
OWN = """version: 1
every: 1s
rules:
  - name: schwach
    kpi: weak_share
    window: 24h
    n: 10
    direction: above
    warn: 0.3
    critical: 0.5
    clear: 0.05
    for: 1
    action: {ticket: auto, channels: [log, mail]}
    text: Die Suche findet zu wenig.
"""


@pytest.fixture
def fresh(door: Door) -> Door:
    """Nothing evaluated, nothing saved, the shipped thresholds."""
    door.nova.db.execute(
        "TRUNCATE threshold_versions, alert_states, alert_episodes, alert_history, tickets, ticket_episodes, ticket_history, notices, jobs,"
        " kpi_hours, kpi_measured, knowledge_gaps RESTART IDENTITY CASCADE"
    )
    door.nova.settings.thresholds_path.unlink(missing_ok=True)
    return door


def data(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()["data"]


def failed(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["data"]["code"]


def weak(door: Door, share: float, at: datetime | None = None) -> None:
    """The weak share of an hour, measured long enough ago to be left alone."""
    at = at or datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=5)
    with door.nova.db.transaction() as conn:
        hours.put_hours(conn, at, at + timedelta(hours=1), [hours.HourRow("weak_share", "", at, 100, share * 100, people=MANY)])


def save(door: Door, text: str) -> Any:
    version = data(door.admin("GET", f"{BASE}/thresholds"))["version"]
    return door.admin("PUT", f"{BASE}/thresholds", json={"text": text, "version": version})


def test_the_shipped_thresholds_are_shown_until_there_are_own_ones(fresh: Door) -> None:
    answer = fresh.admin("GET", f"{BASE}/thresholds")
    found = data(answer)
    assert (found["text"], found["own"], found["problem"], found["history"]) == (builtin_text(), False, None, [])
    assert [rule["name"] for rule in found["rules"]] == [rule.name for rule in builtin().rules]
    assert answer.headers["ETag"] == f'"{found["version"]}"'
    own = data(save(fresh, OWN))
    assert own["own"] and own["every"] == "1s" and set(own["missing"]) == {rule.name for rule in builtin().rules}
    assert [one["actor"] for one in own["history"]] == ["admin", "nova"]
    before = data(fresh.admin("GET", f"{BASE}/thresholds", params={"version": found["version"]}))
    assert before["text"] == builtin_text()


def test_what_was_saved_is_in_force_whatever_ends_its_lines(fresh: Door) -> None:
    own = data(save(fresh, OWN.replace("\n", "\r\n")))
    assert own["version"] == own["history"][0]["version"]
    assert data(fresh.admin("GET", f"{BASE}/thresholds", params={"version": own["version"]}))["text"] == own["text"]


def test_an_edit_knows_what_it_edits_and_a_wrong_one_changes_nothing(fresh: Door) -> None:
    old = data(fresh.admin("GET", f"{BASE}/thresholds"))["version"]
    data(save(fresh, OWN))
    assert failed(fresh.admin("PUT", f"{BASE}/thresholds", json={"text": builtin_text(), "version": old})) == (409, "conflict")
    answer = save(fresh, OWN.replace("warn: 0.3", "wran: 0.3"))
    assert failed(answer) == (400, "validation") and "Zeile 9" in answer.json()["message"] and answer.json()["data"]["line"] == 9
    assert data(fresh.admin("GET", f"{BASE}/thresholds"))["text"] == OWN
    assert failed(fresh.admin("GET", f"{BASE}/thresholds", params={"version": "0" * 12})) == (404, "not_found")


def test_a_file_that_was_edited_wrongly_by_hand_can_be_read_and_mended(fresh: Door) -> None:
    data(save(fresh, OWN))
    fresh.nova.settings.thresholds_path.write_text("version: 1\nrules: [{}]\n", "utf-8")
    found = data(fresh.admin("GET", f"{BASE}/thresholds"))
    assert found["rules"] == [] and "Zeile 2" in found["problem"]
    assert failed(fresh.admin("POST", f"{BASE}/alerts/run", json={})) == (400, "validation")
    (check,) = thresholds_checks(fresh)
    assert check["status"] == "degraded" and "Zeile 2" in check["detail"]
    assert any("Zeile 2" in said for said in data(fresh.admin("GET", f"{BASE}/monitor"))["problems"])
    assert data(save(fresh, OWN))["problem"] is None
    assert thresholds_checks(fresh) == []


def thresholds_checks(door: Door) -> list[dict[str, str]]:
    """What the health report says of the thresholds."""
    return [one for one in data(door.admin("GET", f"{BASE}/health"))["checks"] if one["name"] == "thresholds"]


def test_a_back_test_says_how_often_and_when(fresh: Door) -> None:
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    for days, share in ((8, 0.6), (5, 0.1), (3, 0.4)):
        weak(fresh, share, now - timedelta(days=days))
    found = data(fresh.admin("POST", f"{BASE}/thresholds/backtest", json={"text": OWN, "days": 10}))
    (rule,) = found["rules"]
    assert rule["sentence"] == "hätte 2x ausgelöst, davon 1x kritisch" and (rule["fired"], rule["critical"]) == (2, 1)
    assert rule["evaluations"] == 240 and rule["blind"] > 0
    assert failed(fresh.admin("POST", f"{BASE}/thresholds/backtest", json={"rule": "nirgends"})) == (404, "not_found")
    assert failed(fresh.admin("POST", f"{BASE}/thresholds/backtest", json={"text": "rules: 3"})) == (400, "validation")
    assert len(data(fresh.admin("POST", f"{BASE}/thresholds/backtest", json={}))["rules"]) == len(builtin().rules)


def test_a_run_fires_and_is_told_and_a_dry_one_only_explains(fresh: Door) -> None:
    data(save(fresh, OWN))
    weak(fresh, 0.6)
    dry = data(fresh.admin("POST", f"{BASE}/alerts/run", json={"dry_run": True}))
    assert dry["critical"] and dry["rules"][0]["action"].startswith("würde: Ticket für ")
    assert data(fresh.admin("GET", f"{BASE}/alerts"))["alerts"] == []
    found = data(fresh.admin("POST", f"{BASE}/alerts/run", json={}))
    assert found["critical"] and found["counts"]["critical"] == 1
    listed = data(fresh.admin("GET", f"{BASE}/alerts"))
    (alert,) = listed["alerts"]
    assert (alert["state"], alert["state_text"], alert["worst"], alert["ticket"]) == ("critical", "kritisch", "critical", 1)
    assert listed["channels"] == ["log"] and [one["event"] for one in listed["notices"]] == ["alert.critical"]
    history = data(fresh.admin("GET", f"{BASE}/alerts/history"))
    assert history["total"] == 1 and history["changes"][0]["event_text"] == "Kritisch"


def test_a_dry_run_at_the_door_leaves_the_whole_database_as_it_was(fresh: Door) -> None:
    data(save(fresh, OWN))
    weak(fresh, 0.6)
    weak(fresh, 0.6, datetime.now(UTC).replace(minute=0, second=0, microsecond=0))
    before = everything(fresh.nova.db)
    for _ in range(3):
        assert data(fresh.admin("POST", f"{BASE}/alerts/run", json={"dry_run": True}))["critical"]
    assert everything(fresh.nova.db) == before


def test_what_is_to_be_said_is_said_by_a_job(fresh: Door) -> None:
    nova = fresh.nova
    data(save(fresh, OWN))
    weak(fresh, 0.6)
    data(fresh.admin("POST", f"{BASE}/alerts/run", json={}))
    (job,) = nova.jobs.list(kind="notify", states=("queued",))
    worker = Worker(nova.jobs, {"notify": notify_handler(nova.db, channels(nova.settings))}, concurrency=1)  # type: ignore[arg-type]
    worker.start()
    ended = nova.jobs.wait(job.job_id, 20)
    worker.stop()
    assert (ended.state, ended.result) == ("done", {"outcome": "sent"})
    (notice,) = data(fresh.admin("GET", f"{BASE}/alerts"))["notices"]
    assert notice["state"] == "sent" and notice["ended_at"]


def test_silence_is_kept_and_ends(fresh: Door) -> None:
    assert failed(fresh.admin("POST", f"{BASE}/alerts/schwach/silence", json={"hours": 1})) == (404, "not_found")
    data(save(fresh, OWN))
    data(fresh.admin("POST", f"{BASE}/alerts/run", json={}))
    assert data(fresh.admin("POST", f"{BASE}/alerts/schwach/silence", json={"hours": 1}))["silent_until"]
    weak(fresh, 0.6)
    nova = fresh.nova
    alarms_of(nova).evaluate(datetime.now(UTC) + timedelta(seconds=5))  # type: ignore[arg-type]
    listed = data(fresh.admin("GET", f"{BASE}/alerts"))
    assert listed["alerts"][0]["silent_until"] and listed["notices"] == []
    assert data(fresh.admin("POST", f"{BASE}/alerts/schwach/silence", json={"hours": 0}))["silent_until"] is None


def test_roles(fresh: Door) -> None:
    emil = fresh.person("emil", "engineer")
    assert data(emil("POST", f"{BASE}/alerts/run", json={"dry_run": True}))["dry_run"]
    assert failed(emil("POST", f"{BASE}/alerts/run", json={})) == (403, "not_allowed")
    assert failed(emil("PUT", f"{BASE}/thresholds", json={"text": OWN, "version": "0" * 12})) == (403, "not_allowed")


def test_the_board_moves_tickets_and_keeps_their_history(fresh: Door) -> None:
    emil = fresh.person("emil", "engineer")
    made = data(emil("POST", f"{BASE}/tickets", json={"title": "Tarifblatt von erika@example.org fehlt", "owner": "aura"}), 201)
    assert "erika@" not in str(made) and made["state_text"] == "offen"
    path = f"{BASE}/tickets/{made['ticket_id']}"
    moved = data(emil("PATCH", path, json={"state": "doing", "comment": "Ich sehe nach.", "version": made["version"]}))
    assert [one["what"] for one in moved["history"]] == ["opened", "moved", "commented"]
    assert moved["history"][0]["actor"].startswith("engineer:")
    assert failed(emil("PATCH", path, json={"state": "done", "version": made["version"]})) == (409, "conflict")
    assert data(emil("PATCH", path, json={}))["history"] == moved["history"]
    data(emil("PATCH", path, json={"state": "done"}))
    found = data(emil("GET", f"{BASE}/tickets", params={"state": "done"}))
    assert found["counts"] == {"open": 0, "doing": 0, "waiting": 0, "done": 1, "dropped": 0} and found["total"] == 1
    assert data(emil("GET", f"{BASE}/tickets", params={"owner": "orion"}))["total"] == 0
    assert failed(emil("GET", f"{BASE}/tickets/{uuid4()}")) == (404, "not_found")


def test_names_that_only_the_master_data_know_stand_in_no_ticket(fresh: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    known = redactor(lambda: known_values({"Quastenhub": "name"}))
    monkeypatch.setattr(fresh.nova, "answers", replace(fresh.nova.answers, redact=known))
    body = {"title": "Rückruf bei Quastenhub", "text": "quastenhub wartet"}
    ticket = data(fresh.admin("POST", f"{BASE}/tickets", json=body), 201)
    changed = data(fresh.admin("PATCH", f"{BASE}/tickets/{ticket['ticket_id']}", json={"comment": "Quastenhub angerufen"}))
    assert "uastenhub" not in str(changed)


def test_a_gaps_questions_are_read_where_they_stand(fresh: Door) -> None:
    db, gap, answer = fresh.nova.db, uuid4(), uuid4()
    now = datetime.now(UTC)
    db.execute(
        "INSERT INTO knowledge_gaps (gap_id, signature, terms, first_at, last_at) VALUES (%s, 'x', '{wallbox}', %s, %s)", [gap, now, now]
    )
    for one in (answer, *(uuid4() for _ in range(4))):
        db.execute(
            "INSERT INTO answers (answer_id, question, answer, status, subject_id)"
            " VALUES (%s, 'Wer fördert Wallboxen?', '', 'refused', %s)",
            [one, subject(db)],
        )
        db.execute("INSERT INTO gap_answers VALUES (%s, %s, 0.9)", [gap, one])
    made = data(fresh.admin("POST", f"{BASE}/tickets", json={"title": "Wallbox", "kind": "knowledge", "gap_id": str(gap)}), 201)
    assert (made["gap_terms"], made["questions"][0]["question"]) == (["wallbox"], "Wer fördert Wallboxen?")
    engineer = fresh.person("technik-tickets", "engineer")
    assert data(engineer("GET", f"{BASE}/tickets/{made['ticket_id']}"))["questions"] == []  # people's words are not hers
    db.execute("UPDATE answers SET question = '' WHERE status = 'refused'")
    path = f"{BASE}/tickets/{made['ticket_id']}"
    assert data(fresh.admin("GET", path))["questions"][0]["question"] == "(gelöscht)"
    db.execute("DELETE FROM answers WHERE answer_id = %s", [answer])
    assert data(fresh.admin("GET", path))["questions"] == []
