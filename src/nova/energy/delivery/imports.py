"""Bytes of a file in, stored rows and a report out: all of them or none, and the same content once.

Files are hostile: a child reads them, a large table in parts. What comes back is checked before it is stored.
"""

import gzip
import hashlib
import io
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.energy.delivery.border import COMPANY, Sender, grant
from nova.energy.delivery.feeds import Delivery, Store, counts, put
from nova.energy.formats.child import HERE, TABLES
from nova.energy.formats.parsed import Options, ParsedRows, unpack
from nova.energy.formats.report import Report
from nova.energy.formats.sniff import FORMATS, HEAD, sniff
from nova.errors import InvalidInput, NotAllowed, NovaError, TooLarge, UnreadableFile
from nova.ports import Children
from nova.store.postgres.db import Database
from nova.store.series import batches
from nova.store.series.put import Stored

PART = 8 * 1024**2  # of a table; some seconds in a child
WHOLE = 48 * 1024**2  # of a document that is read at once
PATIENT_FROM = 8 * 1024**2
UNPACKED = 256 * 1024**2  # of a file that came packed
GZIP = b"\x1f\x8b"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
Step = Callable[[int, int], None]
Last = Callable[[Connection[Any], Mapping[str, Any]], None]
UPLOAD = "upload"
MANY_SENDERS = ("drop",)  # anybody's files lie in that folder
REFUSALS = (InvalidInput, UnreadableFile, TooLarge, NotAllowed)


@dataclass(frozen=True, slots=True)
class DeliveredFile:
    """A file as it came: its content, what is said of it, where it came from and who sent it.

    Files that are `read_with` the same word may be read by one child; without one each has its own.
    """

    data: bytes
    options: Options = field(default_factory=Options)
    source: str = UPLOAD
    sender: Sender = COMPANY
    job_id: UUID | None = None
    read_with: str = ""

    @property
    def digest(self) -> str:
        """What makes the same content known again; the sender's words count where they change what it means."""
        said = {name: value for name, value in asdict(self.options).items() if value and name != "name"}
        if self.options.name.endswith(".json"):
            said["name"] = self.options.name  # of SMARD's charts only the name says what they are
        more = json.dumps(said, sort_keys=True).encode() if said else b""
        return hashlib.sha256(hashlib.sha256(self.data).digest() + more if more else self.data).hexdigest()

    def batch(self, form: str) -> batches.NewBatch:
        """The batch that its rows are of."""
        name, sender = self.options.name[:200], self.sender
        return batches.NewBatch(self.source, form, name, self.digest, sender.owner, self.job_id, sender.user_id)


def nothing(_done: int, _total: int) -> None:
    """A step that tells nobody."""


def take(db: Database, children: Children, given: DeliveredFile, *, step: Step = nothing, last: Last | None = None) -> Mapping[str, Any]:
    """Store a file in one transaction and give its report; one that is refused stores its report and nothing else.

    `step` hears how many bytes are read; `last` is called with the connection and the report right before the commit. Raises what these
    two raise, and Busy, ServerAbsent or DiskFull as the database does; a file's faults are in the report (`state` "refused").
    """
    try:
        with db.transaction() as conn:
            report = store(conn, children, given, step)
            if last is not None:
                last(conn, report)
    except REFUSALS as error:
        with db.transaction() as conn:
            report = refused(conn, given, error)
            if last is not None:
                last(conn, report)
    return report


def store(conn: Connection[Any], children: Children, given: DeliveredFile, step: Step = nothing) -> Mapping[str, Any]:
    """Store a file in the caller's transaction. What a person sends counts although it was replaced before; what a feed repeats does not.

    InvalidInput, UnreadableFile or TooLarge when nothing of it can be read, NotAllowed when the sender may not write something of it.
    """
    allowed = grant(conn, given.sender)
    known = batches.of_content(conn, given.digest, given.sender.owner)
    if known is not None:
        return {**known.report, "state": "known", "batch_id": known.batch_id, "stored": counts(Stored())}
    form = format_of(given)
    allowed.require_form(form)
    batch = batches.open(conn, given.batch(form))
    report, stored = Report(format=form), Stored()
    for part in parts(children, given, form, step):
        part = allowed.admit(conn, part)
        more = put(conn, part, batch, again=given.source == UPLOAD)
        report.add(part.report)
        stored += more
    _judge(report, stored)
    return _close(conn, batch, report, stored)


def refused(conn: Connection[Any], given: DeliveredFile, error: NovaError) -> Mapping[str, Any]:
    """Note a file of which nothing was taken, and why."""
    form = _guessed(given)
    report = Report(format=form)
    report.refuse(error.message[:500], 0, [given.options.name[:200]] if given.options.name else [])
    told = _close(conn, batches.open(conn, given.batch(form)), report, Stored())
    return {**told, "code": error.code}


def _guessed(given: DeliveredFile) -> str:
    try:
        return format_of(given)
    except InvalidInput:
        return "?"


