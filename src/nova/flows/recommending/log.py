"""What was shown and what came of it in, the rows that policies are learned from and measured on out: no name, no pseudonym, no word."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from psycopg import Connection

from nova.answers.search.features import VERSION
from nova.store.talk import policies
from nova.store.talk.policies import Shown

WITHIN = timedelta(days=14)
"""What comes of a shown passage later than that does not count; places that are younger say nothing yet."""
MOST = 20_000


def read_shown(conn: Connection[Any], now: datetime) -> list[Shown]:
    """The newest places of which is known what came of them, oldest first; only of people who agree to analytics, as others have none."""
    return policies.shown(conn, VERSION, now - WITHIN, WITHIN, MOST)


def rows_of(shown: Sequence[Shown]) -> list[dict[str, Any]]:
    """As `nova recommend replay` reads them. Persons are numbered in each log anew, so that it leads to nobody."""
    numbers: dict[Any, str] = {}
    return [
        {
            "list_id": str(one.list_id), "ts": one.ts.isoformat(), "person": numbers.setdefault(one.subject_id, f"p{len(numbers) + 1}"),
            "position": one.position, "candidates": [{"id": chunk, "x": x} for chunk, *x in one.candidates], "shown": str(one.chunk_id),
            "propensity": one.propensity, "reward": one.reward,
        }
        for one in shown
    ]  # fmt: skip
