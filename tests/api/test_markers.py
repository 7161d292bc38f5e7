"""Everybody plants a marker in everything they can make; then every route is asked by every role, and nobody reads another's marker.

A marker is a word that stands nowhere else: in titles, headings, texts, tags, file names, questions, answers, notes, events, meters, plans,
recommendations, jobs and tokens. Who may read whose, and why, stands in `MAY` and `COMPANYS`; which counts may move, in `COUNTED` and
`RESTLESS`. A new route is asked like any other: it tells nobody of anybody, or needs a line here.
"""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest

from nova.crowd import FEWEST
from nova.governance.tokens import TokenRequest, issue_token
from nova.records import Caller
from nova.roles import STAFF
from nova.store.ids import uuid7
from nova.store.quality import review, tickets
from nova.store.quality.tickets import NewTicket
from tests.api.test_matrix import ALL, DESTROYS, ENDLESS, EVERYBODY, OPEN, PERSONS, ROLE_OF, TAKEN_ONCE, Operation, Things, World, world
from tests.fakes.marked import Marked, planted

__all__ = ["world"]
pytestmark = pytest.mark.slow

PEOPLE = tuple(name for name in PERSONS if ROLE_OF[name] != "admin")
OPERATORS = ("olga", "admin")
ASKERS = (*PEOPLE, *OPERATORS)
MARKS = {name: f"Quarzmarke{name}" for name in ASKERS}
AGREED = "Who asked agrees to `analytics`: reviewers look at questions and answers (consent text, ADR 0037)."
RUNS = "Operators run the house and is asked for it by name (ADR 0033)."
# The routes on which a role reads what is somebody else's, and why.
MAY: dict[str, dict[str, str]] = {
    "reviewer": dict.fromkeys(
        (
            "list_reviews", "next_review", "get_review", "claim_review", "decide_review", "undo_review", "export_curated",
            "list_second_opinions", "get_second_opinion", "give_second_opinion", "settle_second_opinion",
            "list_conversations", "get_conversation", "search_conversations", "list_unanswered",
        ),
        AGREED,
    ),
    "admin": dict.fromkeys(
        (
            "list_all_items", "list_items", "list_jobs", "list_own_answers", "get_ingest_metrics", "list_keys",
            "list_meters", "list_imports",
            "list_recommendations", "list_schedules", "list_forecasts", "stream_live", "stream_data", "list_reviews", "next_review",
            "export_curated", "list_conversations", "search_conversations", "list_audit", "list_tickets", "list_erasures", "list_consents",
            "recommend_passages", "list_unanswered",
        ),
        RUNS,
    ),
}  # fmt: skip
STAFFS = "What operators make of the company's alone is read by who works for it."
COMPANYS = {
    "list_meters", "list_imports", "list_recommendations", "list_schedules", "list_tickets", "open_ticket", "get_ticket", "change_ticket",
    "stream_data", "list_audit", "list_jobs", "stream_live",
}  # fmt: skip
# What changes from look to look by itself, so that a count in it says nothing.
RESTLESS = {
    "get_monitor": "processor, memory, disk", "get_health": "latencies", "get_metrics": "counts these requests themselves",
    "ask_luna": "every answer has an id of its own", "complete_chat": "every answer has an id of its own",
    "recommend_passages": "one place in ten is drawn by lot", "get_own_data": "names the moment it was made at",
    "list_own_tokens": "when each was last used", "list_own_sessions": "when each was last used",
    "list_audit": "reading is noted in it", "verify_audit": "reading is noted in it",
}  # fmt: skip
# Counts that change with what one person does, and why they may: five people of these tests did it, or the reader examines it by pseudonym.
COUNTED = dict.fromkeys(
    ("get_overview", "get_progress", "get_summary", "list_corpora"),
    "figures of at least five people; of four: test_kpi.py, test_progress.py, test_dataset_stops.py",
)
COUNTED |= dict.fromkeys(("list_jobs", "get_ingest_metrics"), "who sees the operation sees that there is a job, not what it is about")
COUNTED |= dict.fromkeys(("list_consents", "list_consent_log"), "auditors see by pseudonym who said what (ADR 0033)")


@pytest.fixture(scope="module")
def marked(world: World) -> dict[str, Marked]:
    """Everybody's things with their marker in them."""
    return plant(world, 1)


