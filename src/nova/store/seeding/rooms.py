"""What Nova's own rooms hold, for datasets: a connection in, rows of text out. Who agreed to what is asked in the queries."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import uuid4

from psycopg import Connection, sql

from nova.crowd import FEWEST
from nova.errors import NotFound
from nova.store import queries

SQL = queries.load("seed_rooms")
ROOMS = (
    "questions", "feedback", "readings", "prices", "tickets", "documents", "figures", "visits", "rewards", "uses", "advice", "terms",
    "training",
)  # fmt: skip


def pages(conn: Connection[Any], name: str, rows: int) -> Iterator[Sequence[Mapping[str, str | None]]]:
    """A room's rows, so many at a time, as they are at one moment; within the caller's transaction. NotFound for no room."""
    if name not in ROOMS:
        raise NotFound("Diesen Bereich gibt es nicht.")
    with conn.cursor(name=f"seed_{uuid4().hex}") as cursor:
        cursor.execute(SQL[name])
        while page := cursor.fetchmany(rows):
            yield page


def left_out(conn: Connection[Any]) -> list[tuple[str, str, int]]:
    """What the room `training` does not give: source, why ("consent", "private", "emergency", "doubt", "words" ...), and how many.

    Where fewer than five people are behind it, only what is nobody's counts.
    """
    return [(str(row["source"]), str(row["why"]), int(row["n"])) for row in conn.execute(SQL["left_out_of_training"]).fetchall()]


def held(conn: Connection[Any]) -> dict[str, int]:
    """How many rows of each source the room `training` gives; of people only where at least five are behind it."""
    counting = sql.SQL(
        "SELECT source, CASE WHEN count(DISTINCT person) >= {} THEN count(*) ELSE count(*) FILTER (WHERE person IS NULL) END AS n"
        " FROM ({}) given GROUP BY 1"
    )
    found = conn.execute(counting.format(FEWEST, sql.SQL(SQL["training"].rstrip().rstrip(";")))).fetchall()
    return {str(row["source"]): int(row["n"]) for row in found}


def lookup(conn: Connection[Any], person: str) -> bytes:
    """The HMAC that erasures use, of a person behind a pseudonym; NotFound."""
    row = conn.execute(SQL["lookup"], {"person": person}).fetchone()
    if row is None:
        raise NotFound("Zu diesem Pseudonym ist niemand bekannt.")
    return bytes(row["lookup"])
