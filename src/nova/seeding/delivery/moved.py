"""Whether two columns of a dataset were exchanged: each then looks more like what the other was than like what it was itself."""

from itertools import combinations

import numpy as np
import polars as pl

from nova.german import plain
from nova.seeding.delivery.kinds import EngineKind

_FAR, _MARGIN, _LEAST = 0.3, 0.2, 30


def moved(kind: EngineKind, new: pl.DataFrame, old: pl.DataFrame) -> str:
    """Which columns seem exchanged, in German; "" where none does. `old` are records that were committed."""
    for first, second in combinations(kind.columns, 2):
        if kind.columns[first] != kind.columns[second] or kind.columns[first] in ("group", "text"):
            continue
        if not {first, second} <= set(new.columns) & set(old.columns) or min(len(new), len(old)) < _LEAST:
            continue
        as_it_was = _apart(new[first], old[first]) + _apart(new[second], old[second])
        crossed = _apart(new[first], old[second]) + _apart(new[second], old[first])
        if as_it_was > 2 * _FAR and crossed < as_it_was - _MARGIN:
            return (
                f"„{first}“ und „{second}“ scheinen vertauscht: Jede Spalte gleicht mehr der früheren anderen "
                f"(Abstand {plain(crossed / 2, 2)} statt {plain(as_it_was / 2, 2)})."
            )
    return ""


def _apart(new: pl.Series, old: pl.Series) -> float:
    """How far two columns are apart: Kolmogorov and Smirnov's distance of numbers, of names the share that the other does not have."""
    new, old = new.drop_nulls(), old.drop_nulls()
    if not len(new) or not len(old):
        return 1.0
    if new.dtype == pl.Float64 and old.dtype == pl.Float64:
        fresh, past = np.sort(new.to_numpy()), np.sort(old.to_numpy())
        points = np.unique(np.concatenate([fresh, past]))
        return float(
            np.abs(np.searchsorted(fresh, points, "right") / len(fresh) - np.searchsorted(past, points, "right") / len(past)).max()
        )
    return 1.0 - float(new.is_in(old.unique().to_list()).to_numpy().mean())
