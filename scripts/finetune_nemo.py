"""A run on a DGX with NVIDIA NeMo AutoModel: Nova's own recipe and dataset in, what AutoModel runs out; and the adapter taken back.

    python -m scripts.finetune_nemo recipe LORA_YAML DATASET_FOLDER OUT [--profile dgx] [--gpus 1] [--base PLACE] [--date DAY]
    python -m scripts.finetune_nemo take FOLDER OUT [--recipe RECIPE_FOLDER] [--base BASE]

Imports nothing of NeMo, and runs without it: AutoModel runs elsewhere (docs/how-to/nemo.md). What a recipe of AutoModel cannot say is
refused. FOLDER is the `model` folder of one of its checkpoints; only the weights of the adapter are taken from it, each checked, and its
configuration is written anew from what was checked.
"""

import argparse
import hashlib
import json
import math
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml

from nova.engines.train.child import asked_of
from nova.errors import NovaError
from nova.training.adapter.files import Against, checked_files
from nova.training.adapter.safetensors import base_shapes
from nova.training.config import MINI, Recipe, folder_digest, recipe_file
from nova.training.dataset.folder import MANIFEST, SIDES, digest_of

AUTOMODEL = "26.10 (0.7.0)"
PARTS = ("train", "validation")
NOTE = "nova.json"
COMPONENTS = "nemo_automodel.components"
KEPT_FILES = (".safetensors", ".json", ".txt", ".jinja")
LARGEST, LARGEST_TEXT, MOST_FILES = 2 * 2**30, 64 * 2**20, 32


class Refused(Exception):
    """What is not taken, and why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line in, files out; 2 where something is refused, with the reason."""
    parser = argparse.ArgumentParser(prog="python -m scripts.finetune_nemo", description=(__doc__ or "").split("\n", maxsplit=1)[0])
    commands = parser.add_subparsers(dest="command", required=True)
    made = commands.add_parser("recipe", help="write what AutoModel runs")
    made.add_argument("lora", type=Path, help="a lora.yaml of Nova")
    made.add_argument("dataset", type=Path, help="a folder of `nova train dataset --out`")
    made.add_argument("out", type=Path, help="an empty folder, or none yet")
    made.add_argument("--profile", default="dgx")
    made.add_argument("--gpus", type=int, default=1)
    made.add_argument("--base", default="", help="where the base lies on that machine; else the recipe's own place")
    made.add_argument("--date", type=date.fromisoformat, default=datetime.now(UTC).date())
    taken = commands.add_parser("take", help="check an adapter, and write it as Nova's runs have it")
    taken.add_argument("folder", type=Path, help="`model` of a checkpoint")
    taken.add_argument("out", type=Path, help="an empty folder, or none yet")
    taken.add_argument("--recipe", type=Path, help="the folder that `recipe` wrote: rank, alpha and targets must be its own")
    taken.add_argument("--base", type=Path, help="the base's folder: every shape must fit its weights")
    given = parser.parse_args(arguments)
    try:
        if given.command == "recipe":
            told = write_recipe(recipe_file(given.lora, given.profile), given.dataset, given.out, given.gpus, given.base, given.date)
        else:
            told = take(given.folder, given.out, given.recipe, given.base)
    except (Refused, NovaError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    print(json.dumps(told, indent=1, ensure_ascii=False))
    return 0


def write_recipe(chosen: Recipe, dataset: Path, out: Path, gpus: int, base: str, day: date) -> dict[str, Any]:
    """`recipe.yaml`, the data and a note of both in an empty folder; what the note says. Refused."""
    files, manifest = dataset_of(dataset)
    rows = {name: _rows(files, name) for name in PARTS}
    name = f"{chosen.config.name}-{day:%Y-%m-%d}"
    told = automodel(chosen, {part: len(some) for part, some in rows.items()}, gpus, base, name)
    written = {f"{part}.jsonl": _messages(some, chosen.config.system) for part, some in rows.items() if some}
    written["recipe.yaml"] = (
        f"# {name}: for NeMo AutoModel {AUTOMODEL}; run it in this folder.\n{yaml.safe_dump(told, sort_keys=False)}".encode()
    )
    config = chosen.config
    note = {
        "name": name,
        "automodel": AUTOMODEL,
        "config_sha256": chosen.digest(),
        "dataset": {"version": manifest["version"], "data_sha256": manifest["digest"]},
        "base": {"model": config.base.model, "licence": config.base.licence},
        "lora": config.lora.model_dump(mode="json"),
        "rows": {part: len(some) for part, some in rows.items()},
        "files": {file: hashlib.sha256(data).hexdigest() for file, data in sorted(written.items())},
    }
    _written(out, {**written, NOTE: _json(note)})
    return note


def dataset_of(folder: Path) -> tuple[dict[str, bytes], Mapping[str, Any]]:
    """The three files and the manifest of a dataset that passed its checks and is what it was then. Refused."""
    try:
        files = {f"{name}.jsonl": (folder / f"{name}.jsonl").read_bytes() for name in SIDES}
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError) as error:
        raise Refused(f"{folder} is no dataset folder: {error}") from error
    if not isinstance(manifest, dict) or {"digest", "passed", "version"} - set(manifest):
        raise Refused(f"{MANIFEST} lacks digest, passed or version")
    if manifest["passed"] is not True:
        raise Refused("this dataset did not pass its checks")
    if manifest["digest"] != digest_of(files):
        raise Refused("the rows are not those of the manifest's digest")
    return files, manifest


