"""The folder of an adapter in, a checked one out, without torch: known files, a plain LoRA, and matrices that fit its base.

Refused (InvalidInput, German) before anything loads it: whatever could be a program, links and pipes, what is too large, numbers that are
none, and an adapter of another rank, module, shape or base. The hash is of the very bytes that were checked.
"""

import hashlib
import io
import os
import re
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any, BinaryIO, cast

from nova.errors import InvalidInput
from nova.training.adapter.safetensors import WEIGHTS, Shape, Tensor, finite, header, plain_object, shown, whole
from nova.training.config import joined_digest

CONFIG, README = "adapter_config.json", "README.md"
NAMES = (CONFIG, WEIGHTS, README)
HASHED = (CONFIG, WEIGHTS)
LARGEST, LARGEST_TEXT, HIGHEST_RANK = 2 * 2**30, 2**20, 512
ROOM = 8 * 2**20  # beside the numbers
MATRIX = re.compile(r"^base_model\.model\.((?:\w+\.)*\w+)\.lora_([AB])\.weight$", re.ASCII)
MUST = {"peft_type": "LORA", "task_type": "CAUSAL_LM", "bias": "none"}
READ = {*MUST, "r", "lora_alpha", "target_modules"}
OF_NO_WEIGHT = {"base_model_name_or_path", "inference_mode", "lora_dropout", "peft_version", "revision"}
OF_NO_WEIGHT |= {"qalora_group_size"}  # counts only with `use_qalora`, which must be off
ONLY = {"init_lora_weights": (True, False, None, "gaussian"), "megatron_core": (None, "", "megatron.core")}
"""Other first weights change the base that all share; the other names a module that would be imported."""


@dataclass(frozen=True, slots=True)
class Against:
    """What an adapter is held against: the `lora` of its configuration, the shapes of its base's weights, and names that this base has.

    None, {} and () ask nothing.
    """

    lora: Mapping[str, Any] | None = None
    base: Mapping[str, Shape] | None = None
    names: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """A sound adapter: its configuration with nothing but what was checked, the hash of its folder, how large it is, its README.md."""

    config: Mapping[str, Any]
    sha256: str
    modules: int
    parameters: int
    readme: str = ""


def checked_folder(folder: Path, against: Against) -> Checked:
    """The adapter in a folder; InvalidInput, also where there is none."""
    with _opened(folder) as place:
        names = _looked_at(place, _most(against))
        config = _text(place, CONFIG)
        with _file(place, WEIGHTS) as (file, size):
            found = _checked(config, file, size, against)
        return found if README not in names else _with(found, _text(place, README))


def checked_files(config: bytes, weights: bytes, against: Against) -> Checked:
    """The same of bytes that were read already."""
    return _checked(config, io.BytesIO(weights), len(weights), against)


def signature(folder: Path) -> tuple[tuple[object, ...], ...]:
    """What changes with every change of a folder's files; () where there is none."""
    try:
        with os.scandir(folder) as entries:
            told = [(one.name, one.stat(follow_symlinks=False)) for one in entries]
    except OSError:
        return ()
    return tuple(sorted((name, one.st_mode, one.st_ino, one.st_size, one.st_mtime_ns, one.st_ctime_ns) for name, one in told))


def _with(found: Checked, readme: bytes) -> Checked:
    return Checked(found.config, found.sha256, found.modules, found.parameters, readme.decode("utf-8", "replace"))


