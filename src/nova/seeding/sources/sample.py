"""A table of the made-up Stadtwerke as a source, so that everything can be tried on the first day."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl

from nova.ports.sources import Batch, Cursor, Sample
from nova.seeding.sample import make

SHOWN = 10
SYNTHETIC = "synthetic"
"""The column that marks made-up records, so that no test is split off them."""


@dataclass(frozen=True, slots=True)
class SampleSource:
    """The records of one table; the same numbers give the same records."""

    table: str
    customers: int
    seed: int
    licence: str | None = "eigen"

    @property
    def name(self) -> str:
        """What it is called in reports."""
        return f"beispiel/{self.table}"

    def batches(self, cursor: Cursor) -> Iterator[Batch]:
        """All of it once; the cursor is `{"seed": ...}` then."""
        if cursor.get("seed") == self.seed:
            return
        frame = self._frame()
        digest = hashlib.sha256(frame.write_csv().encode()).hexdigest()
        yield Batch(frame.to_dict(as_series=False), {"seed": self.seed}, self.name, digest, datetime.now(UTC))

    def preview(self) -> Sample:
        """The first ten."""
        return Sample(self._frame().head(SHOWN).to_dict(as_series=False), {})

    def _frame(self) -> pl.DataFrame:
        return make(self.customers, self.seed).tables[self.table].with_columns(pl.lit("true").alias(SYNTHETIC))
