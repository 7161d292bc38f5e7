"""A connector's parcels in, stored rows and a cursor that moved with them out: a parcel is one transaction, and once in effect.

Whoever moves a feed holds its row while a parcel is stored, so two never move one at a time and a cursor never goes back.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection

from nova.energy.delivery.border import COMPANY, SIMULATOR, Sender, grant
from nova.energy.formats.parsed import ParsedRows, describe, unpack
from nova.energy.formats.report import NAMES, Report
from nova.errors import InvalidInput, NotAllowed, TooLarge, UnreadableFile
from nova.ports import REFUSED_PARCEL, Connector, Parcel
from nova.store.postgres.db import Database
from nova.store.series import batches, meters, prices, readings, signals
from nova.store.series.put import Stored

COLUMNS = "columns"  # what `pack` writes: rows that Nova itself made
SIMULATION = "simulator"  # the feed's name
LONGEST_ERROR = 500


@dataclass(frozen=True, slots=True)
class Delivery:
    """A parcel on its way into the store: the feed it came by, and who sends by it."""

    parcel: Parcel
    source: str
    sender: Sender = COMPANY

    def batch(self, form: str) -> batches.NewBatch:
        """The batch that its rows are of."""
        return batches.NewBatch(self.source, form, self.parcel.name, owner=self.sender.owner, sent_by=self.sender.user_id)


Store = Callable[[Connection[Any], Delivery], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Intake:
    """Where parcels go. `store` reads a file and stores its rows in the caller's transaction, and gives its report; InvalidInput,
    UnreadableFile or TooLarge when nothing of it can be read.
    """

    db: Database
    store: Store


@dataclass(frozen=True, slots=True)
class MovedParcels:
    """What came: parcels, and rows that were new or corrected; `reports` are those of the parcels."""

    parcels: int
    rows: int
    reports: tuple[Mapping[str, Any], ...]


def move(
    intake: Intake, feed: Connector, now: datetime, *, sender: Sender = COMPANY, go_on: Callable[[], bool] = lambda: True
) -> MovedParcels:
    """Take what there is, as long as `go_on` says so. NotFound for a feed without a row; ServerAbsent, Busy or InvalidInput as it comes."""
    with intake.db.transaction() as conn:
        cursor = batches.feed(conn, feed.name).cursor
    reports = []
    for parcel in feed.take(cursor, now):
        report = _keep(intake, Delivery(parcel, feed.name, SIMULATOR if feed.name == SIMULATION else sender))
        feed.stored(parcel, report)
        reports.append(report)
        if not go_on():
            break
    return MovedParcels(len(reports), sum(rows_of(report) for report in reports), tuple(reports))


def rows_of(report: Mapping[str, Any]) -> int:
    """How many rows a report says were stored anew or corrected."""
    stored = report.get("stored") or {}
    return int(stored.get("new", 0)) + int(stored.get("corrected", 0))


def _keep(intake: Intake, delivery: Delivery) -> Mapping[str, Any]:
    """Store a parcel and its feed's cursor together; what cannot be read is refused for good, with the reason."""
    parcel = delivery.parcel
    try:
        with intake.db.transaction() as conn:
            batches.feed(conn, delivery.source, lock=True)
            report = _store(conn, intake.store, delivery)
            batches.advance(conn, delivery.source, parcel.cursor, rows_of(report))
    except (InvalidInput, UnreadableFile, TooLarge, NotAllowed) as error:
        with intake.db.transaction() as conn:
            batches.feed(conn, delivery.source, lock=True)
            report = _refused(conn, delivery, [{"where": parcel.name, "why": error.message}])
            batches.advance(conn, delivery.source, parcel.cursor, 0)
    return report


def _store(conn: Connection[Any], store: Store, delivery: Delivery) -> Mapping[str, Any]:
    parcel = delivery.parcel
    if parcel.format == REFUSED_PARCEL:
        return _refused(conn, delivery, json.loads(parcel.data))
    if not parcel.data:
        return {}
    if parcel.format == COLUMNS:
        return _columns(conn, delivery)
    return store(conn, delivery)


def _refused(conn: Connection[Any], delivery: Delivery, faults: list[Mapping[str, str]]) -> Mapping[str, Any]:
    """Note a parcel of which nothing was taken."""
    told = Report(format=delivery.parcel.format)
    for fault in faults:
        told.refuse(fault["why"][:LONGEST_ERROR], 1, [fault["where"]])
    report = {**told.as_dict(), "state": "refused"}
    batches.close(conn, batches.open(conn, delivery.batch(delivery.parcel.format or "?")), report, "refused")
    return report


def columns(parsed: ParsedRows) -> bytes:
    """Rows as a parcel's data of the format COLUMNS: a line of JSON, then the columns' bytes."""
    from nova.energy.formats.parsed import pack

    head, body = pack(parsed, {})
    return json.dumps(head).encode() + b"\n" + body


def _columns(conn: Connection[Any], delivery: Delivery) -> Mapping[str, Any]:
    """Store rows that Nova itself made, of meters that there are: one that was deleted does not come again by itself."""
    allowed = grant(conn, delivery.sender)
    head, _, body = delivery.parcel.data.partition(b"\n")
    parsed = unpack(json.loads(head), body)
    known = meters.hold_known(conn, [one.meter_id for one in parsed.readings])
    parsed.readings = [one for one in parsed.readings if one.meter_id in known]
    parsed = allowed.admit(conn, parsed)
    batch = batches.open(conn, delivery.batch(COLUMNS))
    stored = put(conn, parsed, batch)
    _tell(parsed)
    report = {**parsed.report.as_dict(), "stored": counts(stored), "state": "done"}
    batches.close(conn, batch, report)
    return report


def _tell(parsed: ParsedRows) -> None:
    """Say in the report what the rows are of."""
    told = parsed.report
    told.accepted = parsed.rows()
    told.meters = [one.meter_id for one in parsed.readings][:NAMES]
    told.meter_count = len(parsed.readings)
    told.others = describe(parsed.prices, parsed.signals)[:NAMES]
    every = [*(one.ts for one in parsed.readings), *(one.ts for one in parsed.prices), *(one.ts for one in parsed.signals)]
    for ts in every:
        if len(ts):
            told.cover(int(ts[0]), int(ts[-1]) + 1)


def put(conn: Connection[Any], parsed: ParsedRows, batch: int, *, again: bool = False) -> Stored:
    """Store all that a grant admitted, in the caller's transaction. With `again` what was replaced before may come back."""
    stored = readings.put(conn, parsed.readings, batch, again=again)
    stored += prices.put(conn, parsed.prices, batch, again=again)
    return stored + signals.put(conn, parsed.signals, batch, again=again)


def counts(stored: Stored) -> dict[str, int]:
    """As a report shows it."""
    names = ("new", "same", "corrected", "kept", "overlapping")
    return {name: getattr(stored, name) for name in names}
