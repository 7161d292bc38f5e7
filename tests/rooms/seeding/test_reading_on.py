"""Runs that go on where the last one stood, on a real database: the same dataset as of a run that reads everything."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from nova.errors import InvalidInput, ServerAbsent
from nova.flows.seeding import publishing, subjects
from nova.flows.seeding.running import Seeding, run
from nova.ports.sources import Answer, Batch, Cursor, Sample, Source
from nova.seeding import versions
from nova.seeding.judge.policy import installed
from nova.seeding.pipeline import Shelf, load
from nova.seeding.sources.folder import FolderSource
from nova.seeding.sources.polite import Polite
from nova.seeding.sources.postgres import PostgresSource
from nova.seeding.sources.rest import RestSource
from nova.store.postgres.db import Database
from nova.store.seeding import runs
from tests.fakes.running import Context
from tests.rooms.seeding.seeds import Bench
from tests.rooms.seeding.test_running import TICKETS, tickets

Columns = Mapping[str, Sequence[str | None]]
NEW = TICKETS + "read: new\n"


@dataclass
class Pages:
    """Pages of one origin; the cursor is how many were taken. `breaks` before that page."""

    given: Sequence[Columns]
    breaks: int | None = None
    asked: list[int] = field(default_factory=list)
    name: str = "seiten"
    licence: str | None = "eigen"

    def batches(self, cursor: Cursor) -> Iterator[Batch]:
        first = int(cursor.get("at", 0))
        self.asked.append(first)
        for at, columns in enumerate(self.given[first:], first):
            if at == self.breaks:
                raise ServerAbsent("Die Quelle antwortet nicht.")
            yield Batch(columns, {"at": at + 1}, "seiten", "0" * 64, datetime(2026, 3, 1, tzinfo=UTC))

    def preview(self) -> Sample:
        return Sample(self.given[0], {})


def done(bench: Bench, source: Source, text: str = NEW) -> str:
    """A run; the name of its version, which is the hash of its content."""
    pipeline = load(text, "tickets.yaml")
    shelf, policies = Shelf({pipeline.name: pipeline}, {}), installed(Path("nirgends"))
    house = Seeding(bench.db, bench.objects, bench.lookup, lambda: shelf, lambda: policies, lambda _: source)
    return str(run(house, pipeline, ("u:monika", "Probe"), Context())["version"])


def apart(bench: Bench, source: Source) -> str:
    """The version that a run over everything gives in an installation where nothing was before, under another name."""
    return done(bench, source, TICKETS)


def people(bench: Bench) -> set[str]:
    with bench.db.transaction() as conn:
        found = publishing.live(conn, "tickets")
    assert found is not None and versions.verify(bench.objects, found) == []
    return set(versions.read(bench.objects, found)["kundennr"])


def pages(count: int, size: int) -> list[Columns]:
    """So many tickets, so many to a page."""
    return [{name: values[at : at + size] for name, values in tickets(count).items()} for at in range(0, count, size)]


def write(folder: Path, name: str, columns: Columns) -> None:
    pl.DataFrame(dict(columns)).write_csv(folder / name)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "eingang"
    made.mkdir()
    return made


def test_after_deltas_of_a_folder_the_dataset_is_that_of_a_run_over_everything(bench: Bench, folder: Path) -> None:
    source = FolderSource("f", folder)
    write(folder, "m.csv", tickets(20))
    done(bench, source)
    write(folder, "a.csv", tickets(12, "a"))  # its name comes before that of what was there
    done(bench, source)
    write(folder, "m.csv", {**tickets(22), "lang": [None, *["de"] * 21]})  # comes again with other bytes
    (folder / "kaputt.xlsx").write_bytes(b"nichts")
    fresh = done(bench, source)
    assert fresh == apart(bench, source)
    assert len(people(bench)) == 22
    with bench.db.transaction() as conn:
        latest, third = runs.every(conn)[:2]
        given = {one.source for one in runs.batches(conn, [row["batch_id"] for row in _batches(bench, third.run_id)])}
    assert given == {"m.csv", "kaputt.xlsx"} and latest.counts["rows_in"] == third.counts["rows_in"] == 34


def _batches(bench: Bench, run_id: object) -> list[dict[str, object]]:
    return bench.db.fetch_all("SELECT batch_id FROM seed_batches WHERE run_id = %s", [run_id])


def test_after_deltas_of_a_table_the_dataset_is_that_of_a_run_over_everything(bench: Bench, database: Database, database_url: str) -> None:
    database.execute("DROP TABLE IF EXISTS kasse")
    database.execute("CREATE TABLE kasse (nr integer PRIMARY KEY, kind text, lang text, text text, kundennr text, leer text)")
    source = PostgresSource("t", database_url, "kasse", "nr", page=7)
    table = tickets(30)
    for first, last in ((0, 10), (10, 11), (11, 11), (11, 30)):
        for at in range(first, last):
            values = [at, "ticket", "de", table["text"][at], f"K{at}"]
            database.execute("INSERT INTO kasse VALUES (%s, %s, %s, %s, %s, NULL)", values)
        fresh = done(bench, source)
        assert len(people(bench)) == last
    assert fresh == apart(bench, source)


def test_after_changes_of_an_interface_the_dataset_is_that_of_a_run_over_everything(bench: Bench) -> None:
    shown: dict[str, list[dict[str, str | None]]] = {}

    def get(url: str) -> Answer:
        return Answer(200, {}, json.dumps(shown.get(url, [])).encode())

    def filled(count: int) -> None:
        rows = pl.DataFrame(dict(tickets(count))).reverse().to_dicts()  # the newest come first
        shown.clear()
        shown.update({f"https://x.example/?page={at // 10 + 1}": rows[at : at + 10] for at in range(0, count, 10)})

    source = RestSource("r", "https://x.example/", Polite(get, 0.0), "page")
    for count in (25, 26, 12):
        filled(count)
        fresh = done(bench, source)
        assert len(people(bench)) == count
    assert fresh == apart(bench, source)


def test_what_a_run_read_before_it_failed_is_not_read_again(bench: Bench) -> None:
    source = Pages(pages(60, 20), breaks=2)
    with pytest.raises(ServerAbsent):
        done(bench, source)
    source.breaks = None
    fresh = done(bench, source)
    assert source.asked == [0, 2]
    assert fresh == apart(bench, source)


WORK = """
import sys, time
from pathlib import Path
from nova.store.postgres.db import Database
from tests.rooms.seeding.seeds import Bench
from tests.rooms.seeding.test_reading_on import Pages, done, pages
class Slow(Pages):
    def batches(self, cursor):
        for at, one in enumerate(super().batches(cursor)):
            if at == 2:
                print("two", flush=True)
                time.sleep(60)
            yield one
