"""A data folder in, who owns it out. One process at a time opens the index; a lock says who, a state file says where it serves.

The lock falls with its process, however that ends, so a state file without a held lock is a leftover and counts for nothing.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from nova.errors import Busy
from nova.folders import private


@dataclass(frozen=True, slots=True)
class Serving:
    """A Nova that serves people: its address parts, its process, and the numbers it gives in an emergency, by division."""

    host: str
    port: int
    pid: int
    hotlines: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The base address for this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - compared, not bound
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def state_file(folder: Path) -> Path:
    """Where a serving Nova says where it is."""
    return folder / "run" / "serve.json"


@contextmanager
def owning(folder: Path) -> Iterator[None]:
    """Own the data folder; Busy when another process does."""
    run = folder / "run"
    private(run)
    lock = os.open(run / "owner.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(lock).st_nlink == 0:  # the owner before has removed the folder
                raise BlockingIOError
        except BlockingIOError:
            raise Busy(f"Ein anderer Befehl nutzt den Datenordner {folder} gerade.", data={"retry_after": 1}) from None
        state_file(folder).unlink(missing_ok=True)
        yield
        state_file(folder).unlink(missing_ok=True)
    finally:
        os.close(lock)


def announce(folder: Path, serving: Serving) -> None:
    """Write where this process serves; readers see all of it or nothing."""
    path = state_file(folder)
    draft = path.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(asdict(serving)), encoding="utf-8")
    draft.replace(path)


def owner(folder: Path) -> Serving | None:
    """The Nova that serves this folder now, or None."""
    if not held(folder):
        return None
    try:
        return Serving(**json.loads(state_file(folder).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def held(folder: Path) -> bool:
    """Whether any process owns the folder."""
    try:
        lock = os.open(folder / "run" / "owner.lock", os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False
