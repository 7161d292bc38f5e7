"""Learning, prompts and recommended passages over HTTP: what is shown, what may be taken back, and what is said to have no effect."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from nova.answers.compose.prompt import text as luna_text
from nova.answers.search.features import FEATURES, VERSION
from nova.kpi.learn import ledger, stored
from nova.ports.learning import LearnedPassage, LearnedTerm, LearnedTopic, Lessons
from nova.privacy.known import known_values
from nova.store.ids import uuid7
from nova.store.quality import learning as rows
from nova.wiring.chats import redactor
from nova.wiring.learning import StoredLearning, StoredPrompts
from tests.api.house import QUESTION, Door

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def clean(door: Door) -> Door:
    door.nova.db.execute(
        "TRUNCATE learning_releases, learning_blocks, learning_terms, learning_questions, prompts, releases, recommendation_log CASCADE"
    )
    door.nova.db.execute("DELETE FROM installation WHERE key = 'learning'")
    return door


def data(answer: object) -> dict[str, object]:
    assert answer.status_code < 300, answer.text  # type: ignore[attr-defined]
    return dict(answer.json()["data"])  # type: ignore[attr-defined]


def release(door: Door, *, before: UUID | None = None, up: float = 9.0) -> rows.LearnedState:
    """A live release with one topic and one pair of words."""
    topic = LearnedTopic("k", ((1, 1.0),), (LearnedPassage(uuid4(), up, 0.0, 6),), 9, 6)
    lessons = Lessons((topic,), (LearnedTerm("schlumpfgeld", "abschlag", 6),), 9, 6)
    made = rows.LearnedState(
        uuid7(), NOW, "", "live", stored.digest(lessons), stored.to_json(lessons), 9, 6, "admin", NOW, {"groups": []}, (), before
    )  # fmt: skip
    with door.nova.db.transaction() as conn:
        if before:
            rows.supersede(conn, ())
        rows.insert(conn, made)
        rows.enter(conn, ledger.entries(made, [ledger.Change(topic, 1.0)], ledger.counts(lessons)))
        rows.enter(conn, [] if before else ledger.term_entries(made, lessons.terms))
    return made


def test_the_ledger_is_shown_and_a_release_taken_back(clean: Door) -> None:
    first = release(clean)
    second = release(clean, before=first.release_id, up=20.0)
    seen = data(clean.admin("GET", "/api/v1/admin/learning"))
    assert (seen["live"], seen["on"], seen["total"]) == (str(second.release_id), True, 5)
    shown = data(clean.admin("GET", f"/api/v1/admin/learning/{second.release_id}"))
    assert (shown["kind"], shown["state"], shown["subjects"]) == ("release", "live", 6)
    assert clean.admin("POST", f"/api/v1/admin/learning/{first.release_id}/undo").json()["data"]["code"] == "conflict"
    assert data(clean.admin("POST", f"/api/v1/admin/learning/{second.release_id}/undo"))["state"] == "undone"
    seen = data(clean.admin("GET", "/api/v1/admin/learning"))
    assert (seen["live"], seen["on"]) == (str(first.release_id), False)
    assert StoredLearning(clean.nova.db)().topics == stored.from_json(first.artefact or {}).topics
    actions = [row["action"] for row in data(clean.admin("GET", "/api/v1/admin/audit"))["entries"]]  # type: ignore[attr-defined]
    assert actions[0] == "learning.undone"
    assert data(clean.admin("POST", "/api/v1/admin/learning/start", json={"hour": 5})) == {"on": True, "hour": 5}
    assert data(clean.admin("POST", "/api/v1/admin/learning/stop")) == {"on": False, "hour": 5}


def test_a_pair_of_words_counts_once_approved(clean: Door) -> None:
    release(clean)
    waiting = data(clean.admin("GET", "/api/v1/admin/learning", params={"state": "waiting"}))["entries"]
    assert [row["what"] for row in waiting] == ["„schlumpfgeld“ steht für „abschlag“."]  # type: ignore[attr-defined]
    entry = waiting[0]["entry_id"]  # type: ignore[index]
    assert StoredLearning(clean.nova.db)().terms == ()
    assert data(clean.admin("POST", f"/api/v1/admin/learning/{entry}/decide", json={"approved": True}))["state"] == "live"
    assert [one.term for one in StoredLearning(clean.nova.db)().terms] == ["abschlag"]
    assert data(clean.admin("POST", f"/api/v1/admin/learning/{entry}/undo"))["state"] == "undone"
    assert StoredLearning(clean.nova.db)().terms == ()
    assert clean.admin("POST", f"/api/v1/admin/learning/{entry}/decide", json={"approved": False}).status_code == 409
    assert data(clean.admin("POST", f"/api/v1/admin/learning/{entry}/decide", json={"approved": True}))["state"] == "live"  # think again
    assert [one.term for one in StoredLearning(clean.nova.db)().terms] == ["abschlag"]
    assert clean.admin("POST", f"/api/v1/admin/learning/{entry}/decide", json={"approved": True}).status_code == 409


def test_learning_is_asked_for_once(clean: Door) -> None:
    first = data(clean.admin("POST", "/api/v1/admin/learning/run"))["job_id"]
    assert data(clean.admin("POST", "/api/v1/admin/learning/run"))["job_id"] == first
    clean.nova.jobs.cancel(UUID(str(first)))


def test_own_questions_are_kept_without_personal_data(clean: Door) -> None:
    asked = [{"question": "Wie erreiche ich 0171 2345678?", "places": [{"item_id": str(uuid4()), "section": "§ 1"}]}]
    kept = data(clean.admin("PUT", "/api/v1/admin/learning/questions", json={"questions": asked}))
    assert "2345678" not in str(kept)
    assert kept == data(clean.admin("GET", "/api/v1/admin/learning/questions"))


def test_own_questions_are_kept_without_names_that_only_the_master_data_know(clean: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    known = redactor(lambda: known_values({"Quastenhub": "name"}))
    monkeypatch.setattr(clean.nova, "answers", replace(clean.nova.answers, redact=known))
    asked = [{"question": "Was zahlt Quastenhub für Strom?", "places": [{"item_id": str(uuid4()), "section": "§ 1"}]}]
    assert "Quastenhub" not in str(data(clean.admin("PUT", "/api/v1/admin/learning/questions", json={"questions": asked})))


def prompt_of(version: str, persona: str = "Sehr kurz.") -> str:
    lines = luna_text().replace('version: "2026-11-1"', f'version: "{version}"')
    assert version in lines
    return lines.replace("persona: |\n", f"persona: |\n  {persona}\n")


def test_a_prompt_is_tried_compared_promoted_and_taken_back(clean: Door) -> None:
    base = data(clean.admin("GET", "/api/v1/admin/prompts"))
    assert [row["state"] for row in base["prompts"]] == ["base"]  # type: ignore[attr-defined]
    assert "kein Sprachmodell" in str(base["note"])
    made = clean.admin("POST", "/api/v1/admin/prompts", json={"yaml": prompt_of("kurz-1"), "note": "Rückfragen 0171 2345678"})
    assert made.json()["data"]["note"] == "Rückfragen [TELEFON]"
    assert (made.status_code, made.json()["data"]["state"]) == (201, "draft")
    again = clean.admin("POST", "/api/v1/admin/prompts", json={"yaml": prompt_of("kurz-1")})
    assert again.status_code == 409
    wrong = clean.admin("POST", "/api/v1/admin/prompts", json={"yaml": "version: x\nwas: neu\n"})
    assert wrong.status_code == 400
    assert "was" in wrong.json()["message"]
    tried = data(clean.admin("POST", "/api/v1/admin/prompts/kurz-1/try", json={"share": 0.5}))
    assert (tried["state"], tried["share"]) == ("trial", 0.5)
    assert shares(clean) == {"kurz-1": 0.5, "2026-11-1": 0.5}
    seen = data(clean.admin("POST", "/api/v1/admin/prompts/kurz-1/promote", json={}))
    assert seen["promoted"] is False
    comparison = seen["comparison"]
    assert comparison["against"] == "2026-11-1"  # type: ignore[index]
    assert clean.admin("POST", "/api/v1/admin/prompts/kurz-1/promote", json={"seal": "falsch"}).status_code == 409
    done = data(clean.admin("POST", "/api/v1/admin/prompts/kurz-1/promote", json={"seal": comparison["seal"]}))  # type: ignore[index]
    assert done["promoted"] is True
    assert shares(clean) == {"kurz-1": 1.0, "2026-11-1": 0.0}
    assert StoredPrompts(clean.nova.db, lambda: clean.nova.answers.prompt()).current().version == "kurz-1"
    assert data(clean.admin("POST", "/api/v1/admin/prompts/kurz-1/rollback")) == {"version": "2026-11-1"}
    assert StoredPrompts(clean.nova.db, lambda: clean.nova.answers.prompt()).current().version == "2026-11-1"
    assert clean.admin("POST", "/api/v1/admin/prompts/2026-11-1/try", json={"share": 1}).status_code == 409


def shares(door: Door) -> dict[str, float]:
    """Which version how many people get."""
    return {row["version"]: row["share"] for row in data(door.admin("GET", "/api/v1/admin/prompts"))["prompts"]}  # type: ignore[attr-defined]


def test_ending_a_trial_that_is_none_leaves_anothers_alone(clean: Door) -> None:
    for version in ("eine", "andere"):
        clean.admin("POST", "/api/v1/admin/prompts", json={"yaml": prompt_of(version)})
    clean.admin("POST", "/api/v1/admin/prompts/eine/try", json={"share": 0.3})
    assert data(clean.admin("POST", "/api/v1/admin/prompts/andere/try", json={"share": 0}))["state"] == "draft"
    assert data(clean.admin("GET", "/api/v1/admin/prompts/eine"))["state"] == "trial"
    assert data(clean.admin("POST", "/api/v1/admin/prompts/eine/try", json={"share": 0}))["state"] == "draft"


def test_a_trial_draws_the_same_people_every_time(clean: Door) -> None:
    clean.admin("POST", "/api/v1/admin/prompts", json={"yaml": prompt_of("probe")})
    clean.admin("POST", "/api/v1/admin/prompts/probe/try", json={"share": 0.3})
    versions = StoredPrompts(clean.nova.db, lambda: clean.nova.answers.prompt())
    people = [str(uuid4()) for _ in range(600)]
    inside = [one for one in people if versions.trial(one)]
    assert 0.2 < len(inside) / len(people) < 0.4
    assert inside == [one for one in people if versions.trial(one)]
    assert versions.trial("") is None


def test_recommended_passages_are_the_persons_own(clean: Door) -> None:
    door = clean
    item = door.upload().json()["data"]["item_id"]
    door.nova.jobs.wait(UUID(door.admin("GET", "/api/v1/jobs").json()["data"]["jobs"][0]["job_id"]), 20)
    erna = door.person("erna", agrees=("service",))
    cold = data(erna("POST", "/api/v1/recommend", json={"user_id": "erna", "top_k": 5}))["items"]
    assert item in [one["payload"]["item_id"] for one in cold]  # type: ignore[attr-defined]
    assert erna("POST", "/api/v1/recommend", json={"user_id": "otto"}).status_code == 403
    assert door.admin("POST", "/api/v1/recommend", json={"user_id": "niemand"}).status_code == 404
    asked = data(erna("POST", "/api/v1/rag/ask", json={"question": QUESTION}))
    used = asked["chunks_used"][0]  # type: ignore[index]
    erna("POST", "/api/v1/events", json={"user_id": "erna", "type": "solve", "chunk_id": used})
    warm = data(erna("POST", "/api/v1/recommend", json={}))["items"]
    assert used not in [one["chunk_id"] for one in warm]  # type: ignore[attr-defined]
    assert door.nova.db.fetch_all("SELECT 1 FROM recommendation_log") == []  # nobody agreed to analytics


def test_chances_are_logged_with_consent(clean: Door) -> None:
    door = clean
    door.upload()
    person = door.person("lotte")
    shown = data(person("POST", "/api/v1/recommend", json={"top_k": 3}))
    logged = door.nova.db.fetch_all("SELECT * FROM recommendation_log ORDER BY position")
    assert [str(row["chunk_id"]) for row in logged] == [one["chunk_id"] for one in shown["items"]]  # type: ignore[attr-defined]
    assert all(0 < row["propensity"] <= 1 and row["list_id"] == UUID(str(shown["list_id"])) for row in logged)
    assert all(str(row["chunk_id"]) in [one[0] for one in row["candidates"]] and row["features"] == VERSION for row in logged)
    assert all(len(one) == 1 + len(FEATURES) for row in logged for one in row["candidates"])


def test_the_auditor_sees_from_whom_and_from_which_provisions(clean: Door) -> None:
    alma, emil = clean.person("alma", "auditor"), clean.person("emil", "engineer")
    said = {}
    for name in ("anna", "ben", "carla"):
        person = clean.person(name, agrees=("service", "training"))
        answer = data(person("POST", "/api/v1/rag/ask", json={"question": QUESTION}))
        body = {"question": QUESTION, "answer": "x", "useful": True, "answer_id": answer["answer_id"]}
        assert person("POST", "/api/v1/feedback/rag", json=body).status_code < 300
        said[name] = answer["citations"][0]["chunk_id"]  # type: ignore[index]
    clean.nova.agree("carla", ("training",), given=False)
    chunk = UUID(str(said["anna"]))
    topic = LearnedTopic("k", ((1, 1.0),), (LearnedPassage(chunk, 3.0, 0.0, 6),), 9, 6)
    lessons = Lessons((topic,), (), 9, 6)
    now = datetime.now(UTC)
    made = rows.LearnedState(
        uuid7(), now, "", "live", stored.digest(lessons), stored.to_json(lessons), 9, 6, "admin", now, {"groups": []}, (), None
    )  # fmt: skip
    with clean.nova.db.transaction() as conn:
        rows.insert(conn, made)
        rows.enter(conn, ledger.entries(made, [ledger.Change(topic, 1.0)], ledger.counts(lessons)))
    entries = data(alma("GET", "/api/v1/admin/learning", params={"kind": "topic"}))["entries"]
    path = f"/api/v1/admin/learning/{entries[0]['entry_id']}"  # type: ignore[index]
    assert data(alma("GET", path))["passages"][0]["section"].startswith("§ 2")  # type: ignore[index]
    found = data(alma("GET", f"{path}/people"))
    subjects = {data(person)["subject_id"] for person in (find(clean, "anna"), find(clean, "ben"))}
    assert {one["subject_id"] for one in found["people"]} == subjects  # type: ignore[attr-defined]
    assert all(one["passages"][0]["section"].startswith("§ 2") for one in found["people"])  # type: ignore[attr-defined]
    assert "anna" not in str(found) and QUESTION not in str(found)
    assert emil("GET", f"{path}/people").status_code == 403
    assert alma("GET", f"/api/v1/admin/learning/{uuid4()}/people").status_code == 404
    noted = data(clean.admin("GET", "/api/v1/admin/audit", params={"action": "learning.people_read"}))["entries"]
    assert noted[0]["actor"].startswith("auditor:")  # type: ignore[index]


def find(door: Door, name: str) -> object:
    """Who somebody is by their pseudonym."""
    return door.admin("POST", "/api/v1/admin/subjects/find", json={"subject": name})
