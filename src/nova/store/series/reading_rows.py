"""The table of readings as columns: what `readings` and `rollups` share."""

from typing import Any

from psycopg import Connection

from nova.store import queries
from nova.store.series import put as series_put
from nova.store.series.put import Held, Kind

SQL = queries.load("readings")
COPY = (
    "COPY smart_meter_readings (meter_id, seconds, ts, consumption_kw, production_kw, voltage, quality, rule, batch_id)"
    " FROM STDIN (FORMAT binary)"
)
KIND = Kind("smart_meter_readings", SQL, COPY, ruled=True)


def between(conn: Connection[Any], meter_id: str, start: int, end: int) -> Held:
    """The rows of a meter whose intervals begin in [start, end), and the last interval before."""
    return series_put.between(conn, KIND, [((meter_id,), 0)], [start], [max(start, end)])[0]
