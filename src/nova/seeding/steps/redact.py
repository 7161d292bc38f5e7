"""Personal data out of free text, strictly: what might be personal goes too. A record that cannot be checked is removed.

It is the slow step (about 150 texts a processor second), so each distinct text is looked at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from nova.errors import InvalidInput
from nova.seeding.personal import clean_text
from nova.seeding.step import CHANGED, ID, REMOVED, Done

UNCHECKED = "Text konnte nicht vollständig auf personenbezogene Angaben geprüft werden"


@dataclass(frozen=True, slots=True)
class Redact:
    """The step over free text in `columns`. A change names kinds and counts (`2 NAME, 1 IBAN`), never what stood there."""

    columns: Sequence[str] = ("text",)
    name: str = "redact"

    def __call__(self, frame: pl.DataFrame) -> Done:
        """InvalidInput where a column is missing: better no run than one that checked nothing."""
        for column in self.columns:
            if column not in frame.columns or frame[column].dtype != pl.String:
                raise InvalidInput(f"Die Textspalte „{column}“ gibt es nicht; es wurde nichts geprüft.")
        kept, gone, changed = frame, [pl.DataFrame(schema=REMOVED)], [pl.DataFrame(schema=CHANGED)]
        for column in self.columns:
            looked = self._looked_at(frame, column)
            kept = kept.with_columns(looked["clean"].alias(column))
            gone.append(
                looked.filter(pl.col("before").is_not_null() & pl.col("clean").is_null()).select(**self._removal(column)).cast(REMOVED)
            )
            changed.append(looked.filter(pl.col("before") != pl.col("clean")).select(**self._change(column)).cast(CHANGED))
        removed = pl.concat(gone).unique(ID, keep="first", maintain_order=True)
        stays = ~pl.col(ID).is_in(removed[ID].implode())
        return Done(kept.filter(stays), removed, pl.concat(changed).filter(stays))

    def _looked_at(self, frame: pl.DataFrame, column: str) -> pl.DataFrame:
        """`id, before, clean, told` of every record; `clean` is null where the text could not be checked."""
        texts = frame[column].drop_nulls().unique().sort().to_list()
        found = [(text, *(clean_text(text) or (None, None))) for text in texts]
        schema = {"before": pl.String, "clean": pl.String, "told": pl.String}
        clean = pl.DataFrame(found, schema=schema, orient="row")
        return frame.select(ID, before=column).join(clean, on="before", how="left", maintain_order="left")

    def _removal(self, column: str) -> dict[str, pl.Expr]:
        nothing = pl.lit(None, pl.String)
        step, differs, reason = (pl.lit(text) for text in (self.name, column, UNCHECKED))
        return {"id": pl.col(ID), "step": step, "kept_id": nothing, "score": nothing, "differs": differs, "reason": reason}

    def _change(self, column: str) -> dict[str, pl.Expr]:
        return {"id": pl.col(ID), "column": pl.lit(column), "before": pl.lit(""), "after": pl.col("told"), "rule": pl.lit(self.name)}
