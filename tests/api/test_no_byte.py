"""A word of somebody who does not agree to have it kept, sent by every way there is: it is in no table, point, object, file or log line."""

import io
import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from nova.answers.ask import NOT_KEPT
from nova.api.hooking import sign
from nova.flows.sweeping import Sweeping
from nova.governance import consent
from nova.governance.consent_log import ConsentLog
from nova.jobs.kinds import review as jobs
from nova.jobs.kinds import sweep as sweeping
from nova.kpi.measure.hour import Prices
from nova.kpi.measuring import Measuring
from nova.kpi.review.queue import fill
from nova.store.postgres.embedded import client_environment, client_program
from tests.api.house import HOOK_SECRET, QUESTION, Door, Person
from tests.fakes.running import Context

MARK = "zqvbyte"


def deliver(door: Door, body: dict[str, Any], nonce: str = "", secret: str = HOOK_SECRET) -> Any:
    """As a sender delivers a session."""
    data, stamp, nonce = json.dumps(body).encode(), str(int(datetime.now(UTC).timestamp())), nonce or uuid4().hex
    headers = {"X-Nova-Timestamp": stamp, "X-Nova-Nonce": nonce, "X-Nova-Signature": sign(secret, stamp, nonce, data)}
    return door.client.post("/hook/sophia-session", content=data, headers=headers | {"Content-Type": "application/json"})


def session(user: str, mark: str, given: bool | None) -> dict[str, Any]:
    """A whole session with the word in every place that takes words."""
    now, shipped = datetime.now(UTC).isoformat(), consent.shipped()
    turns = [{"seq": at, "role": role, "ts": now, "text": f"{mark} sagt etwas"} for at, role in enumerate(("user", "assistant", "agent"))]
    said: dict[str, Any] = {"session_id": f"{mark}-{uuid4().hex}", "user": user, "turns": turns, "fields": {"name": f"{mark} Kern"}}
    if given is not None:
        purposes = dict.fromkeys(("service", "analytics", "training"), given)
        said["consent"] = {"purposes": purposes, "version": shipped.version, "text_sha256": shipped.sha256, "at": now, "source": "test"}
    return said


def say_everything(door: Door, who: Person, user: str, mark: str) -> None:
    """By every way in which a person's words come in."""
    question = f"{mark}: wie oft sind Musterlampen zu prüfen?"
    answer = who("POST", "/api/v1/rag/ask", json={"question": question}).json()["data"]
    assert who("POST", "/api/v1/rag/ask", json={"question": question, "stream": True}).status_code == 200
    for stream in (False, True):
        chat = {"model": "luna", "messages": [{"role": "user", "content": question}], "stream": stream}
        assert who("POST", "/v1/chat/completions", json=chat).status_code == 200
    judged = {"question": question, "answer": f"{mark}.", "useful": False, "notes": mark, "answer_id": answer["answer_id"]}
    assert who("POST", "/api/v1/feedback/rag", json=judged).status_code == 200
    assert door.admin("POST", "/api/v1/feedback/rag", json=judged).status_code == 200
    assert door.admin("POST", "/api/v1/feedback/rag", json=judged | {"user_id": user}).status_code == 200
    event = {"user_id": user, "type": "view", "meta": {"page": mark, mark: 1, "deep": {"note": [mark]}, "rank": 2}}
    assert who("POST", "/api/v1/events", json=event).status_code == 200
    assert door.admin("POST", "/api/v1/events/batch", json={"events": [event]}).status_code == 200
    assert who("GET", "/api/v1/search", params={"q": mark}).status_code in (200, 404, 405)
    wish = {"answer": {"answer_id": answer["answer_id"], "question": f"{mark} berichtigt?"}}
    who("PATCH", "/api/v1/me/data", json=wish)


def refused(door: Door, who: Person, user: str, mark: str) -> None:
    """Words in requests that are refused."""
    who("POST", "/api/v1/rag/ask", json={"question": f"{mark}\0"})
    who("POST", "/api/v1/rag/ask", json={mark: mark})
    who("POST", "/api/v1/rag/ask", json={"question": f"{mark} wie?", "conversation_id": mark})
    who("POST", "/api/v1/events", json={"user_id": mark, "type": "view"})
    who("POST", "/api/v1/admin/tickets", json={"title": mark, "text": mark})
    who("GET", f"/api/v1/admin/conversations/{mark}")
    who("POST", "/api/v1/service/reidentify", json={"token": f"[NAME_{mark}]", "reason": mark})
    deliver(door, session(user, mark, None), secret="0" * 32)
    deliver(door, {mark: mark})
    deliver(door, session(user, mark, None) | {"fields": {mark: mark}})
    known = uuid4().hex
    deliver(door, session(user, mark, None), known)
    assert deliver(door, session(user, mark, None), known).status_code == 409  # the same nonce with other words


