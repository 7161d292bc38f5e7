"""A text table (CSV in any of its forms) -> rows of text under named columns."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import BinaryIO

import polars as pl

from nova.errors import InvalidInput, TooLarge, UnsupportedFile
from nova.german import number
from nova.seeding.sources.reading import BLOCK, MOST_COLUMNS, Problems, check_size, column_names, frame_of, header_at

LONGEST_LINE = 8_000_000
DELIMITERS = ";\t|,"
"""In the order in which the earlier wins where both part a table evenly; a comma also stands in numbers and names."""
HEAD_ROWS = 50
RULE = re.compile(r"\ufeff?# ?-{3,}\s*$")
"""How a block of comment lines begins in a report of web analytics."""
MANY_LINES = 100
FEW_CONTROLS = 16
OPEN_QUOTE = "Ein Feld reicht über viele Zeilen oder bis ans Ende; vielleicht fehlt ein Anführungszeichen"
HEAD_LETTERS = 200_000
PIECE = 1024**2
MARKS = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = bytes(code for code in range(32) if code not in (9, 10, 12, 13, 26))
_MIXED = "nova-mixed"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """What is no UTF-8, read as Windows-1252, byte by byte."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_MIXED, _as_windows)


@dataclass(slots=True)
class Survey:
    """What one pass over the bytes of a text tells of its encoding; feed it with `look`, then ask."""

    head: bytes = b""
    nulls: int = 0
    controls: int = 0
    size: int = 0
    _utf8: bool = True
    _decoder: codecs.IncrementalDecoder = field(default_factory=lambda: codecs.getincrementaldecoder("utf-8")())

    def look(self, piece: bytes) -> None:
        """Take the next bytes in."""
        self.head = self.head or piece[:PIECE]
        self.size += len(piece)
        self.nulls += piece.count(0)
        self.controls += len(piece) - len(piece.translate(None, _CONTROL))
        self._decode(piece, last=False)

    def encoding(self) -> str:
        """The encoding, `nova-mixed` for UTF-8 with bytes of Windows-1252 in it; UnsupportedFile where it is no text."""
        self._decode(b"", last=True)
        for mark, name in MARKS:
            if self.head.startswith(mark):
                return name
        if self.nulls * 4 > self.size:
            even, odd = self.head[::2].count(0), self.head[1::2].count(0)
            if max(even, odd) > 8 * min(even, odd):
                return "utf-16-be" if even > odd else "utf-16-le"
        if self.controls > FEW_CONTROLS and self.controls * 100 > self.size:
            raise UnsupportedFile("Die Datei ist keine Tabelle in Textform: Sie enthält binäre Daten.")
        return "utf-8" if self._utf8 else _MIXED

    def _decode(self, piece: bytes, *, last: bool) -> None:
        if self._utf8:
            try:
                self._decoder.decode(piece, last)
            except UnicodeDecodeError:
                self._utf8 = False


def told_encoding(encoding: str) -> str:
    """An encoding as provenance names it."""
    return "cp1252" if encoding == _MIXED else encoding.removesuffix("-sig")


def text_of(file: BinaryIO, encoding: str, problems: Problems) -> io.TextIOWrapper:
    """The file as text, from its beginning; line ends stay as they are."""
    file.seek(0)
    if encoding == _MIXED:
        problems.add("Kein durchgängiges UTF-8; die übrigen Zeichen wurden als Windows-1252 gelesen")
        return io.TextIOWrapper(file, "utf-8", _MIXED, newline="")
    return io.TextIOWrapper(file, encoding, "replace", newline="")


def lines_of(text: io.TextIOBase, problems: Problems) -> Iterator[str]:
    """The lines with their ends, NUL characters taken out; TooLarge for one that is too long to be a row."""
    for place in range(1, 1 << 62):
        line = text.readline(LONGEST_LINE)
        if not line:
            return
        if len(line) >= LONGEST_LINE:
            raise TooLarge(f"Zeile {number(place, 0)} ist länger als {number(LONGEST_LINE, 0)} Zeichen.")
        if "\0" in line:
            problems.add("NUL-Zeichen entfernt", f"Zeile {place}", line.count("\0"))
            line = line.replace("\0", "")
        yield line


