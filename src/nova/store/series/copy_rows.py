"""Numpy columns in, rows of PostgreSQL's binary COPY format out; arrays as PostgreSQL sends them in, numpy columns out.

The format is that of the chapter "COPY, Binary Format" of PostgreSQL's documentation: a signature, then rows of a field count (int16) and
for each field its length in bytes (int32, -1 for NULL) and its value in network order, then -1. An array as `array_send` writes it: number
of dimensions, whether it holds NULLs and the type of its elements (int32 each), for each dimension its length and first index, then the
elements like fields.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg.adapt import AdaptersMap, Dumper
from psycopg.pq import Format

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
EPOCH_2000 = 946_684_800  # PostgreSQL counts microseconds since 2000
SECOND = 1_000_000
NULL = -1
INT4 = 23  # the type's number in every PostgreSQL
ARRAY_HEADER, A_DIMENSION = 12, 8


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One column. `known` says which rows have a value; None means all."""

    values: NDArray[Any]
    known: NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """One column of few different texts: row i holds `names[codes[i]]`, where None is NULL."""

    codes: NDArray[np.integer[Any]]
    names: tuple[str | None, ...]


Column = Field | Texts


def times(ts: NDArray[np.int64]) -> Field:
    """A `timestamptz` column of whole seconds since 1970."""
    return Field(((ts - EPOCH_2000) * SECOND).astype(">i8"))


def numbers(values: NDArray[np.float64]) -> Field:
    """A `double precision` column; what is not finite becomes NULL."""
    known = np.isfinite(values)
    return Field(values.astype(">f8"), None if known.all() else known)


def integer(value: int, count: int, size: int) -> Field:
    """A column of one integer of `size` bytes (4 for `integer`, 8 for `bigint`)."""
    return Field(np.broadcast_to(np.array(value, f">i{size}"), count))


def integers(rows: NDArray[np.int64]) -> Field:
    """A column of `integer[]`: one array a row, all of one length."""
    count, length = rows.shape
    arrays = np.empty(count, np.dtype([("head", ">i4", 5), ("elements", [("size", ">i4"), ("value", ">i4")], length)]))
    arrays["head"] = (1, 0, INT4, length, 1)
    arrays["elements"]["size"] = 4
    arrays["elements"]["value"] = rows
    return Field(arrays.view(f"V{arrays.dtype.itemsize}"))


def text(value: str, count: int) -> Texts:
    """A `text` column of one text."""
    return Texts(np.broadcast_to(np.uint8(0), count), (value,))


def encode(columns: Sequence[Column]) -> bytes:
    """The rows of these columns (all of one length), without HEADER and TRAILER, in their order."""
    if _length(columns[0]) == 0:
        return b""
    shape = _shapes(columns)
    if shape is None:
        return _records(columns, np.zeros(1, np.intp), None).tobytes()
    return _woven(columns, *np.unique(shape, return_inverse=True))


def _woven(columns: Sequence[Column], shapes: NDArray[np.int64], inverse: NDArray[np.intp]) -> bytes:
    """Rows of several shapes in their order: each shape is one structured array, its rows are then put where they belong."""
    groups = [np.flatnonzero(inverse == number) for number in range(len(shapes))]
    records = [_records(columns, group[:1], group) for group in groups]
    widths = np.array([record.dtype.itemsize for record in records], np.int64)[inverse]
    ends = np.cumsum(widths)
    woven = np.empty(int(ends[-1]), np.uint8)
    starts = ends - widths
    for group, record in zip(groups, records, strict=True):
        width = record.dtype.itemsize
        woven[starts[group][:, None] + np.arange(width)] = record.view(np.uint8).reshape(len(group), width)
    return woven.tobytes()


def _shapes(columns: Sequence[Column]) -> NDArray[np.int64] | None:
    """A number for each row that is equal where the same fields are NULL and the same texts stand; None when that is so in all rows."""
    shape: NDArray[np.int64] | None = None
    for column in columns:
        mark: NDArray[Any] | None = column.codes if isinstance(column, Texts) else column.known
        count = len(column.names) if isinstance(column, Texts) else 2
        if mark is not None and count > 1 and (mark != mark[0]).any():
            shape = np.asarray(mark, np.int64) if shape is None else shape * count + np.asarray(mark, np.int64)
    return shape


