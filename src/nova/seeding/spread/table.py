"""What a run knows of all records while it lasts: where their parts lie, and which rows are gone for which."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nova.ports.spread import Blob, Executor, Task
from nova.seeding.clean import source_column, source_of
from nova.seeding.spread.blobs import ROW, load, save
from nova.seeding.spread.shards import KEPT_ROW
from nova.seeding.step import ID

Progress = Callable[[str, int, int], None]
"""What is done, how many of its tasks, of how many; may raise, which ends the run."""
_NOBODY = np.int32(-1)


def nobody(stage: str, done: int, total: int) -> None:
    """Tells nobody."""


@dataclass(slots=True)
class Removals:
    """What a step removed, as files of its shards."""

    step: str
    blobs: list[Blob]


@dataclass(slots=True)
class Table:
    """All records, in parts.

    `gone`: which rows are removed; `instead`: for which row (-1: for none). Memory: five bytes a record.
    """

    executor: Executor
    folder: Path
    progress: Progress
    parts: list[Blob]
    sizes: list[int]
    gone: NDArray[np.bool_] = field(init=False)
    instead: NDArray[np.int32] = field(init=False)
    removals: list[Removals] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.gone = np.zeros(sum(self.sizes), np.bool_)
        self.instead = np.full(sum(self.sizes), _NOBODY)

    @property
    def firsts(self) -> list[int]:
        """The first row of each part."""
        return [0, *np.cumsum(self.sizes).tolist()][:-1]

    def of_part(self, values: NDArray[Any], part: int) -> NDArray[Any]:
        """Of values of all rows those of a part."""
        return values[self.firsts[part] : self.firsts[part] + self.sizes[part]]

    def put(self, frame: pl.DataFrame) -> Blob:
        """Hand a frame to the tasks."""
        with tempfile.TemporaryDirectory(dir=self.folder) as inner:
            return self.executor.put(save(frame, Path(inner), "put"))

    def put_gone(self) -> list[Blob]:
        """Which rows of each part are gone."""
        return [self.put(pl.DataFrame({"gone": self.of_part(self.gone, part)})) for part in range(len(self.sizes))]

    def load(self, blob: Blob) -> pl.DataFrame:
        """A frame that a task made."""
        return load(self.executor.fetch(blob))

    def run(self, stage: str, tasks: Sequence[Task]) -> Iterator[tuple[Blob, ...]]:
        """The results of tasks, in their order."""
        for done, blobs in enumerate(self.executor.run(tasks), 1):
            yield blobs
            self.progress(stage, done, len(tasks))

    def first_of(self, stage: str, tasks: Sequence[Task]) -> list[Blob]:
        """The first result of each task."""
        return [blobs[0] for blobs in self.run(stage, tasks)]

    def remove(self, step: str, blobs: list[Blob]) -> None:
        """Take down what a step removed."""
        for blob in blobs:
            told = load(self.executor.fetch(blob), [ROW, KEPT_ROW])
            rows = told[ROW].to_numpy()
            self.gone[rows] = True
            self.instead[rows] = told[KEPT_ROW].cast(pl.Int32).fill_null(-1).to_numpy()
        self.removals.append(Removals(step, blobs))

    def restore(self) -> None:
        """Nothing is removed."""
        self.gone[:], self.instead[:] = False, _NOBODY
        self.removals.clear()

    def ids(self, rows: NDArray[np.int32]) -> pl.DataFrame:
        """The ids of rows (`id`, `§row`), in order."""
        found = [pl.DataFrame(schema={ID: pl.String, ROW: pl.Int32})]
        for part, first, size in zip(self.parts, self.firsts, self.sizes, strict=True):
            here = rows[(rows >= first) & (rows < first + size)].astype(np.int32)
            if len(here):
                told = load(self.executor.fetch(part), [ID])[ID].gather(here - first)
                found.append(pl.DataFrame({ID: told, ROW: here}))
        return pl.concat(found)

    def losses(self) -> pl.DataFrame:
        """Of each source its records and how many are gone."""
        tasks = [Task("by_source", place) for place in zip(self.parts, self.put_gone(), strict=True)]
        told = pl.concat([self.load(blob) for blob in self.first_of("brake", tasks)])
        return told.group_by("source").agg(pl.col("rows", "gone").sum()).sort("source")

    def rows_of(self, source: str) -> pl.DataFrame:
        """The rows of a source (`id`: their places)."""
        found = []
        for part, first in zip(self.parts, self.firsts, strict=True):
            frame = self.load(part)
            found.append(frame.select(source_of(frame).alias("source")).with_row_index(ID, first).filter(pl.col("source") == source))
        return pl.concat(found).select(pl.col(ID).cast(pl.Int64))

    def names_sources(self) -> bool:
        """Whether a column says where records come from."""
        return source_column(load(self.executor.fetch(self.parts[0])).head(0)) is not None

    def steps_of(self, rows: NDArray[np.int64]) -> pl.Series:
        """The names of the steps that removed rows."""
        steps = np.zeros(len(self.gone), np.uint8)
        for place, removals in enumerate(self.removals):
            for blob in removals.blobs:
                steps[load(self.executor.fetch(blob), [ROW])[ROW].to_numpy()] = place
        return pl.Series([one.step for one in self.removals], dtype=pl.String).gather(steps[rows])

    def standing(self) -> NDArray[np.int32]:
        """For each row that is gone the one that stands for it in the end, -1 where none does (pointers doubled until none moves)."""
        heads = self.instead.copy()
        while True:
            further = np.where(heads >= 0, self.instead[np.maximum(heads, 0)], _NOBODY)
            moves = further >= 0
            if not moves.any():
                return heads
            heads[moves] = further[moves]

    def shards_of(self, target: NDArray[np.int32], stage: str) -> list[list[Blob]]:
        """The records of each shard, by the shard of each row (-1: none)."""
        shards = int(target.max(initial=-1)) + 1
        if not shards:
            return []
        tasks = [
            Task("routed", (blob, self.put(pl.DataFrame({"to": self.of_part(target, part)}))), {"first": first, "shards": shards})
            for part, (blob, first) in enumerate(zip(self.parts, self.firsts, strict=True))
        ]
        routed = list(self.run(stage, tasks))
        return [[blobs[shard] for blobs in routed] for shard in range(shards)]
