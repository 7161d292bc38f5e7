"""Two versions of a dataset in, what came, what went and what is another value out, by key."""

from dataclasses import dataclass

import polars as pl

from nova.errors import InvalidInput
from nova.seeding.step import ID

VALUES = pl.Schema({"key": pl.String, "column": pl.String, "before": pl.String, "after": pl.String})


@dataclass(frozen=True, slots=True, eq=False)
class Diff:
    """`added` and `removed` are whole rows by key; `changed` has a row (key, column, before, after) for each value, as text.

    `new_columns` and `lost_columns` are compared in no row; a column of another type has the names of both in `retyped`.
    """

    added: pl.DataFrame
    removed: pl.DataFrame
    changed: pl.DataFrame
    new_columns: tuple[str, ...]
    lost_columns: tuple[str, ...]
    retyped: dict[str, tuple[str, str]]

    def counts(self) -> dict[str, int]:
        """How many rows came, went and changed, and how many values changed, in all and by column."""
        rows = {"added": self.added.height, "removed": self.removed.height, "changed": self.changed["key"].n_unique()}
        values = {f"changed_{name}": int(number) for name, number in self.changed["column"].value_counts().sort("column").iter_rows()}
        return rows | {"values": self.changed.height} | values


def diff(before: pl.DataFrame, after: pl.DataFrame, key: str = ID) -> Diff:
    """What is between two frames; InvalidInput where the key is missing, empty or there twice in one of them.

    Numbers of different types are compared as numbers, everything else of different types as text.
    """
    _require_key(before, key)
    _require_key(after, key)
    shared = sorted(name for name in set(before.columns) & set(after.columns) if name != key)
    keyed = [frame.with_columns(pl.col(key).cast(pl.String)) for frame in (before, after)]
    added, removed = keyed[1].join(keyed[0], on=key, how="anti").sort(key), keyed[0].join(keyed[1], on=key, how="anti").sort(key)
    both = keyed[0].join(keyed[1], on=key, how="inner", suffix=_suffix(before, after))
    changed = [_changed(both, key, name, _suffix(before, after)) for name in shared]
    return Diff(
        added,
        removed,
        pl.concat([VALUES.to_frame(), *changed]).sort("key", "column"),
        tuple(sorted(set(after.columns) - set(before.columns))),
        tuple(sorted(set(before.columns) - set(after.columns))),
        {name: (str(before.schema[name]), str(after.schema[name])) for name in shared if before.schema[name] != after.schema[name]},
    )


def _require_key(frame: pl.DataFrame, key: str) -> None:
    if key not in frame.columns or frame[key].null_count() or frame[key].n_unique() < frame.height:
        raise InvalidInput(f"Die Spalte „{key}“ ist kein Schlüssel: Sie fehlt, ist leer oder enthält Werte mehrmals.")


def _suffix(before: pl.DataFrame, after: pl.DataFrame) -> str:
    """What no column's name ends with."""
    suffix = "\0after"
    while any(name.endswith(suffix) for name in (*before.columns, *after.columns)):
        suffix += "'"
    return suffix


def _changed(both: pl.DataFrame, key: str, name: str, suffix: str) -> pl.DataFrame:
    old, new = pl.col(name), pl.col(name + suffix)
    kinds = both.schema[name], both.schema[name + suffix]
    alike = kinds[0] == kinds[1] or all(kind.is_numeric() for kind in kinds)
    differs = old.ne_missing(new) if alike else old.cast(pl.String).ne_missing(new.cast(pl.String))
    return both.filter(differs).select(
        pl.col(key).alias("key"),
        pl.lit(name).alias("column"),
        old.cast(pl.String).alias("before"),
        new.cast(pl.String).alias("after"),
    )
