"""Runs of pipelines on a real database: from a source to a version, stopped, failed, taken back, without those who objected."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import polars as pl
import pytest

from nova.errors import InvalidInput, NotFound, ServerAbsent
from nova.flows import consents
from nova.flows.seeding import publishing, subjects
from nova.flows.seeding.running import Seeding, run, undo
from nova.governance import consent
from nova.ports.jobs import Jobs
from nova.ports.sources import Batch, Cursor, Sample
from nova.seeding import versions
from nova.seeding.judge.policy import installed
from nova.seeding.pipeline import Pipeline, Shelf, load, load_all, shipped
from nova.store.people import people
from nova.store.seeding import runs
from nova.store.seeding import versions as rows
from nova.store.seeding.runs import Run
from nova.store.seeding.versions import Version
from tests.fakes.running import Context
from tests.places import ROOT
from tests.rooms.seeding.seeds import Bench

TICKETS = """
name: tickets
title: Tickets des Kundenservice
source: {sample: {table: tickets}}
licence: eigen
purpose: training
subject: kundennr
steps:
  - harmonise: {texts: [text]}
  - exact: {}
  - fuzzy: {}
split: {group: kundennr}
"""
TEXTS = (
    "Meine Rechnung vom 01.03.2026 über 120,50 EUR ist höher als erwartet, bitte prüfen Sie das.",
    "Ich ziehe zum 15.04.2026 um und brauche eine Schlussrechnung für meine alte Wohnung.",
    "Der Zähler 1ESY1160001234 zeigt seit gestern keine Werte mehr an.",
    "Bitte ändern Sie meinen Abschlag ab Mai auf 85 Euro im Monat.",
)


@dataclass
class Listed:
    """A source that gives what it was made with, batch by batch."""

    given: Sequence[Mapping[str, Sequence[str | None]]]
    name: str = "liste"
    licence: str | None = "eigen"
    gone: bool = False

    def batches(self, cursor: Cursor) -> Iterator[Batch]:
        for at, columns in enumerate(self.given):
            yield Batch(columns, {"at": at}, f"datei-{at}", "0" * 64, datetime(2026, 3, 1, tzinfo=UTC))
        if self.gone:
            raise ServerAbsent("Die Quelle antwortet nicht.")

    def preview(self) -> Sample:
        return Sample(self.given[0], {})


def tickets(count: int, lead: str = "t") -> dict[str, list[str | None]]:
    return {
        "id": [f"{lead}{at}" for at in range(count)],
        "kind": ["ticket"] * count,
        "lang": ["de"] * count,
        "text": [f"{TEXTS[at % len(TEXTS)]} Vorgang {4000 + at}." for at in range(count)],
        "kundennr": [f"K{at}" for at in range(count)],
        "datum": [f"{at % 28 + 1:02}.03.2026" for at in range(count)],
    }


def with_copies(table: dict[str, list[str | None]], count: int) -> dict[str, list[str | None]]:
    """The first few again under other ids, their text in capitals."""
    return {
        name: [
            *values,
            *((f"{value}-kopie" if name == "id" else value.upper() if name == "text" and value else value) for value in values[:count]),
        ]
        for name, values in table.items()
    }


def seeding(bench: Bench, source: Listed, text: str = TICKETS) -> tuple[Seeding, Pipeline]:
    pipeline = load(text, "tickets.yaml")
    return Seeding(
        bench.db,
        bench.objects,
        bench.lookup,
        lambda: Shelf({pipeline.name: pipeline}, {}),
        lambda: installed(Path("nirgends")),
        lambda _: source,
    ), pipeline


def done(bench: Bench, source: Listed, text: str = TICKETS) -> dict[str, Any]:
    house, pipeline = seeding(bench, source, text)
    return run(house, pipeline, ("u:monika", "Probe"), Context())


def last(bench: Bench) -> Run:
    with bench.db.transaction() as conn:
        return runs.every(conn)[0]


def live(bench: Bench) -> Version:
    with bench.db.transaction() as conn:
        found = publishing.live(conn, "tickets")
    assert found is not None
    return found


def test_a_run_makes_a_version_that_is_live_and_tells_what_it_left_out(bench: Bench) -> None:
    told = done(bench, Listed([with_copies(tickets(40), 3)]))
    frame = versions.read(bench.objects, live(bench))
    assert told["state"] == "done"
    assert sorted(frame["id"]) == sorted(tickets(40)["id"])
    assert frame["datum"].str.contains(r"^2026-03-\d\d$").all()
    assert set(frame["split"]) <= {"train", "validation", "test"}
    counts = last(bench).counts
    assert (counts["rows_in"], counts["kept"], counts["removed"]) == (43, 40, 3)
    with bench.db.transaction() as conn:
        removed = runs.removals(conn, last(bench).run_id)
    assert {(one.row_id, one.kept_id) for one in removed} == {(f"t{at}-kopie", f"t{at}") for at in range(3)}
    assert all(one.content is not None and one.reason for one in removed)


def test_a_second_run_of_the_same_records_is_the_same_version(bench: Bench) -> None:
    first, second = done(bench, Listed([tickets(30)])), done(bench, Listed([tickets(30)]))
    assert first["version"] == second["version"]
    assert second["live"] is False and last(bench).counts["unchanged"] is True  # it is live already


def test_what_was_taken_back_is_kept_by_the_next_run(bench: Bench) -> None:
    source = Listed([with_copies(tickets(40), 3)])
    house, _ = seeding(bench, source)
    done(bench, source)
    run_id = last(bench).run_id
    assert undo(house, run_id, "u:monika", kept_id="t1") == 1
    assert undo(house, run_id, "u:monika", ids=["t0-kopie"]) == 1
    assert undo(house, run_id, "u:monika") == 1  # what is left
    assert undo(house, run_id, "u:monika") == 0
    done(bench, source)
    assert len(versions.read(bench.objects, live(bench))) == 43
    with pytest.raises(NotFound):
        undo(house, UUID(int=1), "u:monika")


def test_a_run_that_would_lose_too_much_is_stopped_and_changes_nothing(bench: Bench) -> None:
    same = {name: [values[0]] * 60 if name not in ("id", "kundennr") else values for name, values in tickets(60).items()}
    same["kundennr"] = ["K1"] * 60
    told = done(bench, Listed([same]))
    assert told["state"] == "stopped"
    assert told["reason"].startswith("Aus allen Datensätzen fielen ")
    assert "erlaubt sind 60,0 %" in told["reason"]
    stopped = last(bench)
    assert (stopped.state, stopped.stopped) == ("stopped", told["reason"])
    with bench.db.transaction() as conn:
        assert publishing.live(conn, "tickets") is None
        assert runs.removals(conn, stopped.run_id) == []


def test_a_source_that_breaks_off_leaves_no_version_and_says_why(bench: Bench) -> None:
    done(bench, Listed([tickets(20)]))
    before = live(bench).version
    with pytest.raises(ServerAbsent):
        done(bench, Listed([tickets(25)], gone=True))
    assert (last(bench).state, last(bench).stopped) == ("failed", "Die Quelle antwortet nicht.")
    assert live(bench).version == before


def test_who_objected_or_was_erased_is_in_no_later_version(bench: Bench) -> None:
    done(bench, Listed([tickets(30)]))
    subjects.object_to(bench.db, bench.objects, bench.lookup("K3"), "u:monika", datetime.now(UTC))
    assert "K3" not in set(versions.read(bench.objects, live(bench))["kundennr"])
    done(bench, Listed([tickets(31)]))
    frame = versions.read(bench.objects, live(bench))
    assert "K3" not in set(frame["kundennr"])
    assert "K30" in set(frame["kundennr"])
    assert last(bench).counts["steps"]["objection"] == 1
    assert last(bench).counts["rows_in"] == 31


PROFILES = TICKETS.replace("purpose: training", "purpose: profiling").replace("{sample: {table: tickets}}", "{folder: {path: kunden}}")


def said(bench: Bench, name: str, given: bool) -> UUID:
    """Somebody speaks of profiles."""
    now, text = datetime.now(UTC), consent.shipped()
    with bench.db.transaction() as conn:
        subject = people.ensure_subject(conn, uuid4(), bench.lookup(name), None, None)
        consents.note(conn, NoJobs(), subject, consent.Statement({"profiling": given}, text.version, text.sha256, now, "web"), now)
    return subject


class NoJobs(Jobs):
    """Nothing waits."""

    def start(self, *_: Any, **__: Any) -> UUID:
        return uuid4()


def left_out(bench: Bench, name: str) -> list[Any]:
    """What runs left out of somebody's rows and still keep."""
    rows = bench.db.fetch_all("SELECT content FROM seed_removals WHERE lookup = %s AND content IS NOT NULL", [bench.lookup(name)])
    return [one["content"] for one in rows]


