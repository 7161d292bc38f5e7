"""What a model has learned, in words; and what it said beside what then was."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nova.german import plain
from nova.seeding.pretrain.kinds import Kind
from nova.seeding.pretrain.model import Model, chances, gains, kind_of, predict
from nova.seeding.pretrain.reading import amounts

_TIMES, _SURE, _SHOWN, _BUCKETS = 3, 3.0, 5, 10
_SEED = 1
_SIDES = 0.25


@dataclass(frozen=True, slots=True)
class Bucket:
    """Records for which a model said about the same: how many, what it said on average, and what then was."""

    n: int
    predicted: float
    actual: float


def insights(model: Model, frame: pl.DataFrame) -> list[str]:
    """Which columns a model goes by, most important first, on labelled records that it has not seen: told only where records in another
    order would make it worse beyond chance (three standard errors), and with the direction where one is plain.
    """
    kind = kind_of(model.kind)
    if kind.task == "segments":
        return _groups(model, frame)
    known = gains(model, frame)
    dice = np.random.default_rng(_SEED)
    found = []
    for name in kind.columns:
        if name not in frame.columns or name in (kind.groups, kind.when):
            continue
        mixed = [gains(model, frame.with_columns(frame[name].gather(dice.permutation(len(frame))))) for _ in range(_TIMES)]
        lost = known - np.mean(mixed, axis=0)
        if lost.mean() > _SURE * lost.std() / np.sqrt(len(lost)) and lost.mean() > 0:
            found.append((float(lost.mean() / max(1e-12, -known.mean())), name))
    return [_told(model, kind, frame, name, share) for share, name in sorted(found, reverse=True)[:_SHOWN]]


def feedback(predicted: pl.Series, actual: pl.Series) -> list[Bucket]:
    """Predicted against actual numbers, in up to ten parts of equal size, the lowest predictions first."""
    told = pl.DataFrame({"predicted": predicted.cast(pl.Float64), "actual": actual.cast(pl.Float64)}).drop_nulls().sort("predicted")
    if told.is_empty():
        return []
    size = -(-len(told) // _BUCKETS)
    parts = [told.slice(at, size) for at in range(0, len(told), size)]
    return [Bucket(len(one), _mean(one["predicted"]), _mean(one["actual"])) for one in parts]


def _mean(values: pl.Series) -> float:
    return round(float(values.to_numpy().mean()), 6)


def _told(model: Model, kind: Kind, frame: pl.DataFrame, name: str, share: float) -> str:
    begun = f"„{name}“ zählt: Ohne diese Spalte wäre der Fehler um {plain(100 * share, 0)} % größer."
    if kind.task == "class" or kind.columns[name] not in ("number", "category"):
        return begun
    said = predict(model, frame).to_numpy()
    ends = _by_name(frame[name], said) if kind.columns[name] == "category" else _by_size(frame[name], said)
    return f"{begun} {ends}" if ends else begun


def _by_name(values: pl.Series, said: NDArray[np.float64]) -> str:
    means = pl.DataFrame({"name": values.cast(pl.String), "said": said}).drop_nulls().group_by("name").agg(pl.len(), pl.col("said").mean())
    often = means.filter(pl.col("len") >= max(10, len(values) // 50)).sort("said", "name")
    if len(often) < 2:
        return ""
    low, high = often.row(0, named=True), often.row(-1, named=True)
    return f"Am höchsten liegt „{high['name']}“ ({plain(high['said'], 3)}), am niedrigsten „{low['name']}“ ({plain(low['said'], 3)})."


def _by_size(values: pl.Series, said: NDArray[np.float64]) -> str:
    numbers = amounts(values)
    small = (numbers <= numbers.quantile(_SIDES)).fill_null(value=False).to_numpy()
    large = (numbers >= numbers.quantile(1 - _SIDES)).fill_null(value=False).to_numpy()
    if not small.any() or not large.any():
        return ""
    return f"Kleine Werte: {plain(float(said[small].mean()), 3)}, große: {plain(float(said[large].mean()), 3)}."


def _groups(model: Model, frame: pl.DataFrame) -> list[str]:
    """Each group by its size and what sets it apart."""
    kind = kind_of(model.kind)
    said = predict(model, frame)
    numbers = pl.DataFrame([amounts(frame[name]).alias(name) for name in kind.columns])
    told = []
    for group in sorted(said.unique().to_list(), key=int):
        part = numbers.filter(said == group)
        means = ", ".join(f"{name} {plain(float(part[name].mean() or 0), 2)}" for name in kind.columns)  # type: ignore[arg-type]
        told.append(f"Gruppe {group}: {len(part)} von {len(frame)}; im Mittel {means}.")
    return told


def likeliest(model: Model, frame: pl.DataFrame, most: int) -> list[list[str]]:
    """Of each record the names that a model takes for likeliest, the first first."""
    order = np.argsort(-chances(model, frame), axis=1, kind="stable")[:, :most]
    return [[model.names[at] for at in row] for row in order]