def read_table(text: io.TextIOBase, problems: Problems, delimiter: str | None = None) -> tuple[pl.DataFrame, str]:
    """The rows of a CSV text and the sign that parts its columns (looked for where it is not given)."""
    lines = lines_of(text, problems)
    head = list(head_of(lines))
    if head and RULE.match(head[0]):
        head, lines = _without_comments(head, lines, problems)
    if head and (told := re.fullmatch(r"sep=(.)\r?\n?", head[0])):
        delimiter = delimiter or told[1]
        del head[0]
    sign = delimiter or delimiter_of(head)
    rows = _rows(chain(head, lines), sign, problems)
    first = list(islice(rows, HEAD_ROWS))
    if not first:
        raise InvalidInput("Die Datei ist leer.")
    names, rest = _named(first, problems)
    frames = list(_frames(names, chain(rest, rows), problems))
    return pl.concat(frames), sign


def _without_comments(head: list[str], lines: Iterator[str], problems: Problems) -> tuple[list[str], Iterator[str]]:
    """The first table of a report whose blocks begin with lines of comment."""
    blank = next((place for place, line in enumerate(head) if line.strip() and not line.startswith("#")), len(head))
    problems.add("Zeilen vor der Kopfzeile übersprungen", count=blank)

    def first() -> Iterator[str]:
        for line in chain(head[blank:], lines):
            if RULE.match(line):
                problems.add("Weitere Tabelle in derselben Datei nicht gelesen")
                return
            yield line

    rows = first()
    return list(head_of(rows)), rows


def head_of(lines: Iterator[str]) -> Iterator[str]:
    """The first lines, as many as tell how a table is written."""
    seen = 0
    for line in islice(lines, 4 * HEAD_ROWS):
        yield line
        seen += len(line)
        if seen > HEAD_LETTERS:
            return


def _rows(lines: Iterable[str], delimiter: str, problems: Problems) -> Iterator[list[str]]:
    """The rows that hold something; a quoted line end stays within its row."""
    reader = csv.reader(lines, delimiter=delimiter)
    before, row = 0, [""]
    try:
        for row in reader:
            if reader.line_num - before > MANY_LINES:
                problems.add(OPEN_QUOTE, f"Zeile {before + 1}")
            before = reader.line_num
            if any(row):
                yield row
        if row[-1:] and row[-1].endswith(("\n", "\r")):
            problems.add(OPEN_QUOTE, "letzter Datensatz")
    except csv.Error as error:
        raise InvalidInput(
            f"Zeile {number(reader.line_num, 0)} ist nicht lesbar: ein Feld ist länger als {number(csv.field_size_limit(), 0)} Zeichen, "
            "oder ein Anführungszeichen wird nicht geschlossen."
        ) from error


def delimiter_of(head: list[str]) -> str:
    """The sign that parts most of the first rows into as many fields as the header has, at least two."""
    best, most = ",", 0.0
    for sign in DELIMITERS:
        try:
            rows = [row for row in csv.reader(head, delimiter=sign) if any(row)][:HEAD_ROWS]
        except csv.Error:
            continue
        width = len(rows[header_at(rows)]) if rows else 0
        even = sum(len(row) == width for row in rows) / max(1, len(rows))
        if width > 1 and round(even, 1) > most:
            best, most = sign, round(even, 1)
    return best


def _named(first: list[list[str]], problems: Problems) -> tuple[list[str], list[list[str]]]:
    at = header_at(first)
    if at:
        problems.add("Zeilen vor der Kopfzeile übersprungen", count=at)
    header: list[str] = first[at]
    while len(header) > 1 and not header[-1] and all(not row[len(header) - 1 :] or not row[len(header) - 1] for row in first[at + 1 :]):
        header = header[:-1]
    return column_names(header, problems), first[at + 1 :]


def _frames(names: list[str], rows: Iterator[list[str]], problems: Problems) -> Iterator[pl.DataFrame]:
    """Blocks of rows, each brought to the width of the header; longer ones widen the table by columns of their own name."""
    width, done = len(names), 0
    yield frame_of(names, [])
    while block := list(islice(rows, BLOCK)):
        even = [_to_width(row, width, done + place, problems) for place, row in enumerate(block, 1)]
        done += len(block)
        check_size(done, width)
        yield frame_of(names, even)


def _to_width(row: list[str], width: int, place: int, problems: Problems) -> list[str]:
    if len(row) == width:
        return row
    if len(row) < width:
        problems.add("Zeile mit zu wenigen Feldern; die fehlenden sind leer", f"Datensatz {place}")
        return [*row, *[""] * (width - len(row))]
    if any(row[width:]):
        problems.add("Zeile mit zu vielen Feldern; die überzähligen stehen im letzten Feld", f"Datensatz {place}")
        return [*row[: width - 1], " ".join(cell for cell in row[width - 1 :] if cell)] if width <= MOST_COLUMNS else row
    return row[:width]
