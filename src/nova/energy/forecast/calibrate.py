"""Raw forecasts of days that have become known in, what they teach out: how much to trust each model, how wide the band, how high the mean.

The band follows conformalised quantile regression (Romano, Patterson, Candès, NeurIPS 2019), each end by itself and in units of the band's
own width, so that calm nights stay narrow.
"""

from dataclasses import dataclass, replace

import numpy as np

from nova.energy.forecast.grid import Flags
from nova.series import Values

SHARES = tuple((linear / 4, usual / 4) for linear in range(5) for usual in range(5 - linear))  # of the two beside the trees
TAIL = 0.05
LEAST = 7 * 24  # values without which nothing is learned
FACTOR = (0.8, 1.25)


@dataclass(frozen=True, slots=True, eq=False)
class Raw:
    """Forecasts as the models give them, each (days, slots); `linear` and `usual`, the last weeks' median, may be unknown."""

    low: Values
    middle: Values
    high: Values
    mean: Values
    linear: Values
    usual: Values

    def take(self, which: slice) -> "Raw":
        """Only these days."""
        return Raw(*(part[which] for part in self.parts()))

    def put(self, which: slice, new: "Raw") -> None:
        """These days now have these forecasts."""
        for part, values in zip(self.parts(), new.parts(), strict=True):
            part[which] = values

    def parts(self) -> tuple[Values, ...]:
        """The six arrays."""
        return self.low, self.middle, self.high, self.mean, self.linear, self.usual


@dataclass(frozen=True, slots=True)
class Calibration:
    """Shares of the linear model and the last weeks' median in the middle, half-widths to move the ends of the band outwards, and what to
    multiply the mean by or add to it."""

    linear: float = 0.25
    usual: float = 0.25
    below: float = 0.0
    above: float = 0.0
    factor: float = 1.0
    offset: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """A finished forecast, each (days, slots): low <= middle <= high; `mean` is the expectation."""

    low: Values
    middle: Values
    high: Values
    mean: Values

    def stacked(self) -> Values:
        """(4, days, slots) in the order of the fields."""
        return np.stack([self.low, self.middle, self.high, self.mean])


def learn(raw: Raw, actual: Values) -> Calibration:
    """What days with both a forecast and a value teach; the defaults where there are too few."""
    known = np.isfinite(actual) & np.isfinite(raw.middle)
    if known.sum() < LEAST:
        return Calibration()
    shares = _shares(raw, actual, known)
    middle = _blend(raw, *shares)
    low, high, half = _ends(raw, middle)
    found = Calibration(
        linear=shares[0],
        usual=shares[1],
        below=_outward((low - actual)[known] / half[known]),
        above=_outward((actual - high)[known] / half[known]),
    )
    return _level(found, raw.mean[known], actual[known])


def apply(raw: Raw, calibration: Calibration, floor: float = -np.inf) -> Band:
    """The finished forecast; nothing is below `floor` (0 for what cannot be negative)."""
    middle = _blend(raw, calibration.linear, calibration.usual)
    low, high, half = _ends(raw, middle)
    low, high = low - calibration.below * half, high + calibration.above * half
    mean = raw.mean * calibration.factor + calibration.offset
    ends = (np.minimum(low, middle), middle, np.maximum(high, middle), mean)
    return Band(*(np.maximum(part, floor) for part in ends))


def _blend(raw: Raw, linear: float, usual: float) -> Values:
    """The middle of trees, linear model and the last weeks' median; the trees stand in for what is unknown."""
    others = [np.where(np.isfinite(part), part, raw.middle) for part in (raw.linear, raw.usual)]
    return (1 - linear - usual) * raw.middle + linear * others[0] + usual * others[1]


def _shares(raw: Raw, actual: Values, known: Flags) -> tuple[float, float]:
    errors = [float(np.abs(_blend(raw, *shares) - actual)[known].mean()) for shares in SHARES]
    return SHARES[int(np.argmin(errors))]


def _ends(raw: Raw, middle: Values) -> tuple[Values, Values, Values]:
    """The band moved along with the middle, and half its width, which is never nothing."""
    moved = middle - raw.middle
    low, high = np.minimum(raw.low, raw.high) + moved, np.maximum(raw.low, raw.high) + moved
    width = (high - low) / 2
    usual = float(np.nanmean(width)) if np.isfinite(width).any() else 1.0
    return low, high, np.maximum(width, max(0.05 * usual, 1e-9))


def _outward(scores: Values) -> float:
    """The (1 - TAIL) quantile of how far values lie outside, with the finite-sample correction."""
    share = min(1.0, (1 - TAIL) * (1 + 1 / len(scores)))
    return float(np.quantile(scores, share))


def _level(found: Calibration, mean: Values, actual: Values) -> Calibration:
    """The mean of what cannot be negative is scaled, of anything else shifted, to the level of the known days."""
    if actual.min() >= 0 and mean.sum() > 0:
        return replace(found, factor=float(np.clip(actual.sum() / mean.sum(), *FACTOR)))
    return replace(found, offset=float((actual - mean).mean()))
