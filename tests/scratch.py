"""A database of a test in, nothing of it out."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import psycopg
from psycopg.conninfo import make_conninfo

TRIES, PAUSE_S = 150, 0.2


@contextmanager
def scratch(dsn: str, template: str = "") -> Iterator[str]:
    """The connection string of a database of one's own on a server, empty or a copy, until the block ends."""
    name = f"test_{uuid4().hex}"
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template} STRATEGY FILE_COPY" if template else ""))
    try:
        yield make_conninfo(dsn, dbname=name)
    finally:
        with psycopg.connect(dsn, autocommit=True) as connection:
            drop(connection, name)


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
