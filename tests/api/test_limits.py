"""Rate limits by identity, the line in front of the answers, and what a reader who leaves costs."""

import asyncio
import secrets
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
from starlette.requests import Request

from nova.api.doors import origin
from nova.api.limits.rates import Rates
from nova.api.limits.rooms import QUEUE
from nova.api.protocol.sse import Event, EventStream, pulled
from nova.errors import TooManyRequests
from nova.governance import sessions
from nova.knowledge.pages import DocumentPages
from nova.settings import Settings
from nova.store.postgres.db import Database
from nova.windows import MOST_REMEMBERED
from tests.api.house import ADMIN_KEY, QUESTION, opened


def test_questions_are_counted_by_person(database: Database, tmp_path: Path) -> None:
    with opened(database, tmp_path, NOVA_RATE_ASK="2/minute") as door:
        anna, ben = door.person("anna"), door.person("ben")
        for _ in range(2):
            assert anna("POST", "/api/v1/rag/ask", json={"question": QUESTION}).status_code == 200
        answer = anna("POST", "/api/v1/rag/ask", json={"question": QUESTION})
        data = answer.json()["data"]
        assert (answer.status_code, data["code"], data["setting"]) == (429, "rate_limited", "NOVA_RATE_ASK")
        assert 1 <= int(answer.headers["retry-after"]) == data["retry_after"] <= 60
        assert anna("GET", "/api/v1/jobs").status_code == 200
        assert ben("POST", "/api/v1/rag/ask", json={"question": QUESTION}).status_code == 200
        assert (
            anna("POST", "/v1/chat/completions", json={"messages": [{"role": "user", "content": "x"}]}).json()["error"]["code"]
            == "rate_limited"
        )


def test_wrong_keys_are_counted_by_address_and_right_ones_still_pass(database: Database, tmp_path: Path) -> None:
    with opened(database, tmp_path, NOVA_RATE_SIGNIN="3/minute") as door:
        found = [door.client.post("/api/v1/session", json={"key": "x"}).status_code for _ in range(2)]
        found.append(door.client.get("/api/v1/jobs", headers={"X-Admin-Key": "x"}).status_code)
        found.append(door.client.get("/api/v1/jobs", headers={"Authorization": "Bearer x"}).status_code)
        assert found == [401, 401, 401, 429]
        assert door.client.post("/api/v1/session", json={"key": ADMIN_KEY}).status_code == 200
        assert door.admin("GET", "/api/v1/jobs").status_code == 200


def test_everything_else_has_a_limit_too(database: Database, tmp_path: Path) -> None:
    with opened(database, tmp_path, NOVA_RATE_DEFAULT="3/minute") as door:
        assert [door.client.get("/api/v1/system/info").status_code for _ in range(4)] == [200, 200, 200, 429]
        assert door.admin("GET", "/api/v1/jobs").status_code == 200


def test_switched_off_nothing_is_counted() -> None:
    rates = Rates(Settings(NOVA_RATE_LIMITS="off", NOVA_RATE_ASK="1/day"))
    for _ in range(5):
        rates.count(rates.ask, "NOVA_RATE_ASK", "x")
    on = Rates(Settings(NOVA_RATE_ASK="1/day"))
    on.count(on.ask, "NOVA_RATE_ASK", "x")
    with pytest.raises(TooManyRequests):
        on.count(on.ask, "NOVA_RATE_ASK", "x")


