"""What has moved against an older frame: the population stability index and the distance of Kolmogorov and Smirnov, column by column.

Both are told with what chance alone would bring in samples of these sizes (one part in a thousand over all columns); a column is flagged
only where it goes beyond chance and beyond what matters: PSI .1 (Siddiqi 2006: "small change") or KS .1.
"""

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl

from nova.german import plain
from nova.seeding.judge.reading import blank, days, numbers, plain_names, text_of, unread
from nova.seeding.values import notation_of

PSI: Final = 0.1
KS: Final = 0.1
CHANCE: Final = 0.001
_BINS: Final = 10
_VALUES: Final = 20
_LEAST: Final = 30
_SMALLEST: Final = 10
Counts = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Drift:
    """One column: `ks` is None where values have no order; `noise` is the PSI that chance hardly exceeds; `of`: what was compared."""

    column: str
    psi: float
    ks: float | None
    noise: float
    of: str
    flagged: bool
    note: str


def drift(new: pl.DataFrame, old: pl.DataFrame) -> list[Drift]:
    """Every column that both frames have, but for `id`; columns with fewer than 30 values in either frame are not judged."""
    both = [name for name in plain_names(new.columns) if name in old.columns and name not in ("id", "reasons")]
    names = [name for name in both if _comparable(new[name], old[name])]
    return [found for name in names if (found := _column(name, new[name], old[name], len(names))) is not None]


def _comparable(new: pl.Series, old: pl.Series) -> bool:
    return not any(unread(one) for one in (new, old))


def _column(name: str, new: pl.Series, old: pl.Series, columns: int) -> Drift | None:
    if min(len(new), len(old)) < _LEAST:
        return None
    new, old = new.set(blank(new), None) if new.dtype == pl.String else new, old.set(blank(old), None) if old.dtype == pl.String else old
    read = _ordered(new, old)
    if read is None:
        counts = _by_value(text_of(new), text_of(old))
        return _told(name, counts, None, columns, "Werte")
    fresh, past, of = read
    filled = (len(past) - past.null_count(), len(fresh) - fresh.null_count())
    return _told(name, _by_size(fresh, past), (_ks(fresh, past), *filled), columns, of)


def _ordered(new: pl.Series, old: pl.Series) -> tuple[pl.Series, pl.Series, str] | None:
    """Both columns as numbers; free text by its length; None for values without an order."""
    told = pl.concat([text_of(old.drop_nulls().head(2000)), text_of(new.drop_nulls().head(2000))])
    if told.is_empty() or old.dtype == pl.Boolean:
        return None
    if old.dtype.is_temporal() or (old.dtype == pl.String and days(told).null_count() < 0.1 * len(told)):
        return days(new).cast(pl.Float64), days(old).cast(pl.Float64), "Tage"
    notation = notation_of(told.to_list()) if old.dtype == pl.String else None
    if old.dtype.is_numeric() or numbers(told, notation).null_count() < 0.1 * len(told):
        return numbers(new, notation).fill_nan(None), numbers(old, notation).fill_nan(None), "Zahlen"
    if told.n_unique() > 0.5 * len(told):
        return text_of(new).str.len_chars().cast(pl.Float64), text_of(old).str.len_chars().cast(pl.Float64), "Längen"
    return None


def _by_value(new: pl.Series, old: pl.Series) -> tuple[Counts, Counts]:
    """Counts of the values that are frequent in both together: those of one frame alone would be chosen where chance made them many."""
    both = pl.concat([old, new.alias(old.name)]).drop_nulls()
    often = both.value_counts().sort("count", old.name, descending=[True, False]).head(_VALUES)[old.name].to_list()

    def counted(values: pl.Series) -> Counts:
        seen = dict(values.value_counts().iter_rows())
        inside = [seen.get(name, 0) for name in often]
        missing = values.null_count()
        return np.array([*inside, missing, len(values) - sum(inside) - missing], dtype=float)

    return counted(old), counted(new)


def _by_size(new: pl.Series, old: pl.Series) -> tuple[Counts, Counts]:
    past, fresh = old.drop_nulls().to_numpy(), new.drop_nulls().to_numpy()
    edges = np.unique(np.quantile(past, np.linspace(0, 1, _BINS + 1)[1:-1], method="inverted_cdf")) if len(past) else np.array([0.0])

    def counted(values: Counts, missing: int) -> Counts:
        return np.array([*np.bincount(np.searchsorted(edges, values, side="left"), minlength=len(edges) + 1), missing], dtype=float)

    return counted(past, old.null_count()), counted(fresh, new.null_count())


def _ks(new: pl.Series, old: pl.Series) -> float:
    fresh, past = np.sort(new.drop_nulls().to_numpy()), np.sort(old.drop_nulls().to_numpy())
    if not len(fresh) or not len(past):
        return 0.0
    points = np.unique(np.concatenate([fresh, past]))
    apart = np.searchsorted(fresh, points, side="right") / len(fresh) - np.searchsorted(past, points, side="right") / len(past)
    return float(np.abs(apart).max())


def _merged(past: Counts, fresh: Counts) -> tuple[Counts, Counts]:
    """Bins of fewer than ten values count as one, so that chance is as the bound expects it."""
    small = past + fresh < _SMALLEST
    return np.append(past[~small], past[small].sum()), np.append(fresh[~small], fresh[small].sum())


def _unlikely(past: Counts, fresh: Counts, chance: float) -> bool:
    """Whether chance would spread the values so unequally more rarely than `chance` says (Pearson's test of homogeneity).

    It holds where few values lie in a bin, in which the logarithms of the PSI run away.
    """
    told = (past + fresh) > 0
    if told.sum() < 2:
        return False
    from scipy.stats import chi2_contingency  # a third of a second, for those who compare versions alone

    return float(chi2_contingency(np.vstack([past[told], fresh[told]]), correction=False).pvalue) < chance


def _told(name: str, counts: tuple[Counts, Counts], ordered: tuple[float, int, int] | None, columns: int, of: str) -> Drift:
    past, fresh = _merged(*counts)
    n, m, bins = past.sum(), fresh.sum(), len(past)
    before, after = (past + 0.5) / (n + 0.5 * bins), (fresh + 0.5) / (m + 0.5 * bins)
    psi = float(np.sum((after - before) * np.log(after / before)))
    chance = CHANCE / max(1, columns)
    from scipy.stats import chi2

    noise = float(chi2.ppf(1 - chance, max(1, bins - 1))) * (1 / n + 1 / m)
    note = f"Zufall allein brächte bei {int(n)} und {int(m)} Datensätzen einen PSI bis {plain(noise, 3)}"
    flagged = bool(psi > max(PSI, noise)) and _unlikely(past, fresh, chance)
    if ordered is None or not min(ordered[1:]):
        return Drift(name, round(psi, 6), None, round(noise, 6), of, flagged, note + ".")
    ks, old_values, new_values = ordered
    ks_noise = math.sqrt(-math.log(chance / 2) / 2 * (1 / old_values + 1 / new_values))
    flagged = flagged or ks > max(KS, ks_noise)
    return Drift(name, round(psi, 6), round(ks, 6), round(noise, 6), of, flagged, f"{note} und einen KS bis {plain(ks_noise, 3)}.")
