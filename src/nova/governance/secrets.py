"""A data folder in, the installation's own secrets out: made on first use, readable by the owner only."""

import os
import secrets
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nova.errors import Misconfigured
from nova.logs import get_logger

ADMIN_PREFIX = "nova_adm_"
ADMIN_FILE = "admin.key"
HOOK_FILE = "hook.key"
SHORTEST_KEY = 24
FEWEST_CHARACTERS = 10
KEY_LOOK_S = 1.0
KNOWN_DEFAULTS = ("changeme", "change-me", "change_me", "replace", "default", "example", "password", "passwort", "your-key", "test1234")
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class AdminKey:
    """The operator's key. `path` is where it is stored, None when it came from the environment; `created` only on first start."""

    value: str
    path: Path | None
    created: bool


class OperatorKey:
    """The operator's key as it is now: a stored one may be replaced while Nova runs."""

    def __init__(self, key: AdminKey) -> None:
        self._path, self._value = key.path, key.value
        self._stamp = _stamp(self._path)
        self._look_at = 0.0

    @property
    def changed(self) -> bool:
        """Whether its file is another one than a moment ago; looks at most once a second."""
        if self._path is None or time.monotonic() < self._look_at:
            return False
        self._look_at = time.monotonic() + KEY_LOOK_S
        return _stamp(self._path) != self._stamp

    def renewed(self) -> str:
        """The key of now; while its file is missing, unreadable or weak, the one before."""
        path, self._stamp = self._path, _stamp(self._path)
        try:
            found = None if path is None else _read(path)
            if found is not None:
                refuse_weak(found)
                self._value = found
        except (OSError, UnicodeDecodeError, Misconfigured) as error:
            log.warning("operator_key_unusable", path=str(path), error=type(error).__name__)
        return self._value


def _stamp(path: Path | None) -> tuple[int, ...]:
    """What differs when a file is written or replaced; nothing where there is none."""
    try:
        found = None if path is None else path.stat()
    except OSError:
        found = None
    return () if found is None else (found.st_ino, found.st_mtime_ns, found.st_size)


def new_admin_key(folder: Path) -> AdminKey:
    """Put another key in the place of the stored one; a Nova that runs takes it within seconds."""
    path = folder / ADMIN_FILE
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{path.name}.")
    with open(handle, "w", encoding="utf-8") as file:
        file.write(_made_admin_key())
        file.flush()
        os.fsync(handle)
    Path(temporary).replace(path)
    return AdminKey(_read(path), path, created=True)


def _made_admin_key() -> str:
    return ADMIN_PREFIX + secrets.token_urlsafe(32)


def secrets_folder(data: Path) -> Path:
    """Where an installation keeps its secrets below its data folder."""
    return data / "secrets"


def admin_key(configured: str | None, folder: Path) -> AdminKey:
    """The key from the environment, else the stored one, else a new one. Raises Misconfigured for a weak key."""
    if configured is not None:
        refuse_weak(configured)
        return AdminKey(configured, None, False)
    path = folder / ADMIN_FILE
    value, created = read_or_create(path, _made_admin_key)
    return AdminKey(value, path, created)


def stored_admin_key(folder: Path) -> str | None:
    """The stored operator's key; None where there is none, and none is made."""
    try:
        return _read(folder / ADMIN_FILE)
    except FileNotFoundError:
        return None


def hook_secret(configured: str | None, folder: Path) -> str:
    """What signs deliveries of conversations: configured, stored or made now. It is a text; its bytes are the HMAC's key."""
    if configured is not None:
        return configured
    value, _ = read_or_create(folder / HOOK_FILE, lambda: secrets.token_hex(32))
    return value


def signing_key(folder: Path) -> bytes:
    """The secret that signs tokens: 32 random bytes, made on first use."""
    value, _ = read_or_create(folder / "signing.key", lambda: secrets.token_hex(32))
    try:
        key = bytes.fromhex(value)
    except ValueError:
        key = b""
    if len(key) < 32:
        raise Misconfigured(f"Die Datei {folder / 'signing.key'} ist beschädigt. Stellen Sie sie aus der Sicherung wieder her.")
    return key


def refuse_weak(key: str) -> None:
    """Raise Misconfigured for a known default, a short key or one of few different characters."""
    lowered = key.lower()
    if any(word in lowered for word in KNOWN_DEFAULTS):
        raise Misconfigured("ADMIN_API_KEY ist ein bekannter Vorgabewert. Setzen Sie einen eigenen (`openssl rand -hex 32`).")
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS:
        raise Misconfigured(f"ADMIN_API_KEY ist zu kurz oder zu einfach: mindestens {SHORTEST_KEY} zufällige Zeichen.")


def read_or_create(path: Path, make: Callable[[], str]) -> tuple[str, bool]:
    """The file's content and whether it was made now. Two first starts at once agree on one value."""
    try:
        return _read(path), False
    except FileNotFoundError:
        pass
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        os.write(handle, make().encode())
        os.fsync(handle)
        os.close(handle)
        os.link(temporary, path)
    except FileExistsError:
        return _read(path), False
    finally:
        Path(temporary).unlink()
    return _read(path), True


def _read(path: Path) -> str:
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    value = path.read_text(encoding="utf-8").strip()
    if not value:
        raise Misconfigured(f"Die Datei {path} ist leer. Löschen Sie sie, dann wird ein neuer Schlüssel erzeugt.")
    return value
