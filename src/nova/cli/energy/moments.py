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
