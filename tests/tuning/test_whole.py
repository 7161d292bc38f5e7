"""Consent, dataset, run, evaluation, verdict: on a real database, with the real trainer and the small base that ships with Nova.

The base adds a sentence to each answer that nothing bears out. A prompt does not cure that, training does.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from nova.engines.train.process import ProcessTuner
from nova.flows.training.comparing import compare
from nova.flows.training.evaluating import evaluate_run
from nova.flows.training.running import Runner
from nova.flows.training.runs import TrainRuns, Wanted
from nova.ports.training import Task
from nova.training import licences
from nova.training.dataset.recipe import recipe_of
from tests.fakes.running import Context
from tests.rooms.seeding.seeds import Bench
from tests.rooms.training.lessons import Office
from tests.rooms.training.runs import how as judging
from tests.rooms.training.test_runs import WHO, Queue
from tests.tuning.minis import PEOPLE, fill

pytestmark = pytest.mark.bars
ASKED_FOR = "Antworte mit einem einzigen Satz. Füge nichts hinzu, was nicht in den Belegen steht."


class Cures:
    """Tunes with the real process, and lets the base answer with a prompt that asks for the form, as long as the rows lie there."""

    def __init__(self, tuner: ProcessTuner, folder: Path) -> None:
        self.tuner, self.folder = tuner, folder

    def missing(self) -> str:
        return self.tuner.missing()

    def run(self, task: Task, look: Any) -> Mapping[str, Any] | None:
        if task.what == "answer" and task.side == "base":
            asked = replace(task, folder=self.folder, config={**task.config, "system": ASKED_FOR})
            self.tuner.run(asked, look)
        return self.tuner.run(task, look)


def test_a_weakness_that_no_prompt_cures_is_cured_and_the_gates_let_it_pass(bench: Bench, tmp_path: Path, tuner: ProcessTuner) -> None:
    office = Office(bench, tmp_path)
    office.recipe = recipe_of()
    fill(office)
    made = office.made()
    assert office.stopped_by(made["version"]) == [] and office.told(made["version"])["counts"]["people"] == PEOPLE
    desk, queue, data = office.desk(), Queue(), tmp_path / "data"
    runs = TrainRuns(bench.db, queue, office.audit, data, desk.written, desk.newest, licences.load)  # type: ignore[arg-type]
    cures = Cures(tuner, tmp_path / "prompted")
    runner = Runner(bench.db, cures, data, desk.written, queue, lambda *_: [])  # type: ignore[arg-type]
    run, _ = runs.start(WHO, Wanted())
    runner.work(str(run.run_id), Context())
    done, points, _ = runs.get(run.name)
    assert done.state == "done", done.reason
    assert points[-1].step == done.steps and points[-1].held_loss < 0.7 * points[0].loss  # type: ignore[operator]
    told = evaluated(office, run.name)
    assert [gate["reason"] for gate in told["gates"] if not gate["passed"]] == []
    assert told["win"]["rate"] >= 0.65 and told["win"]["low"] > 0.5 and told["facts"] >= told["base"]["facts"]
    prompted = beside(bench, tmp_path, (tmp_path / "prompted" / "answers-base.jsonl").read_text("utf-8"))
    assert prompted["win"]["rate"] < 0.65 and not prompted["passed"]


def evaluated(office: Office, name: str) -> dict[str, Any]:
    """What the evaluation of the run tells."""
    with office.bench.db.transaction() as conn:
        manifest = office.desk().written(conn, office.desk().newest())[1]
        return evaluate_run(conn, name, WHO.token, manifest, judging(), datetime.now(UTC))


def beside(bench: Bench, folder: Path, prompted: str) -> dict[str, Any]:
    """The base with a prompt beside the base as it is."""
    rows = bench.db.fetch_all(
        "SELECT row_id, topic, question, reference, answer FROM train_answers WHERE side = 'base' AND topic <> 'Angriff'"
    )
    said = {one["id"]: one["answer"] for one in map(json.loads, prompted.splitlines())}
    files = {
        "cand": [{"id": row["row_id"], "answer": said[row["row_id"]]} for row in rows],
        "base": [{"id": row["row_id"], "answer": row["answer"]} for row in rows],
        "reference": [
            {"id": row["row_id"], "topic": row["topic"], "question": row["question"], "reference": row["reference"]} for row in rows
        ],
    }
    for file, lines in files.items():
        (folder / f"{file}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return compare(folder / "cand.jsonl", folder / "base.jsonl", folder / "reference.jsonl")
