"""A pipeline over a folder of contracts that grows, for a process that is killed."""

from pathlib import Path

from nova.flows.seeding.running import Seeding, run
from nova.seeding.judge.policy import installed
from nova.seeding.pipeline import Pipeline, Shelf, load
from nova.seeding.sources.folder import FolderSource
from tests.fakes.running import Context
from tests.rooms.seeding.seeds import Bench

ROWS = 40
PIPELINE = """
name: liste
title: Verträge einer Liste
source: {folder: {path: eingang}}
licence: eigen
purpose: training
subject: kunde
steps: [{harmonise: {}}, {exact: {}}]
split: {group: kunde}
read: new
"""


def deliver(folder: Path) -> None:
    """One more file, whole or not at all."""
    number = len(list(folder.glob("*.csv")))
    lines = [_line(number, row) for row in range(ROWS)]
    part = folder / f".{number}.part"
    part.write_text("\n".join(["nr,kunde,text", *lines]) + "\n", "utf-8")
    part.replace(folder / f"{number:04}.csv")


def _line(number: int, row: int) -> str:
    at = 100_000 + number * ROWS + row
    return f"{number:04}-{row},K{at},Vertrag {at} über {at} kWh seit dem {row % 28 + 1}.03.2026"


def house(bench: Bench, folder: Path, *, read: str = "new") -> tuple[Seeding, Pipeline]:
    """The pipeline over the folder."""
    pipeline = load(PIPELINE.replace("read: new", f"read: {read}"), "liste.yaml")
    shelf, policies = Shelf({pipeline.name: pipeline}, {}), installed(Path("nirgends"))
    source = FolderSource("liste", folder, "eigen", "*.csv")
    return Seeding(bench.db, bench.objects, bench.lookup, lambda: shelf, lambda: policies, lambda _: source), pipeline


def once(of: tuple[Seeding, Pipeline]) -> str:
    """A run; the name of its version."""
    return str(run(*of, ("u:monika", "Probe"), Context())["version"])
