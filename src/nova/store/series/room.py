"""Instants in, monthly partitions for them out; where TimescaleDB keeps a table, it makes its own room."""

from datetime import date, datetime
from typing import Any

import numpy as np
from psycopg import Connection, errors
from psycopg.conninfo import make_conninfo

from nova.series import DAY, Times
from nova.store import queries
from nova.store.postgres.partitions import ensure_month_partitions

SQL = queries.load("series")
PATIENCE_MS = 500


class Room:
    """The partitions of one table, as one transaction knows them."""

    def __init__(self, conn: Connection[Any], table: str) -> None:
        self._conn = conn
        self._table = table
        found = conn.execute(SQL["is_partitioned"], {"table": table}).fetchone()
        self._made: set[str] | None = None
        if found and found["yes"]:
            self._made = {str(row["name"]) for row in conn.execute(SQL["partitions"], {"table": table}).fetchall()}

    def make(self, ts: Times) -> None:
        """Make the partitions that these instants, the day before and the day after lack.

        Rows are compared with their neighbours, and who looks where there is no partition holds on to the default one.
        """
        if self._made is None:
            return
        looked_at = np.concatenate([ts, [ts.min() - DAY, ts.max() + DAY]])
        months = [month.astype(datetime) for month in np.unique(looked_at.astype("datetime64[s]").astype("datetime64[M]"))]
        lacking = [month for month in months if f"{self._table}_{month:%Y_%m}" not in self._made]
        if lacking:
            self._make(lacking)
            self._made |= {f"{self._table}_{month:%Y_%m}" for month in lacking}

    def _make(self, months: list[date]) -> None:
        """On a connection beside the caller's, and committed at once.

        A new partition locks the default partition until its transaction ends, which may take minutes in the caller's, and who reads months
        that have no partition would wait for it. Where that lock is not to be had, the caller's transaction makes them.
        """
        try:
            beside = make_conninfo(self._conn.info.dsn, password=self._conn.info.password)
            with Connection.connect(beside) as conn:
                conn.execute("SELECT set_config('lock_timeout', %s, true)", (str(PATIENCE_MS),))
                _ensure(conn, self._table, months)
        except (errors.LockNotAvailable, errors.OperationalError):
            _ensure(self._conn, self._table, months)


def _ensure(conn: Connection[Any], table: str, months: list[date]) -> None:
    for month in months:
        ensure_month_partitions(conn, table, month, month)
