"""What was forecast and what came in, how well it went out: mean absolute errors, the band's coverage, bias; as a whole and by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from nova.series import Values


@dataclass(frozen=True, slots=True)
class Score:
    """Errors of `n` intervals in the unit of the values; `inside` is a share, `level` the mean of what came, `bias` of mean minus came.

    Baselines are over the intervals of which they knew something; None without any.
    """

    n: int
    mae: float
    naive: float | None
    seasonal: float | None
    mean_mae: float
    bias: float
    level: float
    inside: float

    @property
    def rmae(self) -> float | None:
        """The error over that of the week before; None when that is unknown or made none."""
        return self.mae / self.naive if self.naive else None

    @property
    def relative_bias(self) -> float | None:
        """How far the forecast total lies above what came, as a share of it; None when nothing came."""
        return self.bias / self.level if self.level else None


@dataclass(frozen=True, slots=True, eq=False)
class ComparedForecast:
    """Columns of one length: what came, and what was said before."""

    actual: Values
    low: Values
    middle: Values
    high: Values
    mean: Values
    naive: Values
    seasonal: Values


def score(said: ComparedForecast) -> Score | None:
    """The score of the intervals whose value is known, and for rMAE also that of the week before; None without any."""
    known = np.isfinite(said.actual) & np.isfinite(said.middle)
    if (known & np.isfinite(said.naive)).any():
        known &= np.isfinite(said.naive)
    if not known.any():
        return None
    actual = said.actual[known]
    return Score(
        n=int(known.sum()),
        mae=_error(said.middle[known], actual) or 0.0,
        naive=_error(said.naive[known], actual),
        seasonal=_error(said.seasonal[known], actual),
        mean_mae=_error(said.mean[known], actual) or 0.0,
        bias=float((said.mean[known] - actual).mean()),
        level=float(actual.mean()),
        inside=float(((actual >= said.low[known]) & (actual <= said.high[known])).mean()),
    )


def pooled(scores: Iterable[Score]) -> Score | None:
    """One score of several, each weighted by its intervals; None of none."""
    known = list(scores)
    if not known:
        return None
    return Score(
        n=sum(one.n for one in known),
        naive=_optional([(one.n, one.naive) for one in known]),
        seasonal=_optional([(one.n, one.seasonal) for one in known]),
        **{name: _weighted([(one.n, getattr(one, name)) for one in known]) for name in ("mae", "mean_mae", "bias", "level", "inside")},
    )


def by_day(days: "np.typing.NDArray[np.datetime64]", said: ComparedForecast) -> dict[date, Score]:
    """The score of each local day that has one."""
    found: dict[date, Score] = {}
    for day in np.unique(days):
        one = score(_of(said, days == day))
        if one is not None:
            found[day.item()] = one
    return found


def _of(said: ComparedForecast, which: "np.typing.NDArray[np.bool_]") -> ComparedForecast:
    return ComparedForecast(*(getattr(said, name)[which] for name in ComparedForecast.__slots__))


def _error(forecast: Values, actual: Values) -> float | None:
    known = np.isfinite(forecast)
    return float(np.abs(forecast[known] - actual[known]).mean()) if known.any() else None


def _weighted(parts: list[tuple[int, float]]) -> float:
    return sum(n * value for n, value in parts) / sum(n for n, _ in parts)


def _optional(parts: list[tuple[int, float | None]]) -> float | None:
    known = [(n, value) for n, value in parts if value is not None]
    return _weighted(known) if known else None
