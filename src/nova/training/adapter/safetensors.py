"""A file of safetensors in, what it holds out, without torch: plain matrices of finite numbers, to each byte exactly one entry.

Whatever the bytes are, the only thing that is raised is InvalidInput (German). No file is read as a whole.
"""

import hashlib
import json
import stat
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from nova.errors import InvalidInput

Shape = tuple[int, ...]
WEIGHTS = "adapter_model.safetensors"
LARGEST_HEADER, LARGEST_BASE_HEADER = 4 * 2**20, 16 * 2**20
PIECE = 4 * 2**20
EXPONENTS = {"F64": ("<u8", 0x7FF << 52), "F32": ("<u4", 0xFF << 23), "F16": ("<u2", 0x1F << 10), "BF16": ("<u2", 0xFF << 7)}
"""How a number of each kind is read as bits, and which of them all set say that it is infinite or none."""


@dataclass(frozen=True, slots=True)
class Tensor:
    """One entry: its kind of number, its shape, and where its bytes lie."""

    kind: str
    shape: Shape
    begin: int
    end: int

    @property
    def width(self) -> int:
        """The bytes of one number."""
        return int(EXPONENTS[self.kind][0][-1])


@dataclass(frozen=True, slots=True)
class Header:
    """The entries in the order of their bytes, and the sha256 of what was read so far, to be gone on with."""

    tensors: Mapping[str, Tensor]
    digest: "hashlib._Hash"


def header(file: BinaryIO, size: int) -> Header:
    """The beginning of a file of so many bytes: every byte behind it belongs to exactly one matrix. InvalidInput."""
    start = file.read(8)
    (length,) = struct.unpack("<Q", start) if len(start) == 8 else (0,)
    if not 2 <= length <= min(LARGEST_HEADER, size - 8):
        raise InvalidInput(f"{WEIGHTS} ist keine safetensors-Datei.")
    text = file.read(length)
    found, at = _entries(text), 0
    for name, one in found.items():
        if one.begin != at or one.end - one.begin != prod(one.shape) * one.width:
            raise InvalidInput(f"{shown(name)}: Die Bytes überschneiden sich, haben Lücken oder passen nicht zur Form.")
        at = one.end
    if at != size - 8 - length:
        raise InvalidInput(f"{WEIGHTS} ist abgeschnitten oder enthält Bytes, die zu nichts gehören.")
    return Header(found, hashlib.sha256(start + text))


def finite(file: BinaryIO, head: Header) -> str:
    """The numbers behind a header, read piece by piece; the sha256 of the whole file. InvalidInput for one that is infinite or none."""
    for name, one in head.tensors.items():
        kind, bits = EXPONENTS[one.kind]
        left, wanted = one.end - one.begin, np.array(bits, dtype=kind)
        while left:
            piece = file.read(min(PIECE, left))
            if not piece or len(piece) % one.width:
                raise InvalidInput(f"{WEIGHTS} ist abgeschnitten.")
            if bool(((np.frombuffer(piece, dtype=kind) & wanted) == wanted).any()):
                raise InvalidInput(f"{shown(name)}: Zahlen sind unendlich oder keine Zahlen.")
            head.digest.update(piece)
            left -= len(piece)
    if file.read(1):
        raise InvalidInput(f"{WEIGHTS} wuchs, während es gelesen wurde.")
    return head.digest.hexdigest()


def base_shapes(folder: Path) -> dict[str, Shape]:
    """The shapes of a base's weights, from the headers of its files alone. InvalidInput where it has none."""
    found: dict[str, Shape] = {}
    for path in sorted(folder.glob("*.safetensors")):
        if not stat.S_ISREG(path.stat().st_mode):
            raise InvalidInput(f"{path.name} der Basis ist keine Datei.")
        with path.open("rb") as file:
            start = file.read(8)
            (length,) = struct.unpack("<Q", start) if len(start) == 8 else (0,)
            told = plain_object(file.read(length), path.name) if 2 <= length <= LARGEST_BASE_HEADER else {"": None}
        told.pop("__metadata__", None)
        for name, one in told.items():
            shape = one.get("shape") if isinstance(one, dict) else None
            if not isinstance(shape, list) or not all(map(whole, shape)):
                raise InvalidInput(f"{path.name} der Basis ist keine safetensors-Datei.")
            found[name] = tuple(shape)
    if not found:
        raise InvalidInput("Die Basis hat keine Gewichte als safetensors.")
    return found


def plain_object(data: bytes, where: str) -> dict[str, Any]:
    """A JSON object in which no key stands twice; InvalidInput."""

    def once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) != len(pairs):
            raise ValueError("a key stands twice")
        return dict(pairs)

    try:
        told = json.loads(data.decode("utf-8"), object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"{where} ist kein JSON, oder ein Schlüssel steht darin zweimal.") from error
    if not isinstance(told, dict):
        raise InvalidInput(f"{where} ist kein JSON-Objekt.")
    return told


def shown(text: object) -> str:
    """A stranger's text as a message may have it."""
    return "„" + "".join(one if one.isprintable() else "?" for one in str(text)[:120]) + "“"


def whole(value: object) -> bool:
    """Whether it is a whole number from 0 on, and no truth value."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _wholes(value: object, most: int) -> bool:
    """Whether it is a list of so many whole numbers."""
    return isinstance(value, list) and len(value) == most and all(map(whole, value))


def _entries(text: bytes) -> dict[str, Tensor]:
    told = plain_object(text, f"Der Kopf von {WEIGHTS}")
    told.pop("__metadata__", None)
    if not told:
        raise InvalidInput(f"{WEIGHTS} ist leer.")
    return dict(sorted(((name, _tensor(name, one)) for name, one in told.items()), key=lambda pair: pair[1].begin))


def _tensor(name: str, told: object) -> Tensor:
    if not isinstance(told, dict) or set(told) != {"dtype", "shape", "data_offsets"} or str(told["dtype"]) not in EXPONENTS:
        raise InvalidInput(f"{shown(name)}: keine Matrix aus {', '.join(EXPONENTS)}.")
    shape, offsets = told["shape"], told["data_offsets"]
    if not _wholes(shape, 2) or not _wholes(offsets, 2) or 0 in shape:
        raise InvalidInput(f"{shown(name)}: keine Matrix, oder kein Ort für ihre Bytes.")
    return Tensor(str(told["dtype"]), tuple(shape), *offsets)
