"""The columns that tell a record that is not one of a source: `_made` how it came to be, `_from` of what it was made.

`_from` is the id of a record, or names what holds no person: `version:` a version of a dataset, `generator:` a seeded process.
"""

from typing import Final

import polars as pl

MADE: Final = "_made"
FROM: Final = "_from"
SYNTHETIC: Final = "synthetic"
REPEATED: Final = "repeated"
VERSION: Final = "version:"
GENERATOR: Final = "generator:"


def marked(frame: pl.DataFrame, origin: str | pl.Series) -> pl.DataFrame:
    """The records with both columns, `_made` being `synthetic`; `origin` is one for all, or one for each."""
    source = pl.lit(origin) if isinstance(origin, str) else origin.cast(pl.String)
    return frame.with_columns(pl.lit(SYNTHETIC).alias(MADE), source.alias(FROM))


def is_synthetic(frame: pl.DataFrame) -> pl.Expr:
    """Where a record is made up; a repeated one is not."""
    return (pl.col(MADE).cast(pl.String) == SYNTHETIC).fill_null(value=False) if MADE in frame.columns else pl.lit(value=False)


def is_nobodys(frame: pl.DataFrame) -> pl.Expr:
    """Where a record was made of no single person's."""
    if FROM not in frame.columns:
        return pl.lit(value=False)
    made_of = pl.col(FROM).cast(pl.String)
    nobody = made_of.str.starts_with(VERSION) | made_of.str.starts_with(GENERATOR)
    return is_synthetic(frame) & nobody.fill_null(value=False)
