"""A run whose training is through in, the questions kept apart answered out: by the base, by the tuned model, and by the base again with
what is cheaper than tuning. Each side is kept when it has answered all; whoever is stopped in between goes on with what is missing.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nova.errors import Conflict
from nova.ports.training import Look, Side, Task, Tuner
from nova.store.postgres.db import Database
from nova.store.training import runs as rows
from nova.store.training.runs import TrainRun
from nova.training import attacks, cures
from nova.training.config import LoraConfig
from nova.training.dataset.folder import SIDES

SOMEBODY_LEFT = "Jemand hat den Datensatz verlassen; was von dieser Person gelernt wurde, lässt sich nicht herausnehmen. Beginnen Sie neu."


@dataclass(frozen=True, slots=True)
class Asking:
    """What the answers of a run need; `task` is that of its base, whose folder of data lies there."""

    db: Database
    tuner: Tuner
    run: TrainRun
    task: Task
    config: LoraConfig

    def all(self, look: Look) -> bool:
        """Every side answers; False where that was to stop. Conflict where somebody left the dataset meanwhile."""
        held = {name: _lines(self.task.data / f"{name}.jsonl") for name in SIDES}
        tests = held["test"]
        asked = [*tests, *(one for one in attacks.rows() if one["id"] not in {row["id"] for row in tests})]
        if not (self._side("base", asked, look) and self._side("cand", asked, look)):
            return False
        for name in cures.NAMES:
            some = cures.asked_with(name, self.config.cures, self.config.system, held)
            if some and not self._side(name, some, look):
                return False
        with self.db.transaction() as conn:
            rows.add_measured(conn, self.run.run_id, {"cures": list(cures.NAMES)})
        return True

    def _side(self, side: Side, asked: Sequence[Mapping[str, Any]], look: Look) -> bool:
        (self.task.data / "asked.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in asked), "utf-8")
        adapter = self.task.folder / "adapter" if side == "cand" else None
        if self.tuner.run(replace(self.task, side=side, adapter=adapter), look) is None:
            return False
        said = {one["id"]: one for one in _lines(self.task.folder / f"answers-{side}.jsonl")}
        with self.db.transaction() as conn:
            if not rows.hold_whole(conn, self.run.run_id):
                raise Conflict(SOMEBODY_LEFT)
            told = [_answer(row, said[row["id"]]) for row in asked if said[row["id"]]["answer"] is not None]
            rows.put_answers(conn, self.run.run_id, side, told)
        return True


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _answer(row: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "row_id": row["id"], "topic": row["topic"], "question": row["question"], "context": json.dumps(row["context"], ensure_ascii=False),
        "reference": row["answer"], "answerable": row["answerable"], "answer": said["answer"], "seconds": said["seconds"],
        "of": [row["id"], *said.get("used", ())],
    }  # fmt: skip
