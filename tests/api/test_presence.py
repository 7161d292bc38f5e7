"""Every open stream ends within seconds once its reader would not come in any more, whatever the cause; others read on."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import numpy as np
import pytest
from psycopg import OperationalError

from nova.api.app import all_routers
from nova.api.doors import DoorRoute
from nova.api.limits import presence
from nova.api.tail import LOOK_S
from nova.flows.erasure.rows import erase_rows
from nova.governance.secrets import new_admin_key, secrets_folder
from nova.governance.users import ensure_user
from nova.ports import ChatMessage
from nova.series import readings
from nova.store.people import rights
from nova.store.postgres.db import Database
from nova.store.series import batches
from nova.store.series import readings as reading_store
from tests.api.house import ADMIN_KEY, QUESTION, Door, opened
from tests.owning import give

SECONDS = 5.0
CHAT = {"model": "luna", "stream": True, "messages": [{"role": "user", "content": QUESTION}]}
STREAMS: dict[str, tuple[str, str, Any]] = {
    "jobs": ("GET", "/api/v1/stream/live", None),
    "data": ("GET", "/api/v1/data/live", None),
    "answer": ("POST", "/api/v1/rag/ask", {"question": QUESTION, "stream": True}),
    "chat": ("POST", "/v1/chat/completions", CHAT),
    "chat under its other name": ("POST", "/api/v1/chat/completions", CHAT),
}


class Slow:
    """A model that says a sentence and then thinks for a long time."""

    model = "langsam"

    def __init__(self) -> None:
        self.released = threading.Event()

    def stream(self, messages: Sequence[ChatMessage], *, max_tokens: int) -> Iterator[str]:
        yield "Musterlampen sind alle drei Jahre zu prüfen [chunk a1]. Die Prüfung "
        self.released.wait(60)
        yield "dauert höchstens zwei Stunden [chunk a1]."

    def health(self) -> dict[str, str]:
        return {"name": "langsam", "model": self.model}


@pytest.fixture(scope="module")
def door(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """An app whose model is slow, and which looks often who is there."""
    with opened(database, tmp_path_factory.mktemp("nova"), NOVA_RATE_LIMITS="off", NOVA_ASK_SLOTS=12) as found:
        assert found.upload().status_code == 201
        found.nova.answers = replace(found.nova.answers, generator=Slow())
        watch(found)._look_s = 0.2
        yield found


@pytest.fixture(autouse=True)
def slow(door: Door) -> Iterator[None]:
    """The model thinks as long as the test takes."""
    model: Any = door.nova.answers.generator
    model.released = threading.Event()
    yield
    model.released.set()


def watch(door: Door) -> presence.Presence:
    found: presence.Presence = door.client.app.state.house.presence  # type: ignore[attr-defined]
    return found


@dataclass
class Reading:
    """An open stream."""

    name: str
    response: httpx.Response

    def rest(self) -> str:
        """What comes until it ends."""
        return "".join(self.response.iter_text())

    def ended_for_good(self, within: float) -> None:
        """It ends in time, says why, and not with an answer."""
        began = time.monotonic()
        rest = self.rest()
        assert time.monotonic() - began < within, self.name
        assert '"code":"not_signed_in"' in rest, (self.name, rest)
        assert "event: final" not in rest
        assert '"finish_reason":"stop"' not in rest


@contextmanager
def reading(address: str, headers: dict[str, str], names: Sequence[str] = tuple(STREAMS)) -> Iterator[list[Reading]]:
    """Streams, open."""
    with ExitStack() as stack:
        found = []
        for name in names:
            method, path, body = STREAMS[name]
            client = stack.enter_context(httpx.Client(timeout=SECONDS * 2))
            response = stack.enter_context(client.stream(method, address + path, json=body, headers=headers))
            assert response.status_code == 200, response.read()
            found.append(Reading(name, response))
        yield found


def signed_in(address: str, key: str) -> dict[str, str]:
    """The headers of a browser that signed in with this key or token."""
    answer = httpx.post(f"{address}/api/v1/session", json={"key": key})
    assert answer.status_code == 200, answer.text
    return {"Cookie": answer.headers["set-cookie"].split(";")[0], "X-CSRF-Token": answer.json()["data"]["csrf"]}


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def withdrawn(door: Door, token: str, user: str) -> None:
    for one in door.admin("GET", "/api/v1/admin/keys").json()["data"]["tokens"]:
        if one["user"] == user:
            assert door.admin("DELETE", f"/api/v1/admin/keys/{one['token_id']}").status_code == 200


def withdrawn_elsewhere(door: Door, token: str, user: str) -> None:
    """By another process on the same database: nobody tells this one."""
    sql = "UPDATE access_tokens SET revoked_at = now() FROM users u WHERE u.user_id = access_tokens.user_id AND u.external_id = %s"
    assert door.nova.db.execute(sql, (user,)) == 1


def over(door: Door, token: str, user: str) -> None:
    """Its time has come."""
    sql = "UPDATE access_tokens t SET expires_at = now() FROM users u WHERE u.user_id = t.user_id AND u.external_id = %s"
    assert door.nova.db.execute(sql, (user,)) == 1


def another_role(door: Door, token: str, user: str) -> None:
    assert door.admin("POST", "/api/v1/admin/keys", json={"user": user, "role": "engineer"}).json()["data"]["changed"]


def erased(door: Door, token: str, user: str) -> None:
    asked = door.admin("POST", "/api/v1/admin/erasures", json={"subject": user})
    assert asked.status_code == 202
    with door.nova.db.transaction() as conn:
        entry = rights.erasure(conn, UUID(asked.json()["data"]["erasure_id"]))
        assert entry is not None
        erase_rows(conn, entry, {})  # what the job does first


def renamed(door: Door, token: str, user: str) -> None:
    found = door.admin("POST", "/api/v1/admin/subjects/find", json={"subject": user}).json()["data"]
    changed = door.admin("PATCH", f"/api/v1/admin/subjects/{found['subject_id']}", json={"external_id": f"{user}-neu"})
    assert changed.status_code == 200, changed.text


CAUSES = [withdrawn, withdrawn_elsewhere, over, another_role, erased, renamed]


@pytest.mark.parametrize("cause", CAUSES)
def test_a_token_that_is_of_no_more_use_ends_every_stream_and_no_one_elses(
    door: Door, address: str, cause: Callable[[Door, str, str], None]
) -> None:
    user, other = f"leser-{cause.__name__}", door.person("bleibt")
    door.nova.agree(user, ("service",))
    token = door.nova.token(user)
    with reading(address, bearer(token)) as streams, reading(address, other.headers, ["jobs", "data", "answer"]) as others:
        cause(door, token, user)
        for stream in streams:
            stream.ended_for_good(SECONDS)
        assert httpx.get(f"{address}/api/v1/stream/live", headers=bearer(token)).status_code == 401
        assert {who.caller.external_id for who, _ in watch(door)._open.values()} == {"bleibt"}
        assert len(others) == watch(door).watched
    nobody_is_watched(door)


@pytest.mark.parametrize("who", ["a person", "the operator"])
def test_signing_out_ends_the_streams_of_that_browser(door: Door, address: str, who: str) -> None:
    key = ADMIN_KEY if who == "the operator" else door.nova.token("abmelder")
    mine, second = signed_in(address, key), signed_in(address, key)
    with reading(address, mine) as streams, reading(address, second, ["jobs"]):
        assert httpx.delete(f"{address}/api/v1/session", headers=mine).status_code == 200
        for stream in streams:
            stream.ended_for_good(SECONDS)
        assert watch(door).watched == 1
    nobody_is_watched(door)


def test_a_session_ends_with_the_token_that_opened_it(door: Door, address: str) -> None:
    token = door.nova.token("mit-token")
    with reading(address, signed_in(address, token)) as streams:
        withdrawn(door, token, "mit-token")
        for stream in streams:
            stream.ended_for_good(SECONDS)


def test_another_operators_key_ends_what_the_one_before_opened(door: Door, address: str) -> None:
    folder: Path = secrets_folder(door.nova.folder)
    person, made = door.person("unbeteiligt"), ""
    cookie = signed_in(address, ADMIN_KEY)
    try:
        with (
            reading(address, {"X-Admin-Key": ADMIN_KEY}) as by_key,
            reading(address, cookie, ["jobs", "data"]) as by_cookie,
            reading(address, person.headers, ["jobs"]),
        ):
            made = new_admin_key(folder).value
            for stream in (*by_key, *by_cookie):
                stream.ended_for_good(SECONDS)
            assert watch(door).watched == 1
        assert httpx.get(f"{address}/api/v1/jobs", headers={"X-Admin-Key": ADMIN_KEY}).status_code == 401
        assert httpx.get(f"{address}/api/v1/jobs", headers=cookie).status_code == 401
        noted = httpx.get(f"{address}/api/v1/admin/audit", headers={"X-Admin-Key": made}).json()["data"]["entries"]
        assert noted[0]["action"] == "operator_key.changed"
    finally:
        (folder / "admin.key").write_text(ADMIN_KEY, encoding="utf-8")
        time.sleep(1.1)
    assert door.admin("GET", "/api/v1/jobs").status_code == 200


@pytest.mark.parametrize("content", ["", "kurz", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", None])
def test_a_key_file_that_is_of_no_use_locks_nobody_out_and_lets_nobody_in(door: Door, content: str | None) -> None:
    path = secrets_folder(door.nova.folder) / "admin.key"
    path.unlink() if content is None else path.write_text(content, encoding="utf-8")
    try:
        time.sleep(1.1)
        assert door.admin("GET", "/api/v1/jobs").status_code == 200
        assert door.client.get("/api/v1/jobs", headers={"X-Admin-Key": content or "x"}).status_code == 401
    finally:
        path.write_text(ADMIN_KEY, encoding="utf-8")


def test_it_takes_less_than_five_seconds_as_it_is_shipped(door: Door, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch(door), "_look_s", presence.LOOK_S)
    door.nova.agree("pünktlich", ("service",))
    token = door.nova.token("pünktlich")
    with reading(address, bearer(token), ["jobs", "answer"]) as streams:
        began = time.monotonic()
        withdrawn_elsewhere(door, token, "pünktlich")
        for stream in streams:
            stream.ended_for_good(SECONDS)
        assert time.monotonic() - began < SECONDS


def test_a_database_that_is_silent_for_long_ends_what_it_would_have_to_vouch_for(
    door: Door, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent() -> Any:
        raise OperationalError("gone")

    token = door.nova.token("ungewiss")
    with reading(address, bearer(token), ["jobs"]) as streams, reading(address, {"X-Admin-Key": ADMIN_KEY}, ["jobs"]):
        monkeypatch.setattr(presence, "UNSURE_S", 0.5)
        monkeypatch.setattr(watch(door)._identities, "gone", lambda *_: silent())
        assert '"code":"busy"' in streams[0].rest()
        assert watch(door).watched == 1
    nobody_is_watched(door)


def test_when_looking_itself_breaks_nobody_reads_unwatched(door: Door, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        raise ZeroDivisionError

    with reading(address, {"X-Admin-Key": ADMIN_KEY}, ["jobs", "data"]) as streams, monkeypatch.context() as patch:
        patch.setattr(watch(door)._identities, "under_another_key", broken)
        assert all('"code":"busy"' in stream.rest() for stream in streams)
    nobody_is_watched(door)
    with reading(address, {"X-Admin-Key": ADMIN_KEY}, ["jobs"]):
        assert watch(door).watched == 1


def test_a_stream_shows_what_its_reader_may_see_now(door: Door, address: str) -> None:
    """A meter that is somebody else's from now on is not told of any more, however its readings go on."""
    mine, theirs = (ensure_user(door.nova.db, name).user_id for name in ("abgebend", "annehmend"))

    def read(value: float, owner: UUID) -> None:
        with door.nova.db.transaction() as conn:
            give(conn, "wandernd", owner)
            batch = batches.open(conn, batches.NewBatch("test", "columns"))
            reading_store.put(conn, [readings("wandernd", 900, 1_772_323_200 + 900 * np.arange(1), np.array([value]))], batch)
            batches.close(conn, batch, {"state": "done"})

    read(1.0, mine)
    token = door.nova.token("abgebend")
    with reading(address, bearer(token), ["data"]) as streams:
        lines = streams[0].response.iter_lines()
        assert '"wandernd"' in next(line for line in lines if line.startswith("data:"))
        read(2.0, theirs)
        time.sleep(2 * LOOK_S)
        withdrawn(door, token, "abgebend")
        rest = "".join(lines)
    assert "not_signed_in" in rest
    assert "wandernd" not in rest


def test_every_route_that_may_stream_is_one_of_these() -> None:
    """And none of them is open to everybody: who came in with nothing has nothing that could be withdrawn."""
    told = {
        (method, route.path)
        for router in all_routers()
        for route in router.routes
        if isinstance(route, DoorRoute) and "text/event-stream" in str(route.responses)
        for method in route.methods
    }
    assert told <= {(method, path) for method, path, _ in STREAMS.values()}
    assert len(told) == len(STREAMS) - 1  # the other name is not in the description
    assert all(route.needs for router in all_routers() for route in router.routes if getattr(route, "path", "") in PATHS)


PATHS = {path for _, path, _ in STREAMS.values()}


def nobody_is_watched(door: Door) -> None:
    """Nothing is left behind: no watched stream, and no thread that watches."""
    until = time.monotonic() + SECONDS
    while (watch(door).watched or watch(door)._running) and time.monotonic() < until:
        time.sleep(0.02)
    assert not watch(door).watched
    assert not watch(door)._running
