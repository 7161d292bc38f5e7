"""A job file in, a tuned adapter or answers out, by a process of its own. Run as `python -I child.py JOB`; imports nothing of Nova.

JOB is JSON; `process.py` writes it. What the process tells goes into its folder: `progress.jsonl` (a line a step), `result.json` at its
end. It holds `lock` as long as it lives, so two never are at it, and ends with its parent. A file `wanted` (`pause` or `cancel`) asks it
to stop after the step at hand, with a checkpoint. Begun again, it goes on from the last whole checkpoint whose geometry (data,
configuration, seeds) is the same, and ends with the bytes it would have ended with anyway.
"""

import ctypes
import fcntl
import json
import math
import os
import resource
import shutil
import signal
import sys
import time
from pathlib import Path
from typing import Any

Job = dict[str, Any]
MEASURED_STEPS = 4  # the first warms up and is left out
DONE, STOPPED, HELD = 0, 3, 4
PR_SET_PDEATHSIG = 1


def main(path: str) -> int:
    """Do what the job says; `DONE`, `STOPPED` where it was asked to, `HELD` where another process is at it."""
    job: Job = json.loads(Path(path).read_text("utf-8"))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != job["parent"]:
        return STOPPED
    folder = Path(job["folder"])
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return HELD
        for name in ("wanted", "result.json"):  # of the process before
            (folder / name).unlink(missing_ok=True)
        return {"measure": measure, "train": train, "answer": answer}[job["what"]](job, folder)


def write(path: Path, told: Any) -> None:
    """JSON, whole or not at all."""
    half = path.with_name(f".{path.name}")
    half.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    half.replace(path)


def wanted(folder: Path) -> str:
    """What somebody asked for meanwhile."""
    try:
        return (folder / "wanted").read_text("utf-8").strip()
    except FileNotFoundError:
        return "run"


