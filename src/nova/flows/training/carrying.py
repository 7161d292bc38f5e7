"""Weights of runs in a snapshot: each checked against its run's hash when it is saved, and again where it is restored.

A run without its weights is no fault: it serves nothing, and says so. Weights that are not what their run says are: they are never put.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from nova.errors import InvalidInput
from nova.flows.snapshots.contents import Carried
from nova.flows.training.running import PLACE
from nova.journal import FOLDER
from nova.store.postgres.db import Database
from nova.store.training import runs as rows
from nova.store.training.runs import TrainRun
from nova.training.adapter.files import NAMES, Against, checked_folder
from nova.training.card import place_of


def carried(db: Database, data: Path) -> Carried:
    """What there is to save: the adapter, record and card of every run that has weights; no checkpoints."""
    files, flaws = list[tuple[str, Path]](), list[str]()
    for run in _kept(db):
        folder = PLACE / run.name / "adapter"
        if flaw := flaw_of(run, data):
            flaws.append(f"{folder} {flaw}")
            continue
        names = [
            *(folder / name for name in NAMES),
            *(Path(FOLDER) / place for place in (f"models/{run.name}/run.json", place_of(run.name))),
        ]
        files += [(name.as_posix(), data / name) for name in names if (data / name).is_file()]
    return Carried(tuple(files), tuple(flaws))


def settled(db: Database, data: Path) -> Iterator[str]:
    """What a restored folder holds of runs: weights that are not their run's, or nobody's, are taken away; of the former in words."""
    known = {run.name: run for run in _kept(db)}
    for folder in sorted((data / PLACE).glob("*")):
        run = known.get(folder.name)
        flaw = "" if run is None else flaw_of(run, data)
        if run is None or flaw:
            folder.unlink() if folder.is_symlink() else shutil.rmtree(folder)
        if flaw:
            yield f"Die Gewichte des Laufs {folder.name} sind nicht die, die beurteilt wurden; er kann nicht mehr dienen."


def flaw_of(run: TrainRun, data: Path) -> str:
    """Why the weights of a run are not what they were ("": they are); whether they fit their base is asked before they serve."""
    folder = data / PLACE / run.name / "adapter"
    if not folder.is_dir():
        return "fehlt"
    try:
        same = checked_folder(folder, Against(run.config.get("lora"))).sha256 == run.adapter_sha256
    except InvalidInput:
        same = False
    return "" if same else "ist beschädigt"


def _kept(db: Database) -> list[TrainRun]:
    with db.transaction() as conn:
        return rows.kept(conn)
