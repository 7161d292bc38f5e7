"""Values that lie far from the others of their group: told where they are unusual, removed only where they are beyond belief.

A heavy tail is legitimate (an industrial customer uses a thousand times what a flat does). Where a group's values are all positive and
skewed they are judged by their logarithm, and none goes within a factor of 10,000 of the median. Where more than one in a hundred lies far
out, there is another kind of record in the group, and none goes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nova.errors import InvalidInput
from nova.seeding.step import CHANGED, ID, REMOVED, Done, changes
from nova.seeding.values import notation_of, number_of

Method = Literal["zscore", "iqr", "forest"]
SMALLEST_GROUP = 12
LEAST_FACTOR = 10_000.0
MOST_FAR = 0.01
LEAST_NUMBERS = 0.9
SKEWED = 1.5
FLAG: dict[Method, float] = {"zscore": 3.5, "iqr": 1.5, "forest": 0.65}
REMOVE: dict[Method, float] = {"zscore": 12.0, "iqr": 6.0, "forest": 0.85}
NAMES: dict[Method, str] = {"zscore": "robuster z-Wert", "iqr": "Abstand in Quartilsabständen", "forest": "Isolation Forest"}
SCORED = pl.Schema({"id": pl.String, "column": pl.String, "value": pl.String, "score": pl.Float64, "apart": pl.Boolean, "group": pl.UInt32})
MAD_TO_SIGMA = 1.4826
"""The standard deviation of a normal distribution in median absolute deviations (Iglewicz and Hoaglin, 1993)."""


@dataclass(frozen=True, slots=True)
class Outliers:
    """The step: by `method` within groups of `by`, for `columns` (all numeric ones where none are named).

    `flag` and `remove` are scores of the method: robust z, distance from the quartiles in interquartile ranges, anomaly score of 0 to 1.
    With `remove=None` nothing is removed.
    """

    method: Method = "iqr"
    by: Sequence[str] = ()
    columns: Sequence[str] = ()
    flag: float | None = None
    remove: float | None = field(default=float("nan"))
    name: str = "outliers"

    def __call__(self, frame: pl.DataFrame) -> Done:
        """Rows beyond `remove` go, with value and group in the reason; the flagged ones are told by `flagged`."""
        scores = self.scored(frame)
        far = self._remove_at()
        if far is None or scores.is_empty():
            return Done(frame, pl.DataFrame(schema=REMOVED), changes())
        beyond = pl.col("apart") & (pl.col("score") >= far)
        few = beyond.sum().over("column", "group") <= pl.max_horizontal(pl.lit(1.0), MOST_FAR * pl.len().over("column", "group"))
        gone = scores.filter(beyond & few).sort(ID, "score", "column", descending=[False, True, False])
        gone = gone.unique(ID, keep="first", maintain_order=True)
        removed = gone.select(
            ID,
            step=pl.lit(self.name),
            kept_id=pl.lit(None, pl.String),
            score=pl.col("score"),
            differs=pl.col("column"),
            reason=pl.format("Ausreißer in „{}“: {} ({} {})", "column", "value", pl.lit(NAMES[self.method]), pl.col("score").round(2)),
        ).cast(REMOVED)
        return Done(frame.filter(~pl.col(ID).is_in(removed[ID].implode())), removed, pl.DataFrame(schema=CHANGED))

    def flagged(self, frame: pl.DataFrame) -> pl.DataFrame:
        """What is unusual and stays: `id, column, value, score, reason`."""
        near = FLAG[self.method] if self.flag is None else self.flag
        gone = self(frame).removed[ID]
        told = pl.format("Ungewöhnlicher Wert in „{}“: {} ({} {})", "column", "value", pl.lit(NAMES[self.method]), pl.col("score").round(2))
        unusual = self.scored(frame).filter((pl.col("score") >= near) & ~pl.col(ID).is_in(gone.implode()))
        return unusual.select(ID, "column", "value", "score", reason=told)

    def scored(self, frame: pl.DataFrame) -> pl.DataFrame:
        """`id, column, value, score, apart, group` of every number in a group large enough; null and NaN have none.

        `apart`: far enough from the median, in any measure, to be an error. InvalidInput where a named column is missing.
        """
        for column in (*self.by, *self.columns):
            if column not in frame.columns:
                raise InvalidInput(f"Die Spalte „{column}“ gibt es nicht.")
        chosen = list(self.columns) or [name for name in frame.columns if name != ID and name not in self.by]
        parts = [scored for name in chosen if (scored := self._scored_column(frame, name)) is not None]
        return pl.concat([pl.DataFrame(schema=SCORED), *parts])

    def _remove_at(self) -> float | None:
        return self.remove if self.remove is None or self.remove == self.remove else REMOVE[self.method]

    def _scored_column(self, frame: pl.DataFrame, name: str) -> pl.DataFrame | None:
        numbers = as_numbers(frame[name])
        if numbers is None:
            return None
        table = frame.select(ID, *self.by).with_columns(
            column=pl.lit(name), value=frame[name].cast(pl.String), number=numbers, row=pl.int_range(pl.len())
        )
        table = table.filter(pl.col("number").is_finite()).sort("number", ID)
        groups = [table] if not self.by else table.partition_by(*self.by, maintain_order=True)
        kept = [self._judged(part, number) for number, part in enumerate(groups) if part.height >= SMALLEST_GROUP]
        return pl.concat(kept).sort("row").select(SCORED.names()).cast(SCORED) if kept else None

    def _judged(self, part: pl.DataFrame, number: int) -> pl.DataFrame:
        values = part["number"].to_numpy()
        shape, logarithmic = _shaped(values)
        apart = np.abs(shape - np.median(shape)) >= np.log(LEAST_FACTOR) if logarithmic else np.ones(len(values), dtype=bool)
        scores = {"zscore": _zscores, "iqr": _fences, "forest": _forest}[self.method](shape)
        return part.with_columns(score=pl.Series(scores), apart=pl.Series(apart), group=pl.lit(number, pl.UInt32))


def as_numbers(column: pl.Series) -> pl.Series | None:
    """A column as numbers where nine in ten of its values are some (`1.234,5` too); None for dates, identifiers, words."""
    if column.dtype.is_numeric():
        return column.cast(pl.Float64)
    if column.dtype != pl.String:
        return None
    texts = column.drop_nulls().unique().to_list()
    if not texts:
        return None
    notation = notation_of(texts)
    read = {text: number_of(text, notation) for text in texts}
    numbers = [text for text, value in read.items() if value is not None]
    if len(numbers) < LEAST_NUMBERS * len(texts) or all(_is_identifier(text) for text in numbers):
        return None
    return column.replace_strict(read, return_dtype=pl.String).cast(pl.Float64, strict=False)


def _is_identifier(text: str) -> bool:
    """Whether digits name something rather than count it: a leading zero, or nine digits and more."""
    digits = text.strip()
    return digits.isdigit() and (len(digits) >= 9 or (len(digits) > 1 and digits[0] == "0"))


def _shaped(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], bool]:
    """The logarithms where all are positive and the upper half of the middle is much wider than the lower, else the values."""
    low, mid, high = np.quantile(values, [0.05, 0.5, 0.95])
    if values[0] > 0 and (high - mid) > SKEWED * (mid - low):
        return np.asarray(np.log(values), dtype=np.float64), True
    return values, False


def _zscores(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Distances from the median in robust standard deviations; 0 throughout where half of the values are the same."""
    away = np.abs(values - np.median(values))
    spread = MAD_TO_SIGMA * float(np.median(away))
    return np.asarray(away / spread if spread > 0 else np.zeros_like(away), dtype=np.float64)


def _fences(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Distances beyond the quartiles in interquartile ranges (Tukey's fences: 1.5 and 3); 0 throughout where the range is 0."""
    low, high = np.quantile(values, [0.25, 0.75])
    beyond = np.maximum(np.maximum(low - values, values - high), 0.0)
    return np.asarray(beyond / (high - low) if high > low else np.zeros_like(values), dtype=np.float64)


def _forest(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The anomaly score of Liu, Ting and Zhou (2008), 0 to 1; a seed of its own, on sorted values, so that it is the same each time.

    0 throughout where the quartiles are the same.
    """
    low, high = np.quantile(values, [0.25, 0.75])
    if low == high:
        return np.zeros_like(values)
    from sklearn.ensemble import IsolationForest  # half a second, for those who look for outliers alone

    forest = IsolationForest(n_estimators=100, random_state=0, n_jobs=1).fit(values.reshape(-1, 1))
    return np.asarray(-forest.score_samples(values.reshape(-1, 1)), dtype=np.float64)
