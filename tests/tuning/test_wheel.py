"""The wheel without anybody at it: consent, dataset, run, gates, two keys, live; figures fall, back; somebody leaves, retrained without.

On a real database, with the real trainer, the real host, and the small base that ships with Nova.
"""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nova.engines.adapters.inprocess import InProcessHost, Place
from nova.engines.train.process import ProcessTuner
from nova.flows.seeding import subjects
from nova.flows.training.evaluating import evaluate_run
from nova.flows.training.guarding import Guard
from nova.flows.training.promoting import Promotions
from nova.flows.training.running import Runner
from nova.flows.training.runs import TrainRuns, Wanted
from nova.flows.training.serving import ServingAdapters, verify
from nova.ports import ChatMessage
from nova.records import Caller
from nova.store.people import governance
from nova.store.quality import kpi
from nova.store.quality.alerts import NewNotice
from nova.store.seeding.subjects import object_to_learning
from nova.store.training.runs import TrainRun
from nova.training import licences
from nova.training.config import base_folder
from nova.training.dataset.recipe import recipe_of
from nova.wiring.serving import in_use_of
from tests.fakes.running import Context
from tests.rooms.seeding.seeds import Bench
from tests.rooms.training.lessons import Office
from tests.rooms.training.runs import how as judging
from tests.rooms.training.test_runs import WHO, Queue
from tests.tuning.conftest import PYTHON
from tests.tuning.minis import fill

pytestmark = pytest.mark.bars


class Wheel:
    """An office whose people agree, two who hold keys, and the host."""

    def __init__(self, bench: Bench, folder: Path, tuner: ProcessTuner) -> None:
        bench.db.execute("TRUNCATE releases, release_steps, tickets, ticket_history, kpi_hours CASCADE")
        self.db, self.objects, self.data = bench.db, bench.objects, folder / "data"
        self.office = Office(bench, folder)
        self.office.recipe = recipe_of()
        fill(self.office)
        desk, queue = self.office.desk(), Queue()
        self.runs = TrainRuns(bench.db, queue, self.office.audit, self.data, desk.written, desk.newest, licences.load)  # type: ignore[arg-type]
        self.runner = Runner(bench.db, tuner, self.data, desk.written, queue, lambda *_: [])  # type: ignore[arg-type]
        self.told: list[NewNotice] = []
        self.promotions = Promotions(bench.db, self.office.audit, self.tell, self.data, "nova-mini")
        self.guard = Guard(bench.db, self.office.audit, self.tell, self.data)
        self.host = InProcessHost(Place(base_folder("nova-mini", self.data), folder / "host", str(PYTHON)), verify)
        self.adapters = ServingAdapters(in_use_of(bench.db), self.data, self.host)
        self.keys = [self.named(name) for name in ("emil", "olga")]

    def tell(self, _: object, notice: NewNotice) -> None:
        self.told.append(notice)

    def named(self, name: str) -> Caller:
        with self.db.transaction() as conn:
            user = governance.ensure_user(conn, name)
            governance.set_role(conn, user.user_id, "engineer")
        return Caller("engineer", user.user_id, name)

    def trained(self) -> TrainRun:
        """A new dataset, a run of it, and its evaluation, which every gate passes."""
        self.office.made()
        run, _ = self.runs.start(WHO, Wanted())
        self.runner.work(str(run.run_id), Context())
        done = self.runs.get(run.name)[0]
        assert done.state == "done", done.reason
        with self.db.transaction() as conn:
            manifest = self.office.desk().written(conn, done.version)[1]
            told = evaluate_run(conn, run.name, WHO.token, manifest, judging(), datetime.now(UTC))
        assert [gate["reason"] for gate in told["gates"] if not gate["passed"]] == []
        return done

    def promoted(self, run: TrainRun) -> None:
        for who in self.keys:
            stands = self.promotions.standing(run.name)
            self.promotions.turn(who, run.name, stands.evaluation_id, "yes", "")
        assert self.promotions.serving().live == run.name

    def kept(self, run: TrainRun) -> dict[str, str]:
        """What the run's model answered to a question when it was judged, by what it was asked."""
        rows = self.db.fetch_all(
            "SELECT question, context, answer FROM train_answers WHERE run_id = %s AND side = 'cand' AND topic <> 'Angriff' LIMIT 8",
            [run.run_id],
        )

        def asked(row: dict[str, str]) -> str:
            return row["question"] + "".join(f"\n[{n}] {text}" for n, text in enumerate(json.loads(row["context"]), 1))

        return {asked(row): row["answer"] for row in rows}

    def until(self, name: str) -> None:
        """Wait until this one lies ready and answers."""
        ends = time.monotonic() + 120
        while (writer := self.adapters.writer("anna")) is None or writer.model != name:
            assert time.monotonic() < ends
            time.sleep(0.2)

    def answer(self, question: str) -> str:
        """By whoever serves now."""
        writer = self.adapters.writer("anna")
        assert writer is not None
        return "".join(writer.stream([ChatMessage("user", question)], max_tokens=96)).strip()

    def figures(self, since: datetime, before: int, after: int) -> datetime:
        """Of 100 sentences so many were proven in each of three hours before and after; the moment after them."""
        for back in range(-3, 3):
            at, right = since + timedelta(hours=back), before if back < 0 else after
            with self.db.transaction() as conn:
                row = kpi.HourRow("groundedness", "", at, 100, float(right), float(right), people=range(5))
                kpi.put_hours(conn, at, at + timedelta(hours=1), [row])
        return since + timedelta(hours=3)


@pytest.fixture
def wheel(bench: Bench, tmp_path: Path, tuner: ProcessTuner) -> Iterator[Wheel]:
    found = Wheel(bench, tmp_path, tuner)
    yield found
    found.host.close()


def test_the_wheel_turns_once_around(wheel: Wheel) -> None:
    first = wheel.trained()
    wheel.promoted(first)
    wheel.until(first.name)
    kept = wheel.kept(first)
    assert [wheel.answer(question) == answer for question, answer in kept.items()] == [True] * len(kept)

    since = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=3)
    wheel.db.execute("UPDATE releases SET live_at = %s WHERE state = 'live'", [since])
    (gone,) = wheel.guard.watch(wheel.figures(since, 80, 50))
    assert gone.name == first.name and "sicher schlechter" in gone.reason and wheel.promotions.serving().live == ""

    (leaving,) = wheel.db.fetch_all(
        "SELECT s.subject_id, s.lookup FROM subjects s JOIN users USING (user_id) WHERE external_id = 'kunde-7'"
    )
    wheel.office.says(leaving["subject_id"], given=False)
    with wheel.db.transaction() as conn:
        object_to_learning(conn, leaving["subject_id"], datetime.now(UTC))
    subjects.leave_objected(wheel.db, wheel.objects, Context())
    assert "lässt sich nicht herausnehmen" in " ".join(wheel.promotions.standing(first.name).held)

    second = wheel.trained()
    assert second.version != first.version
    held = wheel.db.fetch_all(
        "SELECT count(*) AS n FROM seed_lineage JOIN seed_versions USING (version_id) WHERE version = %s AND lookup = %s",
        [second.version, leaving["lookup"]],
    )
    assert held[0]["n"] == 0
    wheel.promoted(second)
    wheel.until(second.name)
    kept = wheel.kept(second)
    assert [wheel.answer(question) == answer for question, answer in kept.items()] == [True] * len(kept)
    assert {one.event for one in wheel.told} >= {"adapter.live", "adapter.gave_way", "ticket.opened"}
