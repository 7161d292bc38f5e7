"""Addresses: `http://away` refuses, `http://silent` never answers, `http://back` refuses until a file `back` is there."""

import json
import os
import time
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from mlflow.entities import Metric, Param
from mlflow.exceptions import MlflowException


class MlflowClient:
    def __init__(self, tracking_uri: str) -> None:
        self._where = tracking_uri
        self._tell("open", tracking_uri, sorted(os.environ))

    def _tell(self, *said: Any) -> None:
        with Path("told.jsonl").open("a", encoding="utf-8") as out:
            out.write(json.dumps(said) + "\n")

    def get_experiment_by_name(self, name: str) -> Any:
        if self._where == "http://silent":
            time.sleep(600)
        if self._where == "http://away" or (self._where == "http://back" and not Path("back").exists()):
            raise MlflowException("refused")
        return None

    def create_experiment(self, name: str, artifact_location: str = "") -> str:
        self._tell("experiment", name)
        return "7"

    def create_run(self, experiment_id: str, run_name: str) -> Any:
        self._tell("run", experiment_id, run_name)
        return SimpleNamespace(info=SimpleNamespace(run_id="r1"))

    def log_batch(self, run_id: str, metrics: Sequence[Metric] = (), params: Sequence[Param] = ()) -> None:
        if params:
            self._tell("params", run_id, {one.key: one.value for one in params})
        for one in metrics:
            self._tell("metric", run_id, one.key, one.step, one.value)

    def set_terminated(self, run_id: str, status: str) -> None:
        self._tell("end", run_id, status)
