"""Whether an outcome differs between groups, and what weights or a smaller sample would make of that.

A group is flagged where its rate differs from that of the others more than chance allows (two shares, one part in a thousand over all
groups) and by enough to matter: five points, or a fifth of the others' rate (the four-fifths rule of the EEOC). The group that differs most
is found first and is none of the others from then on, so that one group does not make all others stand out against it; of two, both.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from nova.errors import InvalidInput
from nova.seeding.judge.reading import numbers, unread
from nova.stats.bounds import wilson

CHANCE: Final = 0.001
POINTS: Final = 0.05
FIFTH: Final = 0.8
LEAST: Final = 10
SMALLEST: Final = 5
_YES: Final = ("1", "1.0", "true", "ja", "yes", "y", "j", "wahr", "t")
_NO: Final = ("0", "0.0", "false", "nein", "no", "n", "falsch", "f", "nee")
How = Literal["weights", "resample"]


@dataclass(frozen=True, slots=True)
class GroupRate:
    """One group: its records with an outcome, its share of them, the rate of the outcome with 95 % bounds (Wilson)."""

    group: str
    n: int
    share: float
    rate: float
    low: float
    high: float
    flagged: bool


@dataclass(frozen=True, slots=True)
class Mitigation:
    """What a mitigation would do, before anything is done: rates before and after, and the records that would be left out."""

    how: How
    before: list[GroupRate]
    after: list[GroupRate]
    left_out: int
    smallest_weight: float
    largest_weight: float


def outcome_of(values: pl.Series) -> pl.Series:
    """An outcome as 0 and 1: yes and no in any writing; of two other values the later in the alphabet; of numbers those above the median;
    of more values the most frequent one.
    """
    values = values.alias("y")
    if values.dtype == pl.Boolean:
        return values.cast(pl.Float64)
    text = values.cast(pl.String).str.strip_chars().str.to_lowercase()
    text = text.set(text == "", None)
    seen = text.drop_nulls().unique().sort().to_list()
    if set(seen) <= {*_YES, *_NO}:
        return pl.select(pl.when(text.is_not_null()).then(text.is_in(_YES).cast(pl.Float64))).to_series()
    read = numbers(values).fill_nan(None)
    if len(seen) > 2 and read.null_count() - values.null_count() <= 0.2 * len(values):
        return (read > read.median()).cast(pl.Float64)
    chosen = seen[-1] if len(seen) == 2 else text.drop_nulls().mode().sort()[0] if seen else None
    return (text == chosen).cast(pl.Float64)


def bias(frame: pl.DataFrame, group: str, outcome: str, weights: pl.Series | None = None) -> list[GroupRate]:
    """Rates by group, largest group first; with `weights` every record counts by its weight (n stays the number of records)."""
    told = _told(frame, group, outcome).with_columns((weights if weights is not None else pl.Series([1.0] * len(frame))).alias("w"))
    cells = (
        told.drop_nulls()
        .group_by("g")
        .agg(pl.len().alias("n"), pl.col("w").sum(), (pl.col("w") * pl.col("y")).sum().alias("good"))
        .sort("n", "g", descending=[True, False])
    )
    if cells.is_empty():
        return []
    total = float(cells["w"].sum())
    counts = {str(name): (float(own), float(weight)) for name, _, weight, own in cells.iter_rows()}
    flagged = _standing_out(counts)
    rates = []
    for name, n, weight, own in cells.iter_rows():
        low, high = wilson(own, weight)
        rates.append(GroupRate(str(name), n, weight / total, own / weight, low or 0.0, high or 0.0, str(name) in flagged))
    return rates


def _standing_out(counts: Mapping[str, tuple[float, float]]) -> set[str]:
    """The groups that differ, of rates as how many of how many."""
    left, found = dict(counts), set[str]()
    while len(left) > 1:
        good, n = (sum(part[at] for part in left.values()) for at in (0, 1))
        apart = {name: _deviation(own, (good - own[0], n - own[1]), len(counts)) for name, own in left.items()}
        worst = max(apart, key=lambda name: (apart[name], name))
        if apart[worst] == 0:
            break
        found |= set(left) if len(left) == 2 and not found else {worst}
        del left[worst]
    return found


def _deviation(own: tuple[float, float], others: tuple[float, float], groups: int) -> float:
    """How many standard errors a group's rate is from the others'; 0 where that may be chance or does not matter."""
    (good, n), (theirs, m) = own, others
    if n < LEAST or m < LEAST:
        return 0.0
    rate, rest, pooled = good / n, theirs / m, (good + theirs) / (n + m)
    error = math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    apart = abs(rate - rest)
    if error == 0 or math.erfc(apart / error / math.sqrt(2)) >= CHANCE / groups:
        return 0.0
    matters = apart >= POINTS or (min(rate, rest) / max(rate, rest) < FIFTH and apart >= POINTS / 5)
    return apart / error if matters else 0.0


def _told(frame: pl.DataFrame, group: str, outcome: str) -> pl.DataFrame:
    for name in (group, outcome):
        if name not in frame.columns:
            raise InvalidInput(f"Die Spalte „{name}“ gibt es in den Daten nicht; vorhanden sind: {', '.join(frame.columns)}.")
        if unread(frame[name]):
            raise InvalidInput(f"Die Spalte „{name}“ enthält keine einfachen Werte und lässt sich nicht nach Gruppen vergleichen.")
    return pl.DataFrame({"g": frame[group].cast(pl.String), "y": outcome_of(frame[outcome])})


def reweighed(frame: pl.DataFrame, group: str, outcome: str) -> pl.Series:
    """A weight a record, P(group) x P(outcome) / P(both): both become independent (Kamiran and Calders 2012); 1 without either."""
    told = _told(frame, group, outcome)
    both = told["g"].is_not_null() & told["y"].is_not_null()
    n = max(1, int(both.sum()))
    known = told.with_columns(both.alias("b"))
    weight = pl.len().over("g", "b") * pl.len().over("y", "b") / (n * pl.len().over("g", "y", "b"))
    return known.select(pl.when("b").then(weight).otherwise(1.0).alias("weight")).to_series()


def resampled(frame: pl.DataFrame, group: str, outcome: str) -> pl.Series:
    """Which records to keep so that every group has the rate of all; none is doubled, and each group loses as few as it can.

    The records of a cell are left out by the hash of their id, so that the same frame gives the same choice.
    """
    told = _told(frame, group, outcome).with_columns(frame["id"].cast(pl.String).hash(29).alias("h"))
    known = told.drop_nulls()
    if known.is_empty():
        return pl.Series("kept", [True] * len(frame), dtype=pl.Boolean)
    overall = float(known["y"].mean() or 0.0)  # type: ignore[arg-type]
    good = pl.col("y").sum().over("g")
    size = pl.len().over("g")
    scale = pl.min_horizontal(
        pl.lit(1.0) if overall == 0 else good / (size * overall), pl.lit(1.0) if overall == 1 else (size - good) / (size * (1 - overall))
    )
    wanted = (scale * size * pl.when(pl.col("y") == 1).then(overall).otherwise(1 - overall) + 1e-9).floor()
    keep = (pl.col("h").rank("ordinal").over("g", "y") <= wanted) | pl.col("y").is_null() | pl.col("g").is_null()
    return told.select(keep.alias("kept")).to_series()


def unmended(frame: pl.DataFrame, group: str, outcome: str) -> dict[str, str]:
    """The groups whose rate neither weights nor a choice of records can mend, and why (German): too small, or of one outcome only."""
    cells = _told(frame, group, outcome).drop_nulls().group_by("g").agg(pl.len().alias("n"), pl.col("y").mean()).sort("g")
    small, one = f"weniger als {SMALLEST} Datensätze", "alle Datensätze haben dasselbe Ergebnis"
    return {str(name): small if n < SMALLEST else one for name, n, rate in cells.iter_rows() if n < SMALLEST or rate in (0.0, 1.0)}


def wanted_copies(frame: pl.DataFrame, group: str, outcome: str, seed: int) -> pl.Series:
    """How many times each record stands in a sample of the same size in which groups have one rate: 0, 1 or more.

    Uniform sampling (Kamiran and Calders 2012, section 5.3): a cell of group and outcome has P(group) x P(outcome) x n records; which ones
    are left out or repeated, the hash of their id and the seed decide. A record without either stands there once.
    """
    told = _told(frame, group, outcome).with_columns(frame["id"].cast(pl.String).hash(seed).alias("h"))
    known = pl.col("g").is_not_null() & pl.col("y").is_not_null()
    overall = told.filter(known)["y"].mean()
    rate = overall if isinstance(overall, float) else 0.0
    size, cell = known.sum().over("g"), pl.len().over("g", "y")
    good = (size * rate).round()
    goal = pl.when(pl.col("y") == 1).then(good).otherwise(size - good).cast(pl.Int64)
    place = pl.col("h").rank("ordinal").over("g", "y").cast(pl.Int64) - 1
    copies = goal // cell + (place < goal % cell).cast(pl.Int64)
    return told.select(pl.when(known).then(copies).otherwise(1).alias("copies")).to_series()


def mitigation(frame: pl.DataFrame, group: str, outcome: str, how: How) -> Mitigation:
    """What weights or resampling would do to the rates; nothing is changed."""
    before = bias(frame, group, outcome)
    if how == "weights":
        weights = reweighed(frame, group, outcome)
        bounds = (float(weights.min() or 1.0), float(weights.max() or 1.0)) if len(weights) else (1.0, 1.0)  # type: ignore[arg-type]
        return Mitigation(how, before, bias(frame, group, outcome, weights), 0, *bounds)
    told = frame.with_columns(outcome_of(frame[outcome]).alias(outcome)).filter(resampled(frame, group, outcome))
    return Mitigation(how, before, bias(told, group, outcome), len(frame) - len(told), 1.0, 1.0)
