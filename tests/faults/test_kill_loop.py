"""kill -9 of random processes under load: what was acknowledged is there, once; answers come soon; jobs end; everything fits together."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from nova.jobs.desk import open_worker
from nova.ports.jobs import Kind
from nova.settings import Settings
from nova.wiring import Nova, open_nova
from tests.fakes.laws import law
from tests.faults.ledger import Promised, read
from tests.faults.whole import broken
from tests.flow.conftest import Up, processes_of, start
from tests.flow.test_kill import children_of
from tests.store.servers import processes

KILLS = Counter(nova=12, everything=8, postmaster=8, backend=8, guard=6, child=8)
WRITES = 20_000
MINUTES = 15.0
FIRST_ANSWER_SECONDS = 15.0
JOBS_END_SECONDS = 60.0
VICTIM_SECONDS = 60.0
RESTARTED = ("nova", "everything")
ROOT = Path(__file__).parents[2]


@dataclass
class Loop:
    """The state of one loop: what runs, and the worst that was seen."""

    folder: Path
    up: Up
    kills: Counter[str] = field(default_factory=Counter)
    first_answers: dict[str, float] = field(default_factory=dict)
    jobs_ended: float = 0.0

    @property
    def client(self) -> httpx.Client:
        key = (self.folder / "secrets" / "admin.key").read_text().strip()
        return httpx.Client(base_url=self.up.address + "/api/v1", headers={"X-Admin-Key": key}, timeout=10, trust_env=False)

    def kill(self, kind: str) -> None:
        """Kill, have the main process started again when it was hit, and wait for an answer and a write."""
        begun, before = self.strike(kind)
        if kind in RESTARTED:
            self.up.process.wait(10)
            begun = time.monotonic()
            self.up = start(self.folder, "--no-seed")
        self.wait_for_an_answer(begun)
        self.kills[kind] += 1
        self.first_answers[kind] = max(self.first_answers.get(kind, 0.0), time.monotonic() - begun)
        assert self.first_answers[kind] <= FIRST_ANSWER_SECONDS, kind
        assert self.up.process.poll() is None, self.up.err[-3000:]
        if random.random() < 0.7:
            self.wait_for_jobs(begun, before)

    def strike(self, kind: str) -> tuple[float, set[str]]:
        """Kill what is alive of a kind, waiting for some; the moment, and the jobs that were open then."""
        until = time.monotonic() + VICTIM_SECONDS
        while time.monotonic() < until:
            before = self.open_jobs()
            begun = time.monotonic()
            if sum(killed(pid) for pid in self._victims(kind)):
                return begun, before
            if kind == "child":
                self.need_a_child()
            time.sleep(0.02)
        raise AssertionError(f"there was no {kind} to kill")

    def need_a_child(self) -> None:
        """Have something read, which a child does."""
        number = random.randrange(10**6, 10**9)
        with contextlib.suppress(httpx.HTTPError), self.client as client:
            client.post("/ingest/doc", files={"file": (f"opfer-{number}.md", law(number))}, data={"wait": "0"})

    def _victims(self, kind: str) -> list[int]:
        database, family = processes(self.folder), children_of(self.up.process.pid)
        roles = {"postmaster": "server", "guard": "guard", "backend": "part"}
        if kind == "nova":
            return [self.up.process.pid]
        if kind == "everything":
            return random.sample(sorted({*database, *family, self.up.process.pid}), len({*database, *family, self.up.process.pid}))
        if kind == "child":
            return random.sample(sorted(family - database.keys()), 1) if family - database.keys() else []
        return random.sample([pid for pid, role in sorted(database.items()) if role == roles[kind]], 1)

    def wait_for_an_answer(self, begun: float) -> None:
        """A question answered and a write acknowledged after the strike."""
        with self.client as client:
            while time.monotonic() - begun <= FIRST_ANSWER_SECONDS:
                with contextlib.suppress(httpx.HTTPError):
                    asked = client.post("/rag/ask", json={"question": "Wie oft ist der Zähler 3-1 zu prüfen?"})
                    assert asked.status_code in (200, 503), asked.text
                    judged = client.post("/feedback/rag", json={"question": "Frage", "answer": "nach dem Schlag", "useful": True})
                    assert judged.status_code in (200, 503), judged.text
                    if asked.status_code == judged.status_code == 200:
                        return
                time.sleep(0.05)

    def open_jobs(self) -> set[str]:
        with self.client as client:
            answer = client.get("/jobs?state=queued&state=running&limit=200")
            return {job["job_id"] for job in answer.json()["data"]["jobs"]} if answer.status_code == 200 else set()

    def wait_for_jobs(self, begun: float, jobs: set[str] | None = None) -> None:
        """Those that were open at the strike (all, when none are named) have ended."""
        while (left := self.open_jobs() if jobs is None else jobs & self.open_jobs()) and time.monotonic() - begun < JOBS_END_SECONDS:
            time.sleep(0.2)
        assert not left, f"{len(left)} jobs have not ended"
        self.jobs_ended = max(self.jobs_ended, time.monotonic() - begun)


def killed(pid: int) -> bool:
    """Whether a process that lived is killed now; one that has ended already, waited for or not, is none."""
    try:
        alive = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
        os.kill(pid, signal.SIGKILL)
    except (OSError, IndexError):
        return False
    return alive


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A data folder without rate limits; whatever still runs on it ends with the test."""
    (tmp_path / ".env").write_text("NOVA_RATE_LIMITS=off\n")
    yield tmp_path / "data"
    for line in processes_of(tmp_path / "data"):
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(line.split()[0]), signal.SIGKILL)


