"""A pipeline as people write it (YAML, strict: an unknown key is an error), and the steps it names.

name: tickets
title: Tickets des Kundenservice
source: {sample: {table: tickets, customers: 500}}      or one of the others in `pipeline_sources`
licence: eigene Daten
purpose: training
subject: kundennummer
steps:
  - harmonise: {texts: [text]}
  - exact: {}
  - fuzzy: {}
split: {group: kundennummer}
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from nova.errors import InvalidInput, NotFound
from nova.seeding.clean import Brake
from nova.seeding.pipeline_sources import SourceChoice
from nova.seeding.split import Split
from nova.seeding.step import Step
from nova.seeding.steps.exact import Exact
from nova.seeding.steps.fuzzy import Fuzzy
from nova.seeding.steps.harmonise import Harmonise
from nova.seeding.steps.mitigate import Mitigate
from nova.seeding.steps.outliers import Outliers
from nova.seeding.steps.redact import Redact
from nova.seeding.steps.rules import Rules, rules_of
from nova.seeding.steps.schema import Schema
from nova.seeding.steps.semantic import Semantic
from nova.seeding.steps.types import Types, columns_of
from nova.strict import Strict, parsed

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
KINDS: Mapping[str, Callable[..., Step]] = {
    "harmonise": Harmonise,
    "exact": Exact,
    "fuzzy": Fuzzy,
    "semantic": Semantic,
    "outliers": Outliers,
    "schema": Schema,
    "types": lambda columns: Types(columns_of(columns)),
    "rules": lambda rules: Rules(rules_of(list(rules))),
    "redact": Redact,
    "mitigate": Mitigate,
}
"""The steps that a pipeline may name; what stands behind a name are the arguments of the step."""
LARGEST = 64 * 1024
PROFILES = "profiling"
"""The purpose of datasets of which profiles are made: nobody is in them who did not agree to that."""
PERSON = "person"
"""The column that says whose a record of Nova's own is."""


class BrakeSpec(Strict):
    """What a run may remove; see `Brake`."""

    share: float = Field(default=0.6, ge=0, le=1)
    cluster: int = Field(default=1000, ge=1)


class SplitSpec(Strict):
    """Which records stay together, and how many percent are for training and validation; the rest is for the test."""

    group: str | None = None
    train: int = Field(default=70, ge=1, le=100)
    validation: int = Field(default=15, ge=0, le=99)
    seed: str = "nova"


class WatchSpec(Strict):
    """Which groups are compared, and by what happens to them (yes or no, or a number)."""

    group: str
    outcome: str


