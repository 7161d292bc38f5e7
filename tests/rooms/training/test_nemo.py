"""What NeMo AutoModel runs, checked against its documentation by hand; and adapters of strangers, of which only sound ones are taken.

AutoModel itself runs nowhere here. Keys, types and rules are those of its documentation and source, version 26.10.
"""

import json
import os
import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nova.engines.train.child import asked_of
from nova.errors import InvalidInput
from nova.training.adapter.files import Against, Checked, checked_files
from nova.training.config import folder_digest, recipe_file
from nova.training.dataset.folder import digest_of
from scripts import finetune_nemo
from tests.house.places import ROOT
from tests.rooms.training import adapters

LARGE = ROOT / "config" / "finetune" / "llama3-8b.yaml"
Number = (int, float)
FIELDS: dict[str, dict[str, Any]] = {
    "step_scheduler": {
        "global_batch_size": int, "local_batch_size": int, "num_epochs": int, "ckpt_every_steps": int, "val_every_steps": int,
    },
    "dist_env": {"backend": str, "timeout_minutes": int},
    "distributed": {"strategy": str, "dp_size": type(None), "tp_size": int, "cp_size": int, "activation_checkpointing": bool},
    "model": {"_target_": str, "pretrained_model_name_or_path": str, "dtype": str, "force_hf": bool},
    "peft": {
        "_target_": str, "target_modules": list, "dim": int, "alpha": int, "dropout": Number, "dropout_position": str, "lora_A_init": str,
    },
    "loss_fn": {"_target_": str},
    "dataset": {"_target_": str, "path_or_dataset_id": str, "seq_length": int, "truncation": bool, "padding": str},
    "dataloader": {"_target_": str, "collate_fn": dict, "shuffle": bool},
    "optimizer": {"_target_": str, "lr": float, "betas": list, "eps": float, "weight_decay": Number},
    "lr_scheduler": {"lr_decay_style": str, "lr_warmup_steps": int, "init_lr": float, "min_lr": float},
    "clip_grad_norm": {"max_norm": Number},
    "checkpoint": {
        "enabled": bool, "checkpoint_dir": str, "model_save_format": str, "save_consolidated": bool, "max_recent_checkpoints": int,
        "restore_from": str,
    },
}  # fmt: skip
"""Each section with the keys that its class has in AutoModel, and what they take. `recipe` and `seed` stand beside them."""
FIELDS |= {"validation_dataset": FIELDS["dataset"], "validation_dataloader": FIELDS["dataloader"]}
TARGETS = {
    "model": "nemo_automodel.NeMoAutoModelForCausalLM.from_pretrained",
    "peft": "nemo_automodel.components._peft.lora.PeftConfig",
    "loss_fn": "nemo_automodel.components.loss.masked_ce.MaskedCrossEntropy",
    "dataset": "nemo_automodel.components.datasets.llm.chat_dataset.ChatDataset",
    "validation_dataset": "nemo_automodel.components.datasets.llm.chat_dataset.ChatDataset",
    "dataloader": "torchdata.stateful_dataloader.StatefulDataLoader",
    "validation_dataloader": "torchdata.stateful_dataloader.StatefulDataLoader",
    "optimizer": "torch.optim.AdamW",
}


def row(at: int) -> dict[str, Any]:
    text = "Der Grundpreis im Tarif {} beträgt 9,50 €.\u2028Ab Januar\x85gilt {}."  # signs that end a line for Python, and not for JSON
    return {
        "id": f"r{at}", "kind": "sft", "source": "reviews", "topic": "Tarife", "question": f"Wie hoch ist der Grundpreis {at}?",
        "context": [text.format(at, at), "Eine zweite Stelle."], "answer": f"Der Grundpreis beträgt {at} €. [1]",
        "answerable": True, "group": f"g{at}",
    }  # fmt: skip


