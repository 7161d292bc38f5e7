"""Shapes of what may be learned from, datasets that models are tuned with, and curated evaluation sets."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from nova.api.models.common import NO_NUL, Request

SetName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
Short = Annotated[str, StringConstraints(min_length=2, max_length=80, pattern=NO_NUL)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=8_000, pattern=NO_NUL)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=NO_NUL)]


class CorpusData(BaseModel):
    """Something that may be learned from: whose it is, under what, how many rows it gives now, and why how many others are left out."""

    name: str
    title: str
    owner: str
    classification: str
    licence: str
    export_control: str
    purpose: str
    use: bool
    why: str
    rows: int
    left_out: dict[str, int]


class CorpusList(BaseModel):
    """All of the inventory."""

    corpora: list[CorpusData]


class CheckData(BaseModel):
    """Something that stops a dataset where it did not pass; `reason` is German."""

    name: str
    passed: bool
    value: int
    limit: int
    reason: str


class DatasetData(BaseModel):
    """A dataset as its manifest says; `refusal` says why no run may take it now (null: it may)."""

    name: str
    version: str
    digest: str
    made_at: datetime
    purpose: str
    seeds: dict[str, Any]
    counts: dict[str, int]
    sources: dict[str, int]
    licences: dict[str, int]
    classification: str
    export_control: str
    canaries: list[str]
    checks: list[CheckData]
    passed: bool
    refusal: str | None


class DatasetList(BaseModel):
    """Newest first."""

    datasets: list[DatasetData]


class DatasetReason(Request):
    """Why a dataset is made."""

    reason: Annotated[str, StringConstraints(max_length=300, pattern=NO_NUL)] = ""


class QuestionInput(Request):
    """A question of a set with its reference; `answerable` empty: as the reference sounds."""

    id: Id
    kind: Literal["question", "edge", "dialogue"] = "question"
    topic: Annotated[str, StringConstraints(max_length=120, pattern=NO_NUL)] = ""
    question: Words
    reference: Words
    answerable: Literal["", "true", "false"] = ""


class SetRequest(Request):
    """The next version of a set; `keeper` is the office that answers for it."""

    name: SetName
    keeper: Short
    note: Annotated[str, StringConstraints(max_length=300, pattern=NO_NUL)] = ""
    rows: list[QuestionInput] = Field(min_length=1, max_length=5_000)


class SetData(BaseModel):
    """A version of a set; `rows` (`id, kind, topic, question, reference, answerable, facts`) only where one is asked for."""

    name: str
    version: int
    digest: str
    keeper: str
    note: str
    questions: int
    made_by: str
    created_at: datetime
    rows: list[dict[str, Any]]


class SetList(BaseModel):
    """All versions, without their rows."""

    sets: list[SetData]


class LearnedData(BaseModel):
    """A version of a dataset that holds rows of somebody, and the runs that learned from it (`run, state, adapter`)."""

    dataset: str
    version: str
    rows: int
    runs: list[dict[str, Any]]


class LearnedList(BaseModel):
    """Where somebody is."""

    datasets: list[LearnedData]