def places(door: Door, database_url: str, written: io.StringIO) -> dict[str, bytes]:
    """Everything that is kept, by where."""
    dump = subprocess.run(
        [str(client_program("pg_dump")), "--inserts"], env=client_environment(database_url), capture_output=True, check=True
    ).stdout
    assert b"CREATE TABLE public.turns" in dump
    files = b"".join(path.read_bytes() for path in door.nova.folder.rglob("*") if path.is_file())
    objects = b"".join(door.nova.objects.get(key) for key in door.nova.objects.keys(""))
    points = repr(vars(door.nova.index)).encode()
    return {"database": dump, "points": points, "files": files, "objects": objects, "logs": json.dumps(written.getvalue()).encode()}


def nowhere(door: Door, database_url: str, written: io.StringIO) -> None:
    for name, found in places(door, database_url, written).items():
        at = found.lower().find(MARK.encode())
        assert at < 0, (name, found[max(0, at - 200) : at + 80])


def run_jobs(door: Door) -> None:
    """What runs by the clock and makes something of words."""
    nova, now = door.nova, datetime.now(UTC)
    Measuring(nova.db, nova.children, Prices(), nova.analysers.current).due(now, Context())  # type: ignore[arg-type]
    fill(nova.db, nova.analysers.current(), now, NOT_KEPT)
    ConsentLog(nova.db, nova.folder).write()


@pytest.mark.parametrize("ended", [pytest.param(None, id="never"), pytest.param("before", id="before")])
def test_a_word_that_may_not_be_kept_is_nowhere(door: Door, database_url: str, written: io.StringIO, ended: str | None) -> None:
    user = f"stumm-{uuid4().hex[:8]}"
    who = door.person(user, agrees=("service", "analytics", "training") if ended else ())
    if ended:
        door.nova.agree(user, ("service", "analytics", "training"), given=False)
    say_everything(door, who, user, MARK)
    refused(door, who, user, MARK)
    deliver(door, session(user, MARK, None))
    deliver(door, session(user, MARK, False))
    deliver(door, session(f"fremd-{uuid4().hex[:8]}", MARK, None))
    run_jobs(door)
    nowhere(door, database_url, written)


def reviewed(door: Door) -> None:
    """An editor looks at what was drawn, notes something and publishes a correction."""
    run_jobs(door)
    drawn = door.admin("GET", "/api/v1/admin/reviews", params={"state": "open"}).json()["data"]["reviews"]
    assert drawn
    for row in drawn:
        change = {"verdict": "aendern", "question": f"Was heißt {MARK}?", "answer": f"Das {MARK}.", "note": MARK, "publish": True}
        assert door.admin("POST", f"/api/v1/admin/reviews/{row['review_id']}/decision", json=change).status_code == 200
    jobs.publish_handler(door.nova.intake, door.nova.shelf)(Context())  # type: ignore[arg-type]
    _settled(door)
    assert door.nova.db.fetch_all("SELECT item_id FROM items WHERE title LIKE %s", [f"%{MARK}%"])


def _settled(door: Door) -> None:
    for _ in range(200):
        left = door.nova.jobs.list(states=("queued", "running"), limit=200)
        if not [job for job in left if job.kind in ("ingest", "apply", "reindex")]:
            return
        door.nova.jobs.wait(left[0].job_id, 0.1)


FREE: dict[str, Callable[[Door, str, Person], Any]] = {
    "withdrawal": lambda door, user, _: door.nova.agree(user, ("service", "analytics", "training"), given=False),
    "service alone": lambda door, user, _: door.nova.agree(user, ("service",), given=False),
    "by the hook": lambda door, user, _: deliver(door, session(user, MARK, False)),
}


@pytest.mark.parametrize("way", FREE)
def test_a_word_that_was_kept_is_gone_with_the_consent(door: Door, database_url: str, written: io.StringIO, way: str) -> None:
    user = f"geht-{uuid4().hex[:8]}"
    who = door.person(user)
    say_everything(door, who, user, MARK)
    assert deliver(door, session(user, MARK, True)).json()["data"]["stored"] == 3
    reviewed(door)
    assert MARK.encode() in places(door, database_url, written)["database"].lower()
    FREE[way](door, user, who)
    _settled(door)
    sweep(door)
    run_jobs(door)
    nowhere(door, database_url, written)
    assert who("POST", "/api/v1/rag/ask", json={"question": QUESTION}).status_code == 200


def sweep(door: Door) -> None:
    """The job that deletes files without rows, at once, and the index's changes."""
    sweeping.handler(Sweeping(door.nova.index_room, door.nova.objects))(Context())  # type: ignore[arg-type]
