"""A host in a process of its own: the words of the trainer, with any adapter at any question, and it comes back when it is killed."""

import json
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from nova.engines.adapters.inprocess import InProcessHost, Place
from nova.engines.train.process import ProcessTuner
from nova.errors import Conflict, ServerAbsent
from nova.ports import ChatMessage
from nova.ports.training import Adapter
from nova.training.config import base_folder, folder_digest
from tests.tuning.conftest import PYTHON
from tests.tuning.minis import asked
from tests.tuning.test_process import Looker, task_of

pytestmark = pytest.mark.bars
ASKED, MOST = 20, 48


class Tuned:
    """Two adapters of one base, and what each side answers to twenty questions as the trainer has it."""

    def __init__(self, tuner: ProcessTuner, folder: Path) -> None:
        self.adapters: dict[str, Adapter] = {}
        self.said: dict[str, dict[str, str]] = {}
        data = task_of(folder, "fragen").data
        rows = [{**one, "id": str(at), "answerable": True} for at, one in enumerate(asked(ASKED, 7))]
        (data / "asked.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        for name, rate in (("eins", 0.002), ("zwei", 0.02)):
            task = task_of(folder, name)
            task = replace(
                task, config={**task.config, "training": {**task.config["training"], "rate": rate, "epochs": 2}, "longest": MOST}
            )
            assert tuner.run(task, Looker()) is not None
            adapter = task.folder / "adapter"
            self.adapters[name] = Adapter(name, adapter, folder_digest(adapter))
            self.said[name] = self._answers(tuner, replace(task, what="answer", side="cand", adapter=adapter))
            self.said[""] = self._answers(tuner, replace(task, what="answer"))
        self.rows = [json.loads(line) for line in (folder / "data" / "asked.jsonl").read_text("utf-8").splitlines()]
        self.system = str(task.config["system"])

    def _answers(self, tuner: ProcessTuner, task: object) -> dict[str, str]:
        assert tuner.run(task, Looker()) is not None  # type: ignore[arg-type]
        lines = (task.folder / f"answers-{task.side}.jsonl").read_text("utf-8").splitlines()  # type: ignore[attr-defined]
        return {one["id"]: one["answer"] for one in map(json.loads, lines)}

    def messages(self, row: dict[str, object]) -> list[ChatMessage]:
        passages = "".join(f"\n[{n}] {text}" for n, text in enumerate(row["context"], 1))  # type: ignore[arg-type]
        said = [ChatMessage("user", f"{row['question']}{passages}")]
        return [ChatMessage("system", self.system), *said] if self.system else said


@pytest.fixture(scope="module")
def tuned(tuner: ProcessTuner, tmp_path_factory: pytest.TempPathFactory) -> Tuned:
    return Tuned(tuner, tmp_path_factory.mktemp("tuned"))


def verify(adapter: Adapter) -> None:
    if folder_digest(adapter.folder) != adapter.sha256:
        raise Conflict("Die Gewichte sind andere.")


@pytest.fixture
def host(tuned: Tuned, tmp_path: Path) -> Iterator[InProcessHost]:
    found = InProcessHost(Place(base_folder("nova-mini", tmp_path), tmp_path, str(PYTHON)), verify)
    yield found
    found.close()


def answer(host: InProcessHost, tuned: Tuned, row: dict[str, object], name: str) -> str:
    return "".join(host.stream(tuned.messages(row), adapter=tuned.adapters.get(name), max_tokens=MOST)).strip()


def test_its_words_are_those_of_the_trainer_whichever_adapter_is_asked(host: InProcessHost, tuned: Tuned) -> None:
    assert tuned.said["eins"] != tuned.said[""] != tuned.said["zwei"] != tuned.said["eins"]
    asked = [(row, name) for row in tuned.rows for name in ("eins", "", "zwei")]
    with ThreadPoolExecutor(8) as clients:
        found = list(clients.map(lambda one: answer(host, tuned, *one), asked))
    assert [said == tuned.said[name][row["id"]] for (row, name), said in zip(asked, found, strict=True)] == [True] * len(asked)
    assert host.health()["adapters"] in (["eins", "zwei"], ["zwei", "eins"])


def test_other_files_than_those_that_were_judged_are_not_loaded(host: InProcessHost, tuned: Tuned) -> None:
    with pytest.raises(Conflict, match="Gewichte sind andere"):
        host.prepare(replace(tuned.adapters["eins"], sha256="0" * 64))
    assert host.health()["adapters"] == []


def test_killed_it_says_so_and_answers_the_next_question(host: InProcessHost, tuned: Tuned) -> None:
    row = tuned.rows[0]
    pieces = host.stream(tuned.messages(row), adapter=tuned.adapters["eins"], max_tokens=400)
    next(pieces)
    os.kill(host._process.pid, signal.SIGKILL)  # type: ignore[union-attr]
    with pytest.raises(ServerAbsent):
        for _ in pieces:
            pass
    assert answer(host, tuned, row, "eins") == tuned.said["eins"][row["id"]]


def test_it_outlives_the_thread_that_began_it(host: InProcessHost, tuned: Tuned) -> None:
    with ThreadPoolExecutor(1) as thread:
        thread.submit(host.prepare, tuned.adapters["eins"]).result()
    time.sleep(0.5)
    assert host.ready(tuned.adapters["eins"]) and answer(host, tuned, tuned.rows[0], "eins") == tuned.said["eins"][tuned.rows[0]["id"]]


def test_who_stops_listening_stops_the_model(host: InProcessHost, tuned: Tuned) -> None:
    row = tuned.rows[0]
    host.prepare(tuned.adapters["zwei"])
    for _ in range(3):
        pieces = host.stream(tuned.messages(row), adapter=None, max_tokens=2000)
        next(pieces)
        pieces.close()  # type: ignore[attr-defined]
    began = time.process_time()
    assert answer(host, tuned, row, "zwei") == tuned.said["zwei"][row["id"]]
    assert time.process_time() - began < 5
