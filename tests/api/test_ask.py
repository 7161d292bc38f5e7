"""Asking: whole answers, streams, history, starters and the line in front."""

import json
from typing import Any

from tests.api.house import QUESTION, Door


def events(text: str) -> list[tuple[str, Any]]:
    """A stream's events."""
    found = []
    for block in text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if lines:
            found.append((lines["event"], json.loads(lines["data"])))
    return found


def test_an_answer_cites_the_document(door: Door) -> None:
    answer = door.admin("POST", "/api/v1/rag/ask", json={"question": QUESTION}).json()["data"]
    assert answer["status"] == "answered"
    citation = answer["citations"][0]
    assert "drei Jahre" in citation["quote"]
    assert f"[chunk {citation['chunk_id']}]" in answer["answer"]
    assert answer["chunks_used"] == [citation["chunk_id"]]
    assert answer["sentences"][0]["citations"] == [citation["number"]]
    assert citation["payload"]["path"]
    text = door.admin(
        "GET", f"/api/v1/items/{citation['item_id']}/versions/1/text", params={"start": citation["start"], "end": citation["end"]}
    )
    assert text.json()["data"]["text"] == citation["quote"]


def test_a_stream_tells_its_steps_and_ends_with_the_same_answer(door: Door) -> None:
    response = door.admin("POST", "/api/v1/rag/ask", json={"question": QUESTION, "stream": True})
    assert response.headers["content-type"].startswith("text/event-stream")
    told = events(response.text)
    names = [name for name, _ in told]
    assert names[:2] == ["status", "passages"]
    assert names[-2:] == ["sentence", "final"]
    sentence, final = told[-2][1], told[-1][1]
    assert sentence["checked"]
    fresh = [citation for name, data in told if name == "sentence" for citation in data["new_citations"]]
    assert fresh == final["citations"]
    assert final["sentences"][-1]["text"] == sentence["text"]
    assert door.client.app.state.house.rooms.asking.inside == 0  # type: ignore[attr-defined]


def test_what_the_documents_do_not_answer_is_refused_with_a_next_question(door: Door) -> None:
    answer = door.admin("POST", "/api/v1/rag/ask", json={"question": "Wie hoch ist der Eiffelturm in Paris?"}).json()["data"]
    assert answer["status"] == "refused"
    assert answer["citations"] == []


def test_filters_and_days_reach_the_search(door: Door) -> None:
    nothing = [{"filters": {"tag": "gibtesnicht"}}, {"filters": {"kind": "note"}}, {"as_of": "2001-01-01"}]
    for body in nothing:
        answer = door.admin("POST", "/api/v1/rag/ask", json={"question": QUESTION, **body}).json()["data"]
        assert answer["status"] == "refused", body
    answer = door.admin("POST", "/api/v1/rag/ask", json={"question": QUESTION, "as_of": "2199-01-01T00:00:00Z"}).json()["data"]
    assert answer["status"] == "answered"


def test_the_history_is_ones_own(door: Door) -> None:
    anna, ben = door.person("anna"), door.person("ben")
    said = anna("POST", "/api/v1/rag/ask", json={"question": QUESTION}).json()["data"]
    first = said["answer_id"]
    anna("POST", "/api/v1/rag/ask", json={"question": "Meine Mail ist anna@example.org, was gilt für Musterlampen?"})
    page = anna("GET", "/api/v1/rag/answers", params={"limit": 1}).json()["data"]
    assert "anna@example.org" not in page["answers"][0]["question"]
    rest = anna("GET", "/api/v1/rag/answers", params={"before": page["next_before"]}).json()["data"]
    assert [row["answer_id"] for row in rest["answers"]] == [first]
    assert rest["next_before"] is None
    assert ben("GET", "/api/v1/rag/answers").json()["data"]["answers"] == []
    for method in ("GET", "DELETE"):
        assert ben(method, f"/api/v1/rag/answers/{first}").status_code == 404
    kept = anna("GET", f"/api/v1/rag/answers/{first}").json()["data"]
    assert kept["question"] == QUESTION
    assert [kept[name] for name in ("sentences", "next_question", "outcome")] == [
        said[name] for name in ("sentences", "next_question", "outcome")
    ]
    assert anna("DELETE", f"/api/v1/rag/answers/{first}").json()["data"] == {"deleted": True}
    assert anna("GET", f"/api/v1/rag/answers/{first}").status_code == 404


def test_starters_come_from_the_documents(door: Door) -> None:
    questions = door.person("anna")("GET", "/api/v1/rag/starters").json()["data"]["questions"]
    assert any("MusterV" in question for question in questions)


def test_a_judgement_and_events_are_stored(door: Door) -> None:
    anna = door.person("anna")
    answer = anna("POST", "/api/v1/rag/ask", json={"question": QUESTION}).json()["data"]
    judged = {"question": QUESTION, "answer": answer["answer"], "useful": False, "reason": "quelle", "answer_id": answer["answer_id"]}
    assert anna("POST", "/api/v1/feedback/rag", json=judged | {"chunks_used": answer["chunks_used"]}).json()["data"] == {"saved": True}
    event = {"user_id": "anna", "type": "view", "event_id": answer["answer_id"], "meta": {"page": "fragen"}}
    assert anna("POST", "/api/v1/events", json=event).json()["data"] == {"saved": True}
    batch = anna("POST", "/api/v1/events/batch", json={"events": [event, event | {"event_id": None}]}).json()["data"]
    assert batch == {"saved": 1, "duplicates": 1}
    overview = anna("GET", "/api/v1/metrics/overview").json()["data"]
    assert overview["feedback"] == {"useful": None, "not_useful": None}  # of one person nobody is told


def test_someone_elses_events_are_refused(door: Door) -> None:
    answer = door.person("anna")("POST", "/api/v1/events", json={"user_id": "ben", "type": "view"})
    assert (answer.status_code, answer.json()["data"]["code"]) == (403, "not_allowed")
