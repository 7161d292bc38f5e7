"""A file that is brought in, known by its digest and its kind out; what is too large, empty, of no kind or infected goes no further."""

import hashlib
from dataclasses import dataclass
from io import SEEK_END
from typing import BinaryIO

from nova.errors import InfectedFile, InvalidInput, TooLarge
from nova.ports import Scanner, Texts
from nova.store.documents.items import NewFile


@dataclass(frozen=True, slots=True)
class FileInspection:
    """What is looked at before anything of a file is stored. `max_bytes` bounds one file; without a scanner no virus is looked for."""

    texts: Texts
    max_bytes: int
    scanner: Scanner | None = None

    def identify(self, data: bytes, filename: str) -> NewFile:
        """Its digest and its kind. TooLarge, UnsupportedFile."""
        if len(data) > self.max_bytes:
            raise _too_large(self.max_bytes)
        return NewFile(hashlib.sha256(data).hexdigest(), self.texts.sniff(data, filename), filename, len(data))

    def read(self, stream: BinaryIO) -> bytes:
        """All of a file that lies on the disk or in memory, held once. TooLarge, InvalidInput for an empty one."""
        stream.seek(0, SEEK_END)
        size = stream.tell()
        if size > self.max_bytes:
            raise _too_large(self.max_bytes)
        if size == 0:
            raise InvalidInput("Die Datei ist leer.")
        stream.seek(0)
        return stream.read(size)

    def scan(self, data: bytes, file: NewFile) -> None:
        """Let the scanner see it. InfectedFile with what it found; ServerAbsent where the scanner does not answer."""
        finding = self.scanner.scan(data, file.filename) if self.scanner else None
        if finding is None:
            return
        raise InfectedFile(
            f"In „{file.filename}“ hat die Virenprüfung etwas gefunden: {finding}. Die Datei wurde nicht aufgenommen.",
            data={"finding": finding, "sha256": file.sha256},
        )


def _too_large(max_bytes: int) -> TooLarge:
    return TooLarge(f"Die Datei ist größer als die erlaubten {max_bytes // 1024**2} MiB.")