def _records(columns: Sequence[Column], example: NDArray[np.intp], which: NDArray[np.intp] | None) -> NDArray[Any]:
    """The rows `which` (None: all), which have the shape of the row `example`, as a structured array."""
    layout: list[tuple[str, str]] = [("count", ">i2")]
    fields: list[tuple[str, Any]] = [("count", len(columns))]
    for number, column in enumerate(columns):
        value = _value(column, int(example[0]), which)
        kind = None if value is None else f"V{len(value)}" if isinstance(value, bytes) else value.dtype.str
        size = NULL if kind is None else np.dtype(kind).itemsize
        layout.append((f"size{number}", ">i4"))
        fields.append((f"size{number}", size))
        if kind is not None and size:
            layout.append((f"value{number}", kind))
            fields.append((f"value{number}", np.void(value) if isinstance(value, bytes) else value))
    record = np.empty(_length(columns[0]) if which is None else len(which), np.dtype(layout))
    for name, value in fields:
        record[name] = value
    return record


def _value(column: Column, example: int, which: NDArray[np.intp] | None) -> bytes | NDArray[Any] | None:
    """The values of a column in rows of one shape: the same bytes in all, one value a row, or NULL."""
    if isinstance(column, Texts):
        name = column.names[int(column.codes[example])]
        return None if name is None else name.encode()
    if column.known is not None and not column.known[example]:
        return None
    return column.values if which is None else column.values[which]


def _length(column: Column) -> int:
    return len(column.codes if isinstance(column, Texts) else column.values)


def array(sent: bytes | None, kind: str) -> NDArray[Any]:
    """The elements (">i2", ">i4", ">i8" or ">f8") of an array without NULLs, as `array_send` gives it; None gives none.

    Those of an array of arrays come one after the other.
    """
    if sent is None or len(sent) <= ARRAY_HEADER:
        return np.empty(0, np.dtype(kind).newbyteorder("="))
    if int.from_bytes(sent[4:8]):
        raise ValueError("an array with NULLs")
    dimensions = int.from_bytes(sent[:4])
    elements = np.frombuffer(sent, np.dtype([("size", ">i4"), ("value", kind)]), offset=ARRAY_HEADER + A_DIMENSION * dimensions)
    return elements["value"].astype(np.dtype(kind).newbyteorder("="))


def instants(sent: bytes | None) -> NDArray[np.int64]:
    """The elements of a sent array of `timestamptz`, in whole seconds since 1970."""
    found: NDArray[np.int64] = array(sent, ">i8") // SECOND + EPOCH_2000
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Integers:
    """An `integer[]` for a statement."""

    values: NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Bigints:
    """A `bigint[]` for a statement."""

    values: NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Doubles:
    """A `double precision[]` for a statement."""

    values: NDArray[Any]


def register(adapters: AdaptersMap) -> None:
    """Let statements take Integers, Bigints and Doubles, which go as the server keeps them."""
    for kind, dumper in ((Integers, _Integers), (Bigints, _Bigints), (Doubles, _Doubles)):
        adapters.register_dumper(kind, dumper)


class _Arrays(Dumper):
    format = Format.BINARY
    element, number = ">i4", INT4

    def dump(self, obj: Any) -> bytes:
        """As `array_recv` reads it."""
        elements = np.empty(len(obj.values), np.dtype([("size", ">i4"), ("value", self.element)]))
        elements["size"], elements["value"] = np.dtype(self.element).itemsize, obj.values
        return np.array([1, 0, self.number, len(elements), 1], ">i4").tobytes() + elements.tobytes()


class _Integers(_Arrays):
    oid = 1007


class _Bigints(_Arrays):
    element, number, oid = ">i8", 20, 1016


class _Doubles(_Arrays):
    element, number, oid = ">f8", 701, 1022


def slices(rows: int, most: int) -> Iterator[slice]:
    """Slices of at most `most` rows that make up `rows` rows."""
    return (slice(start, min(start + most, rows)) for start in range(0, rows, most))
