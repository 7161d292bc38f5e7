"""Nova in its server form: one `nova up` without workers of its own and `nova worker` processes, on servers that tests started."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.flow.conftest import surroundings

KEY = "nova_adm_3b1f0c5d7e9a2468ace013579bdf"
PATIENCE = 60.0


@dataclass(eq=False)
class Started:
    """A running `nova` command and what it says."""

    process: subprocess.Popen[bytes]
    out: Path
    err: Path

    @property
    def said(self) -> str:
        """What it wrote on stdout."""
        return self.out.read_text("utf-8")

    @property
    def log(self) -> list[dict[str, Any]]:
        """The log's lines; every line on stderr is one."""
        return [json.loads(line) for line in self.err.read_text("utf-8").splitlines() if line.startswith("{")]

    def logged(self, event: str) -> list[dict[str, Any]]:
        """The lines of one event."""
        return [line for line in self.log if line.get("event") == event]

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait for the end."""
        self.process.send_signal(number)
        return self.process.wait(30)


@dataclass
class Installation:
    """Where the servers are, and the processes that use them."""

    folder: Path
    environment: Mapping[str, str]
    running: list[Started] = field(default_factory=list)
    address: str = ""

    def command(self, *words: str, data: str = "api", **changes: str) -> Started:
        """Start a command with a data folder of its own name."""
        number = len(self.running)
        out, err = self.folder / f"{number}.out", self.folder / f"{number}.err"
        environment = {**surroundings(), **self.environment, "NOVA_DATA": str(self.folder / data), **changes}
        line = [sys.executable, "-m", "nova", *words]
        with out.open("wb") as to_out, err.open("wb") as to_err:
            process = subprocess.Popen(line, env=environment, cwd=self.folder, stdout=to_out, stderr=to_err, start_new_session=True)
        self.running.append(Started(process, out, err))
        return self.running[-1]

    def up(self, *, port: str = "0") -> Started:
        """`nova up` without workers of its own, once it serves."""
        up = self.command("up", "--port", port, "--no-seed", NOVA_JOB_WORKERS="0")
        until(lambda: "Nova läuft: " in up.said or up.process.poll() is not None, PATIENCE)
        assert up.process.poll() is None, up.err.read_text("utf-8")[-3000:]
        self.address = next(line.split()[-1] for line in up.said.splitlines() if line.startswith("Nova läuft: "))
        return up

    def worker(self, name: str, *words: str, **changes: str) -> Started:
        """A `nova worker`, not yet ready."""
        return self.command("worker", *words, data=name, **changes)

    def client(self) -> httpx.Client:
        """The operator's client."""
        return httpx.Client(base_url=f"{self.address}/api/v1", headers={"X-Admin-Key": KEY}, timeout=60)

    def end(self) -> None:
        """Kill what is left, with all its children."""
        for one in self.running:
            if one.process.poll() is None:
                os.killpg(one.process.pid, signal.SIGKILL)
                one.process.wait(10)


def ready(worker: Started) -> bool:
    """Whether a worker says that it works; fails with what it said when it has ended."""
    assert worker.process.poll() is None, worker.err.read_text("utf-8")[-3000:]
    return bool(worker.logged("worker_ready"))


def until(holds: Callable[[], object], seconds: float) -> None:
    """Wait for it or fail."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


@contextmanager
def installation(folder: Path, environment: Mapping[str, str]) -> Iterator[Installation]:
    """Processes on these servers; all are gone when the block ends."""
    made = Installation(folder, {"ADMIN_API_KEY": KEY, "NOVA_RATE_LIMITS": "off", "NOVA_LOG_LEVEL": "info", **environment})
    try:
        yield made
    finally:
        made.end()
