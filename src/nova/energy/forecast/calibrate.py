"""Raw forecasts of days that have become known in, what they teach out: how much to trust each model, how wide the band, how high the mean.

The band follows conformalised quantile regression (Romano, Patterson, Candès, NeurIPS 2019), each end by itself and in units of the band's
own width, so that calm nights stay narrow.
"""

from dataclasses import dataclass, replace

import numpy as np

from nova.series import Values

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)  # of the linear model in the middle
TAIL = 0.05
LEAST = 7 * 24  # values without which nothing is learned
FACTOR = (0.8, 1.25)


@dataclass(frozen=True, slots=True, eq=False)
class Raw:
    """Forecasts as the models give them, each (days, slots); `linear` may be unknown."""

    low: Values
    middle: Values
    high: Values
    mean: Values
    linear: Values

    def take(self, which: slice) -> "Raw":
        """Only these days."""
        return Raw(*(part[which] for part in self.parts()))

    def put(self, which: slice, new: "Raw") -> None:
        """These days now have these forecasts."""
        for part, values in zip(self.parts(), new.parts(), strict=True):
            part[which] = values

    def parts(self) -> tuple[Values, ...]:
        """The five arrays."""
        return self.low, self.middle, self.high, self.mean, self.linear


@dataclass(frozen=True, slots=True)
class Calibration:
    """Share of the linear model, half-widths to move the ends of the band outwards, and what to multiply or add to the mean."""

    share: float = 0.5
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
    share = _share(raw, actual, known)
    middle = _blend(raw, share)
    low, high, half = _ends(raw, middle)
    found = Calibration(
        share=share,
        below=_outward((low - actual)[known] / half[known]),
        above=_outward((actual - high)[known] / half[known]),
    )
    return _level(found, raw.mean[known], actual[known])


def apply(raw: Raw, calibration: Calibration, floor: float = -np.inf) -> Band:
    """The finished forecast; nothing is below `floor` (0 for what cannot be negative)."""
    middle = _blend(raw, calibration.share)
    low, high, half = _ends(raw, middle)
    low, high = low - calibration.below * half, high + calibration.above * half
    mean = raw.mean * calibration.factor + calibration.offset
    ends = (np.minimum(low, middle), middle, np.maximum(high, middle), mean)
    return Band(*(np.maximum(part, floor) for part in ends))


def _blend(raw: Raw, share: float) -> Values:
    return np.where(np.isfinite(raw.linear), (1 - share) * raw.middle + share * np.nan_to_num(raw.linear), raw.middle)


def _share(raw: Raw, actual: Values, known: Values) -> float:
    errors = [float(np.abs(_blend(raw, share) - actual)[known].mean()) for share in SHARES]
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
