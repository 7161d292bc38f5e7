"""A secrets folder in, the installation's keys for people out: derived keys for names and tokens, and those that wrap people's own keys.

The file `vault.key` never goes into the database, a snapshot or a log. Its root stays as it is; wrapping keys can be changed.
"""

import hashlib
import hmac
import json
import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from nova.errors import Misconfigured
from nova.governance.secrets import read_or_create

FILE = "vault.key"
KEY_BYTES = 32
NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class _Keys:
    """What the file holds: a root that everything fixed is derived from, wrapping keys by name, and the name of the one in use."""

    root: bytes
    wrapping: Mapping[str, bytes]
    current: str


class VaultKeys:
    """The keys of one installation; safe to use from many threads. Another process's change of the file is seen when it is needed."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        value, self.created = read_or_create(self._path, _new_file)
        self._keys = _parsed(value, self._path)
        self._lock = Lock()
        self._derived = lru_cache(maxsize=64)(self._derive)

    @property
    def current(self) -> str:
        """The name of the wrapping key in use."""
        return self._keys.current

    @property
    def names(self) -> tuple[str, ...]:
        """All wrapping keys held, oldest first."""
        return tuple(self._keys.wrapping)

    def take_back(self) -> Path:
        """Remove the file if it was made just now and holds what no database knows; where it lies."""
        if self.created:
            self._path.unlink(missing_ok=True)
        return self._path

    def mac(self, purpose: str, text: str) -> bytes:
        """An HMAC-SHA256 under a key derived (HKDF) for this purpose; the same for ever, and of no use to who lacks the file."""
        return hmac.new(self._derived(purpose), text.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()

    def _derive(self, purpose: str) -> bytes:
        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"nova " + purpose.encode()).derive(self._keys.root)

    def wrap(self, key: bytes, bound: str) -> tuple[bytes, str]:
        """A person's key, sealed under the wrapping key in use, and that one's name. `bound` says whose it is."""
        keys = self._keys
        return seal(keys.wrapping[keys.current], key, f"{keys.current}|{bound}"), keys.current

    def unwrap(self, wrapped: bytes, name: str, bound: str) -> bytes:
        """The person's key; Misconfigured when this folder does not hold the wrapping key, or another one of that name."""
        try:
            return unseal(self._wrapping(name), wrapped, f"{name}|{bound}")
        except InvalidTag:
            raise Misconfigured(f"Der Tresorschlüssel {name} in {self._path} passt nicht zu dieser Datenbank.") from None

    def _wrapping(self, name: str) -> bytes:
        if name not in self._keys.wrapping:
            self.look_again()
        if name not in self._keys.wrapping:
            raise Misconfigured(f"Der Tresorschlüssel {name} fehlt in {self._path}. Stellen Sie die Datei aus Ihrer Ablage wieder her.")
        return self._keys.wrapping[name]

    def look_again(self) -> None:
        """Read the file: another process may have changed it. Misconfigured when it is gone."""
        with self._lock:
            self._keys = self._read()

    def add(self) -> str:
        """Make a new wrapping key and use it from now on; its name. Older ones stay: snapshots may need them."""
        with self._lock:
            held = self._read()
            name = _new_name(held.wrapping)
            self._write(_Keys(held.root, {**held.wrapping, name: secrets.token_bytes(KEY_BYTES)}, name))
            return name

    def drop_old(self) -> int:
        """Forget every wrapping key but the one in use; how many. What was wrapped by them and was not changed opens no more."""
        with self._lock:
            held = self._read()
            self._write(_Keys(held.root, {held.current: held.wrapping[held.current]}, held.current))
            return len(held.wrapping) - 1

    def _read(self) -> _Keys:
        try:
            return _parsed(self._path.read_text(encoding="utf-8"), self._path)
        except OSError as error:
            raise Misconfigured(f"Die Datei {self._path} lässt sich nicht lesen ({error.strerror}). Stellen Sie sie wieder her.") from error

    def _write(self, keys: _Keys) -> None:
        handle, temporary = tempfile.mkstemp(dir=self._path.parent, prefix=f".{FILE}.")
        with os.fdopen(handle, "wb") as file:
            file.write(_written(keys).encode())
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(folder)  # before anything is wrapped by a key that a power cut would take back
        os.close(folder)
        self._keys = keys


def seal(key: bytes, data: bytes, bound: str) -> bytes:
    """AES-256-GCM with a random nonce before the ciphertext; opens only for the same `bound`."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, data, bound.encode())


def unseal(key: bytes, sealed: bytes, bound: str) -> bytes:
    """What was sealed; InvalidTag for another key, another `bound` or changed bytes."""
    return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound.encode())


def _new_file() -> str:
    name = _new_name({})
    return _written(_Keys(secrets.token_bytes(KEY_BYTES), {name: secrets.token_bytes(KEY_BYTES)}, name))


def _new_name(held: Mapping[str, bytes]) -> str:
    """Names are never used twice, also by installations whose snapshots meet."""
    return f"k{len(held) + 1}-{secrets.token_hex(4)}"


def _written(keys: _Keys) -> str:
    wrapping = {name: key.hex() for name, key in keys.wrapping.items()}
    return json.dumps({"root": keys.root.hex(), "wrapping": wrapping, "current": keys.current})


def _parsed(text: str, path: Path) -> _Keys:
    try:
        held = json.loads(text)
        wrapping = {str(name): bytes.fromhex(key) for name, key in held["wrapping"].items()}
        keys = _Keys(bytes.fromhex(held["root"]), wrapping, str(held["current"]))
        good = keys.current in wrapping and all(len(key) == KEY_BYTES for key in (keys.root, *wrapping.values()))
    except (ValueError, KeyError, TypeError, AttributeError):
        good = False
    if not good:
        raise Misconfigured(f"Die Datei {path} ist beschädigt. Stellen Sie sie aus Ihrer Ablage wieder her; ohne sie bleibt der Tresor zu.")
    return keys
