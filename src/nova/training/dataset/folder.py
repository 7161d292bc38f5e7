"""Rows of a version in, the folder that a run reads out: three files of JSON lines and a manifest, written whole or not at all."""

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from nova.errors import Conflict, InvalidInput

SIDES = ("train", "validation", "test")
MANIFEST = "manifest.json"
Row = Mapping[str, Any]


def files_of(rows: Iterable[Row], order: str) -> dict[str, bytes]:
    """The three files by name. The order of rows hangs on the seed and their ids alone; no column tells whose a row is."""
    sides: dict[str, list[Row]] = {name: [] for name in SIDES}
    for row in rows:
        sides[str(row["split"])].append(row)
    return {
        f"{name}.jsonl": b"".join(_line(row) for row in sorted(some, key=lambda one: place_of(order, one["id"])))
        for name, some in sides.items()
    }


def place_of(order: str, row_id: str) -> bytes:
    """By what rows are put in order: drawn anew with each seed."""
    return hashlib.sha256(f"{order}\0{row_id}".encode()).digest()


def digest_of(files: Mapping[str, bytes]) -> str:
    """The sha256 of the three files, in order."""
    return hashlib.sha256(b"".join(files[f"{name}.jsonl"] for name in SIDES)).hexdigest()


def counts_of(rows: Sequence[Row], people: int) -> dict[str, int]:
    """How many rows are on each side, how many are pairs, and of how many groups and people they are."""
    sides = {name: sum(row["split"] == name for row in rows) for name in SIDES}
    return sides | {"pairs": sum(row["kind"] == "pair" for row in rows), "groups": len({row["group"] for row in rows}), "people": people}


def packed(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> bytes:
    """The folder as one file (tar)."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for name, data in {**files, MANIFEST: _told(manifest)}.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(data), 0o600
            archive.addfile(entry, io.BytesIO(data))
    return held.getvalue()


def unpacked(data: bytes) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The files and the manifest of one packed; InvalidInput for another file."""
    names = [*(f"{name}.jsonl" for name in SIDES), MANIFEST]
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r") as archive:
            found = {name: held.read() for name in names if (held := archive.extractfile(name)) is not None}
        return {name: found[name] for name in names[:-1]}, json.loads(found[MANIFEST])
    except (tarfile.TarError, KeyError, ValueError) as error:
        raise InvalidInput("Das ist kein Trainingsdatensatz.") from error


def write(target: Path, files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> None:
    """Write the folder under another name, then give it its own: it is there whole or not at all. Conflict where something is there.

    An empty folder gives way.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Conflict(f"„{target.name}“ gibt es schon.")
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        for name, data in {**files, MANIFEST: _told(manifest)}.items():
            with (made / name).open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        made.replace(target)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _line(row: Row) -> bytes:
    told: dict[str, Any] = {name: row[name] for name in ("id", "kind", "source", "topic", "question")}
    told |= {"context": json.loads(row["context"] or "[]"), "answer": row["answer"]}
    if row["kind"] == "pair":
        told["rejected"] = row["rejected"]
    told |= {"answerable": row["answerable"] == "true", "group": row["group"]}
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _told(manifest: Mapping[str, Any]) -> bytes:
    return json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n"
