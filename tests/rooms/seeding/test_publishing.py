"""Versions come, verify, go live and back; where each row came from and went to is told; a kill leaves nothing half."""

import json
from dataclasses import replace

import polars as pl
import pytest

from nova.errors import Conflict, InvalidInput, NotFound
from nova.flows.seeding import publishing, subjects
from nova.seeding import files, lineage, versions
from nova.seeding.split import Split, split
from nova.store import releases
from nova.store.ids import uuid7
from nova.store.seeding import runs
from nova.store.seeding import subjects as people
from nova.store.seeding import versions as rows
from nova.store.seeding.runs import Which
from nova.store.seeding.versions import Delivery
from tests.rooms.seeding.seeds import BY, NOW, Bench, customers, lookup


class Killed(BaseException):
    """The process ends here."""


def test_a_version_holds_the_rows_and_says_what_it_is(bench: Bench) -> None:
    frame = split(customers(20), Split("customer_no"))
    made = bench.version(frame)
    assert versions.verify(bench.objects, made) == []
    assert versions.read(bench.objects, made).equals(versions.canonical(frame))
    assert made.manifest["licences"] == ["intern"] and made.manifest["batches"][0]["source"] == "sap"
    assert sum(made.manifest["splits"].values()) == made.rows == 40
    with bench.db.transaction() as conn:
        release = releases.get(conn, "dataset:kunden", made.version)
    assert release is not None and (release.state, release.digest) == ("candidate", made.version)


def test_the_same_rows_from_another_run_are_the_same_version(bench: Bench) -> None:
    first = bench.version(customers(5))
    again = bench.version(customers(5).sample(fraction=1, shuffle=True, seed=1))
    assert again == first
    assert bench.db.fetch_all("SELECT count(*) AS n FROM seed_lineage")[0]["n"] == 10


def test_live_and_one_step_back(bench: Bench) -> None:
    one, two = bench.version(customers(3)), bench.version(customers(4))
    for version in (one, two):
        bench.live(version)
    with bench.db.transaction() as conn:
        assert publishing.live(conn, "kunden") == two
        assert publishing.roll_back(conn, "kunden", BY, NOW) == one
        assert publishing.live(conn, "kunden") == one
        assert publishing.roll_back(conn, "kunden", BY, NOW) is None
        with pytest.raises(Conflict):
            publishing.roll_back(conn, "kunden", BY, NOW)


@pytest.mark.parametrize("harm", ["byte", "gone", "manifest", "rows"])
def test_what_was_changed_behind_our_back_does_not_verify_nor_go_live(bench: Bench, harm: str) -> None:
    made = bench.version(customers(3))
    key = files.part_key(made.manifest["parts"][0]["sha256"])
    data = bench.objects.get(key)
    if harm == "byte":
        bench.objects.put(key, data[:40] + bytes([data[40] ^ 1]) + data[41:])
    elif harm == "gone":
        bench.objects.delete(key)
    elif harm == "manifest":
        bench.db.execute("UPDATE seed_versions SET manifest = jsonb_set(manifest, '{licences}', '[]')")
    else:
        bench.db.execute("UPDATE seed_versions SET rows = rows - 1")
    assert versions.verify(bench.objects, bench.now(made))
    with pytest.raises(Conflict, match="beschädigt"):
        bench.live(made)


def test_a_row_is_traced_to_its_source_and_back(bench: Bench) -> None:
    one = bench.version(customers(3))
    two = bench.version(customers(4))
    delivery = Delivery(uuid7(), "absprung", NOW, one.rows, one.digest)
    with bench.db.transaction() as conn:
        rows.put_delivery(conn, one.version_id, delivery)
        (origin,) = rows.origins(conn, one.version_id, "c2")
        uses = rows.uses(conn, "sap", "0815-c2")
        assert rows.uses(conn, "anderswo", "0815-c2") == []
        assert rows.deliveries(conn, one.version_id) == [delivery]
    assert (origin.source, origin.source_key, origin.batch_id, origin.run_id) == ("sap", "0815-c2", bench.batches[0], one.run_id)
    assert [(use.version, use.engine) for use in uses] == [(one.version, "absprung"), (two.version, None)]


def test_a_run_is_told_as_events_of_openlineage(bench: Bench) -> None:
    made = bench.version(customers(3))
    with bench.db.transaction() as conn:
        told = [json.loads(line) for line in publishing.events(conn, made.run_id).splitlines()]
        with pytest.raises(NotFound):
            publishing.events(conn, uuid7())
    assert [one["eventType"] for one in told] == ["START", "COMPLETE"]
    assert {one["run"]["runId"] for one in told} == {str(made.run_id)}
    (source,), (out,) = told[1]["inputs"], told[1]["outputs"]
    assert (source["name"], source["inputFacets"]["dataQualityMetrics"]["rowCount"]) == ("sap", 6)
    assert (out["name"], out["facets"]["version"]["datasetVersion"]) == ("kunden", made.version)
    assert [field["name"] for field in out["facets"]["schema"]["fields"]] == ["id", "customer_no", "kwh", "note"]