def memory_mib(device: str) -> int:
    """The most that was held: of this process, or on the card."""
    if device == "cuda":
        import torch

        return int(torch.cuda.max_memory_allocated() / 2**20)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def rows_of(job: Job, name: str) -> list[dict[str, Any]]:
    """The rows of a part of the data set."""
    lines = (Path(job["data"]) / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def asked_of(row: dict[str, Any], system: str) -> list[dict[str, str]]:
    """A row as what a model is asked: the question, then its passages by number."""
    passages = "".join(f"\n[{n}] {text}" for n, text in enumerate(row["context"], 1))
    said = [{"role": "user", "content": f"{row['question']}{passages}"}]
    return [{"role": "system", "content": system}, *said] if system else said


def opened(job: Job) -> tuple[Any, Any]:
    """Model and tokenizer, from files of this machine; only safetensors, never code of theirs."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    torch.set_num_threads(job["profile"]["threads"])
    kind = torch.bfloat16 if job["profile"]["precision"] == "bf16" else torch.float32
    how = {"local_files_only": True, "trust_remote_code": False}
    tokenizer = AutoTokenizer.from_pretrained(job["base"], **how)
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    model = AutoModelForCausalLM.from_pretrained(job["base"], dtype=kind, use_safetensors=True, **how)
    return model, tokenizer


def trainer_of(job: Job, folder: Path, steps: int | None = None) -> Any:
    """TRL's trainer for the job; `steps`: so many and nothing kept."""
    import torch
    import trl
    from datasets import Dataset
    from peft import LoraConfig
    from transformers import set_seed

    set_seed(job["seeds"]["init"])
    torch.use_deterministic_algorithms(mode=not torch.cuda.is_available())
    torch.utils.deterministic.fill_uninitialized_memory = False  # only costs time: nothing here reads what was not written
    model, tokenizer = opened(job)
    sets = {name: Dataset.from_list(shaped(job, rows_of(job, name))) for name in ("train", "validation")}
    make, settings = (trl.DPOTrainer, trl.DPOConfig) if job["method"] == "dpo" else (trl.SFTTrainer, trl.SFTConfig)
    lora = job["lora"]
    return make(
        model=model,
        processing_class=tokenizer,
        train_dataset=sets["train"],
        eval_dataset=None if steps or not len(sets["validation"]) else sets["validation"],
        args=settings(**arguments(job, folder, steps, evaluated=bool(len(sets["validation"])))),
        callbacks=[] if steps else [watcher(job, folder)],
        peft_config=LoraConfig(
            r=lora["rank"],
            lora_alpha=lora["alpha"],
            lora_dropout=lora["dropout"],
            target_modules=list(lora["targets"]),
            task_type="CAUSAL_LM",
        ),
    )


def shaped(job: Job, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows as TRL takes them; pairs for DPO, answers for SFT."""
    said = [(asked_of(row, job["system"]), [{"role": "assistant", "content": row["answer"]}], row.get("rejected")) for row in rows]
    if job["method"] == "dpo":
        return [{"prompt": asked, "chosen": good, "rejected": [{"role": "assistant", "content": bad}]} for asked, good, bad in said if bad]
    return [{"prompt": asked, "completion": good} for asked, good, _ in said]


def arguments(job: Job, folder: Path, steps: int | None, *, evaluated: bool) -> dict[str, Any]:
    """The trainer's settings. Checkpoints keep what a resume needs; nothing is reported anywhere."""
    told, every, profile = job["training"], job["checkpoint"]["every"], job["profile"]
    method = {"beta": told["beta"]} if job["method"] == "dpo" else {"completion_only_loss": True}
    keeping = (
        {"save_strategy": "no", "max_steps": steps}
        if steps
        else {
            "save_strategy": "steps",
            "save_steps": every,
            "save_total_limit": job["checkpoint"]["keep"],
            "num_train_epochs": told["epochs"],
            "eval_strategy": "steps" if evaluated else "no",
            "eval_steps": every,
        }
    )
    return {
        "output_dir": str(folder / "checkpoints"),
        "per_device_train_batch_size": told["batch"],
        "per_device_eval_batch_size": told["batch"],
        "gradient_accumulation_steps": told["accumulate"],
        "learning_rate": told["rate"],
        "lr_scheduler_type": told["schedule"],
        "warmup_steps": told["warmup"],
        "weight_decay": told["decay"],
        "max_grad_norm": told["clip"],
        "max_length": told["length"],
        "seed": job["seeds"]["init"],
        "data_seed": job["seeds"]["order"],
        "bf16": profile["precision"] == "bf16",
        "gradient_checkpointing": profile["gradient_checkpointing"],
        "logging_steps": 1,
        "report_to": [],  # `mirror.py` shows a run elsewhere, from a process of its own
        "run_name": job["name"],
        "disable_tqdm": True,
        "use_cpu": job["device"] == "cpu",
        "dataloader_num_workers": 0,
        "optim": "adamw_torch",
        **method,
        **keeping,
    }


def watcher(job: Job, folder: Path) -> Any:
    """What the trainer calls after each step: a line of progress, and whether somebody wants it to stop."""
    from transformers import TrainerCallback

    class Watcher(TrainerCallback):  # type: ignore[misc]  # a class of a library without types
        def __init__(self) -> None:
            self.began, self.line = time.monotonic(), dict[str, Any]()

        def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            if wanted(folder) != "run":
                control.should_save, control.should_training_stop = True, True

        def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **_: Any) -> None:
            said = logs or {}
            names = {"loss": "loss", "held_loss": "eval_loss", "rate": "learning_rate"}
            found = {ours: round(float(said[theirs]), 8) for ours, theirs in names.items() if theirs in said}
            if not found:
                return
            same = self.line if self.line.get("step") == state.global_step else {}
            spent = {"seconds": round(time.monotonic() - self.began, 3), "cpu_s": round(time.process_time(), 3)}
            told = {"steps": state.max_steps, **spent, "memory_mib": memory_mib(job["device"])}
            self.line = {**same, "step": state.global_step, **found, **told}
            with (folder / "progress.jsonl").open("a", encoding="utf-8") as out:
                out.write(json.dumps(self.line) + "\n")

    return Watcher()


def whole_checkpoint(job: Job, folder: Path) -> Path | None:
    """The last one that was written to its end and is of this job's geometry."""
    kept = folder / "checkpoints"
    if not kept.is_dir() or (folder / "geometry").read_text("utf-8") != job["geometry"]:
        return None
    found = sorted(kept.glob("checkpoint-*"), key=lambda path: int(path.name.rsplit("-", 1)[1]), reverse=True)
    return next((path for path in found if _whole(path)), None)


def _whole(path: Path) -> bool:
    try:  # the trainer writes this file last
        return bool(json.loads((path / "trainer_state.json").read_text("utf-8"))["global_step"])
    except (OSError, ValueError, KeyError):
        return False


def train(job: Job, folder: Path) -> int:
    """Tune to the end, or until somebody wants it to stop."""
    import torch

    mark, began, cpu = folder / "geometry", time.monotonic(), time.process_time()
    from_here = whole_checkpoint(job, folder) if mark.exists() else None
    if from_here is None:
        shutil.rmtree(folder / "checkpoints", ignore_errors=True)
        mark.write_text(job["geometry"], "utf-8")
    trainer = trainer_of(job, folder)
    done = trainer.train(resume_from_checkpoint=str(from_here) if from_here else None)
    if wanted(folder) != "run" and trainer.state.global_step < trainer.state.max_steps:
        return STOPPED
    trainer.model.save_pretrained(folder / "adapter", safe_serialization=True)
    held = trainer.evaluate() if trainer.eval_dataset is not None else {}
    write(
        folder / "result.json",
        {
            "step": trainer.state.global_step,
            "steps": trainer.state.max_steps,
            "loss": done.training_loss,
            "held_loss": held.get("eval_loss"),
            "seconds": round(time.monotonic() - began, 3),
            "cpu_s": round(time.process_time() - cpu, 3),
            "memory_mib": memory_mib(job["device"]),
            "resumed_at": int(from_here.name.rsplit("-", 1)[1]) if from_here else 0,
            "torch": torch.__version__,
        },
    )
    return DONE


def measure(job: Job, folder: Path) -> int:
    """Three steps after one that warms up: what a step takes, and how many there will be."""
    from transformers import TrainerCallback

    ends: list[tuple[float, float]] = []

    class Clock(TrainerCallback):  # type: ignore[misc]  # as above
        def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            ends.append((time.monotonic(), time.process_time()))

    trainer = trainer_of(job, folder, MEASURED_STEPS)
    trainer.add_callback(Clock())
    trainer.train()
    told, rows = job["training"], len(trainer.train_dataset)
    a_round = math.ceil(math.ceil(rows / told["batch"]) / told["accumulate"])
    spent = len(ends) - 1
    write(
        folder / "result.json",
        {
            "steps": a_round * told["epochs"],
            "rows": rows,
            "given": len(shaped(job, rows_of(job, "train"))),
            "seconds_per_step": (ends[-1][0] - ends[0][0]) / spent,
            "cpu_s_per_step": (ends[-1][1] - ends[0][1]) / spent,
            "memory_mib": memory_mib(job["device"]),
        },
    )
    return DONE


def answer(job: Job, folder: Path) -> int:
    """Greedy answers to the rows of `asked.jsonl`, of the base or with the adapter; rows that are answered already are passed over.

    A row may say how the base is asked instead of as it is: `system`, or rows that are `offered` (`most` of them, the best first).
    """
    out = folder / f"answers-{job['side']}.jsonl"
    there = {json.loads(line)["id"] for line in _whole_lines(out)}
    model, tokenizer = opened(job)
    if job["adapter"]:
        from peft import PeftModel

        model = PeftModel.from_pretrained(model, job["adapter"]).merge_and_unload()
    model.eval().to(job["device"])
    rows = [row for row in rows_of(job, "asked") if row["id"] not in there]
    with out.open("a", encoding="utf-8") as said:
        for row in rows:
            if wanted(folder) != "run":
                return STOPPED
            said.write(json.dumps({"id": row["id"], **said_to(job, model, tokenizer, row)}, ensure_ascii=False) + "\n")
            said.flush()
    write(folder / "result.json", {"answers": len(there) + len(rows), "memory_mib": memory_mib(job["device"])})
    return DONE


def said_to(job: Job, model: Any, tokenizer: Any, row: dict[str, Any]) -> dict[str, Any]:
    """What the model says to a row: `answer` (None: what it should be tried with does not fit into the model), `seconds`, and `used`."""
    import torch

    began = time.monotonic()
    asked, used = fitting(job, model, tokenizer, row)
    if asked is None:
        return {"answer": None, "seconds": 0.0, "used": used}
    with torch.no_grad():
        given = model.generate(
            asked,
            attention_mask=torch.ones_like(asked),
            max_new_tokens=job["longest"],
            do_sample=False,
            pad_token_id=tokenizer.pad_token_id,
        )
    text = tokenizer.decode(given[0, asked.shape[1] :], skip_special_tokens=True).strip()
    return {"answer": text, "seconds": round(time.monotonic() - began, 4), "used": used}


def fitting(job: Job, model: Any, tokenizer: Any, row: dict[str, Any]) -> tuple[Any, list[str]]:
    """A row as tokens, with as many of the rows that it is `offered` as it may have and fit beside the answer, and their ids.

    None where it was to be asked in another way than the model alone is (`offered`, `system`) and nothing of that fits.
    """

    def tokens(some: list[dict[str, Any]]) -> Any:
        said = tried_with(row, some, row["system"] if "system" in row else job["system"])
        made = tokenizer.apply_chat_template(said, add_generation_prompt=True, return_tensors="pt", return_dict=False)
        return made.to(job["device"])

    if "offered" not in row and "system" not in row:
        return tokens([]), []
    room = getattr(model.config, "max_position_embeddings", job["training"]["length"]) - job["longest"]
    taken: list[dict[str, Any]] = []
    for one in row.get("offered", []):
        if len(taken) < row["most"] and tokens([*taken, one]).shape[1] <= room:
            taken.append(one)
    asked = tokens(taken)
    fits = asked.shape[1] <= room and (bool(taken) or "offered" not in row)
    return asked if fits else None, [one["id"] for one in taken]


def tried_with(row: dict[str, Any], some: list[dict[str, Any]], system: str) -> list[dict[str, str]]:
    """A row as messages: after questions with answers, the best next to it, or with passages where what it is offered has no answer."""
    turns = [one for one in reversed(some) if "answer" in one]
    own = {**row, "context": [*row["context"], *(text for one in some if "answer" not in one for text in one["context"])]}
    said = [message for one in turns for message in (*asked_of(one, ""), {"role": "assistant", "content": one["answer"]})]
    before = [{"role": "system", "content": system}] if system else []
    return [*before, *said, *asked_of(own, "")]


def _whole_lines(path: Path) -> list[str]:
    """The lines of a file that whoever wrote it finished; half a line at its end is cut off."""
    if not path.exists():
        return []
    text = path.read_text("utf-8")
    whole = text[: text.rfind("\n") + 1]
    if whole != text:
        path.write_text(whole, "utf-8")
    return whole.splitlines()


if __name__ == "__main__":
    os.nice(5)
    sys.exit(main(sys.argv[1]))
