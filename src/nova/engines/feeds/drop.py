"""Files that others leave in a folder or a bucket in, one parcel a file out; what was read goes to `done` or `refused`, with its report.

A file is taken once its size and time have been the same for two seconds, so that one being copied is left alone; names that begin with
`.` or end in `.part` or `.tmp` are never taken. Both get the time in front of their names; the report is
`<name>.bericht.json`. A crash between the commit and the move brings the file once more; its content is known then and changes nothing.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from nova.errors import ServerAbsent
from nova.ports import REFUSED_PARCEL, Parcel

STILL = timedelta(seconds=2)
SKIPPED = (".part", ".tmp", ".crdownload")
REPORT = ".bericht.json"
DONE, REFUSED = "done", "refused"
MOST = 1_000  # files a look


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file that lies there: its name, bytes, and when it changed last."""

    name: str
    size: int
    changed: datetime


class Place(Protocol):
    """A folder or a bucket. Every method raises ServerAbsent."""

    def label(self) -> str:
        """What to call it."""

    def files(self) -> Sequence[Dropped]:
        """What lies in it, not below."""

    def read(self, name: str) -> bytes:
        """A file's bytes."""

    def move(self, name: str, to: str) -> None:
        """Give it a name below; what lies there under that name is replaced."""

    def write(self, name: str, data: bytes) -> None:
        """Put a file there."""


class Folder:
    """A folder on this machine."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def label(self) -> str:
        """Its path."""
        return str(self._root)

    def files(self) -> Sequence[Dropped]:
        """Plain files only: no links, no folders."""
        try:
            with os.scandir(self._root) as entries:
                plain = [entry for entry in entries if entry.is_file(follow_symlinks=False)]
                found = [(entry.name, entry.stat(follow_symlinks=False)) for entry in plain]
        except OSError as error:
            raise self._absent(error) from error
        return [Dropped(name, stat.st_size, datetime.fromtimestamp(stat.st_mtime, UTC)) for name, stat in found]

    def read(self, name: str) -> bytes:
        """The bytes."""
        try:
            return (self._root / name).read_bytes()
        except OSError as error:
            raise self._absent(error) from error

    def move(self, name: str, to: str) -> None:
        """Within the folder, so it is a rename."""
        try:
            (self._root / to).parent.mkdir(exist_ok=True)
            (self._root / name).replace(self._root / to)
        except OSError as error:
            raise self._absent(error) from error

    def write(self, name: str, data: bytes) -> None:
        """Whole or not at all."""
        try:
            (self._root / name).parent.mkdir(exist_ok=True)
            part = self._root / f"{name}.part"
            part.write_bytes(data)
            part.replace(self._root / name)
        except OSError as error:
            raise self._absent(error) from error

    def _absent(self, error: OSError) -> ServerAbsent:
        return ServerAbsent(f"Der Ablageordner {self._root} ist nicht nutzbar ({error.strerror}).")


class BucketPlace:
    """A prefix of an S3 bucket."""

    def __init__(self, store: S3Store, label: str) -> None:
        self._store, self._label = store, label

    def label(self) -> str:
        """Its address."""
        return self._label

    def files(self) -> Sequence[Dropped]:
        """Objects right below the prefix."""
        try:
            listed = obstore.list_with_delimiter(self._store)["objects"]
        except (BaseError, OSError) as error:
            raise self._absent() from error
        return [Dropped(str(one["path"]), one["size"], one["last_modified"]) for one in listed]

    def read(self, name: str) -> bytes:
        """The bytes."""
        try:
            return bytes(obstore.get(self._store, name).bytes())
        except (BaseError, OSError) as error:
            raise self._absent() from error

    def move(self, name: str, to: str) -> None:
        """A copy, then the original goes."""
        try:
            obstore.copy(self._store, name, to)
            obstore.delete(self._store, name)
        except (BaseError, OSError) as error:
            raise self._absent() from error

    def write(self, name: str, data: bytes) -> None:
        """One request."""
        try:
            obstore.put(self._store, name, data)
        except (BaseError, OSError) as error:
            raise self._absent() from error

    def _absent(self) -> ServerAbsent:
        return ServerAbsent(f"Die Ablage {self._label} antwortet nicht.")


class Drop:
    """The feed "drop"."""

    name = "drop"

    def __init__(self, place: Place, max_bytes: int, *, still: timedelta = STILL) -> None:
        self._place, self._max_bytes, self._still = place, max_bytes, still

    def take(self, cursor: Mapping[str, Any], now: datetime) -> Iterator[Parcel]:
        """Every file that lies still, oldest first; the folder is the cursor. ServerAbsent."""
        waiting = [one for one in self._place.files() if _wanted(one.name) and now - one.changed >= self._still]
        for one in sorted(waiting, key=lambda one: (one.changed, one.name))[:MOST]:
            if one.size > self._max_bytes:
                why = f"Die Datei ist größer als {self._max_bytes // 1024**2} MiB."
                yield Parcel(one.name, json.dumps([{"where": one.name, "why": why}]).encode(), REFUSED_PARCEL)
            else:
                yield Parcel(one.name, self._place.read(one.name))

    def stored(self, parcel: Parcel, report: Mapping[str, Any]) -> None:
        """Move the file out of the way, its report beside it. ServerAbsent: it then comes again."""
        kind = REFUSED if report.get("state") == "refused" else DONE
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        target = f"{kind}/{stamp}_{parcel.name}"
        told = json.dumps(report, ensure_ascii=False, indent=2, default=str) + "\n"
        self._place.write(target + REPORT, told.encode())
        self._place.move(parcel.name, target)

    def health(self) -> Mapping[str, Any]:
        """Name and place; ServerAbsent."""
        self._place.files()
        return {"name": self.name, "place": self._place.label()}

    def close(self) -> None:
        """Nothing is held."""


def _wanted(name: str) -> bool:
    return not name.startswith(".") and not name.lower().endswith((*SKIPPED, REPORT))