def _checked(told: bytes, file: BinaryIO, size: int, against: Against) -> Checked:
    config, head = _config(told, against), header(file, size)
    modules = _pairs(head.tensors)
    for module, (first, second) in modules.items():
        _fits(module, first.shape, second.shape, config, against.base)
    _named(modules, config["target_modules"], against.base)
    if against.lora is not None:  # AutoModel names each module in full; a recipe, and PEFT, by its last parts
        config["target_modules"] = sorted(against.lora["targets"])
        _named(modules, config["target_modules"], against.base)
    digest = joined_digest({CONFIG: hashlib.sha256(told).hexdigest(), WEIGHTS: finite(file, head)})
    return Checked(config, digest, len(modules), sum(prod(one.shape) for one in head.tensors.values()))


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    """The folder itself, whatever becomes of its name meanwhile."""
    if folder.parent.is_symlink():
        raise InvalidInput("Der Ordner des Laufs ist eine Verknüpfung.")
    try:
        place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        raise InvalidInput("Den Ordner des Adapters gibt es nicht, oder er ist eine Verknüpfung.") from error
    try:
        yield place
    finally:
        os.close(place)


def _looked_at(place: int, most: int) -> set[str]:
    """The names in it: nothing but plain files that an adapter has, none too large; all else is refused at the first look."""
    names = set[str]()
    with os.scandir(place) as entries:
        for entry in entries:
            if entry.name not in NAMES:
                raise InvalidInput(f"Im Ordner des Adapters liegt {shown(entry.name)}; erlaubt sind nur {', '.join(NAMES)}.")
            told = entry.stat(follow_symlinks=False)
            if not stat.S_ISREG(told.st_mode):
                raise InvalidInput(f"{entry.name} ist eine Verknüpfung, ein Ordner oder keine Datei.")
            if told.st_size > (most if entry.name == WEIGHTS else LARGEST_TEXT):
                raise InvalidInput(f"{entry.name} ist zu groß ({told.st_size} Byte).")
            names.add(entry.name)
    return names


@contextmanager
def _file(place: int, name: str) -> Iterator[tuple[BinaryIO, int]]:
    """A file of the folder without following a link or waiting for a pipe, and its size."""
    try:
        number = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=place)
    except OSError as error:
        raise InvalidInput(f"{name} fehlt oder lässt sich nicht lesen.") from error
    with os.fdopen(number, "rb") as file:
        told = os.fstat(number)
        if not stat.S_ISREG(told.st_mode):
            raise InvalidInput(f"{name} ist keine Datei.")
        yield cast(BinaryIO, file), told.st_size


def _text(place: int, name: str) -> bytes:
    with _file(place, name) as (file, _):
        data = file.read(LARGEST_TEXT + 1)
    if len(data) > LARGEST_TEXT:
        raise InvalidInput(f"{name} ist zu groß.")
    return data


def _most(against: Against) -> int:
    """The most bytes that matrices beside a base can have."""
    if against.base is None:
        return LARGEST
    rank = against.lora["rank"] if against.lora else HIGHEST_RANK
    return ROOM + 8 * int(rank) * sum(sum(shape) for shape in against.base.values() if len(shape) == 2)


def _config(data: bytes, against: Against) -> dict[str, Any]:
    """What of `adapter_config.json` decides anything; all else has to be off."""
    told = plain_object(data, CONFIG)
    _plain(told)
    rank, alpha, targets = told.get("r"), told.get("lora_alpha"), told.get("target_modules")
    if not whole(rank) or not _above_0(rank, HIGHEST_RANK) or not _above_0(alpha, 2**16 - 1):
        raise InvalidInput(f"{CONFIG}: r und lora_alpha müssen Zahlen über 0 sein.")
    if not isinstance(targets, list) or not targets or not all(map(_named_well, targets)):
        raise InvalidInput(f"{CONFIG}: target_modules muss eine Liste von Namen sein.")
    _as_wanted(told, against)
    return {**MUST, "r": rank, "lora_alpha": alpha, "lora_dropout": 0.0, "inference_mode": True, "target_modules": sorted(set(targets))}


def _plain(told: Mapping[str, Any]) -> None:
    for key, value in MUST.items():
        if told.get(key) != value:
            raise InvalidInput(f"{CONFIG}: {key} muss {value} sein, nicht {shown(told.get(key))}.")
    if on := sorted(key for key, value in told.items() if not _off(key, value)):
        raise InvalidInput(f"{CONFIG}: {', '.join(map(shown, on))} ist an; zugelassen ist nur eine einfache LoRA.")


