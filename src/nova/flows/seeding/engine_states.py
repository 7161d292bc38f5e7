"""What engines read that was made of versions which somebody left."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from psycopg import Connection

from nova.flows.kinds import ENGINE_RECALL, ENGINES
from nova.ports.jobs import Jobs
from nova.store import releases
from nova.store.seeding import engines as rows

ERASURE = "erasure"
"""Who steps an engine back in the ledger of releases, where somebody left what it read."""


def family(engine: str) -> str:
    """What releases of an engine are called."""
    return f"engine:{engine}"


def deliver_anew(jobs: Jobs, conn: Connection[Any]) -> None:
    """Engines get at once what is left of their datasets, by a job that is queued in the caller's transaction."""
    jobs.start_once(ENGINES, states=("queued",), counts=lambda job: job.title == ENGINES.title, connection=conn)


def leave_engines(jobs: Jobs, conn: Connection[Any]) -> None:
    """As `deliver_anew`; and those elsewhere are told at once to give back what somebody left."""
    deliver_anew(jobs, conn)
    if rows.recalling(conn):
        jobs.start_once(ENGINE_RECALL, states=("queued",), connection=conn)


def forget_states(conn: Connection[Any], version_ids: Collection[int], at: datetime) -> int:
    """What engines made of versions that somebody left goes, in the caller's transaction; how many. Each reads what it read before, if
    that is not of such a version, and is due again.
    """
    gone = rows.made_of(conn, version_ids)
    for state in gone:
        rows.forget(conn, state.engine, state.name)
    for engine in sorted({state.engine for state in gone}):
        while (release := releases.live(conn, family(engine))) is not None and rows.state(conn, engine, release.name) is None:
            releases.step_back(conn, family(engine), ERASURE, at)
    return len(gone)
