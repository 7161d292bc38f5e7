"""A file or an address in; a receipt out: the raw file stored, the item's row and its ingest job committed together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, BinaryIO, Literal
from uuid import UUID

from psycopg import Connection
from psycopg import errors as sql_errors

from nova.errors import Duplicate, InfectedFile, InvalidInput
from nova.knowledge.files import placing
from nova.knowledge.inspection import FileInspection
from nova.knowledge.kinds import INGEST
from nova.ports import Audit, Fetcher, Objects
from nova.ports.jobs import Jobs
from nova.records import Caller
from nova.roles import Role
from nova.store.documents import items
from nova.store.documents.items import Known, NewFile, NewItem
from nova.store.ids import uuid7
from nova.store.people import usage
from nova.store.postgres.db import Database

Replace = Literal["none", "name"]
KINDS = ("document", "regulation", "note")
SOURCES = ("upload", "crawler", "api")
MAX_TAGS = 20
MAX_TAG = 60


@dataclass(frozen=True, slots=True)
class Intake:
    """What receiving needs of the outside. `inspection` looks at a file before anything of it is stored.

    `librarians` are the roles whose documents are the company's, as those of everybody with `library` are; all others' are their own.
    `allowed` is what each person may keep.
    """

    db: Database
    objects: Objects
    jobs: Jobs
    audit: Audit
    inspection: FileInspection
    librarians: frozenset[Role] = frozenset()
    allowed: usage.Amounts = usage.NO_LIMIT

    def owner_of(self, caller: Caller) -> UUID | None:
        """Whose a document is that the caller brings; None for the company."""
        return None if caller.may("library") or caller.role in self.librarians else caller.user_id


@dataclass(frozen=True, slots=True)
class Labels:
    """What the sender says of a document: kind, source and tags."""

    kind: str = "document"
    source: str = "upload"
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """An acknowledged document: from here on it is not lost. `status` is that of the item."""

    item_id: UUID
    version: int
    sha256: str
    job_id: UUID
    status: str


@dataclass(frozen=True, slots=True)
class _Accepted:
    item_id: UUID
    version: int
    status: str


@dataclass(frozen=True, slots=True)
class _Arrival:
    data: bytes
    file: NewFile
    labels: Labels
    url: str | None
    replace: Replace


def receive_file(intake: Intake, caller: Caller, stream: BinaryIO, filename: str, labels: Labels, replace: Replace = "none") -> Receipt:
    """Take a file's bytes. With `replace="name"` a known file name means a new version of that item.

    Raises UnsupportedFile, TooLarge, InvalidInput, InfectedFile, ServerAbsent (a scanner is configured and does not answer), Duplicate
    (with the item) when the same content is already there, QuotaExceeded and QuotaForNow.
    """
    data = intake.inspection.read(stream)
    file = intake.inspection.identify(data, clean_filename(filename))
    return _receive(intake, caller, _Arrival(data, file, clean_labels(labels), None, replace))


def receive_url(intake: Intake, fetcher: Fetcher, caller: Caller, url: str, labels: Labels) -> Receipt:
    """Fetch an address and take what it holds; changed content of a known address is a new version of its item.

    Raises BlockedAddress, ServerAbsent and what `receive_file` raises.
    """
    fetched = fetcher.fetch(url)
    if not fetched.data:
        raise InvalidInput("Unter dieser Adresse steht nichts: Die Antwort ist leer.")
    file = intake.inspection.identify(fetched.data, clean_filename(fetched.filename))
    return _receive(intake, caller, _Arrival(fetched.data, file, clean_labels(labels), fetched.url, "none"))


class DocumentReception:
    """Documents that people bring. `intake` gives what receiving needs at this moment."""

    def __init__(self, intake: Callable[[], Intake], fetcher: Fetcher) -> None:
        self._intake, self._fetcher = intake, fetcher

    def file(self, caller: Caller, stream: BinaryIO, filename: str, labels: Labels, replace: Replace) -> Receipt:
        """Take a file's bytes; as `receive_file`."""
        return receive_file(self._intake(), caller, stream, filename, labels, replace)

    def address(self, caller: Caller, url: str, labels: Labels) -> Receipt:
        """Fetch an address and take what it holds; as `receive_url`."""
        return receive_url(self._intake(), self._fetcher, caller, url, labels)


def clean_filename(filename: str) -> str:
    """A name to show, never a path: last part only, no control characters, at most 200 characters."""
    name = PurePath(filename.replace("\\", "/")).name
    name = "".join(char for char in name if char.isprintable()).strip()
    return name[-200:] or "dokument"


def title_from(filename: str) -> str:
    """What a document is called until it is read: its file's name without the ending."""
    return PurePath(filename).stem or filename


def named_after_file(row: Mapping[str, Any]) -> bool:
    """Whether an item (`title`, `item_filename`) is still called after its file, so that nobody has given it a title."""
    return bool(row["title"] == title_from(row["item_filename"]))


def clean_labels(labels: Labels) -> Labels:
    """Checked labels with tidy tags; InvalidInput names what is wrong."""
    if labels.kind not in KINDS:
        raise InvalidInput(f"Die Art „{labels.kind}“ gibt es nicht. Möglich sind: {', '.join(KINDS)}.")
    if labels.source not in SOURCES:
        raise InvalidInput(f"Die Herkunft „{labels.source}“ gibt es nicht. Möglich sind: {', '.join(SOURCES)}.")
    return Labels(labels.kind, labels.source, clean_tags(labels.tags))


