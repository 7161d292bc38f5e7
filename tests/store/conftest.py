"""Data folders for embedded servers, and programs that hold one."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nova.store.postgres.embedded import Running, start
from tests.folders import short_folder
from tests.scratch import scratch
from tests.store.servers import processes, within

OWNER = """
import sys
from pathlib import Path
from nova.store.postgres.embedded import Running, start
server = start(Path(sys.argv[1]))
print(server.dsn, flush=True)
sys.stdin.read()
server.stop()
print("stopped", flush=True)
"""

Owner = Callable[[], "subprocess.Popen[str]"]


@pytest.fixture
def empty(postgres: Running) -> Iterator[str]:
    """The connection string of an empty database."""
    with scratch(postgres.dsn) as url:
        yield url


@pytest.fixture
def bare() -> Iterator[Path]:
    """An empty data folder."""
    with short_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A data folder whose database was made once, to copy from."""
    with short_folder() as folder:
        start(folder).stop()
        yield folder


@pytest.fixture
def data(made: Path, bare: Path) -> Path:
    """A data folder with a database that is not running."""
    subprocess.run(["cp", "-a", f"{made}/postgres", f"{made}/log", bare], check=True)
    return bare


@pytest.fixture
def owner(bare: Path) -> Iterator[Owner]:
    """Starts programs that hold the server until their input ends; kills what is left of them."""
    running: list[subprocess.Popen[str]] = []

    def begin() -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", OWNER, str(bare)]
        running.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True))
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.communicate()
    within(40, lambda: not processes(bare))
