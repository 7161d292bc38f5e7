"""Repeated and made-up records through a run: their lineage, their side of the split, and what an erasure does to them."""

from datetime import UTC, datetime

import polars as pl

from nova.flows.seeding import subjects
from nova.flows.seeding.running import run
from nova.seeding import versions
from nova.seeding.sample import make
from nova.seeding.synthetic.source import SyntheticSource
from nova.seeding.synthetic.spec import SyntheticSpec
from nova.store.seeding import runs
from nova.store.seeding import versions as rows
from tests.fakes.running import Context
from tests.rooms.seeding.seeds import Bench
from tests.rooms.seeding.test_running import TICKETS, Listed, live, seeding, tickets

MENDED = TICKETS.replace("fuzzy: {}", "mitigate: {group: ort, outcome: puenktlich, how: resample, seed: 3}")
MADE = TICKETS.replace("kundennr", "kundennummer").replace("  - exact: {}\n  - fuzzy: {}\n", "")


def uneven() -> dict[str, list[str | None]]:
    """Forty tickets of two places: four in five are answered in time in one, three in ten in the other."""
    good = {"Nord": 16, "Süd": 6}
    places = ["Nord", "Süd"] * 20
    return tickets(40) | {"ort": places, "puenktlich": ["ja" if at // 2 < good[place] else "nein" for at, place in enumerate(places)]}


def test_a_mended_version_knows_whose_its_repetitions_are_and_forgets_them(bench: Bench) -> None:
    house, pipeline = seeding(bench, Listed([uneven()]), MENDED)
    run(house, pipeline, ("u:monika", "Probe"), Context())
    made = live(bench)
    frame = versions.read(bench.objects, made)
    repeats = frame.filter(pl.col("_made") == "repeated")
    assert len(repeats) == 10 and len(frame) == 40
    with bench.db.transaction() as conn:
        removed = runs.removals(conn, runs.every(conn)[0].run_id)
        (origin,) = rows.origins(conn, made.version_id, repeats["id"][0])
    assert {one.step for one in removed} == {"mitigate"} and len(removed) == len(repeats)
    assert origin.source_key == repeats["_from"][0]
    person = repeats["kundennr"][0]
    subjects.erase(bench.db, bench.objects, [bench.lookup(person)], datetime.now(UTC))
    left = versions.read(bench.objects, bench.now(made))
    assert person not in left["kundennr"].to_list() and len(left) < 40
    assert versions.verify(bench.objects, bench.now(made)) == []


def test_rows_made_of_a_version_are_nobodys_and_only_train(bench: Bench) -> None:
    real = make(150, seed=2).tables["tickets"]
    spec = SyntheticSpec(kind="table", rows=80, of={"dataset": "tickets"}, subject="kundennummer")
    house, pipeline = seeding(bench, SyntheticSource(spec, real, "tickets@4f2a"), MADE)
    run(house, pipeline, ("u:monika", "Probe"), Context())
    with bench.db.transaction() as conn:
        (made,) = rows.every(conn)
    frame = versions.read(bench.objects, made)
    assert set(frame["split"]) == {"train"} and set(frame["_from"]) == {"version:tickets@4f2a"}
    assert bench.db.fetch_all("SELECT 1 AS one FROM seed_lineage WHERE lookup IS NOT NULL") == []


def test_a_variant_is_the_persons_whose_text_it_was_made_of(bench: Bench) -> None:
    real = make(40, seed=2).tables["tickets"].head(30)
    source = SyntheticSource(SyntheticSpec(kind="variants", of={"dataset": "tickets"}, each=2), real, "tickets@4f2a")
    house, pipeline = seeding(bench, source, MADE)
    run(house, pipeline, ("u:monika", "Probe"), Context())
    with bench.db.transaction() as conn:
        (made,) = rows.every(conn)
    person = versions.read(bench.objects, made)["kundennummer"][0]
    subjects.erase(bench.db, bench.objects, [bench.lookup(person)], datetime.now(UTC))
    left = versions.read(bench.objects, bench.now(made))
    assert person not in left["kundennummer"].to_list() and len(left) > 0
