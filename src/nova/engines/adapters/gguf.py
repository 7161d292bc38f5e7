"""A LoRA as PEFT writes it in, the same as a GGUF file out, in whole floats; written from GGUF's specification (docs/gguf.md of ggml)."""

import json
import re
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova.errors import Conflict

Values = NDArray[np.float32]
ALIGNED = 32
MOST_HEADER = 16 * 2**20
UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9
F32 = 0  # a tensor's kind
ROTATED = ("attn_q", "attn_k")
LLAMA = ("llama", "mistral")  # whose layers have these names, and whose rotated rows lie in llama.cpp's order once they are turned
LAYERS = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
PLACE = re.compile(r"base_model\.model\.model\.layers\.(\d+)\.([a-z_.]+)\.lora_([AB])\.weight")
PLAIN: Mapping[str, Sequence[Any]] = {  # what this does not know, as it is where it is not used
    "use_dora": (False,), "use_rslora": (False,), "bias": ("none",), "modules_to_save": ([],), "alpha_pattern": ({},),
}  # fmt: skip


def lora(adapter: Path, base: Path, target: Path) -> None:
    """Write `target` from PEFT's folder and the base's `config.json`; Conflict where it is of a kind that this does not know."""
    said = json.loads((adapter / "adapter_config.json").read_text("utf-8"))
    shape = json.loads((base / "config.json").read_text("utf-8"))
    plain = all(said.get(key) in (None, *some) for key, some in PLAIN.items())
    if said.get("peft_type") != "LORA" or shape.get("model_type") not in LLAMA or not plain:
        raise unknown(target)
    found: dict[str, Values] = {}
    for name, values in tensors(adapter / "adapter_model.safetensors").items():
        place = PLACE.fullmatch(name)
        if place is None or place[2] not in LAYERS:
            raise unknown(target)
        layer = LAYERS[place[2]]
        found[f"blk.{place[1]}.{layer}.weight.lora_{place[3].lower()}"] = turned(values, layer, shape) if place[3] == "B" else values
    fields = {
        "general.architecture": "llama", "general.type": "adapter", "adapter.type": "lora", "adapter.lora.alpha": float(said["lora_alpha"])
    }  # fmt: skip
    write(target, fields, found)


def unknown(target: Path) -> Conflict:
    """The error for an adapter that somebody has to convert."""
    return Conflict(
        f"Diesen Adapter kann Nova nicht umwandeln. Legen Sie ihn, mit convert_lora_to_gguf.py von llama.cpp umgewandelt, als {target} ab."
    )


def turned(values: Values, layer: str, shape: Mapping[str, Any]) -> Values:
    """The rows of rotated layers as llama.cpp wants them: pairs beside each other, where transformers has halves."""
    if layer not in ROTATED:
        return values
    heads = int(shape["num_attention_heads"])
    if layer == "attn_k":
        heads = int(shape.get("num_key_value_heads") or heads)
    rows = values.shape[0]
    return np.ascontiguousarray(values.reshape(heads, 2, rows // heads // 2, -1).swapaxes(1, 2).reshape(values.shape))


def tensors(path: Path) -> dict[str, Values]:
    """What a safetensors file holds, in whole floats; Conflict where it is none."""
    data = np.memmap(path, dtype=np.uint8, mode="r")
    size = int.from_bytes(data[:8].tobytes(), "little")
    if size > min(MOST_HEADER, len(data) - 8):
        raise Conflict(f"{path.name} ist keine Datei mit Gewichten.")
    header: dict[str, Any] = json.loads(data[8 : 8 + size].tobytes())
    header.pop("__metadata__", None)
    return {name: _values(data[8 + size :], one).reshape(one["shape"]) for name, one in header.items()}


def _values(data: NDArray[np.uint8], one: Mapping[str, Any]) -> Values:
    start, end = one["data_offsets"]
    raw = data[start:end].tobytes()
    if one["dtype"] == "BF16":
        return (np.frombuffer(raw, dtype="<u2").astype(np.uint32) << 16).view(np.float32)
    kinds = {"F32": "<f4", "F16": "<f2"}
    if one["dtype"] not in kinds:
        raise Conflict(f"Gewichte der Art {one['dtype']} lassen sich nicht umwandeln.")
    return np.frombuffer(raw, dtype=kinds[one["dtype"]]).astype(np.float32)


def write(target: Path, fields: Mapping[str, Any], found: Mapping[str, Values]) -> None:
    """A GGUF file, whole or not at all. Whole numbers are written as unsigned, those in lists as signed."""
    head = bytearray(b"GGUF" + struct.pack("<IQQ", 3, len(found), len(fields)))
    for name, value in fields.items():
        head += _text(name) + _field(value)
    at = 0
    for name, values in found.items():
        head += (
            _text(name)
            + struct.pack("<I", values.ndim)
            + struct.pack(f"<{values.ndim}Q", *reversed(values.shape))
            + struct.pack("<IQ", F32, at)
        )
        at += values.nbytes + -values.nbytes % ALIGNED
    draft = target.with_suffix(".draft")
    with draft.open("wb") as file:
        file.write(head + bytes(-len(head) % ALIGNED))
        for values in found.values():
            file.write(np.ascontiguousarray(values, dtype="<f4").tobytes() + bytes(-values.nbytes % ALIGNED))
    draft.replace(target)


def _text(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def _field(value: Any) -> bytes:
    kind, data = _plain(value, UINT32)
    if kind != ARRAY:
        return struct.pack("<I", kind) + data
    entries: Sequence[Any] = value
    inner = _plain(entries[0], INT32)[0]
    return struct.pack("<IIQ", ARRAY, inner, len(entries)) + b"".join(_plain(one, INT32)[1] for one in entries)


def _plain(value: Any, whole: int) -> tuple[int, bytes]:
    match value:
        case bool():
            return BOOL, struct.pack("<?", value)
        case int():
            return whole, struct.pack("<i" if whole == INT32 else "<I", value)
        case float():
            return FLOAT32, struct.pack("<f", value)
        case str():
            return STRING, _text(value)
        case _:
            return ARRAY, b""
