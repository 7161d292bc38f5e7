"""Named streams in, one tar stream out, and back: what a snapshot is on disk, checked on the way in. Memory does not grow with the content.

The members in order: `nova-snapshot.json` (format, version, time), the content, `SHA256SUMS` (for `sha256sum -c`), `manifest.json` (the
facts, and the digest of `SHA256SUMS`). Encrypted, it is an age file around that. `tar` and `age` are enough to read it by hand.
"""

import gzip
import hashlib
import io
import json
import re
import tarfile
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from nova.engines import age
from nova.engines.age import Key, recipient, reseal
from nova.engines.age_header import Pair, new_pair
from nova.errors import BadSnapshot

__all__ = ["Key", "Member", "Pair", "Reader", "Writer", "encrypted", "new_pair", "reading", "recipient", "reseal", "writing"]

FORMAT = 1
HEAD, SUMS, MANIFEST = "nova-snapshot.json", "SHA256SUMS", "manifest.json"
NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}(?:/[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}){0,9}")
PIECE = 1 << 20
IN_MEMORY = 8 << 20
LONGEST_FACTS = 16 << 20
PACKED = ".gz"
LEVEL = 4


class Writer:
    """Writes one archive; `finish` makes it whole."""

    def __init__(self, target: BinaryIO, head: Mapping[str, Any], work: Path | None = None) -> None:
        """`work`: a folder for what does not fit into memory (else the machine's temporary one)."""
        self._work = None if work is None else str(work)
        self._target = target
        self._head = {"format": FORMAT, **head}
        self._members = self._bytes = 0
        self._put(HEAD, io.BytesIO(_json(self._head)))
        self._sums = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY, dir=self._work)  # noqa: SIM115 - closed by finish and close

    def add(self, name: str, content: BinaryIO) -> None:
        """A member from a seekable file, from where it stands."""
        digest, size = self._put(name, content)
        self._sums.write(f"{digest}  {name}\n".encode("ascii"))
        self._members, self._bytes = self._members + 1, self._bytes + size

    def add_blocks(self, name: str, blocks: Iterable[bytes], *, packed: bool = False) -> None:
        """A member from pieces; `packed` ones are compressed and their name ends in `.gz`."""
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY, dir=self._work) as spool:
            if packed:
                with gzip.GzipFile(fileobj=spool, mode="wb", compresslevel=LEVEL, mtime=0) as file:
                    for block in blocks:
                        file.write(block)
            else:
                for block in blocks:  # writelines would keep them all in memory
                    spool.write(block)
            spool.seek(0)
            self.add(name + PACKED if packed else name, cast(BinaryIO, spool))

    def finish(self, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        """Write the sums and the manifest, which is returned."""
        self._sums.seek(0)
        digest, _ = self._put(SUMS, cast(BinaryIO, self._sums))
        manifest = {**self._head, **facts, "members": self._members, "bytes": self._bytes, "sha256": digest}
        self._put(MANIFEST, io.BytesIO(_json(manifest)))
        self._target.write(bytes(2 * tarfile.BLOCKSIZE))
        self._sums.close()
        return manifest

    def close(self) -> None:
        """Give up an unfinished archive; nothing to do for a finished one."""
        self._sums.close()

    def _put(self, name: str, content: BinaryIO) -> tuple[str, int]:
        info = tarfile.TarInfo(_checked(name))
        start = content.tell()
        info.size = content.seek(0, io.SEEK_END) - start
        info.mode, info.mtime = 0o600, 0
        content.seek(start)
        self._target.write(info.tobuf(tarfile.PAX_FORMAT))
        hashed, left = _Hashed(content), info.size
        while left and (piece := hashed.read(min(left, PIECE))):
            self._target.write(piece)
            left -= len(piece)
        if left:
            raise OSError(f"{name} became shorter while it was read")
        self._target.write(bytes(-info.size % tarfile.BLOCKSIZE))
        return hashed.digest, info.size


@dataclass(frozen=True, slots=True)
class Member:
    """One named stream of an archive, to be read before the next."""

    name: str
    size: int
    stream: BinaryIO

    def blocks(self) -> Iterator[bytes]:
        """Its pieces; a `.gz` member's are unpacked."""
        if not self.name.endswith(PACKED):
            yield from iter(lambda: self.stream.read(PIECE), b"")
            return
        try:
            with gzip.GzipFile(fileobj=self.stream) as file:
                yield from iter(lambda: file.read(PIECE), b"")
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise _damaged(self.name) from error


class Reader:
    """Reads one archive from its beginning to its end."""

    def __init__(self, source: BinaryIO) -> None:
        """BadSnapshot when it is no snapshot, or one of a later format."""
        try:
            self._tar = tarfile.open(fileobj=source, mode="r|", bufsize=PIECE)  # noqa: SIM115 - it holds nothing of its own
        except tarfile.TarError as error:
            raise BadSnapshot("Die Datei ist keine Sicherung von Nova.") from error
        self._entries = self._walk()
        first = next(self._entries, None)
        if first is None or first.name != HEAD:
            raise BadSnapshot("Die Datei ist keine Sicherung von Nova.")
        self.head = _facts(first)
        self.manifest: Mapping[str, Any] = {}
        if self.head.get("format") != FORMAT:
            raise BadSnapshot(
                f"Diese Sicherung hat das Format {self.head.get('format')} (Nova {self.head.get('nova', '?')}); "
                f"dieses Nova liest das Format {FORMAT}. Installieren Sie die neuere Version."
            )

    def members(self) -> Iterator[Member]:
        """Every content member; after the last one everything is checked and `manifest` is there. BadSnapshot names what is wrong."""
        with tempfile.TemporaryFile() as sums:
            for entry in self._entries:
                if entry.name == SUMS:
                    self._end(sums, entry)
                    return
                hashed = _Hashed(entry.stream)
                yield Member(entry.name, entry.size, cast(BinaryIO, hashed))
                while hashed.read(PIECE):
                    pass
                sums.write(f"{hashed.digest}  {entry.name}\n".encode("ascii"))
        raise _cut_short()

    def _end(self, sums: BinaryIO, stated: Member) -> None:
        digest = _compared(sums, stated.stream)
        last = next(self._entries, None)
        if last is None or last.name != MANIFEST:
            raise _cut_short()
        self.manifest = _facts(last)
        if any(self.manifest.get(name) != value for name, value in [("sha256", digest), *self.head.items()]):
            raise _damaged(MANIFEST)
        if next(self._entries, None) is not None:
            raise _damaged(MANIFEST)

    def _walk(self) -> Iterator[Member]:
        try:
            while (info := self._tar.next()) is not None:
                self._tar.members.clear()  # type: ignore[attr-defined]
                stream = self._tar.extractfile(info) if info.isreg() else None
                if stream is None or not NAME.fullmatch(info.name) or ".." in info.name:
                    raise _damaged(info.name[:100])
                yield Member(info.name, info.size, cast(BinaryIO, stream))
        except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise
            raise _cut_short() from error


def _compared(sums: BinaryIO, stated: BinaryIO) -> str:
    """The hash of the stated sums; BadSnapshot names the first member that is not what they say."""
    sums.seek(0)
    digest = hashlib.sha256()
    for line in _lines(stated):
        digest.update(line)
        if (found := sums.readline()) != line:
            raise _damaged(((line or found).split() or [SUMS.encode()])[-1].decode("ascii", "replace"))
    if sums.readline():
        raise _damaged(SUMS)
    return digest.hexdigest()


@contextmanager
def writing(target: BinaryIO, head: Mapping[str, Any], public_key: str = "", work: Path | None = None) -> Iterator[Writer]:
    """An archive written to `target`, encrypted to `public_key` (age1...) when there is one. The block must call `finish`."""
    with ExitStack() as stack:
        plain = stack.enter_context(age.encrypting(target, public_key)) if public_key else target
        writer = Writer(plain, head, work)
        stack.callback(writer.close)
        yield writer


@contextmanager
def reading(source: BinaryIO, key: Key) -> Iterator[Reader]:
    """The archive in a file, decrypted where it has to be; only when the block has ended without BadSnapshot is it to be trusted."""
    with ExitStack() as stack:
        plain = stack.enter_context(age.decrypting(source, key)) if encrypted(source) else source
        yield Reader(plain)


def encrypted(source: BinaryIO) -> bool:
    """Whether the file is encrypted; it stands at its beginning again."""
    start = source.read(len(age.MAGIC))
    source.seek(0)
    return start == age.MAGIC


class _Hashed:
    """A stream that knows the digest of what was read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        try:
            piece = self._stream.read(size)
        except (tarfile.TarError, EOFError) as error:
            raise _cut_short() from error
        self._hash.update(piece)
        return piece

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()


def _checked(name: str) -> str:
    if not NAME.fullmatch(name) or ".." in name:
        raise ValueError(f"{name!r} is no name of a member")
    return name


def _facts(member: Member) -> dict[str, Any]:
    try:
        found = json.loads(member.stream.read(LONGEST_FACTS))
    except (ValueError, tarfile.TarError) as error:
        raise _damaged(member.name) from error
    if not isinstance(found, dict):
        raise _damaged(member.name)
    return found


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    rest = b""
    while piece := stream.read(PIECE):
        *lines, rest = (rest + piece).split(b"\n")
        yield from (line + b"\n" for line in lines)
    if rest:
        yield rest


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str).encode()


def _damaged(name: str) -> BadSnapshot:
    return BadSnapshot(f"Die Sicherung ist beschädigt: {name} stimmt nicht mit dem Verzeichnis überein.")


def _cut_short() -> BadSnapshot:
    return BadSnapshot("Die Sicherung ist unvollständig: Die Datei endet vor ihrem Inhaltsverzeichnis.")
