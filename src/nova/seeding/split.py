"""Rows in, the same with a column `split` out: training, validation and test by the hash of a group, so that no group is in two of them.

A group's place depends on its name and the seed only: rows that come later, or in other partitions, fall where their group is. Made-up
rows (`_made` is `synthetic`, or the column `synthetic` is true) train only, and so does the whole group that holds one: a text and its
variant are never on both sides. A row made of another (`_from`) that has no group belongs to that one.
"""

import hashlib
from dataclasses import dataclass
from typing import Literal

import polars as pl

from nova.errors import InvalidInput
from nova.seeding.marks import FROM, is_synthetic
from nova.seeding.step import ID

Share = Literal["train", "validation", "test"]
SPLIT, SET, BENCHMARK = "split", "_set", "benchmark"
YES = ("true", "True", "1", "ja")
WHOLE = float(1 << 64)


@dataclass(frozen=True, slots=True)
class Split:
    """How to split: by which column (None: each row by itself), how many percent are for training and validation, and the seed.

    Groups that hold a made-up row are never for validation or the test; they train instead. Rows of a set that measures (`_set` is
    `benchmark`), and their groups, are for the test alone, and what is made up in such a group for validation.
    """

    group: str | None = None
    train: int = 70
    validation: int = 15
    seed: str = "nova"
    synthetic: str = "synthetic"

    def __post_init__(self) -> None:
        if self.train < 1 or self.validation < 0 or self.train + self.validation > 100:
            raise InvalidInput("Die Anteile für Training und Prüfung müssen zusammen zwischen 1 und 100 Prozent liegen.")


def split(frame: pl.DataFrame, how: Split) -> pl.DataFrame:
    """The rows in their order with a column `split`. A row without a group is one by itself. InvalidInput for a missing column."""
    if how.group is not None and how.group not in frame.columns:
        raise InvalidInput(f"Die Spalte „{how.group}“, nach der aufgeteilt werden soll, gibt es nicht.")
    origin = [pl.col(FROM).cast(pl.String)] if FROM in frame.columns else []
    own = pl.lit("id:") + pl.coalesce(*origin, pl.col(ID))
    group = own if how.group is None else pl.coalesce(pl.lit("group:") + pl.col(how.group).cast(pl.String), own)
    made = (
        pl.col(how.synthetic).cast(pl.String).is_in(YES).fill_null(value=False) if how.synthetic in frame.columns else pl.lit(value=False)
    )
    measures = pl.col(SET).eq_missing(BENCHMARK) if SET in frame.columns else pl.lit(value=False)
    told = frame.select(group.alias("group"), (made | is_synthetic(frame)).alias("made"), measures.alias("measures")).with_row_index("at")
    groups = told.group_by("group").agg(pl.col("made", "measures").any())
    places = [_place(name, how, made=made) for name, made in groups.select("group", "made").iter_rows()]
    named = groups.select("group", (pl.col("measures")).alias("apart")).with_columns(pl.Series(SPLIT, places, dtype=pl.String))
    joined = told.join(named, on="group", how="left", maintain_order="left")
    only_test = pl.when(pl.col("made") & ~pl.col("measures")).then(pl.lit("validation")).otherwise(pl.lit("test"))
    return frame.with_columns(joined.select(pl.when("apart").then(only_test).otherwise(SPLIT).alias(SPLIT)).to_series())


def counts(frame: pl.DataFrame) -> dict[str, int]:
    """How many rows are for what; nothing where no column `split` is."""
    if SPLIT not in frame.columns:
        return {}
    return {str(name): int(number) for name, number in frame[SPLIT].value_counts().sort(SPLIT).iter_rows()}


def _place(group: str, how: Split, *, made: bool) -> Share:
    if made:
        return "train"
    said = hashlib.blake2b(group.encode(), key=hashlib.sha256(how.seed.encode()).digest(), digest_size=8).digest()
    percent = int.from_bytes(said) / WHOLE * 100
    if percent < how.train:
        return "train"
    return "validation" if percent < how.train + how.validation else "test"
