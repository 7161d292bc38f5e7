"""Columns of power in, the figures out that tell a home from a load profile with noise; what real homes show, as ranges.

All figures are without units: powers are divided by their own mean, and an acf is a correlation.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nova.series import Values

PER_DAY = 48


@dataclass(frozen=True, slots=True)
class Range:
    """What real data show: the lowest, the middle and the highest; no middle or bound where none is published."""

    label: str
    low: float | None
    middle: float
    high: float | None
    digits: int = 2

    def holds(self, value: float) -> bool:
        """Whether a value lies inside, as exactly as the range is published."""
        value = round(value, self.digits)
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


# Ten homes at 30 minutes, each over one to two years: Smart-Grid Smart-City Customer Trial Data, Australian Government, CC BY 3.0 AU,
# by way of the R package gravitas. Median and min-max over the homes.
REAL_HOMES: dict[str, Range] = {
    "load_factor": Range("Lastfaktor (Mittel/Spitze)", 0.032, 0.065, 0.106, 3),
    "variation": Range("Variationskoeffizient", 1.00, 1.50, 2.12),
    "p99": Range("99-%-Quantil/Mittel", 4.9, 8.0, 11.6, 1),
    "median": Range("Median/Mittel", 0.25, 0.46, 0.69),
    "acf_step": Range("Autokorrelation 30 min", 0.31, 0.53, 0.75),
    "acf_day": Range("Autokorrelation 24 h", 0.06, 0.19, 0.41),
    "acf_week": Range("Autokorrelation 7 Tage", 0.08, 0.21, 0.39),
    "ramp": Range("95-%-Rampe/Mittel", 1.1, 2.8, 5.2, 1),
    "skewness": Range("Schiefe", None, 3.6, None, 1),
}
# The sum of ten of them. The bounds are Nova's own bar around the one sum that there is.
REAL_TEN: dict[str, Range] = {
    "load_factor": Range("Lastfaktor (Mittel/Spitze)", 0.14, 0.19, 0.24),
    "variation": Range("Variationskoeffizient", 0.45, 0.59, 0.75),
    "acf_day": Range("Autokorrelation 24 h", 0.35, 0.46, 0.55),
}


def statistics(power: Values, per_day: int = PER_DAY) -> dict[str, float]:
    """The figures of REAL_HOMES for means of power over equal intervals without a break, `per_day` a day; NaN where unknown.

    Load factor: mean over maximum. Variation: standard deviation (of the population) over mean. p99 and median: quantiles (linear) over
    mean. Ramp: 95 % quantile of the absolute change from one interval to the next, over mean. Skewness: third central moment over the
    standard deviation cubed. ValueError when nothing is known or all is zero.
    """
    known = power[~np.isnan(power)]
    if not len(known) or not known.any():
        raise ValueError("no power to describe")
    mean, deviation = float(known.mean()), float(known.std())
    return {
        "load_factor": mean / float(known.max()),
        "variation": deviation / mean,
        "p99": float(np.quantile(known, 0.99)) / mean,
        "median": float(np.median(known)) / mean,
        "acf_step": acf(power, 1),
        "acf_day": acf(power, per_day),
        "acf_week": acf(power, 7 * per_day),
        "ramp": float(np.nanquantile(np.abs(np.diff(power)), 0.95)) / mean,
        "skewness": float(((known - mean) ** 3).mean()) / deviation**3 if deviation else 0.0,
    }


def acf(power: Values, lag: int) -> float:
    """The autocorrelation at a lag: mean product of deviations from the mean over pairs both known, by the variance. NaN without pairs."""
    apart = power - np.nanmean(power)
    pairs = apart[lag:] * apart[: len(apart) - lag]
    variance = float(np.nanmean(apart * apart))
    return float(np.nanmean(pairs)) / variance if variance and not np.isnan(pairs).all() else float("nan")


def medians(many: Sequence[dict[str, float]]) -> dict[str, float]:
    """The median of each figure over meters."""
    return {key: float(np.median([one[key] for one in many])) for key in many[0]}


def halves(power: Values, minutes: int = 30) -> Values:
    """Means over so many minutes of a column of minutes; an unfinished end is left off."""
    whole = len(power) // minutes * minutes
    return np.asarray(power[:whole].reshape(-1, minutes).mean(axis=1))
