"""Erasures in, files that outlive every restore out: a small JSON file each, beside the snapshots and among the objects.

Whoever restores an older snapshot brings back people who were erased after it was made; the ledger says who. It holds ids, HMACs and times,
never a name. A file that cannot be read is an error: nobody can say whom it was about, so Nova does not serve.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from nova.errors import Misconfigured
from nova.flows.snapshots.kept import Kept, drafting
from nova.ports import Objects
from nova.records import Erasure
from nova.store.people.rights import as_json

FOLDER, OBJECTS = "erasures", "ledger/erasures/"
VERSION = 1


def folder_of(data: Path) -> Path:
    """Where the ledger of a data folder lies: with the snapshots, which every restore leaves in place."""
    return Kept(data).folder / FOLDER


class Ledger:
    """The erasures of an installation, outside its database."""

    def __init__(self, folder: Path, objects: Objects | None = None) -> None:
        self.folder, self._objects = folder, objects

    def put(self, one: Erasure) -> None:
        """Keep an entry, in place of an earlier one of the same erasure; on the disk when this returns. DiskFull, ServerAbsent."""
        data = json.dumps({"version": VERSION, **as_json(one)}, ensure_ascii=False, indent=1).encode()
        if self._objects is not None:
            self._objects.put(f"{OBJECTS}{one.erasure_id}.json", data)
        self._write(one.erasure_id, data)

    def drop(self, erasure_id: UUID) -> None:
        """Take back an entry of an erasure that could not be started."""
        (self.folder / f"{erasure_id}.json").unlink(missing_ok=True)
        if self._objects is not None:
            self._objects.delete(f"{OBJECTS}{erasure_id}.json")

    def all(self) -> list[Erasure]:
        """Every entry, oldest first; Misconfigured for one that cannot be read."""
        found = {one.erasure_id: one for one in (_read(data, name) for name, data in self._files())}
        return sorted(found.values(), key=lambda one: (one.asked_at, one.erasure_id))

    def take_over(self, entries: Iterable[Erasure]) -> None:
        """Keep the entries of other places here too."""
        known = {one.erasure_id: one for one in self.all()}
        for one in entries:
            held = known.get(one.erasure_id)
            if held is None or (held.done_at is None and one.done_at is not None):
                self.put(one)

    def _files(self) -> Iterable[tuple[str, bytes]]:
        """Of an entry that lies in both places the folder's comes last."""
        if self._objects is not None:
            for key in self._objects.keys(OBJECTS):
                yield key, self._objects.get(key)
        for path in sorted(self.folder.glob("*.json")) if self.folder.is_dir() else ():
            yield str(path), path.read_bytes()

    def _write(self, erasure_id: UUID, data: bytes) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with drafting(self.folder / f"{erasure_id}.json") as draft:
            draft.write(data)


def _read(data: bytes, name: str) -> Erasure:
    try:
        found: Mapping[str, Any] = json.loads(data)
        if found["version"] != VERSION:
            raise ValueError("version")
        return Erasure(
            UUID(found["erasure_id"]),
            UUID(found["subject_id"]),
            None if found["user_id"] is None else UUID(found["user_id"]),
            None if found["lookup"] is None else bytes.fromhex(found["lookup"]),
            datetime.fromisoformat(found["asked_at"]),
            None if found["done_at"] is None else datetime.fromisoformat(found["done_at"]),
            found["receipt"],
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Misconfigured(
            f"Der Eintrag {name} des Löschverzeichnisses ist nicht lesbar. Ohne ihn ist nicht sicher, dass gelöschte Personen gelöscht "
            "bleiben; stellen Sie ihn aus einer Kopie wieder her."
        ) from error
