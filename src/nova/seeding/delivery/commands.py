"""A file and a list of engines in, what came of each delivery out: what an engineer does without a server."""

from collections.abc import Callable
from hashlib import file_digest
from pathlib import Path
from typing import Any

import polars as pl

from nova.ports.engines import EngineChannel
from nova.seeding.delivery.deliver import deliver, told
from nova.seeding.delivery.registry import EngineSpec, load_file
from nova.seeding.delivery.shelf import EngineShelf
from nova.seeding.sources.files import read_records
from nova.seeding.sources.reading import told as problem

FAILED = ("taken_back", "refused", "unreachable")


def deliver_file(file: Path, engines: Path, opened: Callable[[EngineSpec, Path], EngineChannel]) -> dict[str, Any]:
    """Deliver a file's records to the engines of a list; `version` is the file's hash. Engines in process keep what they read in the
    folder that the list names. Raises InvalidInput for a faulty list, and what cannot be read.
    """
    registry = load_file(engines)
    folder = engines.parent / registry.state
    read = read_records(file)
    with file.open("rb") as raw:
        version = file_digest(raw, "sha256").hexdigest()
    frame = _named(read.frame, registry.engines)
    found = deliver(registry.engines, frame, version, EngineShelf(folder), lambda spec: opened(spec, engines.parent))
    return {"version": version, "engines": told(found), "problems": [*map(problem, read.problems)]}


def _named(frame: pl.DataFrame, specs: tuple[EngineSpec, ...]) -> pl.DataFrame:
    """A file that says in `kind` which engine each row is of is read as one that says it in `engine`."""
    names = {name for spec in specs for name in (spec.name, spec.kind)}
    if "engine" in frame.columns or "kind" not in frame.columns:
        return frame
    said = frame["kind"].drop_nulls()
    return frame.rename({"kind": "engine"}) if len(said) and said.is_in(list(names)).all() else frame
