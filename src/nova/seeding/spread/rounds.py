"""The steps that look at all records: what belongs together is brought together, worked on there, and what is removed is taken down.

Word counts of all parts give the keys of each record; rows under one key come to one shard, which writes their pairs down; the components
of all pairs (union-find) say which records go together. A component is never parted, so each step does there what it would do over all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from nova.ports.spread import Blob, Task
from nova.seeding.candidates import large_keys
from nova.seeding.known import all_counts
from nova.seeding.spread.table import Table
from nova.seeding.steps.fuzzy import Fuzzy
from nova.seeding.steps.semantic import Semantic

SHARD_ROWS = 200_000
"""About so many records are worked on together; a component that is larger is not parted."""
KEY_ROWS = 2_000_000
"""About so many rows under keys are sorted together."""
Read = tuple[Blob, ...]
"""Of a part: words, tokens, rows, signatures, short words with a full stop."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much a task takes: records of a shard, rows under keys."""

    shard_rows: int = SHARD_ROWS
    key_rows: int = KEY_ROWS


def exact(table: Table, keys: Sequence[Blob], text: str, size: Size) -> None:
    """Remove exact copies; `keys` tell of each part which records may be copies of each other."""
    told = pl.concat([table.load(blob)["key"] for blob in keys])
    target = _shards_of_keys(told, size.shard_rows)
    table.executor.drop(keys)
    shards = table.shards_of(target, "exact")
    arguments = {"text": text}
    found = table.first_of("exact", [Task("empty_patterns", tuple(shard), arguments) for shard in shards])
    patterns = table.put(_distinct((table.load(blob) for blob in found), "pattern"))
    removed = table.first_of("exact", [Task("exact", (*shard, patterns), arguments) for shard in shards])
    table.executor.drop(blob for shard in shards for blob in shard)
    table.remove("exact", removed)


def _shards_of_keys(keys: pl.Series, shard_rows: int) -> NDArray[np.int32]:
    """The shard of each row whose key others have too, -1 for all others."""
    told = keys.is_not_null().to_numpy()
    values = keys.fill_null(0).to_numpy()
    ordered = np.sort(values[told])
    repeated = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    place = np.searchsorted(repeated, values)
    place[place == len(repeated)] = 0
    several = told & (repeated[place] == values) if len(repeated) else np.zeros(len(values), np.bool_)
    shards = max(1, -(-int(several.sum()) // shard_rows))
    return np.where(several, (values >> np.uint64(11)) % np.uint64(shards), -1).astype(np.int32)


def read(table: Table, text: str, language: str) -> list[Read]:
    """The texts of all records that are there as tokens, part by part."""
    gone = table.put_gone()
    places = zip(table.parts, gone, table.firsts, strict=True)
    tasks = [Task("read", (part, left), {"text": text, "language": language, "first": first}) for part, left, first in places]
    return list(table.run("read", tasks))


def compared(table: Table, parts: Sequence[Read], step: Fuzzy | Semantic, size: Size) -> None:
    """Remove what a step that compares records removes."""
    counts, keyed = _keyed(table, parts, step, size)
    left, right = _pairs(table, parts, keyed, step)
    target = _components(left, right, len(table.gone), size.shard_rows)
    shards = table.shards_of(target, step.name)
    pairs = [table.put(pl.DataFrame({"left": left[here], "right": right[here]})) for here in _places(target[left], len(shards))]
    dotted = table.put(_distinct((table.load(part[4]) for part in parts), "word"))
    arguments = {"step": step.name, "settings": asdict(step)}
    every = [(*shard, pair, counts, dotted) for shard, pair in zip(shards, pairs, strict=True)]
    found = table.first_of(step.name, [Task("contested", inputs, arguments) for inputs in every])
    values = table.put(_distinct((table.load(blob) for blob in found), "value"))
    removed = table.first_of(step.name, [Task("compared", (*inputs, values), arguments) for inputs in every])
    table.executor.drop(blob for shard in shards for blob in shard)
    table.remove(step.name, removed)


def _keyed(table: Table, parts: Sequence[Read], step: Fuzzy | Semantic, size: Size) -> tuple[Blob, list[tuple[Blob, ...]]]:
    """Counts of all words, and of each part the rows under keys by shard."""
    gone = table.put_gone()
    places = list(zip(parts, gone, table.firsts, strict=True))
    told = list(table.run(step.name, [Task("counted", (*part[:3], left), {"first": first}) for part, left, first in places]))
    keys = np.concatenate([table.load(blobs[1])["key"].to_numpy() for blobs in told])
    counts = table.put(all_counts([table.load(blobs[0]) for blobs in told]))
    large = table.put(pl.DataFrame({"key": large_keys(keys, step.block)}))
    shards = max(1, -(-10 * len(keys) // size.key_rows))
    tasks = [Task("keyed", (*part[:3], left, counts, large), {"first": first, "shards": shards}) for part, left, first in places]
    return counts, list(table.run(step.name, tasks))


def _pairs(
    table: Table, parts: Sequence[Read], keyed: Sequence[tuple[Blob, ...]], step: Fuzzy | Semantic
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Pairs of rows that may be one, each once, in order."""
    rows, signatures = [part[2] for part in parts], [part[3] for part in parts]
    tasks = [
        Task("neighbours", (*(blobs[shard] for blobs in keyed), *rows, *signatures), {"parts": len(parts), "block": step.block})
        for shard in range(len(keyed[0]))
    ]
    found = [table.load(blob) for blob in table.first_of(step.name, tasks)]
    table.executor.drop(blob for blobs in keyed for blob in blobs)
    every = pl.concat(found).unique().sort("left", "right")
    return every["left"].to_numpy(), every["right"].to_numpy()


def _components(left: NDArray[np.uint32], right: NDArray[np.uint32], rows: int, shard_rows: int) -> NDArray[np.int32]:
    """The shard of each row that is in a pair, -1 for all others; rows that pairs connect are in one shard."""
    target = np.full(rows, -1, np.int32)
    nodes = np.unique(np.concatenate([left, right]))
    if not len(nodes):
        return target
    first, second = np.searchsorted(nodes, left), np.searchsorted(nodes, right)
    graph = coo_array((np.ones(len(first), np.bool_), (first, second)), shape=(len(nodes), len(nodes)))
    _, labels = connected_components(graph, directed=False)
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.bincount(labels))])[:-1]
    shard = before // shard_rows
    _, dense = np.unique(shard, return_inverse=True)
    target[nodes] = dense[labels]
    return target


def _places(shard: NDArray[np.int32], shards: int) -> list[NDArray[np.int64]]:
    """The places of each shard's pairs."""
    return [np.flatnonzero(shard == place) for place in range(shards)]


def _distinct(frames: Iterable[pl.DataFrame], name: str) -> pl.DataFrame:
    """The texts of several frames, each once, in order."""
    return pl.concat([pl.DataFrame(schema={name: pl.String}), *frames]).unique().sort(name)
