"""kill -9 of everything while sessions are delivered: what was acknowledged is there, each turn once, whatever order it came in."""

import json
import random
import string
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from nova.api.hooking import sign
from nova.governance import consent
from nova.settings import Settings
from nova.wiring import Nova, open_nova
from tests.faults.ledger import Ledger
from tests.faults.test_kill_loop import Loop, folder
from tests.faults.whole import broken
from tests.flow.conftest import start

__all__ = ["folder"]
SESSIONS = 10_000
KILLS = 20
SENDERS = 3
TURNS = 4
UNAVAILABLE = (502, 503)
PATIENCE_S = 120.0


class Sender(threading.Thread):
    """Delivers sessions in two parts, in any order and some of them twice, each until it is acknowledged; only then it is noted."""

    def __init__(self, loop: Loop, ledger: Ledger, ended: threading.Event) -> None:
        super().__init__(daemon=True)
        self.loop, self.ledger, self.ended = loop, ledger, ended
        self.acknowledged: set[str] = set()
        self.wrong: list[str] = []
        self.again = 0
        self.http = httpx.Client(timeout=10, trust_env=False)

    def run(self) -> None:
        while not self.ended.is_set():
            session = f"sitzung-{uuid4().hex}"
            parts = parts_of(session)
            for body in random.sample(parts, len(parts)) + random.sample(parts, random.randrange(2)):
                self.deliver(json.dumps(body).encode())
            self.ledger.note("session", id=session)
            self.acknowledged.add(session)
        self.http.close()

    def deliver(self, body: bytes) -> None:
        """Send until it is acknowledged, mostly with the same nonce, as a sender does that does not know what became of it."""
        nonce = uuid4().hex
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            try:
                answer = self.post(body, nonce)
            except (httpx.HTTPError, OSError):
                time.sleep(0.05)
                continue
            if answer.status_code == 200:
                found = answer.json()["data"]
                self.again += found["duplicate"]
                if found["refused"] or found["stored"] + found["duplicates"] != TURNS // 2:
                    self.wrong.append(answer.text)
                return
            if answer.status_code not in UNAVAILABLE:
                self.wrong.append(f"{answer.status_code} {answer.text}")
                return
            nonce = nonce if random.random() < 0.8 else uuid4().hex
            time.sleep(0.05)
        self.wrong.append("never acknowledged")

    def post(self, body: bytes, nonce: str) -> httpx.Response:
        stamp = str(int(time.time()))
        secret = (self.loop.folder / "secrets" / "hook.key").read_text().strip()
        names = {"X-Nova-Timestamp": stamp, "X-Nova-Nonce": nonce, "X-Nova-Signature": sign(secret, stamp, nonce, body)}
        return self.http.post(f"{self.loop.up.address}/hook/sophia-session", content=body, headers=names)


def parts_of(session: str) -> list[dict[str, Any]]:
    """The two halves of a session, each with the consent."""
    now, text = datetime.now(UTC), consent.shipped()
    word = "".join(random.choices(string.ascii_lowercase, k=8))
    said = {"purposes": {"service": True}, "version": text.version, "text_sha256": text.sha256, "at": now.isoformat(), "source": "web"}
    turns = [
        {
            "seq": at,
            "role": "assistant" if at % 2 else "user",
            "ts": (now + timedelta(seconds=at)).isoformat(),
            "text": f"Zum Thema {word}.",
        }
        for at in range(TURNS)
    ]
    common = {"session_id": session, "user": f"kunde-{session[-2:]}", "consent": said}
    return [common | {"turns": turns[: TURNS // 2]}, common | {"turns": turns[TURNS // 2 :]}]


@pytest.mark.bars
def test_no_acknowledged_session_is_lost_or_doubled(folder: Path) -> None:
    hook_kill_loop(folder, SESSIONS, KILLS)


def hook_kill_loop(folder: Path, sessions: int, kills: int) -> None:
    """Deliver and kill everything until both are done, then compare."""
    seed = random.randrange(1 << 30)
    print(f"seed {seed}")
    random.seed(seed)
    loop, ended = Loop(folder, start(folder, "--no-seed")), threading.Event()
    ledger = Ledger(folder.parent / "sessions")
    senders = [Sender(loop, ledger, ended) for _ in range(SENDERS)]
    began = time.monotonic()
    for sender in senders:
        sender.start()
    share = sessions / (kills + 1)
    for done in range(kills):
        while sum(len(sender.acknowledged) for sender in senders) < share * (done + 1):
            time.sleep(0.05)
        time.sleep(random.uniform(0.0, 0.5))
        loop.kill("everything")
    while sum(len(sender.acknowledged) for sender in senders) < sessions:
        time.sleep(0.1)
    ended.set()
    for sender in senders:
        sender.join(PATIENCE_S)
    ledger.close()
    assert loop.up.stop() == 0, loop.up.err[-3000:]
    promised = {session for sender in senders for session in sender.acknowledged}
    again = sum(sender.again for sender in senders)
    print(
        f"{len(promised)} acknowledged sessions, {kills} kills of everything in {time.monotonic() - began:.0f} s; {again} nonces came again"
    )
    print(f"worst first answer after a kill: {max(loop.first_answers.values(), default=0.0):.1f} s")
    assert [wrong for sender in senders for wrong in sender.wrong] == []
    with open_nova(Settings(NOVA_DATA=folder)) as nova:
        compare(nova, promised)
        assert [fault for fault in broken(nova) if "a job that" not in fault] == []


def compare(nova: Nova, promised: set[str]) -> None:
    """Every acknowledged session is there once, with each of its turns once, and nothing was refused."""
    keys = {nova.people.fingerprint("session", f"sophia {session}").hex() for session in promised}
    held = {row["session_key"]: row["turns"] for row in nova.db.fetch_all("SELECT session_key, turns FROM conversations")}
    assert keys - held.keys() == set()
    assert Counter(held[key] for key in keys) == {TURNS: len(keys)}
    counted = nova.db.fetch_all("SELECT c.session_key, count(*) AS n FROM conversations c JOIN turns USING (conversation_id) GROUP BY 1")
    assert {row["session_key"]: row["n"] for row in counted if row["session_key"] in keys} == dict.fromkeys(keys, TURNS)
    assert nova.db.fetch_all("SELECT reason, n FROM intake_refusals") == []
