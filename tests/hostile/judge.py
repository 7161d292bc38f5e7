"""A hostile file -> how Nova's reading of it ends and what that took: the way of an upload, in real children with the real limits."""

import re
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from nova.engines.extract.sandbox.runner import Children, ResourceUsage
from nova.engines.texts.builtin import BuiltinTexts
from nova.errors import NovaError, UnreadableFile
from nova.knowledge.prepare import document_bytes, prepare
from nova.knowledge.structure import title_of
from nova.language.analyser import Analyser

GERMAN = re.compile(r"\b(?:ist|hat|ließ|dauerte|wird|enthält|passt|besteht|wurde|liest|keine|kein)\b")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`outcome` is "item" or an error's code. Seconds: `child_s` in the slower of the two children, `here_s` of the serving process's time.

    `peak_bytes` is the larger child's resident set.
    """

    name: str
    outcome: str
    message: str
    wall_s: float
    child_s: float
    here_s: float
    cpu_s: float
    peak_bytes: int

    def __str__(self) -> str:
        figures = f"{self.wall_s:6.1f} s, cpu {self.cpu_s:5.1f} s, here {self.here_s:5.2f} s, {self.peak_bytes >> 20:5d} MiB"
        return f"{self.name:48.48} {self.outcome:17} {figures}  {self.message[:90]}"


class Judge:
    """Reads files as the job that takes them in does: kind, text, passages. One file at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ends: list[ResourceUsage] = []
        self._analyser = folder / "analyser.json"
        self._analyser.write_text(Analyser.builtin().to_json(), "utf-8")
        self.children = self._open()

    def _open(self) -> Children:
        return Children(size=1, idle_s=60, read=(self._folder,), on_end=self._ends.append)

    def close(self) -> None:
        """End the children."""
        self.children.close()

    def read(self, name: str, filename: str, data: bytes, *, fresh: bool = True) -> Verdict:
        """The verdict on one file; with `fresh` it gets children of its own, so that what they used is its own."""
        outcome, message = "item", ""
        laps = [time.perf_counter()]
        here = time.thread_time()
        texts = BuiltinTexts(self.children)
        try:
            media_type = texts.sniff(data, filename)
            document = texts.extract(data, media_type, filename)
            laps.append(time.perf_counter())
            body = document_bytes(document)
            if not prepare(self.children, document, body, title_of(document) or filename, self._analyser).chunks:
                raise UnreadableFile(f"„{filename}“ enthält keinen Text, der sich durchsuchen ließe.")
        except NovaError as error:
            outcome, message = error.code, error.message
        laps.append(time.perf_counter())
        here = time.thread_time() - here
        if fresh:
            self.close()
            self.children = self._open()
        used, self._ends[:] = list(self._ends), []
        slower = max(after - before for before, after in pairwise(laps))
        peak = max((one.peak_bytes for one in used), default=0)
        return Verdict(name, outcome, message, laps[-1] - laps[0], slower, here, sum(one.cpu_s for one in used), peak)
