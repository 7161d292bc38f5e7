"""A pipeline as people write it (YAML, strict: an unknown key is an error), and the steps it names.

name: tickets
title: Tickets des Kundenservice
source: {sample: {table: tickets, customers: 500}}      or {folder: ...}, {table: ...}, {rest: ...}
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
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator

from nova.errors import InvalidInput
from nova.seeding.clean import Brake
from nova.seeding.steps.exact import Exact
from nova.seeding.steps.fuzzy import Fuzzy
from nova.seeding.steps.harmonise import Harmonise
from nova.seeding.steps.outliers import Outliers
from nova.seeding.steps.redact import Redact
from nova.seeding.steps.rules import Rules
from nova.seeding.steps.semantic import Semantic
from nova.seeding.steps.step import Step

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
KINDS: Mapping[str, Callable[..., Step]] = {
    "harmonise": Harmonise,
    "exact": Exact,
    "fuzzy": Fuzzy,
    "semantic": Semantic,
    "outliers": Outliers,
    "rules": Rules,
    "redact": Redact,
}
"""The steps that a pipeline may name; what stands behind a name are the arguments of the step."""
LARGEST = 64 * 1024


class Strict(BaseModel):
    """Only what is described, nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SampleSource(Strict):
    """The example data of a Stadtwerk: one of its tables."""

    table: Literal["kunden", "vertraege", "zaehler", "tickets", "briefe", "beitraege"]
    customers: int = Field(default=20_000, ge=10, le=200_000)
    seed: int = 1


class FolderSource(Strict):
    """Files below a folder of the server, taken once each."""

    path: Path
    pattern: str = "*"


class TableSource(Strict):
    """A table or view of a PostgreSQL that the setting names, read in the order of its key."""

    database: Name
    table: Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][\w.]{0,120}$")]
    key: Annotated[str, StringConstraints(pattern=r"^[A-Za-z_]\w{0,62}$")]


class SourceChoice(Strict):
    """One of the kinds of source."""

    sample: SampleSource | None = None
    folder: FolderSource | None = None
    table: TableSource | None = None

    def chosen(self) -> SampleSource | FolderSource | TableSource:
        """The one that is named; raises InvalidInput where it is none or several."""
        named = [one for one in (self.sample, self.folder, self.table) if one is not None]
        if len(named) != 1:
            raise InvalidInput("Eine Pipeline hat genau eine Quelle: sample, folder oder table.")
        return named[0]


class BrakeSpec(Strict):
    """What a run may remove; see `Brake`."""

    share: float = Field(default=0.6, ge=0, le=1)
    cluster: int = Field(default=1000, ge=1)


class SplitSpec(Strict):
    """Which records stay together, and how many go where (training, validation, test)."""

    group: str
    shares: tuple[float, float, float] = (0.7, 0.15, 0.15)
    seed: int = 1

    @field_validator("shares")
    @classmethod
    def _whole(cls, shares: tuple[float, float, float]) -> tuple[float, float, float]:
        if abs(sum(shares) - 1) > 1e-9 or min(shares) < 0:
            raise ValueError("shares: drei Anteile, zusammen 1")
        return shares


class Pipeline(Strict):
    """A way from a source to a version of a dataset."""

    name: Name
    title: str = Field(min_length=3, max_length=80)
    source: SourceChoice
    licence: str = Field(min_length=2, max_length=80)
    purpose: str = Field(min_length=2, max_length=40)
    subject: str | None = None
    every_hours: int | None = Field(default=None, ge=1, le=24 * 366)
    steps: tuple[dict[str, dict[str, Any]], ...] = Field(min_length=1, max_length=20)
    brake: BrakeSpec = BrakeSpec()
    split: SplitSpec | None = None

    @field_validator("steps")
    @classmethod
    def _named(cls, steps: tuple[dict[str, dict[str, Any]], ...]) -> tuple[dict[str, dict[str, Any]], ...]:
        for step in steps:
            if len(step) != 1 or next(iter(step)) not in KINDS:
                raise ValueError(f"steps: je Zeile ein Schritt aus {', '.join(KINDS)}")
            _step(step)
        return steps

    def built(self) -> list[Step]:
        """The steps, in order."""
        return [_step(step) for step in self.steps]

    def held(self) -> Brake:
        """The brake."""
        return Brake(self.brake.share, self.brake.cluster)


def _step(spec: Mapping[str, Mapping[str, Any]]) -> Step:
    kind, chosen = next(iter(spec.items()))
    try:
        return KINDS[kind](**{key: tuple(value) if isinstance(value, list) else value for key, value in chosen.items()})
    except TypeError:
        raise ValueError(f"steps: {kind} kennt eine der Angaben nicht: {', '.join(chosen)}") from None


def load(text: str, where: str) -> Pipeline:
    """A pipeline from YAML. Raises InvalidInput, which names the file and the key."""
    if len(text) > LARGEST:
        raise InvalidInput(f"{where} ist zu lang für eine Pipeline.")
    try:
        return Pipeline.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise InvalidInput(f"{where} ist kein YAML: {getattr(error, 'problem', None) or 'unlesbar'}.") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "Datei"
        unknown = first["type"] == "extra_forbidden"
        reason = "diese Angabe gibt es nicht" if unknown else first["msg"].removeprefix("Value error, ")
        raise InvalidInput(f"{where}: {place}: {reason}.") from None


def load_folder(*folders: Path) -> dict[str, Pipeline]:
    """All pipelines of folders by name; those of a later folder take the place of an earlier one's. Raises as `load`."""
    found: dict[str, Pipeline] = {}
    for folder in folders:
        for file in sorted(folder.glob("*.yaml")) if folder.is_dir() else []:
            pipeline = load(file.read_text("utf-8"), file.name)
            found[pipeline.name] = pipeline
    return found