def clean_tags(tags: Sequence[str]) -> tuple[str, ...]:
    """Distinct trimmed tags in order, without control characters; InvalidInput when there are too many or one is too long."""
    shown = ("".join(char for char in " ".join(tag.split()) if char.isprintable()).strip() for tag in tags)
    tidy = tuple(dict.fromkeys(tag for tag in shown if tag))
    if len(tidy) > MAX_TAGS:
        raise InvalidInput(f"Höchstens {MAX_TAGS} Schlagwörter sind möglich, angegeben sind {len(tidy)}.")
    for tag in tidy:
        if len(tag) > MAX_TAG:
            raise InvalidInput(f"Ein Schlagwort darf höchstens {MAX_TAG} Zeichen haben.")
    return tidy


def _receive(intake: Intake, caller: Caller, arrival: _Arrival) -> Receipt:
    owner, sha256 = intake.owner_of(caller), arrival.file.sha256
    _scan(intake, caller, arrival)
    try:
        with placing(intake.db, intake.objects) as place, intake.db.transaction() as conn:
            items.lock_content(conn, sha256)
            _lock_place(conn, arrival, owner)
            same = _same(conn, sha256, owner)
            known = None if same else _predecessor(conn, arrival, owner)
            usage.require(conn, intake.allowed, owner, _more(arrival.file, same, known))
            place.raw(sha256, arrival.data)
            accepted = _again(conn, same, arrival.file) if same else _store(conn, arrival, owner, known)
            args = {"item_id": str(accepted.item_id), "version": accepted.version}
            title = arrival.file.filename
            job_id = intake.jobs.start(INGEST, args, title=title, item_id=accepted.item_id, owner=caller.user_id, connection=conn)
            facts = {"version": accepted.version, "sha256": sha256}
            intake.audit.record(caller, "item.received", str(accepted.item_id), facts, connection=conn)
    except sql_errors.UniqueViolation:
        with intake.db.transaction() as conn:
            other = items.by_content(conn, sha256, owner)
        if other is None:
            raise
        raise _duplicate(other) from None
    return Receipt(accepted.item_id, accepted.version, sha256, job_id, accepted.status)


def _scan(intake: Intake, caller: Caller, arrival: _Arrival) -> None:
    """Let the scanner see it; what it found is noted by itself, since nothing is stored. InfectedFile, ServerAbsent."""
    try:
        intake.inspection.scan(arrival.data, arrival.file)
    except InfectedFile as error:
        facts = {"finding": error.data["finding"], "bytes": arrival.file.bytes}
        with intake.db.transaction() as conn:
            intake.audit.record(caller, "file.infected", arrival.file.sha256, facts, connection=conn)
        raise


def _same(conn: Connection[Any], sha256: str, owner: UUID | None) -> Known | None:
    """The item whose reading of this content failed, locked, if it is still there; Duplicate when one holds it."""
    same = items.by_content(conn, sha256, owner)
    if same is None or same.status != "failed":
        now = same
    else:
        now = items.by_content(conn, sha256, owner) if items.lock(conn, same.item_id) else None
    if now is not None and now.status != "failed":
        raise _duplicate(now)
    return now


def _more(file: NewFile, same: Known | None, known: Known | None) -> usage.Amounts:
    """What a file adds to what its owner keeps: nothing where it is only read again."""
    return usage.Amounts(documents=not (same or known), bytes=0 if same else file.bytes, jobs=1)


def _store(conn: Connection[Any], arrival: _Arrival, owner: UUID | None, known: Known | None) -> _Accepted:
    if known is not None:
        status = "queued" if known.status == "failed" else known.status
        return _Accepted(known.item_id, items.add_version(conn, known.item_id, arrival.file), status)
    labels, name = arrival.labels, arrival.file.filename
    item = NewItem(uuid7(), owner, labels.kind, labels.source, title_from(name), name, labels.tags, arrival.url)
    return _Accepted(item.item_id, items.insert(conn, item, arrival.file), "queued")


def _lock_place(conn: Connection[Any], arrival: _Arrival, owner: UUID | None) -> None:
    """Wait for others that bring the same address or name: after the content's lock and before any row's, so that none waits crosswise."""
    if arrival.url:
        items.lock_place(conn, "url", arrival.url, owner)
    elif arrival.replace == "name":
        items.lock_place(conn, "name", arrival.file.filename, owner)


def _predecessor(conn: Connection[Any], arrival: _Arrival, owner: UUID | None) -> Known | None:
    if arrival.url:
        return items.by_url(conn, arrival.url, owner)
    return items.by_filename(conn, arrival.file.filename, owner) if arrival.replace == "name" else None


def _again(conn: Connection[Any], failed: Known, file: NewFile) -> _Accepted:
    """The same content came again after it could not be read: read it once more, as what it is taken for now."""
    row = items.version_to_read(conn, failed.item_id, failed.version)
    title = title_from(file.filename) if row and named_after_file(row) else failed.title
    items.requeue(conn, failed.item_id, failed.version, file, title)
    return _Accepted(failed.item_id, failed.version, "queued")


def _duplicate(same: Known) -> Duplicate:
    return Duplicate(
        f"Dieses Dokument ist schon vorhanden: „{same.title}“.",
        data={"item_id": str(same.item_id), "title": same.title, "sha256": same.sha256},
    )
