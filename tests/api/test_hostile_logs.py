"""Nothing a stranger sends is written down: a mark in every place of a request, and no log that holds it."""

import io
import json
import socket
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from nova.errors import ServerAbsent
from nova.store.postgres.embedded import Running
from tests.api.house import ADMIN_KEY, Door

MARK = "zqxjkvmark"
BODY = {
    "question": f"Was ist {MARK}?",
    "user_id": MARK,
    "type": MARK,
    "meta": {MARK: MARK},
    "url": f"http://{MARK}.invalid/{MARK}",
    "key": MARK,
}


def attempts(door: Door) -> Iterator[Any]:
    """Requests with the mark in their tokens, keys, cookies, headers, addresses, names and bodies, right and wrong ones."""
    ask, client = door.admin, door.client
    person = {"Authorization": f"Bearer {door.nova.token(MARK)}"}
    for headers in (
        {"Authorization": f"Bearer {MARK}"},
        {"X-Admin-Key": MARK},
        {"Cookie": f"nova_session={MARK}"},
        {MARK: MARK},
        {"Host": MARK},
    ):
        yield client.get(f"/api/v1/jobs?{MARK}={MARK}", headers=headers)
    for path in (f"/{MARK}", f"/api/v1/{MARK}", f"/api/v1/items/{MARK}", f"/assets/{MARK}.js", f"/api/v1/jobs?state={MARK}", f"/{MARK}%00"):
        yield ask("GET", path)
    for path, method in (
        ("/api/v1/rag/ask", "POST"),
        ("/api/v1/events", "POST"),
        ("/api/v1/session", "POST"),
        ("/api/v1/ingest/url", "POST"),
    ):
        for content in (
            json.dumps(BODY),
            f'{{"{MARK}": ',
            f'"{MARK}"',
            MARK,
            json.dumps({"question": MARK}),
            json.dumps({"key": MARK, MARK: 1}),
        ):
            yield ask(method, path, content=content, headers={"content-type": "application/json"})
    yield client.post("/api/v1/rag/ask", headers=person, json={"question": f"Wie oft ist {MARK} zu prüfen?"})
    yield client.post("/api/v1/rag/ask", headers=person, json={"question": f"Wie oft ist {MARK} zu prüfen?", "stream": True})
    yield client.post("/v1/chat/completions", headers=person, json={"messages": [{"role": "user", "content": f"{MARK}?\0"}]})
    yield client.post("/api/v1/events", headers=person, json={"user_id": MARK, "type": "view", "meta": {"a": f"{MARK}\0"}})
    yield client.post("/api/v1/events", headers=person, json={"user_id": MARK, "type": "view", "meta": {"a": MARK}})
    yield client.post("/api/v1/feedback/rag", headers=person, json={"question": MARK, "answer": MARK, "useful": True, "notes": MARK})
    for content in (f"# {MARK}\n\nText {MARK}.\n".encode(), b"%PDF-1.7 " + MARK.encode(), MARK.encode() + bytes(50)):
        yield ask("POST", "/api/v1/ingest/doc", files={"file": (f"{MARK}.md", content)}, data={"tags": MARK})
    yield ask("POST", "/api/v1/ingest/doc", content=MARK, headers={"content-type": f"multipart/form-data; boundary={MARK}"})
    yield ask("PUT", "/api/v1/admin/vocabulary", json={"text": f"{MARK}: [\n", "version": "0" * 12})
    yield ask("POST", "/api/v1/admin/keys", json={"user": MARK, "label": MARK})
    client.cookies.clear()


def test_no_log_line_holds_what_was_sent(door: Door, address: str, written: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    statuses = {answer.status_code for answer in attempts(door)}
    assert {200, 201, 400, 401, 403, 404} <= statuses
    host, port = address.removeprefix("http://").split(":")
    for data in (f"{MARK}\r\n\r\n", f"GET /{MARK} HTTP/9\r\n\r\n", f"GET / HTTP/1.1\r\nHost: x\r\n{MARK} {MARK}\r\n\r\n"):
        with socket.create_connection((host, int(port)), timeout=5) as connection:
            connection.sendall(data.encode())
            connection.recv(1 << 16)
    httpx.get(f"{address}/{MARK}?{MARK}={MARK}", headers={"Authorization": f"Bearer {MARK}", "X-Admin-Key": ADMIN_KEY})
    monkeypatch.setattr(door.nova.index, "search", lambda *_: (_ for _ in ()).throw(ServerAbsent("Der Index antwortet nicht.")))
    door.admin("POST", "/api/v1/rag/ask", json={"question": f"Was ist {MARK}?"})
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert sum(line["event"] == "request" for line in lines) > 40
    for line in lines:
        assert MARK not in json.dumps(line), line
    assert ADMIN_KEY not in written.getvalue()


def test_the_routes_that_are_logged_are_those_that_exist(door: Door, written: io.StringIO) -> None:
    for path in (f"/{MARK}", f"/api/v1/{MARK}", "/api/v1/jobs", f"/api/v1/items/{MARK}", f"/assets/{MARK}.js"):
        door.admin("GET", path)
    routes = [json.loads(line)["route"] for line in written.getvalue().splitlines() if '"request"' in line]
    assert routes == ["(web)", "(none)", "/api/v1/jobs", "/api/v1/items/{item_id}", "(web)"]


def test_the_database_writes_down_no_values_either(door: Door, postgres: Running, written: io.StringIO) -> None:
    for answer in attempts(door):
        assert answer.status_code < 500
    found = [path for path in postgres._where.log.parent.rglob("*.log") if MARK in path.read_text("utf-8", "replace")]
    assert found == []