def automodel(chosen: Recipe, rows: Mapping[str, int], gpus: int, base: str, name: str) -> dict[str, Any]:
    """The recipe as AutoModel reads it. Refused where it cannot say what Nova's does."""
    config, told = chosen.config, chosen.config.training
    model = base or config.base.model
    steps = math.ceil(math.ceil(rows["train"] / told.batch) / told.accumulate) * told.epochs
    _sayable(chosen, model, gpus, steps)
    loader = {
        "_target_": "torchdata.stateful_dataloader.StatefulDataLoader",
        "collate_fn": {"_target_": f"{COMPONENTS}.datasets.utils.default_collater"},
    }
    held = {"validation_dataset": _data("validation", told.length), "validation_dataloader": {**loader, "shuffle": False}}
    return {
        "recipe": "TrainFinetuneRecipeForNextTokenPrediction",
        "seed": config.seeds.init,
        "step_scheduler": {
            "global_batch_size": told.batch * told.accumulate,
            "local_batch_size": told.batch,
            "num_epochs": told.epochs,
            "ckpt_every_steps": config.checkpoint.every,
            "val_every_steps": config.checkpoint.every,
        },
        "dist_env": {"backend": "nccl", "timeout_minutes": 10},
        "distributed": {
            "strategy": "fsdp2",
            "dp_size": None,
            "tp_size": 1,
            "cp_size": 1,
            "activation_checkpointing": chosen.profile.gradient_checkpointing,
        },
        "model": {
            "_target_": "nemo_automodel.NeMoAutoModelForCausalLM.from_pretrained",
            "pretrained_model_name_or_path": model,
            "dtype": {"bf16": "bfloat16", "fp32": "float32"}[chosen.profile.precision],
            "force_hf": True,  # AutoModel's own Llama and Qwen have q, k and v in one weight: other matrices than PEFT's
        },
        "peft": {
            "_target_": f"{COMPONENTS}._peft.lora.PeftConfig",
            "target_modules": [f"*.{target}" for target in config.lora.targets],
            "dim": config.lora.rank,
            "alpha": int(config.lora.alpha),
            "dropout": config.lora.dropout,
            "dropout_position": "pre",  # where PEFT has it
            "lora_A_init": "uniform",  # Kaiming's, as PEFT begins
        },
        "loss_fn": {"_target_": f"{COMPONENTS}.loss.masked_ce.MaskedCrossEntropy"},
        "dataset": _data("train", told.length),
        "dataloader": {**loader, "shuffle": True},
        **(held if rows["validation"] else {}),
        "optimizer": {"_target_": "torch.optim.AdamW", "lr": told.rate, "betas": [0.9, 0.999], "eps": 1e-8, "weight_decay": told.decay},
        "lr_scheduler": {"lr_decay_style": told.schedule, "lr_warmup_steps": told.warmup, "init_lr": 0.0, "min_lr": 0.0},
        "clip_grad_norm": {"max_norm": told.clip},
        "checkpoint": {
            "enabled": True,
            "checkpoint_dir": f"checkpoints/{name}",
            "model_save_format": "safetensors",
            "save_consolidated": False,
            "max_recent_checkpoints": config.checkpoint.keep,
            "restore_from": "LATEST",
        },
        **_shown(chosen, name),
    }


