"""Recommended passages by a policy: logged, learned, measured, in use where better, taken back; who leaves, leaves the log."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest

from nova.__main__ import run
from nova.answers.policies.log import read_log
from nova.answers.search.features import FEATURES, VERSION
from nova.answers.search.recommend import POLICY
from nova.cli.quality import recommend
from nova.errors import JobWaits
from nova.flows.erasure.rows import erase_rows
from nova.flows.recommending import lists, policies
from nova.records import Erasure
from nova.store import releases
from nova.store.ids import uuid7
from nova.store.talk import policies as rows
from nova.store.talk import suggestions
from nova.store.talk.suggestions import SuggestionRow
from tests.api.commands import reach
from tests.api.house import Door
from tests.fakes.running import Context
from tests.rooms.kpi.house import document

NOW = datetime.now(UTC)
FRESH = FEATURES.index("fresh")
PEOPLE = [f"leserin-{number}" for number in range(8)]


@pytest.fixture
def clean(door: Door) -> Iterator[Door]:
    """Nothing logged, nothing learned."""
    yield door
    door.nova.db.execute("TRUNCATE recommendation_log, recommendation_policies, releases, events CASCADE")


def subject(door: Door, name: str) -> UUID:
    """Whoever is not known agrees to everything."""
    query = "SELECT subject_id FROM subjects JOIN users USING (user_id) WHERE external_id = %s"
    found = door.nova.db.fetch_one(query, [name])
    if found is None:
        door.person(name)
        found = door.nova.db.fetch_one(query, [name])
    assert found is not None
    return UUID(str(found["subject_id"]))


EVENT = """INSERT INTO events (event_id, user_id, ts, type, chunk_id, meta)
           SELECT %s, user_id, %s, %s, %s, %s FROM users WHERE external_id = %s"""


def used(door: Door, name: str, chunk: UUID, at: datetime, kind: str = "click", **meta: Any) -> None:
    door.nova.db.execute(EVENT, [uuid7(), at, kind, chunk, json.dumps(meta), name])


def show(door: Door, name: str, at: datetime, chunk: UUID, list_id: UUID | None = None) -> UUID:
    """A list of one passage."""
    list_id = list_id or uuid7()
    who = subject(door, name)
    with door.nova.db.transaction() as conn:
        rows_ = [SuggestionRow(chunk, 0.5, 1.0, [(chunk, [0.5] * len(FEATURES))])]
        suggestions.log(conn, list_id, who, rows_, (POLICY, VERSION), at)
    return list_id


def plant(door: Door, rounds: int = 600, seed: int = 3) -> None:
    """People who like what is fresh, shown one of eight by lot; what they like they click."""
    chunks = [document(door.nova.db, f"Passage {seed} {number}").chunk_id for number in range(24)]
    dice, who = np.random.default_rng(seed), {name: subject(door, name) for name in PEOPLE}
    with door.nova.db.transaction() as conn:
        for at in range(rounds):
            name, ts, place = PEOPLE[at % len(PEOPLE)], NOW - timedelta(days=40) + timedelta(minutes=at), int(dice.integers(8))
            drawn, list_id = dice.choice(len(chunks), 8, replace=False), uuid7()
            made = [(chunks[one], [round(float(value), 4) for value in dice.random(len(FEATURES))]) for one in drawn]
            shown, features = made[place]
            suggestions.log(conn, list_id, who[name], [SuggestionRow(shown, 0.5, 1 / 8, made)], (POLICY, VERSION), ts)
            if dice.random() < 0.1 + 0.8 * features[FRESH]:
                conn.execute(EVENT, [uuid7(), ts + timedelta(hours=1), "click", shown, json.dumps({"list_id": str(list_id)}), name])


def learn(door: Door, policy: Any = "linucb") -> dict[str, Any]:
    return policies.learn(door.nova.db, policy, "admin", datetime.now(UTC), Context())


def data(answer: Any) -> Any:
    assert answer.status_code < 300, answer.text
    return answer.json()["data"]


def test_what_comes_of_a_passage_counts_for_fourteen_days_and_for_the_list_it_came_from(clean: Door) -> None:
    at = NOW - timedelta(days=60)
    one, other, nothing = (document(clean.nova.db, text).chunk_id for text in ("Eins", "Zwei", "Drei"))
    first = show(clean, "anna", at, one)
    second = show(clean, "anna", at + timedelta(days=2), one)
    third = show(clean, "anna", at, other)
    show(clean, "anna", at, nothing)
    show(clean, "anna", NOW - timedelta(days=13), uuid4())  # says nothing yet
    used(clean, "anna", one, at + timedelta(days=3), "view")  # no list named: where it was shown last
    used(clean, "anna", one, at + timedelta(days=4), list_id=str(first))
    used(clean, "anna", other, at + timedelta(days=15))  # too late
    used(clean, "anna", other, at - timedelta(days=1), "solve")  # before
    subject(clean, "ben")
    used(clean, "ben", nothing, at + timedelta(days=1), "solve")  # somebody else
    with clean.nova.db.transaction() as conn:
        found = {row.list_id: row.reward for row in rows.shown(conn, VERSION, NOW - timedelta(days=14), timedelta(days=14), 100)}
    assert len(found) == 4
    assert (found[first], found[second], found[third]) == (0.5, 0.25, 0.0)
    used(clean, "anna", one, at + timedelta(days=5), "solve")
    with clean.nova.db.transaction() as conn:
        found = {row.list_id: row.reward for row in rows.shown(conn, VERSION, NOW - timedelta(days=14), timedelta(days=14), 100)}
    assert found[second] == 1.0


def test_useful_answers_and_judged_documents_count(clean: Door) -> None:
    clean.upload()
    person = clean.person("lotte")
    asked = data(person("POST", "/api/v1/rag/ask", json={"question": "Wie oft sind Musterlampen zu prüfen?"}))
    cited = UUID(asked["citations"][0]["chunk_id"])
    list_id = show(clean, "lotte", NOW - timedelta(days=20), cited)
    body = {"question": "Wie oft?", "answer": "x", "useful": True, "answer_id": asked["answer_id"], "chunks_used": [str(cited)]}
    assert person("POST", "/api/v1/feedback/rag", json=body).status_code < 300

    def reward() -> float:
        with clean.nova.db.transaction() as conn:
            (found,) = rows.shown(conn, VERSION, NOW - timedelta(days=14), timedelta(days=14), 100)
        assert found.list_id == list_id
        return found.reward

    assert reward() == 0.0  # judged now, twenty days later
    clean.nova.db.execute("UPDATE labels SET ts = %s", [NOW - timedelta(days=19)])
    assert reward() == 0.5
    clean.nova.db.execute("UPDATE rag_feedback SET ts = %s", [NOW - timedelta(days=19)])
    assert reward() == 1.0


def test_a_click_counts_where_it_may_be_kept_and_is_nobodys_where_not(clean: Door) -> None:
    chunk, at = document(clean.nova.db, "Vier").chunk_id, NOW - timedelta(days=20)
    for name, agrees, reward in (("vera", ("analytics", "profiling"), 0.5), ("otto", ("analytics",), 0.0)):
        person = clean.person(name, agrees=agrees)
        list_id = show(clean, name, at, chunk)
        event = {"user_id": name, "type": "click", "chunk_id": str(chunk), "ts": (at + timedelta(days=1)).isoformat()}
        assert person("POST", "/api/v1/events", json=event | {"meta": {"list_id": str(list_id), "position": 1}}).status_code < 300
        with clean.nova.db.transaction() as conn:
            found = {row.list_id: row.reward for row in rows.shown(conn, VERSION, NOW - timedelta(days=14), timedelta(days=14), 100)}
        assert found[list_id] == reward
    kept = clean.nova.db.fetch_all("SELECT user_id, chunk_id, meta FROM events WHERE user_id IS NULL")
    assert kept == [{"user_id": None, "chunk_id": None, "meta": {}}]


def test_from_the_log_to_a_live_policy_and_back(clean: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = clean.admin
    clean.upload()
    plant(clean)
    person, ids = clean.person("anna"), [uuid7() for _ in range(3)]
    subject_id = subject(clean, "anna")
    fixed = iter([ids[0], ids[0], ids[0]])
    monkeypatch.setattr(lists, "uuid7", lambda: next(fixed))
    monkeypatch.setattr(lists, "datetime", type("Fixed", (), {"now": staticmethod(lambda _zone: NOW)}))

    def listed() -> tuple[Any, list[dict[str, Any]]]:
        found = data(person("POST", "/api/v1/recommend", json={"top_k": 5}))
        logged = clean.nova.db.fetch_all("SELECT * FROM recommendation_log WHERE subject_id = %s ORDER BY position", [subject_id])
        clean.nova.db.execute("DELETE FROM recommendation_log WHERE subject_id = %s", [subject_id])
        return found, logged

    before, logged_before = listed()
    assert {row["policy"] for row in logged_before} == {POLICY}
    job = UUID(data(admin("POST", "/api/v1/recommend/policies", json={"policy": "linucb"}))["job_id"])
    name = clean.nova.jobs.wait(job, 60).result["name"]
    (made,) = data(admin("GET", "/api/v1/recommend/policies"))["policies"]
    assert made["name"] == name and made["state"] == "candidate" and made["gate"]["verdict"] == "better" and made["fault"] is None
    assert made["gate"]["people"] == len(PEOPLE) and made["gate"]["gain_low"] > 0
    assert learn(clean)["reason"] and len(data(admin("GET", "/api/v1/recommend/policies"))["policies"]) == 1  # the same again is no other
    assert data(admin("POST", f"/api/v1/recommend/policies/{name}/promote"))["state"] == "live"
    assert admin("POST", f"/api/v1/recommend/policies/{name}/promote").status_code == 409
    _, logged = listed()
    assert logged and {row["policy"] for row in logged} == {name}
    assert all(0 < row["propensity"] <= 1 for row in logged)
    assert data(admin("POST", "/api/v1/recommend/policies/rollback")) == {"live": None}
    assert admin("POST", "/api/v1/recommend/policies/rollback").status_code == 409
    assert listed() == (before, logged_before)
    noted = clean.nova.db.fetch_all("SELECT action FROM audit_log WHERE action LIKE 'policy.%%' ORDER BY seq")
    assert [row["action"] for row in noted] == ["policy.learn", "policy.promoted", "policy.rolled_back"]


def test_what_is_not_better_or_damaged_stays_a_proposal(clean: Door) -> None:
    plant(clean)
    name = learn(clean)["name"]
    path = f"/api/v1/recommend/policies/{name}/promote"
    with clean.nova.db.transaction() as conn:
        releases.amend(conn, rows.FAMILY, [name], {"verdict": "not enough evidence"})
    assert clean.admin("POST", path).status_code == 409
    with clean.nova.db.transaction() as conn:
        releases.amend(conn, rows.FAMILY, [name], {"verdict": "better"})
    clean.nova.db.execute("UPDATE recommendation_policies SET state = replace(state, '0.05', '0.5')")
    assert clean.admin("POST", path).status_code == 409
    assert clean.admin("POST", "/api/v1/recommend/policies/nirgends/promote").status_code == 404


def test_a_live_policy_that_is_damaged_leaves_the_houses_own_order(clean: Door) -> None:
    plant(clean)
    name = learn(clean)["name"]
    data(clean.admin("POST", f"/api/v1/recommend/policies/{name}/promote"))
    with clean.nova.db.transaction() as conn:
        assert policies.serving(conn) is not None
        conn.execute("UPDATE recommendation_policies SET state = replace(state, '0.05', '0.5')")
        assert policies.serving(conn) is None
    assert data(clean.admin("GET", "/api/v1/recommend/policies"))["policies"][0]["fault"]


def test_few_lists_or_people_teach_nothing(clean: Door) -> None:
    assert learn(clean)["name"] is None
    for at in range(60):
        show(clean, "anna", NOW - timedelta(days=40, minutes=at), uuid4())
    assert learn(clean)["name"] is None
    assert data(clean.admin("GET", "/api/v1/recommend/policies")) == {"live": None, "policies": []}


def test_who_leaves_is_gone_from_the_log_and_told_of_by_the_policy(clean: Door) -> None:
    plant(clean)
    name = learn(clean)["name"]
    state = clean.nova.db.fetch_one("SELECT state FROM recommendation_policies")
    clean.nova.agree(PEOPLE[0], ("analytics",), given=False)
    stranger, gone = subject(clean, "fremd"), subject(clean, PEOPLE[1])
    for who in (stranger, gone):
        with clean.nova.db.transaction() as conn:
            user = conn.execute("SELECT user_id FROM subjects WHERE subject_id = %s", [who]).fetchone()
            assert user is not None
            erase_rows(conn, Erasure(uuid4(), who, user["user_id"], None, NOW), {})
    (made,) = data(clean.admin("GET", "/api/v1/recommend/policies"))["policies"]
    assert made["name"] == name and made["gate"]["left"] == 2
    assert clean.nova.db.fetch_one("SELECT state FROM recommendation_policies") == state
    assert clean.nova.db.fetch_one("SELECT count(DISTINCT subject_id) AS n FROM recommendation_log") == {"n": len(PEOPLE) - 2}
    assert learn(clean)["gate"]["left"] == 0  # anew, without them


def test_nobody_leaves_unnoticed_while_a_policy_is_made(clean: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(clean, 120)

    def leave(stage: str) -> None:
        if stage == "messen":
            clean.nova.agree(PEOPLE[2], ("analytics",), given=False)

    with pytest.raises(JobWaits):
        policies.learn(clean.nova.db, "linucb", "admin", datetime.now(UTC), Context(hear=leave))
    assert clean.nova.db.fetch_all("SELECT 1 FROM recommendation_policies") == []


def test_commands(clean: Door, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reach(clean, monkeypatch, recommend)
    assert run(["recommend", "learn"]) == 5
    assert "nicht genug" in capsys.readouterr().out
    plant(clean)
    assert run(["recommend", "log", "--out", str(tmp_path / "log.jsonl")]) == 0
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    read = read_log(lines)
    assert len(read.choices) == 600 and not read.left_out and {one.person for one in read.choices} == {f"p{n}" for n in range(1, 9)}
    held = (tmp_path / "log.jsonl").read_text()
    assert all(name not in held and str(subject(clean, name)) not in held for name in PEOPLE)
    capsys.readouterr()
    assert run(["recommend", "learn", "--policy", "linucb", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert run(["recommend", "list"]) == 0
    assert "Vorschlag" in (said := capsys.readouterr().out) and "besser" in said and "keine gelernte Regel" in said
    assert run(["recommend", "promote", told["name"]]) == 0
    assert run(["recommend", "replay", str(tmp_path / "log.jsonl"), "--policy", "linucb", "--json"]) == 0
    assert run(["recommend", "rollback"]) == 0
    assert "eingebaute Reihenfolge" in capsys.readouterr().out
    assert run(["recommend", "rollback"]) == 1
