"""A task in, done by `child.py` in a process with torch, what came of it out; that process ends with this one and with the call."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from nova.engines.train import child
from nova.engines.train.mirrors import Mirrors, mirrored
from nova.errors import Busy, InvalidInput, ServerAbsent
from nova.ports.training import Look, Task

LOOK_SECONDS = 0.5
NEEDED = ("torch", "transformers", "trl", "peft", "datasets", "safetensors")
LAST_WORDS = 400


class ProcessTuner:
    """`python` is an interpreter that has `NEEDED`: Nova's own, or that of an environment beside it. `gpu`: which card, if any.

    `mirrors`: where runs may be shown whose configuration wants that.
    """

    def __init__(self, python: str = "", gpu: str = "", mirrors: Mirrors | None = None) -> None:
        self._python, self._gpu, self._mirrors = python or sys.executable, gpu, mirrors

    def missing(self) -> str:
        """As the port says."""
        asked = f"import importlib.util as u; print(*[n for n in {NEEDED!r} if u.find_spec(n) is None])"
        try:
            told = subprocess.run([self._python, "-I", "-c", asked], capture_output=True, text=True, timeout=30, check=True)
        except (OSError, subprocess.SubprocessError):
            return f"„{self._python}“ (NOVA_TRAIN_PYTHON) ist kein Python, das sich starten lässt."
        lacking = told.stdout.split()
        return f"Zum Feinabstimmen fehlen Pakete: {', '.join(lacking)} (make train-env)." if lacking else ""

    def run(self, task: Task, look: Look) -> Mapping[str, Any] | None:
        """As the port says."""
        if why := self.missing():
            raise InvalidInput(why)
        folder = task.folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "job.json").write_text(json.dumps(self._job(task)), "utf-8")
        command = [self._python, "-I", child.__file__, str(folder / "job.json")]
        with (
            mirrored(self._python, task, self._mirrors) as shown,
            _running(command, self._environment(task), folder / "log.txt") as process,
        ):
            _followed(process, folder, look)
            shown.ended = {child.DONE: "done", child.STOPPED: "stopped"}.get(process.returncode, "failed")
        result = _ended(process.returncode, folder)
        return {**result, "mirrors": shown.told} if result and shown.told else result

    def _job(self, task: Task) -> dict[str, Any]:
        profile = task.config["profile"]
        return {
            **task.config,
            "what": task.what,
            "name": task.name,
            "folder": str(task.folder),
            "data": str(task.data),
            "base": str(task.base),
            "method": task.method,
            "geometry": task.geometry,
            "side": task.side,
            "adapter": str(task.adapter or ""),
            "parent": os.getpid(),
            "device": "cuda" if profile["runs_on"] == "gpu" else "cpu",
        }

    def _environment(self, task: Task) -> dict[str, str]:
        """Nothing of this process's: no keys, no proxies, and no hub is asked.

        Threads that wait spin for a moment only: longer takes the cores of others, not at all takes more to wake them (ADR 0057).
        """
        home, threads = str(task.folder), str(task.config["profile"]["threads"])
        own = {
            "PATH": os.defpath,
            "HOME": home,
            "HF_HOME": f"{home}/hf",
            "HF_HUB_OFFLINE": "1",
            "HF_DATASETS_OFFLINE": "1",
            "LC_ALL": "C.UTF-8",
        }
        return {
            **own,
            "OMP_NUM_THREADS": threads,
            "GOMP_SPINCOUNT": "1000",
            "TOKENIZERS_PARALLELISM": "false",
            "CUDA_VISIBLE_DEVICES": self._gpu,
        }


@contextlib.contextmanager
def _running(command: list[str], environment: Mapping[str, str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    with log.open("ab") as said:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, env=environment, cwd=log.parent)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _followed(process: "subprocess.Popen[bytes]", folder: Path, look: Look) -> None:
    """Until the process ends: new lines of progress are told, and what is wanted is passed on."""
    path, at = folder / "progress.jsonl", 0
    if path.exists():
        at = path.stat().st_size
    while True:
        ended = process.poll() is not None
        lines, at = _new_lines(path, at)
        wish = look(lines)
        if ended:
            return
        if wish != "run":
            (folder / "wanted").write_text(wish, "utf-8")
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(LOOK_SECONDS)


def _new_lines(path: Path, at: int) -> tuple[list[dict[str, Any]], int]:
    """The whole lines from a place on, and where they end."""
    try:
        with path.open("rb") as lines:
            lines.seek(at)
            text = lines.read()
    except FileNotFoundError:
        return [], at
    whole = text[: text.rfind(b"\n") + 1]
    return [json.loads(line) for line in whole.splitlines()], at + len(whole)


def _ended(code: int, folder: Path) -> Mapping[str, Any] | None:
    if code == child.DONE:
        found: dict[str, Any] = json.loads((folder / "result.json").read_text("utf-8"))
        return found
    if code == child.STOPPED:
        return None
    if code == child.HELD:
        raise Busy("An diesem Lauf arbeitet schon ein anderer Prozess.")
    if code < 0:
        raise ServerAbsent("Der Trainingsprozess wurde beendet; er macht beim letzten Stand weiter.", data={"retry_after": 1})
    raise InvalidInput(f"Der Trainingsprozess brach ab: {_last_words(folder / 'log.txt')}")


def _last_words(log: Path) -> str:
    with log.open("rb") as said:
        said.seek(max(0, log.stat().st_size - 4 * LAST_WORDS))
        lines = said.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:LAST_WORDS] if lines else "ohne ein Wort"