def _named_well(target: object) -> bool:
    return isinstance(target, str) and re.fullmatch(r"[\w.]+", target) is not None


def _off(key: str, value: object) -> bool:
    """Whether a setting changes nothing of a plain LoRA."""
    if key in ONLY:
        return any(type(one) is type(value) and one == value for one in ONLY[key])
    return key in READ or key in OF_NO_WEIGHT or not value


def _above_0(value: object, most: int) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= most


def _as_wanted(told: Mapping[str, Any], against: Against) -> None:
    meant = {} if against.lora is None else {"r": against.lora["rank"], "lora_alpha": against.lora["alpha"]}
    if other := [f"{key} ist {told[key]}, nicht {value}" for key, value in meant.items() if told[key] != value]:
        raise InvalidInput(f"{CONFIG} ist nicht das, was der Lauf sagt: {', '.join(other)}.")
    base = told.get("base_model_name_or_path") or ""
    if base and against.names and (not isinstance(base, str) or base.rstrip("/").rsplit("/", 1)[-1] not in against.names):
        raise InvalidInput(f"{CONFIG} nennt eine andere Basis: {shown(base)}.")


def _pairs(found: Mapping[str, Tensor]) -> dict[str, tuple[Tensor, Tensor]]:
    halves: dict[str, dict[str, Tensor]] = {}
    for name, one in found.items():
        match = MATRIX.match(name)
        if match is None:
            raise InvalidInput(f"{shown(name)} ist keine Matrix einer LoRA.")
        halves.setdefault(match[1], {})[match[2]] = one
    if lone := sorted(module for module, both in halves.items() if len(both) != 2):
        raise InvalidInput(f"{shown(lone[0])}: Eine der beiden Matrizen fehlt.")
    return {module: (both["A"], both["B"]) for module, both in halves.items()}


def _fits(module: str, first: Shape, second: Shape, config: Mapping[str, Any], base: Mapping[str, Shape] | None) -> None:
    if first[0] != config["r"] or second[1] != config["r"]:
        raise InvalidInput(f"{shown(module)}: Die Matrizen haben nicht den Rang {config['r']}.")
    if base is None:
        return
    there = base.get(f"{module}.weight")
    if there is None:
        raise InvalidInput(f"{shown(module)}: Das gibt es in der Basis nicht.")
    if there != (second[0], first[1]):
        raise InvalidInput(f"{shown(module)}: Die Matrizen sind für {second[0]} × {first[1]}, die Basis hat {' × '.join(map(str, there))}.")


def _named(modules: Collection[str], targets: Sequence[str], base: Mapping[str, Shape] | None) -> None:
    """Each module is of a target, each target has one; and with a base, each of its weights that a target means."""
    meant = {module: _of(module, targets) for module in modules}
    used = {target for some in meant.values() for target in some}
    if other := sorted(module for module, some in meant.items() if not some):
        raise InvalidInput(f"{shown(other[0])} steht nicht unter target_modules.")
    if without := sorted(set(targets) - used):
        raise InvalidInput(f"target_modules nennt {shown(without[0])}, wofür es keine Gewichte gibt.")
    _all_there(modules, targets, base or {})


def _all_there(modules: Collection[str], targets: Sequence[str], base: Mapping[str, Shape]) -> None:
    there = {name.removesuffix(".weight") for name in base if name.endswith(".weight")}
    if lacking := sorted(module for module in there.difference(modules) if _of(module, targets)):
        raise InvalidInput(f"Für {shown(lacking[0])} der Basis gibt es keine Matrizen.")


def _of(module: str, targets: Sequence[str]) -> list[str]:
    return [target for target in targets if module == target or module.endswith(f".{target}")]
