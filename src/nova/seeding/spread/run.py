"""A run over parts: one writing, copies, personal data, the brake, marks; what it gives is what `clean` and `score` give in one piece."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nova.ports.spread import Blob, Executor, Task
from nova.seeding.clean import Brake, Stopped, stopped_by
from nova.seeding.judge import sample as judged_sample
from nova.seeding.spread import rounds
from nova.seeding.spread.blobs import ROW, load_all
from nova.seeding.spread.collect import Parts
from nova.seeding.spread.rounds import Size
from nova.seeding.spread.shards import KEPT_ROW
from nova.seeding.spread.table import Progress, Table, nobody
from nova.seeding.step import CHANGED, REMOVED
from nova.seeding.steps.fuzzy import Fuzzy
from nova.seeding.steps.semantic import Semantic
from nova.seeding.stream import highest_hash

_WINDOW = 500_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done (the text's column or None, where nothing is compared; whether personal data is replaced; the brake) and how: by whom,
    in which folder what is handed over is written, how large a task is, who is told of each that is done and may end the run by raising.
    """

    text: str | None
    redact: bool
    brake: Brake
    executor: Executor
    folder: Path
    size: Size = field(default_factory=Size)
    progress: Progress = nobody


@dataclass(slots=True)
class CleanedInParts:
    """What came of a run; its files are there until the executor is closed."""

    table: Table
    stopped: Stopped | None
    changes: list[Blob]
    scored: list[Blob]

    def schema(self) -> pl.Schema:
        """The columns of what stays."""
        return self.table.load(self.scored[0]).schema

    def kept(self) -> Iterator[pl.DataFrame]:
        """What stays with its marks, in the order in which it came."""
        return map(self.table.load, self.scored)

    def changed(self) -> Iterator[pl.DataFrame]:
        """What was changed, step by step, in the order of records."""
        return (self.table.load(blob).select(list(CHANGED)) for blob in self.changes)

    def removed(self) -> Iterator[pl.DataFrame]:
        """What was removed and for which record that stands in the end, step by step, in the order of records."""
        heads = self.table.standing()
        for step in self.table.removals:
            files = [self.table.executor.fetch(blob) for blob in step.blobs]
            total = sum(len(load_all([file], [ROW])) for file in files)
            edges = np.linspace(0, len(self.table.gone), max(1, -(-total // _WINDOW)) + 1).astype(np.int64).tolist()
            for low, high in pairwise(edges):
                plans = [pl.scan_ipc(file).filter(pl.col(ROW).is_between(low, high - 1)) for file in files]
                if plans:
                    yield _standing(self.table, pl.concat(plans).collect().sort(ROW), heads)


def _standing(table: Table, told: pl.DataFrame, heads: NDArray[np.int32]) -> pl.DataFrame:
    last = heads[told[ROW].to_numpy()]
    moved = (last >= 0) & (last != told[KEPT_ROW].cast(pl.Int64).fill_null(-1).to_numpy())
    ids = table.ids(np.unique(last[moved])).rename({"id": "§last", ROW: "§at"})
    told = told.with_columns(pl.Series("§at", np.where(moved, last, -1)).cast(pl.Int64)).join(
        ids.with_columns(pl.col("§at").cast(pl.Int64)), on="§at", how="left", maintain_order="left"
    )
    return told.with_columns(pl.coalesce("§last", "kept_id").alias("kept_id")).select(list(REMOVED))


def clean_in_parts(parts: Parts, plan: Plan) -> CleanedInParts:
    """Parts of records with unique ids through all steps. Raises what tasks and `progress` raise."""
    table = Table(plan.executor, plan.folder, plan.progress, parts.blobs, parts.sizes)
    changes, keys = _harmonised(table, plan.text)
    if plan.text is not None:
        rounds.exact(table, keys, plan.text, plan.size)
        language = Fuzzy(text=plan.text).language
        read = rounds.read(table, plan.text, language)
        rounds.compared(table, read, Fuzzy(text=plan.text), plan.size)
        rounds.compared(table, read, Semantic(text=plan.text), plan.size)
        plan.executor.drop(blob for blobs in read for blob in blobs)
    if plan.redact and plan.text is not None:
        changes += _redacted(table, plan.text)
    stopped = _stopped(table, plan.brake)
    if stopped is not None:
        table.restore()
    return CleanedInParts(table, stopped, changes, _scored(table))


def _harmonised(table: Table, text: str | None) -> tuple[list[Blob], list[Blob]]:
    """Brings all records into one writing as a sample of all taught; the changes, and the keys of exact copies."""
    highest = str(highest_hash(len(table.gone)))
    drawn = table.first_of("sample", [Task("drawn", (part,), {"highest": highest}) for part in table.parts])
    sample = table.put(load_all([table.executor.fetch(blob) for blob in drawn]))
    tasks = [Task("harmonise", (part, sample), {"text": text}) for part in table.parts]
    done = list(table.run("harmonise", tasks))
    table.executor.drop([*table.parts, *drawn])
    table.parts = [blobs[0] for blobs in done]
    return [blobs[1] for blobs in done], [blobs[2] for blobs in done]


def _redacted(table: Table, text: str) -> list[Blob]:
    places = zip(table.parts, table.put_gone(), table.firsts, strict=True)
    tasks = [Task("redacted", (part, gone), {"text": text, "first": first}) for part, gone, first in places]
    done = list(table.run("redact", tasks))
    table.parts = [blobs[0] for blobs in done]
    table.remove("redact", [blobs[1] for blobs in done])
    return [blobs[2] for blobs in done]


def _scored(table: Table) -> list[Blob]:
    places = list(zip(table.parts, table.put_gone(), strict=True))
    sampled = table.first_of("judge", [Task("sampled", place) for place in places])
    sample = table.put(reduce(lambda one, other: judged_sample(pl.concat([one, other])), map(table.load, sampled)))
    return table.first_of("judge", [Task("scored", (*place, sample)) for place in places])


def _stopped(table: Table, brake: Brake) -> Stopped | None:
    """As `clean` says it, told by rows instead of ids; the id of a kept record only where it may stand for too many."""
    rows = np.flatnonzero(table.gone)
    if not len(rows):
        return None
    shares = table.losses()
    heads = table.standing()[rows]
    values, sizes = np.unique(heads[heads >= 0], return_counts=True)
    most = values[sizes == sizes.max(initial=0)]
    kept = table.ids(most).select(pl.col(ROW).cast(pl.Int64).alias("head"), pl.col("id").alias("kept_id"))
    removed = pl.DataFrame({"id": rows, "head": heads.astype(np.int64)}).with_columns(step=table.steps_of(rows))
    removed = removed.join(kept, on="head", how="left", maintain_order="left")
    return stopped_by(removed, shares, table.rows_of, brake, named=table.names_sources())
