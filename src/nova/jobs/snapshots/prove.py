"""The job `prove`: the newest snapshot is tried out every week, restored by a process of its own that ends with this one."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from nova.errors import InvalidInput, NovaError
from nova.flows.kinds import PROVE
from nova.flows.snapshots.contents import Tell
from nova.flows.snapshots.kept import Kept
from nova.flows.snapshots.proving import SnapshotProof
from nova.jobs.kind import SERVING, JobKind
from nova.jobs.leash import led
from nova.ports.jobs import JobContext, JobHandler
from nova.wiring import Nova
from nova.wiring.snapshots import maker_of

LOOK_SECONDS = 0.25


def handler(kept: Kept, proof: SnapshotProof) -> JobHandler:
    """Arguments: `snapshot_id` (None: the newest)."""

    def run(ctx: JobContext) -> None:
        chosen = ctx.args.get("snapshot_id")
        snapshot = kept.get(UUID(chosen)) if chosen else next(iter(kept.list()), None)
        if snapshot is None:
            ctx.finish({"skipped": "Es gibt noch keine Sicherung."})
            return
        found = proof.prove(snapshot, ctx.progress)
        if not found.ok:
            raise NovaError(f"Die Sicherung {snapshot.file} bestand die Probe nicht. {' '.join(found.problems[:3])}")
        ctx.finish({"snapshot_id": str(snapshot.snapshot_id), "what": found.what, "seconds": found.seconds, "questions": found.questions})

    return run


def in_child(file: Path, work: Path, tell: Tell) -> Mapping[str, Any]:
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


def _opened(nova: Nova) -> JobHandler:
    kept = Kept(nova.settings.NOVA_DATA)
    return handler(kept, SnapshotProof(kept, maker_of(nova), in_child))


JOBS = (JobKind(PROVE, _opened, timedelta(days=7), runs_on=(SERVING,)),)
