"""Adapters written by hand, byte by byte, as PEFT and NeMo AutoModel save them."""

import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from nova.training.adapter.safetensors import base_shapes

RANK, INSIDE, TARGETS = 4, 8, ("q_proj", "down_proj")
Matrices = dict[str, np.ndarray[Any, Any]]


def config(**more: Any) -> dict[str, Any]:
    """As AutoModel writes it."""
    return {
        "task_type": "CAUSAL_LM", "peft_type": "LORA", "r": RANK, "lora_alpha": 16, "use_dora": False,
        "target_modules": [f"model.layers.0.self_attn.{TARGETS[0]}", f"model.layers.0.mlp.{TARGETS[1]}"],
        "bias": "none", "base_model_name_or_path": "/somewhere/else", **more,
    }  # fmt: skip


def matrices() -> Matrices:
    """Two modules of a base with eight wide layers."""
    dice = np.random.default_rng(1)
    made: Matrices = {}
    for module, out in (("model.layers.0.self_attn.q_proj", INSIDE), ("model.layers.0.mlp.down_proj", INSIDE)):
        made[f"base_model.model.{module}.lora_A.weight"] = dice.normal(size=(RANK, INSIDE)).astype("<f4")
        made[f"base_model.model.{module}.lora_B.weight"] = dice.normal(size=(out, RANK)).astype("<f4")
    return made


def safetensors(made: Mapping[str, np.ndarray[Any, Any]], header: Mapping[str, Any] | None = None) -> bytes:
    """The file's bytes; `header`: another than the right one."""
    entries, data = dict[str, Any](), b""
    for name, one in made.items():
        entries[name] = {"dtype": "F32", "shape": list(one.shape), "data_offsets": [len(data), len(data) + one.nbytes]}
        data += one.tobytes()
    text = json.dumps(entries if header is None else header).encode()
    return struct.pack("<Q", len(text)) + text + data


def saved(folder: Path, told: Mapping[str, Any] | None = None, weights: bytes | None = None) -> Path:
    """A `model` folder of one of AutoModel's checkpoints."""
    folder.mkdir(parents=True)
    (folder / "adapter_config.json").write_text(json.dumps(told if told is not None else config()), "utf-8")
    (folder / "adapter_model.safetensors").write_bytes(weights if weights is not None else safetensors(matrices()))
    (folder / "automodel_peft_config.json").write_text('{"dropout": 0.0, "dropout_position": "pre"}', "utf-8")
    (folder / "tokenizer.json").write_text("{}", "utf-8")
    (folder / "chat_template.jinja").write_text("{{ messages }}", "utf-8")
    return folder


def tuned(folder: Path, base: Path, lora: Mapping[str, Any], seed: int = 1) -> Path:
    """An adapter as a run of Nova leaves it, beside every weight of a base that its targets mean."""
    dice, made = np.random.default_rng(seed), Matrices()
    for name, shape in base_shapes(base).items():
        module = name.removesuffix(".weight")
        if module.rsplit(".", 1)[-1] in lora["targets"]:
            made[f"base_model.model.{module}.lora_A.weight"] = dice.normal(size=(lora["rank"], shape[1])).astype("<f4")
            made[f"base_model.model.{module}.lora_B.weight"] = dice.normal(size=(shape[0], lora["rank"])).astype("<f4")
    told = config(r=lora["rank"], lora_alpha=lora["alpha"], target_modules=sorted(lora["targets"]), base_model_name_or_path=str(base))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "adapter_config.json").write_text(json.dumps(told), "utf-8")
    (folder / "adapter_model.safetensors").write_bytes(safetensors(made))
    return folder


def base(folder: Path, wide: int = INSIDE) -> Path:
    """A base's folder whose weights fit, or do not."""
    folder.mkdir(parents=True)
    names = ("model.layers.0.self_attn.q_proj.weight", "model.layers.0.mlp.down_proj.weight", "model.norm.weight")
    (folder / "model.safetensors").write_bytes(safetensors({name: np.zeros((INSIDE, wide), "<f4") for name in names}))
    return folder
