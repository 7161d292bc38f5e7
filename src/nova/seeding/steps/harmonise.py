"""One writing for what means the same: characters of all text columns; numbers, dates and units of the others. Every changed cell is told.

A column other than the record's text is read as numbers or dates only where nearly all of its values are such; what can be read in two ways
stays as it is. Columns of identifiers (zeros in front, fixed length, named so) are never numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from nova.seeding.step import CHANGED, ID, Done, changes, removals
from nova.seeding.steps.characters import in_one_writing, rules_of
from nova.seeding.steps.columns import Manner, manner_of, told_rows


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
        clean = self._clean(frame)
        return self._learnt(clean).read(frame, clean)

    def fit(self, frame: pl.DataFrame) -> "Fitted":
        """How the columns of these records are read, for batches of records from the same source."""
        return self._learnt(self._clean(frame))

    def columns(self, frame: pl.DataFrame) -> list[str]:
        """The columns that may change."""
        return [name for name, kind in frame.schema.items() if kind == pl.String and name not in self.keep]

    def _clean(self, frame: pl.DataFrame) -> pl.DataFrame:
        return frame.with_columns(in_one_writing(frame[name], running=name in self.texts) for name in self.columns(frame))

    def _learnt(self, clean: pl.DataFrame) -> "Fitted":
        manners = {name: manner_of(clean, name) for name in self.columns(clean) if name not in self.texts}
        return Fitted(self, {name: manner for name, manner in manners.items() if manner is not None})


@dataclass(frozen=True, slots=True)
class Fitted:
    """`Harmonise` with what it learnt of each column of numbers or days: what becomes of a record hangs on no other record."""

    step: Harmonise
    manners: Mapping[str, Manner]

    @property
    def name(self) -> str:
        """That of the step."""
        return self.step.name

    def __call__(self, frame: pl.DataFrame) -> Done:
        """The same records in one writing."""
        return self.read(frame, self.step._clean(frame))

    def read(self, frame: pl.DataFrame, clean: pl.DataFrame) -> Done:
        """What `__call__` gives, for records whose characters are in one writing already (`clean`)."""
        rules = [_characters(frame, clean, name, running=name in self.step.texts) for name in self.step.columns(frame)]
        kept = clean
        for name in [name for name in self.manners if name in clean.columns]:
            read = self.manners[name].read(told_rows(clean, name))
            kept = kept.with_columns(read["value"].alias(name))
            rules.append(_values(clean, kept, name, read["rule"]))
        return Done(kept, removals(), _joined(frame, pl.concat([changes(), *rules])))


def _characters(before: pl.DataFrame, after: pl.DataFrame, column: str, *, running: bool) -> pl.DataFrame:
    hit = before[column].ne_missing(after[column])
    was = before[column].filter(hit)
    return _cells(before[ID].filter(hit), column, was, after[column].filter(hit), rules_of(was, running=running))


def _values(before: pl.DataFrame, after: pl.DataFrame, column: str, rules: pl.Series) -> pl.DataFrame:
    hit = before[column].ne_missing(after[column])
    return _cells(before[ID].filter(hit), column, before[column].filter(hit), after[column].filter(hit), rules.filter(hit))


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
