"""Shapes of people's rights: their data, corrections, objection, erasure and its receipt, and how long rows are kept."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from nova.api.models.common import MOST_INT, Flag, Request, Text
from nova.records import ErasureState

Format = Literal["json", "zip"]
Name = Annotated[Text, StringConstraints(min_length=1, max_length=200)]
NAMED = r"^[\w.@+:\-]+$"  # the room itself refuses other names, by the same expression in Python's reading of letters
Words = Annotated[Text, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]


class TurnCorrection(Request):
    """What the person really said: replaces a turn of theirs."""

    conversation_id: UUID
    seq: Annotated[int, Field(ge=0, le=MOST_INT)]
    text: Words


class QuestionCorrection(Request):
    """What the person really asked: replaces the question of an answer."""

    answer_id: UUID
    question: Words


class Correction(Request):
    """Corrections of one's own words; personal values in them are replaced as everywhere."""

    turn: TurnCorrection | None = None
    answer: QuestionCorrection | None = None


class Corrected(BaseModel):
    """How many texts were replaced."""

    corrected: int


class Objected(BaseModel):
    """What the person still agrees to."""

    agreed: list[str]


class ErasureStarted(BaseModel):
    """Asked the first time there is `confirm`, to be sent back within `expires_in` seconds; then the erasure and its job."""

    confirm: str | None = None
    expires_in: int | None = None
    erasure_id: UUID | None = None
    job_id: UUID | None = None


class FindSubject(Request):
    """A pseudonym, one of our own ids, an external id or a sender's id."""

    subject: Name


class SubjectData(BaseModel):
    """Who somebody is here; `external_id` None: they do not sign in."""

    subject_id: UUID
    user_id: UUID | None
    external_id: str | None


class SubjectChange(Request):
    """Other systems know the person by another name."""

    external_id: Annotated[Name, Field(json_schema_extra={"pattern": NAMED})]


class NewErasure(Request):
    """Whom to erase, and whether all snapshots from before go at once too."""

    subject: Name
    purge_snapshots: Flag = False


class ErasureFilters(Request):
    """A page of the ledger; `subject` is a pseudonym, one of our own ids or an erasure's."""

    subject: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 50
    offset: Annotated[int, Field(ge=0, le=MOST_INT)] = 0


class ErasureData(BaseModel):
    """An entry of the ledger. `receipt` holds counts, times, tokens and what stays and why; `sha256` in it stands in the audit log.

    `stopped`: wanted, not done and in nobody's hands; Nova starts it again within a day. `job_id` and `error` are those of its last job.
    """

    erasure_id: UUID
    subject_id: UUID
    user_id: UUID | None
    asked_at: datetime
    done_at: datetime | None
    state: ErasureState
    state_text: str
    job_id: UUID | None
    error: str | None
    receipt: dict[str, Any]


class ErasureList(BaseModel):
    """Newest first; `total` counts all pages."""

    erasures: list[ErasureData]
    total: int


class OwnErasure(BaseModel):
    """One's own erasure that is asked for and not done; all None where there is none."""

    erasure_id: UUID | None
    asked_at: datetime | None
    state: ErasureState | None
    state_text: str | None


class RetentionRule(BaseModel):
    """How long the rows of a kind are kept; `days` None: always. `due` rows are past it now."""

    name: str
    title: str
    days: int | None
    due: int


class RetentionData(BaseModel):
    """The rules in force, where they stand, and what the last run removed."""

    rules: list[RetentionRule]
    file: str
    own: bool


class RetentionRun(Request):
    """`dry_run` counts and changes nothing."""

    dry_run: Flag = True


class RetentionDone(BaseModel):
    """Rows by rule that are past it, and the job that removes them (None with `dry_run`)."""

    dry_run: bool
    due: dict[str, int]
    job_id: UUID | None
