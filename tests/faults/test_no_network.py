"""Everything without any network: a whole round in a namespace that holds nothing but loopback, and nobody tries to leave."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.flow.conftest import surroundings

ROOT = Path(__file__).parents[2]
CANARY = """
import socket
for family, kind, address in (
    (socket.AF_INET, socket.SOCK_STREAM, ("192.0.2.1", 443)),
    (socket.AF_INET, socket.SOCK_DGRAM, ("192.0.2.1", 53)),
    (socket.AF_INET6, socket.SOCK_STREAM, ("2001:db8::1", 443)),
):
    with socket.socket(family, kind) as one:
        try:
            one.connect(address)
        except OSError:
            pass
try:
    socket.getaddrinfo("nova.example", 443)
except OSError:
    pass
"""


def alone(*command: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.alone", *command], cwd=ROOT, env=surroundings(), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        pytest.skip(f"network namespaces need root: {done.stderr.strip().splitlines()[-1]}")
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["interfaces"] == ["lo"]
    return found


def test_an_attempt_to_leave_would_be_seen() -> None:
    assert alone(sys.executable, "-c", CANARY)["attempts"] >= 4


@pytest.mark.slow
def test_a_whole_round_makes_no_attempt_to_leave(tmp_path: Path) -> None:
    found = alone(sys.executable, "-m", "nova", "--data", str(tmp_path / "unused"), "smoke", "--short", "--json")
    assert found["rc"] == 0, found["err"]
    citation = json.loads(found["out"])["citation"]
    assert citation["page"] >= 1
    assert "22 Kilowatt" in " ".join(citation["quote"].split())
    assert not (tmp_path / "unused").exists()
    assert (found["attempts"], found["elsewhere"]) == (0, 0)
