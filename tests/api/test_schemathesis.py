"""The description as a promise: schemathesis draws requests from it and checks every answer, against the real server.

A short run belongs to `make test`; the long one (`make bars`) draws at least 100 examples an operation, twice: as the operator,
and as two customers who must not see each other's things.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.api.house import ADMIN_KEY, Door
from tests.flow.conftest import start

pytestmark = pytest.mark.slow

CONFIG = Path(__file__).with_name("schemathesis.toml")
EXAMPLES = 100  # an operation, in the long run
FEW = 1
SEED = "20261121"
LONGEST = 3600.0


def people(address: str, folder: Path) -> Path:
    """Who asks: two customers with tokens of their own, a program, then the operator, as a file that schemathesis reads."""
    admin = {"X-Admin-Key": ADMIN_KEY}
    entries = []
    for user, role in (("anna", "customer"), ("ben", "customer"), ("svc-test", "service")):
        made = httpx.post(f"{address}/api/v1/admin/keys", headers=admin, json={"user": user, "role": role})
        header = {"name": "Authorization", "value": f"Bearer {made.json()['data']['token']}"}
        entries.append({"name": user, "fixedHeaders": [header]})
    entries.append({"name": "betrieb", "fixedHeaders": [{"name": "X-Admin-Key", "value": ADMIN_KEY}]})
    path = folder / "people.json"
    path.write_text(json.dumps({"auth": entries}), "utf-8")
    return path


def run(address: str, folder: Path, *words: str, timeout: float = LONGEST) -> str:
    """What schemathesis reports; fails with its findings."""
    program = Path(sys.executable).with_name("st")
    options = ("--checks", "all", "--seed", SEED, "--generation-database", "none", "--no-color", "--continue-on-failure")
    command = [program, "--config-file", CONFIG, "run", f"{address}/api/v1/openapi.json", *options, *words]
    surroundings = {**os.environ, "NOVA_PEOPLE": str(people(address, folder))}
    done = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, timeout=timeout, check=False)
    report = "\n".join(line[:600] for line in done.stdout.splitlines())
    assert done.returncode == 0, report[-20_000:] + done.stderr[-2_000:]
    return report


def operations(report: str) -> tuple[int, int]:
    """How many operations were tested, and how many there are."""
    selected = re.search(r"Selected: (\d+)/(\d+)\s+Tested: (\d+)", report)
    assert selected, report
    return int(selected[3]), int(selected[2])


def test_the_description_holds_in_a_few_examples(door: Door, address: str, tmp_path: Path) -> None:
    """Only the operations that take a body; the long run takes all."""
    methods = [word for method in ("POST", "PUT", "PATCH") for word in ("--include-method", method)]
    report = run(address, tmp_path, "--phases", "fuzzing", "--max-examples", str(FEW), *methods, timeout=120)
    tested, there = operations(report)
    assert 10 < tested < there


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real `nova up` without rate limits."""
    folder = tmp_path_factory.mktemp("up")
    (folder / ".env").write_text(f"ADMIN_API_KEY={ADMIN_KEY}\nNOVA_RATE_LIMITS=off\nNOVA_UPLOAD_MB=1\n", "utf-8")
    up = start(folder / "data")
    yield up.address
    up.stop()


@pytest.mark.bars
@pytest.mark.parametrize("who", ["betrieb", "anna"])
def test_the_description_holds(serving: str, tmp_path: Path, who: str) -> None:
    report = run(serving, tmp_path, "--max-examples", str(EXAMPLES), "--auth-wfc-user", who)
    tested, there = operations(report)
    assert tested == there - CONFIG.read_text("utf-8").count("enabled = false")
    print(report[-1500:])


@pytest.mark.bars
def test_the_description_of_what_programs_may_holds(serving: str, tmp_path: Path) -> None:
    report = run(serving, tmp_path, "--max-examples", str(EXAMPLES), "--auth-wfc-user", "svc-test", "--include-path-regex", "/service/")
    assert operations(report)[0] > 0