def dataset(folder: Path, train: int = 300, validation: int = 10, **manifest: Any) -> Path:
    sides = {"train": range(train), "validation": range(train, train + validation), "test": range(900, 905)}
    files = {
        f"{name}.jsonl": "".join(json.dumps(row(at), ensure_ascii=False) + "\n" for at in some).encode() for name, some in sides.items()
    }
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    told = {"name": "nova-training", "version": "v1", "digest": digest_of(files), "passed": True, **manifest}
    (folder / "manifest.json").write_text(json.dumps(told), "utf-8")
    return folder


def run(*arguments: str | Path) -> int:
    return finetune_nemo.main([str(one) for one in arguments])


def written(tmp_path: Path, *more: str, lora: Path = LARGE, rows: int = 300) -> dict[str, Any]:
    """The recipe that AutoModel reads."""
    assert run("recipe", lora, dataset(tmp_path / "set", rows), tmp_path / "out", "--date", "2026-11-26", *more) == 0
    found: dict[str, Any] = yaml.safe_load((tmp_path / "out" / "recipe.yaml").read_text("utf-8"))
    return found


def test_a_recipe_has_the_keys_and_types_of_automodel(tmp_path: Path) -> None:
    told = written(tmp_path)
    assert told.pop("recipe") == "TrainFinetuneRecipeForNextTokenPrediction" and isinstance(told.pop("seed"), int)
    assert set(told) == set(FIELDS)
    for section, fields in FIELDS.items():
        assert set(told[section]) == set(fields), section
        for key, kind in fields.items():
            assert isinstance(told[section][key], kind), (section, key)
    assert {section: told[section]["_target_"] for section in TARGETS} == TARGETS
    assert told["dataloader"]["collate_fn"] == {"_target_": "nemo_automodel.components.datasets.utils.default_collater"}
    assert "$" not in (tmp_path / "out" / "recipe.yaml").read_text("utf-8")  # a variable of the environment there


def test_it_says_what_nova_s_recipe_says(tmp_path: Path) -> None:
    told, config = written(tmp_path), recipe_file(LARGE, "dgx").config
    scheduler, peft = told["step_scheduler"], told["peft"]
    assert (scheduler["local_batch_size"], scheduler["global_batch_size"], scheduler["num_epochs"]) == (4, 32, 3)
    assert scheduler["ckpt_every_steps"] == scheduler["val_every_steps"] == config.checkpoint.every == 50
    assert (peft["dim"], peft["alpha"], peft["dropout"], peft["dropout_position"]) == (16, 32, 0.05, "pre")
    assert told["optimizer"]["lr"] == 0.0002 and told["clip_grad_norm"]["max_norm"] == 1.0 and told["seed"] == 1
    assert told["lr_scheduler"] == {"lr_decay_style": "cosine", "lr_warmup_steps": 5, "init_lr": 0.0, "min_lr": 0.0} | {
        "lr_warmup_steps": 20
    }
    assert told["model"]["force_hf"] and told["dataset"]["seq_length"] == 2048 and told["model"]["dtype"] == "bfloat16"
    assert told["model"]["pretrained_model_name_or_path"] == "models/base/Meta-Llama-3-8B-Instruct"
    checkpoint = told["checkpoint"]
    assert checkpoint["checkpoint_dir"] == "checkpoints/sophia-finetune-2026-11-26" and checkpoint["restore_from"] == "LATEST"
    assert checkpoint["max_recent_checkpoints"] == 3


def test_its_targets_are_those_that_peft_would_take(tmp_path: Path) -> None:
    patterns = written(tmp_path)["peft"]["target_modules"]

    def matched(name: str) -> bool:
        """AutoModel's rule: `*` is any text, and the whole name has to match."""
        return any(re.fullmatch(re.sub(r"\.\*", "(.*)", re.sub(r"(?<!\.)\*", ".*", one)), name) for one in patterns)

    assert matched("model.layers.0.self_attn.q_proj") and matched("model.layers.31.mlp.down_proj")
    assert not matched("lm_head") and not matched("model.layers.0.self_attn") and not matched("model.layers.0.self_attn.q_proj.weight")


