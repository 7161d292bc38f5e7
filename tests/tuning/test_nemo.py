"""An adapter that PEFT really wrote, in a folder as NeMo AutoModel leaves one: taken back, it loads and answers word for word the same."""

import io
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nova.engines.train.process import ProcessTuner
from nova.ports.training import Task
from nova.training.adapter.safetensors import header
from nova.training.config import file_digest
from scripts.finetune_nemo import take
from tests.tuning.test_process import Looker, task_of

pytestmark = pytest.mark.bars


def answers(tuner: ProcessTuner, task: Task, folder: Path, adapter: Path | None) -> list[str]:
    """What a side answers to the questions that were kept apart, greedily."""
    tuner.run(replace(task, what="answer", side="cand" if adapter else "base", adapter=adapter, folder=folder), Looker())
    (told,) = folder.glob("answers-*.jsonl")
    return [json.loads(line)["answer"] for line in told.read_text("utf-8").splitlines()]


def test_an_adapter_of_peft_is_taken_and_answers_the_same(tuner: ProcessTuner, tmp_path: Path) -> None:
    task = task_of(tmp_path, "run")
    assert tuner.run(task, Looker()) is not None
    peft, there = task.folder / "adapter", tmp_path / "model"
    there.mkdir()
    shutil.copy(peft / "adapter_model.safetensors", there)
    config: dict[str, Any] = json.loads((peft / "adapter_config.json").read_text("utf-8"))
    weights = (peft / "adapter_model.safetensors").read_bytes()
    found = header(io.BytesIO(weights), len(weights)).tensors
    full = sorted({name.removeprefix("base_model.model.").split(".lora_")[0] for name in found})
    kept = {key: config[key] for key in ("task_type", "peft_type", "r", "lora_alpha", "use_dora", "bias")}
    told = {**kept, "target_modules": full, "base_model_name_or_path": "/workspace/base"}  # as AutoModel writes it
    (there / "adapter_config.json").write_text(json.dumps(told), "utf-8")
    (tmp_path / "recipe").mkdir()
    (tmp_path / "recipe" / "nova.json").write_text(json.dumps({"lora": task.config["lora"], "base": {"model": "nova-mini"}}), "utf-8")
    said = take(there, tmp_path / "taken", tmp_path / "recipe", task.base)
    adapter = tmp_path / "taken" / "adapter"
    assert said["modules"] == len(full) and file_digest(adapter / "adapter_model.safetensors") == file_digest(
        peft / "adapter_model.safetensors"
    )
    first, second = answers(tuner, task, tmp_path / "first", peft), answers(tuner, task, tmp_path / "second", adapter)
    assert len(first) == 8 and first == second
    assert first != answers(tuner, task, tmp_path / "bare", None)  # it does something
    shutil.copy(peft / "adapter_config.json", there)  # and as PEFT itself writes it
    assert (
        take(there, tmp_path / "again", base=task.base)["files"]["adapter_model.safetensors"] == said["files"]["adapter_model.safetensors"]
    )
