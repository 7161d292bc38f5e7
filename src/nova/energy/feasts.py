"""Nationwide German holidays and Easter Sunday of a year, as the package `holidays` knows them; holidays of single states are none."""

from datetime import date, timedelta
from functools import lru_cache

GOOD_FRIDAY = "Karfreitag"


def easter(year: int) -> date:
    """Easter Sunday."""
    return next(day for day, name in _named(year) if name == GOOD_FRIDAY) + timedelta(days=2)


def holidays(year: int) -> frozenset[date]:
    """The days on which all of Germany rests; Christmas Eve and New Year's Eve are none by law."""
    return frozenset(day for day, _ in _named(year))


@lru_cache(maxsize=64)
def _named(year: int) -> tuple[tuple[date, str], ...]:
    from holidays import country_holidays

    return tuple(country_holidays("DE", years=year, language="de").items())
