"""Nova's own process of training and its host on a graphics card: the small base, and a Llama of 8 billion made-up weights.

    python -m benchmarks.training_gpu FOLDER [--large]

Needs torch for the card, transformers, TRL, PEFT and datasets in the interpreter that runs it; nothing else of Nova's. The large one
has the shape of Llama 3 8B and the settings of `config/finetune/llama3-8b.yaml`: steps, memory and words a second are those of the real
one, what it says means nothing. Writes 16 GB into FOLDER. Prints a line of JSON a measurement.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from nova.cli.rehearsal.practice import row
from nova.engines.adapters.inprocess import InProcessHost, Place
from nova.engines.train.process import ProcessTuner
from nova.ports import ChatMessage
from nova.ports.training import Adapter, Task

MINI = Path(__file__).parents[1] / "src/nova/training/mini"
CARD = {"runs_on": "gpu", "precision": "bf16", "threads": 8, "gradient_checkpointing": True}
ALL = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
SMALL: Mapping[str, Any] = {
    "method": "sft", "system": "", "lora": {"rank": 8, "alpha": 16, "dropout": 0.0, "targets": ALL}, "longest": 64,
    "training": {"epochs": 2, "batch": 8, "accumulate": 1, "rate": 0.002, "schedule": "cosine", "warmup": 5, "decay": 0.0, "clip": 1.0,
                 "length": 256, "beta": 0.1},
    "seeds": {"init": 1, "order": 1}, "checkpoint": {"every": 20, "keep": 2}, "report_to": [],
    "profile": {**CARD, "gradient_checkpointing": False},
}  # fmt: skip
LARGE: Mapping[str, Any] = {
    **SMALL, "lora": {"rank": 16, "alpha": 32, "dropout": 0.05, "targets": ALL}, "profile": CARD,
    "training": {**SMALL["training"], "epochs": 1, "batch": 4, "accumulate": 8, "rate": 0.0002, "length": 2048},
}  # fmt: skip
SHAPE = {
    "hidden_size": 4096, "intermediate_size": 14336, "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8,
    "max_position_embeddings": 8192, "vocab_size": 128256, "rope_theta": 500000.0,
    "pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2, "tie_word_embeddings": False,
}  # fmt: skip
WRITE = """
import sys, torch
from transformers import AutoTokenizer, LlamaConfig, LlamaForCausalLM
import json
torch.manual_seed(1)
torch.set_default_dtype(torch.bfloat16)
with torch.device("cuda"):
    model = LlamaForCausalLM(LlamaConfig(**json.loads(sys.argv[3])))
