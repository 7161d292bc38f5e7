"""Weights of runs move with a snapshot and are checked on both sides; what is not what its run says never serves again."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from nova import journal
from nova.cli.people import rights as rights_page
from nova.flows.snapshots.kept import Kept
from nova.flows.snapshots.making import Wish
from nova.flows.training.carrying import settled
from nova.flows.training.serving import ServingAdapters, verify
from nova.flows.training.trials import FAMILY
from nova.jobs.kinds.seed import leaver
from nova.jobs.kinds.train import watcher
from nova.jobs.snapshots.restore import fill
from nova.ports.training import Adapter
from nova.records import Erasure
from nova.settings import Settings
from nova.store import releases
from nova.store.ids import uuid7
from nova.store.people import rights
from nova.store.seeding import subjects
from nova.store.seeding.versions import Version
from nova.store.training import runs as rows
from nova.store.training.runs import TrainRun
from nova.training.card import place_of
from nova.training.config import base_folder, folder_digest
from nova.wiring import Nova, open_nova
from nova.wiring.cases import cases_of
from nova.wiring.erasure import ledger_of, reapplication_of
from nova.wiring.serving import in_use_of
from nova.wiring.snapshots import maker_of
from nova.wiring.visits import eraser_of
from tests.flow.test_restore import PLAIN, silent
from tests.flow.test_seeds_restore import bench_of
from tests.folders import short_folder
from tests.rooms.seeding.seeds import customers
from tests.rooms.training import adapters
from tests.rooms.training.runs import Made, put

pytestmark = pytest.mark.slow
LORA = {"rank": 4, "alpha": 16, "targets": ["q_proj"]}
NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def nova() -> Iterator[Nova]:
    with short_folder() as folder, open_nova(Settings(NOVA_DATA=folder / "data", NOVA_SNAPSHOT_EVERY=0)) as opened:
        yield opened


def place(data: Path, run: str) -> Path:
    return data / "models" / "finetune" / run / "adapter"


def trained(nova: Nova, name: str) -> TrainRun:
    data = nova.settings.NOVA_DATA
    run_id = put(nova.db, Made(name, asked=[]))
    folder = adapters.tuned(place(data, name), base_folder("nova-mini", data), LORA)
    (folder.parent / "checkpoints").mkdir()
    (folder.parent / "checkpoints" / "rows.json").write_text("{}", "utf-8")
    values = [folder_digest(folder), Jsonb({"lora": LORA}), run_id]
    nova.db.execute("UPDATE train_runs SET adapter_sha256 = %s, config = %s WHERE run_id = %s", values)
    journal.write(data, place_of(name), "# Modellkarte\n")
    with nova.db.transaction() as conn:
        return rows.get(conn, name)


class Asked:
    """A host that remembers what it was asked to load."""

    name = "hand"

    def __init__(self) -> None:
        self.loaded: list[str] = []

    def ready(self, adapter: Adapter) -> bool:
        return adapter.name in self.loaded

    def prepare(self, adapter: Adapter) -> None:
        verify(adapter)
        self.loaded.append(adapter.name)


def test_weights_are_restored_checked_and_the_pointer_leads_to_them(nova: Nova) -> None:
    sound, damaged, gone = (trained(nova, name) for name in ("gut", "beschaedigt", "fort"))
    data = nova.settings.NOVA_DATA
    (place(data, "beschaedigt") / "adapter_model.safetensors").write_bytes(b"\x80\x04")
    shutil.rmtree(place(data, "fort"))
    with nova.db.transaction() as conn:
        releases.add(conn, FAMILY, "gut", "engineer:1", NOW, digest=sound.adapter_sha256)
        releases.go_live(conn, FAMILY, "gut", {}, "engineer:1", NOW)
    made = maker_of(nova).take(Wish(), silent)
    assert sorted(made.flaws) == ["models/finetune/beschaedigt/adapter ist beschädigt", "models/finetune/fort/adapter fehlt"]
    assert made.objects == 0 and {damaged.state, gone.state} == {"done"}
    with short_folder() as folder:
        settings = nova.settings.model_copy(update={"NOVA_DATA": folder / "data"})
        settings.NOVA_DATA.mkdir()
        _, findings = fill(Kept(data).path(made), PLAIN, settings, silent)
        assert findings.problems == ()
        there = sorted(path.name for path in (settings.NOVA_DATA / "models" / "finetune").iterdir())
        assert there == ["gut"] and [path.name for path in place(settings.NOVA_DATA, "gut").parent.iterdir()] == ["adapter"]
        assert journal.read(settings.NOVA_DATA, place_of("gut")) == "# Modellkarte\n"
        with open_nova(settings) as opened:
            verify(Adapter("gut", place(settings.NOVA_DATA, "gut"), str(sound.adapter_sha256)), "nova-mini", settings.NOVA_DATA)
            after(opened)


def after(nova: Nova) -> None:
    """Weights that are others, and those of nobody, are taken away with a word; what serves them then is the base."""
    data, host = nova.settings.NOVA_DATA, Asked()
    adapters.tuned(place(data, "gut"), base_folder("nova-mini", data), LORA, seed=2)
    adapters.tuned(place(data, "niemand"), base_folder("nova-mini", data), LORA)
    (data / "models" / "finetune" / "verknuepft").symlink_to("/")
    assert list(settled(nova.db, data)) == ["Die Gewichte des Laufs gut sind nicht die, die beurteilt wurden; er kann nicht mehr dienen."]
    assert list((data / "models" / "finetune").iterdir()) == [] and list(settled(nova.db, data)) == []
    writing: Any = ServingAdapters(in_use_of(nova.db), data, host)  # type: ignore[arg-type]
    assert writing.writer("anna") is None
    writing._prepare(Adapter("gut", place(data, "gut"), "0" * 64))
    assert host.loaded == [] and writing.writer("anna") is None


def test_a_run_that_was_taken_out_is_not_carried(nova: Nova) -> None:
    run = trained(nova, "entfernt")
    with nova.db.transaction() as conn:
        rows.remove(conn, run.run_id, "", NOW)
    made = maker_of(nova).take(Wish(), silent)
    assert not any("entfernt" in flaw for flaw in made.flaws)
    with short_folder() as folder:
        settings = nova.settings.model_copy(update={"NOVA_DATA": folder / "data"})
        settings.NOVA_DATA.mkdir()
        fill(Kept(nova.settings.NOVA_DATA).path(made), PLAIN, settings, silent)
        assert not (settings.NOVA_DATA / "models" / "finetune" / "entfernt").exists()


def learned(nova: Nova, name: str, version: Version) -> TrainRun:
    """A run that learned from a version; live after those before."""
    run = trained(nova, name)
    values = [version.dataset, version.version, version.digest, name]
    nova.db.execute("UPDATE train_runs SET dataset = %s, version = %s, held = %s WHERE name = %s", values)
    with nova.db.transaction() as conn:
        releases.add(conn, FAMILY, name, "engineer:1", NOW, digest=run.adapter_sha256)
        releases.go_live(conn, FAMILY, name, {}, "engineer:1", NOW)
    return run


def live(nova: Nova) -> str:
    with nova.db.transaction() as conn:
        found = releases.live(conn, FAMILY)
    return found.name if found else ""


def test_who_is_erased_leaves_the_adapters_and_leaves_them_again_after_a_restore(nova: Nova, capsys: pytest.CaptureFixture[str]) -> None:
    bench, data = bench_of(nova), nova.settings.NOVA_DATA
    made = bench.version(customers(9))
    learned(nova, "mit-ihnen", made)
    snapshot = maker_of(nova).take(Wish(), silent)
    people, erasure_id = cases_of(nova).people, uuid7()
    who = people.directory.find("K8")
    entry = Erasure(erasure_id, who.subject_id, None, who.lookup, datetime.now(UTC), None)
    with nova.db.transaction() as conn:
        rights.ask(conn, entry)
    ctx: Any = SimpleNamespace(guard=lambda _: None, progress=lambda *_: None, job_id=None, args={})
    eraser_of(nova).erase(erasure_id, ctx)
    receipt = people.erasures.one(erasure_id).erasure.receipt
    (told,) = receipt["adapters"]
    assert (told["run"], told["dataset"], told["version"], told["served"]) == ("mit-ihnen", "kunden", made.version, True)
    assert told["ticket"] and told["removed_at"] and live(nova) != "mit-ihnen" and not place(data, "mit-ihnen").parent.exists()
    rights_page._tell_adapters(receipt)
    assert f"neues Training: Ticket {told['ticket']}" in capsys.readouterr().out
    with short_folder() as folder:
        settings = nova.settings.model_copy(update={"NOVA_DATA": folder / "data"})
        settings.NOVA_DATA.mkdir()
        fill(Kept(data).path(snapshot), PLAIN, settings, silent)
        with open_nova(settings) as opened:
            assert live(opened) == "mit-ihnen" and place(settings.NOVA_DATA, "mit-ihnen").is_dir()
            ledger_of(opened).put(people.erasures.one(erasure_id).erasure)
            assert reapplication_of(opened).reapply() == 1
            assert live(opened) != "mit-ihnen"  # before anybody is served
            eraser_of(opened).erase(erasure_id, ctx)
            again = cases_of(opened).people.erasures.one(erasure_id).erasure.receipt
            assert again["adapters"] == receipt["adapters"] and [one["run"] for one in again["reapplied"][0]["adapters"]] == ["mit-ihnen"]
            assert not place(settings.NOVA_DATA, "mit-ihnen").parent.exists()


def test_who_objects_leaves_the_adapters_with_the_job_that_follows(nova: Nova) -> None:
    bench, data = bench_of(nova), nova.settings.NOVA_DATA
    learned(nova, "mit-widerspruch", bench.version(customers(7)))
    with nova.db.transaction() as conn:
        subjects.put_objection(conn, nova.people.lookup("K5"), "engineer:1", NOW)
    told: list[dict[str, Any]] = []
    leaver(nova)(SimpleNamespace(guard=lambda _: None, progress=lambda *_: None, finish=told.append, args={}))  # type: ignore[arg-type]
    assert "mit-widerspruch" in told[0]["adapters"] and live(nova) != "mit-widerspruch"
    assert not place(data, "mit-widerspruch").parent.exists()
    watcher(nova)(SimpleNamespace(finish=told.append, args={}))  # type: ignore[arg-type]
    assert told[1]["removed"] == 0
