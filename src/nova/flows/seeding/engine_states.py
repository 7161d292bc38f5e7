"""What engines read that was made of versions which somebody left."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from psycopg import Connection

from nova.store import releases
from nova.store.seeding import engines as rows


def family(engine: str) -> str:
    """What releases of an engine are called."""
    return f"engine:{engine}"


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