def plant(world: World, number: int) -> dict[str, Marked]:
    nova: Any = world.door.nova
    found = {name: planted(nova, number, MARKS[name], name) for name in PEOPLE}
    found["olga"] = planted(nova, number, MARKS["olga"], "olga")
    with nova.db.transaction() as conn:
        review.put(conn, [review.NewReview(uuid7(), one.answer_id, ("sample",), 1.0) for one in found.values()])
    for name in found:
        issue_token(nova.db, nova.token_key, nova.audit, Caller("admin"), name, TokenRequest(label=f"Gerät {MARKS[name]}"))
        world.send[name]("POST", "/api/v1/rag/ask", json={"question": f"Wo steht die {MARKS[name]} im Keller?"})
        world.send[name]("POST", "/api/v1/events", json={"user_id": name, "type": "view", "meta": {"seite": MARKS[name]}})
    ours(world, number)
    world.settle()
    return found


def ours(world: World, number: int) -> None:
    """What the operator makes of the company's alone: a meter with its file, a ticket, a question of their own."""
    mark, admin = MARKS["admin"], world.door.admin
    rows = f"meter_id,ts,consumption_kw\n{mark}-{number},2026-03-01T00:00:00Z,1\n".encode()
    assert admin("POST", "/api/v1/data/import", files={"file": (f"{mark}-{number}.csv", rows)}).status_code == 201
    assert admin("PATCH", f"/api/v1/data/meters/{mark}-{number}", json={"title": f"Zähler {mark}"}).status_code == 200
    assert admin("POST", "/api/v1/rag/ask", json={"question": f"Wo steht die {mark}?"}).status_code == 200
    with world.door.nova.db.transaction() as conn:
        tickets.put(conn, NewTicket("other", "lumina", f"Etwas zu {mark}", mark, "admin", datetime.now(UTC)))


@pytest.fixture(scope="module")
def own(world: World) -> dict[str, Things]:
    """Things of each asker's own, to ask about."""
    found = {name: world.things(name) for name in ("betrieb", *PERSONS)}
    world.settle()
    return found


def askers(operation: Operation) -> list[str]:
    """Who passes its door; of an open one everybody."""
    return [name for name in ASKERS if operation.door == OPEN or ROLE_OF[name] in operation.door]


def seen_in(text: str, asker: str, operation: Operation) -> list[str]:
    """Whose markers stand in an answer that its reader should not see."""
    low = text.lower()
    found = [name for name, mark in MARKS.items() if name != asker and mark.lower() in low]
    allowed = operation.name in MAY.get(ROLE_OF[asker], {})
    staffs = ROLE_OF[asker] in STAFF and operation.name in COMPANYS
    return [name for name in found if not (allowed or (staffs and name == "admin"))]


def text_of(answer: Any) -> str:
    """What somebody reads of an answer: its body and its headers; a ZIP's bytes say nothing."""
    return answer.text + json.dumps(dict(answer.headers))


def test_every_table_names_routes_that_there_are() -> None:
    known = {one.name for one in ALL}
    assert COMPANYS | set(RESTLESS) | set(COUNTED) | {name for table in MAY.values() for name in table} <= known


@pytest.mark.parametrize("operation", [one for one in ALL if one.name not in ENDLESS], ids=lambda one: f"{one.method} {one.path}")
def test_nobody_reads_anothers_marker(world: World, marked: dict[str, Marked], own: dict[str, Things], operation: Operation) -> None:
    for asker in askers(operation):
        whose = "betrieb" if asker == "admin" or operation.door not in (EVERYBODY, OPEN) else asker
        fresh = (operation.method in DESTROYS and operation.ids) or operation.name in TAKEN_ONCE
        things = world.anew(whose, own[whose], operation.ids) if fresh else own[whose]
        answer = world.ask(operation, asker, things)
        assert answer.status_code < 500 or operation.name == "get_health", (asker, answer.text)
        assert seen_in(text_of(answer), asker, operation) == [], (asker, answer.text[:2000])


LISTS = [one for one in ALL if one.method == "GET" and not one.ids and one.name not in {*ENDLESS, *RESTLESS, *COUNTED}]


def shape(answer: Any) -> Any:
    """An answer without what names the request or the moment."""
    with suppress(ValueError):
        return still(answer.json())
    return answer.text


def still(value: Any) -> Any:
    if isinstance(value, dict):
        moving = {"trace_id", "to", "from", "at", "until", "latency_ms", "measured_to", "since", "markdown", "lines"}
        return {name: still(one) for name, one in value.items() if name not in moving}
    return [still(one) for one in value] if isinstance(value, list) else value


