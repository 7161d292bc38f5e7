"""Rows of the audit log in, a chain of seals out; the chain and what was written down of it in, the first row that is not as it was out.

A seal covers every seq from the one after the seal before it to its own last. Its leaves name each row in that stretch with the SHA-256 of
what it says; its head is the SHA-256 of itself with the head before. Whoever changes a row must change its seal and every later one, and
then the heads differ from those written down outside the database (`nova.governance.audit.anchors`).
"""

import hashlib
import struct
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from psycopg import Connection

from nova.courtesy import make_way
from nova.governance.audit import anchors
from nova.governance.audit.anchors import Anchor, Written
from nova.records import EPOCH
from nova.store.people import audit as rows
from nova.store.people.audit import AuditContent, Seal
from nova.store.postgres.db import Database

ROWS_A_SEAL = 1_000
MOST_FLAWS = 100
MOST_GAPS = 100
START = bytes(32)
GAPLESS = "audit.gapless"
SCHEME = b"nova audit 1"
LEAF = struct.Struct(">q32s")
FRAME = struct.Struct(">qqqq")


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is not as it was sealed: `seq` is the row, or the first one that it may be; `text` says it in German."""

    kind: str
    seq: int
    seal_id: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers `first` to `last` that no row has. `sealed`: they were missing when their stretch was sealed.

    Before the row GAPLESS a change that failed left its number unused, so such a gap is no flaw; but so did a row that was deleted
    before it was sealed. From there on every number has its row, and a gap is a flaw.
    """

    first: int
    last: int
    sealed: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What looking through the whole log gave. `first` is the first bad row; `restored`: when a snapshot came in its place.

    `missing` counts the numbers that no row has, `gaps` are the latest stretches of them; from `gapless_since` on each is a flaw.
    """

    rows: int
    sealed: int
    unsealed: int
    seals: int
    head: str
    sealed_at: datetime | None
    anchored_at: datetime | None
    anchors: int
    restored: tuple[datetime, ...]
    missing: int
    gaps: tuple[Gap, ...]
    gapless_since: int | None
    flaws: tuple[Flaw, ...]

    @property
    def ok(self) -> bool:
        """Whether everything sealed is as it was."""
        return not self.flaws

    @property
    def first(self) -> Flaw | None:
        """What comes first in the log."""
        return min(self.flaws, key=lambda flaw: flaw.seq, default=None)


def digest(row: AuditContent) -> bytes:
    """The SHA-256 of what a row says, without its seq."""
    made = hashlib.sha256()
    for part in (str(row.us), row.actor, row.action, row.target, row.facts):
        data = part.encode("utf-8", "surrogatepass")
        made.update(len(data).to_bytes(4, "big"))
        made.update(data)
    return made.digest()


def head_of(seal: Seal) -> bytes:
    """What a seal's head must be."""
    at = (seal.sealed_at.astimezone(UTC) - EPOCH) // timedelta(microseconds=1)
    frame = FRAME.pack(seal.seal_id, seal.first_seq, seal.last_seq, at)
    return hashlib.sha256(SCHEME + frame + seal.previous + hashlib.sha256(seal.leaves).digest()).digest()


def seal(db: Database, now: datetime, size: int = ROWS_A_SEAL) -> Seal | None:
    """Seal all rows that have been written, `size` in a stretch; gives the newest seal there is.

    While another process seals, it does the work. Nobody who writes is waited for, and nobody waits.
    """
    with db.transaction() as conn:
        last = rows.last_number(conn)
    while True:
        make_way()
        with db.transaction() as conn:
            newest = rows.last_seal(conn)
            if not rows.lock_seals(conn) or (made := _next(rows.last_seal(conn), conn, last, now, size)) is None:
                return newest
            rows.insert_seal(conn, made)


def _next(newest: Seal | None, conn: Connection[Any], last: int, now: datetime, size: int) -> Seal | None:
    after = newest.last_seq if newest else 0
    said = rows.rows_between(conn, after, last, size)
    if not said:
        return None
    leaves = b"".join(LEAF.pack(row.seq, digest(row)) for row in said)
    draft = Seal(newest.seal_id + 1 if newest else 1, after + 1, said[-1].seq, leaves, newest.head if newest else START, b"", now)
    return replace(draft, head=head_of(draft))


