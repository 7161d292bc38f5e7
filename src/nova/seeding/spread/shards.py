"""Work on records, or rows under keys, that came together from all parts: whatever belongs together is in one shard."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nova.ports.spread import Work
from nova.seeding.candidates import Keyed, Keys, Pairs, paired
from nova.seeding.known import Known
from nova.seeding.spread.blobs import ROW, counts, load, load_all, save, words
from nova.seeding.spread.parts import may_meet
from nova.seeding.step import Done
from nova.seeding.steps.exact import Exact
from nova.seeding.steps.fuzzy import Fuzzy
from nova.seeding.steps.semantic import Semantic

KEPT_ROW = "§kept"
"""The row of the record that is kept in the place of a removed one."""
COMPARING: Mapping[str, type[Fuzzy] | type[Semantic]] = {"fuzzy": Fuzzy, "semantic": Semantic}


def empty_patterns(inputs: Sequence[Path], arguments: Mapping[str, Any], folder: Path) -> list[Path]:
    """[records of a shard ...], `text` -> [the ways of being empty among repeated texts]."""
    found = Exact(text=str(arguments["text"])).patterns(_records(inputs).drop(ROW))
    return [save(pl.DataFrame({"pattern": sorted(found)}, schema={"pattern": pl.String}), folder, "patterns")]


def exact(inputs: Sequence[Path], arguments: Mapping[str, Any], folder: Path) -> list[Path]:
    """[records of a shard ..., ways of being empty of all], `text` -> [removals]."""
    frame = _records(inputs[:-1])
    done = Exact(text=str(arguments["text"])).among(frame.drop(ROW), words(inputs[-1], "pattern"))
    return [save(_removed(frame, done), folder, "removed")]


def neighbours(inputs: Sequence[Path], arguments: Mapping[str, Any], folder: Path) -> list[Path]:
    """[rows under keys ..., rows of each part ..., signatures of each part ...], `parts`, `block` -> [pairs that may be one]."""
    parts = int(arguments["parts"])
    table = load_all(inputs[:parts])
    left, right = paired(Keys(*(_keyed(table.filter(pl.col("kind") == kind)) for kind in range(3))), int(arguments["block"]))
    del table
    rows = load_all(inputs[parts : 2 * parts], ["row"])["row"].to_numpy()
    first, second = (np.searchsorted(rows, one.astype(np.uint32)).astype(np.uint32) for one in (left, right))
    for name in load(inputs[2 * parts]).head(0).columns:
        signature = load_all(inputs[2 * parts :], [name])[name].to_numpy()
        meets = may_meet(signature[first], signature[second])
        first, second = first[meets], second[meets]
    return [save(pl.DataFrame({"left": rows[first], "right": rows[second]}), folder, "pairs")]


def _keyed(table: pl.DataFrame) -> Keyed:
    order = table.select(pl.col("^order.$")).to_numpy()
    return Keyed(table["key"].to_numpy(), table["row"].to_numpy().astype(np.int64), order)


def contested(inputs: Sequence[Path], arguments: Mapping[str, Any], folder: Path) -> list[Path]:
    """[records of a shard ..., pairs, counts, dotted words], `step`, `settings` -> [values that have to be compared]."""
    *records, pairs, number, dotted = inputs
    frame = _records(records)
    known = Known(_places(frame, pairs), counts(number), frozenset(words(dotted, "word")))
    found = _step(arguments).contested(frame.drop(ROW), known)
    return [save(pl.DataFrame({"value": found}, schema={"value": pl.String}), folder, "values")]


def compared(inputs: Sequence[Path], arguments: Mapping[str, Any], folder: Path) -> list[Path]:
    """[records of a shard ..., pairs, counts, dotted words, contested values of all], `step`, `settings` -> [removals]."""
    *records, pairs, number, dotted, values = inputs
    frame = _records(records)
    known = Known(_places(frame, pairs), counts(number), frozenset(words(dotted, "word")), words(values, "value"))
    return [save(_removed(frame, _step(arguments).among(frame.drop(ROW), known)), folder, "removed")]


def _step(arguments: Mapping[str, Any]) -> Fuzzy | Semantic:
    return COMPARING[str(arguments["step"])](**arguments["settings"])


def _records(inputs: Sequence[Path]) -> pl.DataFrame:
    return load_all(inputs).sort(ROW)


def _places(frame: pl.DataFrame, pairs: Path) -> Pairs:
    """Pairs of rows among all as pairs of places in a frame."""
    rows, told = frame[ROW].to_numpy(), load(pairs).sort("left", "right")
    left, right = (_place(rows, told[name].to_numpy()) for name in ("left", "right"))
    return left, right


def _place(rows: NDArray[np.uint32], wanted: NDArray[np.uint32]) -> NDArray[np.int64]:
    return np.searchsorted(rows, wanted).astype(np.int64)


def _removed(frame: pl.DataFrame, done: Done) -> pl.DataFrame:
    """Removals with the rows of both records."""
    rows = frame.select("id", ROW)
    told = done.removed.join(rows, on="id", how="left", maintain_order="left")
    return told.join(rows.rename({ROW: KEPT_ROW, "id": "kept_id"}), on="kept_id", how="left", maintain_order="left")


WORKS: Mapping[str, Work] = {work.__name__: work for work in (empty_patterns, exact, neighbours, contested, compared)}
