"""Twenty kills in the midst of keys, trials, promotions and steps back, with other doors open: what is told is what happened."""

import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nova.flows.training.running import PLACE
from nova.flows.training.serving import ServingAdapters
from nova.flows.training.trials import FAMILY
from nova.governance.audit import chain
from nova.governance.audit.anchors import Written
from nova.store import releases
from nova.training.config import folder_digest
from nova.wiring.serving import in_use_of
from tests.house.places import ROOT
from tests.rooms.seeding.seeds import Bench
from tests.rooms.training.doomed_promotion import DOOMED, Hands
from tests.rooms.training.test_promoting import Board
from tests.rooms.training.test_serving import Host

pytestmark = pytest.mark.bars
KILLS, AT_ONCE = 20, 5
LONGEST_S = 1.5
Told = list[tuple[str, str]]


class House:
    """A board with three runs that may serve, and what asks."""

    def __init__(self, bench: Bench, folder: Path, dsn: str) -> None:
        self.board, self.dsn = Board(bench, folder), dsn
        self.db, self.data = bench.db, self.board.house.folder
        self.names = [self.board.run.name, self.board.trained().name, self.board.trained().name]
        self.host, self.unsaid = Host(), 0
        self.hands = Hands(bench.db, self.data, self.names, random.Random(0))
        chain.seal(bench.db, datetime.now(UTC))
        self.before = int(bench.db.fetch_all("SELECT coalesce(max(seq), 0) AS n FROM audit_log")[0]["n"])
        bench.db.execute("DELETE FROM notices")
        self.adapters = ServingAdapters(in_use_of(bench.db), self.data, self.host)

    def killed(self, seed: int) -> list[str]:
        """The lines of somebody who was killed at a random moment, while another door was used, too."""
        dice, over = random.Random(seed), threading.Event()
        command = [sys.executable, "-m", "tests.rooms.training.doomed_promotion", str(seed), str(self.data), *self.names]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True)
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(self.dsn + "\n")
        process.stdin.flush()
        first = process.stdout.readline().strip()
        other = threading.Thread(target=self._beside, args=(over, random.Random(-seed)))
        other.start()
        time.sleep(dice.uniform(0.02, LONGEST_S))
        if seed % 2:  # half of them while something is written and not committed
            self.unsaid += self._until_it_writes()
        process.send_signal(signal.SIGKILL)
        lines = [first, *process.stdout.read().split()]
        assert process.wait() == -signal.SIGKILL
        process.stdin.close()
        process.stdout.close()
        over.set()
        other.join()
        return lines

    def _writes(self) -> bool:
        """Whether it is in a transaction that has written something."""
        return bool(self.db.fetch_all("SELECT 1 FROM pg_stat_activity WHERE application_name = %s AND backend_xid IS NOT NULL", [DOOMED]))

    def _until_it_writes(self) -> bool:
        ends = time.monotonic() + 30
        while not self._writes():
            if time.monotonic() > ends:
                return False
        return True

    def _beside(self, over: threading.Event, dice: random.Random) -> None:
        self.hands.dice = dice
        while not over.is_set():
            self.hands.one(lambda _: None)
            time.sleep(dice.uniform(0.0, 0.2))

    def ledger(self) -> Told:
        """The ledger of releases, oldest first; that one was made is no step of it."""
        with self.db.transaction() as conn:
            found = releases.steps(conn, FAMILY, limit=100_000)
        return [(one.step, one.name) for one in reversed(found) if one.step != "made"]

    def audited(self) -> Told:
        """The same as the audit log tells it, and how many notices each has."""
        chain.seal(self.db, datetime.now(UTC))
        verdict = chain.verify(self.db, Written(()))
        assert verdict.flaws == () and verdict.unsealed == 0
        rows = self.db.fetch_all(
            "SELECT action, target, facts FROM audit_log WHERE action LIKE 'training.%%' AND seq > %s ORDER BY seq", [self.before]
        )
        return [step for row in rows for step in _steps(row["action"], row["target"].removeprefix("run:"), row["facts"])]

    def answers(self) -> str:
        """Who answers the next question of somebody in no trial, once the adapter lies ready."""
        with self.db.transaction() as conn:
            live = releases.live(conn, FAMILY)
        ends, wanted = time.monotonic() + 10, live.name if live else ""
        while (found := self.adapters.writer("")) is None or found.model != wanted:
            if found is None and not wanted:
                break
            assert time.monotonic() < ends, (wanted, found)
            time.sleep(0.02)
        return wanted


def _steps(action: str, name: str, facts: dict[str, str]) -> Iterator[tuple[str, str]]:
    known = {"training.trial": "trial", "training.trial_ended": "dropped", "training.promoted": "live", "training.rolled_back": "withdrawn"}
    if action in known:
        yield known[action], name
    if action == "training.rolled_back" and facts["to"]:
        yield "back", facts["to"]


@pytest.fixture
def house(bench: Bench, tmp_path: Path, database_url: str) -> Iterator[House]:
    found = House(bench, tmp_path, database_url)
    yield found
    found.hands.jobs.close()


@pytest.mark.parametrize("first", range(0, KILLS, AT_ONCE))
def test_twenty_kills_leave_one_live_adapter_and_its_story(house: House, first: int) -> None:
    inside, steps = 0, 0
    for seed in range(first, first + AT_ONCE):
        lines = house.killed(seed)
        inside += lines[-1] not in ("done", "refused")
        with house.db.transaction() as conn:
            used = releases.in_use(conn, FAMILY)
        assert sorted(one.state for one in used) in ([], ["live"], ["trial"], ["live", "trial"])
        for one in used:
            assert folder_digest(house.data / PLACE / one.name / "adapter") == one.digest
        ledger = house.ledger()
        assert ledger == house.audited()
        told = house.db.fetch_all("SELECT event FROM notices WHERE event LIKE 'adapter.%%'", [])
        assert len(told) == len([step for step, _ in ledger if step != "back"])
        assert house.answers() == next((one.name for one in used if one.state == "live"), "")
        steps = len(ledger)
    print(f"{AT_ONCE} kills, {inside} within a step, {house.unsaid} with writes not yet committed; {steps} steps in ledger and audit log")
    assert inside >= AT_ONCE - 2 and house.unsaid and steps > AT_ONCE
