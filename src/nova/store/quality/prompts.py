"""Versions of the prompt and what came of them: a connection and plain values in, rows out. Functions run in the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from psycopg import Connection

from nova.store import queries, releases

SQL = queries.load("prompts")
FAMILY = "prompts"  # of releases
PERSON_MOST = 3  # judgements of one person that a comparison counts
State = Literal["draft", "trial", "live", "retired"]


@dataclass(frozen=True, slots=True)
class PromptRow:
    """A version with its release. `before` is what it replaced when it went live (None: the file); `compared` what was measured then."""

    version: str
    yaml: str
    state: State
    share: float
    note: str
    created_by: str
    created_at: datetime
    trial_at: datetime | None
    live_at: datetime | None
    retired_at: datetime | None
    before: str | None
    compared: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of a version's answers: counts."""

    version: str
    answers: int = 0
    refused: int = 0
    judged: int = 0
    useful: int = 0
    cited: int = 0
    unproven: int = 0


def lock(conn: Connection[Any]) -> None:
    """Wait for whoever changes versions; held until the transaction ends."""
    releases.lock(conn, FAMILY)


def in_use(conn: Connection[Any]) -> list[PromptRow]:
    """The live version and the one on trial, as far as there are any."""
    return [PromptRow(**row) for row in conn.execute(SQL["in_use"]).fetchall()]


def every(conn: Connection[Any]) -> list[PromptRow]:
    """Every version, newest first."""
    return [PromptRow(**row) for row in conn.execute(SQL["list"]).fetchall()]


def get(conn: Connection[Any], version: str) -> PromptRow | None:
    """One version."""
    row = conn.execute(SQL["get"], {"version": version}).fetchone()
    return PromptRow(**row) if row else None


def insert(conn: Connection[Any], version: str, yaml: str, note: str, by: str, at: datetime) -> bool:
    """Keep a draft; False when there is one of this name."""
    values = {"version": version, "yaml": yaml, "note": note}
    return conn.execute(SQL["insert"], values).rowcount > 0 and releases.add(conn, FAMILY, version, by, at)


def figures(conn: Connection[Any], versions: Sequence[str], since: datetime) -> dict[str, Figures]:
    """What came of the answers that a model wrote for people under some versions since a moment."""
    rows = conn.execute(SQL["figures"], {"versions": list(versions), "since": since, "most": PERSON_MOST}).fetchall()
    return {version: Figures(version) for version in versions} | {row["version"]: Figures(**row) for row in rows}
