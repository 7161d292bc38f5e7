"""Shapes of what was learned, of prompt versions, and of recommended passages."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from nova.api.models.common import NO_NUL, WHOLE, Flag, Request
from nova.api.models.weigh import KnownQuestion

EntryKind = Literal["release", "topic", "term"]
EntryState = Literal["rejected", "live", "former", "undone", "waiting", "declined"]
PromptState = Literal["base", "draft", "trial", "live", "retired"]
MOST_YAML = 20_000
Version = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]


class LearnedRow(BaseModel):
    """A row of the ledger: what was learned, from how many judgements of how many pseudonyms, up to when, and what became of it.

    `few`: of fewer than five; then neither words nor numbers are told.
    """

    entry_id: UUID
    release_id: UUID
    kind: EntryKind
    state: EntryState
    what: str
    evidence: int
    subjects: int
    few: bool
    cutoff: datetime
    started_by: str
    at: datetime
    ended_by: str | None
    ended_at: datetime | None


class LearningState(BaseModel):
    """Whether learning runs by itself and at which hour (Europe/Berlin), what is live, and the ledger, newest first."""

    on: bool
    hour: int
    tried: datetime | None
    live: UUID | None
    job_id: UUID | None
    entries: list[LearnedRow]
    total: int


class LearnedFrom(BaseModel):
    """A passage, named by its document and provision."""

    chunk_id: UUID
    title: str
    section: str


class LearnedPassageData(BaseModel):
    """A passage of a topic: counts for and against, from how many pseudonyms, and how surely it is preferred (1) or avoided (-1)."""

    chunk_id: UUID
    item_id: UUID | None
    title: str
    section: str = Field(description="The provision or section, such as `§ 36`; empty where there is none.")
    up: float
    down: float
    subjects: int
    preference: float


class LearnedPerson(BaseModel):
    """Somebody by pseudonym from whose judgements a row was learned: how many, of which of its passages."""

    subject_id: UUID
    judgements: int
    passages: list[LearnedFrom]


class LearnedPeople(BaseModel):
    """Everybody who still agrees to it, those with the most first; the operator's own judgements are nobody's."""

    people: list[LearnedPerson]
    operator: int = Field(description="Judgements of the operator.")


class LearnedEntry(LearnedRow):
    """A row with what it stands for. `terms` are the documents' words for the topic, as far as they have any."""

    terms: list[str]
    passages: list[LearnedPassageData]
    effect: dict[str, Any]
    reasons: list[str]


class LearningSwitch(Request):
    """At which hour learning runs by itself."""

    hour: Annotated[int, Field(ge=0, le=23), WHOLE] | None = None


class TermDecision(Request):
    """Whether a pair of words is to count."""

    approved: Flag


class LearningPlan(BaseModel):
    """Whether learning runs by itself, and at which hour (Europe/Berlin)."""

    on: bool
    hour: int


class LearningQuestions(Request):
    """The operator's questions for measuring; they replace those before."""

    questions: Annotated[list[KnownQuestion], Field(max_length=2000)]


class StoredQuestions(BaseModel):
    """The operator's questions for measuring."""

    questions: list[KnownQuestion]


class PromptData(BaseModel):
    """A version of the prompt; the file's has the state `base`. `share` of the people are told by it while it is on trial."""

    version: str
    state: PromptState
    share: float
    note: str
    created_by: str
    created_at: datetime | None
    trial_at: datetime | None
    live_at: datetime | None
    retired_at: datetime | None
    before: str | None
    yaml: str


class PromptFigures(BaseModel):
    """What came of a version's answers, shares from 0 to 1 with 95 % bounds; null without cases."""

    version: str
    answers: int
    judged: int
    useful: float | None
    useful_low: float | None
    useful_high: float | None
    refused: float | None
    grounded: float | None


class PromptComparison(BaseModel):
    """A version beside the one it would replace, since its trial began; `seal` promotes exactly what was seen."""

    version: str
    against: str
    since: datetime | None
    rows: list[PromptFigures]
    chance: float | None
    verdict: Literal["better", "worse", "open"]
    note: str
    seal: str


class PromptList(BaseModel):
    """Newest first, the file's version last. `note` says when prompts have no effect at all."""

    prompts: list[PromptData]
    note: str


class PromptDetail(PromptData):
    """A version and how it compares."""

    comparison: PromptComparison | None


class NewPrompt(Request):
    """A new version, in the form of `prompts/luna.yml`; the version's name is the one in it."""

    yaml: Annotated[str, StringConstraints(min_length=1, max_length=MOST_YAML, pattern=NO_NUL)]
    note: Annotated[str, StringConstraints(max_length=300, pattern=NO_NUL)] = ""


class PromptTrial(Request):
    """Which share of the people (0 to 1) is told by the version; 0 ends the trial."""

    share: Annotated[float, Field(ge=0, le=1, strict=True, allow_inf_nan=False)] = 0.5


class PromptPromotion(Request):
    """Without `seal` only the comparison comes back; with the one that came back the version goes live."""

    seal: Annotated[str, StringConstraints(max_length=64, pattern=NO_NUL)] = ""


class Promotion(BaseModel):
    """What was compared, and whether the version is live now."""

    promoted: bool
    comparison: PromptComparison


class RolledBack(BaseModel):
    """Which version answers now."""

    version: str
