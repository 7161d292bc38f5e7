"""A data folder in, the files around the index out: who owns it, what shape it has, and marks that outlive a crash.

`chunks-N/` is the shard (packing makes the next N), `layout.json` names it and its shape, `owner.lock` is the lock. Marks are small
files: `rebuild` (the index lacks what Postgres holds), `stale` (removed points may still count in the posting lists), `opening` and
`opening-again` (processes died while they opened it), `unflushed` (which boot of the machine holds changes that are not on disk yet).
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

from nova.errors import Misconfigured, disk_full, is_full

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
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock = os.open(folder / "owner.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            if is_full(error):
                raise disk_full() from error
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

    @property
    def shard(self) -> Path:
        """The folder of the shard that `layout.json` names; one that does not exist when there is none."""
        return self.folder / str((self._noted() or {}).get("shard", "chunks-0"))

    def next_shard(self) -> Path:
        """A folder for the shard after this one; remains of an earlier attempt are removed."""
        number = self.shard.name.removeprefix("chunks-")
        following = self.folder / f"chunks-{int(number) + 1 if number.isdecimal() else 1}"
        shutil.rmtree(following, ignore_errors=True)
        return following

    def has(self, shape: Mapping[str, Any]) -> bool:
        """Whether the shard on disk has this shape."""
        return (self._noted() or {}).get("shape") == dict(shape)

    def dense_size(self, otherwise: int) -> int:
        """The size of the dense vectors that the shard on disk has room for; without a shard `otherwise`."""
        shape = (self._noted() or {}).get("shape")
        size = shape.get("dense") if isinstance(shape, dict) else None
        return size if isinstance(size, int) else otherwise

    def note_shape(self, shape: Mapping[str, Any]) -> None:
        """The shard in use has this shape now, atomically."""
        self.note_shard(self.shard, shape)

    def note_shard(self, shard: Path, shape: Mapping[str, Any]) -> None:
        """From now on this is the shard, atomically; others are removed."""
        draft = self.folder / "layout.json.new"
        with draft.open("w", encoding="utf-8") as file:
            json.dump({"shard": shard.name, "shape": dict(shape)}, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.folder / "layout.json")
        self.remove_others()

    def remove_others(self) -> None:
        """Remove shards that are no longer, or not yet, the one in use."""
        for path in self.folder.glob("chunks-*"):
            if path != self.shard:
                shutil.rmtree(path, ignore_errors=True)

    def _noted(self) -> dict[str, Any] | None:
        try:
            found = json.loads((self.folder / "layout.json").read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

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

    def unmark(self, *names: str) -> None:
        """Take marks away."""
        for name in names:
            (self.folder / name).unlink(missing_ok=True)

    def note_unflushed(self) -> None:
        """Changes follow that only the page cache of this boot of the machine will hold."""
        self.mark_durably("unflushed", _boot())

    def power_was_cut(self) -> bool:
        """Whether the machine was started anew since changes were noted that nobody has flushed."""
        try:
            return (self.folder / "unflushed").read_text("ascii") != _boot()
        except FileNotFoundError:
            return False

    def complete(self) -> bool:
        """Whether the shard has a segment and its write-ahead log. Edge opens without either: empty, or deaf to changes of old points."""
        return any((self.shard / "wal").glob("open-*")) and any((self.shard / "segments").glob("*/segment.json"))

    def set_aside(self) -> None:
        """Move the shard to `broken/` (only the latest is kept) so that a new one can be made."""
        shard = self.shard
        shutil.rmtree(self.folder / "broken", ignore_errors=True)
        if shard.exists():
            shard.replace(self.folder / "broken")

    def copy_notes(self, folder: Path) -> None:
        """Copy what is said of the shard beside a copy of it."""
        for name in ("layout.json", "rebuild", "stale"):
            if self.marked(name):
                shutil.copyfile(self.folder / name, folder / name)

    def bytes(self) -> int:
        """What the shard takes on disk; files that go while it is measured count for nothing."""
        return sum(_blocks(Path(place, name)) for place, _, names in os.walk(self.shard) for name in names)


def _blocks(path: Path) -> int:
    try:
        return path.stat().st_blocks * 512
    except FileNotFoundError:
        return 0
