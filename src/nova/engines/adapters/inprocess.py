"""A host on this machine: a process with torch that holds the base and the adapters which serve, may serve next, or served last."""

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from nova.engines.adapters import host
from nova.errors import Misconfigured, ServerAbsent
from nova.ports import ChatMessage
from nova.ports.training import Adapter

KEPT = 3
AWAY = "Der Prozess mit dem trainierten Modell antwortet nicht."


@dataclass(frozen=True, slots=True)
class HostLimits:
    """Seconds: until the base is loaded, until an adapter is, between two pieces, for a whole answer."""

    start_s: float = 300.0
    load_s: float = 60.0
    piece_s: float = 60.0
    total_s: float = 300.0


@dataclass(frozen=True, slots=True)
class Place:
    """`python` ("": this one) has torch, transformers and PEFT; `base` has the weights, `folder` is for the job and its log.

    `threads` work on a question; `gpu` is which card, if any; `nice`: how far it makes way; `called`: the base's name for people.
    """

    base: Path
    folder: Path
    python: str = ""
    threads: int = 1
    gpu: str = ""
    nice: int = 0
    called: str = ""


class InProcessHost:
    """`verify` raises where an adapter may not serve; it is asked before each load."""

    name = "process"

    def __init__(self, place: Place, verify: Callable[[Adapter], None], limits: HostLimits | None = None) -> None:
        self._place, self._verify, self._limits = place, verify, limits or HostLimits()
        self._lock = threading.RLock()
        self._process: subprocess.Popen[str] | None = None
        self._ended: subprocess.Popen[str] | None = None
        self._waiting: dict[str, queue.Queue[Mapping[str, Any] | None]] = {}
        self._loaded: OrderedDict[str, str] = OrderedDict()

    def ready(self, adapter: Adapter) -> bool:
        """As the port says."""
        return self._alive() and self._loaded.get(adapter.name) == adapter.sha256

    def prepare(self, adapter: Adapter) -> None:
        """As the port says."""
        with self._lock:
            if self.ready(adapter):
                self._loaded.move_to_end(adapter.name)
                return
        self._verify(adapter)  # before a process begins for it, and while others are asked
        with self._lock:
            self._begun()
            if self._loaded.get(adapter.name) == adapter.sha256:  # somebody else was as quick
                return
            if adapter.name in self._loaded:
                self._drop(adapter.name)
            for _ in self._answers({"do": "load", "adapter": adapter.name, "folder": str(adapter.folder)}, self._limits.load_s):
                pass
            self._loaded[adapter.name] = adapter.sha256
            while len(self._loaded) > KEPT:
                self._drop(next(iter(self._loaded)))

    def stream(self, messages: Sequence[ChatMessage], *, adapter: Adapter | None, max_tokens: int) -> Iterator[str]:
        """As the port says."""
        if adapter is None:
            with self._lock:
                self._begun()
        else:
            self.prepare(adapter)
        said = [{"role": one.role, "content": one.content} for one in messages]
        order = {"do": "ask", "adapter": adapter.name if adapter else "", "messages": said, "most": max_tokens}
        with contextlib.closing(self._answers(order, self._limits.piece_s)) as lines:
            for line in lines:
                yield str(line["piece"])

    def drop(self, adapter: Adapter) -> None:
        """As the port says."""
        with self._lock:
            if adapter.name in self._loaded:
                self._drop(adapter.name)

    def health(self) -> Mapping[str, Any]:
        """Name, base, and which adapters lie ready; ServerAbsent."""
        with self._lock:
            self._begun()
            return {"name": self.name, "model": self._place.called or self._place.base.name, "adapters": list(self._loaded)}

    def close(self) -> None:
        """End the process."""
        with self._lock:
            process, self._process = self._process, None
            self._loaded.clear()
        if process is not None:
            _end(process)

    def _drop(self, name: str) -> None:
        self._loaded.pop(name, None)
        self._order({"do": "drop", "adapter": name, "id": ""})

    def _answers(self, order: Mapping[str, Any], patience: float) -> Generator[Mapping[str, Any], None, None]:
        """The lines that come of an order until its end."""
        mine: queue.Queue[Mapping[str, Any] | None] = queue.Queue()
        told, ends = uuid4().hex, time.monotonic() + self._limits.total_s
        self._waiting[told] = mine
        finished = False
        try:
            self._order({**order, "id": told})
            while True:
                line = self._next(mine, min(patience, ends - time.monotonic()))
                if line is None or "fault" in line:
                    finished = line is not None
                    raise ServerAbsent(AWAY if line is None else f"Das trainierte Modell brach ab: {line['fault']}")
                if "done" in line:
                    finished = True
                    return
                yield line
        finally:
            self._waiting.pop(told, None)
            if not finished:
                with contextlib.suppress(ServerAbsent):
                    self._order({"do": "stop", "id": told})

    def _next(self, mine: "queue.Queue[Mapping[str, Any] | None]", patience: float) -> Mapping[str, Any] | None:
        try:
            return mine.get(timeout=max(patience, 0.01))
        except queue.Empty:
            raise ServerAbsent(AWAY) from None

    def _order(self, order: Mapping[str, Any]) -> None:
        with self._lock:
            process = self._process
            if process is None or process.stdin is None or process is self._ended:
                raise ServerAbsent(AWAY)
            try:
                process.stdin.write(json.dumps(order) + "\n")
                process.stdin.flush()
            except OSError:
                raise ServerAbsent(AWAY) from None

    def _alive(self) -> bool:
        process = self._process
        return process is not None and process is not self._ended and process.poll() is None

    def _begun(self) -> None:
        """The process, begun where there is none or it has ended."""
        if self._alive():
            return
        self._loaded.clear()
        if self._process is not None:
            _end(self._process)
        place, folder = self._place, self._place.folder
        folder.mkdir(parents=True, exist_ok=True)
        job = {"base": str(place.base), "threads": place.threads, "device": "cuda" if place.gpu else "cpu"}
        (folder / "host.json").write_text(json.dumps(job), "utf-8")
        ready: queue.Queue[Mapping[str, Any] | None] = queue.Queue()
        self._waiting[""] = ready
        with (folder / "host.log").open("ab") as log:
            try:
                self._process = subprocess.Popen(
                    [place.python or sys.executable, "-I", host.__file__, str(folder / "host.json")],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=self._environment(), cwd=folder, text=True,
                )  # fmt: skip
            except OSError as error:
                raise Misconfigured(f"„{place.python}“ (NOVA_TRAIN_PYTHON) lässt sich nicht starten.") from error
        os.setpriority(os.PRIO_PROCESS, self._process.pid, place.nice)
        threading.Thread(target=self._heard, args=(self._process,), daemon=True).start()
        if self._next(ready, self._limits.start_s) is None:
            raise ServerAbsent("Der Prozess mit dem trainierten Modell begann nicht; host.log sagt, warum.")
        self._waiting.pop("", None)

    def _heard(self, process: "subprocess.Popen[str]") -> None:
        """Lines to whoever waits for them; all are told when the process has ended."""
        with contextlib.suppress(ValueError, OSError):  # the pipe was closed, or a line cut off, with the process
            for line in process.stdout or ():
                said = json.loads(line)
                if (mine := self._waiting.get(said["id"])) is not None:
                    mine.put(said)
        self._ended = process  # first this, then who waits: whoever begins to wait afterwards sees it
        for mine in list(self._waiting.values()):
            mine.put(None)

    def _environment(self) -> dict[str, str]:
        """Nothing of this process's: no keys, no proxies, and no hub is asked."""
        home, threads = str(self._place.folder), str(self._place.threads)
        return {
            "PATH": os.defpath, "HOME": home, "HF_HOME": f"{home}/hf", "HF_HUB_OFFLINE": "1", "LC_ALL": "C.UTF-8",
            "OMP_NUM_THREADS": threads, "GOMP_SPINCOUNT": "1000", "TOKENIZERS_PARALLELISM": "false",
            "CUDA_VISIBLE_DEVICES": self._place.gpu,
        }  # fmt: skip


def _end(process: "subprocess.Popen[str]") -> None:
    """Nothing of it is left."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):  # words that nobody took
                pipe.close()
