"""Lines of a table as bytes in, the bounds of every cell out, in columns: millions of rows in a second, broken ones told apart.

A line whose quotation marks hide separators, or with too few or too many cells, is looked at alone. A line break ends a row always.
"""

import csv
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova.energy.formats.report import PLACES, Report, shown

Bytes = NDArray[np.uint8]
Bounds = NDArray[np.int64]
LONGEST = 64  # bytes of a cell; longer ones hold nothing that a table of readings has
NEWLINE, RETURN, SPACE, TAB, QUOTE = 10, 13, 32, 9, 34


@dataclass(frozen=True, slots=True)
class Cells:
    """`buffer[start[i, c]:end[i, c]]` is the cell in row i and column c; `line` is where the row stands in the file, from 1."""

    buffer: Bytes
    start: Bounds
    end: Bounds
    line: Bounds

    def __len__(self) -> int:
        return len(self.line)

    def text(self, row: int, column: int) -> str:
        """A cell as text, for messages and the slow path."""
        raw = self.buffer[self.start[row, column] : self.end[row, column]].tobytes()
        return decoded(raw)

    def lengths(self, column: int) -> Bounds:
        """How many bytes each cell of a column has."""
        found: Bounds = self.end[:, column] - self.start[:, column]
        return found

    def matrix(self, column: int) -> Bytes:
        """A column's cells as rows of bytes, filled with zeros on the right; cells are cut after `LONGEST`."""
        length, start = self.lengths(column), self.start[:, column]
        width = int(min(LONGEST, length.max(initial=0)))
        found = np.zeros((width, len(self)), np.uint8)
        for at in range(width):
            found[at] = np.where(length > at, self.buffer[start + at], 0)
        return np.ascontiguousarray(found.T)

    def place(self, row: int, column: int, name: str) -> str:
        """Where a cell stands and what it holds, in German."""
        return f"Zeile {self.line[row]}, Spalte {name}: {shown(self.text(row, column))}"


def decoded(raw: bytes) -> str:
    """Text in UTF-8, or in Windows-1252 where it is none."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def strings(matrix: Bytes) -> NDArray[Any]:
    """Rows of bytes as one array of byte strings."""
    if matrix.shape[1] == 0:
        return np.zeros(len(matrix), "S1")
    found: NDArray[Any] = matrix.view(f"S{matrix.shape[1]}").ravel()
    return found


def split(data: bytes, separator: str, columns: int, first_line: int, report: Report) -> Cells:
    """The cells of every line of `data`; lines with another number of them are refused, empty ones passed over."""
    buffer = np.frombuffer(data if data.endswith(b"\n") else data + b"\n", np.uint8)
    breaks = np.flatnonzero(buffer == NEWLINE)
    start = np.concatenate(([0], breaks[:-1] + 1))
    end = breaks - ((breaks > start) & (buffer[breaks - 1] == RETURN))
    marks = np.flatnonzero(buffer == ord(separator))
    low, high = np.searchsorted(marks, start), np.searchsorted(marks, end)
    filled = (end - start) > (high - low)
    regular = filled & (high - low == columns - 1)
    starts, ends = _bounds(start[regular], end[regular], marks, low[regular], columns)
    odd = _uneven(buffer, starts, ends) if b'"' in data else np.zeros(len(starts), bool)
    kept = np.flatnonzero(regular)
    single = np.concatenate((np.flatnonzero(filled & ~regular), kept[odd]))
    table = Cells(_padded(buffer), starts[~odd], ends[~odd], kept[~odd] + first_line)
    if len(single):
        table = _with(
            table, [(int(row), buffer[start[row] : end[row]].tobytes()) for row in np.sort(single)], separator, first_line, report
        )
    return _stripped(table)


def _bounds(start: Bounds, end: Bounds, marks: Bounds, low: Bounds, columns: int) -> tuple[Bounds, Bounds]:
    starts, ends = np.empty((len(start), columns), np.int64), np.empty((len(start), columns), np.int64)
    starts[:, 0], ends[:, -1] = start, end
    if columns > 1 and len(start):
        inner = marks[low[:, None] + np.arange(columns - 1)]
        starts[:, 1:], ends[:, :-1] = inner + 1, inner
    return starts, ends


def _padded(buffer: Bytes) -> Bytes:
    return np.concatenate((buffer, np.zeros(LONGEST, np.uint8)))


def _uneven(buffer: Bytes, starts: Bounds, ends: Bounds) -> NDArray[np.bool_]:
    """Rows in which a quotation mark opens a cell and does not close it, or the other way round."""
    some = ends > starts
    first = some & (buffer[np.minimum(starts, len(buffer) - 1)] == QUOTE)
    last = some & (buffer[ends - 1] == QUOTE)
    found: NDArray[np.bool_] = ((first != last) | (first & (ends - starts < 2))).any(axis=1)
    return found


def _with(table: Cells, lines: list[tuple[int, bytes]], separator: str, first_line: int, report: Report) -> Cells:
    """The table with those of these lines in it that have as many cells once quotation marks are heeded."""
    columns, at = table.start.shape[1], len(table.buffer)
    extra, starts, ends, numbers = bytearray(), [], [], []
    wrong: dict[int, list[str]] = {}
    counts: dict[int, int] = {}
    for number, raw in lines:
        cells = _cells(raw, separator)
        while len(cells) > columns and not cells[-1].strip():
            cells.pop()
        if len(cells) != columns:
            counts[len(cells)] = counts.get(len(cells), 0) + 1
            if len(where := wrong.setdefault(len(cells), [])) < PLACES:
                where.append(f"Zeile {number + first_line}: {shown(decoded(raw))}")
            continue
        here = []
        for cell in cells:
            here.append((at + len(extra), at + len(extra) + len(cell)))
            extra += cell
        starts.append([bounds[0] for bounds in here])
        ends.append([bounds[1] for bounds in here])
        numbers.append(number + first_line)
    for found, count in counts.items():
        report.refuse(f"{found} statt {columns} Spalten" if found < 1000 else f"mehr als {columns} Spalten", count, wrong[found])
    if not numbers:
        return table
    line = np.concatenate((table.line, np.array(numbers, np.int64)))
    order = np.argsort(line, kind="stable")
    return Cells(
        _padded(np.concatenate((table.buffer, np.frombuffer(bytes(extra), np.uint8)))),
        np.concatenate((table.start, np.array(starts, np.int64)))[order],
        np.concatenate((table.end, np.array(ends, np.int64)))[order],
        line[order],
    )


def _cells(raw: bytes, separator: str) -> list[bytes]:
    """One line's cells with quotation marks heeded; none when they make no sense."""
    text = raw.decode("latin-1").replace("\r", " ").replace("\0", " ")
    try:
        rows = list(csv.reader([text], delimiter=separator, strict=True))
    except csv.Error:
        return []
    return [cell.encode("latin-1") for cell in rows[0]] if rows else []


def _stripped(table: Cells) -> Cells:
    """Without blanks and quotation marks around cells."""
    start, end, buffer = table.start.copy(), table.end.copy(), table.buffer
    for _ in range(LONGEST):
        some = start < end
        left = some & _edge(buffer[start])
        start += left
        right = (start < end) & _edge(buffer[np.maximum(end - 1, 0)])
        end -= right
        if not (left.any() or right.any()):
            break
    return Cells(buffer, start, end, table.line)


def _edge(found: Bytes) -> NDArray[np.bool_]:
    edge: NDArray[np.bool_] = (found == SPACE) | (found == QUOTE) | (found == TAB)
    return edge
