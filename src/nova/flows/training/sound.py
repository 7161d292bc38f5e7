"""The adapter of a run in, why it may not be loaded out: by its files, its base, and the licences as they stand now.

Who asks again and again (a page, the guard) is answered from the last look while no file has changed; before a load they are read anew.
"""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from psycopg import Connection

from nova.errors import InvalidInput, NovaError
from nova.store.training import runs as rows
from nova.store.training.runs import TrainRun
from nova.training import licences
from nova.training.adapter.files import Against, Checked, checked_folder, signature
from nova.training.adapter.safetensors import base_shapes
from nova.training.config import base_folder, seen_digest

OTHERS = "Die Gewichte des Adapters sind andere als die, die beurteilt wurden."


def checked(folder: Path, base: str, data: Path, lora: "dict[str, object] | None" = None) -> Checked:
    """The adapter in a folder, read anew and held against its base and what its run said of it; InvalidInput, NotFound."""
    there = base_folder(base, data)
    return checked_folder(folder, Against(lora, base_shapes(there), {there.name, base.rsplit("/", 1)[-1]}))


def unsound(run: TrainRun, folder: Path, data: Path) -> Iterator[str]:
    """Why its files may not be loaded, in words."""
    try:
        there = base_folder(run.base, data)
        if seen_digest(there) != run.base_sha256:
            yield "Die Basis ist eine andere als die, auf der der Adapter trainiert wurde."
        sha256, readme, why = _as_seen(folder, run.base, data, _lora(run), signature(folder), signature(there))
        known = licences.load(data)
    except NovaError as error:
        yield error.message
        return
    if why:
        yield f"Der Adapter darf nicht geladen werden: {why}"
    elif sha256 != run.adapter_sha256:
        yield OTHERS
    yield from licences.of_readme(known, readme, "", "Der Adapter")
    yield from licences.of_files(known, there, licence_of(run, known))


def unlicensed(conn: "Connection[object]", run: TrainRun, data: Path) -> Iterator[str]:
    """Why its base and data may not serve by what is allowed now, whatever was when it was judged."""
    judged = rows.last_evaluation(conn, run.run_id)
    try:
        known = licences.load(data)
    except NovaError as error:
        yield error.message
        return
    told = (judged or {}).get("told", {}).get("data")
    if told:
        yield from licences.refusals(known, run.base, licence_of(run, known), licences.Data(**told))
    else:
        yield from licences.of_base(known, run.base, licence_of(run, known))


def licence_of(run: TrainRun, known: licences.Licences) -> str:
    """Under which licence its base is: as its configuration says, else by its name."""
    said = run.config.get("base", {}).get("licence", "")
    return known.of_base(run.base, said)


def _lora(run: TrainRun) -> str:
    return json.dumps(run.config.get("lora"), sort_keys=True)


@lru_cache(maxsize=64)
def _as_seen(folder: Path, base: str, data: Path, lora: str, *_: object) -> tuple[str, str, str]:
    """Hash and README.md of an adapter, and why it is refused (""), as of a state of its files."""
    try:
        found = checked(folder, base, data, json.loads(lora))
    except InvalidInput as error:
        return "", "", error.message
    return found.sha256, found.readme, ""
