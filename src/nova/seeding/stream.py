"""Files larger than memory: harmonised and judged a batch at a time, by what a sample of all of it taught."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from polars.io.plugins import register_io_source

from nova.errors import InvalidInput, disk_full, is_full
from nova.seeding.judge import Profile, fit, sample, score
from nova.seeding.sources.columnar import frame_as_text
from nova.seeding.sources.reading import Problems, blank_as_null
from nova.seeding.sources.tables import HEAD_ROWS, delimiter_of
from nova.seeding.steps.harmonise import Fitted, Harmonise
from nova.seeding.steps.step import ID

LEARNT = 20_000
"""Records of each kind from which it is learnt how columns are written and what is usual."""
UNREADABLE = "Die Datei lässt sich nicht in Teilen lesen: sie ist keine Parquet-Datei und keine CSV-Datei mit gleich langen Zeilen in UTF-8."


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
        for batch in _batches(source, batch_rows):
            told = _judged(batch, fitted, known, counts)
            yield told if columns is None else told.select(columns)

    register_io_source(judged, schema=schema).sink_parquet(part, compression="zstd", compression_level=1, row_group_size=batch_rows)
    return counts


def _drawn(source: Path, batch_rows: int) -> pl.DataFrame:
    drawn = pl.DataFrame()
    for batch in _batches(source, batch_rows):
        if ID not in batch.columns:
            raise InvalidInput("Jeder Datensatz braucht eine Kennung in der Spalte „id“.")
        drawn = sample(pl.concat([drawn, sample(batch, LEARNT)]) if drawn.width else batch, LEARNT)
    if drawn.is_empty():
        raise InvalidInput("Die Datei enthält keine Datensätze.")
    return drawn


def _judged(batch: pl.DataFrame, fitted: Fitted, profile: Profile, counts: Counts) -> pl.DataFrame:
    done = fitted(batch)
    told = score(done.kept, profile)
    counts.rows += len(told)
    counts.changed += len(done.changed)
    counts.faulty += len(told) - told["reasons"].null_count()
    return told


def _batches(source: Path, batch_rows: int) -> Iterator[pl.DataFrame]:
    plan = pl.scan_parquet(source) if source.suffix == ".parquet" else _table(source)
    for batch in plan.collect_batches(chunk_size=batch_rows, maintain_order=True):
        yield blank_as_null(frame_as_text(batch, Problems()))


def _table(source: Path) -> pl.LazyFrame:
    with source.open("rb") as file:
        head = [line.decode("utf-8-sig", "replace") for line, _ in zip(file, range(HEAD_ROWS), strict=False)]
    return pl.scan_csv(source, separator=delimiter_of(head), infer_schema=False)
