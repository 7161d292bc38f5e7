"""The gauges of this door: who waits in front of it. Those of the rooms are listed in `wiring.watching`."""

from collections.abc import Iterator

from nova.api.doors import House
from nova.ports.watching import Gauge, Sample


def door_gauges(house: House) -> list[Gauge]:
    """Each is read when somebody looks."""
    return [
        Gauge("nova_asks_in_line", "Questions being answered or waiting.", (), lambda: [Sample((), house.rooms.asking.inside)]),
        Gauge("nova_costly", "Costly work by state (running and waiting).", ("state",), lambda: _costly(house)),
        Gauge("nova_live_streams", "Open live streams.", (), lambda: [Sample((), house.live.readers)]),
    ]


def _costly(house: House) -> Iterator[Sample]:
    yield Sample(("running",), house.rooms.costly.served)
    yield Sample(("waiting",), house.rooms.costly.waiting)
