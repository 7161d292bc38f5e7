"""Measured quality over HTTP: figures, their days and parts, CSV, gaps, quality of passages, labels, the job, and who may see it."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from nova.cli.client import Client
from nova.cli.quality import kpi as command
from nova.cli.root import nova as root
from nova.crowd import FEWEST
from nova.errors import NotFound
from nova.kpi.measure.registry import KPIS
from nova.store.ids import uuid7
from nova.wiring.alarms import measuring_of
from tests.api.house import ADMIN_KEY, QUESTION, Door, Person
from tests.fakes.running import Context
from tests.rooms.kpi.house import Said, answer, conversation, subject

API = "/api/v1/admin"
NOW = datetime.now(UTC)


def data(got: Any, status: int = 200) -> Any:
    assert got.status_code == status, got.text
    return got.json()["data"]


def measured(door: Door) -> dict[str, Any]:
    return measuring_of(door.nova).due(datetime.now(UTC), Context())  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _clean(door: Door) -> Iterator[None]:
    yield
    door.nova.db.execute("TRUNCATE kpi_hours, kpi_measured, knowledge_gaps, answers, conversations CASCADE")


def test_a_question_asked_is_measured_with_its_numbers(door: Door) -> None:
    asked = [data(who("POST", "/api/v1/rag/ask", json={"question": QUESTION})) for who in crowd(door)][-1]
    assert asked["status"] == "answered"
    kept = door.nova.db.fetch_one("SELECT retrieval FROM answers WHERE answer_id = %s", [asked["answer_id"]])
    assert kept is not None and kept["retrieval"]["margin"] > 1 and kept["retrieval"]["readings"] >= 1
    spans = [asked["answer"][start:end] for start, end, *_ in kept["retrieval"]["said"]]
    assert spans == [sentence["text"] for sentence in asked["sentences"]]
    assert measured(door)["hours"] >= 1
    until = datetime.fromisoformat(data(door.admin("GET", f"{API}/kpis"))["measured_to"])
    assert until <= datetime.now(UTC)  # of an hour that still runs nobody knows the rest
    found = {one["name"]: one for one in data(door.admin("GET", f"{API}/kpis"))["kpis"]}
    assert list(found) == list(KPIS)
    assert found["answers"]["value"] == 5 and found["cited_share"]["value"] == 1.0 and found["valid_citations"]["value"] == 1.0
    assert found["groundedness"]["value"] > 0.9 and found["unknown_share"]["n"] == 5
    assert found["latency_p50_ms"]["value"] > 0 and found["refused_share"]["high"] > 0
    assert found["cited_share"]["before"] == {"value": None, "n": 0, "low": None, "high": None, "few": False}


def crowd(door: Door) -> list[Person]:
    """As many people as may be told of together."""
    return [door.person(f"viele-{number}") for number in range(FEWEST)]


def test_of_four_people_nothing_is_told(door: Door) -> None:
    for who in [subject(door.nova.db) for _ in range(FEWEST - 1)] * 3:
        answer(door.nova.db, NOW, "Welche Förderung gibt es für Wärmepumpen?", status="refused", subject_id=who)
    assert measured(door)["gaps"] == 1
    few = {"value": None, "n": 0, "low": None, "high": None, "few": True}
    got = data(door.admin("GET", f"{API}/kpis/refused_share?days=1"))
    assert {name: got[name] for name in few} == few == {name: got["days"][0][name] for name in few}
    assert "zu wenige Personen" in door.admin("GET", f"{API}/kpis/refused_share/export?days=1").text
    assert data(door.admin("GET", f"{API}/gaps")) == {"gaps": [], "total": 0}
    with door.nova.db.transaction() as conn:
        gap_id = conn.execute("SELECT gap_id FROM knowledge_gaps").fetchone()["gap_id"]  # type: ignore[index]
    assert door.admin("GET", f"{API}/gaps/{gap_id}").status_code == 404
    answer(door.nova.db, NOW, "?", subject_id=subject(door.nova.db))
    measured(door)
    assert data(door.admin("GET", f"{API}/kpis/refused_share?days=1"))["n"] == 3 * (FEWEST - 1) + 1


def test_a_figure_by_day_and_part_with_control_charts(door: Door) -> None:
    people = [subject(door.nova.db) for _ in range(FEWEST)]
    for day, who in product(range(12), people):
        told = {"status": "refused" if day == 0 else "answered", "model": "sophia" if day % 2 else "", "subject_id": who}
        answer(door.nova.db, NOW - timedelta(days=day), "?", **told)
    measured(door)
    got = data(door.admin("GET", f"{API}/kpis/refused_share?days=14"))
    assert got["title"] == "Ohne Antwort" and len(got["days"]) >= 9
    assert got["days"][-1]["value"] == 1.0 and got["days"][-1]["high"] == 1.0
    assert {part["segment"] for part in got["segments"]} == {"model:sophia"}
    assert got["ewma"]["out"] == "" and got["cusum"]["since"] is None
    part = data(door.admin("GET", f"{API}/kpis/answers?days=14&segment=model:sophia"))
    assert part["segment"] == "model:sophia" and part["value"] < got["n"]


def test_days_as_csv(door: Door) -> None:
    for _ in range(FEWEST):
        answer(door.nova.db, NOW, "?", subject_id=subject(door.nova.db))
    measured(door)
    got = door.admin("GET", f"{API}/kpis/answers/export?days=2")
    assert got.headers["content-type"].startswith("text/csv") and "nova-kpi-answers.csv" in got.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(got.text)))
    assert [(row["wert"], row["faelle"]) for row in rows] == [("5.0", "5")]


def test_an_unknown_figure_and_an_unknown_gap_are_not_there(door: Door) -> None:
    assert "Diese Kennzahl gibt es nicht" in door.admin("GET", f"{API}/kpis/wetter").json()["message"]
    for path in ("kpis/wetter", "kpis/wetter/export", f"gaps/{uuid7()}"):
        assert door.admin("GET", f"{API}/{path}").status_code == 404


def test_gaps_with_their_questions(door: Door) -> None:
    for text in ("Welche Förderung gibt es für Wärmepumpen?", *["Wie hoch ist die Förderung einer Wärmepumpe?"] * 4):
        answer(door.nova.db, NOW - timedelta(minutes=5), text, status="refused", subject_id=subject(door.nova.db))
    assert measured(door)["gaps"] == 1
    listed = data(door.admin("GET", f"{API}/gaps"))
    assert listed["total"] == 1 and listed["gaps"][0]["questions"] == 5
    gap = data(door.admin("GET", f"{API}/gaps/{listed['gaps'][0]['gap_id']}"))
    assert data(door.person("technik-luecke", "engineer")("GET", f"{API}/gaps/{gap['gap_id']}"))["asked"] == []
    assert len(gap["asked"]) == 5 and all("Wärmepumpe" in one["question"] for one in gap["asked"])
    assert data(door.admin("GET", f"{API}/gaps?state=closed"))["gaps"] == []


def test_how_useful_what_is_cited_was(door: Door) -> None:
    everyone = crowd(door)
    for number, who in enumerate(everyone):
        assert data(door.admin("GET", f"{API}/quality")) == {"rows": [], "total": 0}, number
        asked = data(who("POST", "/api/v1/rag/ask", json={"question": QUESTION}))
        judged = {"question": QUESTION, "answer": "Das.", "useful": True, "answer_id": asked["answer_id"]}
        assert who("POST", "/api/v1/feedback/rag", json=judged).status_code == 200
    (row,) = data(door.admin("GET", f"{API}/quality"))["rows"]
    assert (row["cited"], row["useful"], row["not_useful"], row["chunk_id"]) == (5, 5, 0, None)
    assert row["share"] == pytest.approx(6 / 7) and 0 < row["low"] < 0.5 < row["high"] < 1
    for sort in ("useful", "worst"):
        chunks = data(door.admin("GET", f"{API}/quality?by=chunk&sort={sort}"))
        assert {one["chunk_id"] for one in chunks["rows"]} == set(asked["chunks_used"])


def test_a_reviewer_labels_a_turn_and_an_engineer_does_not(door: Door) -> None:
    one = conversation(door.nova.db, NOW, ["Aha."], subject(door.nova.db))
    path = f"{API}/conversations/{one}/turns/0/sentiment"
    reviewer, engineer = door.person("lektorin", "reviewer"), door.person("technikerin", "engineer")
    assert data(reviewer("PUT", path, json={"label": "negative"})) == {"labels": 1, "needed": 200}
    assert engineer("PUT", path, json={"label": "negative"}).status_code == 403
    assert reviewer("PUT", path.replace("/0/", "/7/"), json={"label": "negative"}).status_code == 404
    assert reviewer("GET", f"{API}/kpis").status_code == 403 and engineer("GET", f"{API}/kpis").status_code == 200


def test_measuring_is_a_job_and_what_is_due_is_queued_once(door: Door) -> None:
    span = {"from": "2026-01-01T00:00:00Z", "to": "2026-01-01T03:00:00Z"}
    again = data(door.admin("POST", f"{API}/kpis/measure", json=span))["job_id"]
    first = data(door.admin("POST", f"{API}/kpis/measure", json={}))["job_id"]
    assert again != first
    assert data(door.admin("POST", f"{API}/kpis/measure", json={}))["job_id"] == first
    assert door.admin("POST", f"{API}/kpis/measure", json={"from": span["to"], "to": span["from"]}).status_code == 400
    assert door.admin("POST", f"{API}/kpis/measure", json={"from": span["from"]}).status_code == 400
    ahead = {"from": "2199-01-01T00:00:00Z", "to": "2199-01-02T00:00:00Z"}
    assert "Zukunft" in door.admin("POST", f"{API}/kpis/measure", json=ahead).json()["message"]
    noted = data(door.admin("GET", f"{API}/audit", params={"action": "kpi.measure"}))["entries"]
    assert [(one["target"], one["facts"]) for one in noted[:2]] == [(first, {}), (again, span)]


def test_a_cited_sentence_of_a_person_is_grounded(door: Door) -> None:
    for _ in range(FEWEST):
        answer(door.nova.db, NOW, "?", [Said("Das steht nirgends.", checked=False)], subject_id=subject(door.nova.db))
    measured(door)
    assert data(door.admin("GET", f"{API}/kpis/groundedness"))["value"] == 0.0


def test_the_command_shows_what_the_api_says(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        answer(door.nova.db, NOW, "Welche Förderung gibt es?", status="refused", ms=1234.0, subject_id=subject(door.nova.db))
        answer(door.nova.db, NOW, "Welche Förderung gibt es denn?", ms=1234.0, subject_id=subject(door.nova.db), margin=1.0)
    measured(door)

    def passed_on(asked: httpx.Request) -> httpx.Response:
        got = door.admin(asked.method, str(asked.url).removeprefix("http://nova.test"), content=asked.read())
        return httpx.Response(got.status_code, content=got.content, headers={"content-type": got.headers["content-type"]})

    @contextmanager
    def session(_: object) -> Iterator[Client]:
        yield Client("http://nova.test", ADMIN_KEY, transport=httpx.MockTransport(passed_on))

    monkeypatch.setattr(command, "session", session)

    def nova(*words: str) -> str:
        done = CliRunner().invoke(root, ["kpi", *words], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    table = nova()
    assert "Ohne Antwort" in table and "50,0 %" in table and "Gemessen bis" in table
    one = nova("refused_share", "--days", "2")
    assert "Ohne Antwort: 50,0 % (6 Fälle)" in one and "18,8 % – 81,2 %" in one
    assert json.loads(nova("answers", "--json"))["value"] == 6
    assert "1.2" in nova("latency_p50_ms")
    assert "Förderung" in nova("--gaps")
    wrong = CliRunner().invoke(root, ["kpi", "answers", "--segment", "model:nirgends"])
    assert isinstance(wrong.exception, NotFound)
    assert wrong.exception.message == "Zum Teil „model:nirgends“ ist bei „Antworten“ nichts gemessen. Gemessene Teile: keine."
    assert "Namen einer Kennzahl" in CliRunner().invoke(root, ["kpi", "--segment", "model:sophia"]).output
