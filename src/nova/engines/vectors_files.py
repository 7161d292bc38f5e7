"""A data folder in, the files around the index out: who owns it, what shape it has, and marks that outlive a crash.

`chunks/` is the shard, `owner.lock` the lock, `layout.json` the shape. Marks are empty files: `rebuild` (the index lacks what Postgres
holds), `stale` (removed points may still count in the posting lists), `opening` and `opening-again` (processes died while they opened it),
`unflushed` (which boot of the machine holds changes that are not on disk yet).
"""

import contextlib
import ctypes
import fcntl
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nova.errors import Misconfigured

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def _boot() -> str:
    """The name of this boot of the machine; without one every unclean end counts as a power cut."""
    try:
        return BOOT_ID.read_text("ascii")
    except OSError:
        return f"process {os.getpid()}"


def give_back_memory() -> None:
    """Let glibc return freed memory to the system (tens of MB after opening or packing); other C libraries do so by themselves."""
    with contextlib.suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


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

    def mark(self, name: str, text: str = "") -> None:
        """Set a mark; it outlives a kill of this process."""
        (self.folder / name).write_text(text, "ascii")

    def mark_durably(self, name: str, text: str = "") -> None:
        """Set a mark that outlives a power cut, too."""
        self.mark(name, text)
        for path, flags in ((self.folder / name, os.O_RDONLY), (self.folder, os.O_RDONLY | os.O_DIRECTORY)):
            handle = os.open(path, flags)
            os.fsync(handle)
            os.close(handle)

    def unmark(self, name: str) -> None:
        """Take a mark away."""
        (self.folder / name).unlink(missing_ok=True)

    def note_unflushed(self) -> None:
        """Changes follow that only the page cache of this boot of the machine will hold."""
        self.mark_durably("unflushed", _boot())

    def note_flushed(self) -> None:
        """All changes are on disk."""
        self.unmark("unflushed")

    def power_was_cut(self) -> bool:
        """Whether the machine was started anew since changes were noted that nobody has flushed."""
        try:
            return (self.folder / "unflushed").read_text("ascii") != _boot()
        except FileNotFoundError:
            return False

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
