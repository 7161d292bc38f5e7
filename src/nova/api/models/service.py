"""Shapes of what programs alone may ask for."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, StringConstraints

from nova.api.models.common import Request
from nova.governance.reidentify import OPENABLE, Reason
from nova.privacy.spans import Kind


class OpenRequest(Request):
    """A token of a text, why its value is needed, and whose it is where several persons share the value."""

    token: Annotated[str, StringConstraints(pattern=f"^{OPENABLE.pattern}$", max_length=40)]
    reason: Reason
    subject_id: UUID | None = None


class OpenedToken(BaseModel):
    """What a token stands for."""

    token: str
    kind: Kind
    subject_id: UUID
    value: str
