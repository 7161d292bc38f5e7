"""A stage in, customers with tokens and consents out: some agree themselves, some through the system that delivers their calls, one not."""

import json
import secrets
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import httpx

from nova.api.hooking import HEADERS, sign
from nova.cli.client import Client, data_of
from nova.cli.rehearsal.stage import Person, Stage, StepReport, need

THEMSELVES, BY_TELEPHONE = 30, 120
AT_ONCE = 4
PURPOSES = {"service": True, "analytics": True, "training": True, "profiling": True}
AGREED_BEFORE = timedelta(days=30)
HOOK = "/hook/sophia-session"
CALLER = "Erika Probst"
SILENT = "(nicht gespeichert)"


def join(stage: Stage, themselves: int = THEMSELVES, by_hook: int = BY_TELEPHONE) -> StepReport:
    """Everybody gets a token and says what may be done with their words; who has not is asked for nothing and kept nowhere."""
    silent = _person(stage, "kundin-000")
    _unheard(stage, silent)
    version = silent.door.get("/me/consent")["text"]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        stage.people += threads.map(lambda n: _agree(stage, version, n, n <= themselves), range(1, themselves + by_hook + 1))
    numbers = {"people": len(stage.people), "themselves": themselves, "by_hook": by_hook, "without_consent": 1}
    text = f"{themselves} Menschen haben selbst eingewilligt, {by_hook} über den Anruf; von einem ohne bleibt kein Wort."
    return StepReport(text, numbers)


def _agree(stage: Stage, version: Mapping[str, str], number: int, themselves: bool) -> Person:
    person = _person(stage, f"kundin-{number:03}")
    if themselves:
        person.door.put("/me/consent", {"purposes": PURPOSES, "version": version["version"]})
        return person
    at = stage.clock - AGREED_BEFORE
    said = {
        "purposes": PURPOSES,
        "version": version["version"],
        "text_sha256": version["sha256"],
        "source": "telefon",
        "at": at.isoformat(),
    }
    deliver(stage, person, at, (), {"consent": said})
    return person


def _person(stage: Stage, name: str) -> Person:
    issued = stage.client.post("/admin/keys", {"user": name, "label": "Probe"})
    return Person(name, Client(stage.client.address, "", stage.wire, token=issued["token"]))


def _unheard(stage: Stage, person: Person) -> None:
    """Nothing that somebody without consent says is kept, asked here or delivered."""
    answer = person.door.post("/rag/ask", {"question": stage.texts.everyday[0]})
    kept = person.door.get(f"/rag/answers/{answer['answer_id']}")
    need(kept["question"] == SILENT and not kept["answer"], "Ohne Einwilligung wurde eine Frage gespeichert.")
    turns = [{"seq": 0, "role": "user", "ts": stage.clock.isoformat(), "text": stage.texts.everyday[1]}]
    done = deliver(stage, person, stage.clock, turns)
    need(done["stored"] == 0 and done["refused"] == {"no_consent": 1}, f"Ohne Einwilligung wurde ein Anruf gespeichert: {done}")


def call(stage: Stage, person: Person, at: datetime, question: str, pleased: bool) -> None:
    """Somebody telephones about what they asked; the call is delivered, signed, with fields that no stored text may hold."""
    tone = "Vielen Dank, das hat mir sehr geholfen." if pleased else "Das hat mir leider gar nicht geholfen, ich bin enttäuscht."
    said = ((0, "user", f"Guten Tag, hier ist {CALLER}. {question}"), (1, "agent", "Ich sehe gern nach."), (2, "user", tone))
    turns = [{"seq": seq, "role": role, "ts": (at + timedelta(minutes=seq)).isoformat(), "text": text} for seq, role, text in said]
    done = deliver(stage, person, at, turns, {"fields": {"name": CALLER}})
    need(done["stored"] == len(turns), f"Ein Anruf wurde nicht ganz gespeichert: {done}")


def deliver(
    stage: Stage, person: Person, at: datetime, turns: Sequence[Mapping[str, Any]], more: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Deliver a session as another system does; what was answered."""
    body: dict[str, Any] = {
        "session_id": secrets.token_hex(8), "user": person.name, "channel": "telefon", "started_at": at.isoformat(), "turns": list(turns),
    }  # fmt: skip
    raw = json.dumps(body | dict(more or {})).encode()
    stamp, nonce = str(int(time.time())), secrets.token_urlsafe(12)
    values = (stamp, nonce, sign(stage.nova.hook_secret, stamp, nonce, raw))
    headers = {**dict(zip(HEADERS, values, strict=True)), "Content-Type": "application/json"}
    request = httpx.Request("POST", stage.client.address + HOOK, content=raw, headers=headers)
    answer = stage.wire.handle_request(request)
    answer.read()
    answer.request = request
    done: dict[str, Any] = data_of(answer)
    return done