def test_the_chats_are_what_nova_s_own_trainer_asks_and_answers(tmp_path: Path) -> None:
    written(tmp_path)
    system = recipe_file(LARGE, "dgx").config.system
    for part, first, count in (("train", 0, 300), ("validation", 300, 10)):
        lines = (tmp_path / "out" / f"{part}.jsonl").read_text("utf-8").splitlines()  # as AutoModel splits them
        chats = [json.loads(line)["messages"] for line in lines if line.strip()]
        rows = [row(at) for at in range(first, first + count)]
        assert chats == [[*asked_of(one, system), {"role": "assistant", "content": one["answer"]}] for one in rows]
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"recipe.yaml", "train.jsonl", "validation.jsonl", "nova.json"}
    assert "r900" not in (tmp_path / "out" / "train.jsonl").read_text("utf-8")
    note = json.loads((tmp_path / "out" / "nova.json").read_text("utf-8"))
    assert note["name"] == "sophia-finetune-2026-11-26" and note["rows"] == {"train": 300, "validation": 10}
    assert note["config_sha256"] == recipe_file(LARGE, "dgx").digest() and note["lora"]["rank"] == 16


def test_where_nobody_is_kept_apart_nothing_is_validated(tmp_path: Path) -> None:
    assert run("recipe", LARGE, dataset(tmp_path / "set", 300, 0), tmp_path / "out") == 0
    told = yaml.safe_load((tmp_path / "out" / "recipe.yaml").read_text("utf-8"))
    assert not {"validation_dataset", "validation_dataloader"} & set(told) and not (tmp_path / "out" / "validation.jsonl").exists()


def test_mirrors_of_the_recipe_are_named_and_stay_on_that_machine(tmp_path: Path) -> None:
    lora = tmp_path / "lora.yaml"
    lora.write_text(LARGE.read_text("utf-8").replace("report_to: []", "report_to: [mlflow, wandb]"), "utf-8")
    told = written(tmp_path, lora=lora)
    assert told["mlflow"] == {"experiment_name": "sophia-finetune", "run_name": "sophia-finetune-2026-11-26"}
    assert told["wandb"] == {"project": "sophia-finetune", "name": "sophia-finetune-2026-11-26", "mode": "offline"}


@pytest.mark.parametrize(
    ("old", "new", "more", "reason"),
    [
        ("method: sft", "method: dpo", [], "no DPO"),
        ("order: 1", "order: 2", [], "one seed"),
        ("alpha: 32", "alpha: 31.5", [], "whole number"),
        ("warmup: 20", "warmup: 900", [], "not below the 30 steps"),
        ("", "", ["--gpus", "3"], "not divisible by --gpus 3"),
        ("", "", ["--gpus", "0"], "not divisible"),
        ("", "", ["--profile", "cpu"], "for a CPU"),
        ("", "", ["--base", "${HOME}/base"], "variable of the environment"),
        ("models/base/Meta-Llama-3-8B-Instruct", "nova-mini", [], "--base"),
        ("", "", ["--profile", "tpu"], "cpu und dgx"),
        ("rank: 16", "rang: 16", [], "rang"),
    ],
)
def test_what_automodel_cannot_say_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, more: list[str], reason: str
) -> None:
    lora = tmp_path / "lora.yaml"
    lora.write_text(LARGE.read_text("utf-8").replace(old, new, 1) if old else LARGE.read_text("utf-8"), "utf-8")
    assert run("recipe", lora, dataset(tmp_path / "set"), tmp_path / "out", *more) == 2
    assert reason in capsys.readouterr().err and not (tmp_path / "out").exists()


def test_a_dataset_that_did_not_pass_or_was_touched_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lies = {"passed": ({"passed": False}, "checks"), "digest": ({"digest": "0" * 64}, "digest"), "kinds": ({"passed": 1}, "checks")}
    for name, (told, reason) in lies.items():
        assert run("recipe", LARGE, dataset(tmp_path / name, **told), tmp_path / "out") == 2
        assert reason in capsys.readouterr().err
    assert run("recipe", LARGE, tmp_path, tmp_path / "out") == 2 and not (tmp_path / "out").exists()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "theirs").touch()
    assert run("recipe", LARGE, dataset(tmp_path / "good"), tmp_path / "out") == 2 and [
        one.name for one in (tmp_path / "out").iterdir()
    ] == ["theirs"]