def test_cookies_of_another_key_cost_no_query_and_lock_nobody_out(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    found = sessions.rows.live_session
    monkeypatch.setattr(sessions.rows, "live_session", lambda conn, known: asked.append(known) or found(conn, known))
    with opened(database, tmp_path, NOVA_RATE_SIGNIN="3/minute") as door:
        for invented in (secrets.token_urlsafe(32), sessions.sealed(b"another key", secrets.token_urlsafe(32)), ".", "ä".encode()):
            cookie = invented if isinstance(invented, bytes) else invented.encode()
            answer = door.client.get("/api/v1/jobs", headers={"Cookie": b"nova_session=" + cookie})
            assert answer.status_code == 401
            assert 'nova_session=""' in answer.headers["set-cookie"] and "Max-Age=0" in answer.headers["set-cookie"]
        assert asked == []
        assert door.client.post("/api/v1/session", json={"key": ADMIN_KEY}).status_code == 200
        assert door.client.get("/api/v1/jobs").status_code == 200
        assert len(asked) == 1


def test_whoever_has_a_network_of_their_own_is_one_caller() -> None:
    def known(host: str) -> str:
        return origin(Request({"type": "http", "client": (host, 1), "headers": []}))

    assert known("2001:db8:1:2:3:4:5:6") == known("2001:db8:1:2::1") == "2001:db8:1:2::/64"
    assert known("2001:db8:1:3::1") != known("2001:db8:1:2::1")
    assert known("::ffff:192.0.2.7") == known("192.0.2.7") == "192.0.2.7"
    assert known("fe80::1%eth0") == "fe80::/64"
    assert known("testclient") == "testclient"


def test_many_callers_cost_no_more_each_than_few() -> None:
    now = 0.0
    rates = Rates(Settings(), clock=lambda: now)
    for number in range(MOST_REMEMBERED):
        rates.count(rates.default, "x", str(number))
    began = time.process_time()
    for number in range(10_000):
        rates.count(rates.default, "x", f"more {number}")
    assert time.process_time() - began < 2.0
    assert len(rates._windows._hits) == MOST_REMEMBERED
    now = 3600.0
    rates.count(rates.default, "x", "the last")
    assert list(rates._windows._hits) == [("x", "the last")]


def test_a_reader_who_leaves_ends_the_work() -> None:
    closed, done = [], []

    async def source():
        try:
            while True:
                yield b"data: x\n\n"
                await asyncio.sleep(0.001)
        finally:
            closed.append(True)

    async def scene() -> None:
        sent = 0
        gone = asyncio.Event()

        async def send(message):
            nonlocal sent
            sent += 1
            if sent == 5:
                gone.set()

        async def receive():
            await gone.wait()
            return {"type": "http.disconnect"}

        await asyncio.wait_for(EventStream(source(), lambda: done.append(True))({"type": "http"}, receive, send), 20)

    asyncio.run(scene())
    assert closed == done == [True]


def test_a_generator_at_work_is_closed_when_its_reader_leaves() -> None:
    steps: list[str] = []

    def work():
        try:
            while True:
                time.sleep(0.01)
                steps.append("step")
                yield Event("status", {})
        finally:
            steps.append("closed")

    async def scene() -> None:
        gone = asyncio.Event()

        async def send(message):
            if message.get("body"):
                gone.set()

        async def receive():
            await gone.wait()
            return {"type": "http.disconnect"}

        await asyncio.wait_for(EventStream(pulled(work()))({"type": "http"}, receive, send), 20)

    asyncio.run(scene())
    assert steps[-1] == "closed"
    assert steps.count("closed") == 1


def test_a_silent_stream_beats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nova.api.protocol.sse.HEARTBEAT", 0.01)
    sent: list[bytes] = []
    beat = b": lebt\n\n"

    async def source():
        while sent.count(beat) < 2:
            await asyncio.sleep(0.005)
        yield b"data: x\n\n"

    async def scene() -> None:
        async def send(message):
            sent.append(message.get("body", b""))

        async def receive():
            await asyncio.sleep(60)

        await asyncio.wait_for(EventStream(source())({"type": "http"}, receive, send), 20)

    asyncio.run(scene())
    assert sent[-2:] == [b"data: x\n\n", b""]


def test_pages_that_take_long_to_draw_hold_up_nobody(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = threading.Event()
    monkeypatch.setattr(DocumentPages, "image", lambda *_: drawing.wait(20) and b"png")
    path = f"/api/v1/items/{uuid4()}/versions/1/pages/1.png"
    asked_for = 4 + QUEUE + 6
    with opened(database, tmp_path, NOVA_COSTLY_SLOTS=4) as door, ThreadPoolExecutor(asked_for) as people:
        asked = [people.submit(door.admin, "GET", path) for _ in range(asked_for)]
        began = time.monotonic()
        while sum(one.done() for one in asked) < 6 and time.monotonic() - began < 10:
            time.sleep(0.02)
        assert door.admin("GET", "/api/v1/items").status_code == 200
        drawing.set()
        found = sorted(one.result().status_code for one in asked)
    assert found == [200] * (4 + QUEUE) + [503] * 6
