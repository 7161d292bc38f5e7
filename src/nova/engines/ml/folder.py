"""An engine that reads files: a folder or an S3 bucket, one file of JSON lines a delivery, and a file that says which are whole.

`<engine>/<key>.jsonl` holds the records; `<engine>/live.json` names the whole ones, newest last, and is written after them. An engine may
keep its figure in `<engine>/metric.json` (`{"value": number}`).
"""

import json
from pathlib import Path

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from nova.errors import InvalidInput, ServerAbsent
from nova.ports.engines import Package

AWAY = (BaseError, OSError)
NOT_THERE = "Der Ordner der Engine ist nicht erreichbar."


class FolderChannel:
    """`store` is where the engine's folder lies."""

    def __init__(self, store: LocalStore | S3Store, engine: str) -> None:
        self._store, self._engine = store, engine

    @classmethod
    def at(cls, folder: Path, engine: str) -> "FolderChannel":
        """A folder of this machine, made where it is not there; ServerAbsent where that cannot be."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return cls(LocalStore(folder), engine)
        except AWAY as error:
            raise ServerAbsent(NOT_THERE) from error

    def put(self, package: Package) -> None:
        """As the port says."""
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in package.rows)
        self._write(f"{package.key}.jsonl", lines.encode())
        if package.share >= 1:
            self._list([*(one for one in self._whole() if one != package.key), package.key])

    def metric(self) -> float | None:
        """As the port says."""
        found = self._read("metric.json")
        value = found.get("value") if isinstance(found, dict) else None
        return float(value) if isinstance(value, int | float) else None

    def take_back(self, key: str) -> None:
        """As the port says."""
        if key in self._whole():
            self._list([one for one in self._whole() if one != key])
        try:
            obstore.delete(self._store, f"{self._engine}/{key}.jsonl")
        except FileNotFoundError:
            return
        except AWAY as error:
            raise ServerAbsent(NOT_THERE) from error

    def close(self) -> None:
        """As the port says."""

    def _whole(self) -> list[str]:
        found = self._read("live.json")
        return [str(one) for one in found] if isinstance(found, list) else []

    def _list(self, keys: list[str]) -> None:
        self._write("live.json", json.dumps(keys).encode())

    def _read(self, name: str) -> object:
        try:
            return json.loads(bytes(obstore.get(self._store, f"{self._engine}/{name}").bytes()))
        except FileNotFoundError:
            return None
        except AWAY as error:
            raise ServerAbsent(NOT_THERE) from error
        except ValueError as error:
            raise InvalidInput(f"{name} der Engine ist kein JSON.") from error

    def _write(self, name: str, data: bytes) -> None:
        try:
            obstore.put(self._store, f"{self._engine}/{name}", data)
        except AWAY as error:
            raise ServerAbsent(NOT_THERE) from error
