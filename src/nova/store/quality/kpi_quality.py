"""How often passages and documents were cited and how that was judged: a connection and a span in, rows out."""

from datetime import datetime
from typing import Any

from psycopg import Connection

from nova.crowd import FEWEST
from nova.store import queries
from nova.store.postgres.db import Row

SQL = queries.load("kpi")
FIELDS = ("item_id", "chunk_id", "title", "section", "cited", "useful", "not_useful")


def page(conn: Connection[Any], frm: datetime, to: datetime, by: str, sort: str, part: tuple[int, int]) -> tuple[list[Row], int]:
    """The rows of a page (limit, offset) and how many there are; `by` is "chunk" or "item", `sort` "cited", "useful" or "worst"."""
    values = {"frm": frm, "to": to, "chunks": by == "chunk", "sort": sort, "limit": part[0], "offset": part[1], "fewest": FEWEST}
    rows = conn.execute(SQL["quality"], values).fetchall()
    if not rows and part[1]:  # behind the last page
        return [], page(conn, frm, to, by, sort, (1, 0))[1]
    return [{name: row[name] for name in FIELDS} for row in rows], rows[0]["of_all"] if rows else 0
