"""Frames as files between tasks, and what is learnt from one such file kept while a process lives."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import polars as pl

from nova.seeding.judge import Profile, fit
from nova.seeding.steps.harmonise import Fitted, Harmonise

ROW = "§row"
"""A record's place among all records of a run."""


def save(frame: pl.DataFrame, folder: Path, name: str) -> Path:
    """A frame in a new file."""
    path = folder / name
    frame.write_ipc(path, compression="lz4", compat_level=pl.CompatLevel.newest())
    return path


def load(path: Path, columns: Sequence[str] | None = None) -> pl.DataFrame:
    """The frame of a file, or some of its columns."""
    return pl.read_ipc(path, columns=None if columns is None else list(columns)).rechunk()


def load_all(paths: Sequence[Path], columns: Sequence[str] | None = None) -> pl.DataFrame:
    """The frames of files, one below the other."""
    return pl.concat([load(path, columns) for path in paths], rechunk=True)


@dataclass(frozen=True, slots=True)
class _File:
    """A file that is known by its name: the name of a blob says what is in it, wherever it lies."""

    name: str
    path: Path = field(compare=False)


def fitted(sample: Path, texts: tuple[str, ...]) -> Fitted:
    """How records like those of a sample are brought into one writing."""
    return _fitted(_File(sample.name, sample), texts)


def profile(sample: Path) -> Profile:
    """What is usual of a sample's records."""
    return _profile(_File(sample.name, sample))


def counts(file: Path) -> pl.DataFrame:
    """How often words occur in all records."""
    return _frame(_File(file.name, file))


def words(file: Path, column: str) -> list[str]:
    """The texts in a file's only column."""
    return _frame(_File(file.name, file))[column].to_list()


@lru_cache(maxsize=1)
def _fitted(sample: _File, texts: tuple[str, ...]) -> Fitted:
    return Harmonise(texts=texts).fit(load(sample.path))


@lru_cache(maxsize=1)
def _profile(sample: _File) -> Profile:
    return fit(load(sample.path))


@lru_cache(maxsize=3)
def _frame(file: _File) -> pl.DataFrame:
    return load(file.path)
