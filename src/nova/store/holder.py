"""A database and a number in; out comes the right to be the only process that holds it, until it is closed or the process ends."""

import time

from psycopg import Connection

from nova.store.db import LETTING_GO, Database, Row

INDEX_OWNER = 7301982
POLL_SECONDS = 0.2


class Hold:
    """The right, kept by a connection of its own."""

    def __init__(self, connection: Connection[Row]) -> None:
        self._connection = connection

    def close(self) -> None:
        """Let go."""
        self._connection.close()


def hold(database: Database, number: int, patience: float) -> Hold | None:
    """Take the right, waiting up to `patience` seconds for one who has just died to be noticed; None when somebody has it."""
    connection = database.listen()
    connection.execute(LETTING_GO)
    until = time.monotonic() + patience
    while True:
        row = connection.execute("SELECT pg_try_advisory_lock(%s) AS held", (number,)).fetchone()
        if row and row["held"]:
            return Hold(connection)
        if time.monotonic() > until:
            connection.close()
            return None
        time.sleep(POLL_SECONDS)
