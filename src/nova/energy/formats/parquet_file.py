"""Bytes of a Parquet file in, its columns as numpy arrays out: flat columns of numbers, times and texts, as Nova writes them.

Read are plain and dictionary pages (data pages 1 and 2), uncompressed, gzip or Snappy. The library that writes such files for Nova takes
more address space than a child has that reads hostile ones. Numbers of fields are those of parquet.thrift (format 2.10).
"""

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova.errors import InvalidInput, TooLarge, UnsupportedFile

MAGIC = b"PAR1"
MOST_ROWS, MOST_COLUMNS, MOST_BYTES = 5_000_000, 200, 256 * 1024**2
BOOLEAN, INT32, INT64, FLOAT, DOUBLE, BYTE_ARRAY = 0, 1, 2, 4, 5, 6
NUMBERS: Mapping[int, str] = {INT32: "<i4", INT64: "<i8", FLOAT: "<f4", DOUBLE: "<f8"}
PLAIN, OLD_DICTIONARY, DICTIONARY = 0, 2, 8
DATA_PAGE, DICTIONARY_PAGE, DATA_PAGE_2 = 0, 2, 3
UNCOMPRESSED, SNAPPY, GZIP = 0, 1, 2
MILLIS, MICROS = 9, 10  # converted types; the logical type TIMESTAMP has number 8
UNITS: Mapping[int, int] = {1: 1_000, 2: 1_000_000, 3: 1_000_000_000}
BROKEN = "Die Parquet-Datei ist fehlerhaft."
Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Column:
    """Values of a column. Texts are codes of `words`; `known` says where there is a value; `per_second` is not 0 for times.

    `utc`: times count from 1970 in UTC, not on some clock.
    """

    values: Array
    known: NDArray[np.bool_]
    words: list[str] | None = None
    per_second: int = 0
    utc: bool = False


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the file says of a column: its type and what it means."""

    name: str
    kind: int
    optional: bool
    per_second: int
    utc: bool


def columns(data: bytes) -> dict[str, Column]:
    """The columns of a file by name. InvalidInput for a broken one, UnsupportedFile for what is not read, TooLarge."""
    try:
        return _columns(data)
    except (IndexError, KeyError, ValueError, TypeError, AttributeError, struct.error, zlib.error, OverflowError, RecursionError):
        raise InvalidInput(BROKEN) from None


def _columns(data: bytes) -> dict[str, Column]:
    footer = _footer(data)
    shapes = _shapes(footer[2])
    rows = int(footer[3])
    if not 0 <= rows <= MOST_ROWS:
        raise TooLarge(f"Die Datei hat mehr als {MOST_ROWS // 1_000_000} Millionen Zeilen; geben Sie sie in Teilen.")
    budget = _Budget(MOST_BYTES)
    groups = [[_chunk(data, column[3], shape, budget) for column, shape in zip(group[1], shapes, strict=True)] for group in footer[4]]
    found = {shape.name: _joined(shape, [group[at] for group in groups]) for at, shape in enumerate(shapes)}
    if any(len(one.values) != rows for one in found.values()):
        raise InvalidInput(BROKEN)
    return found


def _footer(data: bytes) -> Mapping[int, Any]:
    """What the end of the file says of the rest."""
    size = int.from_bytes(data[-8:-4], "little")
    if len(data) < 12 or data[-4:] != MAGIC or size > len(data) - 12:
        raise InvalidInput(BROKEN)
    return _Thrift(data[len(data) - 8 - size : -8]).struct()


def _shapes(elements: list[Mapping[int, Any]]) -> list[_Shape]:
    """What the schema says; only columns side by side, each value once or not at all."""
    if len(elements) - 1 > MOST_COLUMNS:
        raise TooLarge(f"Die Datei hat mehr als {MOST_COLUMNS} Spalten.")
    found = []
    for one in elements[1:]:
        if one.get(5) or one.get(3) == 2:
            raise UnsupportedFile("Die Parquet-Datei hat verschachtelte Spalten.")
        stamp = one.get(10, {}).get(8)
        unit = {MILLIS: 1, MICROS: 2}.get(one.get(6, -1), 0) if stamp is None else min(stamp[2])
        found.append(_Shape(one[4].decode("utf-8"), one[1], one.get(3) == 1, UNITS.get(unit, 0), stamp is None or stamp.get(1) is True))
    return found


class _Budget:
    """How many unpacked bytes a file may have in all."""

    def __init__(self, left: int) -> None:
        self._left = left

    def take(self, size: int) -> int:
        """Reserve so many bytes; TooLarge."""
        self._left -= size
        if size < 0 or self._left < 0:
            raise TooLarge(f"Die Datei ist ausgepackt größer als {MOST_BYTES // 1024**2} MiB.")
        return size


Part = tuple[Array | list[bytes], NDArray[np.bool_]]


def _chunk(data: bytes, chunk: Mapping[int, Any], shape: _Shape, budget: _Budget) -> Part:
    """Values and which rows have one, of one column of one group of rows. Texts come as codes with their words behind."""
    if shape.kind not in (*NUMBERS, BYTE_ARRAY):
        raise UnsupportedFile(f"Die Spalte „{shape.name[:40]}“ hat einen Typ, der nicht gelesen wird.")
    if chunk[5] > MOST_ROWS:
        raise TooLarge("Die Datei hat zu viele Zeilen.")
    at = min(one for one in (chunk.get(11), chunk[9]) if one is not None)
    words: Array | list[bytes] | None = None
    values: list[Any] = []
    known: list[NDArray[np.bool_]] = []
    while sum(map(len, known)) < chunk[5]:
        page, at = _page(data, at, chunk[4], budget)
        if page.kind == DICTIONARY_PAGE:
            words = page.words(shape.kind)
        elif page.kind in (DATA_PAGE, DATA_PAGE_2):
            there, body, encoding = page.rows(shape.optional)
            values.append(_decoded(body, int(there.sum()), encoding, shape.kind, words))
            known.append(there)
    if shape.kind == BYTE_ARRAY:
        return [word for part in values for word in part], _together(known, bool)
    return _together(values, NUMBERS[shape.kind]), _together(known, bool)


def _together(parts: Sequence[Array], kind: Any) -> Array:
    return np.concatenate(parts) if parts else np.zeros(0, kind)


def _decoded(body: bytes, count: int, encoding: int, kind: int, words: Array | list[bytes] | None) -> Array | list[bytes]:
    """The values of one page, by themselves or as codes of `words`."""
    if encoding == PLAIN:
        return _plain(body, count, kind)
    if encoding not in (OLD_DICTIONARY, DICTIONARY) or words is None:
        raise UnsupportedFile(
            "Die Parquet-Datei ist in einer Weise gepackt, die nicht gelesen wird. Nova schreibt „plain“ und „dictionary“."
        )
    codes = _hybrid(body[1:], body[0], count) if count else np.zeros(0, np.int64)
    return words[codes] if isinstance(words, np.ndarray) else [words[code] for code in codes.tolist()]


def _joined(shape: _Shape, parts: list[Part]) -> Column:
    """A whole column: a value for each row, 0 or NaN where there is none."""
    known = _together([there for _, there in parts], bool)
    if shape.kind == BYTE_ARRAY:
        texts = list(chain.from_iterable(part for part, _ in parts))
        words = {word: number for number, word in enumerate(dict.fromkeys(texts))}
        codes = np.zeros(len(known), np.int64)
        codes[known] = np.fromiter((words[word] for word in texts), np.int64, len(texts))
        return Column(codes, known, [word.decode("utf-8", "replace")[:200] for word in words])
    plain = _together([np.asarray(part) for part, _ in parts], float)
    values = np.zeros(len(known), plain.dtype) if plain.dtype.kind == "i" else np.full(len(known), np.nan)
    values[known] = plain
    return Column(values, known, None, shape.per_second, shape.utc)


class _Page:
    """One page of a column: its header and its packed bytes."""

    def __init__(self, head: Mapping[int, Any], packed: bytes, codec: int, budget: _Budget) -> None:
        self._head, self._packed, self._codec = head, packed, codec
        self._size = budget.take(head[2])

    @property
    def kind(self) -> int:
        """What it holds."""
        kind: int = self._head[1]
        return kind

    def words(self, kind: int) -> Array | list[bytes]:
        """The values that codes of the other pages stand for."""
        return _plain(self.whole(), self._head[7][1], kind)

    def whole(self) -> bytes:
        """All of it, unpacked."""
        return _unpacked(self._packed, self._codec, self._size)

    def rows(self, optional: bool) -> tuple[NDArray[np.bool_], bytes, int]:
        """Which of its rows have a value, the bytes of those, and their encoding."""
        if self._head[1] == DATA_PAGE_2:
            return self._second(optional)
        facts, body = self._head[5], self.whole()
        count = _sensible(facts[1])
        if not optional:
            return np.ones(count, bool), body, facts[2]
        size = int.from_bytes(body[:4], "little")
        return _hybrid(body[4 : 4 + size], 1, count) > 0, body[4 + size :], facts[2]

    def _second(self, optional: bool) -> tuple[NDArray[np.bool_], bytes, int]:
        facts = self._head[8]
        count, levels = _sensible(facts[1]), facts[5] + facts[6]
        there = _hybrid(self._packed[facts[6] : levels], 1, count) > 0 if optional and facts[5] else np.ones(count, bool)
        codec = self._codec if facts.get(7, True) else UNCOMPRESSED
        return there, _unpacked(self._packed[levels:], codec, self._size - levels), facts[4]


def _page(data: bytes, at: int, codec: int, budget: _Budget) -> tuple[_Page, int]:
    """The page that begins here, and where the next one does."""
    reader = _Thrift(data, at)
    head = reader.struct()
    if head[3] < 0:
        raise ValueError("a page that ends before it begins")
    end = reader.at + head[3]
    return _Page(head, data[reader.at : end], codec, budget), end


def _sensible(count: int) -> int:
    if not 0 <= count <= MOST_ROWS:
        raise InvalidInput(BROKEN)
    return count


def _unpacked(packed: bytes, codec: int, size: int) -> bytes:
    if codec == UNCOMPRESSED:
        found = packed
    elif codec == GZIP:
        found = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(packed, size + 1)
    elif codec == SNAPPY:
        found = snappy(packed, size)
    else:
        raise UnsupportedFile("Die Parquet-Datei ist gepackt, wie es nicht gelesen wird: gelesen werden gzip, Snappy und ungepackte.")
    if len(found) != size:
        raise InvalidInput(BROKEN)
    return found


def snappy(packed: bytes, size: int) -> bytes:
    """What a block in Snappy's format holds, of which `size` is known. ValueError, IndexError for a broken one."""
    said, at = _varint(packed, 0)
    if said != size:
        raise ValueError("another size")
    out = bytearray()
    while at < len(packed):
        tag = packed[at]
        at += 1
        if tag & 3 == 0:
            length = tag >> 2
            if length >= 60:
                extra = length - 59
                length = int.from_bytes(packed[at : at + extra], "little")
                at += extra
            out += packed[at : at + length + 1]
            at += length + 1
        else:
            width = (tag & 3) + (tag & 3 == 3)
            length = 4 + (tag >> 2 & 7) if width == 1 else 1 + (tag >> 2)
            back = int.from_bytes(packed[at : at + width], "little") + ((tag >> 5) << 8 if width == 1 else 0)
            at += width
            if not 1 <= back <= len(out):
                raise ValueError("copy from nowhere")
            piece = bytes(out[-back:][:length])
            out += (piece * (length // len(piece) + 1))[:length]
        if len(out) > size:
            raise ValueError("more than said")
    return bytes(out)


def _plain(body: bytes, count: int, kind: int) -> Array | list[bytes]:
    """Values one behind the other."""
    _sensible(count)
    if kind != BYTE_ARRAY:
        return np.frombuffer(body, NUMBERS[kind], count)
    found, at = [], 0
    for _ in range(count):
        size = int.from_bytes(body[at : at + 4], "little")
        if at + 4 + size > len(body):
            raise InvalidInput(BROKEN)
        found.append(body[at + 4 : at + 4 + size])
        at += 4 + size
    return found


def _hybrid(body: bytes, width: int, count: int) -> NDArray[np.int64]:
    """Small numbers of `width` bits in runs: one repeated, or some packed."""
    if width == 0:
        return np.zeros(count, np.int64)
    if width > 32:
        raise ValueError("too wide")
    parts: list[NDArray[np.int64]] = []
    at = have = 0
    while have < count:
        head, at = _varint(body, at)
        size = (width + 7) // 8 if head & 1 == 0 else (head >> 1) * width
        if at + size > len(body) and (head & 1 == 0 or at >= len(body)):
            raise ValueError("cut off")
        if head & 1 == 0:
            run = min(head >> 1, count - have)
            part = np.full(run, int.from_bytes(body[at : at + size], "little"), np.int64)
        else:
            bits = np.unpackbits(np.frombuffer(body[at : at + size], np.uint8), bitorder="little")
            rows = bits[: len(bits) // width * width].reshape(-1, width)
            part = (rows.astype(np.int64) << np.arange(width)).sum(axis=1)[: count - have]
        if not len(part):
            raise ValueError("an empty run")
        at += size
        have += len(part)
        parts.append(part)
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def _varint(body: bytes, at: int) -> tuple[int, int]:
    found = shift = 0
    while True:
        byte = body[at]
        at += 1
        found |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return found, at
        if shift > 63:
            raise ValueError("endless number")


class _Thrift:
    """Reads structures in Thrift's compact protocol: dicts by the numbers of their fields."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        self._data, self.at = data, at

    def struct(self, depth: int = 0) -> dict[int, Any]:
        """The structure that begins here."""
        if depth > 20:
            raise ValueError("too deep")
        found: dict[int, Any] = {}
        number = 0
        while True:
            head = self._byte()
            if head == 0:
                return found
            number = number + (head >> 4) if head >> 4 else self._signed()
            found[number] = self._value(head & 15, depth)

    def _value(self, kind: int, depth: int) -> Any:
        if kind in (1, 2):
            return kind == 1
        if kind == 3:
            return self._byte()
        if kind in (4, 5, 6):
            return self._signed()
        if kind == 7:
            self.at += 8
            return struct.unpack_from("<d", self._data, self.at - 8)[0]
        if kind == 8:
            return self._bytes()
        if kind in (9, 10):
            return self._list(depth)
        if kind == 12:
            return self.struct(depth + 1)
        raise ValueError("unknown type")

    def _list(self, depth: int) -> list[Any]:
        head = self._byte()
        size = head >> 4
        if size == 15:
            size, self.at = _varint(self._data, self.at)
        if size > len(self._data) - self.at:
            raise ValueError("longer than the file")
        kind = head & 15
        return [self._byte() == 1 if kind in (1, 2) else self._value(kind, depth) for _ in range(size)]

    def _bytes(self) -> bytes:
        size, self.at = _varint(self._data, self.at)
        if self.at + size > len(self._data):
            raise ValueError("longer than the file")
        self.at += size
        return self._data[self.at - size : self.at]

    def _byte(self) -> int:
        self.at += 1
        return self._data[self.at - 1]

    def _signed(self) -> int:
        found, self.at = _varint(self._data, self.at)
        return found >> 1 ^ -(found & 1)