def test_for_profiles_only_those_are_taken_who_agree_and_nothing_of_others_is_stored(bench: Bench) -> None:
    bench.db.execute("TRUNCATE jobs, subjects, consents CASCADE")
    with pytest.raises(InvalidInput, match="verwendet werden dürfen"):
        done(bench, Listed([tickets(20)]), PROFILES)
    for at in range(10):
        said(bench, f"K{at}", at != 3)
    table = tickets(20)
    table["kundennr"][9] = None  # nobody knows whose it is
    done(bench, Listed([with_copies(table, 2)]), PROFILES)
    assert set(versions.read(bench.objects, live(bench))["kundennr"]) == {f"K{at}" for at in range(9) if at != 3}
    assert last(bench).counts["steps"]["objection"] == 12
    assert bench.hits("Vorgang 4003", "Vorgang 4009", "Vorgang 4015") == []
    done(bench, Listed([with_copies(table, 2)]), PROFILES)  # the same once more: left out anew, no version of its own
    assert last(bench).counts["unchanged"]
    said(bench, "K1", False)
    assert len(left_out(bench, "K1")) == 2
    subjects.leave_objected(bench.db, bench.objects, Context())
    assert "K1" not in set(versions.read(bench.objects, live(bench))["kundennr"])
    assert left_out(bench, "K1") == []
    said(bench, "K1", True)
    assert "K1" not in set(versions.read(bench.objects, live(bench))["kundennr"])
    done(bench, Listed([table]), PROFILES)
    assert "K1" in set(versions.read(bench.objects, live(bench))["kundennr"])


