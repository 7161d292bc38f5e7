"""`engines.yaml` -> the engines of an installation: which kind each is, over which channel, and by which rules it takes a dataset."""

from importlib import resources
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from nova.errors import NotFound
from nova.seeding.delivery.kinds import ENGINES, EngineKind
from nova.strict import Strict, parsed, read_file

LARGEST = 256 * 1024
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]
Channel = Literal["in_process", "rest", "websocket", "folder", "kafka"]


class EngineSpec(Strict):
    """An engine. `place` is where its channel leads: an address, a folder or a topic; none in process.

    `dataset` names whose versions it takes (a pipeline's name); `canary` is the share that it works with before the rest; `seconds` how
    long it may take to answer; `rows`, `complete` and `tolerance` are rules (`trial.Rules`), else those of its kind.
    """

    name: Name
    kind: str
    channel: Channel = "in_process"
    place: str | None = None
    dataset: Name | None = None
    canary: float = Field(default=0.1, gt=0, le=1)
    seconds: float = Field(default=2.0, gt=0, le=600)
    rows: int | None = Field(default=None, ge=1)
    complete: float = Field(default=0.8, ge=0, le=1)
    tolerance: float = Field(default=0.0, ge=0)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.kind not in ENGINES:
            raise ValueError(f"diese Art von Engine gibt es nicht; es gibt {', '.join(ENGINES)}")
        if (self.channel == "in_process") != (self.place is None):
            raise ValueError("„place“ gehört zu jedem Kanal außer in_process")
        return self

    @property
    def of(self) -> EngineKind:
        """Its kind."""
        return ENGINES[self.kind]


class Registry(Strict):
    """All engines, and where those in process keep what they read (a folder, relative to the file)."""

    state: str = "engines"
    engines: tuple[EngineSpec, ...] = Field(min_length=1, max_length=200)

    @model_validator(mode="after")
    def _different(self) -> Self:
        names = [one.name for one in self.engines]
        if double := sorted({one for one in names if names.count(one) > 1}):
            raise ValueError(f"mehrfach vergebene Namen: {', '.join(double)}")
        return self

    def one(self, name: str) -> EngineSpec:
        """By its name; NotFound."""
        for found in self.engines:
            if found.name == name:
                return found
        raise NotFound("Diese Engine gibt es nicht.")


def load(text: str, where: str) -> Registry:
    """From YAML; InvalidInput, which names the file and the key."""
    return parsed(Registry, text, where, LARGEST)


def shipped() -> Registry:
    """The list that comes with Nova: every engine in process."""
    return load(resources.files(__package__).joinpath("engines.yaml").read_text("utf-8"), "engines.yaml")


def load_file(path: Path) -> Registry:
    """From a file; NotFound, InvalidInput."""
    return load(read_file(path), path.name)
