"""Files that others leave in a folder or a bucket in, one parcel a file out; what was read goes to `done` or `refused`, with its report.

A file is taken once nobody has touched it for two seconds, so that one being copied is left alone; names that begin with `.` or end in
`.part` or `.tmp` are never taken. Both get the time in front of their names; the report is `<name>.bericht.json`. A crash between the
commit and the move brings the file once more; its content is known then and changes nothing.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from nova.engines.feeds.place import FileEntry, Place
from nova.errors import ServerAbsent
from nova.ports import REFUSED_PARCEL, Parcel
from nova.unseen import escaped_json

STILL = timedelta(seconds=2)
SKIPPED = (".part", ".tmp", ".crdownload")
REPORT = ".bericht.json"
DONE, REFUSED = "done", "refused"
MOST = 1_000  # files a look


class BucketPlace:
    """A prefix of an S3 bucket."""

    def __init__(self, store: S3Store, label: str) -> None:
        self._store, self._label = store, label

    def label(self) -> str:
        """Its address."""
        return self._label

    def files(self) -> Sequence[FileEntry]:
        """Objects right below the prefix."""
        try:
            listed = obstore.list_with_delimiter(self._store)["objects"]
        except (BaseError, OSError) as error:
            raise self._absent() from error
        return [FileEntry(str(one["path"]), one["size"], one["last_modified"], one["last_modified"]) for one in listed]

    def read(self, name: str, most: int) -> bytes | None:
        """The bytes, whatever the listing said of their number."""
        try:
            found = obstore.get(self._store, name)
            return bytes(found.bytes()) if found.meta["size"] <= most else bytes(most + 1)
        except FileNotFoundError:
            return None
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

    def shown(self, name: str) -> str:
        """The name itself."""
        return name

    def _absent(self) -> ServerAbsent:
        return ServerAbsent(f"Die Ablage {self._label} antwortet nicht.")


class Drop:
    """The feed "drop"."""

    name = "drop"

    def __init__(self, place: Place, max_bytes: int, *, still: timedelta = STILL) -> None:
        self._place, self._max_bytes, self._still = place, max_bytes, still
        self._names: dict[str, str] = {}

    def take(self, cursor: Mapping[str, Any], now: datetime) -> Iterator[Parcel]:
        """Every file that lies still, oldest first; the folder is the cursor. ServerAbsent."""
        waiting = [one for one in self._place.files() if _wanted(one.name) and now - one.touched >= self._still]
        for one in sorted(waiting, key=lambda one: (one.changed, one.name))[:MOST]:
            name = self._named(one.name)
            data = None if one.size > self._max_bytes else self._place.read(one.name, self._max_bytes)
            if one.size > self._max_bytes or (data is not None and len(data) > self._max_bytes):
                why = f"Die Datei ist größer als {self._max_bytes // 1024**2} MiB."
                yield Parcel(name, json.dumps([{"where": name, "why": why}]).encode(), REFUSED_PARCEL)
            elif data is not None:
                yield Parcel(name, data)

    def stored(self, parcel: Parcel, report: Mapping[str, Any]) -> None:
        """Move the file out of the way, its report beside it. ServerAbsent: it then comes again."""
        kind = REFUSED if report.get("state") == "refused" else DONE
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        target = f"{kind}/{stamp}_{parcel.name}"
        told = json.dumps(report, ensure_ascii=False, indent=2, default=str).encode("utf-8", "backslashreplace")
        self._place.write(target + REPORT, escaped_json(told) + b"\n")
        self._place.move(self._names.pop(parcel.name, parcel.name), target)

    def _named(self, name: str) -> str:
        """What a file is called from here on; two files are never called the same."""
        shown = self._place.shown(name)
        while self._names.get(shown, name) != name:
            shown = f"_{shown}"
        self._names[shown] = name
        return shown

    def health(self) -> Mapping[str, Any]:
        """Name and place; ServerAbsent."""
        self._place.files()
        return {"name": self.name, "place": self._place.label()}

    def close(self) -> None:
        """Nothing is held."""


def _wanted(name: str) -> bool:
    return not name.startswith(".") and not name.lower().endswith((*SKIPPED, REPORT))
