"""Where files of datasets lie among the objects, and which of them nothing needs any more."""

from collections.abc import Iterable

from nova.ports import Objects
from nova.store.documents import items
from nova.store.postgres.db import Database
from nova.store.postgres.dump import may_remove
from nova.store.seeding import versions

PARTS, RAW, ENGINES = "seeding/versions/", "seeding/raw/", "seeding/engines/"
KINDS = {"seed": PARTS, "seed_raw": RAW, "engine": ENGINES}
"""A kind of file, as the view `seed_files` calls it -> what its key begins with; a sha256 follows."""


def part_key(sha256: str) -> str:
    """Where a part of a version lies."""
    return PARTS + sha256


def raw_key(sha256: str) -> str:
    """Where a batch's raw bytes lie."""
    return RAW + sha256


def engine_key(sha256: str) -> str:
    """Where what an engine reads lies, and the records that it is judged by."""
    return ENGINES + sha256


def release(db: Database, objects: Objects, named: Iterable[tuple[str, str]]) -> int:
    """Delete those of the named files (kind, sha256) that nothing needs; how many. Whoever stores the same content meanwhile waits.

    While a snapshot is being made nothing is deleted; a sweep follows it.
    """
    done = 0
    for kind, sha256 in sorted(named):
        with db.transaction() as conn:
            items.lock_content(conn, sha256)
            if may_remove(conn) and not versions.in_use(conn, kind, sha256):
                objects.delete(KINDS[kind] + sha256)
                done += 1
    return done


def stray(db: Database, objects: Objects) -> set[tuple[str, str]]:
    """Files (kind, sha256) that nothing needs: a kill between store and database left them, or somebody left their version."""
    there = {(kind, key.removeprefix(prefix)) for kind, prefix in KINDS.items() for key in objects.keys(prefix)}
    with db.transaction() as conn:
        return there - versions.files(conn)


def sweep(db: Database, objects: Objects) -> int:
    """Delete files that nothing needs; how many."""
    return release(db, objects, stray(db, objects))
