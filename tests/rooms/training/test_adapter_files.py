"""Adapters of strangers: each hostile form is refused in words before a host is asked, and before its process begins."""

import io
import json
import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.engines.adapters.inprocess import InProcessHost, Place
from nova.errors import Conflict, InvalidInput
from nova.flows.training.serving import verify
from nova.ports.training import Adapter
from nova.training import licences
from nova.training.adapter.files import Against, checked_files, checked_folder, signature
from nova.training.adapter.safetensors import base_shapes, finite, header
from nova.training.config import base_folder, folder_digest
from tests.rooms.training import adapters

LORA = {"rank": 4, "alpha": 16, "targets": ["q_proj", "down_proj"]}
FIRST = "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight"
MINI = base_folder("nova-mini", Path())
SMALL = np.zeros((4, 8), "<f4")


def stored(folder: Path) -> Path:
    """An adapter of the small base as a run leaves it."""
    return adapters.tuned(folder / "lauf" / "adapter", MINI, LORA)


def rewritten(folder: Path, change: Callable[[adapters.Matrices], Any], **config: Any) -> None:
    """Other matrices, or another configuration, in its place."""
    file = folder / "adapter_model.safetensors"
    data = file.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    told = json.loads(data[8 : 8 + length])
    made = {
        name: np.frombuffer(data[8 + length :][slice(*one["data_offsets"])], "<f4").reshape(one["shape"]).copy()
        for name, one in told.items()
    }
    change(made)
    file.write_bytes(adapters.safetensors(made))
    place = folder / "adapter_config.json"
    place.write_text(json.dumps({**json.loads(place.read_text("utf-8")), **config}), "utf-8")


def same(_: adapters.Matrices) -> None:
    """Nothing is changed."""


def put(name: str, one: Any) -> Callable[[adapters.Matrices], None]:
    return lambda made: made.update({name: one})


def number(value: float) -> Callable[[adapters.Matrices], None]:
    def fill(made: adapters.Matrices) -> None:
        made[FIRST][1, 2] = value

    return fill


def padded(folder: Path) -> None:
    file = folder / "adapter_model.safetensors"
    file.write_bytes(file.read_bytes() + b"PK\x03\x04")


def linked(folder: Path) -> None:
    file = folder / "adapter_model.safetensors"
    file.rename(folder.parent / "w.safetensors")
    file.symlink_to(folder.parent / "w.safetensors")


def elsewhere(folder: Path) -> None:
    folder.rename(folder.with_name("anderswo"))
    folder.symlink_to(folder.with_name("anderswo"))


HOSTILE: dict[str, tuple[Callable[[Path], Any], str]] = {
    "pickle": (lambda f: (f / "adapter_model.bin").write_bytes(b"\x80\x04"), "adapter_model.bin"),
    "pickle renamed": (lambda f: (f / "adapter_model.safetensors").write_bytes(b"\x80\x04\x95" + bytes(99)), "keine safetensors-Datei"),
    "program": (lambda f: (f / "modeling_x.py").write_text("import os", "utf-8"), "modeling_x.py"),
    "extra file": (lambda f: (f / "notes.txt").touch(), "notes.txt"),
    "name of bytes": (lambda f: os.close(os.open(os.fsencode(f) + b"/\xff\n", os.O_CREAT)), "„\\?\\?“"),
    "link out": (linked, "Verknüpfung"),
    "folder elsewhere": (elsewhere, "Verknüpfung"),
    "dangling README": (lambda f: (f / "README.md").symlink_to("/nowhere"), "Verknüpfung"),
    "folder inside": (lambda f: (f / "README.md").mkdir(), "keine Datei"),
    "pipe": (lambda f: os.mkfifo(f / "README.md"), "keine Datei"),
    "huge": (lambda f: os.truncate(f / "adapter_model.safetensors", 2**40), "zu groß"),
    "huge text": (lambda f: os.truncate(f / "adapter_config.json", 2**21), "zu groß"),
    "huge header": (lambda f: (f / "adapter_model.safetensors").write_bytes(struct.pack("<Q", 2**60) + b"{}"), "keine safetensors-Datei"),
    "no weights": (lambda f: (f / "adapter_model.safetensors").unlink(), "fehlt"),
    "bytes of nothing": (padded, "zu nichts gehören"),
    "not a number": (lambda f: rewritten(f, number(float("nan"))), "unendlich oder keine"),
    "infinite": (lambda f: rewritten(f, number(float("inf"))), "unendlich oder keine"),
    "wrong rank": (lambda f: rewritten(f, same, r=8), "nicht den Rang 8"),
    "no module of the base": (
        lambda f: rewritten(f, lambda made: made.update({name.replace("layers.0", "layers.9"): made[name] for name in list(made)})),
        "gibt es in der Basis nicht",
    ),
    "wrong shape": (lambda f: rewritten(f, put(FIRST, np.zeros((4, 9), "<f4"))), "die Basis hat 128 × 128"),
    "path for a name": (lambda f: rewritten(f, put("base_model.model.../../x.lora_A.weight", SMALL)), "keine Matrix einer"),
    "whole weights": (lambda f: rewritten(f, put("base_model.model.lm_head.weight", SMALL)), "keine Matrix einer"),
    "double keys": (lambda f: (f / "adapter_config.json").write_text('{"r": 4, "r": 8}', "utf-8"), "zweimal"),
    "code by mapping": (lambda f: rewritten(f, same, auto_mapping={"parent_library": "os", "base_model_class": "system"}), "auto_mapping"),
    "code by name": (lambda f: rewritten(f, same, megatron_core="evil.core"), "megatron_core"),
    "a changed base": (lambda f: rewritten(f, same, init_lora_weights="pissa"), "init_lora_weights"),
    "more modules": (lambda f: rewritten(f, same, modules_to_save=["lm_head"]), "modules_to_save"),
    "another base": (lambda f: rewritten(f, same, base_model_name_or_path="evil/model"), "andere Basis"),
}  # fmt: skip


