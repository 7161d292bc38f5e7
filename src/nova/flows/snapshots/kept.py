"""The folder of snapshots in, what lies there out: a file and its record each, the last proof, and the lock of whoever writes.

The folder is the truth, not the database: a restored database would name snapshots that are not there. A record (`<file>.json`) says what
is in its file; `proof.json` is the latest restore that was tried, also of a snapshot that is gone by now.
"""

import contextlib
import errno
import fcntl
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast
from uuid import UUID

from nova.errors import Busy, DiskFull, NotFound

Origin = Literal["person", "schedule", "proof"]
Proved = Literal["file", "like"]
RECORD, DOCUMENTS = ".json", "documents"
DRAFT, ASIDE = ".part", ".aside"
ASIDE_SECONDS = 3600.0
LOOK_SECONDS = 0.2
SUFFIX, SEALED_SUFFIX = ".tar", ".tar.age"
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Proof:
    """A restore that was tried: when, of which snapshot, whether all was as it should be, and what was not.

    `what`: the very file, or a plain one made in the same way because the file is encrypted and the key is not here.
    """

    at: datetime
    snapshot_id: UUID
    ok: bool
    what: Proved
    seconds: float
    questions: int = 0
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot as it lies in the folder. `flaws` are stored files that were missing or damaged when it was made.

    `counts` are rows by table, and `documents`, which those of earlier releases lack.
    """

    snapshot_id: UUID
    file: str
    created_at: datetime
    bytes: int
    sha256: str
    encrypted: bool
    origin: Origin
    nova: str
    schema_version: str
    index: bool
    counts: Mapping[str, int] = field(default_factory=dict)
    objects: int = 0
    flaws: tuple[str, ...] = ()
    proof: Proof | None = None

    @property
    def documents(self) -> int:
        """How many documents it holds; of earlier releases' how many items, conversations among them."""
        return self.counts.get(DOCUMENTS, self.counts.get("items", 0))


class Kept:
    """The snapshots below a data folder."""

    def __init__(self, data: Path) -> None:
        self.folder = data / "snapshots"

    def list(self) -> list[Snapshot]:
        """Newest first; records whose file is gone, and files without one, are left out."""
        found = (read_record(path.with_name(path.name + RECORD)) for path in self._files())
        return sorted((one for one in found if one is not None), key=lambda one: one.created_at, reverse=True)

    def get(self, snapshot_id: UUID) -> Snapshot:
        """One snapshot; NotFound."""
        for one in self.list():
            if one.snapshot_id == snapshot_id:
                return one
        raise NotFound("Diese Sicherung gibt es nicht.")

    def path(self, snapshot: Snapshot) -> Path:
        """Its file."""
        return self.folder / snapshot.file

    def delete(self, snapshot_id: UUID) -> Snapshot:
        """Remove a snapshot; NotFound."""
        snapshot = self.get(snapshot_id)
        with contextlib.suppress(FileNotFoundError):
            self.path(snapshot).unlink()
        record_of(self.path(snapshot)).unlink(missing_ok=True)
        return snapshot

    def prune(self, keep: int) -> int:
        """Remove all but the newest `keep` of those made by the clock; how many went."""
        old = [one for one in self.list() if one.origin == "schedule"][keep:]
        for one in old:
            self.delete(one.snapshot_id)
        return len(old)

    def note_proof(self, proof: Proof, *, tried: bool = True) -> None:
        """Remember a tried restore, with its snapshot when that is here; one that was not even `tried` says nothing of the snapshot.

        To be called within `writing`: another writer would remove the drafts.
        """
        self.folder.mkdir(mode=0o700, exist_ok=True)
        _write(self.folder / "proof.json", facts(proof))
        if not tried:
            return
        with contextlib.suppress(NotFound):
            snapshot = self.get(proof.snapshot_id)
            write_record(self.path(snapshot), replace(snapshot, proof=proof))

    def last_proof(self) -> Proof | None:
        """The latest restore that was tried."""
        return _proof(_read(self.folder / "proof.json"))

    def expect(self, wanted: bool) -> None:
        """Note since when snapshots ought to come by themselves, or that they need not. Without room nothing is noted."""
        note = self.folder / "expected.json"
        with contextlib.suppress(OSError, DiskFull):
            if not wanted:
                note.unlink(missing_ok=True)
            elif self.expected_since() is None:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                _write(note, {"since": datetime.now(UTC).isoformat()})

    def expected_since(self) -> datetime | None:
        """Since when snapshots ought to come by themselves; None when they need not."""
        try:
            return datetime.fromisoformat(_read(self.folder / "expected.json")["since"])
        except (KeyError, TypeError, ValueError):
            return None

    def aside(self, file: str) -> Path:
        """Where a snapshot lies whose maker has yet to exchange its key: not listed, and removed when nobody does so within the hour."""
        return self.folder / f".{file}{ASIDE}"

    @contextlib.contextmanager
    def writing(self, patience: float = 0.0) -> Iterator[Path]:
        """The folder, for one writer at a time; Busy for others, after `patience` seconds. What one left half done is removed."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _locked(lock, time.monotonic() + patience)
            for path in self.folder.glob(f".*{DRAFT}"):
                # The database of a proof that was killed may take a moment to end; then the next writer removes the rest.
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
            for path in self._records():
                if not path.with_name(path.name.removesuffix(RECORD)).exists():
                    path.unlink(missing_ok=True)
            for path in self.folder.glob(f".*{ASIDE}*"):
                with contextlib.suppress(FileNotFoundError):  # its maker comes for it at any time
                    if time.time() - path.stat().st_mtime > ASIDE_SECONDS:
                        path.unlink()
            yield self.folder
        finally:
            os.close(lock)

    def _files(self) -> Iterator[Path]:
        return self._named(SUFFIX, SEALED_SUFFIX)

    def _records(self) -> Iterator[Path]:
        return self._named(SUFFIX + RECORD, SEALED_SUFFIX + RECORD)

    def _named(self, *endings: str) -> Iterator[Path]:
        if self.folder.is_dir():
            yield from (path for path in self.folder.iterdir() if path.name.endswith(endings) and path.name[0] != ".")


def _locked(lock: int, until: float) -> None:
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= until:
                raise Busy("Es wird schon eine Sicherung angelegt oder geprobt.", data={"retry_after": 30}) from None
        time.sleep(LOOK_SECONDS)


class Draft:
    """A file that appears under its name when it is whole; its size and digest are taken on the way."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path, self._file = path, file
        self._hash = hashlib.sha256()
        self.bytes = 0

    def write(self, data: bytes) -> int:
        """Append."""
        self._hash.update(data)
        self.bytes += len(data)
        return self._file.write(data)

    def flush(self) -> None:
        """Hand what is buffered to the system."""
        self._file.flush()

    @property
    def sha256(self) -> str:
        """The digest of all that was written."""
        return self._hash.hexdigest()

    @property
    def binary(self) -> BinaryIO:
        """Itself, as those take it who only write."""
        return cast(BinaryIO, self)


@contextlib.contextmanager
def drafting(target: Path) -> Iterator[Draft]:
    """A file to be written, 0600, that stands at `target` once the block has ended well, and nowhere if not. DiskFull by name."""
    part = target.with_name(f".{target.name}{DRAFT}")
    with no_half(part):
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600), "wb", buffering=1 << 20) as file:
            yield Draft(part, file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    handle = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    os.fsync(handle)
    os.close(handle)


@contextlib.contextmanager
def no_half(*drafts: Path) -> Iterator[None]:
    """Whatever goes wrong in the block, these files do not stay; a full disk is named."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull("Der Datenträger ist voll oder nimmt keine so große Datei auf; es wurde nichts angelegt.") from error
        raise
    finally:
        for path in drafts:
            path.unlink(missing_ok=True)


def file_name(created_at: datetime, snapshot_id: UUID, *, sealed: bool) -> str:
    """What a snapshot's file is called."""
    return f"nova-{created_at.astimezone(UTC):%Y-%m-%dT%H%M%SZ}-{snapshot_id.hex[-8:]}{SEALED_SUFFIX if sealed else SUFFIX}"


def digest(path: Path) -> str:
    """The SHA-256 of a file, as a record has it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def facts(one: Snapshot | Proof) -> dict[str, Any]:
    """As JSON has it."""
    return {name: _told(value) for name, value in asdict(one).items()}


def _told(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _told(part) for name, part in value.items()}
    return str(value) if isinstance(value, UUID) else value


def record_of(file: Path) -> Path:
    """Where a file's record lies."""
    return file.with_name(file.name + RECORD)


def write_record(file: Path, snapshot: Snapshot) -> None:
    """Say what is in a file."""
    _write(record_of(file), facts(snapshot))


def read_record(path: Path) -> Snapshot | None:
    """What a record says, or None when there is none that can be read."""
    found = _read(path)
    try:
        return Snapshot(
            **{
                **found,
                "snapshot_id": UUID(str(found["snapshot_id"])),
                "created_at": datetime.fromisoformat(found["created_at"]),
                "flaws": tuple(found["flaws"]),
                "proof": _proof(found["proof"]),
            }
        )
    except (KeyError, TypeError, ValueError):
        return None


def _proof(found: Any) -> Proof | None:
    try:
        snapshot_id, problems = UUID(str(found["snapshot_id"])), tuple(found["problems"])
        return Proof(**{**found, "at": datetime.fromisoformat(found["at"]), "snapshot_id": snapshot_id, "problems": problems})
    except (KeyError, TypeError, ValueError):
        return None


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(path: Path, value: Mapping[str, Any]) -> None:
    draft = path.with_name(f".{path.name}{DRAFT}")
    with no_half(draft):
        draft.touch(mode=0o600)
        with draft.open("w", encoding="utf-8") as file:
            json.dump(value, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
