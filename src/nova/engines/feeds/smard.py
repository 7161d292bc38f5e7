"""The Bundesnetzagentur's SMARD platform in, one parcel a file of its charts out.

`GET {base}/{filter}/{region}/index_{resolution}.json` gives `{"timestamps": [ms, ...]}`, the beginnings of the files;
`GET {base}/{filter}/{region}/{filter}_{region}_{resolution}_{ms}.json` gives `{"meta_data": {...}, "series": [[ms, value or null], ...]}`.
Prices are EUR/MWh; load and generation MWh of the interval. A file does not say what it is of, so its parcel is called after its address.
Source: https://github.com/bundesAPI/smard-api (openapi.yaml). Values that come late or are corrected change a file, so the newest files
are asked for again and given when their values differ.
"""

import contextlib
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from nova.errors import InvalidInput, ServerAbsent
from nova.ports import Fetcher, Parcel

BASE = "https://www.smard.de/app/chart_data"
FORMAT = "smard_json"
SINCE = timedelta(days=400)  # what the forecasts learn from, and a month
LENGTH = timedelta(days=7)  # of a file in hours or quarter-hours
AGAIN = 2  # files, the newest of which is not full
QUARTERS = datetime(2025, 9, 28, 22, tzinfo=UTC)  # the file of the week in which the day-ahead auction went over to quarter-hours


@dataclass(frozen=True, slots=True)
class Chart:
    """A series: SMARD's number for it, its region, its resolution, and the first and last moment at which a file of it may begin."""

    number: int
    region: str = "DE-LU"
    resolution: str = "quarterhour"
    first: datetime = datetime(2018, 9, 30, tzinfo=UTC)  # DE-LU is a zone of its own since 2018-10-01
    last: datetime = datetime(9999, 1, 1, tzinfo=UTC)

    @property
    def key(self) -> str:
        """What the cursor calls it."""
        return f"{self.number}/{self.region}/{self.resolution}"


# Day-ahead price, grid load, photovoltaics, wind on land and at sea.
CHARTS = (
    Chart(4169, resolution="hour", last=QUARTERS),
    Chart(4169, first=QUARTERS),
    Chart(410),
    Chart(4068),
    Chart(4067),
    Chart(1225),
)


class Smard:
    """The feed "smard"."""

    name = "smard"

    def __init__(self, fetcher: Fetcher, charts: Sequence[Chart] = CHARTS, *, base: str = BASE, since: timedelta = SINCE) -> None:
        self._fetcher, self._charts, self._base, self._since = fetcher, charts, base.rstrip("/"), since

    def take(self, cursor: Mapping[str, Any], now: datetime) -> Iterator[Parcel]:
        """Files from the one the cursor names on, whose values are new. ServerAbsent, InvalidInput."""
        reached = dict(cursor)
        for chart in self._charts:
            for begin in self._begins(chart, reached.get(chart.key, {}), now):
                parcel = self._file(chart, begin, reached)
                if parcel is not None:
                    reached = dict(parcel.cursor)
                    yield parcel

    def stored(self, parcel: Parcel, report: Mapping[str, Any]) -> None:
        """Nothing to do: the cursor says it."""

    def health(self) -> Mapping[str, Any]:
        """Name and place; ServerAbsent when no index comes."""
        self._index(self._charts[-1])
        return {"name": self.name, "place": self._base}

    def close(self) -> None:
        """Nothing is held."""

    def _begins(self, chart: Chart, known: Mapping[str, Any], now: datetime) -> list[int]:
        """The files to ask for, in milliseconds since 1970: what is new, and the newest that are known."""
        seen = sorted(int(begin) for begin in known)
        if chart.last < now and len(seen) >= AGAIN and seen[-1] >= _ms(chart.last):
            return []  # a series that has ended and was taken to its end
        least = seen[0] if seen else _ms(max(chart.first, now - self._since) - LENGTH) + 1
        return [begin for begin in self._index(chart) if least <= begin <= _ms(min(chart.last, now))]

    def _index(self, chart: Chart) -> list[int]:
        found = self._fetcher.fetch(f"{self._base}/{chart.number}/{chart.region}/index_{chart.resolution}.json")
        try:
            return sorted(int(begin) for begin in json.loads(found.data)["timestamps"])
        except (ValueError, KeyError, TypeError) as error:
            raise ServerAbsent("SMARD antwortet mit einem Verzeichnis, das sich nicht lesen lässt.") from error

    def _file(self, chart: Chart, begin: int, reached: Mapping[str, Any]) -> Parcel | None:
        """The file, or None when it holds what was given before, or is not there although the index names it."""
        name = f"{chart.number}_{chart.region}_{chart.resolution}_{begin}.json"
        try:
            data = self._fetcher.fetch(f"{self._base}/{chart.number}/{chart.region}/{name}").data
        except InvalidInput:
            return None
        known: Mapping[str, str] = reached.get(chart.key, {})
        digest = content(data)
        if known.get(str(begin)) == digest:
            return None
        kept = sorted({*known, str(begin)}, key=int)[-AGAIN:]
        return Parcel(name, data, FORMAT, {**reached, chart.key: {one: digest if one == str(begin) else known[one] for one in kept}})


def content(data: bytes) -> str:
    """A file's fingerprint: of its values alone where it can be read (the time it was made changes by itself)."""
    with contextlib.suppress(ValueError, KeyError, TypeError):
        data = json.dumps(json.loads(data)["series"]).encode()
    return hashlib.sha256(data).hexdigest()


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
