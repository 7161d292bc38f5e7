"""Inserts row after row into a data folder's database, and prints each that the server has acknowledged, until it is killed.

python -m tests.store.row_writer FOLDER
"""

import itertools
import sys
from pathlib import Path

import psycopg

from nova.store.postgres.embedded import start


def main(folder: Path) -> None:
    server = start(folder)
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (id bigint)")
        row = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM kept").fetchone()
        for number in itertools.count(row[0] if row else 1):
            connection.execute("INSERT INTO kept VALUES (%s)", (number,))
            print(number, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
