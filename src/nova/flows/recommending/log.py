"""What was shown and what came of it in, the rows that policies are learned from and measured on out: no name, no pseudonym, no word."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from psycopg import Connection

from nova.answers.search.features import VERSION
from nova.store.talk import policies

WITHIN = timedelta(days=14)
"""What comes of a shown passage later than that does not count; places that are younger say nothing yet."""
MOST = 50_000


def log_rows(conn: Connection[Any], now: datetime) -> Iterator[dict[str, Any]]:
    """The newest places of which is known what came of them, oldest first, as `nova recommend replay` reads them, some at a time.

    Only of people who agree to analytics, as others have none. Persons are numbered in each log anew, so that it leads to nobody.
    """
    numbers: dict[Any, str] = {}
    for one in policies.shown(conn, VERSION, now - WITHIN, WITHIN, MOST):
        yield {
            "list_id": str(one.list_id), "ts": one.ts.isoformat(), "person": numbers.setdefault(one.subject_id, f"p{len(numbers) + 1}"),
            "position": one.position, "candidates": [{"id": chunk, "x": x} for chunk, *x in one.candidates], "shown": str(one.chunk_id),
            "propensity": one.propensity, "reward": one.reward,
        }  # fmt: skip
