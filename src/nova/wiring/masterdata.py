"""Settings in, the company's master data as a dictionary of hashes out; read again when its file changes, absent while there is none.

The hotlines of the settings are in it as the company's own: they stay in every text that is stored.
"""

import hmac
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from nova.governance.secrets import signing_key
from nova.privacy.dictionary import Entry, MasterData, build, dump, load, with_own
from nova.settings import Settings
from nova.wiring import engines

FILE = "stammdaten.json"
PURPOSE = b"nova master data dictionary"
LOOK_AGAIN_S = 2.0


def place(settings: Settings) -> Path:
    """Where the dictionary lies (the file need not exist)."""
    return settings.NOVA_DATA / "config" / FILE


def master_key(settings: Settings) -> bytes:
    """The key of the dictionary, drawn from the installation's own."""
    return hmac.digest(signing_key(engines.secrets(settings)), PURPOSE, "sha256")


def store(settings: Settings, values: Iterable[Entry]) -> MasterData:
    """Make the dictionary anew from these values and put it in place at once, readable by the owner only."""
    data = build(values, master_key(settings))
    target = place(settings)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{FILE}.")
    with os.fdopen(handle, "wb") as file:
        file.write(dump(data))
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).replace(target)
    return data


def master_data(settings: Settings) -> Callable[[], MasterData | None]:
    """What gives the dictionary in force; PrivacyError while its file cannot be read, so that nothing is stored unchecked."""
    return _Current(place(settings), lambda: master_key(settings), tuple(filter(None, settings.hotlines.values())))


class _Current:
    """The dictionary of a file, read again when the file changes; looks at most every few seconds."""

    def __init__(self, path: Path, key: Callable[[], bytes], own: tuple[str, ...] = ()) -> None:
        self._path, self._key, self._own = path, key, own
        self._lock = threading.Lock()
        self._looked = 0.0
        self._stamp: tuple[int, int] | None = None
        self._value: MasterData | None = None

    def __call__(self) -> MasterData | None:
        with self._lock:
            now = time.monotonic()
            if not self._looked or now - self._looked > LOOK_AGAIN_S:
                stamp = self._now()
                if stamp != self._stamp or not self._looked:
                    read = None if stamp is None else load(self._path.read_bytes(), self._key())
                    self._value = with_own(read, self._own, self._key()) if self._own else read
                    self._stamp = stamp
                self._looked = now
            return self._value

    def _now(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return None
        return found.st_mtime_ns, found.st_size
