"""The bytes of an adapter in, a checked one out, without torch: plain matrices, finite, of one rank, on the modules that it names."""

import json
import re
import stat
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

import numpy as np

Shape = tuple[int, ...]
LARGEST_HEADER = 16 * 2**20
MATRIX = re.compile(r"^base_model\.model\.((?:\w+\.)*\w+)\.lora_([AB])\.weight$", re.ASCII)
EXPONENTS = {"F64": ("<u8", 0x7FF << 52), "F32": ("<u4", 0xFF << 23), "F16": ("<u2", 0x1F << 10), "BF16": ("<u2", 0xFF << 7)}
"""How a number of each kind is read as bits, and which of them all set say that it is infinite or none."""
MUST = {"peft_type": "LORA", "task_type": "CAUSAL_LM", "bias": "none"}
OF_NO_WEIGHT = {
    "base_model_name_or_path",
    "inference_mode",
    "init_lora_weights",
    "lora_dropout",
    "megatron_core",
    "peft_version",
    "revision",
}
OF_NO_WEIGHT |= {"qalora_group_size"}  # counts only with `use_qalora`, which must be off
READ = {*MUST, "r", "lora_alpha", "target_modules"}


class Refused(Exception):
    """What is not taken, and why."""


@dataclass(frozen=True, slots=True)
class Tensor:
    """One entry of a safetensors file: its kind of number, its shape, and where its bytes lie."""

    kind: str
    shape: Shape
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Adapter:
    """A checked adapter: its configuration with nothing but what was checked, its weights, and how large it is."""

    config: dict[str, Any]
    weights: bytes
    modules: int
    parameters: int


def adapter_of(files: Mapping[str, bytes], lora: Mapping[str, Any] | None, base: Mapping[str, Shape] | None) -> Adapter:
    """From the two files by name; `lora`: what a recipe said, `base`: the shapes of a base's weights. Refused."""
    config = _config(files["adapter_config.json"])
    wanted = {} if lora is None else {"r": lora["rank"], "lora_alpha": lora["alpha"]}
    if other := [f"{key} is {config[key]}, not {value}" for key, value in wanted.items() if config[key] != value]:
        raise Refused("not what the recipe says: " + ", ".join(other))
    weights = files["adapter_model.safetensors"]
    found, data = tensors(weights)
    modules = _pairs(found)
    for module, (first, second) in modules.items():
        _fits(module, first.shape, second.shape, config, base)
    _named(modules, config["target_modules"], base)
    if lora is not None:  # AutoModel names each module in full; a recipe, and PEFT, by its last parts
        config["target_modules"] = sorted(lora["targets"])
        _named(modules, config["target_modules"], base)
    for name, one in found.items():
        _finite(name, one, data)
    return Adapter(config, weights, len(modules), sum(prod(one.shape) for one in found.values()))


def tensors(data: bytes) -> tuple[dict[str, Tensor], memoryview]:
    """The entries of a safetensors file and what they point into; every byte belongs to exactly one. Refused."""
    (length,) = struct.unpack("<Q", data[:8]) if len(data) >= 8 else (0,)
    if not 2 <= length <= min(LARGEST_HEADER, len(data) - 8):
        raise Refused("adapter_model.safetensors has no header of safetensors")
    found = _entries(data[8 : 8 + length])
    held, at = memoryview(data)[8 + length :], 0
    for name, one in sorted(found.items(), key=lambda pair: pair[1].begin):
        size = prod(one.shape) * int(EXPONENTS[one.kind][0][-1])
        if one.begin != at or one.end - one.begin != size:
            raise Refused(f"{name}: its bytes overlap, have gaps, or are not as many as its shape needs")
        at = one.end
    if at != len(held):
        raise Refused("adapter_model.safetensors is cut off, or has bytes that belong to nothing")
    return found, held


def base_shapes(folder: Path) -> dict[str, Shape]:
    """The shapes of a base's weights, from the headers of its safetensors alone. Refused where it has none."""
    found: dict[str, Shape] = {}
    for path in sorted(folder.glob("*.safetensors")):
        if not stat.S_ISREG(path.stat().st_mode):
            raise Refused(f"{path.name} is no file")
        with path.open("rb") as file:
            start = file.read(8)
            (length,) = struct.unpack("<Q", start) if len(start) == 8 else (0,)
            if not 2 <= length <= LARGEST_HEADER:
                raise Refused(f"{path.name} is no safetensors file")
            told = _object(file.read(length), path.name)
        told.pop("__metadata__", None)
        if not all(isinstance(one, dict) and isinstance(one.get("shape"), list) for one in told.values()):
            raise Refused(f"{path.name} is no safetensors file")
        found |= {name: tuple(one["shape"]) for name, one in told.items()}
    if not found:
        raise Refused(f"{folder} has no weights as safetensors")
    return found


