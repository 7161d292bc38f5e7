"""The process that tunes: killed at any step it ends with the bytes of one that never was; and it says what it lacks."""

import json
import os
import random
import shutil
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nova.engines.train.mirrors import Mirrors
from nova.engines.train.process import ProcessTuner
from nova.errors import Busy, InvalidInput, ServerAbsent
from nova.ports.training import Task, Wanted
from nova.training.adapter.files import Against, checked_folder
from nova.training.adapter.safetensors import base_shapes
from nova.training.config import base_folder, file_digest, folder_digest, geometry, recipe
from nova.training.cures import asked_with
from tests.house.places import ROOT
from tests.tuning.conftest import PYTHON
from tests.tuning.minis import asked

pytestmark = pytest.mark.slow
STEPS, EVERY = 40, 3  # long enough to be met in the middle: it is looked at twice a second


def task_of(folder: Path, name: str, what: Any = "train") -> Task:
    """A short run on the small base: 40 steps, a checkpoint every three."""
    data = folder / "data"
    if not data.is_dir():
        data.mkdir(parents=True)
        rows = [{**one, "id": str(at), "answerable": True} for at, one in enumerate(asked(56, 3))]
        for part, some in (("train", rows[:40]), ("validation", rows[40:48]), ("asked", rows[48:])):
            (data / f"{part}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in some), "utf-8")
    chosen = recipe("", "cpu")
    config = {**chosen.told(), "checkpoint": {"every": EVERY, "keep": 2}, "training": {**chosen.told()["training"], "epochs": 8}}
    base = base_folder("nova-mini", folder)
    return Task(what, name, folder / name, data, base, "sft", config, geometry(chosen, "data", folder_digest(base)))


class Looker:
    """Remembers the steps, and does something at one of them."""

    def __init__(self, at: int = 0, then: Callable[[], Wanted] = lambda: "run") -> None:
        self.at, self.then, self.steps = at, then, list[int]()

    def __call__(self, lines: Sequence[Mapping[str, Any]]) -> Wanted:
        self.steps += [int(line["step"]) for line in lines]
        return self.then() if self.at and self.steps and self.steps[-1] >= self.at else "run"


def killed(task: Task) -> Callable[[], Wanted]:
    """Kills the process that works in the task's folder."""

    def now() -> Wanted:
        for process in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                told = process.read_bytes().split(b"\0")
            except OSError:
                continue
            if str(task.folder / "job.json").encode() in told:
                os.kill(int(process.parent.name), signal.SIGKILL)
        return "run"

    return now


def through_kills(tuner: ProcessTuner, folder: Path, kills: Sequence[int]) -> tuple[str, list[int]]:
    """The hash of an adapter whose process was killed at these steps, and the checkpoints from which it went on."""
    task, resumed = task_of(folder, "killed"), list[int]()
    for step in kills:
        with pytest.raises(ServerAbsent):
            tuner.run(task, Looker(step, killed(task)))
    found = tuner.run(task, Looker())
    assert found is not None
    resumed.append(int(found["resumed_at"]))
    digest = file_digest(task.folder / "adapter" / "adapter_model.safetensors")
    shutil.rmtree(task.folder)
    return digest, resumed


@pytest.fixture(scope="module")
def whole(tuner: ProcessTuner, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The hash of an adapter whose process nobody stopped."""
    task, looker = task_of(tmp_path_factory.mktemp("whole"), "whole"), Looker()
    found = tuner.run(task, looker)
    assert found is not None and found["step"] == STEPS and found["resumed_at"] == 0 and set(looker.steps) == set(range(1, STEPS + 1))
    return file_digest(task.folder / "adapter" / "adapter_model.safetensors")


def test_killed_it_ends_with_the_same_bytes(tuner: ProcessTuner, tmp_path: Path, whole: str) -> None:
    digest, (resumed,) = through_kills(tuner, tmp_path, [8])
    assert digest == whole and resumed >= 6 and resumed % EVERY == 0


def test_paused_it_ends_with_the_same_bytes_and_answers(tuner: ProcessTuner, tmp_path: Path, whole: str) -> None:
    task = task_of(tmp_path, "paused")
    looker = Looker(5, lambda: "pause")
    assert tuner.run(task, looker) is None and 5 <= looker.steps[-1] < STEPS
    found = tuner.run(task, Looker())
    assert found is not None and found["resumed_at"] == looker.steps[-1]
    adapter = task.folder / "adapter"
    assert file_digest(adapter / "adapter_model.safetensors") == whole
    said = tuner.run(replace(task, what="answer", side="cand", adapter=adapter), Looker())
    answers = [json.loads(line) for line in (task.folder / "answers-cand.jsonl").read_text("utf-8").splitlines()]
    assert said is not None and said["answers"] == len(answers) == 8 and {one["id"] for one in answers} == {str(at) for at in range(48, 56)}


def test_preferences_move_the_model_to_what_was_preferred(tuner: ProcessTuner, tmp_path: Path) -> None:
    """DPO with the real trainer: of each pair the answer that was written instead grows likelier beside the one that it replaced."""
    plain = task_of(tmp_path, "pairs")
    rows = [json.loads(line) for line in (plain.data / "train.jsonl").read_text("utf-8").splitlines()]
    pairs = [{**row, "kind": "pair", "rejected": f"{row['answer']} Das gilt immer und ueberall."} for row in rows]
    (plain.data / "train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in pairs), "utf-8")
    (plain.data / "validation.jsonl").write_text("", "utf-8")
    config = {**plain.config, "method": "dpo", "training": {**plain.config["training"], "epochs": 2}}
    losses: dict[int, float] = {}

    def look(lines: Sequence[Mapping[str, Any]]) -> Wanted:
        losses.update({int(line["step"]): float(line["loss"]) for line in lines if "loss" in line})
        return "run"

    found = tuner.run(replace(plain, method="dpo", config=config), look)
    assert found is not None and found["step"] == found["steps"] == max(losses)
    assert losses[min(losses)] == pytest.approx(0.6931, abs=0.01)  # ln 2: at first neither is preferred
    assert losses[max(losses)] < 0.6
    against = Against(config["lora"], base_shapes(plain.base), {plain.base.name})
    assert checked_folder(plain.folder / "adapter", against).sha256 == folder_digest(plain.folder / "adapter")


@pytest.mark.bars
def test_a_run_that_is_shown_elsewhere_and_paused_is_one_run_there_and_ends_with_the_same_bytes(
    tuner: ProcessTuner, tmp_path: Path, whole: str
) -> None:
    there = tmp_path / "python"  # the interpreter that tunes, with the fakes of `tests/fakes/mirrors` installed
    there.write_text(f'#!/bin/sh\nshift\nPYTHONPATH="{ROOT}/tests/fakes/mirrors" exec "{PYTHON}" "$@"\n', "utf-8")
    there.chmod(0o755)
    watched = ProcessTuner(str(there), mirrors=Mirrors(tmp_path / "mirror", {}))
    plain = task_of(tmp_path, "shown")
    task = replace(plain, config={**plain.config, "report_to": ["mlflow", "wandb"]})
    assert watched.run(task, Looker(5, lambda: "pause")) is None
    found = watched.run(task, Looker())
    assert found is not None and found["mirrors"] == {"mlflow": "shown", "wandb": "shown"}
    said = [json.loads(line) for line in (tmp_path / "mirror" / "mlflow" / "told.jsonl").read_text("utf-8").splitlines()]
    assert len([one for one in said if one[0] == "run"]) == 1 and said[-1] == ["end", "r1", "FINISHED"]
    assert [one[3] for one in said if one[0] == "metric" and one[2] == "loss"] == list(range(1, STEPS + 1))
    assert file_digest(task.folder / "adapter" / "adapter_model.safetensors") == whole


def test_a_document_beside_a_question_without_one_is_read(tuner: ProcessTuner, tmp_path: Path) -> None:
    """The right passage is found first each time; the small base mixes passages of one thing up, and without one it guesses."""
    rows = [{**one, "id": f"{at:03}"} for at, one in enumerate(asked(60, 4))]
    tests = [{**row, "context": []} for row in rows[:30]]
    given = asked_with("document", recipe("", "cpu").config.cures, "", {"train": rows, "validation": [], "test": tests})
    said = {}
    for name, some in (("alone", tests), ("document", given)):
        task = replace(task_of(tmp_path, name, "answer"), side="document")
        (task.data / "asked.jsonl").write_text("".join(json.dumps(row) + "\n" for row in some), "utf-8")
        assert tuner.run(task, Looker()) is not None
        said[name] = [json.loads(line) for line in (task.folder / "answers-document.jsonl").read_text("utf-8").splitlines()]
    right = {
        name: sum(str(row["answer"]) in (one["answer"] or "") for row, one in zip(tests, some, strict=True)) for name, some in said.items()
    }
    assert right["alone"] == 0 and right["document"] >= 8
    assert all(one["offered"][0]["context"][0] in row["context"] for one, row in zip(given, rows, strict=False))
    assert all(one["used"][0] == one["id"] for one in said["document"])


@pytest.mark.bars
def test_killed_at_ten_steps_drawn_at_random_it_ends_with_the_same_bytes(tuner: ProcessTuner, tmp_path: Path, whole: str) -> None:
    dice = random.Random(20)
    kills = [dice.randint(2, STEPS - 12) for _ in range(10)]
    for pair in zip(kills[::2], kills[1::2], strict=True):
        digest, _ = through_kills(tuner, tmp_path, sorted(pair))
        assert digest == whole, pair


def test_two_are_never_at_one_run_and_a_fault_says_its_last_words(tuner: ProcessTuner, tmp_path: Path) -> None:
    task = task_of(tmp_path, "held", "measure")
    other: list[type[BaseException]] = []

    def meanwhile() -> Wanted:
        try:
            tuner.run(replace(task, folder=task.folder), Looker())
        except Busy as error:
            other.append(type(error))
        return "run"

    begun = iter([True])

    def look(_: Sequence[Mapping[str, Any]]) -> Wanted:
        if (task.folder / "lock").exists() and (task.folder / "log.txt").exists() and next(begun, False):
            meanwhile()
        return "run"

    found = tuner.run(task, look)
    assert found is not None and found["steps"] == STEPS and other == [Busy]
    (task.data / "train.jsonl").write_text("{}\n", "utf-8")
    with pytest.raises(InvalidInput, match="KeyError"):
        tuner.run(task, Looker())


def test_a_python_without_torch_says_what_is_missing(tmp_path: Path) -> None:
    import sys

    assert "torch" in ProcessTuner(sys.executable).missing() and "make train-env" in ProcessTuner(sys.executable).missing()
    assert "NOVA_TRAIN_PYTHON" in ProcessTuner(str(tmp_path / "python")).missing()
