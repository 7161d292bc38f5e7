"""A data folder in, the files around the index out: who owns it, what shape it has, and marks that outlive a crash.

`chunks/` is the shard, `owner.lock` the lock, `layout.json` the shape. Marks are empty files: `rebuild` (the index lacks what Postgres
holds), `stale` (removed points may still count in the posting lists), `opening` and `opening-again` (processes died while they opened it).
"""

import fcntl
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nova.errors import Misconfigured


class Files:
    """The folder of one index, owned by this object until `unlock`."""

    def __init__(self, folder: Path) -> None:
        """Create the folder and lock it; Misconfigured when somebody else has it or it cannot be written."""
        self.folder = folder
        self.shard = folder / "chunks"
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock = os.open(folder / "owner.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise Misconfigured(f"Der Ordner {folder} des Suchindex ist nicht beschreibbar: {error.strerror}.") from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._lock)
            raise Misconfigured(
                f"Der Suchindex in {folder} wird bereits von einem anderen Nova-Prozess benutzt. Beenden Sie diesen zuerst."
            ) from error

    def unlock(self) -> None:
        """Let others have the folder."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def layout(self) -> Mapping[str, Any] | None:
        """The shape noted on disk, or None when there is none that can be read."""
        try:
            found = json.loads((self.folder / "layout.json").read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def note_layout(self, layout: Mapping[str, Any]) -> None:
        """Note the shape, atomically."""
        draft = self.folder / "layout.json.new"
        draft.write_text(json.dumps(layout), "utf-8")
        draft.replace(self.folder / "layout.json")

    def marked(self, name: str) -> bool:
        """Whether a mark is set."""
        return (self.folder / name).exists()

    def mark(self, name: str) -> None:
        """Set a mark and see it on disk."""
        handle = os.open(self.folder / name, os.O_WRONLY | os.O_CREAT, 0o600)
        os.fsync(handle)
        os.close(handle)
        folder = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(folder)
        os.close(folder)

    def unmark(self, name: str) -> None:
        """Take a mark away."""
        (self.folder / name).unlink(missing_ok=True)

    def complete(self) -> bool:
        """Whether the shard has a segment and its write-ahead log. Edge opens without either: empty, or deaf to changes of old points."""
        return any((self.shard / "wal").glob("open-*")) and any((self.shard / "segments").glob("*/segment.json"))

    def set_aside(self) -> Path:
        """Move the shard to `broken/` (only the latest is kept) so that a new one can be made."""
        broken = self.folder / "broken"
        shutil.rmtree(broken, ignore_errors=True)
        if self.shard.exists():
            self.shard.replace(broken)
        (self.folder / "layout.json").unlink(missing_ok=True)
        return broken

    def bytes(self) -> int:
        """What the shard takes on disk."""
        return sum(path.stat().st_blocks * 512 for path in self.shard.rglob("*") if path.is_file())
