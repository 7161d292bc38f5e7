"""Bodies that people or programs sent over HTTP in, parcels out: the way in of `POST /data/readings`, as a connector like the others."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from nova.ports import Parcel


class Push:
    """The feed "push": what one request brought. It is given until it is stored; nobody has to go and look for more."""

    name = "push"

    def __init__(self, parcels: Sequence[Parcel]) -> None:
        self._waiting = list(parcels)

    def take(self, cursor: Mapping[str, Any], now: datetime) -> Iterator[Parcel]:
        """What is not stored yet, in order."""
        yield from tuple(self._waiting)

    def stored(self, parcel: Parcel, report: Mapping[str, Any]) -> None:
        """Forget it."""
        self._waiting = [one for one in self._waiting if one is not parcel]

    def health(self) -> Mapping[str, Any]:
        """Name and place."""
        return {"name": self.name, "place": "POST /data/readings"}

    def close(self) -> None:
        """Nothing is held."""
