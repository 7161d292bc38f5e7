"""Whether a model beats its baseline on rows that it has not seen: forward in time where there is one, with bounds from the bootstrap."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nova.german import plain
from nova.seeding.pretrain.kinds import Kind
from nova.seeding.pretrain.measures import MEASURES, log_loss

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]
Verdict = Literal["better", "useless"]
DRAWS, SURE, LEAST = 1000, 0.99, 50
_CUTS = (0.6, 0.8, 1.0)
_MOMENTS, _FOLDS = 10, 3
_SEED, _AT_ONCE = 1, 2_000_000


@dataclass(frozen=True, slots=True)
class Score:
    """How good a model is on held-out rows: its figure and that of its baseline, and the bounds (99 %) of what it gains over that, in the
    metric's unit, above 0 where it is the better; `rows` were judged.
    """

    metric: str
    value: float
    baseline: float
    low: float
    high: float
    verdict: Verdict
    reason: str
    rows: int


def folds(kind: Kind, frame: pl.DataFrame) -> list[tuple[Places, Places]]:
    """Rows to learn from and rows to be judged by: twice forward in time, or three parts where everything is of one time.

    A group whose rows belong together (a session) and equal texts are never on both sides.
    """
    when = _times(kind, frame)
    if len(np.unique(when)) >= _MOMENTS:
        cuts = np.quantile(when, _CUTS, method="lower")
        parted = [(np.flatnonzero(when <= cuts[at]), np.flatnonzero((when > cuts[at]) & (when <= cuts[at + 1]))) for at in range(2)]
        return [one for one in parted if len(one[0]) and len(one[1])]
    marks = clusters(kind, frame) % _FOLDS
    return [(np.flatnonzero(marks != one), np.flatnonzero(marks == one)) for one in range(_FOLDS) if (marks == one).any()]


def _times(kind: Kind, frame: pl.DataFrame) -> Numbers:
    """When each row is from; a session is of the time at which it began."""
    if kind.when is None:
        return np.zeros(len(frame))
    when = pl.col(kind.when).fill_null(0)
    together = when.min().over(kind.groups) if kind.before is not None and kind.groups is not None else when
    return np.asarray(frame.select(together).to_series().to_numpy())


def clusters(kind: Kind, frame: pl.DataFrame) -> NDArray[np.uint64]:
    """What rows belong together by, as numbers: their group, their text, or each row for itself."""
    name = kind.groups or kind.text
    told = frame[name].fill_null("") if name else pl.Series([f"{at}" for at in range(len(frame))])
    return np.asarray(told.hash(seed=_SEED).to_numpy())


def scored(kind: Kind, truth: Numbers, said: tuple[Numbers, Numbers, Numbers], counts: Numbers, marks: NDArray[np.uint64]) -> Score:
    """The verdict on held-out rows: `said` by the model, its baseline, and by saying the same of all.

    Better is a model only where the lower bound of the gain is above 0 over both; against the same for all what counts for classes and
    chances is their likelihood, which no guess improves. Clusters (`marks`) are drawn, not rows.
    """
    measure, sign = MEASURES[kind.metric], 1 if kind.better == "up" else -1
    proper = log_loss if kind.task in ("class", "chance", "rate") else measure
    up = -1 if proper is log_loss else sign
    values = [float(measure(truth, one, counts[None, :])[0]) for one in said[:2]]
    over, over_plain = [], []
    for weights in draws(marks, DRAWS):
        weighed = weights * counts
        over.append(sign * (measure(truth, said[0], weighed) - measure(truth, said[1], weighed)))
        over_plain.append(up * (proper(truth, said[0], weighed) - proper(truth, said[2], weighed)))
    low, high = bounds(np.concatenate(over))
    verdict, reason = _verdict(len(truth), low, bounds(np.concatenate(over_plain))[0])
    return Score(kind.metric, round(values[0], 6), round(values[1], 6), round(low, 6), round(high, 6), verdict, reason, len(truth))


def draws(marks: NDArray[np.uint64], times: int) -> Iterator[Numbers]:
    """How often each row is drawn when clusters are drawn with replacement, of shape (draws, rows), so many draws at once as fit."""
    dice = np.random.default_rng(_SEED)
    _, places = np.unique(marks, return_inverse=True)
    groups = int(places.max()) + 1 if len(places) else 0
    once = max(1, min(times, _AT_ONCE // max(1, len(marks))))
    for _ in range(-(-times // once)):
        yield np.asarray(dice.multinomial(groups, np.full(groups, 1 / max(1, groups)), size=once)[:, places], dtype=np.float64)


def bounds(gains: Numbers) -> tuple[float, float]:
    """The bounds of what was drawn."""
    low, high = np.quantile(gains, [(1 - SURE) / 2, (1 + SURE) / 2])
    return float(low), float(high)


def _verdict(rows: int, low: float, over_plain: float) -> tuple[Verdict, str]:
    if rows < LEAST:
        return "useless", f"Nur {rows} Datensätze zum Prüfen; das reicht für kein Urteil ({LEAST} müssen es sein)."
    if low <= 0:
        return "useless", "Auf ungesehenen Datensätzen ist das Modell nicht nachweislich besser als sein Vergleich."
    if over_plain <= 0:
        return "useless", "Auf ungesehenen Datensätzen ist das Modell nicht nachweislich besser, als immer dasselbe zu sagen."
    return "better", f"Auf {rows} ungesehenen Datensätzen nachweislich besser als der Vergleich, mindestens um {plain(low, 4)}."