@contextmanager
def writing(folder: Path, ledger: Path) -> Iterator[None]:
    """The load generator, in a process of its own."""
    command = [sys.executable, "-m", "tests.faults.writer", str(folder), str(ledger)]
    writer = subprocess.Popen(command, stdin=subprocess.PIPE, cwd=ROOT)
    try:
        yield
    finally:
        writer.communicate(timeout=60)
    assert writer.returncode == 0


class Scripted(Loop):
    """A loop whose victims are known beforehand."""

    def __init__(self, victims: list[list[int]]) -> None:
        self.script = victims
        self.asked = 0

    def open_jobs(self) -> set[str]:
        return set()

    def _victims(self, kind: str) -> list[int]:
        return self.script.pop(0) if self.script else []

    def need_a_child(self) -> None:
        self.asked += 1


def test_a_strike_that_hits_nobody_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    with subprocess.Popen(["true"]) as ended, subprocess.Popen(["sleep", "60"]) as living:
        os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)
        loop = Scripted([[], [ended.pid], [living.pid]])
        loop.strike("child")
        assert living.wait(5) == -signal.SIGKILL
        assert loop.asked == 2
    monkeypatch.setattr(sys.modules[__name__], "VICTIM_SECONDS", 0.1)
    with pytest.raises(AssertionError, match="no child to kill"):
        Scripted([]).strike("child")


@pytest.mark.bars
def test_nova_recovers_without_a_restart(folder: Path) -> None:
    kill_loop(folder, Counter(backend=1, guard=1, child=1), 200)


@pytest.mark.bars
def test_fifty_kills_lose_nothing_and_double_nothing(folder: Path) -> None:
    kill_loop(folder, KILLS, WRITES)


def kill_loop(folder: Path, kinds: Counter[str], writes: int) -> None:
    """Write and kill until all kills are done and enough writes acknowledged, then compare."""
    seed = random.randrange(1 << 30)
    print(f"seed {seed}")
    random.seed(seed)
    ledger = folder.parent / "ledger"
    loop = Loop(folder, start(folder, "--no-seed"))
    with loop.client as client:
        client.post("/admin/keys", json={"user": "schreiberin"}).raise_for_status()
    began = time.monotonic()
    with writing(folder, ledger):
        time.sleep(2.0)
        for kind in random.sample(list(kinds.elements()), kinds.total()):
            time.sleep(random.uniform(0.1, 2.0))
            loop.kill(kind)
        while read(ledger).writes < writes and time.monotonic() - began < MINUTES * 60:
            time.sleep(1.0)
    loop.wait_for_jobs(time.monotonic())
    assert loop.up.stop() == 0, loop.up.err[-3000:]
    assert loop.kills == kinds
    promised = read(ledger)
    tell(loop, promised, time.monotonic() - began)
    assert promised.wrong == []
    assert promised.writes >= writes
    with open_nova(Settings(NOVA_DATA=folder)) as nova:
        sweep(nova)
        assert broken(nova) == []
        compare(nova, promised)


def tell(loop: Loop, promised: Promised, seconds: float) -> None:
    answers = ", ".join(f"{kind} {worst:.1f} s" for kind, worst in sorted(loop.first_answers.items()))
    print(f"{loop.kills.total()} kills in {seconds:.0f} s: {dict(loop.kills)}")
    print(f"{promised.writes} acknowledged writes: {len(promised.events)} events in {dict(promised.requests)} requests")
    print(f"worst first answer after a kill: {answers}; jobs ended {loop.jobs_ended:.1f} s after one at the latest")


def sweep(nova: Nova) -> None:
    """The daily job that removes what a kill left between the files and the rows."""
    worker = open_worker(nova)
    worker.start()
    try:
        assert nova.jobs.wait(nova.jobs.start(Kind("sweep"), {}, title="Aufräumen"), 30).state == "done"
    finally:
        worker.stop()


def compare(nova: Nova, promised: Promised) -> None:
    """Every acknowledged write is there, once."""
    events = {str(row["event_id"]) for row in nova.db.fetch_all("SELECT event_id FROM events")}
    assert set(promised.events) - events == set()
    marks = Counter(row["answer"] for row in nova.db.fetch_all("SELECT answer FROM rag_feedback WHERE answer <> 'nach dem Schlag'"))
    assert set(promised.feedback) - marks.keys() == set()
    assert [mark for mark, count in marks.items() if count > 1] == []
    rows = {str(row["item_id"]): row for row in nova.db.fetch_all("SELECT item_id, filename, tags, status FROM items")}
    assert promised.items.keys() - promised.deleted - rows.keys() == set()
    assert rows.keys() & promised.deleted == set()
    assert {row["status"] for row in rows.values()} == {"ready"}
    assert [name for name, count in Counter(row["filename"] for row in rows.values()).items() if count > 1] == []
    for item_id, tag in promised.tags.items():
        assert item_id in promised.deleted or rows[item_id]["tags"] == [tag]
