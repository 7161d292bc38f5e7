"""Local dates in, what is known of them for ever out: weekday, public holiday, season, length of daylight."""

from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nova.errors import InvalidInput
from nova.series import Values

YEAR = 365.2425
LATITUDE = 51.2  # the middle of Germany; what matters is the swing between winter and summer
SUNDAY = 6


def calendar_columns(dates: NDArray[np.datetime64], country: str) -> Values:
    """One row a date: kind of day (a holiday counts as Sunday), holiday (0/1), kind of the day before and after, cos and sin of the season,
    hours of daylight. `country` is an ISO code, or "" for a place without holidays."""
    around = np.concatenate([dates[:1] - 1, dates, dates[-1:] + 1])
    holiday = _holidays(around, country)
    kind = np.where(holiday, SUNDAY, weekday(around))
    season = 2 * np.pi * year_share(dates)
    columns = (kind[1:-1], holiday[1:-1], kind[:-2], kind[2:], np.cos(season), np.sin(season), daylight(dates))
    return np.stack([np.asarray(column, np.float64) for column in columns], axis=1)


def weekday(dates: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """0 for Monday to 6 for Sunday."""
    return (dates.astype("datetime64[D]").astype(np.int64) + 3) % 7


def year_share(dates: NDArray[np.datetime64]) -> Values:
    """The part of the year that has gone by, from 0 up to 1."""
    since = dates - dates.astype("datetime64[Y]").astype("datetime64[D]")
    return np.asarray(since.astype(np.float64) / YEAR, np.float64)


def daylight(dates: NDArray[np.datetime64]) -> Values:
    """Hours from sunrise to sunset at LATITUDE: Cooper's declination (Solar Energy 12, 1969) and the hour angle at sunset.

    Without refraction, so up to .3 h short.
    """
    declination = np.radians(23.45) * np.sin(2 * np.pi * (284 + 1 + year_share(dates) * YEAR) / 365)
    angle = np.arccos(-np.tan(np.radians(LATITUDE)) * np.tan(declination))
    return np.asarray(24 / np.pi * angle, np.float64)


def _holidays(dates: NDArray[np.datetime64], country: str) -> NDArray[np.bool_]:
    if not country:
        return np.zeros(len(dates), bool)
    first, last = (int(str(edge)[:4]) for edge in (dates[0], dates[-1]))
    return np.isin(dates, _of_years(country, first, last))


@lru_cache(maxsize=32)
def _of_years(country: str, first: int, last: int) -> NDArray[np.datetime64]:
    from holidays import country_holidays

    try:
        found: list[date] = sorted(country_holidays(country, years=range(first, last + 1)))
    except NotImplementedError as error:
        raise InvalidInput(f"Für „{country}“ sind keine Feiertage bekannt. Erwartet wird ein Land wie DE, oder nichts.") from error
    return np.array(found, "datetime64[D]")