def _object(data: bytes, where: str) -> dict[str, Any]:
    def once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) != len(pairs):
            raise ValueError("a key stands twice")
        return dict(pairs)

    try:
        told = json.loads(data.decode("utf-8"), object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        raise Refused(f"{where} is no JSON: {error}") from error
    if not isinstance(told, dict):
        raise Refused(f"{where} is no JSON object")
    return told


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _entries(header: bytes) -> dict[str, Tensor]:
    told = _object(header, "the header of adapter_model.safetensors")
    told.pop("__metadata__", None)
    found = {}
    for name, one in told.items():
        if not isinstance(one, dict) or set(one) != {"dtype", "shape", "data_offsets"} or str(one["dtype"]) not in EXPONENTS:
            raise Refused(f"{name}: no matrix of {', '.join(EXPONENTS)}")
        shape, offsets = one["shape"], one["data_offsets"]
        numbers = [*shape, *offsets] if isinstance(shape, list) and isinstance(offsets, list) else [None]
        if not all(_whole(number) for number in numbers) or len(offsets) != 2 or len(shape) != 2 or 0 in shape:
            raise Refused(f"{name}: no matrix, or no place for its bytes")
        found[name] = Tensor(one["dtype"], tuple(shape), *offsets)
    if not found:
        raise Refused("adapter_model.safetensors is empty")
    return found


def _config(data: bytes) -> dict[str, Any]:
    """What of `adapter_config.json` decides anything; all else has to be off."""
    told = _object(data, "adapter_config.json")
    for key, value in MUST.items():
        if told.get(key) != value:
            raise Refused(f"adapter_config.json: {key} has to be {value!r}, and is {told.get(key)!r}")
    if on := sorted(key for key, value in told.items() if key not in READ | OF_NO_WEIGHT and value):
        raise Refused(f"adapter_config.json: {', '.join(on)}: only a plain LoRA is taken")
    rank, alpha, targets = told.get("r"), told.get("lora_alpha"), told.get("target_modules")
    if not _whole(rank) or not rank or isinstance(alpha, bool) or not isinstance(alpha, int | float) or not 0 < alpha < 2**16:
        raise Refused("adapter_config.json: r and lora_alpha have to be numbers above 0")
    if not isinstance(targets, list) or not targets or not all(isinstance(one, str) and re.fullmatch(r"[\w.]+", one) for one in targets):
        raise Refused("adapter_config.json: target_modules has to be a list of names")
    return {**MUST, "r": rank, "lora_alpha": alpha, "lora_dropout": 0.0, "inference_mode": True, "target_modules": sorted(set(targets))}


def _pairs(found: Mapping[str, Tensor]) -> dict[str, tuple[Tensor, Tensor]]:
    halves: dict[str, dict[str, Tensor]] = {}
    for name, one in found.items():
        match = MATRIX.match(name)
        if match is None:
            raise Refused(f"{name[:200]!r} is no matrix of a LoRA")
        halves.setdefault(match[1], {})[match[2]] = one
    if lone := sorted(module for module, both in halves.items() if len(both) != 2):
        raise Refused(f"{lone[0]}: one of its two matrices is missing")
    return {module: (both["A"], both["B"]) for module, both in halves.items()}


def _fits(module: str, first: Shape, second: Shape, config: Mapping[str, Any], base: Mapping[str, Shape] | None) -> None:
    if first[0] != config["r"] or second[1] != config["r"]:
        raise Refused(f"{module}: {first} and {second} are not of rank {config['r']}")
    if base is None:
        return
    there = base.get(f"{module}.weight")
    if there is None or tuple(there) != (second[0], first[1]):
        raise Refused(f"{module}: for a weight of {(second[0], first[1])}; the base has {there}")


def _named(modules: Mapping[str, object], targets: Sequence[str], base: Mapping[str, Shape] | None) -> None:
    """Each module is of a target, each target has one; and with a base, each of its weights that a target means."""

    def of(module: str) -> list[str]:
        return [target for target in targets if module == target or module.endswith(f".{target}")]

    if other := sorted(module for module in modules if not of(module)):
        raise Refused(f"{other[0]} is none of target_modules")
    if without := sorted(set(targets) - {target for module in modules for target in of(module)}):
        raise Refused(f"target_modules names {without[0]}, for which there are no weights")
    meant = {name.removesuffix(".weight") for name in base or () if name.endswith(".weight") and of(name.removesuffix(".weight"))}
    if lacking := sorted(meant - set(modules)):
        raise Refused(f"{lacking[0]} of the base has no matrices")


def _finite(name: str, one: Tensor, data: memoryview) -> None:
    kind, bits = EXPONENTS[one.kind]
    numbers = np.frombuffer(data[one.begin : one.end], dtype=kind)
    if bool(((numbers & np.array(bits, dtype=kind)) == np.array(bits, dtype=kind)).any()):
        raise Refused(f"{name} has numbers that are infinite or none")
