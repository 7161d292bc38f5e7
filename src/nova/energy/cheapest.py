"""Prices and a window in, its cheapest hours out: the one definition of "the cheapest hours", and of the dearest. Pure.

The cheapest hours of a window are so many hours at a stretch (three where nobody says how many) that lie wholly in it, begin on a
quarter-hour and have the lowest mean exchange price, weighted by time; of equal ones the earliest. Every instant of them must have a price:
nothing is guessed over a gap. Of a window that has begun only what is left counts, from the running quarter-hour on (`left`). A tariff that
follows the exchange has the same cheapest hours, as its price rises with the exchange's; a fixed price has none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from nova.energy.calendar import local_date
from nova.energy.spans import Steps, mean_over, steps
from nova.german import BERLIN
from nova.series import QUARTER, Prices

USUAL_HOURS = 3.0  # as long as a dishwasher, a wash and most of a charge take
_ALIKE = 1e-9


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `start` to `end` (excluded) with its mean price in EUR/MWh."""

    start: int
    end: int
    mean: float

    @property
    def text(self) -> str:
        """When it is, as "13:00 bis 16:00 Uhr"; a day's end is 24:00."""
        first, last = (datetime.fromtimestamp(one, BERLIN) for one in (self.start, self.end))
        day = "" if local_date(self.start) == local_date(self.end - 1) else f"{last:%d.%m.%Y}, "
        return f"{first:%d.%m.%Y}, {first:%H:%M} bis {day}{'24:00' if not day and not (last.hour or last.minute) else f'{last:%H:%M}'} Uhr"


def of_prices(given: Prices | None) -> Steps:
    """Prices as steps; none where there are none."""
    empty = np.zeros(0)
    return (
        Steps(empty.astype(np.int64), empty.astype(np.int64), empty)
        if given is None
        else steps(given.ts, given.product.seconds, given.price)
    )


def left(start: int, end: int, now: int) -> tuple[int, int]:
    """What counts of a window: all of one that is over or to come; of one that runs what is left from the running quarter-hour on."""
    return (now // QUARTER * QUARTER, end) if start < now < end else (start, end)


def cheapest(of: Steps, start: int, end: int, hours: float = USUAL_HOURS) -> Stretch | None:
    """The cheapest hours at a stretch in [start, end); None where no stretch of that length is known as a whole."""
    return stretch_in(of, [(start, end)], hours)


def dearest(of: Steps, start: int, end: int, hours: float = USUAL_HOURS) -> Stretch | None:
    """The dearest hours at a stretch in [start, end), by the same definition turned round."""
    return stretch_in(of, [(start, end)], hours, dear=True)


def price_at(of: Steps, at: int) -> float | None:
    """The exchange price in force at an instant, EUR/MWh; None where it is not known."""
    row = int(np.searchsorted(of.start, at, side="right")) - 1
    return float(of.value[row]) if row >= 0 and at < of.end[row] else None


def stretch_in(of: Steps, pieces: Sequence[tuple[int, int]], hours: float, *, dear: bool = False) -> Stretch | None:
    """The cheapest or dearest hours where only these pieces of time count, in order, none of which a stretch leaves."""
    length = round(hours * 3600)
    begins = [np.arange(-(-first // QUARTER) * QUARTER, last - length + 1, QUARTER, dtype=np.int64) for first, last in pieces]
    at = np.concatenate([one for one in begins if len(one)] or [np.zeros(0, np.int64)])
    if length <= 0 or not len(at):
        return None
    mean = mean_over(of, at, at + length)
    known = np.isfinite(mean)
    if not known.any():
        return None
    ranked = np.where(known, -mean if dear else mean, np.inf)
    first = int(np.flatnonzero(ranked <= ranked.min() + _ALIKE)[0])
    return Stretch(int(at[first]), int(at[first]) + length, float(mean[first]))
