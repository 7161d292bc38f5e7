"""One writing for what means the same: characters of all text columns; numbers, dates and units of the others. Every changed cell is told.

A column other than the record's text is read as numbers or dates only where nearly all of its values are such; what can be read in two ways
stays as it is. Columns of identifiers (zeros in front, fixed length, named so) are never numbers.
"""

from dataclasses import dataclass

import polars as pl

from nova.seeding.steps.characters import harmonised, rules_of
from nova.seeding.steps.columns import Reading, read_column
from nova.seeding.steps.step import CHANGED, ID, Done, changes, removals


@dataclass(frozen=True, slots=True)
class Harmonise:
    """Characters of every text column; values of every column but `text` columns.

    `texts` are columns of running text, `keep` columns that are left as they are.
    """

    texts: tuple[str, ...] = ("text",)
    keep: tuple[str, ...] = (ID,)
    name: str = "harmonise"

    def __call__(self, frame: pl.DataFrame) -> Done:
        """The same records in one writing; nothing is removed."""
        columns = [name for name, kind in frame.schema.items() if kind == pl.String and name not in self.keep]
        clean = frame.with_columns(harmonised(name, running=name in self.texts) for name in columns)
        rules = [_characters(frame, clean, name, running=name in self.texts) for name in columns]
        readings = {name: found for name in columns if name not in self.texts and (found := read_column(clean, name))}
        kept = clean.with_columns(found.values for found in readings.values())
        rules += [_values(clean, kept, name, found) for name, found in readings.items()]
        return Done(kept, removals(), _joined(frame, pl.concat([changes(), *rules])))


def _characters(before: pl.DataFrame, after: pl.DataFrame, column: str, *, running: bool) -> pl.DataFrame:
    hit = before[column].ne_missing(after[column])
    was = before.filter(hit).select(ID, pl.col(column).alias("before"))
    return _cells(was[ID], column, was["before"], after[column].filter(hit), rules_of(was["before"], running=running))


def _values(before: pl.DataFrame, after: pl.DataFrame, column: str, found: Reading) -> pl.DataFrame:
    hit = before[column].ne_missing(after[column])
    return _cells(before[ID].filter(hit), column, before[column].filter(hit), after[column].filter(hit), found.rules.filter(hit))


def _cells(ids: pl.Series, column: str, before: pl.Series, after: pl.Series, rule: pl.Series) -> pl.DataFrame:
    named = pl.repeat(column, len(ids), eager=True, dtype=pl.String)
    return pl.DataFrame({ID: ids, "column": named, "before": before, "after": after, "rule": rule}, schema=CHANGED)


def _joined(frame: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """One row a cell: from what came in to what stands there now, with the rules of both passes."""
    if rules.is_empty():
        return rules
    order = pl.DataFrame({ID: frame[ID]}).with_row_index("at")
    cells = rules.group_by(ID, "column", maintain_order=True).agg(
        pl.col("before").first(), pl.col("after").last(), pl.col("rule").str.join("+")
    )
    return cells.join(order, on=ID).sort("at", "column").select(list(CHANGED))
