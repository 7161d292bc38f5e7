"""Settings in, the company's master data as a dictionary of hashes out; read again when its file changes, absent while there is none.

The hotlines of the settings are in it as the company's own: they stay in every text that is stored.
"""

import hmac
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from nova.governance.secrets import signing_key
from nova.privacy.dictionary import Entry, MasterData, build, dump, load, with_own
from nova.settings import Settings
from nova.wiring import engines
from nova.wiring.renewed import of_file

FILE = "stammdaten.json"
PURPOSE = b"nova master data dictionary"


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
    path, own = place(settings), tuple(filter(None, settings.hotlines.values()))

    def read() -> MasterData | None:
        data = load(path.read_bytes(), master_key(settings)) if path.exists() else None
        return with_own(data, own, master_key(settings)) if own else data

    return of_file(path, read)
