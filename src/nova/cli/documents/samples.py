"""Nothing in, the sample documents out, and whether this data folder has had them."""

from pathlib import Path

import nova
from nova.cli import output
from nova.cli.client import Client
from nova.cli.documents.intake import Outcome, files, take_in
from nova.errors import NotFound

QUESTION = "Mit welcher Frist kann ich als Haushaltskunde die Grundversorgung mit Strom kündigen?"
TAG = "beispiel"


def folder() -> Path:
    """Where the samples lie: inside the installed package, or in the checkout."""
    package = Path(nova.__file__).parent
    for place in (package / "samples", package.parents[1] / "docs" / "samples"):
        if place.is_dir():
            return place
    raise NotFound("Die Beispieldokumente fehlen in dieser Installation.")


def sample(name: str) -> Path:
    """One sample document."""
    return folder() / name


def loaded(data: Path) -> bool:
    """Whether this data folder has had the samples; who deletes them does not get them again."""
    return _mark(data).exists()


def load(client: Client, data: Path) -> list[Outcome]:
    """Take the samples in as any user's files and remember it when all of them arrived."""
    documents = list(files([folder()]))
    output.note(f"Erster Start: {len(documents)} Beispieldokumente werden aufgenommen ...")
    outcomes = take_in(client, documents, {"kind": "regulation", "tags": [TAG], "replace": "none"})
    if all(one.status != "failed" for one in outcomes):
        _mark(data).touch(mode=0o600)
    return outcomes


def _mark(data: Path) -> Path:
    return data / "run" / "samples.loaded"
