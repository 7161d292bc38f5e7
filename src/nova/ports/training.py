"""What tunes a model, and answers with it, in a process of its own."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from nova.ports import ChatMessage

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


@dataclass(frozen=True, slots=True)
class Adapter:
    """A tuned model as a host serves it: its run, the folder with its weights, and their hash."""

    name: str
    folder: Path
    sha256: str

    @property
    def key(self) -> str:
        """What it is called where other weights of the same run have to have another name."""
        return f"{self.name}-{self.sha256[:12]}"


class AdapterHost(Protocol):
    """Answers with a base, alone or with one of its adapters, which are chosen anew for each question."""

    @property
    def name(self) -> str:
        """Which kind of host it is."""

    def ready(self, adapter: Adapter) -> bool:
        """Whether it could answer at once; never waits."""

    def prepare(self, adapter: Adapter) -> None:
        """Load an adapter beside the others, so that it can answer at once; ServerAbsent, Conflict where its files may not serve."""

    def stream(self, messages: Sequence[ChatMessage], *, adapter: Adapter | None, max_tokens: int) -> Iterator[str]:
        """Pieces of text as they come, of the base or with an adapter; ServerAbsent, also mid-stream. Close it to stop the model."""

    def drop(self, adapter: Adapter) -> None:
        """Let go of one that is to answer no more, as far as it can; ServerAbsent."""

    def health(self) -> Mapping[str, Any]:
        """Name, model, and which adapters lie ready; ServerAbsent."""

    def close(self) -> None:
        """Let go of what it holds."""