class Pipeline(Strict):
    """A way from a source to a version of a dataset.

    `read: new` takes what earlier runs stored and asks the source only for what is new; `all` asks for everything each time.
    """

    name: Name
    title: str = Field(min_length=3, max_length=80)
    source: SourceChoice
    read: Literal["all", "new"] = "all"
    licence: str = Field(min_length=2, max_length=80)
    purpose: str = Field(min_length=2, max_length=40)
    policy: str = Field(default="standard", max_length=40)
    subject: str | None = None
    live: Literal["by_itself", "by_hand"] = "by_itself"
    every_hours: int | None = Field(default=None, ge=1, le=24 * 366)
    steps: tuple[dict[str, dict[str, Any]], ...] = Field(min_length=1, max_length=20)
    brake: BrakeSpec = BrakeSpec()
    split: SplitSpec | None = None
    watch: WatchSpec | None = None

    @field_validator("steps")
    @classmethod
    def _named(cls, steps: tuple[dict[str, dict[str, Any]], ...]) -> tuple[dict[str, dict[str, Any]], ...]:
        for step in steps:
            if len(step) != 1 or next(iter(step)) not in KINDS:
                raise ValueError(f"steps: je Zeile ein Schritt aus {', '.join(KINDS)}")
            _step(step)
        return steps

    @model_validator(mode="after")
    def _of_people(self) -> Self:
        room = self.source.room
        if room is None:
            return self
        if self.read == "new":
            raise ValueError("read: new geht bei room nicht; wer nicht mehr einwilligt, bliebe sonst darin")
        if room.of_people and self.subject != PERSON:
            raise ValueError(f"subject muss bei dieser Quelle {PERSON} sein, sonst ließe sich niemand mehr herausnehmen")
        if room.name == "visits" and self.purpose != PROFILES:
            raise ValueError("purpose muss bei visits profiling sein: Wer Profilen nicht mehr zustimmt, wird sonst nicht herausgenommen")
        if room.raw and self.every_hours is not None:
            raise ValueError("every_hours geht mit raw: true nicht; jeder Lauf braucht jemanden, der ihn verantwortet")
        return self

    @model_validator(mode="after")
    def _of_profiles(self) -> Self:
        if not self.agreed:
            return self
        if self.read == "new":
            raise ValueError("read: new geht bei purpose: profiling nicht; wer später zustimmt, käme nie hinein")
        if self.subject is None and self.source.room is None:
            raise ValueError("subject fehlt; ohne wüsste niemand, wer in Profilen steht und ob er zustimmt")
        return self

    @property
    def agreed(self) -> bool:
        """Whether only people are taken who agree to its purpose; made-up ones are not asked."""
        return self.purpose == PROFILES and self.source.sample is None and self.source.synthetic is None

    @property
    def raw_reason(self) -> str | None:
        """Why it reads what is not pseudonymised; None where it does not."""
        return self.source.room.reason if self.source.room is not None and self.source.room.raw else None

    def built(self) -> list[Step]:
        """The steps, in order."""
        return [_step(step) for step in self.steps]

    def held(self) -> Brake:
        """The brake."""
        return Brake(self.brake.share, self.brake.cluster)

    def parted(self) -> Split | None:
        """How the records are split; None: they are not. Sets that measure always are."""
        if self.split is None and self.source.benchmark is not None:
            return Split()
        return None if self.split is None else Split(self.split.group, self.split.train, self.split.validation, self.split.seed)


def _step(spec: Mapping[str, Mapping[str, Any]]) -> Step:
    kind, chosen = next(iter(spec.items()))
    try:
        return KINDS[kind](**{key: tuple(value) if isinstance(value, list) else value for key, value in chosen.items()})
    except InvalidInput as error:
        raise ValueError(f"steps: {kind}: {error.message}") from None
    except TypeError:
        raise ValueError(f"steps: {kind} kennt eine der Angaben nicht: {', '.join(chosen)}") from None


def shipped() -> dict[str, Pipeline]:
    """The examples that Nova comes with."""
    folder = files("nova.seeding").joinpath("pipelines")
    found = [load(file.read_text("utf-8"), file.name) for file in sorted(folder.iterdir(), key=lambda file: file.name)]
    return {pipeline.name: pipeline for pipeline in found}


def load(text: str, where: str) -> Pipeline:
    """A pipeline from YAML. Raises InvalidInput, which names the file and the key."""
    return parsed(Pipeline, text, where, LARGEST)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Pipelines by name, and what is wrong with the files that are none (by the file's name)."""

    pipelines: Mapping[str, Pipeline]
    faults: Mapping[str, str]

    def one(self, name: str) -> Pipeline:
        """A pipeline; InvalidInput where its file is faulty, NotFound where there is none."""
        if (found := self.pipelines.get(name)) is not None:
            return found
        if (fault := self.faults.get(f"{name}.yaml")) is not None:
            raise InvalidInput(fault)
        raise NotFound("Diese Pipeline gibt es nicht.")


def load_all(folder: Path) -> Shelf:
    """The shipped pipelines and those of a folder; one of the folder takes the place of a shipped one, a faulty file that of none."""
    found, own, faults = shipped(), dict[str, str](), dict[str, str]()
    for file in sorted(folder.glob("*.yaml")) if folder.is_dir() else []:
        try:
            pipeline = load(_text(file), file.name)
        except InvalidInput as error:
            faults[file.name] = error.message
            continue
        if (before := own.get(pipeline.name)) is not None:
            faults[file.name] = f"{file.name}: name: {pipeline.name} heißt schon die Pipeline in {before}."
            continue
        found[pipeline.name], own[pipeline.name] = pipeline, file.name
    return Shelf(found, faults)


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST + 1).decode("utf-8", "replace")
    except OSError as error:
        raise InvalidInput(f"{file.name} lässt sich nicht lesen: {error.strerror or 'Fehler'}.") from None
