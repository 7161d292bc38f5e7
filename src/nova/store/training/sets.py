"""Curated evaluation sets, and whose rows are in which dataset and adapter: a connection and plain values in, rows out.

Functions run inside the caller's transaction.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.store import queries

SQL = queries.load("training_sets")


@dataclass(frozen=True, slots=True)
class NewSet:
    """A version of a set to store; `keeper` is an office that answers for it, `digest` of `rows`."""

    name: str
    digest: str
    keeper: str
    note: str
    rows: Sequence[Mapping[str, Any]]
    made_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """A version of a set; `rows` only where one is asked for."""

    name: str
    version: int
    digest: str
    keeper: str
    note: str
    questions: int
    made_by: str
    created_at: datetime
    rows: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Learned:
    """A version of a dataset that holds something of somebody, how many rows, and the runs that learned from it."""

    dataset: str
    version: str
    rows: int
    runs: Sequence[Mapping[str, Any]]


def add(conn: Connection[Any], new: NewSet) -> tuple[int, bool]:
    """Store it as the next version of its name; the number, and whether it is new: the same rows are a version already."""
    conn.execute(SQL["lock_sets"])
    known = conn.execute(SQL["set_of_digest"], {"name": new.name, "digest": new.digest}).fetchone()
    if known is not None:
        return int(known["version"]), False
    row = conn.execute(SQL["add_set"], asdict(new) | {"rows": Jsonb([dict(one) for one in new.rows])}).fetchone()
    return int(row["version"]) if row else 0, True


def every(conn: Connection[Any]) -> list[EvaluationSet]:
    """All versions, without their rows."""
    return [EvaluationSet(**row) for row in conn.execute(SQL["sets"]).fetchall()]


def get(conn: Connection[Any], name: str, version: int | None = None) -> EvaluationSet | None:
    """One version with its rows; without a number the newest."""
    row = conn.execute(SQL["set"], {"name": name, "version": version}).fetchone()
    return EvaluationSet(**row) if row else None


def asked(conn: Connection[Any]) -> list[dict[str, str]]:
    """What all sets ask: `id, question, answer`."""
    return [dict(row) for row in conn.execute(SQL["asked_in_sets"]).fetchall()]


def learned_from(conn: Connection[Any], lookups: Collection[bytes]) -> list[Learned]:
    """In which datasets some people are, and which runs learned from those."""
    return [Learned(**row) for row in conn.execute(SQL["held_in"], {"lookups": list(lookups)}).fetchall()]


def adapters_of(conn: Connection[Any], version_ids: Collection[int]) -> list[str]:
    """The runs that learned from these versions of datasets."""
    return [str(row["name"]) for row in conn.execute(SQL["adapters_of"], {"version_ids": list(version_ids)}).fetchall()]


def consent_of(conn: Connection[Any], version_id: int) -> tuple[int, int]:
    """How many people are in a version, and how many of them do not agree to training."""
    row = conn.execute(SQL["unagreed_in"], {"version_id": version_id}).fetchone() or {}
    return int(row.get("people", 0)), int(row.get("unagreed", 0))


def agreed(conn: Connection[Any]) -> set[str]:
    """Who agrees to training now, by pseudonym."""
    return {str(row["person"]) for row in conn.execute(SQL["agreed"]).fetchall()}


def forget_named(conn: Connection[Any], row_ids: Collection[str]) -> int:
    """What checks said of datasets names these rows no longer; of how many runs."""
    if not row_ids:
        return 0
    return conn.execute(SQL["forget_named"], {"pattern": "|".join(map(re.escape, sorted(row_ids)))}).rowcount


def told_of(conn: Connection[Any], dataset: str, version: str) -> dict[str, Any] | None:
    """What the last run that came to a version told of it; None where none did."""
    row = conn.execute(SQL["told_of_version"], {"dataset": dataset, "version": version}).fetchone()
    return dict(row["told"]) if row else None