def verify(db: Database, written: Written) -> Verdict:
    """Look through the whole log, row by row, and hold it against what was written down; takes time in proportion to its rows."""
    with closing(rows.Reading(db)) as reading:
        walk = _Walk(written.binding())
        walk.through(reading.seals(), reading.rows(), reading.last_number())
        walk.not_numbered(reading.not_numbered())
    walk.anchored()
    if written.broken:
        walk.flaw("anchor_unreadable", walk.good, None, f"{written.broken} Zeilen der Ankerdatei sind nicht lesbar.")
    last, restored = walk.before, tuple(one.at for one in written.anchors if one.event == "restored")
    days = [one.at for one in written.anchors if one.event == "daily"]
    return Verdict(
        rows=walk.sealed + walk.unsealed,
        sealed=walk.sealed,
        unsealed=walk.unsealed,
        seals=walk.seals,
        head=last.head.hex() if last else "",
        sealed_at=last.sealed_at if last else None,
        anchored_at=max(days, default=None),
        anchors=len(written.anchors),
        restored=restored,
        missing=walk.missing,
        gaps=tuple(walk.gaps),
        gapless_since=walk.gapless,
        flaws=tuple(walk.flaws),
    )


def restored(db: Database, data: Path, now: datetime) -> None:
    """A snapshot has taken the log's place: write that down, and whether it continues what was written down before."""
    with db.transaction() as conn:
        newest = rows.last_seal(conn)
    last = newest.seal_id if newest else 0
    before = [one for one in anchors.read(data).binding() if one.seal_id <= last]
    same = not any(flaw.kind == "rewritten" for flaw in verify(db, Written(tuple(before))).flaws)
    anchors.restored(data, newest, now, same)


