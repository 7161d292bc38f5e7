"""Consent, dataset, run, evaluation, verdict: on a real database, with the real trainer and the small base that ships with Nova.

The base adds a sentence to each answer that nothing bears out. A prompt does not cure that, training does.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from nova.engines.train.process import ProcessTuner
from nova.flows.training.evaluating import evaluate_run
from nova.flows.training.running import Runner
from nova.flows.training.runs import TrainRuns, Wanted
from nova.training import licences
from nova.training.dataset.recipe import recipe_of
from tests.fakes.running import Context
from tests.rooms.seeding.seeds import Bench
from tests.rooms.training.lessons import Office
from tests.rooms.training.runs import how as judging
from tests.rooms.training.test_runs import WHO, Queue
from tests.tuning.minis import PEOPLE, fill

pytestmark = pytest.mark.bars


def test_a_weakness_that_no_prompt_cures_is_cured_and_the_gates_let_it_pass(bench: Bench, tmp_path: Path, tuner: ProcessTuner) -> None:
    office = Office(bench, tmp_path)
    office.recipe = recipe_of()
    fill(office)
    made = office.made()
    assert office.stopped_by(made["version"]) == [] and office.told(made["version"])["counts"]["people"] == PEOPLE
    desk, queue, data = office.desk(), Queue(), tmp_path / "data"
    runs = TrainRuns(bench.db, queue, office.audit, data, desk.written, desk.newest, licences.load)  # type: ignore[arg-type]
    runner = Runner(bench.db, tuner, data, desk.written, queue, lambda *_: [])  # type: ignore[arg-type]
    run, _ = runs.start(WHO, Wanted())
    runner.work(str(run.run_id), Context())
    done, points, _ = runs.get(run.name)
    assert done.state == "done", done.reason
    assert points[-1].step == done.steps and points[-1].held_loss < 0.7 * points[0].loss  # type: ignore[operator]
    told = evaluated(office, run.name)
    assert [gate["reason"] for gate in told["gates"] if not gate["passed"]] == []
    assert told["win"]["rate"] >= 0.65 and told["win"]["low"] > 0.5 and told["facts"] >= told["base"]["facts"]
    cures = {one["name"]: one for one in told["cures"]}
    print({name: {key: one[key] for key in ("why", "given", "of", "facts", "cand_facts", "win")} for name, one in cures.items()})
    assert all(cures[name]["tried"] and cures[name]["win"]["low"] > 0.5 for name in ("prompt", "examples"))
    assert not cures["document"]["tried"] and "Fundstellen schon" in cures["document"]["why"]


def evaluated(office: Office, name: str) -> dict[str, Any]:
    """What the evaluation of the run tells."""
    with office.bench.db.transaction() as conn:
        manifest = office.desk().written(conn, office.desk().newest())[1]
        return evaluate_run(conn, name, WHO.token, manifest, judging(), datetime.now(UTC))
