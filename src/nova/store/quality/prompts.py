"""Versions of the prompt and what came of them: a connection and plain values in, rows out. Functions run in the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.store import queries

SQL = queries.load("prompts")
PERSON_MOST = 3  # judgements of one person that a comparison counts
State = Literal["draft", "trial", "live", "retired"]


@dataclass(frozen=True, slots=True)
class PromptRow:
    """A version as it is kept. `before` is what it replaced when it went live (None: the file); `compared` what was measured then."""

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
    conn.execute(SQL["lock"])


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
    values = {"version": version, "yaml": yaml, "note": note, "by": by, "at": at}
    return conn.execute(SQL["insert"], values).rowcount > 0


def try_out(conn: Connection[Any], version: str, share: float, at: datetime) -> None:
    """Put a version on trial instead of whatever is; a share of 0 ends the trial."""
    conn.execute(SQL["end_trial"])
    if share:
        conn.execute(SQL["try"], {"version": version, "share": share, "at": at})


def promote(conn: Connection[Any], version: str, before: str | None, compared: Mapping[str, Any], at: datetime) -> None:
    """A version becomes live in place of another."""
    conn.execute(SQL["retire_live"], {"at": at})
    conn.execute(SQL["promote"], {"version": version, "before": before, "compared": Jsonb(dict(compared)), "at": at})


def go_back(conn: Connection[Any], before: str | None, at: datetime) -> None:
    """The live version gives way to the one before it; None: to the file."""
    conn.execute(SQL["retire_live"], {"at": at})
    if before is not None:
        conn.execute(SQL["back"], {"version": before, "at": at})


def figures(conn: Connection[Any], versions: Sequence[str], since: datetime) -> dict[str, Figures]:
    """What came of the answers that a model wrote for people under some versions since a moment."""
    rows = conn.execute(SQL["figures"], {"versions": list(versions), "since": since, "most": PERSON_MOST}).fetchall()
    return {version: Figures(version) for version in versions} | {row["version"]: Figures(**row) for row in rows}