@pytest.mark.parametrize(
    ("text", "said"),
    [(PROFILES.replace("subject: kundennr\n", ""), "subject fehlt"), (PROFILES + "read: new\n", "read: new")],
)
def test_profiles_of_nobody_knows_whom_are_refused(text: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        load(text, "profile.yaml")


def test_of_who_was_erased_nothing_that_a_source_still_gives_is_stored_again(bench: Bench) -> None:
    done(bench, Listed([tickets(30)]))
    subjects.object_to(bench.db, bench.objects, bench.lookup("K3"), "u:monika", datetime.now(UTC))
    subjects.erase(bench.db, bench.objects, [bench.lookup("K3")], datetime.now(UTC))
    assert bench.hits("Vorgang 4003", '"t3"') == []
    done(bench, Listed([tickets(31)]))
    assert bench.hits("Vorgang 4003", '"t3"') == []
    assert bench.hits("Vorgang 4004") != []


def test_a_pipeline_names_the_columns_and_their_types(bench: Bench) -> None:
    named = TICKETS.replace(
        "  - exact: {}\n", "  - schema: {mapping: {datum: tag}}\n  - types: {columns: {tag: {type: date, required: true}}}\n  - exact: {}\n"
    )
    broken = tickets(30)
    broken["datum"][7] = "irgendwann"
    source = Listed([broken])
    done(bench, source, named)
    frame = versions.read(bench.objects, live(bench))
    assert (frame.schema["tag"], len(frame)) == (pl.Date, 29)
    house, _ = seeding(bench, source, named)
    assert undo(house, last(bench).run_id, "u:monika", ids=["t7"]) == 1
    done(bench, source, named)
    back = versions.read(bench.objects, live(bench)).filter(pl.col("id") == "t7")
    assert back["tag"].to_list() == [None]


def test_an_unknown_policy_is_told_before_anything_is_read(bench: Bench) -> None:
    with pytest.raises(InvalidInput, match="streng"):
        done(bench, Listed([tickets(20)], gone=True), TICKETS + "policy: streng\n")


def test_the_installations_own_policies_take_the_place_of_the_shipped_ones(tmp_path: Path) -> None:
    own = tmp_path / "policies.yaml"
    assert set(installed(own)) == {"standard", "training"}
    own.write_text("policies: {streng: {minimum: {quality: 95}}}", "utf-8")
    assert set(installed(own)) == {"streng"}
    shown, used = ROOT / "config/seeding/policies.yaml", ROOT / "src/nova/seeding/policies.yaml"
    assert shown.read_bytes() == used.read_bytes()


def test_an_id_that_two_files_use_is_told_apart_and_leads_back_to_each(bench: Bench) -> None:
    second = {**tickets(3), "text": [f"Etwas ganz anderes aus dem zweiten Ordner, Fall {at * 7 + 11}." for at in range(3)]}
    done(bench, Listed([tickets(20), second]))
    version = live(bench)
    assert {"t0", "t0#2"} <= set(versions.read(bench.objects, version)["id"])
    with bench.db.transaction() as conn:
        (origin,) = rows.origins(conn, version.version_id, "t0#2")
        uses = rows.uses(conn, "datei-1", "t0")
    assert (origin.source, origin.source_key) == ("datei-1", "t0")
    assert [one.row_id for one in uses] == ["t0#2"]


def test_a_version_that_does_not_pass_its_policy_waits_for_somebody(bench: Bench) -> None:
    poor = {**tickets(30), "text": ["xxxxxxxxxxxx"] * 30}
    told = done(bench, Listed([poor]), TICKETS.replace("  - exact: {}\n  - fuzzy: {}\n", ""))
    assert told["live"] is False
    with bench.db.transaction() as conn:
        assert publishing.live(conn, "tickets") is None


def test_a_run_that_was_broken_off_is_ended_by_the_next(bench: Bench) -> None:
    with bench.db.transaction() as conn:
        runs.start(conn, Run(UUID(int=5), "tickets", "clock", "", datetime(2026, 3, 1, tzinfo=UTC), None, "running", {}, ""))
    done(bench, Listed([tickets(20)]))
    with bench.db.transaction() as conn:
        broken = runs.get(conn, UUID(int=5))
    assert broken is not None
    assert (broken.state, broken.stopped) == ("failed", "Der Lauf wurde unterbrochen.")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (TICKETS.replace("licence: eigen", "lizenz: eigen"), "lizenz"),
        (TICKETS.replace("- exact: {}", "- zaubern: {}"), "harmonise, exact"),
        (TICKETS.replace("- exact: {}", "- exact: {schwelle: 3}"), "schwelle"),
        (TICKETS.replace("source: {sample: {table: tickets}}", "source: {sample: {table: tickets, customers: 1}}"), "customers"),
        (TICKETS + "\n: :", "YAML"),
        ("[]", "Datei"),
        (TICKETS.replace("source: {sample: {table: tickets}}", "source: {}"), "genau eine Quelle"),
        (TICKETS.replace("- exact: {}", "- types: {columns: {kwh: {type: zahl}}}"), "kwh"),
        (TICKETS.replace("name: tickets", "name: ../tickets"), "name"),
    ],
)
def test_a_pipeline_that_is_wrong_is_refused_by_its_key(wrong: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        load(wrong, "probe.yaml")


def test_own_pipelines_stand_beside_the_shipped_ones(tmp_path: Any) -> None:
    (tmp_path / "tickets.yaml").write_text(TICKETS, "utf-8")
    shelf = load_all(tmp_path)
    assert set(shelf.pipelines) == {*shipped(), "tickets"}
    assert all(one.built() for one in shelf.pipelines.values())
    assert not shelf.faults


def test_a_faulty_file_takes_no_pipeline_away(tmp_path: Any) -> None:
    (tmp_path / "tickets.yaml").write_text(TICKETS, "utf-8")
    (tmp_path / "gross.yaml").write_text(TICKETS.replace("name: tickets", "name: gross\nevery_hours: 100000"), "utf-8")
    (tmp_path / "zweite.yaml").write_text(TICKETS, "utf-8")
    (tmp_path / "riese.yaml").write_text("#" * 70_000, "utf-8")
    (tmp_path / "ordner.yaml").mkdir()
    shelf = load_all(tmp_path)
    assert set(shelf.pipelines) == {*shipped(), "tickets"}
    assert set(shelf.faults) == {"gross.yaml", "zweite.yaml", "riese.yaml", "ordner.yaml"}
    assert "every_hours" in shelf.faults["gross.yaml"] and "tickets.yaml" in shelf.faults["zweite.yaml"]
    with pytest.raises(InvalidInput, match="every_hours"):
        shelf.one("gross")
    with pytest.raises(NotFound):
        shelf.one("keine")
