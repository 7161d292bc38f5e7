"""The hosts themselves: a process here, `transformers serve` and llama.cpp's server give the trainer's words, and Luna checks them all.

The scripts make and start the servers in pytest's cache folder; the first run builds llama.cpp from source, for three to ten minutes.
vLLM and Ollama do not run here: tests/contracts/test_adapter_hosts.py speaks to fakes of them.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from nova.answers import work
from nova.answers.ask import Question, ask
from nova.answers.compose.learned_form import Form
from nova.engines.adapters import gguf
from nova.engines.adapters.behind import ServerHost
from nova.engines.adapters.inprocess import InProcessHost, Place
from nova.engines.adapters.servers import DOORS, Where
from nova.engines.train.process import ProcessTuner
from nova.errors import Conflict, ServerAbsent
from nova.flows.training.serving import TunedGenerator, verify
from nova.training.config import base_folder
from tests.contracts import test_adapter_hosts as contract
from tests.contracts.test_adapter_hosts import NOTICE, Hosted
from tests.house.places import ROOT
from tests.rooms.answers.shelf import laws
from tests.tuning.conftest import PYTHON
from tests.tuning.ggufs import write_base
from tests.tuning.test_host import MOST, Tuned

pytestmark = pytest.mark.bars

FORM = Form("", 512, 96)
KINDS = ("process", "transformers", "llamacpp")
BUILD_S = 3600.0
QUESTIONS = (NOTICE, "Was regelt § 17 StromGVV?")  # on which so small a base writes seven hundred tokens of nothing


class Served:
    """The servers, each at its port, with the two adapters; llama.cpp's can be begun anew with its adapters in another order."""

    def __init__(self, tuned: Tuned, cache: Callable[[str], Path], folder: Path, stack: ExitStack) -> None:
        self.base, self.folder, self.cache = base_folder("nova-mini", folder), folder, cache
        (folder / "llamacpp").mkdir()
        self.files = [folder / "llamacpp" / f"{one.key}.gguf" for one in tuned.adapters.values()]
        for file, one in zip(self.files, tuned.adapters.values(), strict=True):
            gguf.lora(one.folder, self.base, file)
        write_base(self.base, folder / "base.gguf")
        self.ports = {kind: free_port() for kind in ("transformers", "llamacpp")}
        stack.enter_context(begun("transformers_server.sh", cache("transformers"), self.ports["transformers"]))

    @contextmanager
    def llama(self, files: list[Path], port: int) -> Iterator[None]:
        """llama.cpp's server with these adapters, until the block ends."""
        given = (str(self.folder / "base.gguf"), ",".join(map(str, files)))
        with begun("llama_server.sh", self.cache("llamacpp"), port, *given):
            yield

    def host(self, kind: str, folder: Path, port: int = 0) -> InProcessHost | ServerHost:
        if kind == "process":
            return InProcessHost(Place(self.base, folder, str(PYTHON)), verify)
        where = Where(f"http://127.0.0.1:{port or self.ports[kind]}", "", self.base, "", self.folder / kind)
        return ServerHost(DOORS[kind](where), verify)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def begun(script: str, folder: Path, port: int, *given: str) -> Iterator[None]:
    """A server that answers, until the block ends."""
    with (folder / "log").open("wb") as log:
        env = {"PYTHON": sys.executable, "PATH": "/usr/bin:/bin", "HOME": str(folder)}
        server = subprocess.Popen(
            [str(ROOT / "scripts" / script), str(folder), str(port), *given], stdout=log, stderr=log, env=env, start_new_session=True
        )
    until = time.monotonic() + BUILD_S
    try:
        while not answers(port):
            assert server.poll() is None and time.monotonic() < until, (folder / "log").read_text()[-3000:]
            time.sleep(0.2)
        yield
    finally:
        os.killpg(server.pid, signal.SIGKILL)  # the script, and what it builds or became
        server.wait(30)


def answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/v1/models", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


@pytest.fixture(scope="module")
def tuned(tuner: ProcessTuner, tmp_path_factory: pytest.TempPathFactory) -> Tuned:
    return Tuned(tuner, tmp_path_factory.mktemp("tuned"))


@pytest.fixture(scope="module")
def served(tuned: Tuned, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    cache = request.config.cache
    assert cache is not None
    with ExitStack() as stack:
        yield Served(tuned, lambda name: cache.mkdir(f"{name}-server"), tmp_path_factory.mktemp("served"), stack)


@pytest.fixture(scope="module")
def llama(served: Served) -> Iterator[None]:
    with served.llama(served.files, served.ports["llamacpp"]):
        yield


@pytest.fixture(params=KINDS)
def hosted(request: pytest.FixtureRequest, tuned: Tuned, served: Served, llama: None, tmp_path: Path) -> Iterator[Hosted]:
    row = tuned.rows[0]
    with closing(served.host(request.param, tmp_path)) as host:
        yield Hosted(host, tuned.adapters, lambda name: tuned.said[name][row["id"]], tuned.messages(row), most=MOST)


globals().update({test.__name__: test for test in contract.CONTRACT})


def test_twenty_questions_get_the_trainers_words_from_base_and_adapters(hosted: Hosted, tuned: Tuned) -> None:
    alike = dict.fromkeys(("eins", "", "zwei"), 0)
    for row in tuned.rows:
        for name in alike:
            said = "".join(hosted.host.stream(tuned.messages(row), adapter=tuned.adapters.get(name), max_tokens=MOST)).strip()
            alike[name] += said == tuned.said[name][row["id"]]
    assert len(tuned.rows) == 20 and alike == {"eins": 20, "": 20, "zwei": 20}


def test_luna_shows_nothing_unproven_and_the_same_whichever_host_writes(served: Served, tuned: Tuned, llama: None, tmp_path: Path) -> None:
    shown: dict[str, list[str]] = {}
    for kind in KINDS:
        with closing(served.host(kind, tmp_path / kind)) as host:
            writer = TunedGenerator(tuned.adapters["eins"], host)
            context = replace(laws(), tuned=lambda _, writer=writer: (writer, FORM))
            found = [ask(context, Question(question)) for question in QUESTIONS]
        assert all(one.citations or not one.checked or one.text in NOTES for answer in found for one in answer.sentences)
        assert work.SILENT not in " ".join(answer.text for answer in found)  # it wrote, and was checked
        shown[kind] = ["|".join(one.text for one in answer.sentences) for answer in found]
    assert shown["process"] == shown["transformers"] == shown["llamacpp"]


NOTES = (work.UNPROVEN, work.BROKE_OFF)


def test_llama_cpp_begun_anew_counts_otherwise_and_answers_rightly(served: Served, tuned: Tuned, tmp_path: Path) -> None:
    row, port = tuned.rows[1], free_port()
    with closing(served.host("llamacpp", tmp_path, port)) as host:
        for files in (served.files, served.files[::-1]):
            with served.llama(files, port):
                for name in ("eins", "zwei", ""):
                    said = "".join(host.stream(tuned.messages(row), adapter=tuned.adapters.get(name), max_tokens=MOST)).strip()
                    assert said == tuned.said[name][row["id"]]
        with pytest.raises(ServerAbsent, match="ist nicht erreichbar"):
            next(host.stream(tuned.messages(row), adapter=tuned.adapters["eins"], max_tokens=MOST))
        assert not host.ready(tuned.adapters["eins"])
        with served.llama(served.files[:1], port):
            with pytest.raises(ServerAbsent, match="nicht mehr"):
                next(host.stream(tuned.messages(row), adapter=tuned.adapters["zwei"], max_tokens=MOST))
            with pytest.raises(Conflict, match=r"Beginnen Sie es neu mit --lora"):
                host.prepare(tuned.adapters["zwei"])
