"""Text tables and JSON lines that are well formed throughout, read at once by Polars; None for any other, which is read row by row.

Whatever would be told of a file (ragged rows, open quotes, odd headers) makes it one of the others: here nothing is mended.
"""

import csv
import io
import json
import re
from typing import BinaryIO

import polars as pl

from nova.seeding.sources.reading import LONGEST_NAME, Problems, blank_as_null, check_size, column_names, header_at
from nova.seeding.sources.tables import HEAD_LETTERS, HEAD_ROWS, LONGEST_LINE, MANY_LINES, delimiter_of, head_of, lines_of

MOST_AT_ONCE = 512 * 1024**2
"""Larger files are read row by row."""
MOST_KEYS = 60
_H = "[0-9a-fA-F]"
_CODE = rf"00(?:0[1-9a-fA-F]|[1-9a-fA-F]{_H})|(?:0[1-9a-fA-F]|[1-9a-cA-CefEF]{_H}|[dD][0-7]){_H}{_H}"
_STRING = rf'"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u(?:{_CODE}))*"'
_VALUE = rf"(?:{_STRING}|-?(?:0|[1-9][0-9]{{0,17}})|true|false|null)"
_TOLD = {pl.String, pl.Int64, pl.Boolean, pl.Null}


def quick_table(file: BinaryIO, delimiter: str | None = None) -> tuple[pl.DataFrame, str] | None:
    """What `read_table` gives for a table in UTF-8 whose rows are all as wide as its header; None where it is none."""
    data = _lines(file)
    if data is None:
        return None
    start = data[: 4 * HEAD_LETTERS].decode("utf-8", "ignore")
    head = list(head_of(lines_of(io.StringIO(start, newline=""), Problems())))
    sign = delimiter or delimiter_of(head)
    header = _header(head, sign)
    if header is None or (b'"' in data and not _well_quoted(data, sign)):
        return None
    try:
        frame = pl.read_csv(io.BytesIO(data), separator=sign, quote_char='"', infer_schema=False, raise_if_empty=False)
    except pl.exceptions.PolarsError:
        return None
    if frame.width != len(header) or not _all_there(frame, data, sign) or _odd_cells(frame):
        return None
    check_size(frame.height, frame.width)
    frame.columns = header
    return blank_as_null(frame.filter(pl.any_horizontal(pl.all() != ""))), sign


def is_plain_table(beginning: bytes) -> bool:
    """Whether the first bytes of a text table are UTF-8 and begin with a line of names about which nothing is odd."""
    if beginning.startswith(b"\xff\xfe") or b"\0" in beginning:
        return False
    start = beginning.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "ignore")
    head = list(head_of(lines_of(io.StringIO(start[:HEAD_LETTERS], newline=""), Problems())))
    return _header(head, delimiter_of(head)) is not None


def _lines(file: BinaryIO) -> bytes | None:
    """The bytes behind a mark, where lines end in one way that both readers know."""
    file.seek(0)
    data = file.read(MOST_AT_ONCE + 1).removeprefix(b"\xef\xbb\xbf")
    plain = len(data) <= MOST_AT_ONCE and b"\0" not in data and data.count(b"\r") == data.count(b"\r\n")
    return data if plain else None


def _header(head: list[str], sign: str) -> list[str] | None:
    """The names of the columns, where the first line gives them and nothing about them is odd."""
    if not head or len(sign.encode()) != 1 or sign in '"\r\n':
        return None
    try:
        rows = [row for row in csv.reader(head, delimiter=sign) if any(row)][:HEAD_ROWS]
    except csv.Error:
        return None
    return rows[0] if rows and header_at(rows) == 0 and _are_names(rows[0], head[0]) else None


def _are_names(header: list[str], line: str) -> bool:
    """Whether the cells of the first line, at least two, are names of columns as they stand."""
    if len(header) < 2 or not line.strip() or '"' in line or line.startswith("sep="):
        return False
    problems = Problems()
    return column_names(header, problems) == header and not problems.told()


def _well_quoted(data: bytes, sign: str) -> bool:
    """Whether every quotation mark opens or closes a whole field, or is one of two within it."""
    outside = pl.Series(data.decode().split('"'))
    if not len(outside) % 2:
        return False
    outside = outside.gather_every(2)
    edge = re.escape(sign)
    opens, closes = outside.str.contains(rf"(?:^|{edge}|\n)$"), outside.str.contains(rf"^(?:$|{edge}|\r?\n)")
    return bool(opens.head(len(outside) - 1).all() and closes.tail(len(outside) - 1).all())


def _all_there(frame: pl.DataFrame, data: bytes, sign: str) -> bool:
    """Whether as many fields and lines were read as the bytes hold: no row is short, none was left out."""
    if b'"' not in data:
        signs, ends = 0, 0
    else:
        signs, ends = (sum(frame.select(pl.all().str.count_matches(one, literal=True).sum()).row(0)) for one in (sign, "\n"))
    rows = frame.height + 1
    lines = data.count(b"\n") + (not data.endswith(b"\n"))
    return lines == rows + ends and data.count(sign.encode()) == rows * (frame.width - 1) + signs


def _odd_cells(frame: pl.DataFrame) -> bool:
    """Whether a field or line is longer than the other reader takes, or fields hold so many lines that a mark may be missing."""
    if frame.is_empty():
        return True
    lengths = frame.select(pl.all().str.len_bytes().fill_null(0))
    longest = max(lengths.max().row(0))
    if longest > csv.field_size_limit() or lengths.sum_horizontal().max() >= LONGEST_LINE // 2:  # type: ignore[operator]
        return True
    lines = frame.select(pl.all().str.count_matches("\n", literal=True).max().fill_null(0)).row(0)
    last = frame.item(frame.height - 1, frame.width - 1)
    return sum(lines) >= MANY_LINES or str(last).endswith(("\n", "\r"))


def quick_json_lines(file: BinaryIO) -> pl.DataFrame | None:
    """What `read_json_lines` gives for flat objects in UTF-8 that all have the same keys in the same order, without decimals."""
    data = _lines(file)
    if data is None:
        return None
    lines = pl.Series(data.decode().split("\n"))
    lines = lines.filter(lines.str.strip_chars() != "")
    keys = [] if lines.is_empty() else _keys(lines[0])
    if not keys or not lines.str.contains(_object_of(keys)).all() or (lines.str.len_chars() >= LONGEST_LINE).any():
        return None
    try:
        frame = pl.read_ndjson(io.BytesIO("\n".join(lines).encode()), infer_schema_length=None)
    except pl.exceptions.PolarsError:
        return None
    if frame.columns != keys or frame.height != len(lines) or not set(map(type, frame.dtypes)) <= _TOLD:
        return None
    check_size(frame.height, frame.width)
    return blank_as_null(frame.cast(pl.String))


def _keys(line: str) -> list[str]:
    """The keys of an object, where all may stay as they are; none otherwise."""
    try:
        first = json.loads(line)
    except (ValueError, RecursionError):
        return []
    keys = list(first) if isinstance(first, dict) and len(first) <= MOST_KEYS else []
    return keys if all(key and key == " ".join(key.split())[:LONGEST_NAME] for key in keys) else []


def _object_of(keys: list[str]) -> str:
    blank = r"[ \t\r]*"
    pairs = rf"{blank},{blank}".join(rf'"{re.escape(key)}"{blank}:{blank}{_VALUE}' for key in keys)
    return rf"^{blank}\{{{blank}{pairs}{blank}\}}{blank}$"