with Database.connect(sys.argv[1]) as db:
    done(Bench(db, Path(sys.argv[2])), Slow(pages(60, 20)))
"""


def test_a_kill_between_two_batches_loses_none_and_doubles_none(bench: Bench, database_url: str) -> None:
    command = [sys.executable, "-c", WORK, database_url, str(bench.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]) as child:
        assert child.stdout is not None and child.stdout.readline() == b"two\n"
        child.kill()
    source = Pages(pages(60, 20))
    fresh = done(bench, source)
    assert source.asked == [2]
    assert fresh == apart(bench, source)


def test_who_objected_since_stays_out_of_what_was_stored_before(bench: Bench) -> None:
    source = Pages([tickets(20)])
    done(bench, source)
    subjects.object_to(bench.db, bench.objects, bench.lookup("K3"), "u:monika", datetime.now(UTC))
    source.given = [tickets(20), {**tickets(5, "n"), "kundennr": ["K3", "K31", "K32", "K33", "K34"]}]
    fresh = done(bench, source)
    assert source.asked == [0, 1] and people(bench) == {f"K{at}" for at in (*range(20), 31, 32, 33, 34)} - {"K3"}
    assert fresh == apart(bench, source)


@pytest.mark.parametrize("whole", [True, False])
def test_the_others_of_an_emptied_batch_are_asked_for_again(bench: Bench, folder: Path, whole: bool) -> None:
    first, second = tickets(20), {**tickets(10, "z"), "kundennr": [f"Z{at}" for at in range(10)]}
    write(folder, "a.csv", first)
    write(folder, "b.csv", second)
    source: Source = FolderSource("f", folder) if whole else Pages([first, second])
    done(bench, source)
    subjects.erase(bench.db, bench.objects, [bench.lookup("K3")], datetime.now(UTC))
    bench.db.execute(
        "INSERT INTO erasures (erasure_id, subject_id, lookup, asked_at) VALUES (gen_random_uuid(), gen_random_uuid(), %s, now())",
        [bench.lookup("K3")],
    )
    fresh = done(bench, source)
    assert len(people(bench)) == 29 and "K3" not in people(bench)
    assert bench.hits('"t3"', '"K3"') == []
    if whole:
        with bench.db.transaction() as conn:
            latest = runs.every(conn)[0]
        assert len(_batches(bench, latest.run_id)) == 1  # the other file was not read again
    assert fresh == apart(bench, source)


def test_batches_of_another_source_do_not_count(bench: Bench) -> None:
    done(bench, Pages([tickets(20)]))
    source = Pages([tickets(10, "n")])
    done(bench, source, NEW.replace("table: tickets", "table: briefe"))
    assert source.asked == [0] and len(people(bench)) == 10


def test_a_run_over_everything_begins_anew_and_the_next_goes_on_behind_it(bench: Bench) -> None:
    source = Pages([tickets(20)])
    done(bench, source)
    source.given = [tickets(10, "n")]
    done(bench, source, TICKETS)
    source.given = [*source.given, tickets(5, "o")]
    done(bench, source)
    assert source.asked == [0, 0, 1] and len(people(bench)) == 10


def test_a_source_that_never_gave_anything_is_named(bench: Bench) -> None:
    with pytest.raises(InvalidInput, match="keine Datensätze"):
        done(bench, Pages([]))
