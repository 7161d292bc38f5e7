"""Runs that tuned a model as they are judged: answers of each side, people's votes, evaluations. Inside the caller's transaction."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.errors import NotFound
from nova.store import queries
from nova.store.ids import uuid7

SQL = queries.load("train_reviews")
MOST_REVIEWED = 200


@dataclass(frozen=True, slots=True)
class TunedRun:
    """A run as it is judged; `measured` is what it and its preflight measured, `config` what it was made with."""

    run_id: UUID
    name: str
    method: str
    dataset: str | None
    version: str | None
    digest: str
    config: Mapping[str, Any]
    base: str
    base_sha256: str
    runs_on: str
    state: str
    step: int
    steps: int
    measured: Mapping[str, Any]
    adapter_sha256: str | None
    started_by: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class TestAnswer:
    """What one side (`cand`, `base`, or a cheaper cure's name) answered to a question kept apart."""

    __test__ = False

    row_id: str
    side: str
    topic: str
    question: str
    context: str
    reference: str
    answerable: bool
    answer: str
    seconds: float


@dataclass(frozen=True, slots=True)
class VoteRow:
    """A rater's vote on a question."""

    row_id: str
    rater: str
    winner: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What an evaluation said, and whether every gate passed."""

    told: Mapping[str, Any]
    passed: bool
    asked_by: str
    at: datetime


def run(conn: Connection[Any], run: str) -> TunedRun:
    """A run by its id or its name; NotFound."""
    row = conn.execute(SQL["run"], {"run": run}).fetchone()
    if row is None:
        raise NotFound("Diesen Lauf gibt es nicht.", data={"run": run})
    return TunedRun(**row)


def answers(conn: Connection[Any], run_id: UUID) -> list[TestAnswer]:
    """What every side of a run answered, by question."""
    return [TestAnswer(**row) for row in conn.execute(SQL["answers"], {"run_id": run_id}).fetchall()]


def lock_review(conn: Connection[Any], run_id: UUID) -> None:
    """Until this transaction ends, nobody else votes in the run."""
    conn.execute(SQL["lock_review"], {"run_id": run_id})


def put_vote(conn: Connection[Any], run_id: UUID, vote: VoteRow, note: str) -> None:
    """A rater's vote with what they wrote beside it, in the place of their former one on the same question."""
    whose = {"run_id": run_id, "row_id": vote.row_id, "rater": vote.rater}
    conn.execute(SQL["put_vote"], whose | {"winner": vote.winner, "at": vote.at})
    conn.execute(SQL["drop_note"], whose)
    if note:
        conn.execute(SQL["put_note"], whose | {"note": note})


def votes(conn: Connection[Any], run_id: UUID) -> list[VoteRow]:
    """All votes of a run, rater by rater."""
    return [VoteRow(**row) for row in conn.execute(SQL["votes"], {"run_id": run_id}).fetchall()]


def unblind(conn: Connection[Any], run_id: UUID, whom: str, at: datetime) -> None:
    """Somebody is told which side won; they judge no more."""
    conn.execute(SQL["unblind"], {"run_id": run_id, "seen_by": whom, "at": at})


def is_unblinded(conn: Connection[Any], run_id: UUID, whom: str) -> bool:
    """Whether they were."""
    row = conn.execute(SQL["is_unblinded"], {"run_id": run_id, "seen_by": whom}).fetchone()
    return bool(row and row["yes"])


def reviewed(conn: Connection[Any]) -> list[UUID]:
    """The latest runs that have answers to judge, newest first."""
    return [row["run_id"] for row in conn.execute(SQL["reviewed"], {"limit": MOST_REVIEWED}).fetchall()]


def put_evaluation(conn: Connection[Any], run_id: UUID, found: Evaluation) -> UUID:
    """Keep what an evaluation said; its id."""
    evaluation_id = uuid7()
    values = {"evaluation_id": evaluation_id, "run_id": run_id, "told": Jsonb(dict(found.told)), "passed": found.passed}
    conn.execute(SQL["put_evaluation"], values | {"asked_by": found.asked_by, "at": found.at})
    return evaluation_id


def latest(conn: Connection[Any], run_id: UUID) -> Evaluation | None:
    """The newest evaluation of a run; None where there is none."""
    row = conn.execute(SQL["latest"], {"run_id": run_id}).fetchone()
    return None if row is None else Evaluation(**row)


def former(conn: Connection[Any], run_id: UUID, least: int, at: datetime) -> tuple[UUID, str] | None:
    """The run that passed last before and answered at least so many of the same questions: id and name."""
    row = conn.execute(SQL["former"], {"run_id": run_id, "least": least, "at": at}).fetchone()
    return None if row is None else (row["run_id"], str(row["name"]))


def forget(conn: Connection[Any], lookups: Collection[bytes]) -> int:
    """What these people had a part in goes, with the votes on it; of how many rows."""
    return conn.execute(SQL["forget"], {"lookups": list(lookups)}).rowcount


def forget_subject(conn: Connection[Any], subject_id: UUID) -> int:
    """The same of one person."""
    return conn.execute(SQL["forget_subject"], {"subject_id": subject_id}).rowcount
