"""A kind of file and a number of executions -> what became of that many broken files, read in real children with the real limits.

One child reads up to 200 of them, as starting one for each (as Nova does) would take hours. The same numbers give the same files.
"""

import itertools
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from nova.engines.extract import sniff as kinds
from nova.engines.extract.sandbox.runner import Children, ResourceUsage
from nova.engines.extract.wire import unpack
from nova.engines.texts.builtin import READING
from nova.errors import NovaError, UnsupportedFile
from nova.records import Document
from tests.hostile.mutate import MUTATORS
from tests.hostile.seeds import seeds

MEDIA_TYPES = {
    "pdf": kinds.PDF, "docx": kinds.DOCX, "pptx": kinds.PPTX, "xlsx": kinds.XLSX, "html": kinds.HTML, "md": kinds.MARKDOWN,
    "txt": kinds.PLAIN, "csv": kinds.CSV, "png": kinds.PNG, "jpg": kinds.JPEG, "tif": kinds.TIFF,
}  # fmt: skip
WORKERS = 2
ASK_EVERY = 20  # files
CODE = (Path(__file__).parents[2],)


@dataclass
class Tally:
    """What became of the files: outcomes by name, the slowest, what all children used, the numbers of files that ended in no good way.

    `closed` is what children that had read some found closed to them, `started_bytes` the largest program that one started.
    """

    kind: str
    outcomes: Counter[str] = field(default_factory=Counter)
    sniffed: Counter[str] = field(default_factory=Counter)
    odd: dict[int, str] = field(default_factory=dict)
    slowest_s: float = 0.0
    slowest: int = -1
    wall_s: float = 0.0
    ends: list[ResourceUsage] = field(default_factory=list)
    closed: list[dict[str, bool]] = field(default_factory=list)
    started_bytes: int = 0

    @property
    def executions(self) -> int:
        """How many files were read or refused."""
        return self.outcomes.total()

    def __str__(self) -> str:
        cpu, peak = sum(one.cpu_s for one in self.ends), max((one.peak_bytes for one in self.ends), default=0)
        took = f"{self.executions} executions in {self.wall_s:.0f} s, {len(self.ends)} children, cpu {cpu:.0f} s"
        took += f", largest {peak >> 20} MiB and {self.started_bytes >> 20} MiB started"
        rows = [f"  {count:6d}  {name}" for name, count in self.outcomes.most_common()]
        slowest = f"  slowest {self.slowest_s:.2f} s (number {self.slowest}); kinds by content: {dict(self.sniffed)}"
        return "\n".join([f"{self.kind}: {took}", *rows, slowest])


def case(kind: str, number: int) -> bytes:
    """The broken file of this number."""
    rng = random.Random(f"{kind}:{number}")
    good = seeds()[kind]
    data = rng.choice(good)
    for _ in range(rng.choice((1, 1, 1, 2))):
        data = MUTATORS[kind](data, rng, rng.choice(good))
    return data


def read(children: Children, kind: str, data: bytes, own: str) -> Document:
    """Read one as `BuiltinTexts` does, in the child that is `own`."""
    media_type = MEDIA_TYPES[kind]
    args = {"media_type": media_type, "filename": f"x.{kind}"}
    value, text = children.run("nova.engines.extract:extract_task", args, data, name=f"x.{kind}", limits=READING, own=own)
    return unpack(value, text, media_type)


def fuzz(kind: str, executions: int, *, first: int = 0, good_enough: Callable[[str], bool] = lambda _: True) -> Tally:
    """Read that many files in two children at a time; `odd` keeps the numbers whose outcome is not good enough."""
    tally = Tally(kind)
    lock = threading.Lock()
    children = Children(size=WORKERS, idle_s=60, on_end=tally.ends.append, code=CODE)
    numbers = iter(range(first, first + executions))

    def ask(own: str) -> None:
        closed = children.run("nova.engines.extract.sandbox.confine:report_task", {}, own=own)[0]
        started = children.run("tests.hostile.attacks:started", {}, own=own)[0]
        with lock:
            tally.closed.append(closed)
            tally.started_bytes = max(tally.started_bytes, started)

    def work(worker: int) -> None:
        for count in itertools.count(1):
            with lock:
                number = next(numbers, None)
            if number is None or count % ASK_EVERY == 0:
                ask(f"fuzz {worker}")
            if number is None:
                return
            data = case(kind, number)
            begun = time.perf_counter()
            outcome = _outcome(children, kind, data, f"fuzz {worker}")
            took = time.perf_counter() - begun
            found = _kind(data, f"x.{kind}")
            with lock:
                tally.outcomes[outcome] += 1
                tally.sniffed[found] += 1
                if took > tally.slowest_s:
                    tally.slowest_s, tally.slowest = took, number
                if not good_enough(outcome):
                    tally.odd[number] = outcome

    begun = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(WORKERS)))
    children.close()
    tally.wall_s = time.perf_counter() - begun
    return tally


def _outcome(children: Children, kind: str, data: bytes, own: str) -> str:
    """How reading one ends, by name; without what differs from file to file."""
    try:
        document = read(children, kind, data, own)
    except NovaError as error:
        words = error.message.replace(f"„x.{kind}“ ", "")
        return f"{error.code}: {''.join(char for char in words if not char.isdigit())[:90]}"
    return "read" if not document.warnings else "read, with warnings"


def _kind(data: bytes, filename: str) -> str:
    try:
        return kinds.sniff(data, filename).rpartition(".")[2]
    except UnsupportedFile:
        return "refused"
