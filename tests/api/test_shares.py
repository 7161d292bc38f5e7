"""What one customer may take of the machine: refusals in words that say when it goes on, and what the others notice of it."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from nova.api import asking
from nova.api.limits import budgets, shares
from nova.api.limits.rooms import LIGHT_EACH, QUEUE_EACH
from nova.energy.delivery import exports
from nova.energy.schedule.schedules import Schedules
from nova.errors import InvalidInput
from nova.knowledge.items import Shelf
from nova.store.postgres.db import Database
from tests.api.house import ADMIN_KEY, QUESTION, Door, opened

CHART = "/api/v1/data/market"
YEAR = {"from": "2025-01-01", "to": "2026-01-01"}
SCHEDULE = {
    "plant": {"battery": {"capacity_kwh": 10, "charge_kw": 5, "discharge_kw": 5}},
    "prices": {"seconds": 900, "eur_mwh": [50.0] * 96},
}


ENDED = """
INSERT INTO jobs (job_id, kind, title, state, owner, cpu_s, ended_at)
SELECT gen_random_uuid(), 'work', '', 'done', user_id, 7, clock_timestamp() FROM users WHERE external_id = 'anna-3'
"""


def work(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


@pytest.fixture
def door(database: Database, tmp_path: Path) -> Iterator[Door]:
    with opened(database, tmp_path, NOVA_BUDGET=1, NOVA_COSTLY_SLOTS=2) as found:
        yield found


@pytest.fixture
def costly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A schedule takes 0.4 seconds of processor time."""

    def make(*_: Any) -> Any:
        work(0.4)
        raise InvalidInput("geplant")

    monkeypatch.setattr(Schedules, "make", make)


def plan(who: Any) -> Any:
    return who("POST", "/api/v1/data/schedule", json=SCHEDULE | {"day": "2025-07-01"})


def test_who_has_spent_their_minute_is_told_when_it_goes_on(door: Door, costly: None) -> None:
    anna, ben = door.person("anna-1"), door.person("ben-1")
    found = [plan(anna).status_code for _ in range(4)]
    assert found == [400, 400, 400, 429]  # the third began with something left
    refused = plan(anna)
    data, wait = refused.json()["data"], int(refused.headers["retry-after"])
    assert (refused.status_code, data["code"], data["seconds"]) == (429, "budget", 1.0)
    assert 1 <= wait == data["retry_after"] <= 60
    assert refused.json()["message"] == f"Ihre Rechenzeit ist aufgebraucht: 1 s je Minute stehen Ihnen zu. In {wait} s geht es weiter."
    assert plan(ben).status_code == 400
    assert plan(door.admin).status_code == 400
    assert anna("GET", "/api/v1/jobs").status_code == 200
    assert anna("POST", "/api/v1/rag/ask", json={"question": QUESTION}).status_code == 200
    budget = anna("GET", "/api/v1/me/quota").json()["data"]["budget"]
    assert (budget["seconds"], budget["left"]) == (1.0, 0.0) and 1 <= budget["wait"] <= 60


def test_a_body_is_not_read_of_who_has_nothing_left(door: Door, costly: None) -> None:
    anna = door.person("anna-2")
    while plan(anna).status_code != 429:
        pass
    broken = anna("POST", "/api/v1/data/schedule", content=b"{", headers={"Content-Type": "application/json"})
    upload = anna("POST", "/api/v1/ingest/doc", files={"file": ("a.md", b"# A")})
    assert (broken.status_code, upload.status_code) == (429, 429)


def test_what_their_jobs_took_is_taken_from_the_budget_too(door: Door, database: Database) -> None:
    anna = door.person("anna-3")
    assert anna("GET", CHART, params=YEAR).status_code == 404
    with database.transaction() as conn:
        conn.execute(ENDED)
    budget = anna("GET", "/api/v1/me/quota").json()["data"]["budget"]
    assert budget["left"] == 0.0 and 50 <= budget["wait"] <= 61
    assert anna("GET", CHART, params=YEAR).status_code == 429


def test_the_door_counts_what_is_refused(door: Door, costly: None) -> None:
    anna = door.person("anna-4")
    while plan(anna).status_code != 429:
        pass
    metrics = door.client.get("/metrics").text
    assert 'nova_refused_total{reason="budget",role="customer"} ' in metrics
    assert 'nova_effort_seconds_total{role="customer",work="make_schedule"} ' in metrics
    assert 'nova_costly{state="running"} 0.0' in metrics and 'nova_costly{state="waiting"} 0.0' in metrics


