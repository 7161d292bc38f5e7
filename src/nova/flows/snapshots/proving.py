"""The newest snapshot in, a restore of it that was tried out: in a folder, a database and a process of its own, then thrown away.

A snapshot encrypted for a key that is not here cannot be opened here. Then a plain one is made in the same way and tried instead; the proof
says so, and of the file itself only its digest was compared.
"""

import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nova.errors import DiskFull
from nova.flows.snapshots.contents import Tell
from nova.flows.snapshots.kept import DRAFT, Kept, Proof, Proved, Snapshot, digest
from nova.flows.snapshots.making import SnapshotMaker, Wish, require_room

Trial = Callable[[Path, Path, Tell], Mapping[str, Any]]


class SnapshotProof:
    """Tries snapshots. `trial` restores a file in a folder, in a process of its own, and gives its `problems` and `questions`."""

    def __init__(self, kept: Kept, maker: SnapshotMaker, trial: Trial) -> None:
        self._kept, self._maker, self._trial = kept, maker, trial

    def prove(self, snapshot: Snapshot, tell: Tell) -> Proof:
        """Try it and keep the proof, also of a failure. Busy when a snapshot is being made.

        DiskFull when there is no room for a second Nova; that is noted as the latest proof, and the snapshot keeps its own.
        """
        with self._kept.writing():
            try:
                proof = self._prove(snapshot, tell)
            except DiskFull as error:
                problems = (f"Sie wurde ausgelassen. {error.message}",)
                left_out = Proof(datetime.now(UTC), snapshot.snapshot_id, False, _what(snapshot), 0.0, problems=problems)
                self._kept.note_proof(left_out, tried=False)
                raise
            self._kept.note_proof(proof)
        return proof

    def _prove(self, snapshot: Snapshot, tell: Tell) -> Proof:
        began = time.monotonic()
        # The database of a trial that was cut short may still write for a moment; then the next writer removes the rest.
        with tempfile.TemporaryDirectory(dir=self._kept.folder, prefix=".", suffix=DRAFT, ignore_cleanup_errors=True) as work:
            problems: list[str] = []
            file = self._kept.path(snapshot)
            if snapshot.encrypted:  # else the child compares the digest
                tell("Datei prüfen", 0, 0)
                if digest(file) != snapshot.sha256:
                    problems.append(f"Die Datei {snapshot.file} hat sich seit der Sicherung verändert.")
                made = self._maker.write(Wish(index=snapshot.index, origin="proof"), Path(work), tell)
                file = Path(work) / made.file
            size = self._maker.held.sizes()
            # The database as a dump and filled from it, the files, and the index, which is packed by making a second one.
            require_room(self._kept.folder, snapshot.bytes + size.database + size.files + size.weights + 2 * size.index, "die Probe")
            said = self._trial(file, Path(work), tell)
        problems = list(dict.fromkeys([*problems, *snapshot.flaws, *said["problems"]]))  # a flaw of the snapshot is one of its copy's, too
        return Proof(
            datetime.now(UTC), snapshot.snapshot_id, not problems, _what(snapshot),
            round(time.monotonic() - began, 1), int(said.get("questions", 0)), tuple(problems),
        )  # fmt: skip


def _what(snapshot: Snapshot) -> Proved:
    return "like" if snapshot.encrypted else "file"
