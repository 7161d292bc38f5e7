"""A task that trains in, its parameters and curve shown in MLflow and W&B meanwhile; a mirror neither ends a run nor holds it up.

Each is a process of `mirror.py`: it alone knows the address and the key, the one that tunes knows neither. Without an address it writes
into a folder of this machine.
"""

import contextlib
import json
import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nova.engines.train import mirror
from nova.ports.training import Task

LAST_WORDS_S = 5.0
"""So long a mirror has after the run's end to say the rest; then it is ended."""
TOLD = {mirror.SHOWN: "shown", mirror.ABSENT: "absent"}
SHOWN_KEYS = ("lora", "training", "seeds", "checkpoint")
OF_THE_MACHINE = ("runs_on", "precision", "threads", "gradient_checkpointing")


@dataclass(frozen=True, slots=True)
class Server:
    """Where a mirror's server is, and the key for it; "": there is none."""

    address: str = ""
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Mirrors:
    """Servers by name (`mlflow`, `wandb`), and the folder for what goes to none."""

    folder: Path
    servers: Mapping[str, Server]


@dataclass(slots=True)
class Shown:
    """How the run ended (`done`, `stopped`, `failed`), and after that by mirror: `shown`, `absent` (not installed) or `down`."""

    ended: str = "failed"
    told: dict[str, str] = field(default_factory=dict)


@contextlib.contextmanager
def mirrored(python: str, task: Task, to: Mirrors | None) -> Iterator[Shown]:
    """As long as the block lasts, and at most `LAST_WORDS_S` longer. Nothing where the task's configuration names no mirror."""
    shown = Shown()
    names = task.config.get("report_to", ()) if to is not None and task.what == "train" else ()
    begun = {name: _begun(python, task, name, to) for name in names if to is not None}
    try:
        yield shown
    finally:
        shown.told = _ended(begun, shown.ended)


def parameters(task: Task) -> dict[str, Any]:
    """What is shown of a task: names, numbers and one hash; no text that somebody wrote, and no path of this machine."""
    config = task.config
    told: dict[str, Any] = {"method": task.method, "base": config["base"]["model"], "geometry": task.geometry}
    for part in SHOWN_KEYS:
        told |= {f"{part}.{key}": value for key, value in config[part].items()}
    told |= {f"profile.{key}": config["profile"][key] for key in OF_THE_MACHINE}
    return {key: " ".join(value) if isinstance(value, list | tuple) else value for key, value in told.items()}


def _begun(python: str, task: Task, name: str, to: Mirrors) -> "subprocess.Popen[bytes]":
    folder, server = to.folder / name, to.servers.get(name, Server())
    folder.mkdir(parents=True, exist_ok=True)
    job = {
        "to": name,
        "name": task.name,
        "project": task.config["name"],
        "parameters": parameters(task),
        "progress": str(task.folder / "progress.jsonl"),
        "state": str(task.folder / f"mirror-{name}.state"),
        "store": str(folder),
        "address": server.address,
    }
    path = task.folder / f"mirror-{name}.json"
    path.write_text(json.dumps(job, ensure_ascii=False), "utf-8")
    command = [python, "-I", mirror.__file__, str(path)]
    with (task.folder / f"mirror-{name}.txt").open("ab") as said:
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=said, stderr=said, env=_environment(folder, name, server), cwd=folder
        )


def _environment(folder: Path, name: str, server: Server) -> dict[str, str]:
    """Nothing of this process's but the address's key; no library tells its maker what it is used for."""
    own = {"PATH": os.defpath, "HOME": str(folder), "LC_ALL": "C.UTF-8", "DO_NOT_TRACK": "true"}
    if name == "mlflow":
        key = {"MLFLOW_TRACKING_TOKEN": server.key} if server.key else {}
        return {
            **own,
            **key,
            "MLFLOW_DISABLE_TELEMETRY": "true",
            "MLFLOW_HTTP_REQUEST_TIMEOUT": "10",
            "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "2",
        }
    key = {"WANDB_API_KEY": server.key} if server.key else {}
    return {**own, **key, "WANDB_ERROR_REPORTING": "false"}


def _ended(begun: Mapping[str, "subprocess.Popen[bytes]"], word: str) -> dict[str, str]:
    for process in begun.values():
        with contextlib.suppress(BrokenPipeError):  # it has ended before
            if process.stdin is not None:
                process.stdin.write(word.encode())
                process.stdin.close()
    until, told = time.monotonic() + LAST_WORDS_S, {}
    for name, process in begun.items():
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, until - time.monotonic()))
        process.kill()
        told[name] = TOLD.get(process.wait(), "down")
    return told
