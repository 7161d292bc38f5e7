"""Every kind of error comes in the envelope, with a stable code and a German message."""

import json
from typing import Any
from uuid import uuid4

import pytest

from nova.errors import ServerAbsent
from tests.api.house import LAW, Door


def code(answer: Any) -> tuple[int, str]:
    """Status and code."""
    return answer.status_code, answer.json()["data"]["code"]


def test_unknown_paths_and_methods(door: Door) -> None:
    assert code(door.client.get("/api/v1/nope")) == (404, "not_found")
    assert code(door.client.get("/api")) == (404, "not_found")
    assert code(door.client.post("/api/v1/nope", json={})) == (404, "not_found")
    answer = door.client.put("/api/v1/system/info")
    assert code(answer) == (405, "method_not_allowed")
    assert answer.headers["allow"] == "GET"
    assert code(door.client.post("/fragen")) == (405, "method_not_allowed")


@pytest.mark.parametrize(
    ("body", "field", "message"),
    [
        ({}, "question", "Diese Angabe fehlt."),
        ({"question": "  "}, "question", "Hier fehlt der Text."),
        ({"question": "x" * 2001}, "question", "Höchstens 2000 Zeichen."),
        ({"question": "x", "top_k": 51}, "top_k", "Höchstens 50."),
        ({"question": "x", "top_k": "viele"}, "top_k", "Hier wird eine ganze Zahl erwartet."),
        ({"question": "x", "filters": {"kind": "buch"}}, "filters.kind", "Erlaubt sind: document, regulation, note."),
        ({"question": "x", "filters": {"farbe": "rot"}}, "filters.farbe", "Diese Angabe ist hier nicht vorgesehen."),
        (
            {"question": "x", "as_of": "gestern"},
            "as_of",
            "Hier wird ein Datum oder Zeitpunkt erwartet (2026-11-21 oder 2026-11-21T10:00:00Z).",
        ),
        (
            {"question": "x", "as_of": "2026-13-01"},
            "as_of",
            "Hier wird ein Datum oder Zeitpunkt erwartet (2026-11-21 oder 2026-11-21T10:00:00Z).",
        ),
        ({"question": "x", "as_of": "0001-01-01"}, "as_of", "Die Jahre gehen von 1900 bis 2200."),
        ({"question": "x", "as_of": "9999-12-31T23:59:59-14:00"}, "as_of", "Die Jahre gehen von 1900 bis 2200."),
        ([], "body", "Hier wird ein Objekt erwartet."),
    ],
)
def test_wrong_fields_are_named_in_german(door: Door, body: Any, field: str, message: str) -> None:
    answer = door.admin("POST", "/api/v1/rag/ask", json=body)
    assert code(answer) == (400, "validation")
    assert {"field": field, "message": message} in answer.json()["data"]["fields"]


def test_no_json_is_a_wrong_request_too(door: Door) -> None:
    answer = door.admin("POST", "/api/v1/rag/ask", content=b"{", headers={"content-type": "application/json"})
    assert code(answer) == (400, "validation")
    answer = door.admin("POST", "/api/v1/rag/ask", content=b"question=x")
    assert code(answer) == (400, "validation")


def test_the_room_s_own_check_is_an_answer_too(door: Door) -> None:
    assert code(door.admin("POST", "/api/v1/rag/ask", json={"question": "???"})) == (400, "validation")


def test_what_is_not_there_is_not_found(door: Door) -> None:
    for path in (
        "/api/v1/items/{}",
        "/api/v1/jobs/{}",
        "/api/v1/rag/answers/{}",
        "/api/v1/admin/items/{}",
        "/api/v1/items/{}/versions/1/text",
    ):
        assert code(door.admin("GET", path.format(uuid4()))) == (404, "not_found"), path
        assert code(door.admin("GET", path.format("x"))) == (400, "validation"), path


def test_the_same_document_again_names_the_first(door: Door) -> None:
    answer = door.upload()
    assert code(answer) == (409, "duplicate")
    data = answer.json()["data"]
    assert data["title"] == "Verordnung über Musterlampen (MusterV)"
    assert door.admin("GET", f"/api/v1/items/{data['item_id']}").status_code == 200


