"""The header of an age file in, its file key out, and the other way round: so a passphrase's header can take the place of another.

An age file (https://c2sp.org/age) is a header that wraps one file key for each recipient, and a payload encrypted with that key. `pyrage`
streams for public keys only; for a passphrase it wants the whole file in memory. So files are streamed for a key pair made for one moment,
and here the header is exchanged; the payload stays as it is, and the `age` program opens the result.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from nova.errors import BadSnapshot

MAGIC = b"age-encryption.org/v1\n"
LONGEST_HEADER = 64 * 1024
WORK = 18  # log2 of scrypt's N: 256 MiB for about a second, as the age program has it
MOST_WORK = 22
FILE_KEY_BYTES = 16
LINE = 64
ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


@dataclass(frozen=True, slots=True)
class Stanza:
    """The file key wrapped for one recipient."""

    kind: str
    args: tuple[str, ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """The stanzas, the bytes that the seal covers, and the seal."""

    stanzas: tuple[Stanza, ...]
    sealed: bytes
    seal: bytes


@dataclass(frozen=True, slots=True)
class Pair:
    """A key pair for one moment: the secret, and both halves as age writes them."""

    secret: X25519PrivateKey
    identity: str
    recipient: str


def new_pair() -> Pair:
    """A fresh pair."""
    secret = X25519PrivateKey.generate()
    return Pair(
        secret, _bech32("age-secret-key-", secret.private_bytes_raw()).upper(), _bech32("age", secret.public_key().public_bytes_raw())
    )


def read(source: BinaryIO) -> Header:
    """The header; `source` then stands at the payload. BadSnapshot when it is none."""
    lines, size = [], 0
    while True:
        line = source.readline(LONGEST_HEADER)
        lines.append(line)
        size += len(line)
        if size > LONGEST_HEADER or not line.endswith(b"\n") or lines[0] != MAGIC:
            raise _damaged()
        if line.startswith(b"---"):
            break
    try:
        stanzas = tuple(_stanzas([one[:-1].decode("ascii") for one in lines[1:-1]]))
        seal = _unbase64(line[4:-1].decode("ascii"))
    except (UnicodeDecodeError, ValueError, IndexError) as error:
        raise _damaged() from error
    return Header(stanzas, b"".join(lines[:-1]) + b"---", seal)


def opened_by_pair(header: Header, pair: Pair) -> bytes:
    """The file key, for the holder of the pair; BadSnapshot when the file is for others."""
    own = pair.secret.public_key().public_bytes_raw()
    for stanza in header.stanzas:
        if stanza.kind == "X25519" and len(stanza.args) == 1:
            try:
                share = _unbase64(stanza.args[0])
                shared = pair.secret.exchange(X25519PublicKey.from_public_bytes(share))
            except ValueError as error:
                raise _damaged() from error
            if (key := _unwrap(_hkdf(shared, share + own, b"age-encryption.org/v1/X25519"), stanza.body)) is not None:
                return _checked(header, key)
    raise BadSnapshot("Die Sicherung ist für einen anderen Schlüssel verschlüsselt.")


def opened_by_passphrase(header: Header, passphrase: str) -> bytes:
    """The file key, for who knows the passphrase; BadSnapshot when it is another or the file is for a key."""
    if [stanza.kind for stanza in header.stanzas] != ["scrypt"]:
        raise BadSnapshot("Diese Sicherung ist für einen Schlüssel verschlüsselt, nicht mit einem Kennwort. Nennen Sie ihn mit --identity.")
    stanza = header.stanzas[0]
    if len(stanza.args) != 2 or not stanza.args[1].isdecimal() or len(stanza.args[1]) > 2 or not 0 < int(stanza.args[1]) <= MOST_WORK:
        raise _damaged()
    try:
        salt = _unbase64(stanza.args[0])
    except ValueError as error:
        raise _damaged() from error
    key = _unwrap(_stretched(passphrase, salt, int(stanza.args[1])), stanza.body)
    if key is None:
        raise BadSnapshot("Das Kennwort passt nicht zu dieser Sicherung.")
    return _checked(header, key)


def for_pair(key: bytes, pair: Pair) -> bytes:
    """A header that opens for the holder of the pair."""
    moment = X25519PrivateKey.generate()
    share, own = moment.public_key().public_bytes_raw(), pair.secret.public_key().public_bytes_raw()
    wrapping = _hkdf(moment.exchange(pair.secret.public_key()), share + own, b"age-encryption.org/v1/X25519")
    return _header(key, Stanza("X25519", (_base64(share),), _wrap(wrapping, key)))


def for_passphrase(key: bytes, passphrase: str, work: int = WORK) -> bytes:
    """A header that opens with the passphrase."""
    salt = secrets.token_bytes(16)
    return _header(key, Stanza("scrypt", (_base64(salt), str(work)), _wrap(_stretched(passphrase, salt, work), key)))


def _stanzas(lines: list[str]) -> list[Stanza]:
    found, at = [], 0
    while at < len(lines):
        words = lines[at].split(" ")
        if words[0] != "->" or len(words) < 2:
            raise ValueError("no stanza")
        body = []
        for line in lines[at + 1 :]:
            body.append(line)
            if len(line) < LINE:
                break
        if not body or len(body[-1]) >= LINE:
            raise ValueError("a body without end")
        found.append(Stanza(words[1], tuple(words[2:]), _unbase64("".join(body))))
        at += 1 + len(body)
    return found


def _header(key: bytes, stanza: Stanza) -> bytes:
    body = _base64(stanza.body)
    lines = [body[at : at + LINE] for at in range(0, len(body) + 1, LINE)]
    sealed = MAGIC + "\n".join([" ".join(["->", stanza.kind, *stanza.args]), *lines, "---"]).encode("ascii")
    return sealed + b" " + _base64(_seal(key, sealed)).encode("ascii") + b"\n"


def _checked(header: Header, key: bytes) -> bytes:
    if not hmac.compare_digest(_seal(key, header.sealed), header.seal):
        raise _damaged()
    return key


def _seal(key: bytes, sealed: bytes) -> bytes:
    return hmac.digest(_hkdf(key, None, b"header"), sealed, "sha256")


def _hkdf(secret: bytes, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(secret)


def _stretched(passphrase: str, salt: bytes, work: int) -> bytes:
    needed = 128 * 8 * 2**work
    salted = b"age-encryption.org/v1/scrypt" + salt
    return hashlib.scrypt(passphrase.encode("utf-8"), salt=salted, n=2**work, r=8, p=1, maxmem=2 * needed, dklen=32)


def _wrap(wrapping: bytes, key: bytes) -> bytes:
    return ChaCha20Poly1305(wrapping).encrypt(bytes(12), key, None)


def _unwrap(wrapping: bytes, body: bytes) -> bytes | None:
    try:
        key = ChaCha20Poly1305(wrapping).decrypt(bytes(12), body, None)
    except InvalidTag:
        return None
    return key if len(key) == FILE_KEY_BYTES else None


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii").rstrip("=")


def _unbase64(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)


def _bech32(prefix: str, data: bytes) -> str:
    """As BIP 173 has it, which is how age writes keys."""
    bits = int.from_bytes(data, "big") << (-len(data) * 8 % 5)
    count = -(-len(data) * 8 // 5)
    values = [bits >> 5 * (count - 1 - at) & 31 for at in range(count)]
    spread = [ord(char) >> 5 for char in prefix] + [0] + [ord(char) & 31 for char in prefix]
    check = _polymod([*spread, *values, 0, 0, 0, 0, 0, 0]) ^ 1
    values += [check >> 5 * (5 - at) & 31 for at in range(6)]
    return prefix + "1" + "".join(ALPHABET[value] for value in values)


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for at in range(5):
            check ^= GENERATOR[at] if top >> at & 1 else 0
    return check


def _damaged() -> BadSnapshot:
    return BadSnapshot("Die Datei ist keine Sicherung von Nova oder am Anfang beschädigt.")