def test_a_run_that_was_stopped_fails_with_its_reason(bench: Bench) -> None:
    run_id, _ = bench.collected(customers(1))
    with bench.db.transaction() as conn:
        assert runs.end(conn, run_id, "stopped", {}, NOW, "Die Bremse hielt den Lauf an.")
        assert not runs.end(conn, run_id, "done", {}, NOW)
        told = [json.loads(line) for line in publishing.events(conn, run_id).splitlines()]
    assert told[-1]["eventType"] == "FAIL" and told[-1]["run"]["facets"]["errorMessage"]["message"].startswith("Die Bremse")


def test_who_is_killed_before_the_commit_leaves_files_only_and_a_sweep_takes_them(bench: Bench) -> None:
    kept = bench.version(customers(2))
    run_id, collected = bench.collected(customers(5))

    def killed() -> None:
        with bench.db.transaction() as conn:
            publishing.publish(conn, bench.objects, bench.draft(run_id, collected), BY, NOW)
            raise Killed

    with pytest.raises(Killed):
        killed()
    with bench.db.transaction() as conn:
        assert [one.version for one in rows.every(conn)] == [kept.version]
    assert len(list(bench.objects.keys("seeding/versions"))) == 2
    assert files.sweep(bench.db, bench.objects) == 1 and files.stray(bench.db, bench.objects) == set()
    assert versions.verify(bench.objects, kept) == []
    with bench.db.transaction() as conn:
        assert publishing.publish(conn, bench.objects, bench.draft(run_id, collected), BY, NOW).rows == 10


def test_an_unfinished_version_is_not_swept(bench: Bench) -> None:
    run_id, collected = bench.collected(customers(5))
    with bench.db.transaction() as conn:
        made = publishing.publish(conn, bench.objects, bench.draft(run_id, collected), BY, NOW)
        with bench.db.transaction() as other:
            other.execute("SET LOCAL lock_timeout = '50ms'")
            with pytest.raises(Exception, match="lock timeout"):
                versions.items.lock_content(other, made.manifest["parts"][0]["sha256"])
    assert files.sweep(bench.db, bench.objects) == 0 and versions.verify(bench.objects, made) == []


def test_removals_are_kept_with_their_rows_and_taken_back(bench: Bench) -> None:
    made = bench.version(customers(3), without=["c1", "c4", "c5"])
    with bench.db.transaction() as conn:
        first = runs.removals(conn, made.run_id)[0]
        assert (first.row_id, first.kept_id, first.content) == (
            "c1",
            "c0",
            {"id": "c1", "customer_no": "K0", "kwh": 1001.5, "note": "Zähler 1 von K0"},
        )
        assert runs.undo(conn, Which(made.run_id, ids=["c4", "fremd"]), BY, NOW) == ["c4"]
        assert runs.undo(conn, Which(made.run_id, kept_id="c0"), BY, NOW) == ["c1", "c5"]
        assert runs.undo(conn, Which(made.run_id), BY, NOW) == []
        assert [one.content["id"] for one in runs.undone(conn, "kunden")] == ["c1", "c4", "c5"]


def test_a_version_without_known_origin_is_refused(bench: Bench) -> None:
    run_id, collected = bench.collected(customers(2))
    draft = bench.draft(run_id, collected)
    stranger = replace(draft, frame=pl.concat([draft.frame, customers(1, "x")]))
    unknown = replace(draft, provenance=draft.provenance.with_columns(batch=pl.lit(str(uuid7()))))
    for wrong in (stranger, unknown, replace(draft, dataset="Kunden 1")):
        with bench.db.transaction() as conn, pytest.raises(InvalidInput):
            publishing.publish(conn, bench.objects, wrong, BY, NOW)


def test_two_versions_are_compared(bench: Bench) -> None:
    one = bench.version(customers(3))
    two = bench.version(
        customers(4).filter(pl.col("id") != "c0").with_columns(kwh=pl.when(pl.col("id") == "c2").then(1.0).otherwise("kwh"))
    )
    found = publishing.compare(bench.objects, one, two)
    assert found.counts() == {"added": 2, "removed": 1, "changed": 1, "values": 1, "changed_kwh": 1}


def test_who_is_barred_is_left_out_and_a_version_with_them_is_refused(bench: Bench) -> None:
    run_id, collected = bench.collected(customers(3))
    subjects.object_to(bench.db, bench.objects, lookup("K1"), BY, NOW)
    draft = bench.draft(run_id, collected)
    with pytest.raises(Conflict, match="widersprochen"), bench.db.transaction() as conn:
        publishing.publish(conn, bench.objects, draft, BY, NOW)
    with bench.db.transaction() as conn:
        done = lineage.exclude(draft.frame, draft.provenance, lineage.Barred(people.excluded(conn, "training")))
        assert done.removed["id"].to_list() == ["c2", "c3"]
        runs.copy_removals(conn, lineage.removal_lines(done.removed, draft.provenance, draft.frame, run_id))
        assert [one.content for one in runs.removals(conn, run_id)] == [None, None]
        made = publishing.publish(conn, bench.objects, replace(draft, frame=done.kept), BY, NOW)
    assert made.rows == 4