def test_a_file_of_no_known_kind_is_refused(door: Door) -> None:
    answer = door.admin("POST", "/api/v1/ingest/doc", files={"file": ("x.bin", bytes(range(256)) * 10)})
    assert code(answer) == (400, "unsupported_file")


def test_an_upload_without_a_file_is_refused(door: Door) -> None:
    assert code(door.admin("POST", "/api/v1/ingest/doc", data={"kind": "document"})) == (400, "validation")


def test_large_bodies_are_refused_before_they_are_parsed(door: Door) -> None:
    answer = door.admin("POST", "/api/v1/rag/ask", content=b"x" * (2 * 1024 * 1024 + 1), headers={"content-type": "application/json"})
    assert code(answer) == (413, "too_large")
    assert "2 MiB" in answer.json()["message"]
    answer = door.upload(LAW + "x" * (1024 * 1024 + 200 * 1024))
    assert code(answer) == (413, "too_large")


def test_a_body_that_hides_its_length_is_counted(door: Door) -> None:
    def pieces() -> Any:
        yield from (b" " * 65536 for _ in range(40))

    answer = door.admin("POST", "/api/v1/rag/ask", content=pieces(), headers={"content-type": "application/json"})
    assert code(answer) == (413, "too_large")
    boundary = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'

    def form() -> Any:
        yield boundary
        yield from (b"a" * 65536 for _ in range(30))
        yield b"\r\n--b--\r\n"

    answer = door.admin("POST", "/api/v1/ingest/doc", content=form(), headers={"content-type": "multipart/form-data; boundary=b"})
    assert code(answer) == (413, "too_large")


def test_a_broken_form_is_a_wrong_request(door: Door) -> None:
    answer = door.admin("POST", "/api/v1/ingest/doc", content=b"--b\r\nfoo", headers={"content-type": "multipart/form-data; boundary=x"})
    assert code(answer) == (400, "validation")


def test_an_absent_server_is_named(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*_: Any, **__: Any) -> Any:
        raise ServerAbsent("Die Datenbank antwortet nicht.")

    monkeypatch.setattr(door.nova.jobs, "list", absent)
    answer = door.admin("GET", "/api/v1/jobs")
    assert code(answer) == (503, "server_absent")
    assert answer.json()["message"] == "Die Datenbank antwortet nicht."


def test_an_unforeseen_error_says_nothing_but_its_trace_id(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("geheimes Detail")

    monkeypatch.setattr(door.nova.jobs, "list", broken)
    answer = door.admin("GET", "/api/v1/jobs")
    assert code(answer) == (500, "internal")
    assert "geheim" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["content-security-policy"]


def test_an_error_inside_a_stream_is_its_last_event(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door.nova.index, "search", lambda *_: (_ for _ in ()).throw(ServerAbsent("Der Index antwortet nicht.")))
    answer = door.admin("POST", "/api/v1/rag/ask", json={"question": "Was gilt für Lampen?", "stream": True})
    last = answer.text.strip().split("\n\n")[-1].splitlines()
    assert last[0] == "event: error"
    data = json.loads(last[1].removeprefix("data: "))
    assert (data["code"], data["message"], data["trace_id"]) == (
        "server_absent",
        "Der Index antwortet nicht.",
        answer.headers["x-trace-id"],
    )
    assert door.client.app.state.house.rooms.asking.inside == 0  # type: ignore[attr-defined]


def test_what_cannot_be_stored_or_checked_is_a_wrong_request(door: Door) -> None:
    deep: Any = "x"
    for _ in range(100):
        deep = [deep]
    user = {"user_id": door.nova.person("hans"), "type": "view"}
    assert code(door.admin("POST", "/api/v1/events", json=user | {"meta": {"deep": deep}})) == (400, "privacy")
    for meta in ({"a": "\x00"}, {"\x00": 1}, {"a": "x" * 20_000}, {"a": [0] * 20_000}):
        assert code(door.admin("POST", "/api/v1/events", json=user | {"meta": meta})) == (400, "validation"), meta
    assert code(door.admin("POST", "/api/v1/rag/ask", json={"question": "Was gilt\x00 für Lampen?"}))[0] in (200, 400)
    assert code(door.admin("GET", "/api/v1/admin/items", params={"query": "\x00"})) == (400, "validation")
