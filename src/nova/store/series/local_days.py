"""Instants in whole seconds since 1970 in, the local midnights of Europe/Berlin around them out."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import numpy as np

from nova import german
from nova.series import Times


def midnight(day: date) -> int:
    """The instant at which a local day begins."""
    return int(german.begin(day).timestamp())


def midnights(first: int, last: int) -> Times:
    """The instants at which the local days begin, from that of `first` to the one after that of `last`."""
    years = range(datetime.fromtimestamp(first, UTC).year, datetime.fromtimestamp(last, UTC).year + 2)
    found = np.concatenate([_year(year) for year in (years[0] - 1, *years)])
    return found[np.searchsorted(found, first, side="right") - 1 : np.searchsorted(found, last, side="right") + 1]


@lru_cache(maxsize=128)
def _year(year: int) -> Times:
    first = date(year, 1, 1)
    days = (date(year + 1, 1, 1) - first).days
    return np.array([midnight(first + timedelta(days=number)) for number in range(days)], np.int64)
