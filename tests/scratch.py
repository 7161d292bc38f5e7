"""A database of a test in, nothing of it out."""

import time
from typing import Any

import psycopg

TRIES, PAUSE_S = 150, 0.2


def drop(connection: psycopg.Connection[Any], name: str) -> None:
    """Drop a database with whoever is connected to it; a vacuum of the server's own ends by itself, and may not be ended by others."""
    for _ in range(TRIES - 1):
        try:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
            time.sleep(PAUSE_S)
        else:
            return
    connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
