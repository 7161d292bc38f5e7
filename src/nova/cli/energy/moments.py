"""A day or a time as people type it in, the moment out as the API takes it."""

from nova.errors import InvalidInput


def moment(text: str) -> str:
    """ISO 8601 in UTC; a day begins in Germany, and a time without offset is a German clock's. InvalidInput."""
    from datetime import UTC, datetime

    from nova.energy.delivery.exports import instant

    try:
        return datetime.fromtimestamp(instant(text), UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        raise InvalidInput(f"„{text[:40]}“ ist kein Tag (JJJJ-MM-TT) und kein Zeitpunkt nach ISO 8601.") from None


def window(since: str | None, until: str | None, usual: tuple[str, str]) -> dict[str, str]:
    """What was typed as `from` and `to`; without an end that of the usual time, or of the day of the beginning where that is later."""
    from datetime import datetime

    from nova.energy import calendar

    start = moment(since) if since else usual[0]
    if until:
        return {"from": start, "to": moment(until)}
    day = calendar.day_bounds(calendar.local_date(int(datetime.fromisoformat(start).timestamp())))
    return {"from": start, "to": max(usual[1], _iso(day)[1], key=datetime.fromisoformat)}


def yesterday() -> tuple[str, str]:
    """Begin and end of yesterday, as the API takes them."""
    from nova.energy import calendar

    return _iso(calendar.yesterday(_now()))


def today() -> tuple[str, str]:
    """Begin and end of today, as the API takes them."""
    from nova.energy import calendar

    return _iso(calendar.day_bounds(calendar.local_date(_now())))


def _now() -> int:
    from datetime import UTC, datetime

    return int(datetime.now(UTC).timestamp())


def _iso(bounds: tuple[int, int]) -> tuple[str, str]:
    from datetime import UTC, datetime

    first, last = (datetime.fromtimestamp(one, UTC).isoformat() for one in bounds)
    return first, last
