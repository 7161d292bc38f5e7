"""Shapes of sign-in, system information, health, settings, keys and the audit log."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from nova.api.models.common import WHOLE, Request, Text, TextVersion
from nova.roles import Capability

TokenRole = Literal["admin", "customer", "employee", "reviewer", "engineer", "auditor", "service"]
USER = r"^\s*[\w.@+:\-]+\s*$"  # the room itself refuses other names, by the same expression in Python's reading of letters


class SignIn(Request):
    """The operator's key or a customer's token."""

    key: Annotated[str, StringConstraints(max_length=4096, pattern=r"\S"), AfterValidator(str.strip)]


class SessionData(BaseModel):
    """Who is signed in; `csrf` goes into `X-CSRF-Token` of every unsafe request."""

    role: Literal["admin", "customer", "employee", "reviewer", "engineer", "auditor"]
    title: str
    user: str | None
    may: list[Capability]
    csrf: str


class SignedOut(BaseModel):
    """The session is over."""

    signed_out: Literal[True]


class Alive(BaseModel):
    """Requests are answered."""

    alive: Literal[True]


class Models(BaseModel):
    """Names of the models in use; "" means that answers are composed from sentences, and of `adapter` that none answers everybody."""

    generate: str
    adapter: str
    embed: str | None


class Limits(BaseModel):
    """What a request may hold at most."""

    upload_bytes: int
    question_chars: int
    top_k: int


class SystemInfo(BaseModel):
    """What runs here."""

    name: Literal["Nova"]
    version: str
    build: str
    git_sha: str
    environment: Literal["prod", "dev"]
    models: Models
    prompt_version: str
    analyser: str
    first_run: bool = Field(description="True until there is a document.")
    tone: Literal["luna", "sachlich"]
    limits: Limits


class ServiceHealth(BaseModel):
    """One service; `absent` means: not configured, nothing is wrong."""

    status: Literal["ok", "degraded", "failed", "absent"]
    detail: str
    latency_ms: float | None
    engine: Literal["embedded", "server"] | None


class Check(BaseModel):
    """Something that could be wrong with this installation."""

    name: str
    status: Literal["ok", "degraded", "failed", "absent"]
    detail: str


class Health(BaseModel):
    """The state of everything, the worst of it first in `status`."""

    status: Literal["ok", "degraded", "failed"]
    services: dict[str, ServiceHealth]
    versions: dict[str, str]
    checks: list[Check]


class HealthEvent(BaseModel):
    """`event: health` of the live stream (the operator's)."""

    status: Literal["ok", "degraded", "failed"]
    services: dict[str, ServiceHealth]


class SettingData(BaseModel):
    """A setting in force; a secret's value is masked."""

    name: str
    value: str
    source: Literal["default", "env", "file", "command"]
    secret: bool
    description: str


class SettingList(BaseModel):
    """All settings."""

    settings: list[SettingData]


class NewKey(Request):
    """Whom a token is for, and as what."""

    user: Annotated[Text, StringConstraints(max_length=200), AfterValidator(str.strip), Field(json_schema_extra={"pattern": USER})]
    label: Annotated[Text, StringConstraints(max_length=100), AfterValidator(str.strip)] = ""
    days: Annotated[int, Field(ge=1, le=3650), WHOLE] = 90
    role: TokenRole | None = Field(None, description="What the person is from now on; left out, they stay what they are.")


class IssuedKey(BaseModel):
    """The token, shown once."""

    token: str
    token_id: UUID
    role: TokenRole
    expires_at: datetime
    changed: bool = Field(description="The person had another role; their older tokens are withdrawn.")


class KeyData(BaseModel):
    """A token that was given out."""

    token_id: UUID
    user: str
    role: TokenRole
    label: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


class KeyList(BaseModel):
    """Newest first."""

    tokens: list[KeyData]


class RevokedKey(BaseModel):
    """The token is withdrawn."""

    revoked: Literal[True]


class Vocabulary(BaseModel):
    """The domain vocabulary as a file; `path` is where changes are kept, `version` names the text."""

    entries: int
    path: str
    text: str
    version: str


class NewVocabulary(Request):
    """The whole file; `version` is the one that was edited, so that nobody's edit is lost."""

    text: Annotated[Text, StringConstraints(max_length=300_000)]  # six bytes each at most, as JSON: fits into a body
    version: TextVersion
