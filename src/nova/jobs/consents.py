"""A consent or withdrawal in, what it means for all that is stored out: who withdraws has no words left here when the transaction ends.

Nothing here is a job; rooms of several kinds have a part in it, so it stands where they meet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.governance import consent
from nova.jobs.unlearn import RELEARN
from nova.jobs.unlearn import TITLE as RELEARNING
from nova.ports import Jobs
from nova.ports.people import Purpose
from nova.store import conversations, people

APPLY = "Gespräche nach einem Widerruf entfernen"


@dataclass(frozen=True, slots=True)
class Heard:
    """What holds after a statement, and how many rows of which table went with what was withdrawn."""

    agreed: frozenset[Purpose]
    removed: Mapping[str, int] = field(default_factory=dict)


def say(conn: Connection[Any], jobs: Jobs, subject_id: UUID, statement: consent.Statement, now: datetime) -> Heard:
    """Note what a person said and do what follows at once. Raises as `consent.record` does.

    Without consent to `service` nothing of their words stays: turns, questions, answers, words of judgements, passages, the vault. Without
    `analytics` passages go. The index and files follow by jobs that are started in the same transaction.
    """
    effect = consent.record(conn, subject_id, statement, now)
    removed: dict[str, int] = {}
    if not {"service", "analytics"} <= effect.agreed:
        removed["items"] = forget_passages(conn, jobs, subject_id)
    conversations.narrow(conn, subject_id, effect.agreed)
    if "training" in effect.ended:
        jobs.start(RELEARN, {}, title=RELEARNING, connection=conn)
    if "service" not in effect.agreed and statement.purposes.get("service") is False:
        removed |= forget_words(conn, subject_id)
    return Heard(effect.agreed, {table: n for table, n in removed.items() if n})


def forget_words(conn: Connection[Any], subject_id: UUID) -> dict[str, int]:
    """Delete all words that are kept of a person, and what their tokens stood for; numbers stay. How many rows of each table."""
    return conversations.forget(conn, subject_id) | {"vault": people.empty_vault(conn, subject_id)}


def forget_passages(conn: Connection[Any], jobs: Jobs, subject_id: UUID) -> int:
    """Delete the passages of a person's conversations; how many items there were."""
    gone = conversations.drop_passages(conn, conversations.items_of(conn, subject_id))
    if gone:
        jobs.start("apply", {}, title=APPLY, connection=conn)
        jobs.start("sweep", {}, title=APPLY, connection=conn)
    return gone
