"""Runs on a real database with a hand-written tuner: what each leaves, what stops it, and who leaves it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from nova.errors import Conflict, InvalidInput, JobWaits, NotFound, ServerAbsent
from nova.flows.monitor import tuning
from nova.flows.seeding import subjects
from nova.flows.training import running
from nova.flows.training.running import MOST_KILLS, SOMEBODY_LEFT, Runner
from nova.flows.training.runs import TrainRuns, Wanted
from nova.ports.training import Look, Task
from nova.records import Caller
from nova.store.seeding import subjects as left_out
from nova.store.training import runs
from nova.store.training.runs import TrainRun
from nova.training import attacks, licences
from nova.training.config import recipe
from tests.fakes.running import Context
from tests.rooms.seeding.seeds import Bench
from tests.rooms.training import adapters
from tests.rooms.training.lessons import Office

WHO = Caller("engineer", uuid4())
MEASURED = {"steps": 12, "rows": 40, "given": 40, "seconds_per_step": 0.1, "cpu_s_per_step": 0.1, "memory_mib": 500}


class Tuner:
    """Implements `nova.ports.training.Tuner`: three points, an adapter of some bytes, and answers that name their side."""

    def __init__(self) -> None:
        self.measured: Mapping[str, Any] = MEASURED
        self.meanwhile: Callable[[], object] = lambda: None
        self.tasks: list[str] = []
        self.data: dict[str, str] = {}
        self.asked: dict[str, list[dict[str, Any]]] = {}

    def missing(self) -> str:
        return ""

    def run(self, task: Task, look: Look) -> Mapping[str, Any] | None:
        self.tasks.append(task.what)
        self.data = {path.name: path.read_text("utf-8") for path in task.data.iterdir()}
        return {"measure": self._measure, "train": self._train, "answer": self._answer}[task.what](task, look)

    def _measure(self, _: Task, look: Look) -> Mapping[str, Any]:
        look([])
        return self.measured

    def _train(self, task: Task, look: Look) -> Mapping[str, Any] | None:
        for step in (4, 8, 12):
            point = {"step": step, "steps": 12, "loss": 3.0 / step, "rate": 0.001, "seconds": step * 1.0, "memory_mib": 600}
            if look([point]) != "run":
                return None
            self.meanwhile()
        adapters.tuned(task.folder / "adapter", task.base, task.config["lora"])
        (task.folder / "checkpoints").mkdir(exist_ok=True)
        return {"step": 12, "steps": 12, "loss": 0.25, "held_loss": 0.3, "seconds": 36.0, "cpu_s": 30.0, "memory_mib": 600, "resumed_at": 0}

    def _answer(self, task: Task, _: Look) -> Mapping[str, Any]:
        asked = [json.loads(line) for line in (task.data / "asked.jsonl").read_text("utf-8").splitlines()]
        self.asked[task.side] = asked
        said = [
            {"id": row["id"], "answer": f"{task.side}: {row['answer']}", "seconds": 0.1,
             "used": [one["id"] for one in row.get("offered", [])][: row.get("most")]}
            for row in asked
        ]  # fmt: skip
        (task.folder / f"answers-{task.side}.jsonl").write_text("".join(json.dumps(one) + "\n" for one in said), "utf-8")
        return {"answers": len(said)}


class Queue:
    """The queue as far as runs use it: it remembers what was queued."""

    def __init__(self) -> None:
        self.queued: list[tuple[str, Mapping[str, Any]]] = []
        self.open: list[tuple[str, str]] = []

    def start(self, kind: Any, args: Mapping[str, Any], *, title: str = "", **_: Any) -> UUID:
        self.queued.append((kind.name, args))
        self.open.append((kind.name, title))
        return uuid4()

    def list(self, *, kind: str, **_: Any) -> list[Any]:
        return [SimpleNamespace(title=title) for name, title in self.open if name == kind]


class House(Office):
    """An office with a dataset of 60 people, and what runs need."""

    def __init__(self, bench: Bench, folder: Path) -> None:
        super().__init__(bench, folder)
        self.folder, self.tuner, self.queue, self.known = folder / "data", Tuner(), Queue(), licences.load()
        self.prices: list[tuple[datetime, float]] = []
        self.everybody = self.many(60)
        self.name = self.made()["version"]
        desk = self.desk()
        self.runs = TrainRuns(bench.db, self.queue, self.audit, self.folder, desk.written, desk.newest, lambda: self.known)  # type: ignore[arg-type]
        self.runner = Runner(bench.db, self.tuner, self.folder, desk.written, self.queue, lambda *_: self.prices)  # type: ignore[arg-type]

    def start(self, wanted: Wanted | None = None) -> TrainRun:
        return self.runs.start(WHO, wanted or Wanted())[0]

    def work(self, run: TrainRun, ctx: Context | None = None) -> TrainRun:
        self.runner.work(str(run.run_id), ctx or Context())
        return self.runs.get(run.name)[0]

    def leaves(self, who: UUID) -> None:
        self.says(who, given=False)
        with self.bench.db.transaction() as conn:
            left_out.object_to_learning(conn, who, datetime.now(UTC))
        subjects.leave_objected(self.bench.db, self.bench.objects, Context())

    def answers(self) -> int:
        return int(self.bench.db.fetch_all("SELECT count(*) AS n FROM train_answers")[0]["n"])


@pytest.fixture
def house(bench: Bench, tmp_path: Path) -> House:
    return House(bench, tmp_path)


def test_a_run_leaves_its_curve_its_adapter_and_what_both_sides_answered(house: House) -> None:
    run = house.start()
    assert run.state == "waiting" and run.version == house.name and run.name == f"sophia-finetune-{datetime.now(UTC):%Y-%m-%d}"
    assert [name for name, _ in house.queue.queued] == ["train"] and house.audit.noted[-1] == ("training.started", f"run:{run.name}")
    done = house.work(run)
    assert (done.state, done.step, done.steps, done.reason) == ("done", 12, 12, "")
    assert done.measured["passed"] and done.measured["run_kwh"] == round(36 / 3600 * 65 / 1000, 5)
    assert [point.step for point in house.runs.get(run.name)[1]] == [4, 8, 12]
    tests = len(house.tuner.data["test.jsonl"].splitlines())
    assert tests >= 5 and house.answers() == 5 * tests + 2 * len(attacks.rows())
    owned = house.bench.db.fetch_all("SELECT count(*) AS n FROM train_answers WHERE lookups <> '{}'")[0]["n"]
    assert owned == 5 * tests
    assert house.queue.queued[-1] == ("train_judge", {"run": run.name})
    kept = sorted(str(path.relative_to(house.folder)) for path in house.folder.rglob("*") if path.is_file())
    assert kept == [
        f"models/finetune/{run.name}/adapter/adapter_config.json",
        f"models/finetune/{run.name}/adapter/adapter_model.safetensors",
        f"orchestration_journal/models/{run.name}/run.json",
    ]
    record = json.loads((house.folder / kept[2]).read_text("utf-8"))
    assert record["adapter_sha256"] == done.adapter_sha256 and record["counts"]["people"] == 60
    assert house.start().name == f"{run.name}-2"


def test_no_file_that_a_run_reads_says_whose_a_row_is(house: House) -> None:
    house.work(house.start())
    assert not any(str(one) in text for one in house.everybody for text in house.tuner.data.values())


def test_what_is_over_its_budget_does_not_begin(house: House) -> None:
    house.tuner.measured = {**MEASURED, "seconds_per_step": 4000.0}
    run = house.work(house.start())
    assert run.state == "failed" and "13,3 Stunden; das Budget sind 1" in run.reason and house.tuner.tasks == ["measure"]
    assert run.measured["passed"] is False and house.answers() == 0


def test_examples_that_are_too_long_are_not_lost_in_silence(house: House) -> None:
    house.tuner.measured = {**MEASURED, "given": 45}
    run = house.work(house.start())
    assert run.state == "failed" and "Nur 40 von 45 Beispielen passen in 256 Token" in run.reason
    house.tuner.measured = {**MEASURED, "given": 44}
    assert house.work(house.start()).state == "done"


def test_one_that_takes_longer_than_its_budget_is_ended(house: House) -> None:
    config = Path("config/finetune/lora.yaml").read_text("utf-8").replace("hours: 1.0", "hours: 0.002")
    house.tuner.measured = {**MEASURED, "seconds_per_step": 0.01}
    run = house.work(house.start(Wanted(config)))
    assert run.state == "failed" and "länger als sein Budget" in run.reason and run.adapter_sha256 is None


def test_it_pauses_goes_on_and_is_cancelled(house: House) -> None:
    run = house.start()
    house.tuner.meanwhile = lambda: house.runs.pause(WHO, run.name)
    assert house.work(run).state == "paused" and house.runs.get(run.name)[0].step == 8
    assert [(one.name, one.state, one.step, one.loss is None) for one in tuning(house.bench.db)] == [(run.name, "paused", 8, False)]
    assert not (house.folder / "models/finetune" / run.name / "data").exists()
    house.tuner.meanwhile = lambda: None
    assert house.runs.resume(WHO, run.name).state == "waiting" and [name for name, _ in house.queue.queued] == ["train", "train"]
    assert house.work(run).state == "done" and house.tuner.tasks.count("measure") == 1
    with pytest.raises(Conflict, match="schon zu Ende"):
        house.runs.cancel(WHO, run.name)
    other = house.start()
    assert house.runs.cancel(WHO, other.name).state == "cancelled"
    assert house.work(other).state == "cancelled"
    fourth = house.start()
    house.tuner.meanwhile = lambda: house.runs.pause(WHO, fourth.name)
    assert house.work(fourth).state == "paused" and (house.folder / "models/finetune" / fourth.name).exists()
    assert house.runs.cancel(WHO, fourth.name).state == "cancelled" and not (house.folder / "models/finetune" / fourth.name).exists()
    third = house.start()
    house.tuner.meanwhile = lambda: house.runs.cancel(WHO, third.name)
    found = house.work(third)
    assert found.state == "cancelled" and found.adapter_sha256 is None and not (house.folder / "models/finetune" / third.name).exists()


def test_who_lets_it_go_on_before_it_stands_still_is_heard(house: House) -> None:
    run = house.start()
    wishes = iter([house.runs.pause])

    def meanwhile() -> None:
        for wish in wishes:
            wish(WHO, run.name)

    house.tuner.meanwhile = meanwhile
    looked = house.tuner._train

    def slow(task: Task, look: Look) -> Mapping[str, Any] | None:
        found = looked(task, look)
        if found is None:
            house.runs.resume(WHO, run.name)
        return found

    house.tuner._train = slow  # type: ignore[method-assign]
    with pytest.raises(JobWaits, match="geht weiter"):
        house.work(run)
    assert house.work(run).state == "done" and [name for name, _ in house.queue.queued] == ["train", "train_judge"]


def test_who_leaves_while_it_runs_ends_it(house: House) -> None:
    run = house.start()
    house.tuner.meanwhile = lambda: house.leaves(house.everybody[3])
    found = house.work(run)
    assert (found.state, found.reason) == ("failed", SOMEBODY_LEFT) and house.answers() == 0
    assert not (house.folder / "models/finetune" / run.name).exists()


def test_who_withdrew_before_it_began_is_asked_about_again(house: House) -> None:
    run = house.start()
    house.says(house.everybody[3], given=False)
    assert "nicht mehr zustimmen" in house.work(run).reason and house.tuner.tasks == []
    with pytest.raises((Conflict, NotFound)):
        house.start(Wanted(version=house.name))
    house.leaves(house.everybody[3])
    assert house.work(house.start()).state == "done"


def test_who_left_between_order_and_start_is_not_learned_from(house: House) -> None:
    run = house.start()
    house.leaves(house.everybody[3])
    assert house.work(run).reason == SOMEBODY_LEFT and house.tuner.tasks == []


def test_answers_to_what_somebody_asked_leave_with_them(house: House) -> None:
    house.work(house.start())
    before = house.answers()
    for person in house.everybody:
        house.leaves(person)
    assert house.answers() == 2 * len(attacks.rows()) < before


def test_a_killed_process_goes_on_until_it_was_killed_too_often(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    run, ctx = house.start(), Context()

    def killed(*_: Any) -> None:
        raise ServerAbsent("weg")

    monkeypatch.setattr(house.tuner, "_train", killed)
    for _ in range(MOST_KILLS):
        with pytest.raises(JobWaits):
            house.work(run, ctx)
        assert house.runs.get(run.name)[0].state == "running"
    assert "reicht der Speicher nicht" in house.work(run, ctx).reason


def test_who_gets_further_between_kills_is_not_given_up_and_a_storage_that_is_away_costs_no_try(house: House) -> None:
    run, ctx = house.start(), Context()
    reached = iter(range(1, 20))

    def killed(_: Task, look: Any) -> None:
        look([{"step": next(reached), "steps": 40, "seconds": 1.0}])
        raise ServerAbsent("weg")

    whole, house.tuner._train = house.tuner._train, killed  # type: ignore[method-assign,assignment]
    for _ in range(MOST_KILLS + 2):
        with pytest.raises(JobWaits):
            house.work(run, ctx)
    assert ctx.state == {"kills": 1, "step": MOST_KILLS + 2}
    house.tuner._train = whole  # type: ignore[method-assign]

    def away(*_: Any) -> Any:
        raise ServerAbsent("Der Speicher ist nicht erreichbar.")

    runner = replace(house.runner, written=away)
    for _ in range(MOST_KILLS + 2):
        with pytest.raises(JobWaits, match="Der Speicher"):
            runner.work(str(run.run_id), ctx)
    assert house.work(run, ctx).state == "done"


def test_a_run_whose_job_is_gone_has_failed_and_can_be_left(house: House) -> None:
    run = house.start()
    house.tuner.meanwhile = lambda: 1 / 0
    with pytest.raises(ZeroDivisionError):
        house.work(run)
    assert house.runs.get(run.name)[0].state == "running"  # its job may be tried again
    house.queue.open.clear()
    found = house.runs.get(run.name)[0]
    assert found.state == "failed" and "zu Ende" in found.reason and house.runs.every(5)[0] == found
    waiting = house.start()
    house.queue.open.clear()
    with pytest.raises(Conflict, match="schon zu Ende"):
        house.runs.pause(WHO, waiting.name)


def test_a_wish_is_heard_while_it_waits_for_its_turn(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: Any) -> None:
        raise ServerAbsent("weg")

    train = house.tuner._train
    run = house.start()
    monkeypatch.setattr(house.tuner, "_train", killed)
    with pytest.raises(JobWaits):
        house.work(run)
    house.runs.pause(WHO, run.name)
    monkeypatch.setattr(house.tuner, "_train", train)
    assert house.work(run).state == "paused" and house.tuner.tasks == ["measure", "train"]
    house.runs.resume(WHO, run.name)
    monkeypatch.setattr(house.tuner, "_train", killed)
    with pytest.raises(JobWaits):
        house.work(run)
    house.runs.cancel(WHO, run.name)
    assert house.work(run).state == "cancelled" and not (house.folder / "models/finetune" / run.name).exists()


def test_who_cancels_when_the_training_is_through_is_heard(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    run = house.start()
    train = house.tuner._train

    def through(task: Task, look: Look) -> Mapping[str, Any] | None:
        found = train(task, look)
        house.runs.cancel(WHO, run.name)
        return found

    def answer(_: Task, look: Look) -> Mapping[str, Any] | None:
        return {} if look([]) == "run" else None

    house.tuner._train, house.tuner._answer = through, answer  # type: ignore[method-assign, assignment]
    monkeypatch.setattr(running, "LOOK_S", 0.0)
    found = house.work(run)
    assert found.state == "cancelled" and found.adapter_sha256 is None


def test_what_may_not_be_trained_is_refused_before_it_is_queued(house: House) -> None:
    shown = Path("config/finetune/lora.yaml").read_text("utf-8")
    for config, error in (
        (shown.replace("licence: eigen", "licence: CC-BY-NC-4.0"), Conflict),
        (shown.replace('revision: ""', f'revision: "{"0" * 64}"'), Conflict),
        (shown.replace("model: nova-mini", "model: models/base/keins"), NotFound),
        (shown.replace("model: nova-mini", "model: ../../etc"), InvalidInput),
        (shown.replace("method: sft", "method: dpo"), Conflict),
        (shown + "neu: 1\n", InvalidInput),
    ):
        with pytest.raises(error):
            house.start(Wanted(config))
    assert house.queue.queued == [] and house.runs.every(10) == []
    assert house.start(Wanted(shown)).state == "waiting"


def test_a_base_that_was_changed_meanwhile_is_refused(house: House) -> None:
    run = house.start()
    house.bench.db.execute("UPDATE train_runs SET base_sha256 = %s", ["0" * 64])
    assert "andere als beim Beginn" in house.work(run).reason


def test_it_waits_for_cheap_hours_where_the_profile_says_so(house: House) -> None:
    run = house.start(Wanted(profile="dgx"))
    assert [name for name, _ in house.queue.queued] == ["train_gpu"] and recipe("", "dgx").profile.cheap_hours
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    house.prices = [(hour + timedelta(hours=at), 10.0 if at == 5 else 80.0) for at in range(24)]
    with pytest.raises(JobWaits, match="billigere Stunden"):
        house.work(run)
    house.prices = [(hour, 10.0), *((hour + timedelta(hours=at), 80.0) for at in range(1, 24))]
    assert house.work(run).state == "done"


def test_a_preflight_keeps_nothing(house: House) -> None:
    folder = house.folder / "models/finetune/.preflight"
    told = house.runner.preflight(recipe("", "cpu"), house.name, folder, Context())
    assert (
        told["passed"] and told["hours"] == round(12 * 0.1 / 3600, 4) and told["budget"]["hours"] == 1.0 and told["version"] == house.name
    )
    assert not folder.exists() and house.bench.db.fetch_all("SELECT 1 FROM train_runs") == []


def test_names_are_given_in_the_order_of_runs(house: House) -> None:
    names = [house.start().name for _ in range(3)]
    assert [name.removeprefix(names[0]) for name in names] == ["", "-2", "-3"]
    with house.bench.db.transaction() as conn:
        assert [one.name for one in runs.every(conn, 10)] == names[::-1]
