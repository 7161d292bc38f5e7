"""A person is shown, corrected, objects or is erased: nothing of them is left where it must not be, and every version verifies."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import polars as pl
import pytest

from nova.errors import Conflict, InvalidInput, JobWaits, NotFound
from nova.flows.erasure.run import ErasureRun
from nova.flows.seeding import publishing, subjects
from nova.flows.seeding.subjects import Correction
from nova.records import Erasure
from nova.seeding import files, versions
from nova.store import releases
from nova.store.ids import uuid7
from nova.store.people import rights
from nova.store.postgres import dump
from nova.store.seeding import runs
from nova.store.seeding import subjects as rights_of
from nova.store.seeding import versions as rows
from nova.store.seeding.runs import Which
from nova.store.seeding.versions import Delivery, Version
from tests.rooms.seeding.seeds import BY, NOW, Bench, customers, lookup

LATER = NOW + timedelta(days=1)


def sound(bench: Bench, *made: Version) -> list[str]:
    return [problem for version in made for problem in versions.verify(bench.objects, bench.now(version))]


def test_an_erased_person_is_nowhere_and_every_version_verifies(bench: Bench) -> None:
    one = bench.version(customers(5), without=["c3", "c7"])
    two = bench.version(customers(6))
    bench.live(two)
    with bench.db.transaction() as conn:
        rows.put_delivery(conn, two.version_id, Delivery(uuid7(), "absprung", NOW, two.rows, two.digest))
    assert len(bench.hits("K1")) > 4
    left = subjects.erase(bench.db, bench.objects, [lookup("K1")], LATER)
    assert (left.versions, left.rows, left.batches, left.engines) == (2, 3, 2, ("absprung",))
    assert left.tables == {"seed_lineage": 3, "seed_removals": 1}
    assert bench.hits("K1", '"c2"', '"c3"', one.manifest["parts"][0]["sha256"]) == []
    assert sound(bench, one, two) == [] and files.stray(bench.db, bench.objects) == set()
    now = bench.now(two)
    assert (now.rows, now.manifest["erased"], now.version, now.manifest["former"][0]["digest"]) == (10, 2, two.version, two.digest)
    assert "K0" in versions.read(bench.objects, now)["customer_no"].to_list()
    with bench.db.transaction() as conn:
        release = releases.live(conn, "dataset:kunden")
    assert release is not None and (release.name, release.digest) == (two.version, now.digest)


def test_an_erasure_done_again_finds_nothing(bench: Bench) -> None:
    made = bench.version(customers(3))
    subjects.erase(bench.db, bench.objects, [lookup("K1")], LATER)
    before = bench.now(made)
    left = subjects.erase(bench.db, bench.objects, [lookup("K1")], LATER + timedelta(1))
    assert (left.rows, left.versions, left.tables) == (0, 0, {"seed_lineage": 0, "seed_removals": 0})
    assert bench.now(made) == before


def test_what_others_removals_say_of_an_erased_person_goes_and_they_stay(bench: Bench) -> None:
    made = bench.version(customers(3), without=["c1", "c4"])
    subjects.erase(bench.db, bench.objects, [lookup("K0")], LATER)
    with bench.db.transaction() as conn:
        (stays,) = runs.removals(conn, made.run_id)
    assert (stays.row_id, stays.kept_id, stays.content is not None) == ("c4", None, True)
    assert "c0" not in stays.reason


def test_the_last_person_of_a_version_leaves_it_empty_and_sound(bench: Bench) -> None:
    made = bench.version(customers(1))
    subjects.erase(bench.db, bench.objects, [lookup("K0")], LATER)
    assert bench.now(made).rows == 0 and sound(bench, made) == []


def test_each_part_that_the_person_is_in_is_written_anew_and_no_other(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "PART_ROWS", 4)
    made = bench.version(customers(5))
    before = [part["sha256"] for part in made.manifest["parts"]]
    assert len(before) == 3
    subjects.erase(bench.db, bench.objects, [lookup("K4")], LATER)
    assert [part["sha256"] for part in bench.now(made).manifest["parts"]] == before[:2]
    subjects.erase(bench.db, bench.objects, [lookup("K0"), lookup("K1")], LATER)
    assert [part["sha256"] for part in bench.now(made).manifest["parts"]] == before[1:2]
    assert sound(bench, made) == [] and bench.now(made).rows == 4


def test_content_from_before_an_objection_comes_back_only_when_it_is_lifted_and_then_as_a_version_of_its_own(bench: Bench) -> None:
    made = bench.version(customers(3))
    subjects.object_to(bench.db, bench.objects, lookup("K1"), BY, LATER)
    with pytest.raises(Conflict):
        bench.version(customers(3))
    with bench.db.transaction() as conn:
        assert rights_of.lift_objection(conn, lookup("K1"))
    again = bench.version(customers(3))
    assert (again.digest, again.rows) == (made.version, 6) and again.version != made.version
    assert bench.version(customers(3)) == again
    assert sound(bench, made, again) == [] and bench.now(made).rows == 4


def test_an_objection_takes_rows_from_every_version_and_outlives_later_runs(bench: Bench) -> None:
    one = bench.version(customers(4), without=["c3"])
    bench.live(one)
    left = subjects.object_to(bench.db, bench.objects, lookup("K1"), BY, LATER)
    assert (left.versions, left.rows) == (1, 1)
    assert sound(bench, one) == [] and "K1" not in versions.read(bench.objects, bench.now(one))["customer_no"].to_list()
    with bench.db.transaction() as conn:
        told = {removal.row_id: (removal.step, removal.content) for removal in runs.removals(conn, one.run_id)}
        assert told == {"c2": ("objection", None), "c3": ("fuzzy", None)}
        assert runs.undo(conn, Which(one.run_id), BY, LATER) == []
    raw = [key for key in bench.hits("K1") if key.startswith("seeding/raw")]
    assert bench.hits("K1") == raw != []
    assert subjects.erase(bench.db, bench.objects, [lookup("K1")], LATER).batches == 1
    assert bench.hits("K1") == []


def test_a_correction_reaches_every_version_and_removal(bench: Bench) -> None:
    one, two = bench.version(customers(3), without=["c3"]), bench.version(customers(4))
    left = subjects.correct(bench.db, bench.objects, Correction(lookup("K1"), "note", "berichtigt"), LATER)
    assert (left.versions, left.rows, left.tables) == (2, 3, {"seed_removals": 1})
    assert bench.hits("von K1") == [] and sound(bench, one, two) == []
    now = bench.now(two)
    frame = versions.read(bench.objects, now)
    assert frame.filter(pl.col("customer_no") == "K1")["note"].to_list() == ["berichtigt"] * 2
    assert frame.filter(pl.col("customer_no") != "K1").equals(versions.canonical(customers(4)).filter(pl.col("customer_no") != "K1"))
    assert (now.rows, now.manifest["erased"], now.manifest["former"][0]["why"]) == (8, 0, "correction")


def test_a_correction_of_one_row_with_a_number(bench: Bench) -> None:
    made = bench.version(customers(2))
    subjects.correct(bench.db, bench.objects, Correction(lookup("K1"), "kwh", "7.25", "c3"), LATER)
    frame = versions.read(bench.objects, bench.now(made))
    assert dict(frame.select("id", "kwh").iter_rows())["c3"] == 7.25 and dict(frame.select("id", "kwh").iter_rows())["c2"] == 1002.5


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        (Correction(lookup("K1"), "kwh", "viel"), InvalidInput),
        (Correction(lookup("K1"), "id", "neu"), InvalidInput),
        (Correction(lookup("K9"), "note", "x"), NotFound),
        (Correction(lookup("K1"), "note", "x", "c0"), NotFound),
    ],
)
def test_a_correction_that_cannot_be_changes_nothing(bench: Bench, wanted: Correction, error: type[Exception]) -> None:
    made = bench.version(customers(2))
    with pytest.raises(error):
        subjects.correct(bench.db, bench.objects, wanted, LATER)
    assert bench.now(made) == made and sound(bench, made) == []


def test_a_person_sees_all_there_is_of_them(bench: Bench) -> None:
    made = bench.version(customers(3), without=["c3"])
    with bench.db.transaction() as conn:
        told = list(subjects.access(conn, bench.objects, [lookup("K1")]))
    assert [one["row"]["id"] for one in told] == ["c2", "c3"]
    assert told[0]["version"] == made.version and told[1]["step"] == "fuzzy"


def entry(name: str) -> Erasure:
    return Erasure(uuid7(), uuid4(), None, lookup(name), LATER, None)


def visit(bench: Bench, one: Erasure, receipt: dict[str, Any]) -> None:
    ctx: Any = SimpleNamespace(guard=lambda _: None)
    subjects.remove_seeds(bench.db, bench.objects, ErasureRun(one, ctx, receipt))


def test_the_visit_of_an_erasure_says_what_went_and_waits_for_a_snapshot(bench: Bench) -> None:
    made, one = bench.version(customers(3), without=["c3"]), entry("K1")
    with bench.db.transaction() as conn:
        rights.ask(conn, one)
    receipt: dict[str, Any] = {"rows": {"turns": 2}}
    with dump.removals_held(bench.db), pytest.raises(JobWaits, match="Sicherung"):
        visit(bench, one, receipt)
    assert sound(bench, made) == []
    with bench.db.transaction() as conn:
        held = rights.erasure(conn, one.erasure_id)
    assert held is not None and held.receipt["seeds"]["rows"] == 1
    visit(bench, one, again := dict(held.receipt))
    assert again["seeds"] == {"versions": 1, "rows": 1, "batches": 1, "engines": []}
    assert again["rows"] == {"turns": 2, "seed_lineage": 1, "seed_removals": 1}
    assert bench.hits("K1") == [] and files.stray(bench.db, bench.objects) == set()


def test_who_was_brought_back_by_a_restore_counts_as_here(bench: Bench) -> None:
    bench.version(customers(3))
    with bench.db.transaction() as conn:
        here = rights.still_there(conn, [one := entry("K1"), entry("K7")])
    assert here == {one.erasure_id}


def test_a_kill_before_the_commit_of_an_erasure_changes_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    made = bench.version(customers(3))

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(subjects.subjects, "forget", killed)
        with pytest.raises(KeyboardInterrupt):
            subjects.erase(bench.db, bench.objects, [lookup("K1")], LATER)
    assert bench.now(made) == made and sound(bench, made) == []
    subjects.erase(bench.db, bench.objects, [lookup("K1")], LATER)
    assert bench.hits("K1") == [] and sound(bench, made) == []


def test_a_run_under_way_cannot_bring_an_erased_person_in(bench: Bench) -> None:
    run_id, collected = bench.collected(customers(3))
    with bench.db.transaction() as conn:
        rights.ask(conn, entry("K1"))
    left = subjects.erase(bench.db, bench.objects, [lookup("K1")], LATER)
    assert left.batches == 1 and bench.hits("K1") == []  # nobody knows yet whom the batch holds
    with pytest.raises(Conflict), bench.db.transaction() as conn:
        publishing.publish(conn, bench.objects, bench.draft(run_id, collected), BY, LATER)
    files.sweep(bench.db, bench.objects)
    assert bench.hits("K1") == []
