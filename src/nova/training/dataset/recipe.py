"""`corpora.yaml` and `dataset.yaml` -> what may be learned from and what stops a dataset, read strictly: own files, else those shipped."""

from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from nova.strict import Strict, parsed, read_file

CORPORA, DATASET = "corpora.yaml", "dataset.yaml"
SHORTEST_CANARY = 6
PURPOSE = "training"


class Corpus(Strict):
    """Something that may be learned from, whose it is and under what; `why` says why not, where `use` is false."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    title: str = Field(min_length=3, max_length=120)
    owner: str = Field(min_length=2, max_length=80)
    classification: str = Field(min_length=2, max_length=40)
    licence: str = Field(min_length=2, max_length=80)
    export_control: str = Field(min_length=2, max_length=80)
    purpose: str = Field(min_length=2, max_length=40)
    use: bool
    why: str = Field(default="", max_length=300)
    most: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _reasoned(self) -> Self:
        if not self.use and not self.why:
            raise ValueError("use: false braucht einen Grund (why)")
        return self


class Corpora(Strict):
    """All of them, each name once."""

    corpora: tuple[Corpus, ...] = Field(min_length=1, max_length=50)

    @property
    def named(self) -> Mapping[str, Corpus]:
        """By name."""
        return {one.name: one for one in self.corpora}

    @model_validator(mode="after")
    def _once(self) -> Self:
        if len(self.named) < len(self.corpora):
            raise ValueError("jeder Name darf nur einmal vorkommen")
        return self


class Seeds(Strict):
    """From what the split, the order of rows and the first weights depend."""

    split: str = "nova"
    order: str = "nova"
    init: int = Field(default=1, ge=0)


class Shares(Strict):
    """Percent of the groups to learn from and to watch a run by; the rest measures."""

    train: int = Field(default=70, ge=1, le=98)
    validation: int = Field(default=15, ge=0, le=98)

    @model_validator(mode="after")
    def _some_left(self) -> Self:
        if self.train + self.validation > 99:
            raise ValueError("zum Messen muss etwas bleiben")
        return self


class Limits(Strict):
    """What stops a dataset; each is explained in the shipped file."""

    train: int = Field(ge=1)
    test: int = Field(ge=1)
    leaked: int = Field(ge=0)
    canary: int = Field(ge=0)
    contradicting: int = Field(ge=0)


class Allowed(Strict):
    """Values under which a row may be learned from."""

    licences: tuple[str, ...] = Field(min_length=1)
    classifications: tuple[str, ...] = Field(min_length=1)
    export_control: tuple[str, ...] = Field(min_length=1)


class Recipe(Strict):
    """How a dataset is made and what stops it."""

    split: Shares = Shares()
    seeds: Seeds = Seeds()
    limits: Limits
    allowed: Allowed
    canaries: tuple[str, ...] = Field(default=(), max_length=1000)

    @model_validator(mode="after")
    def _long_enough(self) -> Self:
        if any(sum(map(str.isalnum, mark)) < SHORTEST_CANARY for mark in self.canaries):
            raise ValueError(f"eine Marke braucht mindestens {SHORTEST_CANARY} Buchstaben oder Ziffern")
        return self


def corpora_of(path: Path | None = None) -> Corpora:
    """Of a file where it is there, else those that come with Nova; InvalidInput names the file and the key."""
    return parsed(Corpora, _text(path, CORPORA), CORPORA)


def recipe_of(path: Path | None = None) -> Recipe:
    """Of a file where it is there, else the one that comes with Nova; InvalidInput."""
    return parsed(Recipe, _text(path, DATASET), DATASET)


def _text(path: Path | None, shipped: str) -> str:
    if path is not None and path.is_file():
        return read_file(path)
    return resources.files("nova.training.dataset").joinpath(shipped).read_text("utf-8")
