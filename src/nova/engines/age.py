"""Plain streams in, age-encrypted ones out, and back, in bounded memory; the `age` program opens what is written here.

`pyrage` pulls from a reader until its end; those who write a snapshot push. So a thread encrypts (or decrypts) at the other end of a pipe.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, cast

import pyrage  # type: ignore[import-untyped]

from nova.engines import age_header
from nova.errors import BadSnapshot, InvalidInput

PIECE = 1 << 20
MAGIC = age_header.MAGIC


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """What opens an encrypted file: the text of an identity file (`AGE-SECRET-KEY-1...` lines) or a passphrase."""

    identity: str = ""
    passphrase: str = ""


def recipient(text: str) -> str:
    """The public key itself; InvalidInput when it is none."""
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise InvalidInput("Der öffentliche Schlüssel ist keiner von age (age1...); vielleicht fehlt ein Zeichen.") from error
    return text


@contextmanager
def encrypting(target: BinaryIO, public_key: str) -> Iterator[BinaryIO]:
    """A file to write plain bytes to; `target` gets them encrypted and is complete once the block has ended."""
    known = pyrage.x25519.Recipient.from_str(recipient(public_key))
    reading, writing = os.pipe()
    kept = _Kept(target)
    aside = _Aside(reading, lambda reader: pyrage.encrypt_io(reader, kept, [known]), "rb")
    try:
        with open(writing, "wb", buffering=PIECE) as plain:
            yield plain
    except BrokenPipeError:
        aside.join()
        raise kept.error or aside.error or BadSnapshot("Das Verschlüsseln brach ab.") from None
    finally:
        aside.join()
    if kept.error or aside.error:
        raise kept.error or aside.error or AssertionError


@contextmanager
def decrypting(source: BinaryIO, key: Key) -> Iterator[BinaryIO]:
    """A file to read plain bytes from. Its end is to be trusted only when the block ends without BadSnapshot: read to the end inside it."""
    identities, cipher = _identities(source, key)
    reading, writing = os.pipe()
    aside = _Aside(writing, lambda writer: pyrage.decrypt_io(cipher, writer, identities), "wb")
    try:
        with open(reading, "rb", buffering=PIECE) as plain:
            yield plain
            while plain.read(PIECE):
                pass
    except BadSnapshot:
        aside.join()
        if aside.error is None or isinstance(aside.error, BrokenPipeError):
            raise
    finally:
        aside.join()
    if aside.error is not None:
        raise BadSnapshot(_reason(aside.error)) from aside.error


def reseal(source: BinaryIO, target: BinaryIO, pair: age_header.Pair, passphrase: str, *, work: int = age_header.WORK) -> None:
    """Copy a file that was encrypted for the pair so that the passphrase opens it, and nothing else."""
    key = age_header.opened_by_pair(age_header.read(source), pair)
    target.write(age_header.for_passphrase(key, passphrase, work))
    while piece := source.read(PIECE):
        target.write(piece)


def _identities(source: BinaryIO, key: Key) -> tuple[list[object], BinaryIO]:
    """Keys and the stream they open; for a passphrase a pair of the moment and the stream with another header."""
    if key.passphrase:
        pair = age_header.new_pair()
        header = age_header.for_pair(age_header.opened_by_passphrase(age_header.read(source), key.passphrase), pair)
        return [pyrage.x25519.Identity.from_str(pair.identity)], cast(BinaryIO, _Chained(header, source))
    lines = [line.strip() for line in key.identity.splitlines() if line.strip() and not line.startswith("#")]
    if not lines:
        raise BadSnapshot(
            "Die Sicherung ist verschlüsselt. Nennen Sie den Schlüssel mit --identity oder das Kennwort mit --passphrase-file."
        )
    try:
        return [pyrage.x25519.Identity.from_str(line) for line in lines], source
    except pyrage.IdentityError as error:
        raise InvalidInput("Die Schlüsseldatei enthält keinen geheimen Schlüssel von age (AGE-SECRET-KEY-1...).") from error


def _reason(error: BaseException) -> str:
    if isinstance(error, pyrage.DecryptError) and "matching" in str(error):
        return "Der Schlüssel passt nicht zu dieser Sicherung."
    return "Die Sicherung ist beschädigt, unvollständig oder verändert worden."


class _Aside:
    """`work` in a thread, with one end of a pipe; what it raises is kept."""

    def __init__(self, handle: int, work: Callable[[BinaryIO], None], mode: str) -> None:
        self.error: Exception | None = None
        self._thread = threading.Thread(target=self._run, args=(handle, work, mode), name="nova-age", daemon=True)
        self._thread.start()

    def _run(self, handle: int, work: Callable[[BinaryIO], None], mode: str) -> None:
        try:
            with open(handle, mode, buffering=PIECE) as end:
                work(cast(BinaryIO, end))
        except (OSError, ValueError, pyrage.EncryptError, pyrage.DecryptError) as error:
            self.error = error

    def join(self) -> None:
        """Wait for the end."""
        self._thread.join()


class _Kept:
    """A target that remembers why it could not be written; `pyrage` tells only that it could not."""

    def __init__(self, target: BinaryIO) -> None:
        self.error: OSError | None = None
        self._target = target

    def write(self, data: bytes) -> int:
        try:
            return self._target.write(data)
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        self._target.flush()


class _Chained:
    """Some bytes, then a stream."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first, self._rest = first, rest

    def read(self, size: int = -1) -> bytes:
        if not self._first:
            return self._rest.read(size)
        count = len(self._first) if size < 0 else size
        piece, self._first = self._first[:count], self._first[count:]
        return piece if size >= 0 else piece + self._rest.read()