def format_of(given: DeliveredFile) -> str:
    """The file's format: what the sender says, or what the content shows. InvalidInput, UnsupportedFile."""
    said = given.options.format
    if said and said not in FORMATS:
        raise InvalidInput(f"Das Format „{said[:20]}“ gibt es nicht; es gibt {', '.join(FORMATS)}.")
    return said or sniff(plain(_unpacked_head(given.data)))


def plain(data: bytes) -> bytes:
    """UTF-16 as UTF-8, everything else as it is."""
    if data[:2] not in UTF_16:
        return data
    return data[: len(data) // 2 * 2].decode("utf-16", "replace").encode()


def _unpacked_head(data: bytes) -> bytes:
    """The first bytes of what a file holds."""
    if data[:2] != GZIP:
        return data[:HEAD]
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data[:HEAD], HEAD)
    except zlib.error:
        raise InvalidInput("Die gepackte Datei ist fehlerhaft.") from None


def unpacked(data: bytes, name: str) -> bytes:
    """What a file packed with gzip holds; any other as it is. InvalidInput for a damaged one, TooLarge."""
    if data[:2] != GZIP:
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            found = packed.read(UNPACKED + 1)
    except EOFError:
        raise InvalidInput(f"„{name}“ ist gepackt und abgeschnitten.") from None
    except (OSError, zlib.error):
        raise InvalidInput(f"„{name}“ ist gepackt und fehlerhaft.") from None
    if len(found) > UNPACKED:
        raise TooLarge(f"„{name}“ ist ausgepackt größer als {UNPACKED // 1024**2} MiB.")
    return found


def parts(children: Children, given: DeliveredFile, form: str, step: Step = nothing) -> Iterator[ParsedRows]:
    """What the file holds, part by part in its order. InvalidInput, UnreadableFile, TooLarge."""
    name = given.options.name or "Datei"
    data = plain(unpacked(given.data, name))
    if form not in TABLES and len(data) > WHOLE:
        raise TooLarge(f"„{name}“ ist größer als {WHOLE // 1024**2} MiB; Dateien dieses Formats werden als Ganzes gelesen.")
    state: Mapping[str, Any] = {}
    at, own = 0, given.read_with or given.digest
    while at < len(data):
        step(at, len(data))
        end = _end(data, at) if form in TABLES else len(data)
        args = {"format": form, "options": asdict(given.options), "state": dict(state)}
        value, body = children.run(
            f"{HERE}:parse", args, data[at:end], name=name, own=own, patient=form not in TABLES and len(data) > PATIENT_FROM
        )
        parsed, state = _checked(value, body, name)
        yield parsed
        at = end
    step(len(data), len(data))


def _end(data: bytes, at: int) -> int:
    """Where the part that begins at `at` ends: behind a line break, where there is one."""
    if at + PART >= len(data):
        return len(data)
    found = data.rfind(b"\n", at, at + PART)
    return at + PART if found < 0 else found + 1


def _checked(value: Any, body: bytes, name: str) -> tuple[ParsedRows, Mapping[str, Any]]:
    """A child's reply, which is believed no more than the file that it read."""
    try:
        return unpack(value, body), dict(value["state"])
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError):
        raise UnreadableFile(f"„{name}“ ließ sich nicht lesen: das Ergebnis ist fehlerhaft.") from None


def _judge(report: Report, stored: Stored) -> None:
    """Say of rows that the store did not take why it did not, and of a file without rows that it has none."""
    if not report.taken() and not report.refused:
        report.refuse("Die Datei enthält keine Werte", 0)
    if stored.overlapping:
        where = f"{stored.overlap[0]}, {datetime.fromtimestamp(stored.overlap[1], UTC):%Y-%m-%dT%H:%M:%SZ}" if stored.overlap else ""
        report.accepted -= min(stored.overlapping, report.accepted)
        report.refuse("Intervall überschneidet ein gespeichertes von anderer Länge oder Lage", stored.overlapping, [where])
    if stored.kept:
        report.note("gespeicherte Werte bleiben: sie sind von höherer Güte oder neuer", stored.kept)


def _close(conn: Connection[Any], batch: int, report: Report, stored: Stored) -> Mapping[str, Any]:
    state: batches.State = "done" if report.taken() else "refused"
    told = {**report.as_dict(), "state": state, "batch_id": batch, "stored": counts(stored)}
    batches.close(conn, batch, told, state)
    return told


def feed_store(children: Children) -> Store:
    """What stores the parcels of feeds. Messages of one feed come by the second and from one sender: they share a child."""

    def stored(conn: Connection[Any], delivery: Delivery) -> Mapping[str, Any]:
        parcel = delivery.parcel
        options = Options(name=parcel.name, format=parcel.format)
        given = DeliveredFile(parcel.data, options, delivery.source, delivery.sender, read_with=_read_with(delivery))
        return store(conn, children, given)

    return stored


def _read_with(delivery: Delivery) -> str:
    return "" if delivery.source in MANY_SENDERS else f"feed {delivery.source}"
