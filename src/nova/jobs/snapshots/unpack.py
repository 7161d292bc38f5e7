"""A snapshot's file in, its content in a folder laid out as a data folder out; the database still as a dump."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast

from nova.errors import BadSnapshot, NotFound
from nova.flows.snapshots.contents import DATABASE, INDEX, OBJECTS, SETTINGS, Tell
from nova.flows.snapshots.kept import no_half
from nova.store.postgres.space import require_space
from nova.wiring import archive
from nova.wiring.carried import OWN_FILES, OWN_FOLDER, TRAINED

SETTINGS_KEPT = "config/settings-of-snapshot.json"
FIXED = {SETTINGS: SETTINGS_KEPT, DATABASE: DATABASE, **{one.member: one.member for one in OWN_FILES}}
FOLDERS = (OBJECTS, INDEX)
STEP = 1 << 16


def unpack(source: Path, key: "archive.Key", data: Path, tell: Tell) -> Mapping[str, Any]:
    """Everything in `source` to `data`, checked; its manifest. BadSnapshot, DiskFull; the caller then removes `data`."""
    size = source.stat().st_size if source.is_file() else 0
    if not size:
        raise NotFound(f"{source} gibt es nicht, oder die Datei ist leer.")
    with no_half(), source.open("rb") as file, archive.reading(cast(BinaryIO, _Watched(file, size, tell)), key) as reader:
        for member in reader.members():
            path = data / _place(member.name)
            try:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                _write(path, member.blocks())
            except (FileExistsError, NotADirectoryError) as error:
                raise BadSnapshot(f"Die Sicherung enthält {member.name} zweimal.") from error
    return reader.manifest


def look(source: Path, key: "archive.Key") -> Mapping[str, Any]:
    """What a snapshot says of itself at its beginning; nothing is unpacked."""
    with source.open("rb") as file, archive.reading(file, key) as reader:
        return reader.head


def _place(name: str) -> str:
    plain = name.removesuffix(".gz")
    if plain in FIXED:
        return FIXED[plain]
    if plain.startswith(FOLDERS) or OWN_FOLDER.fullmatch(plain) or TRAINED.fullmatch(plain):
        return plain
    raise BadSnapshot(f"Die Sicherung enthält etwas Unbekanntes: {name}.")


def _write(path: Path, blocks: Iterable[bytes]) -> None:
    """The index's files are mostly zeros; holes keep them small."""
    with path.open("xb") as file:
        for block in blocks:
            require_space(path.parent, len(block))
            for at in range(0, len(block), STEP):
                piece = block[at : at + STEP]
                if piece.count(0) == len(piece):
                    file.seek(len(piece), 1)
                else:
                    file.write(piece)
        file.truncate(file.tell())
    path.chmod(0o600)


class _Watched:
    """A file that tells how far it was read, in MB."""

    def __init__(self, file: BinaryIO, size: int, tell: Tell) -> None:
        self._file, self._size, self._tell = file, size, tell
        self._told = -1

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        if (done := self._file.tell() >> 20) != self._told:
            self._told = done
            self._tell("Sicherung auspacken", done, self._size >> 20)
        return piece

    def readline(self, size: int = -1) -> bytes:
        return self._file.readline(size)

    def seek(self, offset: int) -> int:
        return self._file.seek(offset)
