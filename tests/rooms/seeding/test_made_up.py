"""Made-up records as a pipeline's source: of what trains in a version, never of its test, and nobody's."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from nova.errors import InvalidInput, NotFound
from nova.flows.seeding import publishing
from nova.flows.seeding.running import run
from nova.seeding import versions
from nova.seeding.pipeline import load
from nova.settings import Settings
from nova.wiring.seeding import seeding_of
from tests.fakes.running import Context
from tests.rooms.seeding.seeds import Bench

FIRST = """
name: vertraege
title: Verträge
source: {sample: {table: vertraege, customers: 300}}
licence: eigen
purpose: profiling
subject: kundennummer
steps: [{harmonise: {}}]
split: {group: kundennummer, train: 60, validation: 20}
"""
MADE = """
name: nachgebildet
title: Nachgebildete Verträge
source: {synthetic: {kind: table, of: {dataset: vertraege}, rows: 200, subject: kundennummer}}
licence: eigen
purpose: profiling
steps: [{harmonise: {}}]
split: {train: 60}
"""
CLICKS = """
name: klicks
title: Klicks
source: {synthetic: {kind: sessions, rows: 200, seed: 3}}
licence: eigen
purpose: profiling
steps: [{harmonise: {}}]
split: {train: 60}
"""


def made(bench: Bench, text: str, folder: Path) -> pl.DataFrame:
    """Run a pipeline as it is wired; what its version holds."""
    people = SimpleNamespace(lookup=bench.lookup)
    shop: Any = SimpleNamespace(db=bench.db, objects=bench.objects, people=people, jobs=None, settings=Settings(NOVA_DATA=folder))
    pipeline = load(text, "probe.yaml")
    told = run(seeding_of(shop), pipeline, ("u:monika", "Probe"), Context())
    with bench.db.transaction() as conn:
        return versions.read(bench.objects, publishing.find(conn, pipeline.name, told["version"]))


def test_a_table_is_made_of_what_trains_and_only_trains(bench: Bench, tmp_path: Path) -> None:
    # The example data are marked as made up and would train only; as somebody's own they are split.
    own = FIRST.replace("steps: [{harmonise: {}}]", "steps: [{harmonise: {}}, {schema: {mapping: {synthetic: beispiel}}}]")
    first = made(bench, own, tmp_path)
    assert set(first["split"]) == {"train", "validation", "test"}
    rows = made(bench, MADE, tmp_path)
    assert set(rows["split"]) == {"train"} and set(rows["_made"]) == {"synthetic"}
    assert not set(rows["kundennummer"]) & set(first["kundennummer"])
    assert rows["_from"].str.starts_with("version:vertraege@").all()
    assert "quality" in rows.columns and len(rows) > 100
    assert bench.db.fetch_all(
        "SELECT count(*) AS n FROM seed_lineage l JOIN seed_versions v USING (version_id) "
        "WHERE v.dataset = 'nachgebildet' AND l.lookup IS NOT NULL"
    ) == [{"n": 0}]


def test_clicks_need_no_version(bench: Bench, tmp_path: Path) -> None:
    rows = made(bench, CLICKS, tmp_path)
    assert {"session", "route"} <= set(rows.columns) and set(rows["split"]) == {"train"}


def test_what_there_is_not_is_told(bench: Bench, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="vertraege"):
        made(bench, MADE, tmp_path)
    with pytest.raises(InvalidInput, match="of"):
        load(MADE.replace("of: {dataset: vertraege}, ", ""), "probe.yaml")