def test_a_sound_adapter_is_taken_with_its_hashes(tmp_path: Path) -> None:
    folder, base = adapters.saved(tmp_path / "model"), adapters.base(tmp_path / "Basis")
    assert run("take", folder, tmp_path / "run", "--base", base) == 0
    kept = tmp_path / "run" / "adapter"
    assert {path.name for path in kept.iterdir()} == {"adapter_model.safetensors", "adapter_config.json"}
    assert (kept / "adapter_model.safetensors").read_bytes() == (folder / "adapter_model.safetensors").read_bytes()
    told = json.loads((tmp_path / "run" / "taken.json").read_text("utf-8"))
    assert told["adapter_sha256"] == folder_digest(kept) and told["checked_against"] == ["base"] and told["modules"] == 2
    assert told["parameters"] == 2 * 2 * adapters.RANK * adapters.INSIDE and told["base_sha256"] == folder_digest(base)
    config = json.loads((kept / "adapter_config.json").read_text("utf-8"))
    assert (config["r"], config["lora_alpha"], config["base_model_name_or_path"]) == (4, 16, "Basis")
    assert run("take", folder, tmp_path / "run") == 2  # something is there


Change = Callable[[dict[str, Any], adapters.Matrices], Any]
FIRST = "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight"


def changed(**more: Any) -> Change:
    return lambda config, _: config.update(more)


def with_matrix(name: str, made: Any) -> Change:
    return lambda _, matrices: matrices.update({name: made})


def filled(value: float) -> Change:
    def fill(_: dict[str, Any], matrices: adapters.Matrices) -> None:
        matrices[FIRST][1, 2] = value

    return fill


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (changed(peft_type="PREFIX_TUNING"), "peft_type"),
        (changed(task_type="SEQ_CLS"), "task_type"),
        (changed(use_dora=True), "use_dora"),
        (changed(modules_to_save=["lm_head"]), "modules_to_save"),
        (changed(auto_mapping={"parent_library": "os"}), "auto_mapping"),
        (changed(rank_pattern={"q_proj": 2}), "rank_pattern"),
        (changed(use_rslora=True), "use_rslora"),
        (changed(r=True), "r und lora_alpha"),
        (changed(r=8), "nicht den Rang 8"),
        (changed(lora_alpha=float("nan")), "r und lora_alpha"),
        (changed(target_modules=".*"), "Liste von Namen"),
        (changed(target_modules=["q_proj"]), "steht nicht unter target_modules"),
        (changed(target_modules=["q_proj", "down_proj", "v_proj"]), "v_proj"),
        (with_matrix("lm_head.weight", np.zeros((2, 2), "<f4")), "keine Matrix einer LoRA"),
        (with_matrix("base_model.model.../../x.lora_A.weight", np.zeros((4, 8), "<f4")), "keine Matrix einer LoRA"),
        (with_matrix(FIRST, np.zeros((4, 9), "<f4")), "die Basis hat"),
        (with_matrix(FIRST, np.zeros((3, 8), "<f4")), "nicht den Rang"),
        (with_matrix(FIRST, np.zeros((4, 8, 1), "<f4")), "keine Matrix"),
        (lambda _, matrices: matrices.pop(FIRST), "Matrizen fehlt"),
        (filled(float("nan")), "unendlich oder keine"),
        (filled(float("inf")), "unendlich oder keine"),
    ],
)
def test_an_adapter_that_is_not_what_it_should_be_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: Change, reason: str
) -> None:
    config, matrices = adapters.config(), adapters.matrices()
    change(config, matrices)
    folder = adapters.saved(tmp_path / "model", config, adapters.safetensors(matrices))
    assert run("take", folder, tmp_path / "run", "--base", adapters.base(tmp_path / "base")) == 2
    assert reason in capsys.readouterr().err and not (tmp_path / "run").exists()


