"""Typed columns -> the matrices that learners read: categories, steps of numbers, what only matters together, what was just before.

A design is learned from training rows alone and is plain data; the same rows give the same matrices.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from nova.seeding.pretrain.kinds import Kind

Matrix = NDArray[np.float64]
DAY, WEEK = 86_400.0, 7
_STEPS, _FEW = 8, 24
_SEEN, _MOST, _MOST_TOGETHER = 3, 300, 600
_SEASON_DAYS, _TREND_DAYS = 500, 14
_UNIT = "\x1f"
KEPT = "§"
"""Before a column of how things were some days ago."""


@dataclass(frozen=True, slots=True)
class Amount:
    """How a number is read: its middle and spread (of its logarithm where it is `skewed`), and the edges of its steps."""

    middle: float
    spread: float
    skewed: bool
    edges: tuple[float, ...]

    @classmethod
    def of(cls, values: pl.Series) -> Self:
        """Learned from values, of which some may be missing."""
        told = values.drop_nulls().to_numpy()
        if not len(told):
            return cls(0.0, 1.0, skewed=False, edges=())
        distinct = np.unique(told)
        if len(distinct) <= _FEW:
            edges = (distinct[1:] + distinct[:-1]) / 2
        else:
            edges = np.unique(np.quantile(told, np.linspace(0, 1, _STEPS + 1)[1:-1]))
        skewed = bool(told.min() >= 0) and _leaning(told) > 1 and abs(_leaning(np.log1p(told))) < _leaning(told)
        scaled = np.log1p(told) if skewed else told
        return cls(float(scaled.mean()), float(scaled.std()) or 1.0, skewed, tuple(map(float, edges)))

    def told(self) -> list[Any]:
        """As JSON values."""
        return [self.middle, self.spread, self.skewed, list(self.edges)]

    @classmethod
    def read(cls, told: Sequence[Any]) -> Self:
        """Of what `told` gave."""
        return cls(told[0], told[1], told[2], tuple(told[3]))

    def scaled(self, values: pl.Series) -> Matrix:
        """In spreads from the middle, at most five; the middle where nothing is said."""
        told = values.to_numpy().astype(np.float64)
        told = np.log1p(np.maximum(told, 0)) if self.skewed else told
        return np.clip(np.nan_to_num((told - self.middle) / self.spread), -5, 5)

    def steps(self, values: pl.Series) -> pl.Series:
        """The step that each value lies in, as text; null where nothing is said."""
        step = pl.Series(np.searchsorted(self.edges, values.fill_null(0).to_numpy(), side="right")).cast(pl.String)
        return step.set(values.is_null(), None).alias(values.name)


@dataclass(frozen=True, slots=True)
class Design:
    """`names`: what categories and combinations there are, by column; `since` and `days`: the span that was learned from; `past`: the last
    days of a kind's waves, by day and place.
    """

    amounts: Mapping[str, Amount]
    names: Mapping[str, Sequence[str]]
    since: float = 0.0
    days: float = 0.0
    past: Mapping[str, Sequence[float]] = field(default_factory=dict)

    @classmethod
    def of(cls, kind: Kind, frame: pl.DataFrame) -> Self:
        """Learned from typed rows."""
        span = (float(frame[kind.when].min() or 0), float(frame[kind.when].max() or 0)) if kind.when else (0.0, 0.0)  # type: ignore[arg-type]
        days = (span[1] - span[0]) / DAY
        seen = _expanded(kind, frame, {}, (span[0], days))
        amounts = {name: Amount.of(seen[name]) for name in seen.columns if seen[name].dtype == pl.Float64}
        stepped = _stepped(seen, amounts)
        names = {name: _names(stepped[name], _MOST) for name in stepped.columns}
        names |= {_UNIT.join(one): _names(_together(stepped, one), _MOST_TOGETHER) for one in _crosses(kind, stepped)}
        return cls(amounts, names, span[0], days, _past(kind, frame))

    def sparse(self, kind: Kind, frame: pl.DataFrame) -> sparse.csr_matrix:
        """For linear learners: a column a category, a step and a combination, and one a scaled number."""
        seen = _expanded(kind, frame, self.past, (self.since, self.days))
        stepped = _stepped(seen, self.amounts)
        blocks = (
            [sparse.csr_matrix(np.column_stack([one.scaled(seen[name]) for name, one in self.amounts.items()]))] if self.amounts else []
        )
        for name, known in self.names.items():
            values = _together(stepped, tuple(name.split(_UNIT))) if _UNIT in name else stepped[name]
            blocks.append(_one_hot(_codes(values, known), len(known)))
        return sparse.hstack(blocks, format="csr")

    def dense(self, kind: Kind, frame: pl.DataFrame) -> tuple[Matrix, list[int]]:
        """For trees: numbers as they are, categories as codes (nan: unknown); and which columns are codes."""
        seen = _expanded(kind, frame, self.past, (self.since, self.days))
        columns, codes = [], []
        for name in seen.columns:
            if name in self.amounts:
                columns.append(seen[name].to_numpy().astype(np.float64))
                continue
            codes.append(len(columns))
            found = _codes(seen[name], self.names[name]).astype(np.float64)
            columns.append(np.where(found < 0, np.nan, found))
        return np.column_stack(columns) if columns else np.empty((len(frame), 0)), codes

    def told(self) -> dict[str, Any]:
        """As JSON values."""
        amounts = {name: one.told() for name, one in self.amounts.items()}
        return {"amounts": amounts, "names": dict(self.names), "since": self.since, "days": self.days, "past": dict(self.past)}

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """Of what `told` gave."""
        amounts = {name: Amount.read(one) for name, one in told["amounts"].items()}
        return cls(amounts, told["names"], told["since"], told["days"], told["past"])


def _leaning(values: Matrix) -> float:
    """How far the long side of values reaches to the right (skewness)."""
    spread = float(values.std())
    return float(np.mean(((values - values.mean()) / spread) ** 3)) if spread else 0.0


def _expanded(kind: Kind, frame: pl.DataFrame, past: Mapping[str, Sequence[float]], span: tuple[float, float]) -> pl.DataFrame:
    """Categories as text, numbers as Float64; with the parts of moments, the former value and the last days."""
    made = [frame[name] for name in kind.named("category", "number")]
    if kind.when is not None:
        made += _parts(frame[kind.when], span, hours="hour" not in kind.columns)
    if kind.before is not None:
        made.append(_before(kind, frame))
    made += _waves(kind, frame, past)
    return pl.DataFrame(made)


def _parts(when: pl.Series, span: tuple[float, float], *, hours: bool) -> list[pl.Series]:
    moment = (when * 1e6).cast(pl.Int64).cast(pl.Datetime("us"))
    parts = [moment.dt.weekday().cast(pl.String).alias("weekday")]
    if hours:
        parts.append((moment.dt.hour() // 3).cast(pl.String).alias("hour_of_day"))
    if span[1] >= _TREND_DAYS:
        parts.append((((when - span[0]) / DAY / span[1]).clip(0, 1.25)).alias("trend"))
    if span[1] >= _SEASON_DAYS:
        parts.append(moment.dt.month().cast(pl.String).alias("month"))
    return parts


def _before(kind: Kind, frame: pl.DataFrame) -> pl.Series:
    """What the same group had just before; "" for its first row."""
    numbered = frame.select(kind.groups, kind.when, kind.before).with_row_index("§row").sort(kind.groups, kind.when, "§row")
    shifted = numbered.with_columns(pl.col(str(kind.before)).shift(1).over(str(kind.groups)).fill_null("").alias("§was"))
    return shifted.sort("§row")["§was"].alias(f"before_{kind.before}")


def _waves(kind: Kind, frame: pl.DataFrame, past: Mapping[str, Sequence[float]]) -> list[pl.Series]:
    """How much there was one, two and three days ago, and in the week before, at the same place."""
    if not kind.waves or kind.when is None:
        return []
    known = {**past, **_past(kind, frame, all_of_it=True)}
    keys = _places(kind, frame)
    nothing = [0.0] * len(kind.waves)
    made = []
    days = np.floor(frame[kind.when].fill_null(0).to_numpy() / DAY).astype(np.int64)
    ago = {
        back: np.array([known.get(f"{day - back}{key}", nothing) for day, key in zip(days, keys, strict=True)])
        for back in range(1, WEEK + 1)
    }
    for at, name in enumerate(kind.waves):
        made += [pl.Series(f"{KEPT}{name} {back}", ago[back][:, at].astype(np.float64)) for back in (1, 2, 3)]
        made.append(pl.Series(f"{KEPT}{name} Woche", np.sum([ago[back][:, at] for back in ago], axis=0).astype(np.float64)))
    return made


def _past(kind: Kind, frame: pl.DataFrame, *, all_of_it: bool = False) -> dict[str, list[float]]:
    if not kind.waves or kind.when is None:
        return {}
    days = np.floor(frame[kind.when].fill_null(0).to_numpy() / DAY).astype(np.int64)
    rows = frame.select(pl.col(name).fill_null(0) for name in kind.waves).rows()
    first = 0 if all_of_it or not len(days) else int(days.max()) - WEEK
    return {f"{day}{key}": list(row) for day, key, row in zip(days.tolist(), _places(kind, frame), rows, strict=True) if day >= first}


def _places(kind: Kind, frame: pl.DataFrame) -> list[str]:
    told = [pl.lit(_UNIT) + pl.col(name).fill_null("") for name in kind.named("category")]
    return frame.select(pl.concat_str(told).alias("§")).to_series().to_list() if told else [""] * len(frame)


def _stepped(seen: pl.DataFrame, amounts: Mapping[str, Amount]) -> pl.DataFrame:
    return pl.DataFrame([amounts[one.name].steps(one) if one.name in amounts else one for one in seen])


def _crosses(kind: Kind, stepped: pl.DataFrame) -> list[tuple[str, ...]]:
    return [one for one in kind.crosses if all(name in stepped.columns for name in one)]


def _together(stepped: pl.DataFrame, names: tuple[str, ...]) -> pl.Series:
    return stepped.select(pl.concat_str([pl.col(name).fill_null("") for name in names], separator=_UNIT).alias("§")).to_series()


def _names(values: pl.Series, most: int) -> list[str]:
    counted = values.drop_nulls().value_counts().filter(pl.col("count") >= _SEEN).sort("count", values.name, descending=[True, False])
    return counted.head(most)[values.name].to_list()


def _codes(values: pl.Series, known: Sequence[str]) -> NDArray[np.int64]:
    """Each value's place among the known ones; -1 where it is none."""
    places = {name: at for at, name in enumerate(known)}
    return np.array([places.get(value, -1) for value in values.to_list()], dtype=np.int64)


def _one_hot(codes: NDArray[np.int64], width: int) -> sparse.csr_matrix:
    rows = np.flatnonzero(codes >= 0)
    return sparse.csr_matrix((np.ones(len(rows)), (rows, codes[rows])), shape=(len(codes), width))
