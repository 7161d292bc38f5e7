"""Parquet -> columns of text: numbers, days and times in their canonical form, nested values as JSON."""

from typing import BinaryIO

import polars as pl

from nova.errors import InvalidInput
from nova.seeding.sources.reading import Problems, blank_as_null, check_size, column_names

DAMAGED = "Die Parquet-Datei ist beschädigt oder keine Parquet-Datei."
MAGIC = b"PAR1"


def read_parquet(file: BinaryIO, problems: Problems) -> pl.DataFrame:
    """All columns as text; the size is checked by the footer before a row is unpacked."""
    _check_footer(file)
    try:
        file.seek(0)
        plan = pl.scan_parquet(file)
        schema = plan.collect_schema()
        check_size(0, len(schema))
        check_size(int(plan.select(pl.len()).collect().item()), len(schema))
        frame = plan.collect()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as error:
        raise InvalidInput(DAMAGED) from error
    frame.columns = column_names(frame.columns, problems)
    return blank_as_null(frame_as_text(frame, problems))


def frame_as_text(frame: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    """The frame with every column as text; what no text can say is noted."""
    return pl.DataFrame([_text(column, problems) for column in frame])


def _check_footer(file: BinaryIO) -> None:
    length = file.seek(0, 2)
    file.seek(max(0, length - 8))
    tail = file.read(8)
    if length < 12 or tail[4:] != MAGIC or int.from_bytes(tail[:4], "little") > length - 12:
        raise InvalidInput(DAMAGED)


def _text(column: pl.Series, problems: Problems) -> pl.Series:
    kind = column.dtype
    if kind == pl.String:
        return column
    if kind.is_float():
        odd = (column.is_nan() | column.is_infinite()).sum()
        if odd:
            problems.add("NaN oder unendlich statt einer Zahl; gilt als leer", column.name, int(odd))
        shown = pl.DataFrame([column]).select(pl.when(pl.first().is_finite()).then(pl.first())).to_series()
        return shown.cast(pl.String).str.replace(r"\.0$", "").alias(column.name)
    if kind == pl.Binary:
        problems.add("Spalte mit Bytes; als Hexadezimalzahlen gelesen", column.name)
        return column.bin.encode("hex")
    if isinstance(kind, pl.Datetime):
        # The seconds' fraction only where there is one; the offset only where the column has a zone.
        return column.dt.strftime("%Y-%m-%dT%H:%M:%S%.f" + ("%:z" if kind.time_zone else ""))
    if kind.is_nested():
        wrapped = pl.DataFrame([column.alias("v")]).select(pl.when(pl.col("v").is_not_null()).then(pl.struct("v").struct.json_encode()))
        return wrapped.to_series().str.strip_prefix('{"v":').str.strip_suffix("}").alias(column.name)
    if kind == pl.Object:
        raise InvalidInput(DAMAGED)
    return column.cast(pl.String)
