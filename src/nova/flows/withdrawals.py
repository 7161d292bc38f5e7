"""Withdrawals in, a file that outlives every restore out.

An older snapshot knows an older word of a person's: with it their words would come back, and the right to use them. The file lies with the
ledger of erasures and holds pseudonyms, HMACs, purposes and times, never a name. A line is written before the database commits: who is
killed in between has withdrawn at the next start, as they wanted. What could not be written is made up then from the database
(`nova.flows.erasure.reapplied`).
"""

import fcntl
import json
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, get_args
from uuid import UUID

from psycopg import Connection

from nova.errors import Misconfigured
from nova.flows.snapshots.kept import drafting
from nova.logs import get_logger
from nova.ports.people import Purpose
from nova.store.people import people as rows
from nova.store.people.people import ConsentEnd

FILE, LOCK = "withdrawals.jsonl", ".withdrawals.lock"
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Withdrawals:
    """What people withdrew, outside the database: the file in a folder of the ledger."""

    folder: Path

    def all(self) -> list[ConsentEnd]:
        """The latest of each person and purpose; Misconfigured for a line that cannot be read. Half a line at the end is none."""
        path = self.folder / FILE
        lines = path.read_bytes().split(b"\n")[:-1] if path.is_file() else []
        found: dict[tuple[UUID, str], ConsentEnd] = {}
        for number, line in enumerate(lines, 1):
            one = _read(line, f"{path}, Zeile {number}")
            known = found.get((one.subject_id, one.purpose))
            if known is None or known.at < one.at:
                found[one.subject_id, one.purpose] = one
        return list(found.values())

    def add(self, entries: Iterable[ConsentEnd]) -> None:
        """Append; on the disk when this returns."""
        if lines := [_line(one) for one in entries]:
            with self._alone(), (self.folder / FILE).open("ab+") as file:
                _mend(file)
                file.write(b"".join(lines))
                file.flush()
                os.fsync(file.fileno())

    def keep(self, conn: Connection[Any], subject_id: UUID, purposes: Collection[Purpose]) -> None:
        """Keep what a person has withdrawn in this transaction, before its end; the same once more on another attempt is no harm.

        It holds in any case: what stands in the way of the file is logged, and the next start makes it up.
        """
        if not purposes:
            return
        try:
            self.add(one for one in rows.ended(conn, subject_id) if one.purpose in purposes)
        except OSError as error:
            log.warning("withdrawal_not_kept_outside", error=type(error).__name__)

    def unknown(self, conn: Connection[Any]) -> list[ConsentEnd]:
        """Those that the database does not know."""
        return rows.unknown_ended(conn, self.all())

    def take_over(self, entries: Iterable[ConsentEnd]) -> None:
        """Keep the entries of other places here too."""
        known = {(one.subject_id, one.purpose): one.at for one in self.all()}
        self.add(one for one in entries if known.get((one.subject_id, one.purpose), one.at) < one.at or _key(one) not in known)

    def drop(self, subject_id: UUID) -> None:
        """Forget a person who was erased: the ledger of erasures knows them."""
        if not (self.folder / FILE).is_file():
            return
        with self._alone():
            kept = [one for one in self.all() if one.subject_id != subject_id]
            with drafting(self.folder / FILE) as draft:
                draft.write(b"".join(map(_line, kept)))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(self.folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            (self.folder / FILE).touch(mode=0o600)
            yield
        finally:
            os.close(lock)


def _key(one: ConsentEnd) -> tuple[UUID, str]:
    return one.subject_id, one.purpose


def _mend(file: BinaryIO) -> None:
    """Half a line that a crash left goes."""
    if end := file.seek(0, os.SEEK_END):
        file.seek(end - 1)
        if file.read(1) != b"\n":
            file.seek(0)
            file.truncate(file.read().rfind(b"\n") + 1)


def _line(one: ConsentEnd) -> bytes:
    lookup = None if one.lookup is None else one.lookup.hex()
    told = {"subject_id": str(one.subject_id), "lookup": lookup, "purpose": one.purpose, "at": one.at.isoformat()}
    return json.dumps(told, separators=(",", ":")).encode() + b"\n"


def _read(line: bytes, where: str) -> ConsentEnd:
    try:
        found = json.loads(line)
        lookup = None if found["lookup"] is None else bytes.fromhex(found["lookup"])
        one = ConsentEnd(UUID(found["subject_id"]), lookup, found["purpose"], datetime.fromisoformat(found["at"]))
        if one.purpose not in get_args(Purpose) or one.at.tzinfo is None:
            raise ValueError("purpose or at")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Misconfigured(
            f"{where} ist nicht lesbar. Ohne sie ist nicht sicher, dass ein Widerruf nach einer eingespielten Sicherung noch gilt; "
            "stellen Sie die Datei aus einer Kopie wieder her."
        ) from error
    return one