def _sayable(chosen: Recipe, model: str, gpus: int, steps: int) -> None:
    """Refused, with what a recipe of AutoModel has no word for."""
    config, told = chosen.config, chosen.config.training
    reasons = (
        (config.method != "sft", "AutoModel's fine-tuning recipe has no DPO; only method: sft can be run with it"),
        (not steps, "there is no row to learn from"),
        (chosen.profile.runs_on != "gpu", "this profile is for a CPU; AutoModel runs on CUDA cards (--profile dgx)"),
        (config.seeds.init != config.seeds.order, "AutoModel has one seed for first weights and order; seeds.init and seeds.order differ"),
        (config.lora.alpha != int(config.lora.alpha), "AutoModel's alpha is a whole number"),
        (gpus < 1 or told.accumulate % max(gpus, 1) != 0, f"training.accumulate ({told.accumulate}) is not divisible by --gpus {gpus}"),
        (0 < steps <= told.warmup, f"training.warmup ({told.warmup}) is not below the {steps} steps that there will be"),
        (model == MINI, f"{MINI} is no folder of that machine; say where it lies with --base"),
        ("$" in model, "AutoModel reads $ in a path as a variable of the environment"),
    )
    if told_of := [reason for wrong, reason in reasons if wrong]:
        raise Refused("; ".join(told_of))


def _data(part: str, length: int) -> dict[str, Any]:
    """Chats: loss on the answer alone, with the base's own template; what is too long is cut off."""
    where = f"{COMPONENTS}.datasets.llm.chat_dataset.ChatDataset"
    return {"_target_": where, "path_or_dataset_id": f"{part}.jsonl", "seq_length": length, "truncation": True, "padding": "do_not_pad"}


def _shown(chosen: Recipe, name: str) -> dict[str, Any]:
    """Mirrors that Nova's recipe names; on that machine, as long as nobody says another place there."""
    known = {
        "mlflow": {"experiment_name": chosen.config.name, "run_name": name},
        "wandb": {"project": chosen.config.name, "name": name, "mode": "offline"},
    }
    return {mirror: known[mirror] for mirror in chosen.config.report_to}


def _rows(files: Mapping[str, bytes], part: str) -> list[dict[str, Any]]:
    try:
        rows = [json.loads(line) for line in files[f"{part}.jsonl"].decode("utf-8").split("\n") if line]
    except ValueError as error:
        raise Refused(f"{part}.jsonl is not JSON lines: {error}") from error
    for at, row in enumerate(rows, 1):
        context = row.get("context") if isinstance(row, dict) else None
        texts = [row.get("question"), row.get("answer"), *context] if isinstance(context, list) else [None]
        if not all(isinstance(text, str) for text in texts):
            raise Refused(f"{part}.jsonl: row {at} lacks question, context or answer")
    return rows


def _messages(rows: Sequence[Mapping[str, Any]], system: str) -> bytes:
    """Each row as a chat: asked as Nova's own trainer asks, then the answer. No id, no source, no group.

    AutoModel splits at every sign that ends a line for Python, so those within a text are escaped.
    """
    chats = [{"messages": [*asked_of(dict(row), system), {"role": "assistant", "content": row["answer"]}]} for row in rows]
    return "".join(json.dumps(chat) + "\n" for chat in chats).encode("ascii")


