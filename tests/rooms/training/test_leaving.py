"""Somebody leaves: what learned from them serves no more, lies nowhere, and stands on the receipt with the training that follows."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from nova import journal
from nova.errors import ServerAbsent
from nova.flows.erasure.erase import whole
from nova.flows.erasure.rows import erase_rows
from nova.flows.erasure.run import ErasureRun
from nova.flows.seeding import subjects
from nova.flows.training.leaving import REMOVED, Leaving
from nova.flows.training.serving import ServingAdapters
from nova.flows.training.trials import FAMILY
from nova.ports.training import Adapter
from nova.records import Erasure
from nova.store import releases
from nova.store.ids import uuid7
from nova.store.people import rights
from nova.store.seeding import subjects as left_out
from nova.store.training import runs as rows
from nova.store.training.runs import TrainRun
from nova.training.card import place_of
from nova.wiring.serving import in_use_of
from tests.fakes.running import Context
from tests.rooms.seeding.seeds import Bench
from tests.rooms.training.test_promoting import Board, guard, serving
from tests.rooms.training.test_serving import Host, until


class Departure:
    """Three runs: the first without somebody, two with them, of which the last serves and stepped over the one before."""

    def __init__(self, bench: Bench, folder: Path) -> None:
        bench.db.execute("TRUNCATE erasures CASCADE")
        self.board = Board(bench, folder)
        self.db, self.house, self.first = bench.db, self.board.house, self.board.run
        (self.who,) = self.house.many(1, 2, first=60)
        self.house.made()
        self.second, self.third = self.board.trained(), self.board.trained()
        for run in (self.first, self.second, self.third):
            serving(self.board, run)
        self.leaving = Leaving(bench.db, self.house.audit, guard(self.board), self.house.folder)
        self.entry = Erasure(uuid7(), self.who, None, self.lookup(), datetime.now(UTC))

    def lookup(self) -> bytes:
        return bytes(self.db.fetch_all("SELECT lookup FROM subjects WHERE subject_id = %s", [self.who])[0]["lookup"])

    def run(self, receipt: dict[str, Any] | None = None) -> ErasureRun:
        return ErasureRun(self.entry, Context(), receipt or {})

    def erase_rows(self, run: ErasureRun) -> None:
        """The first visit, as far as a dataset has a part in it."""
        with self.db.long_transaction() as conn:
            rights.ask(conn, self.entry)
            erase_rows(conn, self.entry, run.receipt, self.leaving.people)
            rights.note(conn, self.entry.erasure_id, run.receipt)

    def seeds(self, run: ErasureRun) -> None:
        subjects.remove_seeds(self.db, self.house.bench.objects, run)

    def all(self, run: ErasureRun) -> dict[str, Any]:
        for visit in (self.erase_rows, self.seeds, self.leaving.visit):
            visit(run)
        return run.receipt

    def live(self) -> str:
        return self.board.promotions.serving().live

    def place(self, run: TrainRun) -> Path:
        return self.house.folder / "models" / "finetune" / run.name

    def stands(self, run: TrainRun) -> TrainRun:
        with self.db.transaction() as conn:
            return rows.get(conn, run.run_id)

    def tickets(self) -> list[str]:
        return [str(row["title"]) for row in self.db.fetch_all("SELECT title FROM tickets WHERE closed_at IS NULL ORDER BY number")]


@pytest.fixture
def departure(bench: Bench, tmp_path: Path) -> Departure:
    return Departure(bench, tmp_path)


def test_an_erasure_takes_every_adapter_out_that_learned_from_them_and_names_it(departure: Departure) -> None:
    journal.write(departure.house.folder, place_of(departure.third.name), "# Modellkarte\n")
    run = departure.run()
    departure.erase_rows(run)
    assert departure.live() == departure.first.name  # in the first transaction, and not to the other that learned from them
    departure.seeds(run)
    departure.leaving.visit(run)
    told = {one["run"]: one for one in run.receipt["adapters"]}
    assert set(told) == {departure.second.name, departure.third.name}
    number = departure.db.fetch_all("SELECT number FROM tickets WHERE title LIKE %s", [f"Adapter {departure.third.name} %"])[0]["number"]
    for one, ticket in ((departure.third, number), (departure.second, None)):
        found = told[one.name]
        assert found["served"] and found["left_at"] and found["removed_at"] and found["ticket"] == ticket
        assert (found["version"], found["adapter_sha256"], found["answers_now"]) == (one.version, one.adapter_sha256, departure.first.name)
        assert not departure.place(one).exists() and departure.stands(one).reason == REMOVED
        assert departure.stands(one).adapter_sha256 == one.adapter_sha256  # what it was stays known
    assert (departure.place(departure.first) / "adapter").is_dir() and departure.stands(departure.first).removed_at is None
    assert departure.tickets() == [f"Adapter {departure.third.name} dient nicht mehr"]
    answers = departure.db.fetch_all("SELECT DISTINCT r.name FROM train_answers a JOIN train_runs r USING (run_id) WHERE a.side = 'cand'")
    assert [row["name"] for row in answers] == [departure.first.name] and run.receipt["rows"]["train_answers"] > 0
    assert REMOVED in (journal.read(departure.house.folder, place_of(departure.third.name)) or "")
    assert departure.board.promotions.back(departure.board.emil, "").live == ""  # no step back leads to one of them
    for one in (departure.second, departure.third):
        departure.board.judge(one)
        assert departure.board.promotions.standing(one.name).held == [REMOVED]
    json.dumps(whole({**run.receipt, "steps": []}, "now"))


def test_who_asks_is_answered_by_the_one_without_them_within_a_second(departure: Departure) -> None:
    writers = ServingAdapters(in_use_of(departure.db), departure.house.folder, Host())
    for run in (departure.first, departure.third):  # both lie ready
        writers._prepare(Adapter(run.name, departure.place(run) / "adapter", str(run.adapter_sha256)))
    assert until(writers, departure.third.name) < 1
    departure.erase_rows(departure.run())
    assert until(writers, departure.first.name) < 1


def test_done_again_it_says_the_same_and_does_nothing(departure: Departure) -> None:
    first = departure.all(departure.run())["adapters"]
    again = departure.all(departure.run(json.loads(json.dumps({**departure.run().receipt, "adapters": first}))))
    assert again["adapters"] == first and len(departure.tickets()) == 1
    assert departure.all(departure.run())["rows"] == {} and departure.leaving.sweep() == 0


def test_killed_between_its_steps_it_is_mended(departure: Departure) -> None:
    departure.erase_rows(departure.run())
    with departure.db.transaction() as conn:
        held = rights.erasure(conn, departure.entry.erasure_id)
    assert held is not None and departure.place(departure.third).exists()
    run = departure.run(dict(held.receipt))  # what a new attempt finds
    departure.all(run)
    assert {one["run"] for one in run.receipt["adapters"]} == {departure.second.name, departure.third.name}
    assert not departure.place(departure.third).exists()


def test_a_database_that_brings_them_back_loses_the_adapters_again(departure: Departure) -> None:
    """As an older snapshot does: rows, releases and weights are there as before."""
    aside = shutil.copytree(departure.place(departure.third), departure.house.folder / "aside")
    first = departure.all(departure.run())
    departure.db.execute("UPDATE train_runs SET removed_at = NULL, reason = ''")
    second, third = departure.second.name, departure.third.name
    departure.db.execute("UPDATE releases SET state = 'former', left_at = now()")
    departure.db.execute("UPDATE releases SET state = 'live', before = %s, left_at = NULL WHERE name = %s", [second, third])
    departure.db.execute(
        "INSERT INTO seed_lineage (version_id, row_id, batch_id, source_key, lookup) SELECT v.version_id, 'r1', b.batch_id, 'k', %s"
        " FROM seed_versions v, seed_batches b WHERE v.version = %s LIMIT 1",
        [departure.entry.lookup, departure.third.version],
    )
    aside.rename(departure.place(departure.third))
    receipt: dict[str, Any] = {"first": first}
    with departure.db.long_transaction() as conn:  # what a start does before anybody is served
        erase_rows(conn, departure.entry, receipt, departure.leaving.people)
    assert departure.live() == departure.first.name
    departure.leaving.sweep()
    assert not departure.place(departure.third).exists()
    late = {"files": {"deleted": 0}, "snapshots": {"deleted": [], "left": []}, "storage": {}, "index": {}, "aside": []}
    told = whole({**receipt, **late}, "now")
    assert told["adapters"] == first["adapters"]
    assert {one["run"] for one in told["reapplied"][0]["adapters"]} == {departure.second.name, departure.third.name}


def test_a_withdrawal_takes_them_out_too(departure: Departure) -> None:
    def out(conn: Any, names: Any) -> None:
        departure.leaving.out(conn, names, datetime.now(UTC))

    departure.house.says(departure.who, given=False)
    with departure.db.transaction() as conn:
        left_out.object_to_learning(conn, departure.who, datetime.now(UTC))
    left = subjects.leave_objected(departure.db, departure.house.bench.objects, Context(), out=out)
    assert set(left.adapters) == {departure.second.name, departure.third.name} and departure.live() == departure.first.name
    assert departure.leaving.sweep() == 2 and not departure.place(departure.second).exists()


def test_one_on_trial_ends_and_asks_for_another(departure: Departure) -> None:
    with departure.db.transaction() as conn:
        releases.step_back(conn, FAMILY, "engineer:1", datetime.now(UTC))
        releases.step_back(conn, FAMILY, "engineer:1", datetime.now(UTC))
        releases.try_out(conn, FAMILY, departure.third.name, 0.2, "engineer:1", datetime.now(UTC))
    receipt = departure.all(departure.run())
    with departure.db.transaction() as conn:
        assert [one.name for one in releases.in_use(conn, FAMILY)] == [departure.first.name]
    told = {one["run"]: one for one in receipt["adapters"]}
    assert told[departure.third.name]["ticket"] and told[departure.second.name]["ticket"] is None


@pytest.mark.parametrize("state", ["waiting", "paused"])
def test_a_run_that_waits_or_pauses_ends_and_leaves_nothing(departure: Departure, state: str) -> None:
    run = departure.house.start()
    departure.db.execute("UPDATE train_runs SET state = %s WHERE run_id = %s", [state, run.run_id])
    checkpoints = departure.place(run) / "checkpoints"
    checkpoints.mkdir(parents=True)
    receipt = departure.all(departure.run())
    assert departure.stands(run).state == "failed" and not checkpoints.exists()
    told = {one["run"]: one for one in receipt["adapters"]}[run.name]
    assert told["served"] is False and told["ticket"] is None and told["adapter_sha256"] is None and told["left_at"] is None


def test_one_that_ends_while_they_leave_is_out_at_the_end(departure: Departure) -> None:
    """It ran at the first visit; that it ended meanwhile is seen once datasets are rewritten."""
    fourth = departure.board.trained()
    departure.db.execute("UPDATE train_runs SET state = 'running' WHERE run_id = %s", [fourth.run_id])
    run = departure.run()
    departure.erase_rows(run)
    assert departure.stands(fourth).removed_at is None
    departure.db.execute("UPDATE train_runs SET state = 'done' WHERE run_id = %s", [fourth.run_id])
    for visit in (departure.seeds, departure.leaving.visit):
        visit(run)
    told = {one["run"]: one for one in run.receipt["adapters"]}[fourth.name]
    assert told["removed_at"] and not departure.place(fourth).exists()


def test_whom_nothing_learned_from_leaves_no_word_of_adapters(departure: Departure) -> None:
    receipt: dict[str, Any] = {}
    with departure.db.transaction() as conn:
        erase_rows(conn, Erasure(uuid7(), UUID(int=7), None, bytes(32), datetime.now(UTC)), receipt, departure.leaving.people)
    assert "adapters" not in receipt and departure.live() == departure.third.name


def test_what_was_written_for_a_host_goes_too_and_the_host_lets_go(departure: Departure) -> None:
    dropped = list[str]()
    leaving = Leaving(
        departure.db, departure.house.audit, guard(departure.board), departure.house.folder, lambda one: dropped.append(one.key)
    )
    key, other = (f"{run.name}-{str(run.adapter_sha256)[:12]}" for run in (departure.third, departure.first))
    host = departure.house.folder / "models" / "host"
    gone = [host / "transformers" / key / "model.safetensors", host / "llamacpp" / f"{key}.gguf", host / "ollama" / f"{key}.whole.gguf"]
    stays = [host / "llamacpp" / f"{other}.gguf", host / "transformers" / f"{key}0" / "model.safetensors"]
    for path in (*gone, *stays):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    departure.leaving = leaving
    departure.all(departure.run())
    assert [path.exists() for path in gone] == [False] * 3 and [path.exists() for path in stays] == [True] * 2
    assert key in dropped and other not in dropped and leaving.sweep() == 0


def test_a_host_that_is_away_keeps_no_files(departure: Departure) -> None:
    def away(_: Adapter) -> None:
        raise ServerAbsent("weg")

    departure.leaving = Leaving(departure.db, departure.house.audit, guard(departure.board), departure.house.folder, away)
    departure.all(departure.run())
    assert not departure.place(departure.third).exists()
