"""A run's parameters and curve, shown in MLflow or in Weights & Biases. Run as `python -I mirror.py JOB`; imports nothing of Nova.

JOB is JSON; `mirrors.py` writes it: whose parameters under which name, the file of progress that is followed, and where to. It reads
neither the data nor a checkpoint. What was said is kept in `state`, so begun again it goes on with the same run and says nothing twice.
On its standard input stands how the run ended; closed without a word, whoever began it is gone.
"""

import json
import os
import select
import sys
import time
import uuid
from pathlib import Path
from typing import Any, Protocol

Job = dict[str, Any]
SHOWN, ABSENT, DOWN = 0, 4, 5
CURVE = ("loss", "held_loss", "rate", "memory_mib")
LOOK_S, AGAIN_S = 1.0, 20.0
QUIET = {
    "console": "off", "silent": True, "disable_git": True, "disable_code": True, "save_code": False, "host": "nova", "program": "nova",
    "x_disable_meta": True, "x_disable_stats": True, "x_disable_machine_info": True, "x_save_requirements": False,
}  # fmt: skip
"""Weights & Biases tells only what it is told: no output, code, host, path or figures of the machine."""
ENDS = {"done": "FINISHED", "failed": "FAILED"}  # as MLflow calls it


class Sink(Protocol):
    """Where a run is shown; `run` is what it is known by there."""

    run: str

    @staticmethod
    def away() -> tuple[type[Exception], ...]:
        """What is raised where the server is away."""

    def send(self, step: int, said: dict[str, float]) -> None:
        """What was measured at a step."""

    def end(self, word: str) -> None:
        """How it ended: done, stopped, failed."""


class Mlflow:
    """A run at a tracking server, or in a database on this machine. Through the client, which adds neither who nor from where."""

    def __init__(self, job: Job, run: str) -> None:
        from mlflow.entities import Metric, Param
        from mlflow.tracking import MlflowClient

        self._metric = Metric
        self._client = MlflowClient(tracking_uri=job["address"] or f"sqlite:///{job['store']}/mlflow.db")
        self.run = run or self._begun(job, [Param(key, str(value)) for key, value in job["parameters"].items()])

    @staticmethod
    def away() -> tuple[type[Exception], ...]:
        """As the protocol says."""
        from mlflow.exceptions import MlflowException

        return (MlflowException, OSError)

    def _begun(self, job: Job, parameters: list[Any]) -> str:
        where = {} if job["address"] else {"artifact_location": f"{job['store']}/artifacts"}
        found = self._client.get_experiment_by_name(job["project"])
        experiment = found.experiment_id if found else self._client.create_experiment(job["project"], **where)
        run = str(self._client.create_run(experiment, run_name=job["name"]).info.run_id)
        self._client.log_batch(run, params=parameters)
        return run

    def send(self, step: int, said: dict[str, float]) -> None:
        """As the protocol says."""
        now = int(time.time() * 1000)
        self._client.log_batch(self.run, metrics=[self._metric(key, value, now, step) for key, value in said.items()])

    def end(self, word: str) -> None:
        """As the protocol says."""
        self._client.set_terminated(self.run, ENDS.get(word, "KILLED"))


class Wandb:
    """A run at a server of Weights & Biases, or in files here (`wandb sync` sends those); nothing of the machine goes with it."""

    def __init__(self, job: Job, run: str) -> None:
        import wandb

        self.run = run or uuid.uuid4().hex[:16]
        self._run = wandb.init(
            project=job["project"],
            name=job["name"],
            id=self.run,
            dir=job["store"],
            config=job["parameters"],
            mode="online" if job["address"] else "offline",
            resume="allow" if job["address"] else None,
            settings=wandb.Settings(**QUIET, **({"base_url": job["address"]} if job["address"] else {})),
        )

    @staticmethod
    def away() -> tuple[type[Exception], ...]:
        """As the protocol says."""
        from wandb.errors import Error

        return (Error, OSError)

    def send(self, step: int, said: dict[str, float]) -> None:
        """As the protocol says."""
        self._run.log(said, step=step)

    def end(self, word: str) -> None:
        """As the protocol says."""
        self._run.finish(exit_code=0 if word == "done" else 1)


SINKS: dict[str, type[Mlflow | Wandb]] = {"mlflow": Mlflow, "wandb": Wandb}  # by the library


class Follower:
    """Reads the progress, and says what was not said yet."""

    def __init__(self, job: Job) -> None:
        self._job, self._state = job, Path(job["state"])
        known = json.loads(self._state.read_text("utf-8")) if self._state.exists() else {}
        self._run: str = known.get("run", "")
        self._said: dict[str, int] = known.get("said", {})
        self._sink: Sink | None = None

    def catch_up(self, word: str = "") -> bool:
        """Say all that is new, and the word it ended with; False where the server is away."""
        kind = SINKS[self._job["to"]]
        try:
            self._sink = sink = self._sink or kind(self._job, self._run)
            self._run = sink.run
            self._keep()
            for line in self._lines():
                self._say(sink, int(line["step"]), {name: float(line[name]) for name in CURVE if name in line})
            if word:
                sink.end(word)
        except kind.away() as error:
            sys.stderr.write(f"{type(error).__name__}: {str(error)[:300]}\n")
            return False
        return True

    def _say(self, sink: Sink, step: int, measured: dict[str, float]) -> None:
        new = {name: value for name, value in measured.items() if step > self._said.get(name, -1)}
        if new:
            sink.send(step, new)
            self._said |= dict.fromkeys(new, step)
            self._keep()

    def _lines(self) -> list[dict[str, Any]]:
        try:
            text = Path(self._job["progress"]).read_text("utf-8")
        except FileNotFoundError:
            return []
        return [json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines()]

    def _keep(self) -> None:
        half = self._state.with_suffix(".half")
        half.write_text(json.dumps({"run": self._run, "said": self._said}), "utf-8")
        half.replace(self._state)


def main(path: str) -> int:
    """Show the job's run until it has ended; `SHOWN`, `ABSENT` where the library is, `DOWN` where its server was away at the end."""
    import importlib.util

    job: Job = json.loads(Path(path).read_text("utf-8"))
    if importlib.util.find_spec(job["to"]) is None:
        return ABSENT
    follower, next_try = Follower(job), 0.0
    while not select.select([sys.stdin], [], [], LOOK_S)[0]:
        if time.monotonic() >= next_try and not follower.catch_up():
            next_try = time.monotonic() + AGAIN_S
    return SHOWN if follower.catch_up(sys.stdin.read().strip() or "gone") else DOWN


if __name__ == "__main__":
    os.nice(10)
    sys.exit(main(sys.argv[1]))
