"""The newest snapshot in, a restore of it that was tried out: in a folder, a database and a process of its own, then thrown away.

A snapshot encrypted for a key that is not here cannot be opened here. Then a plain one is made in the same way and tried instead; the proof
says so, and of the file itself only its digest was compared.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from nova.errors import DiskFull, InvalidInput, NovaError
from nova.flows.kinds import PROVE
from nova.flows.snapshots.kept import DRAFT, Kept, Proof, Proved, Snapshot, digest
from nova.jobs.kind import SERVING, JobKind
from nova.jobs.leash import led
from nova.jobs.snapshots.make import Tell, Wish, require_room, sizes, write
from nova.ports.jobs import JobContext, JobHandler
from nova.wiring import Nova

LOOK_SECONDS = 0.25


def handler(nova: Nova) -> JobHandler:
    """Arguments: `snapshot_id` (None: the newest)."""

    def run(ctx: JobContext) -> None:
        kept = Kept(nova.settings.NOVA_DATA)
        chosen = ctx.args.get("snapshot_id")
        snapshot = kept.get(UUID(chosen)) if chosen else next(iter(kept.list()), None)
        if snapshot is None:
            ctx.finish({"skipped": "Es gibt noch keine Sicherung."})
            return
        proof = prove(nova, kept, snapshot, ctx.progress)
        if not proof.ok:
            raise NovaError(f"Die Sicherung {snapshot.file} bestand die Probe nicht. {' '.join(proof.problems[:3])}")
        ctx.finish({"snapshot_id": str(snapshot.snapshot_id), "what": proof.what, "seconds": proof.seconds, "questions": proof.questions})

    return run


def prove(nova: Nova, kept: Kept, snapshot: Snapshot, tell: Tell) -> Proof:
    """Try it and keep the proof, also of a failure. Busy when a snapshot is being made.

    DiskFull when there is no room for a second Nova; that is noted as the latest proof, and the snapshot keeps its own.
    """
    with kept.writing():
        try:
            proof = _prove(nova, kept, snapshot, tell)
        except DiskFull as error:
            problems = (f"Sie wurde ausgelassen. {error.message}",)
            kept.note_proof(Proof(datetime.now(UTC), snapshot.snapshot_id, False, _what(snapshot), 0.0, problems=problems), tried=False)
            raise
        kept.note_proof(proof)
    return proof


def _prove(nova: Nova, kept: Kept, snapshot: Snapshot, tell: Tell) -> Proof:
    began = time.monotonic()
    # The database of a trial that was cut short may still write for a moment; then the next writer removes the rest.
    with tempfile.TemporaryDirectory(dir=kept.folder, prefix=".", suffix=DRAFT, ignore_cleanup_errors=True) as work:
        problems: list[str] = []
        file = kept.path(snapshot)
        if snapshot.encrypted:  # else the child compares the digest
            tell("Datei prüfen", 0, 0)
            if digest(file) != snapshot.sha256:
                problems.append(f"Die Datei {snapshot.file} hat sich seit der Sicherung verändert.")
            made = write(nova, Wish(index=snapshot.index, origin="proof"), Path(work), tell)
            file = Path(work) / made.file
        size = sizes(nova)
        # The database as a dump and filled from it, the files, and the index, which is packed by making a second one.
        require_room(kept.folder, snapshot.bytes + size.database + size.files + 2 * size.index, "die Probe")
        said = _in_child(file, Path(work), tell)
    problems = list(dict.fromkeys([*problems, *snapshot.flaws, *said["problems"]]))  # a flaw of the snapshot is one of its copy's, too
    return Proof(
        datetime.now(UTC), snapshot.snapshot_id, not problems, _what(snapshot),
        round(time.monotonic() - began, 1), int(said.get("questions", 0)), tuple(problems),
    )  # fmt: skip


def _what(snapshot: Snapshot) -> Proved:
    return "like" if snapshot.encrypted else "file"


def _in_child(file: Path, work: Path, tell: Tell) -> Mapping[str, Any]:
    """What `nova snapshot prove` says of the file; it has a database and an index of its own and ends with this job, or this process."""
    command = [sys.executable, "-m", "nova", "--data", str(work / "none"), "snapshot", "prove", str(file), "--work", str(work), "--json"]
    with _running(command, work) as child:
        while child.poll() is None:
            tell("zur Probe einspielen", 0, 0)
            time.sleep(LOOK_SECONDS)
    said = (work / "said").read_text("utf-8", "replace")
    try:
        found = json.loads(said)
    except ValueError:
        last = (work / "told").read_text("utf-8", "replace").strip().splitlines()[-1:]
        return {"problems": [f"Die Probe brach ab: {' '.join(last) or child.returncode}"]}
    if not isinstance(found, dict) or not isinstance(found.get("problems"), list):
        raise InvalidInput("Die Probe gab keine lesbare Auskunft.")
    return found


@contextmanager
def _running(command: list[str], work: Path) -> Iterator["subprocess.Popen[bytes]"]:
    with (work / "said").open("wb") as said, (work / "told").open("wb") as told:
        child = subprocess.Popen(led(command), stdin=subprocess.DEVNULL, stdout=said, stderr=told)
        try:
            yield child
        finally:
            if child.poll() is None:
                child.terminate()
                child.wait()


JOBS = (JobKind(PROVE, handler, timedelta(days=7), runs_on=(SERVING,)),)
