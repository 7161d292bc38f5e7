"""What people used, what is popular and new, and the log of what was recommended: a connection and plain values in, rows out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.crowd import FEWEST
from nova.store import queries

SQL = queries.load("suggestions")
MOST_USED, MOST_POPULAR, MOST_FRESH = 200, 100, 50
PERSON_MOST = 3.0  # what one person's uses of a passage weigh together
POPULAR_FOR, HALF_LIFE = timedelta(days=90), timedelta(days=30)
USED_FOR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class PassageUse:
    """A passage somebody used: how much it says of them, and when."""

    chunk_id: UUID
    weight: float
    at: datetime


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """A recommended passage as it is logged, with the candidates of its place and their features."""

    chunk_id: UUID
    score: float
    propensity: float
    candidates: Sequence[tuple[UUID, Sequence[float]]]


def used(conn: Connection[Any], user_id: UUID, now: datetime) -> list[PassageUse]:
    """What a person did with passages in the last year, newest first."""
    rows = conn.execute(SQL["used"], {"user_id": user_id, "since": now - USED_FOR, "limit": MOST_USED}).fetchall()
    return [PassageUse(row["chunk_id"], float(row["weight"]), row["at"]) for row in rows]


def popular(conn: Connection[Any], now: datetime) -> dict[UUID, float]:
    """What several people used lately, by decayed weight."""
    values = {"now": now, "since": now - POPULAR_FOR, "half_life_s": HALF_LIFE.total_seconds(), "fewest": FEWEST}
    values |= {"most": PERSON_MOST}
    return {row["chunk_id"]: float(row["weight"]) for row in conn.execute(SQL["popular"], values | {"limit": MOST_POPULAR}).fetchall()}


def fresh(conn: Connection[Any], owner: UUID | None) -> dict[UUID, datetime]:
    """The first passage of each of the newest documents."""
    rows = conn.execute(SQL["fresh"], {"owner": owner, "limit": MOST_FRESH}).fetchall()
    return {row["chunk_id"]: row["at"] for row in rows}


def arrived(conn: Connection[Any], chunks: Sequence[UUID]) -> dict[UUID, datetime]:
    """When the documents of some passages came."""
    return {row["chunk_id"]: row["at"] for row in conn.execute(SQL["arrived"], {"chunks": list(chunks)}).fetchall()}


def rewards(conn: Connection[Any], user_id: UUID) -> dict[UUID, float]:
    """What a person's labels say of documents, from -1 to 1."""
    return {row["item_id"]: float(row["reward"]) for row in conn.execute(SQL["rewards"], {"user_id": user_id}).fetchall()}


def measurable(conn: Connection[Any], user_id: UUID) -> UUID | None:
    """The pseudonym of somebody who agrees to analytics; None for anybody else."""
    row = conn.execute(SQL["measurable"], {"user_id": user_id}).fetchone()
    return row["subject_id"] if row else None


def log(
    conn: Connection[Any], list_id: UUID, subject_id: UUID, rows: Sequence[SuggestionRow], chosen_by: tuple[str, int], at: datetime
) -> None:
    """Log a list as it was shown, in its order; `chosen_by` is the policy and the version of the features."""
    policy, features = chosen_by
    values = [
        {
            "list_id": list_id, "position": position, "subject_id": subject_id, "ts": at, "chunk_id": one.chunk_id, "score": one.score,
            "propensity": one.propensity, "policy": policy, "features": features,
            "candidates": Jsonb([[str(chunk), *x] for chunk, x in one.candidates]),
        }
        for position, one in enumerate(rows, 1)
    ]  # fmt: skip
    with conn.cursor() as cursor:
        cursor.executemany(SQL["log"], values)
