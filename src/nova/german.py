"""How numbers, days and times are written in German, and the clock that Germany goes by."""

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
SWAPPED = str.maketrans(",.", ".,")


def number(value: float, digits: int = 1) -> str:
    """A number with a decimal comma and points between thousands, "1.234,5"; never "-0"."""
    text = f"{_rounded(value, digits):,.{digits}f}".translate(SWAPPED)
    return text[1:] if text.startswith("-") and not text.strip("-0.,") else text


def _rounded(value: float, digits: int) -> Decimal | float:
    """The nearest number of so many digits; what lies in the middle goes away from zero, in commerce as in browsers."""
    return Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) if isfinite(value) and abs(value) < 1e20 else value


def plain(value: float, digits: int = 1) -> str:
    """The same without points between thousands, "1234,5"."""
    return f"{value:.{digits}f}".replace(".", ",")


def short(value: float) -> str:
    """A number with as many digits as it has, six at most: "0,25"."""
    return f"{value:g}".replace(".", ",")


def percent(share: float, digits: int = 1) -> str:
    """A share of 1 as "12,3 %"."""
    return f"{plain(share * 100, digits)} %"


def megabytes(count: int) -> str:
    """Bytes as "1,5 MB"."""
    return f"{plain(count / 1e6)} MB"


def size(count: int) -> str:
    """Bytes in the largest unit that leaves at least 1, "1,5 GB"; powers of 1000."""
    value, units = float(count), ["B", "kB", "MB", "GB", "TB"]
    while value >= 1000 and len(units) > 1:
        value, units = value / 1000, units[1:]
    return f"{plain(value)} {units[0]}"


def moment(at: datetime) -> str:
    """A time by the clock of Berlin, "23.11.2026 08:15"."""
    return at.astimezone(BERLIN).strftime("%d.%m.%Y %H:%M")


def midnight(at: datetime) -> datetime:
    """The beginning of the local day that a time belongs to."""
    return at.astimezone(BERLIN).replace(hour=0, minute=0, second=0, microsecond=0)


def begin(day: date) -> datetime:
    """The beginning of a local day."""
    return datetime.combine(day, time(), BERLIN)