def take(folder: Path, out: Path, recipe: Path | None = None, base: Path | None = None) -> dict[str, Any]:
    """A checked adapter in OUT/adapter, and beside it its hashes; what those say. Refused, and then nothing is written."""
    files = _looked_at(folder)
    note = _note(recipe) if recipe else {}
    weights = files["adapter_model.safetensors"]
    checked = checked_files(files["adapter_config.json"], weights, Against(note.get("lora"), base_shapes(base) if base else None))
    name = str(note.get("base", {}).get("model", "")) or (base.name if base else "")
    config = {**checked.config, "base_model_name_or_path": name}
    made = {"adapter_model.safetensors": weights, "adapter_config.json": _json(config)}
    with tempfile.TemporaryDirectory() as held:
        for file, data in made.items():
            (Path(held) / file).write_bytes(data)
        digest = folder_digest(Path(held))
    told = {
        "adapter_sha256": digest,
        "files": {file: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)} for file, data in sorted(made.items())},
        "modules": checked.modules,
        "parameters": checked.parameters,
        "checked_against": [what for what, there in (("recipe", recipe), ("base", base)) if there],
        **{key: note[key] for key in ("name", "config_sha256", "dataset", "base") if key in note},
        "base_sha256": folder_digest(base) if base else "",
    }
    _written(out, {**{f"adapter/{file}": data for file, data in made.items()}, "taken.json": _json(told)})
    return told


def _note(recipe: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((recipe / NOTE).read_bytes())
        return {**found, "lora": dict(found["lora"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused(f"{recipe} is no folder that `recipe` wrote: {error}") from error


def _looked_at(folder: Path) -> dict[str, bytes]:
    """The two files that count, read once; Refused where anything else but plain JSON, text and safetensors lies there."""
    try:
        entries = sorted(os.scandir(folder), key=lambda one: one.name)
    except OSError as error:
        raise Refused(f"{folder} cannot be read: {error}") from error
    if len(entries) > MOST_FILES:
        raise Refused(f"more than {MOST_FILES} files")
    for entry in entries:
        told = entry.stat(follow_symlinks=False)
        if not stat.S_ISREG(told.st_mode):
            raise Refused(f"{entry.name!r} is a link, a folder or no file; only plain files are taken")
        if not entry.name.endswith(KEPT_FILES):
            raise Refused(f"{entry.name!r}: only {', '.join(KEPT_FILES)} are taken, nothing that could be a program")
        weights = entry.name == "adapter_model.safetensors"
        if entry.name.endswith(".safetensors") and not weights:
            raise Refused(f"{entry.name!r}: an adapter has one file of weights, adapter_model.safetensors")
        if told.st_size > (LARGEST if weights else LARGEST_TEXT):
            raise Refused(f"{entry.name!r} is too large ({told.st_size} bytes)")
    wanted = {"adapter_model.safetensors": LARGEST, "adapter_config.json": LARGEST_TEXT}
    return {name: _bytes(folder / name, most) for name, most in wanted.items()}


def _bytes(path: Path, most: int) -> bytes:
    """Read without following a link, and no more than is allowed, whatever became of the file meanwhile."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise Refused(f"{path.name} cannot be read: {error.strerror}") from error
    if len(data) > most:
        raise Refused(f"{path.name} is too large")
    return data


def _json(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


def _written(out: Path, files: Mapping[str, bytes]) -> None:
    """All of it or nothing. Refused where something is there already."""
    if out.is_symlink() or (out.exists() and (not out.is_dir() or any(out.iterdir()))):
        raise Refused(f"{out} is there already")
    out.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        for name, data in files.items():
            (made / name).parent.mkdir(exist_ok=True)
            (made / name).write_bytes(data)
        made.replace(out)
    finally:
        shutil.rmtree(made, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
