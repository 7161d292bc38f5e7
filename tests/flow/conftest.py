"""The command `nova` as people start it: in processes of its own, on a folder of its own."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PATIENCE = 120.0
OURS = re.compile(r"^(NOVA_|SIM_|ADMIN_API_KEY|API_PORT|GENERATE_MODEL|OLLAMA_PORT|FORBID_SKIPS)")


def surroundings() -> dict[str, str]:
    """The environment without any setting of Nova's but the one that everybody must make."""
    return {name: value for name, value in os.environ.items() if not OURS.match(name)} | {"NOVA_HOTLINE": "0800 1234567"}


def run(folder: Path, *words: str, timeout: float = PATIENCE) -> subprocess.CompletedProcess[str]:
    """One finished command."""
    command = [sys.executable, "-m", "nova", "--data", str(folder), *words]
    return subprocess.run(command, env=surroundings(), cwd=folder.parent, capture_output=True, text=True, timeout=timeout, check=False)


def read(folder: Path, *words: str) -> Any:
    """A reading command's data; fails with what it said."""
    done = run(folder, *words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def processes_of(folder: Path) -> list[str]:
    """The command lines of all processes that name this folder or work in it."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                place = str((entry / "cwd").readlink())
            except OSError:
                continue
            if str(folder) in words or place.startswith(str(folder)):
                found.append(f"{entry.name} {words}")
    return found


@dataclass
class Up:
    """A running `nova up`, what it prints and how long it took to serve."""

    process: subprocess.Popen[bytes]
    folder: Path
    seconds: float = 0.0

    @property
    def out(self) -> str:
        """What it said on stdout so far."""
        return (self.folder.parent / "out").read_text("utf-8")

    @property
    def err(self) -> str:
        """What it said on stderr so far."""
        return (self.folder.parent / "err").read_text("utf-8")

    @property
    def address(self) -> str:
        """Where it serves; "" before it does."""
        return next((line.split()[-1] for line in self.out.splitlines() if line.startswith("Nova läuft: ")), "")

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait for the end."""
        self.process.send_signal(number)
        return self.process.wait(30)


def start(folder: Path, *words: str) -> Up:
    """`nova up` on a free port, returned once it says where it serves."""
    command = [sys.executable, "-m", "nova", "--data", str(folder), "up", "--port", "0", *words]
    begun = time.monotonic()
    with (folder.parent / "out").open("wb") as out, (folder.parent / "err").open("wb") as err:
        up = Up(subprocess.Popen(command, env=surroundings(), cwd=folder.parent, stdout=out, stderr=err), folder)
    while not up.address:
        if up.process.poll() is not None or time.monotonic() - begun > PATIENCE:
            up.process.kill()
            up.process.wait()
            raise AssertionError(up.err[-3000:])
        time.sleep(0.05)
    up.seconds = time.monotonic() - begun
    return up


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """One first start for a whole file of tests."""
    started = start(tmp_path_factory.mktemp("up") / "data")
    yield started
    if started.process.poll() is None:
        started.stop()
