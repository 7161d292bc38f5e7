"""Series of rows in, the same in their table, with what they replaced kept beside: what readings, prices and signals share.

Rows of a series are compared with what is stored before anything is written. Equal ones write nothing, new ones go in by COPY, others
replace what is there and leave a version. An interval that overlaps a stored one of the series and is not the same interval is not stored.
A lower quality never replaces a higher one, and a row that has been replaced before does not come back by being sent again: feeds deliver
at least once and in any order. `again` does away with the second, for a file that a person sends, and `insist` with both.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection
from psycopg.rows import tuple_row

from nova.courtesy import make_way
from nova.errors import InvalidInput
from nova.series import QUALITIES, Codes, Times, Values
from nova.store import queries
from nova.store.series import copy_rows
from nova.store.series import room as series_room
from nova.store.series.copy_rows import Bigints, Column, Doubles, Field, Integers, Texts

SQL = queries.load("series")
LOCKS = 0x5E51E5
SLOTS = 256  # so that a transaction over very many series stays within the server's lock table
AT_ONCE = 100_000  # rows compared and copied at a time
A_WRITE = 2_000  # rows, some 200 KB: they fit into the processor's cache and the socket
LONGEST = 86_400
EARLIEST, LATEST = 946_684_800, 2_524_608_000  # 2000 and 2050: a month outside would be a slip, and a partition of its own
# measured, substitute, preliminary, missing, simulated
RANK = np.array([2, 1, 1, 0, 0], np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Strand:
    """Rows of one series in ascending order. `key` names the series, `rules` begins with "" for none."""

    key: tuple[str, ...]
    seconds: int
    ts: Times
    values: tuple[Values, ...]
    quality: Codes
    rule: Codes | None = None
    rules: tuple[str, ...] = ("",)

    def __len__(self) -> int:
        return len(self.ts)

    def take(self, which: NDArray[np.bool_] | NDArray[np.intp] | slice) -> "Strand":
        """Only these rows."""
        values = tuple(value[which] for value in self.values)
        rule = None if self.rule is None else self.rule[which]
        return replace(self, ts=self.ts[which], values=values, quality=self.quality[which], rule=rule)


@dataclass(frozen=True, slots=True)
class Kind:
    """A table of series. `copy` takes new rows in PostgreSQL's binary format.

    `apart`: intervals of another length are another series; `ruled`: rows name the rule that set their quality.
    """

    table: str
    sql: Mapping[str, str]
    copy: str
    apart: bool = False
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """How many rows were new, equal, replaced others; were kept out by a higher quality or a later version; overlap other intervals.

    `overlap` names the first of the latter: its series and the instant.
    """

    new: int = 0
    same: int = 0
    corrected: int = 0
    kept: int = 0
    overlapping: int = 0
    overlap: tuple[str, int] | None = None

    def __add__(self, other: "Stored") -> "Stored":
        counts = {at.name: getattr(self, at.name) + getattr(other, at.name) for at in fields(self)[:5]}
        return Stored(**counts, overlap=self.overlap or other.overlap)


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """What is stored in a range of a series, and the last interval before it: its begin and length, or (0, 0)."""

    before: tuple[int, int]
    strand: Strand
    seconds: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Sorted:
    """Rows of a strand by what is to be done with them."""

    new: Strand
    changed: Strand
    stored: Stored


@dataclass(frozen=True, slots=True)
class Task:
    """Where rows go and whence they come. `admit` is shown the strands of each portion before they are stored.

    `insist`: a lower quality replaces a higher one, too; `again`: what has been replaced before may come back.
    """

    conn: Connection[Any]
    kind: Kind
    batch_id: int
    insist: bool = False
    again: bool = False
    admit: Callable[[Sequence[Strand]], None] | None = None


def put(task: Task, strands: Iterable[Strand]) -> Iterator[tuple[list[Strand], Stored]]:
    """Store rows in the caller's transaction; gives what was touched after each portion, and its counts.

    Series that come as a list or tuple are locked in a fixed order before anything is read. InvalidInput for rows that are not a series.
    """
    conn, kind = task.conn, task.kind
    room = series_room.Room(conn, kind.table)
    if isinstance(strands, Sequence):
        lock(conn, kind, [strand.key for strand in strands])
    for portion in _portions(strands, apart=kind.apart):
        make_way()
        lock(conn, kind, [strand.key for strand in portion])
        room.make(np.concatenate([strand.ts for strand in portion]))
        if task.admit is not None:
            task.admit(portion)
        yield _store(task, portion)


def _store(task: Task, portion: Sequence[Strand]) -> tuple[list[Strand], Stored]:
    there = held(task.conn, task.kind, portion)
    parts = [_sort(strand, part, insist=task.insist) for strand, part in zip(portion, there, strict=True)]
    new = [part.new for part in parts if len(part.new)]
    changed = [part.changed for part in parts if len(part.changed)]
    stored = sum((part.stored for part in parts), Stored())
    if new:
        _copy(task, new)
    if changed:
        corrected = _correct(task, changed)
        stored += Stored(corrected=corrected, kept=sum(map(len, changed)) - corrected)
    return new + changed, stored


def lock(conn: Connection[Any], kind: Kind, keys: Iterable[tuple[str, ...]]) -> None:
    """Wait for others who store rows of these series; held to the end of the transaction."""
    slots = sorted({zlib.crc32("\0".join((kind.table, *key)).encode()) % SLOTS for key in keys})
    conn.execute(SQL["lock"], {"class": LOCKS, "slots": slots})


def held(conn: Connection[Any], kind: Kind, wanted: Sequence[Strand]) -> list[Held]:
    """What is stored from the first interval's begin to the last one's end of each strand."""
    firsts = [int(strand.ts[0]) for strand in wanted]
    untils = [int(strand.ts[-1]) + strand.seconds for strand in wanted]
    return between(conn, kind, [(strand.key, strand.seconds) for strand in wanted], firsts, untils)


def between(
    conn: Connection[Any], kind: Kind, keys: Sequence[tuple[tuple[str, ...], int]], firsts: Sequence[int], untils: Sequence[int]
) -> list[Held]:
    """What is stored of series (key and seconds) from `firsts` to `untils`."""
    values: dict[str, Any] = {"firsts": list(firsts), "untils": list(untils), "first": min(firsts), "until": max(untils)}
    values["seconds"] = [seconds for _, seconds in keys]
    for number, column in enumerate(zip(*(key for key, _ in keys), strict=True)):
        values[f"keys{number or ''}"] = list(column)
    with conn.cursor(row_factory=tuple_row, binary=True) as cursor:
        rows = cursor.execute(kind.sql["held"], values, prepare=False).fetchall()
    return [_held(kind, key, row) for (key, _), row in zip(keys, rows, strict=True)]


def _held(kind: Kind, key: tuple[str, ...], row: tuple[Any, ...]) -> Held:
    _, before, length, sent, seconds, *columns = row
    ruled = columns[-2:] if kind.ruled else [None, None]
    columns = columns[: len(columns) - 2 * kind.ruled]
    ts = copy_rows.instants(sent)
    rule, rules = _rules(ts, copy_rows.instants(ruled[0]), ruled[1] or [])
    values = tuple(copy_rows.array(column, ">f8") for column in columns[:-1])
    quality = copy_rows.array(columns[-1], ">i2").astype(np.uint8)
    strand = Strand(key, 0, ts, values, quality, rule, rules)
    return Held((before or 0, length or 0), strand, copy_rows.array(seconds, ">i4").astype(np.int64))


def _rules(ts: Times, at: Times, names: list[str]) -> tuple[Codes, tuple[str, ...]]:
    """The rule of each row, as codes of names that begin with "" for none."""
    rule = np.zeros(len(ts), np.uint8)
    if not names:
        return rule, ("",)
    found, codes = np.unique(np.array(names, object).astype(str), return_inverse=True)
    rule[np.searchsorted(ts, at)] = codes + 1
    return rule, ("", *map(str, found))


def _portions(strands: Iterable[Strand], *, apart: bool) -> Iterator[list[Strand]]:
    """The rows in portions of about AT_ONCE in which each series stands once, in ascending order."""
    waiting: dict[tuple[Any, ...], list[Strand]] = {}
    rows = 0
    for strand in strands:
        _require_series(strand)
        for part in (strand.take(piece) for piece in copy_rows.slices(len(strand), AT_ONCE)):
            name = (*part.key, part.seconds) if apart else part.key
            last = waiting[name][-1] if name in waiting else None
            if last is not None and (last.seconds != part.seconds or last.rules != part.rules or last.ts[-1] + last.seconds > part.ts[0]):
                yield [_joined(parts) for parts in waiting.values()]
                waiting, rows = {}, 0
            waiting.setdefault(name, []).append(part)
            rows += len(part)
            if rows >= AT_ONCE:
                yield [_joined(parts) for parts in waiting.values()]
                waiting, rows = {}, 0
    if waiting:
        yield [_joined(parts) for parts in waiting.values()]


def _joined(parts: list[Strand]) -> Strand:
    if len(parts) == 1:
        return parts[0]
    values = tuple(np.concatenate(columns) for columns in zip(*(part.values for part in parts), strict=True))
    rules = [part.rule for part in parts if part.rule is not None]
    return replace(
        parts[0],
        ts=np.concatenate([part.ts for part in parts]),
        values=values,
        quality=np.concatenate([part.quality for part in parts]),
        rule=np.concatenate(rules) if rules else None,
    )


def _require_series(strand: Strand) -> None:
    """InvalidInput when the rows are no series of intervals of that length within the years that are stored."""
    reason = None
    if not 1 <= strand.seconds <= LONGEST:
        reason = "Ein Intervall dauert zwischen einer Sekunde und einem Tag."
    elif len(strand) and not EARLIEST <= strand.ts.min() <= strand.ts.max() < LATEST:
        reason = "Gespeichert werden die Jahre 2000 bis 2049."
    elif len(strand) > 1 and np.diff(strand.ts).min() < strand.seconds:
        reason = "Die Intervalle sind nicht aufsteigend oder überlappen sich."
    if reason is not None:
        raise InvalidInput(f"{strand.key[0]}: {reason}", data={"series": list(strand.key)})


def _sort(strand: Strand, there: Held, *, insist: bool) -> Sorted:
    """What of a strand is new, what would change a row, and how much of the rest is equal, of lower quality or overlapping."""
    exact, at, overlapping = _places(strand, there)
    new = ~exact & ~overlapping
    equal = np.zeros(len(strand), np.bool_)
    equal[exact] = _equal(strand.take(exact), there.strand.take(at[exact]))
    differs = exact & ~equal
    lower = np.zeros(len(strand), np.bool_)
    if not insist:
        lower[differs] = RANK[strand.quality[differs]] < RANK[there.strand.quality[at[differs]]]
    crossing = np.flatnonzero(overlapping)
    stored = Stored(
        new=int(new.sum()),
        same=int(equal.sum()),
        kept=int(lower.sum()),
        overlapping=len(crossing),
        overlap=("/".join(strand.key), int(strand.ts[crossing[0]])) if len(crossing) else None,
    )
    everything = bool(new.all())
    return Sorted(strand if everything else strand.take(new), strand.take(differs & ~lower), stored)


def _places(strand: Strand, there: Held) -> tuple[NDArray[np.bool_], NDArray[np.intp], NDArray[np.bool_]]:
    """Which rows are stored intervals, where those stand, and which rows overlap others."""
    begins = np.concatenate([[there.before[0]], there.strand.ts]).astype(np.int64)
    lengths = np.concatenate([[there.before[1]], there.seconds]).astype(np.int64)
    at = np.searchsorted(begins, strand.ts, side="right") - 1
    exact = (begins[at] == strand.ts) & (lengths[at] == strand.seconds)
    next_begin = np.append(begins, LATEST + LONGEST)[at + 1]
    overlapping = ~exact & ((begins[at] + lengths[at] > strand.ts) | (next_begin < strand.ts + strand.seconds))
    return exact, at - 1, overlapping


def _equal(given: Strand, there: Strand) -> NDArray[np.bool_]:
    """Which rows of two strands are equal; unknown equals unknown, and what is not finite is unknown."""
    equal: NDArray[np.bool_] = given.quality == there.quality
    for value, stored in zip(given.values, there.values, strict=True):
        equal &= (value == stored) | (~np.isfinite(value) & np.isnan(stored))
    if given.rule is not None and there.rule is not None:
        names = {name: number for number, name in enumerate(there.rules)}
        codes = np.array([names.get(name, -1) for name in given.rules])
        equal &= codes[given.rule] == there.rule
    return equal


def _copy(task: Task, strands: Sequence[Strand]) -> None:
    """Rows that are not there yet, as they come."""
    with task.conn.cursor() as cursor, cursor.copy(task.kind.copy) as copy:
        copy.write(copy_rows.HEADER)
        for strand in strands:
            for piece in copy_rows.slices(len(strand), A_WRITE):
                copy.write(copy_rows.encode(columns(strand.take(piece), task.batch_id)))
        copy.write(copy_rows.TRAILER)


def columns(strand: Strand, batch_id: int) -> list[Column]:
    """The columns of a strand in the order of the statement `Kind.copy`."""
    rows = len(strand)
    key: list[Column] = [copy_rows.text(name, rows) for name in strand.key]
    times: list[Field] = [copy_rows.integer(strand.seconds, rows, 4), copy_rows.times(strand.ts)]
    labels = [Texts(strand.quality, QUALITIES)]
    if strand.rule is not None:
        labels.append(Texts(strand.rule, (None, *strand.rules[1:])))
    return [*key, *times, *(copy_rows.numbers(value) for value in strand.values), *labels, copy_rows.integer(batch_id, rows, 8)]


def _correct(task: Task, strands: Sequence[Strand]) -> int:
    """Replace rows, keeping what they were; how many were replaced."""
    values = _spread(strands) | {"batch_id": task.batch_id, "again": task.again or task.insist}
    values |= {"first": min(int(strand.ts[0]) for strand in strands), "until": max(int(strand.ts[-1]) for strand in strands) + 1}
    with task.conn.cursor() as cursor:
        copy_rows.register(cursor.adapters)
        return cursor.execute(task.kind.sql["correct"], values, prepare=False).rowcount


def _spread(strands: Sequence[Strand]) -> dict[str, Any]:
    """Rows as one array a column, for a statement's `unnest`; keys, lengths and rules as lists to which rows point (from 1, 0 for none)."""
    rules = [rule for strand in strands for rule in strand.rules[1:]]
    before = np.cumsum([0, *(len(strand.rules) - 1 for strand in strands)])
    rule = [_shifted(strand, int(shift)) for strand, shift in zip(strands, before, strict=False)]
    found: dict[str, Any] = {
        "series": Integers(np.repeat(np.arange(len(strands)) + 1, [len(strand) for strand in strands])),
        "seconds": [strand.seconds for strand in strands],
        "rules": rules,
        "ts": Bigints(np.concatenate([strand.ts for strand in strands])),
        "quality": Integers(np.concatenate([strand.quality for strand in strands])),
        "rule": Integers(np.concatenate(rule)),
    }
    for number, names in enumerate(zip(*(strand.key for strand in strands), strict=True)):
        found[f"key{number}"] = list(names)
    for number, column in enumerate(zip(*(strand.values for strand in strands), strict=True)):
        values = np.concatenate(column)
        found[f"value{number}"] = Doubles(np.where(np.isfinite(values), values, np.nan))
    return found


def _shifted(strand: Strand, shift: int) -> NDArray[np.int64]:
    if strand.rule is None:
        return np.zeros(len(strand), np.int64)
    code = strand.rule.astype(np.int64)
    return np.where(code > 0, code + shift, 0)