@dataclass
class _Walk:
    """What is known so far on the way through the log. `good` is the first row that no anchor confirms."""

    anchors: Sequence[Anchor]
    flaws: list[Flaw] = field(default_factory=list)
    before: Seal | None = None
    sealed: int = 0
    unsealed: int = 0
    seals: int = 0
    good: int = 1
    missing: int = 0
    gapless: int | None = None
    gaps: deque[Gap] = field(default_factory=partial(deque, maxlen=MOST_GAPS))
    heads: dict[int, bytes] = field(default_factory=dict)

    def through(self, seals: Iterable[Seal], said: Iterator[AuditContent], last_number: int) -> None:
        """Every seal with its rows, then the rows that no seal covers, up to the number that was given out last."""
        wanted = {one.seal_id for one in self.anchors}
        row = next(said, None)
        for one in seals:
            make_way()
            self._chained(one)
            present: dict[int, bytes] = {}
            gapless: int | None = None
            while row is not None and row.seq <= one.last_seq:
                present[row.seq] = digest(row)
                gapless = row.seq if gapless is None and row.action == GAPLESS else gapless
                row = next(said, None)
            self._rows(one, present, gapless)
            self.sealed, self.seals, self.before = self.sealed + len(present), self.seals + 1, one
            if one.seal_id in wanted:
                self.heads[one.seal_id] = one.head
        last = self.before.last_seq if self.before else 0
        while row is not None:
            self.unsealed += 1
            self._gap(last + 1, row.seq - 1, sealed=False)
            if self.gapless is None and row.action == GAPLESS:
                self.gapless = row.seq
            last, row = row.seq, next(said, None)
        self._gap(last + 1, last_number, sealed=False)
        if last > last_number:
            text = f"Vergeben sind Nummern bis {last_number}; ab Zeile {last_number + 1} stehen andere."
            self.flaw("row_inserted", last_number + 1, None, text)

    def not_numbered(self, count: int) -> None:
        """Entries that somebody kept from getting a number."""
        if count:
            begins = self.before.last_seq + 1 if self.before else 1
            self.flaw("row_deleted", begins, None, f"{count} Einträge sind nie in das Protokoll gekommen (ab Zeile {begins}).")

    def flaw(self, kind: str, seq: int, seal_id: int | None, text: str) -> None:
        """Note something, up to a number of them."""
        if len(self.flaws) < MOST_FLAWS:
            self.flaws.append(Flaw(kind, seq, seal_id, text))

    def _gap(self, first: int, last: int, *, sealed: bool) -> None:
        if first > last:
            return
        self.missing += last - first + 1
        self.gaps.append(Gap(first, last, sealed))
        if self.gapless is not None and self.gapless < first:
            which = f"Zeile {first}" if first == last else f"Zeilen {first} bis {last}"
            text = f"{which} wurde gelöscht, bevor ein Siegel sie fasste; seit Zeile {self.gapless} hat jede Nummer eine Zeile."
            self.flaw("row_deleted", first, None, text)

    def _chained(self, one: Seal) -> None:
        """Whether a seal follows the one before it, and is itself whole."""
        before = self.before
        expected, begins = (before.seal_id + 1, before.last_seq + 1) if before else (1, 1)
        if one.seal_id != expected:
            self.flaw("seal_deleted", begins, expected, f"Siegel {expected} fehlt; es galt für Zeilen ab {begins}.")
        elif (one.previous, one.first_seq) != (before.head if before else START, begins):
            since = before.first_seq if before else 1
            self.flaw("seal_edited", since, one.seal_id, f"Siegel {one.seal_id} schließt nicht an das Siegel davor an (Zeilen ab {since}).")
        if len(one.leaves) % LEAF.size or head_of(one) != one.head:
            text = f"Siegel {one.seal_id} wurde geändert (Zeilen {one.first_seq} bis {one.last_seq})."
            self.flaw("seal_edited", one.first_seq, one.seal_id, text)

    def _rows(self, one: Seal, present: Mapping[int, bytes], gapless: int | None) -> None:
        """Whether the rows of a stretch are those that were sealed. `gapless`: the row in it from which on every number has its row."""
        whole = len(one.leaves) // LEAF.size * LEAF.size
        sealed = dict(LEAF.iter_unpack(one.leaves[:whole]))
        before = one.first_seq - 1
        for seq in sorted(sealed.keys() | present.keys()):
            self._gap(before + 1, seq - 1, sealed=True)
            self.gapless = gapless if self.gapless is None and seq == gapless else self.gapless
            before = max(before, seq)
        if sealed == present:
            return
        known = set(sealed.values())
        for seq in sorted(sealed.keys() | present.keys()):
            if seq not in present:
                self.flaw("row_deleted", seq, one.seal_id, f"Zeile {seq} wurde gelöscht.")
            elif seq not in sealed:
                self.flaw("row_inserted", seq, one.seal_id, f"Zeile {seq} wurde nachträglich eingefügt.")
            elif sealed[seq] != present[seq]:
                moved = present[seq] in known
                text = f"Zeile {seq} steht nicht an ihrem Platz." if moved else f"Zeile {seq} wurde geändert."
                self.flaw("row_reordered" if moved else "row_edited", seq, one.seal_id, text)

    def anchored(self) -> None:
        """Whether the chain still holds every head that was written down outside the database."""
        last = self.before.seal_id if self.before else 0
        for one in sorted(self.anchors, key=lambda anchor: anchor.seal_id):
            if one.seal_id > last:
                begins = self.before.last_seq + 1 if self.before else 1
                text = f"Das Ende fehlt ab Zeile {begins}: Niedergeschrieben ist Siegel {one.seal_id} bis Zeile {one.last_seq}."
                self.flaw("truncated", begins, one.seal_id, text)
                return
            if self.heads.get(one.seal_id, b"").hex() != one.head:
                text = (
                    f"Siegel {one.seal_id} ist nicht das niedergeschriebene: Neu ist etwas zwischen Zeile {self.good} und {one.last_seq}."
                )
                self.flaw("rewritten", self.good, one.seal_id, text)
                return
            self.good = one.last_seq + 1