def entry(**more: Any) -> dict[str, Any]:
    return {"dtype": "F32", "shape": [4, 8], "data_offsets": [0, 128], **more}


@pytest.mark.parametrize(
    "weights",
    [
        b"", b"\x80\x04\x95pickle", struct.pack("<Q", 2**60) + b"{}", struct.pack("<Q", 2) + b"[]", struct.pack("<Q", 2) + b"{}",
        struct.pack("<Q", 30) + b'{"a": 1, "a": {"dtype": "F32"}}', struct.pack("<Q", 20_000) + b"[" * 20_000,
        *(
            adapters.safetensors({"x": np.zeros((4, 8), "<f4")}, {FIRST: one})
            for one in (
                entry(dtype="I8"), entry(shape=[4, 2**61]), entry(shape=[-4, -8]), entry(data_offsets=[0, 64]),
                entry(data_offsets=[64, 192]), entry(data_offsets=[0, 128, 3]), entry(shape=[True, 8]), entry(shape="48"), entry(more=1), 7,
            )
        ),
        adapters.safetensors(adapters.matrices()) + b"PK\x03\x04", adapters.safetensors(adapters.matrices())[:-1],
    ],
)  # fmt: skip
def test_bytes_that_are_no_safetensors_of_plain_matrices_are_refused(tmp_path: Path, weights: bytes) -> None:
    assert run("take", adapters.saved(tmp_path / "model", weights=weights), tmp_path / "run") == 2 and not (tmp_path / "run").exists()


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 2**70) | st.floats() | st.text(max_size=4) | st.sampled_from(["F32", "q_proj", "LORA"]),
    lambda some: st.lists(some, max_size=3) | st.dictionaries(st.text(max_size=4), some, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted(adapters.config())), ANYTHING), ANYTHING, st.sampled_from(["dtype", "shape", "data_offsets"]))
def test_whatever_stands_in_them_two_files_are_taken_or_refused(config: dict[str, Any], value: Any, key: str) -> None:
    header = {name: entry(**{key: value}) for name in adapters.matrices()}
    for told, weights in (
        (adapters.config(**config), adapters.safetensors(adapters.matrices())),
        (adapters.config(), adapters.safetensors(adapters.matrices(), header)),
        (value, adapters.safetensors(adapters.matrices(), value)),
    ):
        try:
            found: Checked | None = checked_files(json.dumps(told).encode(), weights, Against())
        except InvalidInput:
            found = None
        assert found is None or found.config["peft_type"] == "LORA"


def test_a_row_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for at, text in enumerate(
        (b"7\n", b'{"question": "a", "answer": "b", "context": "cd"}\n', b'{"question": 1, "answer": "b", "context": []}\n', b"{")
    ):
        folder = dataset(tmp_path / str(at))
        (folder / "train.jsonl").write_bytes(text)
        files = {f"{name}.jsonl": (folder / f"{name}.jsonl").read_bytes() for name in ("train", "validation", "test")}
        told = {**json.loads((folder / "manifest.json").read_text("utf-8")), "digest": digest_of(files)}
        (folder / "manifest.json").write_text(json.dumps(told), "utf-8")
        assert run("recipe", LARGE, folder, tmp_path / "out") == 2 and "train.jsonl" in capsys.readouterr().err


def test_bytes_that_two_matrices_share_are_refused(tmp_path: Path) -> None:
    first, second = FIRST, FIRST.replace("lora_A", "lora_B")
    header = {first: entry(), second: entry(shape=[8, 4])}
    weights = adapters.safetensors({"x": np.zeros((4, 8), "<f4")}, header)
    assert run("take", adapters.saved(tmp_path / "model", weights=weights), tmp_path / "run") == 2


