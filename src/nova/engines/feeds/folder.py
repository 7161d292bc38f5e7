"""A folder in which others leave files in, their bytes and a way to put them aside out; nothing in it leads Nova anywhere else.

Whoever may write into the folder may put links, pipes and devices there, exchange a file while it is looked at, and make folders of the
names that Nova needs. So everything is opened relative to the open folder and without following links, judged by what is open and not by
its name, read up to a bound, and moved only into folders that belong to Nova.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from nova.engines.feeds.place import FileEntry
from nova.errors import ServerAbsent
from nova.logs import get_logger
from nova.unseen import without_unseen

FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
LONGEST = 150  # bytes of a name that is kept, so that a time and an ending fit beside it
PIECE = 1 << 20
Why = Literal["link", "no_file", "linked_twice", "unreadable"]
Same = tuple[int, ...]
log = get_logger(__name__)


class Folder:
    """A folder on this machine."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._read: dict[str, Same] = {}
        self._left: set[tuple[str, Why]] = set()

    def label(self) -> str:
        """Its path."""
        return str(self._root)

    def files(self) -> Sequence[FileEntry]:
        """Plain files that have one name only: no links, no folders, no pipes, no devices."""
        with self._open() as root:
            with os.scandir(root) as entries:
                names = [entry.name for entry in entries]
            found = [(name, seen) for name in names if (seen := self._seen(root, name)) is not None]
        return [FileEntry(name, seen.st_size, _moment(seen.st_mtime), _moment(seen.st_ctime)) for name, seen in found]

    def read(self, name: str, most: int) -> bytes | None:
        """The bytes, one more than `most` of what is larger; None for what is no plain file any more, or changes while it is read."""
        with self._open() as root:
            try:
                handle = os.open(name, FILE, dir_fd=root)
            except FileNotFoundError:
                return None
            except OSError:  # a link, no right to read it, a socket
                self._leave(name, "unreadable")
                return None
            try:
                return self._bytes(name, handle, most)
            finally:
                os.close(handle)

    def move(self, name: str, to: str) -> None:
        """Give what was read another name in a folder of Nova's own. What came in its place meanwhile stays, or comes back."""
        folder, _, target = to.partition("/")
        with self._open() as root, self._own(root, folder) as own:
            target = _free(own, target)
            try:
                os.rename(name, target, src_dir_fd=root, dst_dir_fd=own)
            except FileNotFoundError:
                return
            wanted = self._read.pop(name, None)
            moved = os.stat(target, dir_fd=own, follow_symlinks=False)
            if wanted is not None and wanted != _same(moved):
                _back(own, target, root, name, moved)

    def write(self, name: str, data: bytes) -> None:
        """A file in a folder of Nova's own, whole or not at all."""
        folder, _, target = name.partition("/")
        with self._open() as root, self._own(root, folder) as own:
            part = f"{target}.part"
            with suppress(FileNotFoundError):
                os.unlink(part, dir_fd=own)
            with open(os.open(part, NEW, 0o640, dir_fd=own), "wb") as file:
                file.write(data)
            os.rename(part, target, src_dir_fd=own, dst_dir_fd=own)

    def shown(self, name: str) -> str:
        """A file's name as it may stand in a report and beside a time: readable, on one line, not too long."""
        plain = without_unseen(name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")).replace("\n", " ").strip()
        stem, dot, ending = plain.rpartition(".")
        room = LONGEST - len((dot + ending).encode())
        if len(plain.encode()) <= LONGEST or not dot or room < 1:
            return plain.encode()[:LONGEST].decode("utf-8", "ignore") or "datei"
        return f"{stem.encode()[:room].decode('utf-8', 'ignore')}{dot}{ending}"

    def _bytes(self, name: str, handle: int, most: int) -> bytes | None:
        before = os.fstat(handle)
        if why := _unfit(before):
            self._leave(name, why)
            return None
        parts, room = [], most + 1
        while room and (piece := os.read(handle, min(room, PIECE))):
            parts.append(piece)
            room -= len(piece)
        after = os.fstat(handle)
        if (_same(before), before.st_ctime_ns) != (_same(after), after.st_ctime_ns):
            return None  # somebody writes to it; the next look will see
        self._read[name] = _same(after)
        return b"".join(parts)

    def _seen(self, root: int, name: str) -> os.stat_result | None:
        try:
            seen = os.stat(name, dir_fd=root, follow_symlinks=False)
        except FileNotFoundError:
            return None
        if stat.S_ISDIR(seen.st_mode):
            return None
        if why := _unfit(seen):
            self._leave(name, why)
            return None
        return seen

    def _leave(self, name: str, why: Why) -> None:
        """It lies where it lies; the log says so once."""
        if (name, why) not in self._left:
            self._left.add((name, why))
            log.warning("drop_left", file=self.shown(name), why=why)

    @contextmanager
    def _open(self) -> Iterator[int]:
        """The folder, open; what goes wrong in the block is ServerAbsent."""
        try:
            root = os.open(self._root, FOLDER)
            try:
                yield root
            finally:
                os.close(root)
        except OSError as error:
            raise ServerAbsent(f"Der Ablageordner {self._root} ist nicht nutzbar ({error.strerror}).") from error

    @contextmanager
    def _own(self, root: int, name: str) -> Iterator[int]:
        """A folder below that belongs to Nova, and into which nobody else writes; made where there is none."""
        with suppress(FileExistsError):
            os.mkdir(name, 0o750, dir_fd=root)
        try:
            own = os.open(name, FOLDER, dir_fd=root)
        except OSError as error:
            raise ServerAbsent(f"Im Ablageordner {self._root} ist „{name}“ kein Ordner oder eine Verknüpfung.") from error
        try:
            found = os.fstat(own)
            if found.st_uid != os.geteuid():
                raise ServerAbsent(f"Im Ablageordner {self._root} gehört „{name}“ nicht dem Konto, unter dem Nova läuft.")
            if found.st_mode & 0o022:
                os.fchmod(own, stat.S_IMODE(found.st_mode) & ~0o022)
            yield own
        finally:
            os.close(own)


def _unfit(found: os.stat_result) -> Why | None:
    """Why something is not to be taken: a link may lead anywhere, a second name may be that of somebody else's file."""
    if stat.S_ISLNK(found.st_mode):
        return "link"
    if not stat.S_ISREG(found.st_mode):
        return "no_file"
    return "linked_twice" if found.st_nlink != 1 else None


def _same(found: os.stat_result) -> Same:
    """What stays when a file is moved, and differs for another one; a number alone may have been given anew."""
    return found.st_dev, found.st_ino, stat.S_IFMT(found.st_mode), found.st_size, found.st_mtime_ns


def _free(folder: int, name: str) -> str:
    """This name, or with a number where something has it already."""
    number, found = 1, name
    while True:
        try:
            os.stat(found, dir_fd=folder, follow_symlinks=False)
        except FileNotFoundError:
            return found
        number += 1
        found = f"{number}_{name}"


def _back(own: int, target: str, root: int, name: str, moved: os.stat_result) -> None:
    """Put something back under its name, or one like it; a file that has come there meanwhile is not replaced."""
    if not stat.S_ISREG(moved.st_mode):
        os.rename(target, _free(root, name), src_dir_fd=own, dst_dir_fd=root)
        return
    while True:
        try:
            os.link(target, _free(root, name), src_dir_fd=own, dst_dir_fd=root, follow_symlinks=False)
        except FileExistsError:
            continue
        os.unlink(target, dir_fd=own)
        return


def _moment(seconds: float) -> datetime:
    """A file's time; one that no calendar has counts as the beginning of time."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return datetime.fromtimestamp(0, UTC)