model.save_pretrained(sys.argv[2])
tokenizer = AutoTokenizer.from_pretrained(sys.argv[1])
tokenizer.model_max_length = 8192
tokenizer.save_pretrained(sys.argv[2])
"""


def told(**facts: object) -> None:
    """A line."""
    print(json.dumps(facts, ensure_ascii=False), flush=True)


def rows_of(count: int, seed: int, passages: int) -> list[dict[str, Any]]:
    """Questions with at least so many passages."""
    dice, found = random.Random(seed), []
    for at in range(count):
        one: dict[str, Any] = row(dice, added=False)
        while len(one["context"]) < passages:
            one["context"] += row(dice)["context"]  # type: ignore[operator]
        found.append({**one, "id": str(at), "kind": "sft", "answerable": True})
    return found


def laid(folder: Path, train: int, passages: int) -> Path:
    """A folder of data."""
    folder.mkdir(parents=True)
    parts = {"train": rows_of(train, 1, passages), "validation": rows_of(16, 2, passages), "asked": rows_of(20, 3, passages)}
    for name, rows in {**parts, "test": []}.items():
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows), "utf-8")
    return folder


class Trial:
    """One base: measured, tuned, asked by the trainer, and asked by the host."""

    def __init__(self, name: str, folder: Path, base: Path, config: Mapping[str, Any], data: Path) -> None:
        self.name, self.base = name, base
        self.tuner = ProcessTuner(sys.executable, "0")
        self.task = Task("train", name, folder / name, data, base, "sft", config, "")
        self.losses: list[float] = []

    def look(self, lines: Any) -> Any:
        """Goes on, and remembers the curve."""
        self.losses += [line["loss"] for line in lines if line.get("loss") is not None]
        return "run"

    def measured(self) -> None:
        """Three steps."""
        told(what="measure", base=self.name, **(self.tuner.run(replace(self.task, what="measure"), self.look) or {}))

    def tuned(self) -> None:
        """A whole run."""
        began = time.monotonic()
        result = self.tuner.run(self.task, self.look) or {}
        facts = {key: value for key, value in result.items() if isinstance(value, int | float)}
        told(what="train", base=self.name, wall_s=round(time.monotonic() - began, 1), first=self.losses[0], last=self.losses[-1], **facts)

    def hosted(self) -> None:
        """What the host says beside what the trainer said, how fast, and how long a change of adapters takes."""
        adapter = Adapter(self.name, self.task.folder / "adapter", "-")
        rows = [json.loads(line) for line in (self.task.data / "asked.jsonl").read_text("utf-8").splitlines()]
        said = {side: self._answers(side, adapter.folder) for side in ("base", "cand")}
        host = InProcessHost(Place(self.base, self.task.folder, sys.executable, threads=4, gpu="0"), lambda _: None)
        try:
            began = time.monotonic()
            host.health()
            started = time.monotonic()
            host.prepare(adapter)
            loaded = time.monotonic()
            same = dict.fromkeys(said, 0)
            first, pieces, spent = [], 0, 0.0
            for one in rows:
                for side, chosen in (("cand", adapter), ("base", None)):
                    asked = time.monotonic()
                    text = ""
                    for piece in host.stream(_messages(one), adapter=chosen, max_tokens=self.task.config["longest"]):
                        first.append(time.monotonic() - asked) if not text else None
                        text += piece
                        pieces += 1
                    spent += time.monotonic() - asked
                    same[side] += text.strip() == said[side][one["id"]]
            facts = {"first_s": round(sorted(first)[len(first) // 2], 3), "pieces_a_second": round(pieces / spent, 1)}
            loads = {"base_s": round(started - began, 1), "adapter_s": round(loaded - started, 2)}
            told(what="host", base=self.name, same=same, of=len(rows), **loads, **facts)
        finally:
            host.close()

    def _answers(self, side: str, adapter: Path) -> dict[str, str]:
        task = replace(self.task, what="answer", side=side, adapter=adapter if side == "cand" else None)  # type: ignore[arg-type]
        self.tuner.run(task, self.look)
        lines = (self.task.folder / f"answers-{side}.jsonl").read_text("utf-8").splitlines()
        return {one["id"]: one["answer"].strip() for one in map(json.loads, lines)}


def _messages(one: Mapping[str, Any]) -> list[ChatMessage]:
    return [ChatMessage("user", one["question"] + "".join(f"\n[{n}] {text}" for n, text in enumerate(one["context"], 1)))]


def main() -> None:
    """Both, one after the other."""
    chosen = argparse.ArgumentParser()
    chosen.add_argument("folder", type=Path)
    chosen.add_argument("--large", action="store_true")
    asked = chosen.parse_args()
    shutil.rmtree(asked.folder, ignore_errors=True)
    trials = [("nova-mini", MINI, SMALL, 320, 1)]
    if asked.large:
        base = asked.folder / "base"
        subprocess.run([sys.executable, "-c", WRITE, str(MINI), str(base), json.dumps(SHAPE)], check=True)
        trials.append(("8B", base, LARGE, 256, 40))
    for name, base, config, count, passages in trials:
        trial = Trial(name, asked.folder, base, config, laid(asked.folder / f"data-{name}", count, passages))
        trial.measured()
        trial.tuned()
        trial.hosted()


if __name__ == "__main__":
    main()
