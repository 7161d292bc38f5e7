"""What engines in process read, in a folder: states and anchors under their hash, and one pointer an engine that is replaced whole.

Files come first and are on the disk before the pointer names them; the pointer is written beside and renamed. Whoever is killed in between
leaves files that nothing names, and the engine as it was.
"""

import hashlib
import io
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from nova.errors import InvalidInput
from nova.seeding.delivery.trial import Held

KEPT = 5
DAMAGED = "Der Stand dieser Engine ist beschädigt."


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which version an engine reads, and the hashes of its state and anchor; `before`: those that it read before, newest first."""

    version: str
    state: str
    anchor: str
    before: tuple[Mapping[str, str], ...] = ()


class Shelf(Protocol):
    """Where what engines read is kept, and what was begun at engines elsewhere."""

    def live(self, engine: str) -> Pointer | None:
        """What an engine reads."""

    def held(self, engine: str) -> Held | None:
        """The same, read."""

    def commit(self, engine: str, version: str, state: bytes, anchor: pl.DataFrame) -> None:
        """An engine reads this from now on."""

    def outside(self, engine: str) -> tuple[str | None, str | None]:
        """Of an engine elsewhere: which version it has whole, and which was begun."""

    def note_outside(self, engine: str, whole: str | None, begun: str | None) -> None:
        """Note it."""


class EngineShelf:
    """The engines' folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def live(self, engine: str) -> Pointer | None:
        """What an engine reads; None where nothing was ever committed. InvalidInput where it is damaged."""
        try:
            told: dict[str, Any] = json.loads(self._pointer(engine).read_text("utf-8"))
            return Pointer(told["version"], told["state"], told["anchor"], tuple(told["before"]))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError) as error:
            raise InvalidInput(DAMAGED) from error

    def held(self, engine: str) -> Held | None:
        """The same, read; InvalidInput where a file is not what its hash says."""
        pointer = self.live(engine)
        if pointer is None:
            return None
        return Held(self._read(engine, pointer.state), pl.read_parquet(io.BytesIO(self._read(engine, pointer.anchor))))

    def commit(self, engine: str, version: str, state: bytes, anchor: pl.DataFrame) -> None:
        """An engine reads this from now on."""
        now = self.live(engine)
        former = () if now is None else ({"version": now.version, "state": now.state, "anchor": now.anchor}, *now.before)[:KEPT]
        held = io.BytesIO()
        anchor.write_parquet(held)
        names = self._write(engine, state), self._write(engine, held.getvalue())
        self._point(engine, Pointer(version, *names, tuple(former)))

    def step_back(self, engine: str) -> Pointer | None:
        """An engine reads what it read before, byte for byte; which that is, None where there is nothing (then it reads nothing)."""
        now = self.live(engine)
        if now is None or not now.before:
            self._pointer(engine).unlink(missing_ok=True)
            return None
        first, *others = now.before
        back = Pointer(first["version"], first["state"], first["anchor"], tuple(others))
        self._point(engine, back)
        return back

    def outside(self, engine: str) -> tuple[str | None, str | None]:
        """Of an engine elsewhere: which version it has whole, and which was begun and not ended."""
        try:
            told: dict[str, Any] = json.loads((self._folder / engine / "outside.json").read_text("utf-8"))
            return told["whole"], told["begun"]
        except FileNotFoundError:
            return None, None
        except (ValueError, KeyError, TypeError) as error:
            raise InvalidInput(DAMAGED) from error

    def note_outside(self, engine: str, whole: str | None, begun: str | None) -> None:
        """Note it."""
        _replaced(self._folder / engine / "outside.json", json.dumps({"whole": whole, "begun": begun}).encode())

    def _pointer(self, engine: str) -> Path:
        return self._folder / engine / "live.json"

    def _point(self, engine: str, pointer: Pointer) -> None:
        told = {"version": pointer.version, "state": pointer.state, "anchor": pointer.anchor, "before": list(pointer.before)}
        _replaced(self._pointer(engine), json.dumps(told, indent=1).encode())

    def _read(self, engine: str, name: str) -> bytes:
        try:
            data = (self._folder / engine / name).read_bytes()
        except OSError as error:
            raise InvalidInput(DAMAGED) from error
        if hashlib.sha256(data).hexdigest() != name:
            raise InvalidInput(DAMAGED)
        return data

    def _write(self, engine: str, data: bytes) -> str:
        name = hashlib.sha256(data).hexdigest()
        if not (self._folder / engine / name).exists():
            _replaced(self._folder / engine / name, data)
        return name


def _replaced(path: Path, data: bytes) -> None:
    """A file has this content, whole or not at all, also after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
