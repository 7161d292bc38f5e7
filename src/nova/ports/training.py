"""What tunes a model, and answers with it, in a process of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

Wanted = Literal["run", "pause", "cancel"]
Side = Literal["cand", "base", "prompt", "examples", "document"]
"""Who answers: the tuned model, its base, or the base with what is cheaper than tuning."""
Look = Callable[[Sequence[Mapping[str, Any]]], Wanted]
"""What came since the last look in (`step, steps, loss, held_loss, rate, seconds, memory_mib`), what the process is to do out."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a process does with files of a folder of its own: measure three steps, train, or answer the test's questions.

    `data` is a folder with `train.jsonl`, `validation.jsonl` and `test.jsonl`, `base` one with weights. `geometry` is the hash of all that
    a checkpoint depends on. `side` and `adapter` are for answers only.
    """

    what: Literal["measure", "train", "answer"]
    name: str
    folder: Path
    data: Path
    base: Path
    method: Literal["sft", "dpo"]
    config: Mapping[str, Any]
    geometry: str
    side: Side = "base"
    adapter: Path | None = None


class Tuner(Protocol):
    """Tunes models on this machine."""

    def missing(self) -> str:
        """What this machine lacks for it, in German; "" where nothing."""

    def run(self, task: Task, look: Look) -> Mapping[str, Any] | None:
        """What came of it (`result.json`); None where `look` wanted it to stop. `look` is called at least every second.

        InvalidInput where it failed by what it was given, ServerAbsent where the process was killed from outside: begun again it goes on.
        """
