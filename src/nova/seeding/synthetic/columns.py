"""What sort of values a column holds, its values as numbers, and numbers as values of the column again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nova.errors import InvalidInput
from nova.seeding.judge.reading import days, iban, malo, numbers, shapes, unread
from nova.seeding.step import ID

Sort = Literal["number", "day", "category", "identifier", "malo", "melo", "iban", "name", "street", "email", "phone", "text"]
SORTS: Final = get_args(Sort)
MOST_ROWS: Final = 50_000
"""That are made up at once."""
FRESH: Final = frozenset({"identifier", "malo", "melo", "iban", "name", "street", "email", "phone"})
"""Sorts whose values are made anew, by themselves."""
MOST, FEW_NUMBERS, FEW_FORMS, FEW_WORDS, DECIMALS = 0.95, 12, 30, 200, 6
_MELO = r"^(?:DE|AT|LU)\d{11}[A-Z0-9]{20}$"
_NAMED: Final[tuple[tuple[Sort, str], ...]] = (
    ("category", r"^(?:plz|postleitzahl|zip|postcode|ort|stadt|city)$"),
    ("email", r"e?_?mail"),
    ("phone", r"telefon|phone|mobil|handy|^tel$"),
    ("street", r"stra(?:ss|ß)e|street|adresse"),
    ("name", r"^(?:vor|nach|familien|kunden)?_?name$|first_?name|last_?name|surname"),
    ("identifier", r"(?:^|_)(?:id|nr|no|key)$|nummer$|nr$|number$|^(?:vertrag|kunde|konto)$"),
)


@dataclass(frozen=True, slots=True)
class Values:
    """A column as it is modelled: `read` are numbers (of a category its code), NaN where there is none.

    `labels` are a category's values in the order of their codes, `decimals` how many digits a number has behind its point, `rare` how many
    values were merged because fewer than `k` people have them.
    """

    name: str
    sort: Sort
    dtype: pl.DataType
    read: NDArray[np.float64]
    labels: tuple[str, ...] = ()
    decimals: int = 0
    rare: int = 0

    @property
    def is_category(self) -> bool:
        """Whether it holds codes."""
        return self.sort == "category"

    def written(self, drawn: NDArray[np.float64]) -> pl.Series:
        """Numbers as values of the column, in its type; NaN is null."""
        gone = np.isnan(drawn)
        if self.is_category:
            return self._labelled(drawn, gone)
        rounded = np.where(gone, 0.0, np.round(drawn, self.decimals))
        if self.sort == "day":
            told = _nulled(pl.Series(self.name, rounded.astype(np.int32)), gone).cast(pl.Date)
            return told.dt.to_string("iso") if self.dtype == pl.String else told.cast(self.dtype)
        if self.dtype == pl.String:
            return _nulled(pl.Series(self.name, [f"{value:.{self.decimals}f}" for value in rounded.tolist()], dtype=pl.String), gone)
        whole = self.dtype.is_temporal() or self.dtype.is_integer()
        return _nulled(pl.Series(self.name, rounded.astype(np.int64) if whole else rounded), gone).cast(self.dtype)

    def _labelled(self, drawn: NDArray[np.float64], gone: NDArray[np.bool_]) -> pl.Series:
        if not self.labels:
            return pl.Series(self.name, [None] * len(drawn), dtype=self.dtype)
        labels = pl.Series(self.name, self.labels, dtype=pl.String)
        typed = labels == "true" if self.dtype == pl.Boolean else labels.cast(self.dtype)
        return _nulled(typed.gather(np.where(gone, 0, drawn).astype(np.int64)), gone)


def sorts_of(frame: pl.DataFrame, said: Mapping[str, str]) -> dict[str, Sort]:
    """The sort of each column; `said` wins. A column that begins with "_" or holds no plain values has none.

    InvalidInput for a column that is not there, or a sort that does not exist.
    """
    for name, sort in said.items():
        if name not in frame.columns or sort not in SORTS:
            raise InvalidInput(f"Spalte „{name}“ als „{sort}“ geht nicht: Die Spalte fehlt, oder die Art ist keine aus {', '.join(SORTS)}.")
    names = [name for name in frame.columns if not name.startswith("_") and not unread(frame[name])]
    return {name: cast("Sort", said[name]) if name in said else sort_of(frame[name]) for name in names}


def sort_of(column: pl.Series) -> Sort:
    """The sort of a column by its name and its values; `text` where it is none of the others."""
    told = column.drop_nulls()
    if column.name == ID:
        return "identifier"
    named = next((sort for sort, pattern in _NAMED if re.search(pattern, column.name.lower())), None)
    if column.dtype == pl.Boolean or told.is_empty():
        return "category"
    if column.dtype.is_temporal():
        return "day" if column.dtype == pl.Date else "number"
    return _of_numbers(told, named) if column.dtype.is_numeric() else _of_texts(told.cast(pl.String), named)


def _of_numbers(told: pl.Series, named: Sort | None) -> Sort:
    if named == "identifier" and told.dtype.is_integer():
        return "identifier"
    return "category" if named == "category" or told.n_unique() <= FEW_NUMBERS else "number"


def _of_texts(told: pl.Series, named: Sort | None) -> Sort:
    checked: tuple[tuple[Sort, pl.Series], ...] = (("malo", malo(told)), ("melo", told.str.contains(_MELO)), ("iban", iban(told)))
    of_form = next((sort for sort, holds in checked if _share(holds) >= 0.9), None)
    if of_form is not None:
        return of_form
    if named is None:
        return "category" if told.n_unique() <= FEW_NUMBERS else _of_values(told)
    return _of_words(told) if named == "category" else named


def _of_values(told: pl.Series) -> Sort:
    """Days, numbers, or words."""
    if _share(days(told).is_not_null()) >= MOST:
        return "day"
    return "number" if _share(numbers(told).is_not_null()) >= MOST else _of_words(told)


def _of_words(told: pl.Series) -> Sort:
    """Few words are a category, more of them identifiers where most are of few forms with digits, else texts."""
    distinct = told.n_unique()
    if distinct <= FEW_FORMS or (distinct <= FEW_WORDS and len(told) >= 5 * distinct):
        return "category"
    coded = told.str.contains(r"\d") & ~told.str.contains(r"\s")
    return "identifier" if _share(coded) >= MOST and shapes(told, runs=True).n_unique() <= FEW_FORMS else "text"


def _share(holds: pl.Series) -> float:
    return float(holds.fill_null(value=False).sum()) / max(1, len(holds))


def values_of(column: pl.Series, sort: Sort, k: int, who: pl.Series) -> Values:
    """A modelled column's values; a category's value that fewer than `k` people (`who`, one a record) have is merged (see `_merged`)."""
    if sort == "category":
        return _merged(column, k, who)
    if sort == "day":
        read = days(column).cast(pl.Float64)
        return Values(column.name, sort, column.dtype, _floats(read))
    if column.dtype == pl.String:
        read = numbers(column)
        places = column.drop_nulls().str.extract(r"[.,](\d{1,6})\s*\D*$").str.len_chars().fill_null(0)
        mode = places.mode().sort()
        return Values(column.name, sort, column.dtype, _floats(read), decimals=int(mode[-1]) if len(mode) else 0)
    read = (column.to_physical() if column.dtype.is_temporal() else column).cast(pl.Float64)
    return Values(column.name, sort, column.dtype, _floats(read), decimals=_decimals(read))


def _merged(column: pl.Series, k: int, who: pl.Series) -> Values:
    """A category's codes. A rare number becomes the nearest frequent one; rare words become `andere`, or the most frequent word where all
    rare ones together are fewer than `k`.
    """
    texts = column.cast(pl.String)
    people = pl.DataFrame({"v": texts, "who": who}).drop_nulls("v").group_by("v").agg(pl.col("who").n_unique().alias("count"))
    counts = people.sort("count", "v", descending=[True, False])
    kept, rare = counts.filter(pl.col("count") >= k)["v"].to_list(), counts.filter(pl.col("count") < k)
    instead = _instead(kept, rare, column.dtype, k)
    texts = texts.replace_strict(instead, default=texts, return_dtype=pl.String) if instead else texts
    labels = tuple(sorted({*kept, *instead.values()}))
    codes = texts.replace_strict({label: at for at, label in enumerate(labels)}, default=None, return_dtype=pl.Float64) if labels else None
    read = np.full(len(texts), np.nan) if codes is None else _floats(codes)
    return Values(column.name, "category", column.dtype, read, labels, rare=len(rare))


def _instead(kept: list[str], rare: pl.DataFrame, dtype: pl.DataType, k: int) -> dict[str, str]:
    """What stands instead of a rare value; nothing where no value is frequent and the rare ones are no words."""
    if kept and dtype.is_numeric():
        sizes = np.array([float(value) for value in kept])
        return {value: kept[int(np.argmin(np.abs(sizes - float(value))))] for value in rare["v"].sort()}
    other = "andere" if dtype == pl.String and rare["count"].sum() >= k else next(iter(kept), None)
    return dict.fromkeys(rare["v"].sort(), other) if other is not None else {}


def _floats(values: pl.Series) -> NDArray[np.float64]:
    read: NDArray[np.float64] = values.cast(pl.Float64).fill_null(float("nan")).to_numpy().copy()
    read[~np.isfinite(read)] = np.nan
    return read


def _decimals(values: pl.Series) -> int:
    told = values.drop_nulls().drop_nans()
    return next((places for places in range(DECIMALS) if _share((told.round(places) - told).abs() < 1e-9) >= MOST), DECIMALS)


def _nulled(values: pl.Series, gone: NDArray[np.bool_]) -> pl.Series:
    return values.scatter(np.flatnonzero(gone), None) if gone.any() else values
