"""What was asked and not answered, and what editors do about it, over HTTP: measured by asking again, and taken back."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from nova.__main__ import run
from nova.cli.quality import gaps as commands
from nova.cli.quality import kpi
from nova.crowd import FEWEST
from nova.flows.gaps.asking_again import AskingAgain
from nova.german import BERLIN
from nova.store.ids import uuid7
from nova.wiring.alarms import measuring_of
from tests.api.commands import reach
from tests.api.house import Door
from tests.fakes.running import Context
from tests.rooms.kpi.house import answer, subject

API = "/api/v1/admin"
NOW = datetime.now(UTC)
VAIN = "Was kostet ein Termin für eine Führung durch das Wasserwerk?"
NOTE = {
    "what": "answer",
    "question": "Was kostet eine Führung durch das Wasserwerk?",
    "answer": "Eine Führung durch das Wasserwerk kostet für Gruppen 40 Euro, für Schulklassen nichts. Termine vergibt die Pressestelle.",
    "source": "Preisblatt Führungen vom 1. Oktober 2026",
}
WORDS = {"what": "words", "phrases": ["Funzelschau"], "terms": ["Prüfung der Musterlampen"]}
SHOW = "Wie oft ist Funzelschau?"


def data(got: Any, status: int = 200) -> Any:
    assert got.status_code == status, got.text
    return got.json()["data"]


@pytest.fixture(autouse=True)
def _clean(door: Door) -> Iterator[None]:
    yield
    data_path = door.nova.settings.vocabulary_path
    data_path.unlink(missing_ok=True)
    for row in door.nova.db.fetch_all("SELECT item_id FROM items WHERE kind = 'note'"):
        door.admin("DELETE", f"{API}/items/{row['item_id']}")
    door.nova.db.execute("TRUNCATE kpi_hours, kpi_measured, knowledge_gaps, gap_steps, answers, conversations, tickets CASCADE")


def ask(door: Door, question: str = VAIN) -> str:
    got = data(door.admin("POST", "/api/v1/rag/ask", json={"question": question}))
    assert got["status"] == "refused", got
    return str(got["answer_id"])


def gap(door: Door, question: str = VAIN, people: int = FEWEST) -> str:
    for _ in range(people):
        answer(door.nova.db, datetime.now(UTC) - timedelta(minutes=5), question, status="refused", subject_id=subject(door.nova.db))
    measure(door)
    return str(door.nova.db.fetch_all("SELECT gap_id FROM knowledge_gaps")[0]["gap_id"])


def measure(door: Door) -> dict[str, Any]:
    return measuring_of(door.nova).due(datetime.now(UTC), Context())  # type: ignore[arg-type]


def measured(door: Door, path: str, step_id: str) -> dict[str, Any]:
    """A step once its questions were asked again."""
    for _ in range(200):
        one = next(step for step in data(door.admin("GET", path))["steps"] if step["step_id"] == step_id)
        if one["measured_at"]:
            return dict(one)
        time.sleep(0.05)
    raise AssertionError(
        f"nicht gemessen: {one}, {door.nova.db.fetch_all('SELECT kind, state, error FROM jobs ORDER BY created_at DESC LIMIT 3')}"
    )


def weak(door: Door) -> tuple[float, int]:
    measure(door)
    got = data(door.admin("GET", f"{API}/kpis/weak_share?days=1"))
    return got["value"], got["n"]


def audited(door: Door, action: str) -> list[dict[str, Any]]:
    return [one for one in data(door.admin("GET", f"{API}/audit"))["entries"] if one["action"] == action]


def test_an_answer_with_its_source_answers_the_question_and_goes_again(door: Door) -> None:
    answer_id = ask(door)
    (listed,) = data(door.admin("GET", f"{API}/unanswered"))["questions"]
    assert (listed["answer_id"], listed["question"], listed["why"], listed["state"], listed["steps"]) == (
        answer_id,
        VAIN,
        "refused",
        "open",
        [],
    )
    path = f"{API}/unanswered/{answer_id}"
    step = data(door.admin("POST", f"{path}/steps", json=NOTE), 201)
    assert (step["what"], step["before"], step["measured_at"], step["source"]) == ("answer", "refused", None, NOTE["source"])
    now = measured(door, path, step["step_id"])
    assert (now["after"], now["asked"], now["answered"]) == ("answered", 1, 1)
    assert now["place"]["title"] == now["item_title"] == NOTE["question"] and now["place"]["item_id"] == now["item_id"]
    assert data(door.admin("GET", f"{API}/unanswered"))["questions"] == []
    assert data(door.admin("GET", f"{API}/unanswered?state=answered"))["total"] == 1
    told = data(door.admin("POST", "/api/v1/rag/ask", json={"question": VAIN}))
    assert told["status"] == "answered" and told["citations"][0]["item_id"] == now["item_id"]
    text = data(door.admin("GET", f"/api/v1/items/{now['item_id']}/versions/1/text"))["text"]
    assert "Quelle: Preisblatt Führungen vom 1. Oktober 2026" in text and "Freigegeben von der Redaktion (Verwaltung)" in text
    assert door.nova.db.fetch_one("SELECT count(*) AS n FROM answers WHERE question = %s", [VAIN]) == {"n": 2}  # asking again keeps nothing
    undone = data(door.admin("DELETE", f"{API}/gap-steps/{step['step_id']}"))
    assert undone["undone_at"] and door.admin("DELETE", f"{API}/gap-steps/{step['step_id']}").status_code == 409
    assert door.admin("GET", f"/api/v1/items/{now['item_id']}").status_code == 404
    assert answer_id in [one["answer_id"] for one in data(door.admin("GET", f"{API}/unanswered"))["questions"]]
    assert [one["facts"]["what"] for one in (*audited(door, "gap.step"), *audited(door, "gap.step_undone"))][:2] == ["answer", "answer"]


def test_a_gap_that_is_answered_closes_and_opens_again_when_the_step_is_taken_back(door: Door) -> None:
    path = f"{API}/gaps/{gap(door)}"
    step = data(door.admin("POST", f"{path}/steps", json=NOTE), 201)
    now = measured(door, path, step["step_id"])
    assert (now["questions"], now["asked"], now["answered"], now["place"]["section"]) == (5, 5, 5, NOTE["question"])
    found = data(door.admin("GET", path))
    assert found["state"] == "closed" and found["last_step"]["step_id"] == step["step_id"]
    data(door.admin("DELETE", f"{API}/gap-steps/{step['step_id']}"))
    assert data(door.admin("GET", path))["state"] == "open"


def test_what_does_not_belong_here_is_no_gap_and_not_weak_until_it_is_taken_back(door: Door) -> None:
    gap_id = gap(door)
    for _ in range(FEWEST):
        answer(
            door.nova.db, datetime.now(UTC) - timedelta(minutes=4), "Wie oft sind Musterlampen zu prüfen?", subject_id=subject(door.nova.db)
        )
    assert weak(door) == (0.5, 10)
    step = data(door.admin("POST", f"{API}/gaps/{gap_id}/steps", json={"what": "outside"}), 201)
    assert (step["questions"], step["asks_again"], step["measured_at"]) == (5, False, None)
    assert weak(door) == (0.0, 10) and data(door.admin("GET", f"{API}/kpis/refused_share?days=1"))["value"] == 0.5
    assert data(door.admin("GET", f"{API}/gaps"))["gaps"] == []
    assert [one["gap_id"] for one in data(door.admin("GET", f"{API}/gaps?state=outside"))["gaps"]] == [gap_id]
    answer(door.nova.db, datetime.now(UTC), VAIN, status="refused", subject_id=subject(door.nova.db))
    measure(door)
    assert weak(door) == (0.0, 11)  # what is asked alike later does not belong here either
    assert door.admin("POST", f"{API}/gaps/{gap_id}/steps", json={"what": "outside"}).status_code == 409
    data(door.admin("DELETE", f"{API}/gap-steps/{step['step_id']}"))
    assert weak(door)[0] == pytest.approx(6 / 11) and data(door.admin("GET", f"{API}/gaps/{gap_id}"))["state"] == "open"


def test_one_question_that_does_not_belong_here(door: Door) -> None:
    answer_id = ask(door)
    step = data(door.admin("POST", f"{API}/unanswered/{answer_id}/steps", json={"what": "outside"}), 201)
    assert data(door.admin("GET", f"{API}/unanswered"))["total"] == 0
    assert data(door.admin("GET", f"{API}/unanswered?state=outside"))["questions"][0]["state"] == "outside"
    for _ in range(FEWEST):
        answer(door.nova.db, datetime.now(UTC), "Etwas ganz anderes?", subject_id=subject(door.nova.db))
    assert weak(door)[0] == 0.0
    data(door.admin("DELETE", f"{API}/gap-steps/{step['step_id']}"))
    assert weak(door)[0] == pytest.approx(1 / 6)


def test_words_are_in_the_vocabulary_and_go_again(door: Door) -> None:
    answer_id = ask(door, SHOW)
    path = f"{API}/unanswered/{answer_id}"
    step = data(door.admin("POST", f"{path}/steps", json=WORDS), 201)
    assert (step["phrases"], step["terms"]) == (WORDS["phrases"], WORDS["terms"])
    assert "Funzelschau" in data(door.admin("GET", f"{API}/vocabulary"))["text"]
    now = measured(door, path, step["step_id"])
    assert (now["after"], now["place"]["section"]) == ("answered", "§ 2 Absatz 1")
    data(door.admin("DELETE", f"{API}/gap-steps/{step['step_id']}"))
    assert "Funzelschau" not in data(door.admin("GET", f"{API}/vocabulary"))["text"]


def test_a_document_is_waited_for_and_stays_unless_it_is_to_go(door: Door) -> None:
    answer_id = ask(door)
    path = f"{API}/unanswered/{answer_id}"
    text = f"# Führungen\n\n## Wasserwerk\n\n{NOTE['answer']}\n"
    item_id = data(door.upload(text, "fuehrungen.md", kind="note"), 201)["item_id"]
    step = data(door.admin("POST", f"{path}/steps", json={"what": "document", "item_id": item_id}), 201)
    assert measured(door, path, step["step_id"])["after"] == "answered"
    data(door.admin("DELETE", f"{API}/gap-steps/{step['step_id']}"))
    assert door.admin("GET", f"/api/v1/items/{item_id}").status_code == 200
    other = data(door.admin("POST", f"{path}/steps", json={"what": "document", "item_id": item_id}), 201)
    data(door.admin("DELETE", f"{API}/gap-steps/{other['step_id']}", params={"remove": True}))
    assert door.admin("GET", f"/api/v1/items/{item_id}").status_code == 404


def test_a_document_that_is_there_and_was_not_found(door: Door) -> None:
    gap_id = gap(door, "Wann ist Quarzschau bei Musterlampen?")
    path = f"{API}/gaps/{gap_id}"
    ticket = data(door.admin("POST", f"{API}/tickets", json={"title": "Funzelschau", "kind": "knowledge", "gap_id": gap_id}), 201)
    assert ticket["cause"] is None
    AskingAgain(door.nova.db, door.nova.intake, door.nova.shelf, door.nova.answers).due(Context())  # type: ignore[arg-type]
    assert data(door.admin("GET", f"{API}/tickets/{ticket['ticket_id']}"))["cause"] in ("missing", "nearly")
    sections = data(door.admin("GET", f"{path}/sections"))["sections"]
    right = next(one for one in sections if one["section"] == "§ 2")
    assert "Quarzschau" in right["missing"] and "Prüfung" in right["terms"]
    step = data(door.admin("POST", f"{path}/steps", json={"what": "place", "section_id": right["section_id"]}), 201)
    assert step["place"]["section"] == "§ 2"
    found = data(door.admin("GET", f"{API}/tickets/{ticket['ticket_id']}"))
    assert found["cause"] == "there" and found["cause_text"].startswith("Das Dokument ist da, wurde aber nicht gefunden: § 2 MusterV")
    assert data(door.admin("GET", path))["place_source"] == "editor"
    data(door.admin("DELETE", f"{API}/gap-steps/{step['step_id']}"))
    assert data(door.admin("GET", path))["place"] is None
    named = data(door.admin("GET", f"{path}/sections", params={"q": "Anwendungsbereich"}))["sections"]
    assert named[0]["section"] == "§ 1"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (NOTE | {"source": None}, "Nennen Sie die Quelle der Antwort."),
        (NOTE | {"answer": None}, "Schreiben Sie die Antwort."),
        (NOTE | {"answer": "Fragen Sie Frau Erika Musterfrau, geboren am 3.4.1971."}, "frei von Personenbezug"),
        (WORDS | {"terms": []}, "Nennen Sie das Wort Ihrer Unterlagen."),
        (WORDS | {"phrases": ["wie"]}, "„wie“ ist zu allgemein"),
        ({"what": "document"}, "Nennen Sie das Dokument."),
        ({"what": "place"}, "Nennen Sie die Stelle."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_happens(door: Door, body: dict[str, Any], message: str) -> None:
    answer_id = ask(door)
    got = door.admin("POST", f"{API}/unanswered/{answer_id}/steps", json=body)
    assert got.status_code == 400 and message in got.text
    assert door.nova.db.fetch_all("SELECT 1 FROM gap_steps") == [] and not door.nova.settings.vocabulary_path.exists()


def test_who_may_do_what(door: Door) -> None:
    gap_id, answer_id = gap(door), ask(door)
    editor, engineer = door.person("luecken-redaktion", "reviewer"), door.person("luecken-technik", "engineer")
    path = f"{API}/unanswered/{answer_id}"
    assert editor("GET", path).status_code == 200 and engineer("GET", path).status_code == 403
    assert editor("POST", f"{path}/steps", json=WORDS).status_code == 403
    step = data(editor("POST", f"{path}/steps", json={"what": "outside"}), 201)
    data(editor("DELETE", f"{API}/gap-steps/{step['step_id']}"))
    assert engineer("GET", f"{API}/gaps/{gap_id}").status_code == 200
    for who in (editor, engineer):
        assert who("POST", f"{API}/gaps/{gap_id}/steps", json={"what": "outside"}).status_code == 403
        assert who("GET", f"{API}/gaps/{gap_id}/sections").status_code == 403


def test_of_four_people_nothing_can_be_seen_or_done_and_of_who_agreed_to_nothing_no_question(door: Door) -> None:
    gap_id = gap(door, people=FEWEST - 1)
    assert door.admin("POST", f"{API}/gaps/{gap_id}/steps", json={"what": "outside"}).status_code == 404
    assert door.admin("GET", f"{API}/gaps/{gap_id}/sections").status_code == 404
    assert data(door.admin("GET", f"{API}/unanswered"))["total"] == FEWEST - 1
    silent = door.person("luecke-still", agrees=("service",))
    data(silent("POST", "/api/v1/rag/ask", json={"question": VAIN}))
    assert data(door.admin("GET", f"{API}/unanswered"))["total"] == FEWEST - 1


def test_a_withdrawal_takes_what_was_done_about_a_question_with_it(door: Door) -> None:
    somebody = door.person("luecke-widerruf")
    got = data(somebody("POST", "/api/v1/rag/ask", json={"question": VAIN}))
    path = f"{API}/unanswered/{got['answer_id']}"
    step = data(door.admin("POST", f"{path}/steps", json=NOTE), 201)
    item_id = measured(door, path, step["step_id"])["item_id"]
    door.nova.agree("luecke-widerruf", ("analytics",), given=False)
    assert door.admin("GET", path).status_code == 404
    assert door.nova.db.fetch_all("SELECT 1 FROM gap_steps UNION ALL SELECT 1 FROM gap_step_questions") == []
    assert door.nova.db.fetch_all("SELECT 1 FROM items WHERE item_id = %s", [item_id]) == []


def test_the_same_by_command(door: Door, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    reach(door, monkeypatch, commands, kpi)
    gap_id, answer_id = gap(door), ask(door)

    def said(*words: str) -> str:
        assert run(list(words)) == 0
        return capsys.readouterr().out

    assert "noch nicht nachgesehen" in said("kpi", "--gaps") and gap_id in said("gaps", "list")
    assert VAIN[:40] in said("gaps", "questions") and "nichts gefunden" in said("gaps", "questions")
    told = said("gaps", "answer", answer_id, *(part for name in ("question", "answer", "source") for part in (f"--{name}", NOTE[name])))
    step_id = told.split("(")[1].split(")")[0]
    measured(door, f"{API}/unanswered/{answer_id}", step_id)
    shown = " ".join(said("gaps", "show", answer_id).split())
    assert "vorher: nichts gefunden → jetzt: beantwortet aus" in shown and datetime.now(BERLIN).strftime("%d.%m.") in shown
    assert "noch einmal" in said("gaps", "again", step_id) and "Zurückgenommen: Antwort geschrieben." in said("gaps", "undo", step_id)
    assert "Stelle" in said("gaps", "sections", gap_id) and "§" in said("gaps", "sections", gap_id, "--words", "Prüfung der Musterlampen")
    section = data(door.admin("GET", f"{API}/gaps/{gap_id}/sections?q=Musterlampen"))["sections"][0]["section_id"]
    said("gaps", "place", gap_id, section)
    assert "Dokument da, nicht gefunden: § " in said("gaps", "list")
    said("gaps", "words", gap_id, "--says", "Wasserwerkstour", "--means", "Führung")
    said("gaps", "outside", gap_id)
    assert "gehört nicht hierher" in said("gaps", "list", "--state", "fremd")
    assert run(["gaps", "show", str(uuid7())]) != 0 and "gibt es nicht" in capsys.readouterr().err
