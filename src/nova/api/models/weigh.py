"""Shapes of measuring an embedding model."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from nova.api.models.answers import MOST_CHARS
from nova.api.models.common import NO_NUL, Request


class RightPlace(BaseModel):
    """Where a question's answer stands: a document and its section's number or heading ("": anywhere in it)."""

    item_id: UUID
    section: Annotated[str, StringConstraints(max_length=500, pattern=NO_NUL)] = ""


class KnownQuestion(BaseModel):
    """A question whose answer is known."""

    question: Annotated[str, StringConstraints(min_length=1, max_length=MOST_CHARS, pattern=NO_NUL)]
    places: Annotated[list[RightPlace], Field(min_length=1, max_length=20)]


class WeighRequest(Request):
    """Questions of your own beside the documents' headings; none is fine."""

    questions: Annotated[list[KnownQuestion], Field(default_factory=list, max_length=2000)]