@pytest.mark.parametrize(
    "kind", ["pickle", "program", "link", "linked weights", "folder", "pipe", "large", "second", "many", "nothing", "double"]
)
def test_hostile_folders_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    folder = adapters.saved(tmp_path / "model")
    outside = tmp_path / "secret.json"
    outside.write_text("{}", "utf-8")
    weights = folder / "adapter_model.safetensors"
    made: dict[str, Callable[[], Any]] = {
        "pickle": lambda: (folder / "optimizer.pt").write_bytes(b"\x80\x04"),
        "program": lambda: (folder / "modeling_llama.py").write_text("import os", "utf-8"),
        "link": lambda: (folder / "config.json").symlink_to(outside),
        "linked weights": lambda: (weights.rename(tmp_path / "w"), weights.symlink_to(tmp_path / "w")),
        "folder": lambda: (folder / "consolidated.json").mkdir(),
        "pipe": lambda: os.mkfifo(folder / "notes.txt"),
        "large": lambda: os.truncate(folder / "tokenizer.json", 65 * 2**20),
        "second": lambda: (folder / "model.safetensors").write_bytes(b""),
        "many": lambda: [(folder / f"{at}.txt").touch() for at in range(40)],
        "nothing": weights.unlink,
        "double": lambda: (folder / "adapter_config.json").write_text('{"r": 4, "r": 8}', "utf-8"),
    }
    made[kind]()
    assert run("take", folder, tmp_path / "run") == 2 and capsys.readouterr().err and not (tmp_path / "run").exists()


def test_an_adapter_is_held_against_the_recipe_it_was_made_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lora = tmp_path / "lora.yaml"
    text = LARGE.read_text("utf-8").replace("rank: 16, alpha: 32", "rank: 4, alpha: 16")
    lora.write_text(re.sub(r"targets: \[.*?\]", "targets: [q_proj, down_proj]", text), "utf-8")
    written(tmp_path, lora=lora)
    folder, base = adapters.saved(tmp_path / "model"), adapters.base(tmp_path / "base")
    assert run("take", folder, tmp_path / "run", "--recipe", tmp_path / "out", "--base", base) == 0
    config = json.loads((tmp_path / "run" / "adapter" / "adapter_config.json").read_text("utf-8"))
    assert config["target_modules"] == ["down_proj", "q_proj"] and config["base_model_name_or_path"].startswith("models/base/")
    told = json.loads((tmp_path / "run" / "taken.json").read_text("utf-8"))
    assert told["checked_against"] == ["recipe", "base"] and told["name"] == "sophia-finetune-2026-11-26"
    for old, new, reason in (
        ('"rank": 4', '"rank": 8', "r ist 4, nicht 8"), ('"q_proj"', '"v_proj"', "steht nicht unter target_modules"),
        ('"q_proj",', '"q_proj", "k_proj",', "k_proj"),
    ):  # fmt: skip
        note = tmp_path / "out" / "nova.json"
        kept = note.read_text("utf-8")
        assert old in kept
        note.write_text(kept.replace(old, new), "utf-8")
        assert run("take", folder, tmp_path / "other", "--recipe", tmp_path / "out") == 2 and reason in capsys.readouterr().err
        note.write_text(kept, "utf-8")
    assert run("take", folder, tmp_path / "other", "--recipe", tmp_path) == 2 and not (tmp_path / "other").exists()


def test_an_adapter_that_lacks_layers_of_its_base_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = adapters.config(target_modules=["q_proj", "down_proj"])
    base = adapters.base(tmp_path / "base")
    more = {f"model.layers.{at}.self_attn.q_proj.weight": np.zeros((8, 8), "<f4") for at in range(2)}
    (base / "more.safetensors").write_bytes(adapters.safetensors(more))
    assert run("take", adapters.saved(tmp_path / "model", config), tmp_path / "run", "--base", base) == 2
    assert "Für „model.layers.1.self_attn.q_proj“ der Basis gibt es keine Matrizen" in capsys.readouterr().err


def test_the_tool_imports_nothing_of_nemo() -> None:
    for name in ("scripts/finetune_nemo.py", "src/nova/training/adapter/files.py", "src/nova/training/adapter/safetensors.py"):
        text = (ROOT / name).read_text("utf-8")
        assert not re.search(r"^\s*(?:import|from)\s+(?:nemo|torch|transformers|peft)", text, re.MULTILINE)
