"""A consent or withdrawal in, what it means for all that is stored out: who withdraws has no words left here when the transaction ends.

Rooms of several kinds have a part in it, so it stands where they meet.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.flows.kinds import ITEMS, SEED_LEAVE, WIPE
from nova.governance import consent
from nova.knowledge.kinds import APPLY, SWEEP
from nova.kpi.kinds import RELEARN
from nova.ports.jobs import Jobs, Kind
from nova.ports.people import Purpose
from nova.store import jobs as waiting
from nova.store.people import people
from nova.store.quality import train_reviews
from nova.store.seeding import subjects
from nova.store.talk import conversations, policies, telemetry

REMOVED = "Gespräche nach einem Widerruf entfernen"
PUBLISHED = "Veröffentlichtes nach einem Widerruf entfernen"
LOOKING: frozenset[Purpose] = frozenset({"service", "analytics"})  # without both nobody looks at a person's words
LEARNING: frozenset[Purpose] = frozenset({"service", "training"})  # without both nothing is learned from them

PROFILES: Purpose = "profiling"
WATCHING: frozenset[Purpose] = frozenset({PROFILES})  # without it nothing is kept of how a person uses pages


@dataclass(frozen=True, slots=True)
class Consequences:
    """What holds after a statement, what does not any more, and how many rows of which table went with that."""

    agreed: frozenset[Purpose]
    ended: frozenset[Purpose] = frozenset()
    removed: Mapping[str, int] = field(default_factory=dict)


def note(conn: Connection[Any], jobs: Jobs, subject_id: UUID, statement: consent.Statement, now: datetime) -> Consequences:
    """Note what a person said and do what follows at once. Raises as `consent.record` does.

    Without consent to `service` nothing of their words stays: turns, questions, answers, words of judgements, passages, the vault. Without
    `analytics` passages go, and with either what was made of their words: reviews with what was published of them, gaps, labels. Without
    `profiling` goes what was stored of how they used pages, and they leave the datasets of which profiles are made. Without `training` no
    run takes their records any more until they agree again.
    The index, files, what was learned, versions of datasets and the traces of deleted rows follow by jobs that are started in the same
    transaction.
    """
    effect = consent.record(conn, subject_id, statement, now)
    refused = {purpose for purpose, given in statement.purposes.items() if not given and purpose not in effect.agreed}
    removed: dict[str, int] = {}
    if LOOKING - effect.agreed:
        removed["items"] = forget_passages(conn, jobs, subject_id)
    conversations.narrow(conn, subject_id, effect.agreed)
    if "service" in refused:
        removed |= forget_words(conn, subject_id)
    removed["events"] = removed.get("events", 0) + _watching(
        conn, jobs, subject_id, effect.agreed, refused=bool(WATCHING & refused), now=now
    )
    if LOOKING & refused:
        removed |= forget_looking(conn, jobs, subject_id)
    if touched := {ITEMS if table == "documents" else table for table, number in removed.items() if number}:
        wipe(conn, jobs, touched)
    removed |= _learning(conn, jobs, subject_id, ended=bool(LEARNING & refused), agreed=effect.agreed >= LEARNING, now=now)
    if (LEARNING | WATCHING) & effect.ended and "training" in effect.agreed | effect.ended:
        _queue(conn, jobs, RELEARN)
    return Consequences(effect.agreed, effect.ended, {table: n for table, n in removed.items() if n})


def _watching(conn: Connection[Any], jobs: Jobs, subject_id: UUID, agreed: frozenset[Purpose], *, refused: bool, now: datetime) -> int:
    """Where consent to profiles ended, what was kept of how they used pages goes, and they leave datasets for profiles; how many rows."""
    if agreed >= WATCHING:
        subjects.allow_purpose(conn, subject_id, PROFILES)
    if not refused:
        return 0
    if subjects.refuse_purpose(conn, subject_id, PROFILES, now):
        _queue(conn, jobs, SEED_LEAVE)
    return telemetry.forget_usage(conn, subject_id)


def _learning(conn: Connection[Any], jobs: Jobs, subject_id: UUID, *, ended: bool, agreed: bool, now: datetime) -> dict[str, int]:
    """Where consent to learning ended, nothing more is learned and no dataset takes their records; how many rows of which table went."""
    if agreed:
        subjects.agree_to_learning(conn, subject_id)
    if not ended:
        return {}
    if subjects.object_to_learning(conn, subject_id, now):
        _queue(conn, jobs, SEED_LEAVE)
    if answers := train_reviews.forget_subject(conn, subject_id):
        wipe(conn, jobs, {"train_answers"})
    return {"curated_answers": conversations.untrain(conn, subject_id), "train_answers": answers}


def forget_looking(conn: Connection[Any], jobs: Jobs, subject_id: UUID) -> dict[str, int]:
    """Delete what was made of a person's words so that others could look at them, also what was published; how many rows of each table."""
    policies.note_left(conn, subject_id)
    gone = conversations.unlook(conn, subject_id)
    if gone["documents"]:
        _follow(conn, jobs, PUBLISHED)
    return gone


def forget_words(conn: Connection[Any], subject_id: UUID) -> dict[str, int]:
    """Delete all words that are kept of a person, and what their tokens stood for; numbers stay. How many rows of each table."""
    return conversations.forget(conn, subject_id) | {"vault": people.empty_vault(conn, subject_id)}


def forget_passages(conn: Connection[Any], jobs: Jobs, subject_id: UUID) -> int:
    """Delete the passages of a person's conversations; how many items there were."""
    gone = conversations.drop_passages(conn, conversations.items_of(conn, subject_id))
    if gone:
        _follow(conn, jobs, REMOVED)
    return gone


def _follow(conn: Connection[Any], jobs: Jobs, title: str) -> None:
    """Points and files of items that are gone."""
    _queue(conn, jobs, APPLY, title)
    _queue(conn, jobs, SWEEP, title)


def _queue(conn: Connection[Any], jobs: Jobs, kind: Kind, title: str = "") -> None:
    """Start a job, unless one that waits anyway will do this too: somebody who changes their mind again and again fills no queue."""
    if not waiting.hold_waiting(conn, kind.name):
        jobs.start(kind, {}, title=title, connection=conn)


def wipe(conn: Connection[Any], jobs: Jobs, touched: Collection[str]) -> None:
    """What is left of deleted rows in files; withdrawals that come while a job waits share it."""
    if not waiting.widen_waiting(conn, WIPE.name, touched):
        jobs.start(WIPE, {"tables": sorted(touched)}, connection=conn)
