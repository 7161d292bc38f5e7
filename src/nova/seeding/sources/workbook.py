"""An Excel workbook (XLSX) -> rows of text, checked before anything in it is unpacked: sizes, entries, how far the cells reach."""

import re
import zipfile
import zlib
from collections.abc import Sequence
from typing import BinaryIO

import fastexcel
import polars as pl

from nova.errors import InvalidInput, NotFound, TooLarge, UnsupportedFile
from nova.german import size
from nova.seeding.sources.reading import Problems, check_size, column_names, frame_of, header_at, merged_header
from nova.seeding.sources.tables import HEAD_ROWS

MOST_PACKED = 100 * 1024**2
MOST_UNPACKED = 600 * 1024**2
MOST_ENTRIES = 2_000
MOST_REACH = 20_000_000
"""Cells between the first and the last one; a reader makes room for all of them, however few are filled."""
PIECE = 1024**2
OVERLAP = 200
DAMAGED = "Die Excel-Datei ist beschädigt oder keine Excel-Datei."
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']\s*\$?([A-Za-z]{1,7})\$?(\d{1,10})""")
_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br\s*=\s*["']\s*(\d{1,10})""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>]")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


def check_workbook(file: BinaryIO, problems: Problems) -> None:
    """Refuse a workbook that would not unpack to a table of bearable size; formulas are noted."""
    file.seek(0, 2)
    if file.tell() > MOST_PACKED:
        raise TooLarge(f"Die Excel-Datei ist größer als {size(MOST_PACKED)}.")
    try:
        with zipfile.ZipFile(file) as packed:
            _check_directory(packed.infolist())
            for entry in packed.infolist():
                _check_entry(packed, entry, problems)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise InvalidInput(DAMAGED) from error


def _check_directory(entries: Sequence[zipfile.ZipInfo]) -> None:
    """By the archive's directory alone: how much there is, and whether it is a workbook."""
    if len(entries) > MOST_ENTRIES or sum(one.file_size for one in entries) > MOST_UNPACKED:
        raise TooLarge(f"Die Excel-Datei ist entpackt größer als {size(MOST_UNPACKED)} oder hat zu viele Teile.")
    names = {one.filename.lower() for one in entries}
    if not any(name.startswith("xl/workbook") for name in names):
        raise UnsupportedFile(DAMAGED)
    if len(names) != len(entries):
        raise InvalidInput(DAMAGED)


def _check_entry(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, problems: Problems) -> None:
    """Read one part to its end, so that its size is as told, and look how far the cells of a sheet reach."""
    sheet = _SHEET.fullmatch(entry.filename) is not None
    columns = rows = formulas = 0
    before = b""
    with packed.open(entry) as part:
        while piece := part.read(PIECE):
            if not sheet:
                continue
            if not before and piece[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise InvalidInput(DAMAGED)
            text = before + piece
            for found in _CELL.finditer(text):
                columns, rows = max(columns, _column(found[1])), max(rows, int(found[2]))
            rows = max([rows, *[int(found[1]) for found in _ROW.finditer(text)]])
            formulas += len(_FORMULA.findall(piece))
            before = piece[-OVERLAP:]
    check_size(0, columns)
    if columns * rows > MOST_REACH:
        raise TooLarge(f"Das Tabellenblatt {entry.filename.rpartition('/')[2]} reicht bis Zeile {rows}, Spalte {columns}; das ist zu groß.")
    if formulas:
        problems.add("Formel in Excel; gelesen wurde ihr gespeichertes Ergebnis", entry.filename.rpartition("/")[2], formulas)


def _column(letters: bytes) -> int:
    value = 0
    for letter in letters.upper():
        value = value * 26 + letter - 64
    return value


def read_workbook(file: BinaryIO, problems: Problems, sheet: str | None = None) -> pl.DataFrame:
    """The rows of one sheet: the named one, else the first that holds any; the others are noted."""
    check_workbook(file, problems)
    file.seek(0)
    try:
        book = fastexcel.read_excel(file.read())
        if sheet is not None and sheet not in book.sheet_names:
            raise NotFound(f"Das Tabellenblatt „{sheet}“ gibt es in der Datei nicht.")
        names = [sheet] if sheet is not None else list(book.sheet_names)
        taken = next(((name, rows) for name in names if (rows := _sheet(book, name))), None)
    except fastexcel.FastExcelError as error:
        raise InvalidInput(DAMAGED) from error
    if taken is None:
        raise InvalidInput("Die Excel-Datei enthält keine Zeilen.")
    for other in book.sheet_names:
        if other != taken[0]:
            problems.add("Weiteres Tabellenblatt nicht gelesen", other)
    return _table(taken[1], problems)


def _sheet(book: fastexcel.ExcelReader, name: str) -> list[list[str | None]]:
    """The rows of a sheet that hold something, days and times in their short form."""
    frame = book.load_sheet(name, header_row=None, dtypes="string").to_polars()
    if not frame.width:
        return []
    days = pl.all().str.replace(r"^(\d{4}-\d\d-\d\d) 00:00:00$", "$1").str.replace(r"^1899-12-3[01] (\d\d:\d\d:\d\d)", "$1")
    frame = frame.cast(pl.String).with_columns(days).filter(pl.any_horizontal(pl.all().is_not_null()))
    return [list(row) for row in frame.iter_rows()]


def _table(rows: Sequence[Sequence[str | None]], problems: Problems) -> pl.DataFrame:
    at = header_at(rows[:HEAD_ROWS])
    if at:
        problems.add("Zeilen vor der Kopfzeile übersprungen", count=at)
    both = merged_header(rows[at], rows[at + 1]) if len(rows) > at + 1 else None
    if both:
        problems.add("Zwei Kopfzeilen zu einer zusammengefasst")
    check_size(len(rows), len(rows[at]))
    return frame_of(column_names(both or rows[at], problems), rows[at + (2 if both else 1) :])