class Begun(InProcessHost):
    """Would begin a process: nobody may ask for that."""

    def _begun(self) -> None:
        raise AssertionError("a process was begun")


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_hostile_adapters_are_refused_before_any_process_begins(tmp_path: Path, kind: str) -> None:
    folder = stored(tmp_path)
    digest = folder_digest(folder)
    change, reason = HOSTILE[kind]
    change(folder)
    for sha256 in (digest, "0" * 64):
        host = Begun(Place(MINI, tmp_path / "host"), lambda one: verify(one, "nova-mini", tmp_path))
        with pytest.raises(Conflict, match=reason):
            host.prepare(Adapter("lauf", folder, sha256))
        with pytest.raises(Conflict, match=reason):
            next(iter(host.stream([], adapter=Adapter("lauf", folder, sha256), max_tokens=1)))
    assert not (tmp_path / "host").exists()


def test_a_sound_one_has_the_hash_of_the_bytes_that_were_checked(tmp_path: Path) -> None:
    folder = stored(tmp_path)
    wanted = Against(LORA, base_shapes(MINI), ("mini",))
    found = checked_folder(folder, wanted)
    assert found.sha256 == folder_digest(folder) and found.modules == 2 * sum(".q_proj." in name for name in wanted.base or ())
    seen = signature(folder)
    (folder / "README.md").write_text("Gehört dazu.", "utf-8")
    assert checked_folder(folder, wanted).sha256 == found.sha256 and signature(folder) != seen
    verify(Adapter("lauf", folder, found.sha256), "nova-mini", tmp_path)
    for other, reason in (({**LORA, "rank": 8}, "r ist 4, nicht 8"), ({**LORA, "targets": ["q_proj"]}, "steht nicht unter target_modules")):
        with pytest.raises(InvalidInput, match=reason):
            checked_folder(folder, Against(other, base_shapes(MINI)))


@given(st.binary(max_size=300) | st.binary(max_size=80).map(lambda data: struct.pack("<Q", len(data)) + data))
def test_arbitrary_bytes_are_refused_and_nothing_else_is_raised(data: bytes) -> None:
    with pytest.raises(InvalidInput):
        finite(io.BytesIO(data), header(io.BytesIO(data), len(data)))
    with pytest.raises(InvalidInput):
        checked_files(data, data, Against())


@given(st.data())
def test_bytes_that_were_changed_anywhere_are_refused_or_still_a_plain_adapter(data: st.DataObject) -> None:
    whole = bytearray(adapters.safetensors(adapters.matrices()))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, 500))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))]) if data.draw(st.booleans()) else bytes(whole)
    try:
        found = checked_files(json.dumps(adapters.config()).encode(), cut, Against())
    except InvalidInput:
        return
    assert found.modules == 2


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("README.md", "---\nlicense: cc-by-nc-4.0\n---\n", "„cc-by-nc-4.0“, der Lauf „apache-2.0“"),
        ("README.md", "---\nlicense:\n- mit\n---\n", "„mit“"),
        ("LICENSE", "Creative Commons Attribution-NonCommercial 4.0", "nicht gewerbliche Zwecke"),
        ("LICENSE.txt", "for research purposes only", "nicht gewerbliche Zwecke"),
        ("README.md", "---\nlicense: apache-2.0\n---\n", ""),
        ("README.md", "Ohne Kopf. license: cc-by-nc-4.0", ""),
        ("LICENSE", "Apache License, Version 2.0", ""),
    ],
)
def test_a_base_is_taken_at_its_own_word(tmp_path: Path, name: str, text: str, reason: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    found = licences.of_files(licences.load(), tmp_path, "apache-2.0")
    assert (reason in " ".join(found)) if reason else not found
