"""Hostile requests: whatever is sent, the answer is an envelope and never an unforeseen error."""

import json
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.house import DESCRIPTION, Door

WORDS = st.sampled_from(
    ["question", "user_id", "type", "view", "anna", "meta", "ts", "event_id", "0001-01-01T00:00:00+14:00", "\x00", "\ud800", "'; --"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
BODIES = sorted(
    (method, path) for path, methods in DESCRIPTION["paths"].items() for method, operation in methods.items() if "requestBody" in operation
)


def body_for(path: str, method: str, draw: Any) -> Any:
    """A body with the right names, and values of any kind."""
    schema = DESCRIPTION["paths"][path][method]["requestBody"]["content"]
    name = next(iter(schema.values()))["schema"].get("$ref", "").rsplit("/", 1)[-1]
    fields = DESCRIPTION["components"]["schemas"].get(name, {}).get("properties", {})
    return {field: draw(VALUES | sensible(field)) for field in fields if draw(st.booleans())}


def sensible(field: str) -> st.SearchStrategy[Any]:
    """Values that pass the first check of a field."""
    known: dict[str, st.SearchStrategy[Any]] = {
        "question": st.text(min_size=1, max_size=30),
        "answer": st.text(min_size=1, max_size=30),
        "useful": st.booleans(),
        "user_id": st.just("hostile"),
        "type": st.just("view"),
        "ts": st.datetimes().map(str) | st.sampled_from(["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-01-01"]),
        "as_of": st.datetimes().map(str) | st.dates().map(str) | st.just("9999-12-31T23:59:59-14:00"),
        "meta": st.dictionaries(st.text(max_size=5), VALUES, max_size=3),
        "item_ids": st.just([str(uuid4())]),
        "action": st.sampled_from(["tag", "untag", "reindex", "delete"]),
        "tag": st.text(max_size=5),
        "key": st.text(max_size=30),
        "user": st.text(max_size=30),
        "messages": st.lists(st.fixed_dictionaries({"role": st.just("user"), "content": st.text(max_size=20)}), max_size=2),
        "text": st.text(max_size=30),
        "events": st.lists(st.fixed_dictionaries({"user_id": st.just("hostile"), "type": st.just("view"), "meta": VALUES}), max_size=2),
    }
    return known.get(field, st.none())


@pytest.mark.parametrize(("method", "path"), [row for row in BODIES if row[1] not in {"/api/v1/ingest/doc", "/api/v1/ingest/url"}])
@settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_no_body_breaks_a_route(door: Door, method: str, path: str, data: st.DataObject) -> None:
    body = json.dumps(body_for(path, method, data.draw))
    filled = path.replace("{item_id}", str(uuid4()))
    answer = door.admin(method, filled, content=body, headers={"content-type": "application/json"})
    assert answer.status_code < 500, (body, answer.text)


@pytest.mark.parametrize(
    "query",
    ["query=%00", "tag=%00", "offset=99999999999999999999", "limit=-1", "limit=1e9", "query=" + "x" * 300, "kind=%F0%9F", "sort=title;"],
)
def test_no_query_breaks_a_list(door: Door, query: str) -> None:
    for path in ("/api/v1/items", "/api/v1/admin/items", "/api/v1/jobs", "/api/v1/admin/audit", "/api/v1/rag/answers"):
        assert door.admin("GET", f"{path}?{query}").status_code < 500, path


def test_nesting_without_end_is_a_wrong_request(door: Door) -> None:
    answer = door.admin("POST", "/api/v1/events", content="[" * 100_000, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["data"]["code"]) == (400, "validation")


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\x00b.md", "C:\\x\\y.md", "\u202egnp.md", "x" * 5000 + ".md", "<img src=x>.md", ""])
def test_file_names_are_only_words(door: Door, name: str) -> None:
    answer = door.admin("POST", "/api/v1/ingest/doc", files={"file": (name, f"# Titel\n\nText {uuid4()} über Strom.\n".encode())})
    assert answer.status_code in (201, 400), answer.text
    if answer.status_code == 201:
        item = door.admin("GET", f"/api/v1/items/{answer.json()['data']['item_id']}").json()["data"]
        assert "/" not in item["filename"]
        assert "\\" not in item["filename"]
        door.admin("DELETE", f"/api/v1/admin/items/{item['item_id']}")
