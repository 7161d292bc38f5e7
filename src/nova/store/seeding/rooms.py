"""What Nova's own rooms hold, for datasets: a connection in, rows of text out. Who agreed to what is asked in the queries."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import uuid4

from psycopg import Connection

from nova.errors import NotFound
from nova.store import queries

SQL = queries.load("seed_rooms")
ROOMS = (
    "questions", "feedback", "readings", "prices", "tickets", "documents", "figures", "visits", "rewards", "uses", "advice", "terms",
)  # fmt: skip


def pages(conn: Connection[Any], name: str, rows: int) -> Iterator[Sequence[Mapping[str, str | None]]]:
    """A room's rows, so many at a time, as they are at one moment; within the caller's transaction. NotFound for no room."""
    if name not in ROOMS:
        raise NotFound("Diesen Bereich gibt es nicht.")
    with conn.cursor(name=f"seed_{uuid4().hex}") as cursor:
        cursor.execute(SQL[name])
        while page := cursor.fetchmany(rows):
            yield page


def lookup(conn: Connection[Any], person: str) -> bytes:
    """The HMAC that erasures use, of a person behind a pseudonym; NotFound."""
    row = conn.execute(SQL["lookup"], {"person": person}).fetchone()
    if row is None:
        raise NotFound("Zu diesem Pseudonym ist niemand bekannt.")
    return bytes(row["lookup"])
