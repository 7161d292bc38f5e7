"""What every step is: `frame -> (kept, removed, changed)`.

A frame has a column `id` (text, unique, never null). A removal names what is kept in its place, so that it can be undone; a change names
what stood there before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import polars as pl

ID = "id"
REMOVED = pl.Schema(
    {"id": pl.String, "step": pl.String, "kept_id": pl.String, "score": pl.Float64, "differs": pl.String, "reason": pl.String}
)
CHANGED = pl.Schema({"id": pl.String, "column": pl.String, "before": pl.String, "after": pl.String, "rule": pl.String})


@dataclass(frozen=True, slots=True)
class Done:
    """What a step did: `kept` in the order and with the columns that came in, `removed` as `REMOVED`, `changed` as `CHANGED`."""

    kept: pl.DataFrame
    removed: pl.DataFrame
    changed: pl.DataFrame


class Step(Protocol):
    """A step of a pipeline; the same frame gives the same result, bit for bit."""

    @property
    def name(self) -> str:
        """Its name in reports and rows, such as `fuzzy`."""
        ...

    def __call__(self, frame: pl.DataFrame) -> Done:
        """Do it."""
        ...


def removals(rows: Iterable[Mapping[str, Any]] = ()) -> pl.DataFrame:
    """Rows of what was removed, as a frame of `REMOVED`."""
    return pl.DataFrame(list(rows), schema=REMOVED)


def changes(rows: Iterable[Mapping[str, Any]] = ()) -> pl.DataFrame:
    """Rows of what was changed, as a frame of `CHANGED`."""
    return pl.DataFrame(list(rows), schema=CHANGED)
