"""The analyser in use: from Postgres, as an object for questions and as a file for child processes."""

import json
import math
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from psycopg import Connection

from nova.language.analyser import Analyser
from nova.store.documents import outbox
from nova.store.postgres.db import Database

RECHECK_S = 5.0


class Superseded(Exception):
    """Another analyser is live than the one that vectors were made with; make them again."""


class Analysers:
    """Hands out the live analyser. The first one is the shipped one; `promote` makes a newly learned one live.

    An artefact in a format this code no longer reads gives way to the shipped one; `outdated` then says that the index needs a rebuild.
    """

    def __init__(self, db: Database, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._db = db
        self._folder = folder
        self._clock = clock
        self._looking = threading.Lock()
        self._live: tuple[str, Analyser] | None = None
        self._checked = -math.inf
        self._changes = self._seen = 0
        self.outdated = False

    def current(self) -> Analyser:
        """The live analyser; a promotion is seen within seconds. While one thread looks in Postgres, the others use the one they have."""
        live = self._live
        if live is None:
            with self._looking:
                return (self._live or self._looked())[1]
        if self._clock() - self._checked > RECHECK_S and self._looking.acquire(blocking=False):
            try:
                live = self._looked()
            finally:
                self._looking.release()
        return live[1]

    def version(self) -> str:
        """The live analyser's version."""
        return self.current().version

    def file(self) -> tuple[str, Path]:
        """Version and file of the live analyser, for child processes; never one that is known here to be superseded."""
        if self._seen != self._changes:
            with self._looking:
                if self._seen != self._changes:
                    self._looked()
        analyser = self.current()
        return analyser.version, self.keep(analyser.version, analyser.to_json)

    def keep(self, version: str, artefact: Callable[[], str]) -> Path:
        """The file of an artefact, written once and whole."""
        path = self._folder / f"analyser-{version}.json"
        if not path.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            half = path.with_suffix(f".{os.getpid()}.{threading.get_ident()}.tmp")
            try:
                half.write_text(artefact(), "utf-8")
                half.replace(path)
            finally:
                half.unlink(missing_ok=True)
        return path

    def add(self, artefact: str) -> tuple[str, Path]:
        """Store a learned artefact without using it yet."""
        version = Analyser.from_json(artefact).version
        with self._db.transaction() as conn:
            outbox.insert_analyser(conn, version, json.loads(artefact))
        return version, self.keep(version, lambda: artefact)

    def hold(self, conn: Connection[Any], version: str) -> None:
        """Keep this analyser live until the transaction ends; Superseded when another one is, in whichever process that was decided."""
        if not outbox.hold_analyser(conn, version):
            self._changed()
            raise Superseded(version)

    def promote(self, version: str) -> None:
        """Use a stored artefact from now on."""
        with self._db.transaction() as conn:
            outbox.promote_analyser(conn, version)
        self._changed()

    def _changed(self) -> None:
        """Another analyser is live; a look that has begun may not see it."""
        self._changes += 1
        self._checked = -math.inf

    def _looked(self) -> tuple[str, Analyser]:
        """Look in Postgres, one thread at a time; when that fails, the next look is in a while all the same."""
        changes, self._checked = self._changes, self._clock()
        self._live = self._refreshed(self._live)
        self._seen = changes
        return self._live

    def _refreshed(self, before: tuple[str, Analyser] | None) -> tuple[str, Analyser]:
        with self._db.transaction() as conn:
            version = outbox.live_version(conn)
            if before is not None and version == before[0]:
                return before
            stored = outbox.live_analyser(conn)
            if stored is not None:
                try:
                    return stored[0], Analyser.from_json(json.dumps(stored[1]))
                except ValueError:
                    self.outdated = True
            analyser = Analyser.builtin()
            outbox.insert_analyser(conn, analyser.version, json.loads(analyser.to_json()))
            outbox.promote_analyser(conn, analyser.version)
            return analyser.version, analyser