def test_no_count_changes_with_what_one_person_does(world: World, marked: dict[str, Marked], own: dict[str, Things]) -> None:
    """Anna makes one more of everything: no list, total or count that others read changes by it."""
    asked = [(one, asker) for one in LISTS for asker in askers(one) if asker not in ("anna", *OPERATORS)]
    asked = [(one, asker) for one, asker in asked if one.name not in MAY.get(ROLE_OF[asker], {})]

    def look() -> dict[tuple[str, str], Any]:
        found = {}
        for operation, asker in asked:
            whose = asker if operation.door in (EVERYBODY, OPEN) else "betrieb"
            found[operation.path, asker] = shape(world.ask(operation, asker, own[whose]))
        return found

    before = look()
    planted(world.door.nova, 3, MARKS["anna"], "anna")  # type: ignore[arg-type]
    world.settle()
    after = look()
    changed = [key for key in before if before[key] != after[key]]
    assert changed == [], {key: (before[key], after[key]) for key in changed[:2]}


@pytest.mark.parametrize("path", ["/api/v1/stream/live", "/api/v1/data/live"])
def test_streams_tell_nobody_of_another(world: World, marked: dict[str, Marked], address: str, path: str) -> None:
    operation = next(one for one in ALL if one.path == path)
    with ThreadPoolExecutor(len(PERSONS)) as readers:
        every = dict(zip(PERSONS, readers.map(lambda asker: heard(address + path, world.callers[asker]), PERSONS), strict=True))
    for asker, text in every.items():
        assert MARKS[asker].lower() in text.lower(), asker
        assert seen_in(text, asker, operation) == [], [line for line in text.splitlines() if seen_in(line, asker, operation)][:3]


def heard(url: str, headers: dict[str, str]) -> str:
    """What a stream says until it is silent for a while."""
    told = b""
    with suppress(httpx.ReadTimeout), httpx.stream("GET", url, headers=headers, timeout=2.5) as answer:
        assert answer.status_code == 200
        for piece in answer.iter_bytes():
            told += piece
            if len(told) > 1_000_000:
                break
    return told.decode()


def test_what_five_people_do_is_told_and_what_four_do_is_not(world: World, marked: dict[str, Marked]) -> None:
    """Five people ask the same of the company's document: from the fifth on it is a figure."""
    engineer = world.send["emil"]
    question, path = {"question": "Wie oft sind Musterlampen zu prüfen?"}, "/api/v1/admin/quality"
    world.door.nova.db.execute("DELETE FROM answers WHERE citations::text LIKE '%%Musterlampen%%'")
    for number, name in enumerate(PEOPLE[:FEWEST]):
        assert engineer("GET", path).json()["data"]["total"] == 0, number
        assert UUID(world.send[name]("POST", "/api/v1/rag/ask", json=question).json()["data"]["answer_id"])
    (row,) = engineer("GET", path).json()["data"]["rows"]
    assert row["cited"] == FEWEST


ABOUT_ONE: tuple[Callable[[Marked], tuple[str, str]], ...] = (
    lambda one: ("GET", f"/api/v1/items/{one.item_id}"),
    lambda one: ("GET", f"/api/v1/items/{one.item_id}/versions/1/text"),
    lambda one: ("GET", f"/api/v1/items/{one.item_id}/versions/1/file"),
    lambda one: ("GET", f"/api/v1/rag/answers/{one.answer_id}"),
    lambda one: ("GET", f"/api/v1/data/meters/{one.meter_id}"),
    lambda one: ("GET", f"/api/v1/data/export?meter_id={one.meter_id}&from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z"),
    lambda one: ("POST", "/api/v1/rag/ask"),
    lambda one: ("POST", "/api/v1/ingest/doc"),
)


def test_who_asks_for_anothers_things_by_name_learns_nothing_of_them(world: World, marked: dict[str, Marked]) -> None:
    for asker in PEOPLE:
        for name, one in marked.items():
            if name == asker:
                continue
            for make in ABOUT_ONE:
                method, path = make(one)
                body: dict[str, Any] = {"json": {"question": "Was steht im Keller?", "filters": {"item_id": str(one.item_id)}}}
                if path.endswith("/doc"):
                    same = f"# {MARKS[name]} Notiz 1\n\nDie {MARKS[name]} 1 steht im Keller und wird {MARKS[name]}lich abgelesen.\n"
                    body = {"files": {"file": ("gleich.md", same.encode())}, "data": {"wait": "0"}}
                answer = world.send[asker](method, path, **(body if method == "POST" else {}))
                if path.endswith("/doc"):  # their own copy, and no word of whose else it is
                    assert answer.status_code in (201, 202, 409) and str(one.item_id) not in answer.text
                    with suppress(KeyError):
                        world.send[asker]("DELETE", f"/api/v1/items/{answer.json()['data']['item_id']}")
                    continue
                asked_for = answer.text.replace(one.meter_id, "")
                assert MARKS[name].lower() not in asked_for.lower(), (asker, name, path)
