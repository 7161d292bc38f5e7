"""Content names in, object keys out; and which stored files no version needs any more."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

import psycopg

from nova.errors import NovaError
from nova.ports import Objects
from nova.store.documents import items
from nova.store.postgres.db import Database
from nova.store.postgres.dump import may_remove

RAW = "docs/raw/"
TEXTS = "docs/processed/"


def raw_key(sha256: str) -> str:
    """Where a raw file lies in the object store."""
    return RAW + sha256


def text_key(text_sha256: str) -> str:
    """Where a version's stored text lies in the object store."""
    return TEXTS + text_sha256


def release_files(db: Database, objects: Objects, raw: Iterable[str], texts: Iterable[str]) -> int:
    """Delete the named files that no version needs; whoever stores the same content meanwhile waits. Gives how many.

    While a snapshot is being made nothing is deleted; a sweep follows it.
    """
    done = 0
    for sha256 in sorted(raw):
        with db.transaction() as conn:
            items.lock_content(conn, sha256)
            if may_remove(conn) and not items.file_in_use(conn, sha256):
                objects.delete(raw_key(sha256))
                done += 1
    for text_sha256 in sorted(texts):
        with db.transaction() as conn:
            items.lock_content(conn, text_sha256)
            if may_remove(conn) and not items.text_in_use(conn, text_sha256):
                objects.delete(text_key(text_sha256))
                done += 1
    return done


def count_needed(db: Database, raw: Iterable[str], texts: Iterable[str]) -> int:
    """How many of the named files some version needs."""
    with db.transaction() as conn:
        return sum(items.file_in_use(conn, sha256) for sha256 in raw) + sum(items.text_in_use(conn, sha256) for sha256 in texts)


class Placing:
    """Stores files and remembers which."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self.raws: list[str] = []
        self.texts: list[str] = []

    def raw(self, sha256: str, data: bytes) -> None:
        """Store a raw file."""
        self._objects.put(raw_key(sha256), data)
        self.raws.append(sha256)

    def text(self, text_sha256: str, data: bytes) -> None:
        """Store a version's text."""
        self._objects.put(text_key(text_sha256), data)
        self.texts.append(text_sha256)


@contextmanager
def placing(db: Database, objects: Objects) -> Iterator[Placing]:
    """Around a transaction that stores files: when it fails they go again, unless a version needs them. Kills leave them to `sweep`."""
    placed = Placing(objects)
    try:
        yield placed
    except (NovaError, psycopg.Error):
        with suppress(NovaError, psycopg.Error):
            release_files(db, objects, placed.raws, placed.texts)
        raise


def sweep(db: Database, objects: Objects) -> int:
    """Delete files that a kill left behind between the store and the database. Gives how many."""
    with db.transaction() as conn:
        raw, texts = items.all_files(conn)
    stray_raw = {key.removeprefix(RAW) for key in objects.keys(RAW)} - raw
    stray_texts = {key.removeprefix(TEXTS) for key in objects.keys(TEXTS)} - texts
    return release_files(db, objects, stray_raw, stray_texts)
