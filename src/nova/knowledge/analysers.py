"""The analyser in use: from Postgres, as an object for questions and as a file for child processes."""

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path

from nova.language.analyser import Analyser
from nova.store import outbox
from nova.store.db import Database

RECHECK_S = 5.0


class Analysers:
    """Hands out the live analyser. The first one is the shipped one; `promote` makes a newly learned one live."""

    def __init__(self, db: Database, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._db = db
        self._folder = folder
        self._clock = clock
        self._lock = threading.Lock()
        self._version = ""
        self._analyser: Analyser | None = None
        self._checked = 0.0

    def current(self) -> Analyser:
        """The live analyser; another process's promotion is seen within seconds."""
        with self._lock:
            now = self._clock()
            if self._analyser is None or now - self._checked > RECHECK_S:
                self._refresh()
                self._checked = now
            assert self._analyser is not None
            return self._analyser

    def file(self) -> tuple[str, Path]:
        """Version and file of the live analyser, for child processes."""
        analyser = self.current()
        return self._version, self.keep(self._version, analyser.to_json())

    def keep(self, version: str, artefact: str) -> Path:
        """The file of an artefact, written once and whole."""
        path = self._folder / f"analyser-{version}.json"
        if not path.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            half = path.with_suffix(f".{threading.get_ident()}.tmp")
            half.write_text(artefact, "utf-8")
            half.replace(path)
        return path

    def add(self, artefact: str) -> tuple[str, Path]:
        """Store a learned artefact without using it yet."""
        version = Analyser.from_json(artefact).version
        with self._db.transaction() as conn:
            outbox.insert_analyser(conn, version, json.loads(artefact))
        return version, self.keep(version, artefact)

    def promote(self, version: str) -> None:
        """Use a stored artefact from now on."""
        with self._db.transaction() as conn:
            outbox.promote_analyser(conn, version)
        with self._lock:
            self._analyser = None

    def _refresh(self) -> None:
        with self._db.transaction() as conn:
            version = outbox.live_version(conn)
            if version is None:
                analyser = Analyser.builtin()
                version = analyser.version
                outbox.insert_analyser(conn, version, json.loads(analyser.to_json()))
                outbox.promote_analyser(conn, version)
                self._version, self._analyser = version, analyser
            elif version != self._version or self._analyser is None:
                stored = outbox.live_analyser(conn)
                assert stored is not None
                self._version, self._analyser = stored[0], Analyser.from_json(json.dumps(stored[1]))
