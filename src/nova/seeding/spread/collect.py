"""Batches of records -> parts with unique ids, as if all had been read at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nova.errors import InvalidInput
from nova.ports.spread import Blob, Executor
from nova.seeding.sources.files import told_twice, unique_ids, with_some_ids
from nova.seeding.sources.reading import Problems
from nova.seeding.spread.blobs import ROW, load, save
from nova.seeding.step import ID


@dataclass(frozen=True, slots=True)
class Parts:
    """Records in parts: their files, how many each holds, their columns."""

    blobs: list[Blob]
    sizes: list[int]
    columns: list[str]


def collected(batches: Iterable[pl.DataFrame], executor: Executor, folder: Path, problems: Problems) -> Parts:
    """Records of text in parts; the second record of an id is `X#2`, as `read_records` calls it. InvalidInput where there is none."""
    files: list[Path] = []
    hashes: list[NDArray[np.uint64]] = []
    columns: list[str] = []
    named: list[str] = []
    for number, batch in enumerate(batches):
        named, part = batch.columns, with_some_ids(batch, problems)
        columns = part.columns
        hashes.append(part[ID].hash(17).to_numpy())
        files.append(save(part, folder, f"part{number}"))
    if not files:
        raise InvalidInput("Die Datei enthält keine Datensätze.")
    sizes = [len(one) for one in hashes]
    renamed = _renamed(files, np.concatenate(hashes), sizes)
    if len(renamed):
        problems.add(told_twice(named), count=len(renamed))
        _rename(files, sizes, renamed)
    return Parts([executor.put(file) for file in files], sizes, columns)


def _renamed(files: list[Path], hashes: NDArray[np.uint64], sizes: list[int]) -> pl.DataFrame:
    """The rows whose id another has before them, with the ids that they get."""
    renamed = pl.DataFrame(schema={ROW: pl.UInt32, "new": pl.String})
    while len(rows := _repeated(hashes)):
        told = _ids(files, sizes, rows).join(renamed, on=ROW, how="left", maintain_order="left")
        ids = told.select(pl.coalesce("new", ID).alias(ID))[ID]
        unique = unique_ids(ids)
        moved = (unique != ids).to_numpy()
        if not moved.any():
            break
        renamed = pl.concat([renamed, pl.DataFrame({ROW: rows[moved], "new": unique.filter(moved)})]).unique(ROW, keep="last")
        hashes[rows[moved]] = unique.filter(moved).hash(17).to_numpy()
    return renamed.sort(ROW)


def _repeated(hashes: NDArray[np.uint64]) -> NDArray[np.uint32]:
    ordered = np.sort(hashes)
    several = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    return np.flatnonzero(np.isin(hashes, several)).astype(np.uint32) if len(several) else np.empty(0, np.uint32)


def _ids(files: list[Path], sizes: list[int], rows: NDArray[np.uint32]) -> pl.DataFrame:
    wanted = pl.DataFrame({ROW: rows})
    found, first = [], 0
    for file, size in zip(files, sizes, strict=True):
        here = wanted.filter(pl.col(ROW).is_between(first, first + size - 1))
        if len(here):
            found.append(here.with_columns(load(file, [ID])[ID].gather(here[ROW] - first)))
        first += size
    return pl.concat(found)


def _rename(files: list[Path], sizes: list[int], renamed: pl.DataFrame) -> None:
    first = 0
    for file, size in zip(files, sizes, strict=True):
        here = renamed.filter(pl.col(ROW).is_between(first, first + size - 1))
        if len(here):
            part = load(file)
            save(part.with_columns(part[ID].scatter((here[ROW] - first).to_list(), here["new"])), file.parent, file.name)
        first += size
