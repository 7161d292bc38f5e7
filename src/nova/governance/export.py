"""A person in, all that is kept of them as one JSON or a ZIP with their documents out, row by row and never whole in memory."""

import json
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any

from psycopg import Connection

from nova.courtesy import politely
from nova.governance import rights
from nova.governance.people import KnownPeople
from nova.ports import Audit, Objects
from nova.privacy import strict_scan
from nova.records import Caller, Person
from nova.store.people import personal
from nova.store.people import rights as rows
from nova.store.people.personal import Ids
from nova.store.postgres.db import Database
from nova.unseen import escaped_json

FORMAT = "nova-export/1"
DATA, READ_ME = "daten.json", "LIESMICH.txt"
SPILL = 8 << 20
AT_ONCE = 100  # rows, some milliseconds
SAID = ("text", "question", "answer", "notes")  # columns in which people's words stand
SCANNED = {"turns", "answers", "rag_feedback"}
TOLD = """Diese Datei enthält alles, was Nova über Sie gespeichert hat (Auskunft und Datenübertragbarkeit, Art. 15 und 20 DSGVO).

daten.json      alle Einträge, nach Tabellen; "tokens" sagt, wofür Kennzeichen wie [NAME_7KQ2MX] in Ihren Texten stehen
dokumente/      die Dateien, die Sie hochgeladen haben, mit ihren Fassungen
"""
MISSING = "\nDiese Dateien liegen nicht mehr im Speicher; ihre Einträge stehen in daten.json:\n"


@dataclass(frozen=True, slots=True)
class Exported:
    """An anonymous file, read from its beginning; `foreign` counts values by kind that may be another person's."""

    file: IO[bytes]
    size: int
    foreign: Mapping[str, int]


InDatasets = Callable[[Connection[Any], Sequence[bytes]], Iterable[Mapping[str, Any]]]
"""Gives the rows that people of these HMACs have in versions of datasets, as JSON objects."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """What an export needs."""

    db: Database
    objects: Objects
    people: KnownPeople
    datasets: InDatasets

    def as_json(self, person: Person, now: datetime) -> Exported:
        """One JSON object: who, the rows by table and in datasets, what tokens stand for, and what refers to what was asked."""
        file = _room()
        foreign = self._write(file, person, now)
        return _done(file, foreign)

    def as_zip(self, person: Person, now: datetime) -> Exported:
        """The same, with the files of the person's documents; what the store has lost is named."""
        file, missing = _room(), ""
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            with archive.open(DATA, "w", force_zip64=True) as member:
                foreign = self._write(member, person, now)
            for name, key in self._files(person):
                if not self.objects.exists(key):
                    missing += f"{name}\n"
                    continue
                with archive.open(f"dokumente/{name}", "w", force_zip64=True) as member:
                    for block in self.objects.blocks(key):
                        member.write(block)
            archive.writestr(READ_ME, TOLD + (MISSING + missing if missing else ""))
        return _done(file, foreign)

    def _write(self, file: IO[bytes], person: Person, now: datetime) -> Mapping[str, int]:
        with self.db.long_transaction() as conn:
            conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            found = rows.belongings(conn, person)
            tokens = rights.vault_of(conn, self.people, person)
            scan = _Foreign(tokens)
            who = {"subject_id": person.subject_id, "user_id": person.user_id, "external_id": person.external_id}
            _put(file, b'{"format":', FORMAT, b',"made_at":', now.isoformat(), b',"person":', who, b',"tables":{')
            for number, (table, parts) in enumerate(_tables(conn).items()):
                _put(file, b"," if number else b"", table, b":[")
                self._rows(file, conn, parts, found.ids, scan)
                _put(file, b"]")
            _put(file, b'},"datasets":[')
            for number, told in enumerate(self.datasets(conn, found.ids.lookup)):
                _put(file, b"," if number else b"", told)
            rest = {"tokens": tokens, "elsewhere": rows.elsewhere(conn, found.ids), "foreign": scan.counts}
            _put(file, b"],", _json(rest)[1:])
            return dict(scan.counts)

    def _rows(self, file: IO[bytes], conn: Connection[Any], parts: list[personal.Personal], ids: Ids, scan: "_Foreign") -> None:
        first = True
        for one in parts:
            if not getattr(ids, one.key):
                continue
            for told in politely(personal.rows(conn, one, ids), AT_ONCE):
                if one.table in SCANNED:
                    scan.look(told)
                _put(file, b"" if first else b",", told)
                first = False

    def _files(self, person: Person) -> Iterator[tuple[str, str]]:
        """Where each file of a document comes to lie, and its key."""
        with self.db.transaction() as conn:
            found = rows.documents(conn, person)
        for row in found:
            plain = "".join(sign if sign.isalnum() or sign in "._- " else "_" for sign in row["filename"]).lstrip(".") or "datei"
            yield f"{row['item_id']}/{row['version']}-{plain}", f"docs/raw/{row['sha256']}"


class DataExport:
    """The right of access: what is kept of a person, handed out and noted in the audit log."""

    def __init__(self, exporter: Exporter, audit: Audit) -> None:
        self._exporter, self._audit = exporter, audit

    def make(self, caller: Caller, who: Person, *, packed: bool) -> Exported:
        """All that is kept of somebody, `packed` with their documents in a ZIP; the reader closes the file.

        Its entry in the audit log is committed once the file is made, whose size it says, and before its first byte leaves.
        """
        now = datetime.now(UTC)
        made = self._exporter.as_zip(who, now) if packed else self._exporter.as_json(who, now)
        facts = {"bytes": made.size, "zip": packed, "foreign": sum(made.foreign.values())}
        with self._exporter.db.transaction() as conn:
            self._audit.record(caller, "data.exported", str(who.subject_id), facts, connection=conn)
        return made


class _Foreign:
    """Counts what looks personal in somebody's texts and is none of their own values."""

    def __init__(self, tokens: Mapping[str, str]) -> None:
        self._own = {_bare(value) for value in tokens.values()}
        self.counts: Counter[str] = Counter()

    def look(self, row: Mapping[str, Any]) -> None:
        for name in SAID:
            text = row.get(name)
            if isinstance(text, str) and text:
                self.counts.update(span.kind for span in strict_scan(text) if _bare(text[span.start : span.end]) not in self._own)


def _bare(value: str) -> str:
    return "".join(sign for sign in value.casefold() if sign.isalnum())


def _tables(conn: Connection[Any]) -> dict[str, list[personal.Personal]]:
    found: dict[str, list[personal.Personal]] = {}
    for one in personal.there(conn):
        if one.export:
            found.setdefault(one.table, []).append(one)
    return found


def _room() -> IO[bytes]:
    """A file without a name: nothing of it stays on the disk."""
    return tempfile.SpooledTemporaryFile(max_size=SPILL)


def _put(file: IO[bytes], *parts: Any) -> None:
    """Bytes as they are, everything else as JSON."""
    for part in parts:
        file.write(part if isinstance(part, bytes) else _json(part))


def _json(value: Any) -> bytes:
    return escaped_json(json.dumps(value, ensure_ascii=False, default=str).encode())


def _done(file: IO[bytes], foreign: Mapping[str, int]) -> Exported:
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    return Exported(file, size, foreign)