def test_light_requests_without_end_come_at_a_pace_and_too_many_are_refused(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    house, anna = door.client.app.state.house, door.person("pace")  # type: ignore[attr-defined]
    asked: list[str] = []

    async def hold(whose: str) -> bool:
        asked.append(whose)
        return len(asked) < 2

    monkeypatch.setattr(house.paces["light"], "hold", hold)
    assert anna("GET", "/api/v1/items").status_code == 200
    refused = anna("GET", "/api/v1/items")
    data = refused.json()["data"]
    assert (refused.status_code, data["setting"], data["retry_after"]) == (429, "NOVA_RATE_DEFAULT", 5)
    assert refused.json()["message"] == "Zu viele Anfragen auf einmal. Bitte warten Sie 5 s."
    assert anna("POST", "/api/v1/rag/ask", json={"question": "Was gilt für Lampen?"}).status_code == 200  # has a line of its own
    assert len(asked) == 2


def test_a_persons_costly_requests_come_at_a_pace_before_their_bodies_are_read(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    house, anna = door.client.app.state.house, door.person("pace-2")  # type: ignore[attr-defined]

    async def hold(_whose: str) -> bool:
        return False

    monkeypatch.setattr(house.paces["costly"], "hold", hold)
    refused = anna("POST", "/api/v1/events/batch", json={"events": "no batch at all"})
    assert (refused.status_code, refused.json()["message"]) == (429, "Zu viele Anfragen auf einmal. Bitte warten Sie 5 s.")
    key = {"X-Admin-Key": ADMIN_KEY}
    assert door.client.post("/api/v1/events/batch", json={"events": "no batch at all"}, headers=key).status_code == 400


def test_costly_work_of_one_keeps_neither_the_threads_nor_the_places_of_others(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty at once: one is made, some wait, the rest is told to come again; lists, questions, others and the operator go on."""
    going_on, made = threading.Event(), []

    def slow(house: Any, caller: Any, asked: Any) -> Any:
        made.append(caller.external_id)
        if caller.external_id == "anna":
            going_on.wait(30)
        raise InvalidInput("geplant")

    monkeypatch.setattr(Schedules, "make", slow)
    with opened(database, tmp_path, NOVA_COSTLY_SLOTS=2) as door, ThreadPoolExecutor(40) as connections:
        anna, ben = door.person("anna"), door.person("ben")
        asked = [connections.submit(plan, anna) for _ in range(40)]
        until = time.monotonic() + 30
        while sum(one.done() for one in asked) < 40 - QUEUE_EACH - 1 and time.monotonic() < until:
            time.sleep(0.02)
        assert made == ["anna"]
        assert ben("GET", "/api/v1/items").status_code == anna("GET", "/api/v1/items").status_code == 200
        assert ben("POST", "/api/v1/rag/ask", json={"question": QUESTION}).status_code == 200
        assert plan(ben).status_code == plan(door.admin).status_code == 400
        assert door.upload(f"# Rundschreiben\n\nEin Satz {time.time()}.", name="rund.md").status_code == 201
        refused = next(one.result() for one in asked if one.done())
        assert (refused.status_code, refused.json()["data"]["code"]) == (429, "rate_limited")
        assert refused.json()["message"] == f"Von Ihnen warten schon {QUEUE_EACH} Anfragen. In 5 s geht es weiter."
        assert refused.headers["retry-after"] == "5"
        going_on.set()
        statuses = sorted(one.result().status_code for one in asked)
    assert statuses == [400] * (QUEUE_EACH + 1) + [429] * (40 - QUEUE_EACH - 1)


def test_questions_of_one_leave_a_place_for_others(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    going_on, real = threading.Event(), asking.ask

    def slow(answers: Any, question: Any) -> Any:
        if question.text.startswith("Warte"):
            going_on.wait(30)
        return real(answers, question)

    monkeypatch.setattr(asking, "ask", slow)
    with opened(database, tmp_path, NOVA_ASK_SLOTS=2, NOVA_ASK_QUEUE=8) as door, ThreadPoolExecutor(10) as connections:
        anna, ben = door.person("anna"), door.person("ben")
        asked = [connections.submit(anna, "POST", "/api/v1/rag/ask", json={"question": "Warte auf Musterlampen"}) for _ in range(6)]
        until = time.monotonic() + 30
        while sum(one.done() for one in asked) < 3 and time.monotonic() < until:
            time.sleep(0.02)
        assert sum(one.done() for one in asked) == 3  # one is answered, two wait
        assert ben("POST", "/api/v1/rag/ask", json={"question": QUESTION}).status_code == 200
        going_on.set()
        assert sorted(one.result().status_code for one in asked) == [200, 200, 200, 429, 429, 429]


def test_light_requests_of_one_leave_threads_for_others(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    going_on, inside, real = threading.Event(), [], Shelf.page

    def slow(shelf: Any, caller: Any, query: Any) -> Any:
        if caller.external_id == "anna":
            inside.append(1)
            going_on.wait(30)
        return real(shelf, caller, query)

    monkeypatch.setattr(Shelf, "page", slow)
    with opened(database, tmp_path) as door, ThreadPoolExecutor(50) as connections:
        anna, ben = door.person("anna"), door.person("ben")
        asked = [connections.submit(anna, "GET", "/api/v1/items") for _ in range(50)]
        until = time.monotonic() + 30
        while len(inside) < LIGHT_EACH and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.2)
        assert len(inside) == LIGHT_EACH
        assert ben("GET", "/api/v1/items").status_code == 200
        going_on.set()
        assert {one.result().status_code for one in asked} == {200}


def test_a_spent_budget_makes_a_file_slower_and_never_cuts_it_off(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budgets, "MINUTE", 6.0)
    monkeypatch.setattr(shares, "LONGEST_PAUSE_S", 0.05)

    def pieces(*_: Any) -> Iterator[bytes]:
        for number in range(6):
            work(0.25)
            yield b"%d;" % number

    monkeypatch.setattr(exports.Exports, "prices", lambda *_: None)
    monkeypatch.setattr(exports, "written", pieces)
    with opened(database, tmp_path, NOVA_BUDGET=1) as door:
        anna = door.person("anna-5")
        began = time.monotonic()
        answer = anna("GET", "/api/v1/data/export", params={"what": "prices"} | YEAR)
        assert (answer.status_code, answer.content) == (200, b"0;1;2;3;4;5;")
        assert time.monotonic() - began > 2.0  # of 1.5 s of work, 0.25 had to come in at a sixth of a second a second
        house = door.client.app.state.house  # type: ignore[attr-defined]
        assert house.shares._files.total() == 0 and house.rooms.costly.inside == 0
