"""A LoRA step of Nova's process beside bare TRL with the same model, rows and settings: CPU seconds a step, interleaved.

`.venv/bin/python -m benchmarks.training_step [--runs N]`, after `make train-env`; prints a line of JSON. 1 is as fast as TRL, above is
faster.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import tempfile
from pathlib import Path

from nova.cli.rehearsal.practice import row
from nova.engines.train.process import ProcessTuner
from nova.ports.training import Task
from nova.training.config import base_folder, recipe

PYTHON = Path(__file__).parents[1] / ".venv-train" / "bin" / "python"
BARE = """
import json, sys, time, torch
from datasets import Dataset
from peft import LoraConfig
from transformers import AutoModelForCausalLM, AutoTokenizer, TrainerCallback
from trl import SFTConfig, SFTTrainer
job = json.load(open(sys.argv[1]))
torch.set_num_threads(job["profile"]["threads"])
tokenizer = AutoTokenizer.from_pretrained(job["base"])
model = AutoModelForCausalLM.from_pretrained(job["base"], dtype=torch.float32)
rows = [json.loads(line) for line in open(job["data"] + "/train.jsonl")]
def asked(row):
    return row["question"] + "".join(f"\\n[{n}] {text}" for n, text in enumerate(row["context"], 1))
data = Dataset.from_list([
    {"prompt": [{"role": "user", "content": asked(row)}], "completion": [{"role": "assistant", "content": row["answer"]}]} for row in rows
])
ends = []
class Clock(TrainerCallback):
    def on_step_end(self, args, state, control, **more):
        ends.append(time.process_time())
t, l = job["training"], job["lora"]
trainer = SFTTrainer(
    model=model, processing_class=tokenizer, train_dataset=data, callbacks=[Clock()],
    args=SFTConfig(
        output_dir=job["folder"] + "/bare", per_device_train_batch_size=t["batch"], learning_rate=t["rate"],
        lr_scheduler_type=t["schedule"], warmup_steps=t["warmup"], max_length=t["length"], max_steps=job["steps"], use_cpu=True,
        gradient_accumulation_steps=t["accumulate"], weight_decay=t["decay"], max_grad_norm=t["clip"], data_seed=job["seeds"]["order"],
        save_strategy="steps", save_steps=25, save_total_limit=2, report_to=[], bf16=False,
        gradient_checkpointing=False, optim="adamw_torch", completion_only_loss=True, disable_tqdm=True, logging_steps=1,
        seed=job["seeds"]["init"],
    ),
    peft_config=LoraConfig(
        r=l["rank"], lora_alpha=l["alpha"], lora_dropout=l["dropout"], target_modules=l["targets"], task_type="CAUSAL_LM",
    ),
)
trainer.train()
print((ends[-1] - ends[1]) / (len(ends) - 2))
"""


def rows(folder: Path) -> None:
    """Questions that the small base knows."""
    dice = random.Random(9)
    made = [{**row(dice, added=False), "id": str(at), "answerable": True} for at in range(400)]
    for part, some in (("train", made), ("validation", [])):
        (folder / f"{part}.jsonl").write_text("".join(json.dumps(one) + "\n" for one in some), "utf-8")


def nova(folder: Path, config: dict[str, object]) -> float:
    """CPU seconds a step of a run's process, checkpoints and what it tells included; its start is not."""
    task = Task("train", "bench", folder, folder / "data", base_folder("nova-mini", folder), "sft", config, "bench")
    (folder / "geometry").unlink(missing_ok=True)
    ProcessTuner(str(PYTHON)).run(task, lambda _: "run")
    lines = [json.loads(line) for line in (folder / "progress.jsonl").read_text("utf-8").splitlines()]
    (folder / "progress.jsonl").unlink()
    told = {int(line["step"]): float(line["cpu_s"]) for line in lines}
    last = max(told)
    return (told[last] - told[2]) / (last - 2)


def bare(folder: Path) -> float:
    """The same of TRL alone."""
    job = json.loads((folder / "job.json").read_text("utf-8"))
    (folder / "bare.json").write_text(json.dumps({**job, "steps": 50}), "utf-8")
    environment = {"HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "2", "HOME": str(folder), "PATH": os.defpath}
    command = [PYTHON, "-c", BARE, folder / "bare.json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return float(done.stdout.strip().splitlines()[-1])


def main() -> None:
    """Interleaved runs; medians and their ratio."""
    chosen = argparse.ArgumentParser()
    chosen.add_argument("--runs", type=int, default=5)
    count = chosen.parse_args().runs
    told = recipe("", "cpu").told()
    config = {**told, "training": {**told["training"], "epochs": 1}, "checkpoint": {"every": 25, "keep": 2}}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "data").mkdir()
        rows(folder / "data")
        pairs = [(nova(folder, config), bare(folder)) for _ in range(count)]
    ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    rounded = [[round(one, 4) for one in pair] for pair in pairs]
    print(json.dumps({"nova_cpu_s": round(ours, 4), "trl_cpu_s": round(theirs, 4), "ratio": round(theirs / ours, 3), "runs": rounded}))


if __name__ == "__main__":
    main()
