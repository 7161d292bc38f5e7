"""What engines read that was made of versions which somebody left."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from psycopg import Connection

from nova.flows.kinds import ENGINES
from nova.ports.jobs import Jobs
from nova.store import releases
from nova.store.seeding import engines as rows


def family(engine: str) -> str:
    """What releases of an engine are called."""
    return f"engine:{engine}"


def deliver_anew(jobs: Jobs, conn: Connection[Any]) -> None:
    """Engines get at once what is left of their datasets, and those outside are told to take back what they have: by a job that is queued
    in the caller's transaction, and by the clock while an engine does not answer.
    """
    jobs.start_once(ENGINES, states=("queued",), counts=lambda job: job.title == ENGINES.title, connection=conn)


def forget_states(conn: Connection[Any], version_ids: Collection[int], at: datetime) -> int:
    """What engines made of versions that somebody left goes, in the caller's transaction; how many. Each reads what it read before, if
    that is not of such a version, and is due again.
    """
    gone = rows.made_of(conn, version_ids)
    for state in gone:
        rows.forget(conn, state.engine, state.name)
    for engine in sorted({state.engine for state in gone}):
        while (release := releases.live(conn, family(engine))) is not None and rows.state(conn, engine, release.name) is None:
            releases.step_back(conn, family(engine), "erasure", at)
    return len(gone)
