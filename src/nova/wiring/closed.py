"""A data folder in; everything in it that others could reach closed to them, and what cannot be closed, by name, out.

The folder may have been there before Nova, made by somebody with other habits, or be a volume whose owner is somebody else. Once nobody
else may enter the folder itself, nothing below it can be reached; its parts are closed all the same, for they may be moved or mounted.
"""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from nova.governance.secrets import secrets_folder
from nova.logs import get_logger
from nova.store.postgres.cluster import layout

OTHERS = 0o077
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Open:
    """Something that others may read, enter or write, and its rights; `secret`: what lies in it opens Nova."""

    path: Path
    mode: int
    secret: bool = False

    @property
    def shown(self) -> str:
        """As a person reads it: "/srv/nova/secrets (0755)"."""
        return f"{self.path} ({self.mode:04o})"


def close(data: Path) -> tuple[Open, ...]:
    """Take others' rights away from the folder and its parts; what is still open. The log names what was closed and what was not."""
    was = [one for one in opened(data) if _closed(one.path)]
    left = reached(data)
    if was:
        log.info("data_closed", paths=[str(one.path) for one in was][:20], count=len(was))
    for one in left:
        log.warning("data_open_to_others", path=str(one.path), mode=f"{one.mode:04o}")
    return left


def reached(data: Path) -> tuple[Open, ...]:
    """What others may reach: what is open, as far as the folder itself is; and what is secret and would be without it."""
    found = opened(data)
    entered = any(one.path == data for one in found)
    return tuple(one for one in found if entered or one.secret)


def opened(data: Path) -> tuple[Open, ...]:
    """What has rights for others: the folder, what lies right in it, and everything that is secret."""
    keys = secrets_folder(data)
    found = dict.fromkeys([data, *_below(data)], False) | dict.fromkeys([keys, *_below(keys), layout(data).password], True)
    return tuple(Open(path, mode, secret) for path, secret in found.items() if (mode := _rights(path)) & OTHERS)


def _below(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not path.is_symlink())
    except OSError:
        return []


def _rights(path: Path) -> int:
    """What its owner, its group and others may; nothing for what is not there, or no folder and no file."""
    try:
        found = path.lstat()
    except OSError:
        return 0
    return stat.S_IMODE(found.st_mode) if stat.S_ISDIR(found.st_mode) or stat.S_ISREG(found.st_mode) else 0


def _closed(path: Path) -> bool:
    """Whether nobody else reaches it any more. A link that has taken its place is not followed."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        os.fchmod(handle, stat.S_IMODE(os.fstat(handle).st_mode) & ~OTHERS)
        return not os.fstat(handle).st_mode & OTHERS  # some file systems say yes and do nothing
    except OSError:
        return False
    finally:
        os.close(handle)
