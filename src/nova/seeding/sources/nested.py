"""A file whose rows hold lists and objects (JSON lines, a JSON array, CSV with JSON in its cells, Parquet) -> its rows as they are."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nova.errors import InvalidInput, NotFound, TooLarge
from nova.german import size

MOST_BYTES = 1024**3
MOST_CELL = 4 * 1024**2
_PARQUET = b"PAR1"


def read_nested(path: Path) -> Iterator[dict[str, Any]]:
    """Rows in the order of the file; a line that is none gives an empty row. NotFound, TooLarge, InvalidInput for what is no such file."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise TooLarge(f"Die Datei ist größer als {size(MOST_BYTES)}.")
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise NotFound(f"Die Datei „{path.name}“ lässt sich nicht öffnen.") from error
    if head.startswith(_PARQUET):
        return _parquet(path)
    begins = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return _array(path) if begins == b"[" else _lines(path) if begins == b"{" else _table(path)


def _parquet(path: Path) -> Iterator[dict[str, Any]]:
    import polars as pl

    try:
        yield from pl.read_parquet(path).iter_rows(named=True)
    except pl.exceptions.PolarsError as error:
        raise InvalidInput("Die Datei ist beschädigt.") from error


def _array(path: Path) -> Iterator[dict[str, Any]]:
    try:
        rows = json.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InvalidInput("Die Datei ist kein gültiges JSON.") from error
    for row in rows:
        yield row if isinstance(row, dict) else {}


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for line in file:
            if line.strip():
                yield _row(line)


def _row(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return row if isinstance(row, dict) else {}


def _table(path: Path) -> Iterator[dict[str, Any]]:
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput("Die Datei ist nicht in UTF-8 geschrieben.") from error
    before = csv.field_size_limit(MOST_CELL)
    try:
        first = text.partition("\n")[0]
        yield from csv.DictReader(io.StringIO(text), delimiter=max(";,\t", key=first.count))
    except csv.Error as error:
        raise InvalidInput("Die Datei ist keine gültige CSV-Datei.") from error
    finally:
        csv.field_size_limit(before)
