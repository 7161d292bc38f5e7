"""A year in, its nationwide German holidays out, and Easter, from which most are counted.

Easter by the Gregorian computus (Meeus, Astronomical Algorithms, chapter 8). Holidays of single states are none here.
"""

from datetime import date, timedelta
from functools import lru_cache


def easter(year: int) -> date:
    """Easter Sunday."""
    golden, century = year % 19, year // 100
    epact = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    epact -= (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    offset = epact - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[date]:
    """The nine days on which all of Germany rests; Christmas Eve and New Year's Eve are none by law."""
    sunday = easter(year)
    fixed = [(1, 1), (5, 1), (10, 3), (12, 25), (12, 26)]
    return frozenset([date(year, month, day) for month, day in fixed] + [sunday + timedelta(days=days) for days in (-2, 1, 39, 50)])
