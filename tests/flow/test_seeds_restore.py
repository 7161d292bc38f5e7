"""Versions of datasets move with a snapshot and verify where it is restored; who was erased since does not come back with it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from nova.errors import NotFound
from nova.flows.seeding import publishing, subjects
from nova.flows.snapshots.handing_over import keep_aside
from nova.flows.snapshots.kept import Kept
from nova.flows.snapshots.making import Wish
from nova.jobs.snapshots.restore import fill
from nova.records import Caller, Erasure, Person
from nova.seeding import files, versions
from nova.settings import Settings
from nova.store.ids import uuid7
from nova.store.people import rights
from nova.wiring import Nova, open_nova
from nova.wiring.cases import cases_of
from nova.wiring.snapshots import maker_of
from nova.wiring.visits import eraser_of
from tests.flow.test_restore import PLAIN, silent
from tests.folders import short_folder
from tests.rooms.seeding.seeds import NOW, Bench, customers

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def nova() -> Iterator[Nova]:
    with short_folder() as folder, open_nova(Settings(NOVA_DATA=folder / "data", NOVA_SNAPSHOT_EVERY=0)) as opened:
        yield opened


def bench_of(nova: Nova) -> Bench:
    bench = Bench(nova.db, nova.settings.NOVA_DATA / "objects", lookup=nova.people.lookup)
    bench.objects = nova.objects  # type: ignore[assignment]
    return bench


def test_restored_versions_verify_and_the_erased_leave_again(nova: Nova) -> None:
    bench = bench_of(nova)
    one = bench.version(customers(5), without=["c3"])
    bench.live(one)
    made = maker_of(nova).take(Wish(), silent)
    assert made.flaws == () and made.objects == 2
    with short_folder() as folder:
        settings = nova.settings.model_copy(update={"NOVA_DATA": folder / "data"})
        settings.NOVA_DATA.mkdir()
        _, findings = fill(Kept(nova.settings.NOVA_DATA).path(made), PLAIN, settings, silent)
        assert findings.problems == () and findings.objects == 2
        with open_nova(settings) as opened:
            again = bench_of(opened)
            with opened.db.transaction() as conn:
                assert publishing.live(conn, "kunden") == one
            assert versions.verify(opened.objects, one) == []
            assert files.sweep(opened.db, opened.objects) == 0
            subjects.erase(opened.db, opened.objects, [nova.people.lookup("K1")], NOW)
            assert versions.verify(opened.objects, again.now(one)) == [] and again.hits("K1") == []
    assert versions.verify(nova.objects, bench.now(one)) == []


def test_what_a_restore_sets_aside_keeps_its_files(nova: Nova) -> None:
    bench = bench_of(nova)
    gone = bench.version(customers(7))
    keep_aside(nova.db, nova.objects, "vor_20260301")
    nova.db.execute("DELETE FROM seed_lineage WHERE version_id = %s", [gone.version_id])
    nova.db.execute("DELETE FROM seed_versions WHERE version_id = %s", [gone.version_id])
    assert files.sweep(nova.db, nova.objects) == 0
    nova.db.execute("DROP SCHEMA vor_20260301 CASCADE")
    assert files.sweep(nova.db, nova.objects) == 1


def test_the_export_of_a_person_holds_their_rows_in_datasets(nova: Nova) -> None:
    bench = bench_of(nova)
    made = bench.version(customers(8))
    with nova.db.transaction() as conn:
        subject_id = nova.people.subject(conn, "K6")
    with (
        cases_of(nova)
        .people.data_export.make(Caller("admin"), Person(subject_id, lookup=nova.people.lookup("K6")), packed=False)
        .file as file
    ):
        told = json.load(file)
    assert {one["row"]["note"] for one in told["datasets"] if one.get("version") == made.version} == {
        "Zähler 12 von K6",
        "Zähler 13 von K6",
    }
    assert {row["row_id"] for row in told["tables"]["seed_lineage"]} == {"c12", "c13"}
    assert "lookup" not in told["tables"]["seed_lineage"][0] and "K5" not in json.dumps(told)


def test_an_erasure_visits_datasets_and_its_receipt_says_so(nova: Nova) -> None:
    bench = bench_of(nova)
    made = bench.version(customers(9))
    cases, erasure_id = cases_of(nova).people, uuid7()
    who = cases.directory.find("K8")  # known by what a source calls them, and by nothing else
    with pytest.raises(NotFound):
        cases.directory.find("K9")
    with nova.db.transaction() as conn:
        rights.ask(conn, Erasure(erasure_id, who.subject_id, None, who.lookup, datetime.now(UTC), None))
    ctx: Any = SimpleNamespace(guard=lambda _: None, progress=lambda *_: None, job_id=None, args={})
    eraser_of(nova).erase(erasure_id, ctx)
    receipt = cases.erasures.one(erasure_id).erasure.receipt
    assert receipt["seeds"]["versions"] == 1 and receipt["rows"]["seed_lineage"] == 2
    assert bench.hits("K8") == [] and versions.verify(nova.objects, bench.now(made)) == []
