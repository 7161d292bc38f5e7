"""What engines elsewhere hold of versions that somebody left: each gives it back, however long it does not answer.

What is to be given back is noted in the transaction in which somebody leaves. A job tells the engines, tries again while one is down and
never gives up; a row is done only once its engine was told. A delivery and a recall of one engine never go on at once: what was being
delivered when somebody left is taken back after it.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from psycopg import Connection

from nova.errors import JobCancelled, JobLost, JobWaits, NovaError
from nova.flows.seeding.engine_states import ERASURE, family
from nova.ports.engines import EngineChannel
from nova.ports.jobs import JobContext
from nova.seeding.delivery.registry import EngineSpec, Registry
from nova.store import releases
from nova.store.postgres.db import Database
from nova.store.postgres.holder import alone
from nova.store.seeding import engines as rows

AGAIN_S = 60
Guard = Callable[[Connection[Any]], None]
Open = Callable[[EngineSpec], EngineChannel]


@contextmanager
def alone_with(db: Database, engine: str) -> Iterator[None]:
    """Nobody else delivers to an engine, or takes something back from it, to the end of the block; JobWaits while somebody does."""
    with alone(db, int.from_bytes(hashlib.sha256(family(engine).encode()).digest()[:8], "big", signed=True)):
        yield


def taken_back(db: Database, spec: EngineSpec, opened: Open, guard: Guard) -> int:
    """An engine elsewhere gives back what somebody left; how much that was. The caller is alone with it. Raises as its channel does."""
    with db.transaction() as conn:
        keys = rows.recalls(conn, spec.name) if spec.channel != "in_process" else []
    if not keys:
        return 0
    channel = opened(spec)
    try:
        for key in keys:
            channel.take_back(key)
            with db.transaction() as conn:
                _told(conn, spec.name, key, datetime.now(UTC))
                guard(conn)
    finally:
        channel.close()
    return len(keys)


def recall(db: Database, registry: Registry, opened: Open, ctx: JobContext, anew: Guard) -> dict[str, Any]:
    """Every engine that holds what somebody left gives it back, and `anew` queues what is left for it; how much, by engine.

    JobWaits while one does not. One that the list does not name, or names in process now, is not to be reached: it stays noted.
    """
    with db.transaction() as conn:
        holding = rows.recalling(conn)
    listed = {spec.name: spec for spec in registry.engines if spec.channel != "in_process"}
    done, left = dict[str, int](), list[str]()
    for at, name in enumerate(sorted(holding.keys() & listed.keys())):
        ctx.progress(name, at, len(holding))
        try:
            with alone_with(db, name):
                done[name] = taken_back(db, listed[name], opened, ctx.guard)
        except (JobCancelled, JobLost):
            raise
        except NovaError as error:
            left.append(f"{name}: {error.message}")
    if done:
        with db.transaction() as conn:
            anew(conn)
            ctx.guard(conn)
    if left:
        raise JobWaits(f"Noch nicht zurückgeholt. {' '.join(sorted(left))}", data={"retry_after": AGAIN_S})
    return {"engines": done, "unlisted": sorted(holding.keys() - listed.keys())}


def _told(conn: Connection[Any], engine: str, key: str, at: datetime) -> None:
    """It reads what it read before, and is due for what is left."""
    live = releases.live(conn, family(engine))
    if live is not None and live.name == key:
        releases.step_back(conn, family(engine), ERASURE, at)
    else:
        releases.withdraw(conn, family(engine), key, ERASURE, at)
    rows.end_recall(conn, engine, key, at)
