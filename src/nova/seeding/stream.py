"""Files larger than memory: harmonised and judged a batch at a time, by what a sample of all of it taught."""

import io
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import polars as pl
from polars.io.plugins import register_io_source

from nova.errors import InvalidInput, disk_full, is_full
from nova.seeding.judge import Profile, fit, score
from nova.seeding.sources.columnar import MAGIC, frame_as_text
from nova.seeding.sources.files import form_of, note_formulas
from nova.seeding.sources.quick import is_plain_table
from nova.seeding.sources.reading import Problems, blank_as_null, column_names
from nova.seeding.sources.tables import HEAD_ROWS, delimiter_of
from nova.seeding.step import ID
from nova.seeding.steps.harmonise import Fitted, Harmonise

LEARNT = 50_000
"""How columns are written and what is usual is learnt from about so many records."""
HEAD_BYTES = 1024**2
UNREADABLE = "Die Datei lässt sich nicht in Teilen lesen: nötig ist Parquet, oder CSV in UTF-8 mit gleich langen Zeilen."


@dataclass(slots=True)
class Counts:
    """Records, cells that were changed, and records about which the judge found something."""

    rows: int = 0
    changed: int = 0
    faulty: int = 0


def harmonise_and_judge(
    source: Path, target: Path, profile: Profile | None = None, batch_rows: int = 50_000, step: Harmonise | None = None
) -> Counts:
    """Write the records of a Parquet or CSV file (UTF-8, a column `id`) as text and as `score` gives them, to a Parquet file.

    The source is read twice: a sample for what is learnt once (the manner of each column; without a `profile` what is usual), then all. The
    size of batches changes nothing of what is written. Whether ids are unique is not looked at. Raises InvalidInput, DiskFull.
    """
    handle, part = tempfile.mkstemp(prefix=".nova-", suffix=".part", dir=target.parent)
    os.close(handle)
    try:
        counts = _written(source, Path(part), profile, batch_rows, step or Harmonise())
        Path(part).replace(target)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise InvalidInput(UNREADABLE) from error
    except OSError as error:
        if is_full(error):
            raise disk_full() from error
        raise
    finally:
        Path(part).unlink(missing_ok=True)
    return counts


def _written(source: Path, part: Path, profile: Profile | None, batch_rows: int, step: Harmonise) -> Counts:
    drawn = _drawn(source, batch_rows)
    fitted = step.fit(drawn)
    clean = fitted(drawn).kept
    known, counts = profile or fit(clean), Counts()
    schema = score(clean.head(1), known).schema

    def judged(columns: list[str] | None, _where: pl.Expr | None, _rows: int | None, _size: int | None) -> Iterator[pl.DataFrame]:
        for batch in batches(source, batch_rows):
            told = _judged(batch, fitted, known, counts)
            yield told if columns is None else told.select(columns)

    register_io_source(judged, schema=schema).sink_parquet(part, compression="zstd", compression_level=1, row_group_size=batch_rows)
    return counts


def _drawn(source: Path, batch_rows: int) -> pl.DataFrame:
    """About `LEARNT` records, those of the smallest hashes of their ids, so that the size of batches does not matter."""
    plan = _plan(source)
    if ID not in plan.collect_schema():
        raise InvalidInput("Jeder Datensatz braucht eine Kennung in der Spalte „id“.")
    rows = int(plan.select(pl.len()).collect().item())
    if not rows:
        raise InvalidInput("Die Datei enthält keine Datensätze.")
    lowest = pl.col(ID).hash(17) <= highest_hash(rows)
    drawn = pl.concat([_by_itself(batch.filter(lowest)) for batch in batches(source, batch_rows)])
    return drawn if len(drawn) else next(batches(source, batch_rows))


def highest_hash(rows: int) -> int:
    """Up to which hash of its id (`hash(17)`) a record is learnt from, among so many."""
    return (2**64 - 1) * min(LEARNT, rows) // max(1, rows)


def learnt_from(frame: pl.DataFrame) -> pl.DataFrame:
    """The records that columns are learnt from: all, or about `LEARNT`."""
    return frame.filter(pl.col(ID).hash(17) <= highest_hash(len(frame)))


def _by_itself(frame: pl.DataFrame) -> pl.DataFrame:
    """A copy that does not hold the texts of the records beside which it was read in memory."""
    copy = io.BytesIO()
    frame.write_ipc(copy)
    return pl.read_ipc(copy.getvalue())


def _judged(batch: pl.DataFrame, fitted: Fitted, profile: Profile, counts: Counts) -> pl.DataFrame:
    done = fitted(batch)
    told = score(done.kept, profile)
    counts.rows += len(told)
    counts.changed += len(done.changed)
    counts.faulty += len(told) - told["reasons"].null_count()
    return told


def rows_in_parts(source: Path, at_least: int = 0) -> int | None:
    """How many records a file has that can be read in parts: Parquet, or CSV in UTF-8 under a line of names; None for any other, and where
    it has fewer.
    """
    if not source.is_file() or source.is_symlink():
        return None
    try:
        if not _is_parquet(source) and (source.stat().st_size < at_least or not _is_plain_table(source)):
            return None
        rows = int(_plan(source).select(pl.len()).collect().item())
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        return None
    return rows if rows >= max(1, at_least) else None


def records_in_batches(source: Path, batch_rows: int, problems: Problems) -> Iterator[pl.DataFrame]:
    """What `read_records` reads, but for ids, from a file that can be read in parts; what is odd is noted. InvalidInput."""
    try:
        for batch in batches(source, batch_rows, problems):
            batch.columns = column_names(batch.columns, problems)
            note_formulas(batch, problems)
            yield batch
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise InvalidInput(UNREADABLE) from error


def _is_plain_table(source: Path) -> bool:
    with source.open("rb") as file:
        head = file.read(HEAD_BYTES)
        return form_of(head, source.suffix.lower()) == "csv" and is_plain_table(head)


def batches(source: Path, batch_rows: int, problems: Problems | None = None) -> Iterator[pl.DataFrame]:
    """The records of a Parquet or CSV file as text, in their order."""
    found = problems or Problems()
    if _is_parquet(source):
        for batch in _slices(source, batch_rows):
            yield blank_as_null(frame_as_text(batch, found))
        return
    for batch in _plan(source).collect_batches(chunk_size=batch_rows, maintain_order=True):
        yield blank_as_null(batch.filter(pl.any_horizontal(pl.all() != "")))


def _slices(source: Path, batch_rows: int) -> Iterator[pl.DataFrame]:
    """Asked for one by one, so that no more is unpacked than is worked on."""
    plan = pl.scan_parquet(source)
    for start in range(0, int(plan.select(pl.len()).collect().item()), batch_rows):
        yield plan.slice(start, batch_rows).collect()


def _plan(source: Path) -> pl.LazyFrame:
    if _is_parquet(source):
        return pl.scan_parquet(source)
    with source.open("rb") as file:
        head = [line.decode("utf-8-sig", "replace") for line in islice(file, HEAD_ROWS)]
    return pl.scan_csv(source, separator=delimiter_of(head), infer_schema=False)


def _is_parquet(source: Path) -> bool:
    with source.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC
