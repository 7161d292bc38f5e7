"""XLSX -> each sheet as a heading and its rows as lines that read alone; values as last computed, never formulas."""

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from nova.engines.extract.package import damaged
from nova.engines.extract.rows import MAX_CELLS, add_rows
from nova.engines.extract.writer import Writer, one_line
from nova.records import Document

MAX_SHEETS = 200
MAX_EMPTY_ROWS = 2_000
MAX_GAPS = 100_000


def read_xlsx(data: bytes, filename: str) -> Document:
    """The document; hidden sheets are read as well, chart sheets are not."""
    writer = Writer("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    with damaged(filename, "keine gültige Excel-Datei", InvalidFileException):
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        if len(book.worksheets) > MAX_SHEETS:
            writer.warnings.append(f"Die Datei hat {len(book.worksheets)} Blätter; gelesen wurden die ersten {MAX_SHEETS}.")
        for sheet in book.worksheets[:MAX_SHEETS]:
            writer.heading(1, str(sheet.title))
            sheet.reset_dimensions()
            add_rows(writer, _rows(sheet), str(sheet.title))
        title = one_line(book.properties.title or "")
    return writer.document(title if len(title) >= 4 else None)


def _rows(sheet: Any) -> Iterator[list[str]]:
    """Rows as words, up to the last one before a long stretch of nothing."""
    empty = gaps = 0
    for row in sheet.iter_rows(values_only=True, max_col=MAX_CELLS + 1):
        cells = [_shown(value) for value in row]
        empty = 0 if any(cells) else empty + 1
        gaps += 1 if empty else 0
        if empty > MAX_EMPTY_ROWS or gaps > MAX_GAPS:
            return
        yield cells


def _shown(value: object) -> str:
    """A cell as a German reader writes it: decimal comma, ISO dates, ja and nein."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value).replace(".", ",")
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ", timespec="minutes")
    return str(value)
