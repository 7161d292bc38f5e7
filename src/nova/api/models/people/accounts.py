"""Shapes of accounts: signing in, invitations, one's own ways in and sessions, and the people that operators keep."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from nova.api.models.common import MOST_INT, WHOLE, Meta, Request, Text
from nova.api.models.system import USER, SessionData
from nova.roles import Capability, Role

PersonRole = Literal["admin", "customer", "employee", "reviewer", "engineer", "auditor"]
AccountState = Literal["invited", "active", "left"]
Purpose = Literal["join", "recover"]
Name = Annotated[Text, StringConstraints(max_length=120), AfterValidator(str.strip)]
User = Annotated[Text, StringConstraints(max_length=200), AfterValidator(str.strip), Field(json_schema_extra={"pattern": USER})]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9_-]+$")]
Password = Annotated[str, StringConstraints(min_length=1, max_length=512)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9 -]+$")]


class Company(BaseModel):
    """The company's own sign-in: what it is called, and where it begins."""

    name: str
    url: str


class WaysIn(BaseModel):
    """By what people can sign in here. `passkeys` is false where browsers offer none (no HTTPS, an address of numbers)."""

    company: str
    passwords: bool
    passkeys: bool
    sso: Company | None


class PasswordSignIn(Request):
    """Name and password."""

    user: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    password: Password


class CodeSignIn(Request):
    """A code of the app, or one of the paper, for the step that the password began."""

    step: Secret
    code: Code


class PasskeySignIn(Request):
    """What the browser's authenticator answered (`PublicKeyCredential.toJSON()`)."""

    step: Secret
    credential: Meta


class SignInStep(BaseModel):
    """Either somebody is in (`session`), or a code has to follow (`step`)."""

    session: SessionData | None = None
    step: str | None = None


class PasskeyOptions(BaseModel):
    """What the browser is asked for (`options`, WebAuthn level 3 as JSON), and the step that its answer belongs to."""

    step: str
    options: dict[str, Any]


class InvitationSecret(Request):
    """What stands behind the `#` of the link."""

    secret: Secret


class InvitationData(BaseModel):
    """Whom a link is for. `two_factors`: a password alone will not do."""

    user: str
    name: str
    role: Role
    role_title: str
    purpose: Purpose
    expires_at: datetime
    two_factors: bool


class JoinByPassword(InvitationSecret):
    """A password for the account."""

    password: Password


class NewFactorData(BaseModel):
    """For the app: a secret to type (`secret`), its address (`address`), and the rows of its QR code (`1` is dark)."""

    step: str
    secret: str
    address: str
    code: list[str]


class JoinStep(BaseModel):
    """Either in (`session`), or a second factor has to be made (`factor`). `codes` are for paper, shown once."""

    session: SessionData | None = None
    factor: NewFactorData | None = None
    codes: list[str] = []


class NewPasskey(Request):
    """What the authenticator made, and what its owner calls it."""

    step: Secret
    credential: Meta
    name: Name = ""


class PasskeyData(BaseModel):
    """A passkey of one's own."""

    passkey_id: UUID
    name: str
    made_at: datetime
    used_at: datetime | None


class OwnWaysData(BaseModel):
    """By what one comes in. `fresh`: recently enough to change that."""

    user: str
    name: str
    password: bool
    factor: bool
    codes_left: int
    passkeys: list[PasskeyData]
    fresh: bool
    two_factors: bool = Field(description="The role demands a second factor.")


class PasswordChange(Request):
    """The password so far ("" where there is none), and the new one."""

    old: Annotated[str, StringConstraints(max_length=512)] = ""
    new: Password


class FactorCode(Request):
    """A code that proves the app."""

    step: Secret
    code: Code


class Codes(BaseModel):
    """Codes for paper, shown once."""

    codes: list[str]


class OwnSessionData(BaseModel):
    """A session of one's own. `way` is key, token, password, passkey or sso; `here` is the one that asks."""

    session_id: UUID
    way: str
    device: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    here: bool


class OwnSessions(BaseModel):
    """The one used last first."""

    sessions: list[OwnSessionData]


class Ended(BaseModel):
    """So many sessions are over."""

    ended: int


class OwnToken(BaseModel):
    """A token for a program."""

    token_id: UUID
    label: str
    scopes: list[Capability] | None
    created_at: datetime
    expires_at: datetime
    seen_at: datetime | None


class OwnTokens(BaseModel):
    """Those that are good, the newest first."""

    tokens: list[OwnToken]


class NewOwnToken(Request):
    """What a program may do with it: some of what one may oneself."""

    label: Annotated[Text, StringConstraints(min_length=1, max_length=100), AfterValidator(str.strip)]
    scopes: Annotated[list[Capability], Field(min_length=1, max_length=20)]
    days: Annotated[int, Field(ge=1, le=365), WHOLE] = 90


class PersonData(BaseModel):
    """Somebody with an account, and by what they come in."""

    user_id: UUID
    user: str
    name: str
    role: Role
    state: AccountState
    password: bool
    factor: bool
    passkeys: int
    sso: bool
    made_at: datetime
    left_at: datetime | None
    invited_until: datetime | None
    seen_at: datetime | None


class PeopleList(BaseModel):
    """By name."""

    people: list[PersonData]
    total: int


class PeopleFilters(BaseModel):
    """Which people; empty means any."""

    text: Annotated[str, StringConstraints(max_length=200)] = ""
    state: list[AccountState] = []
    role: list[PersonRole] = []
    limit: Annotated[int, Field(ge=1, le=500)] = 50
    offset: Annotated[int, Field(ge=0, le=MOST_INT)] = 0


class NewPersonData(Request):
    """Whom to invite."""

    user: User
    name: Name = ""
    role: PersonRole = "employee"


class InvitationLink(BaseModel):
    """The link, shown once: `path` below Nova's address, the secret behind its `#`."""

    user_id: UUID
    path: str
    purpose: Purpose
    expires_at: datetime


class PersonPatch(Request):
    """One thing at a time: another name, another role, or leaving (`left`), which ends sessions and tokens at once."""

    name: Name | None = None
    role: PersonRole | None = None
    left: bool | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if sum(one is not None for one in (self.name, self.role, self.left)) != 1:
            raise ValueError("Genau eines von name, role und left wird erwartet.")
        return self


class RowResult(BaseModel):
    """What came of a row; `path` is the link of who was invited."""

    line: int
    user: str
    done: Literal["invited", "changed", "left", "back", "same"]
    path: str | None


class RowResults(BaseModel):
    """Every row in order; tried only where it was a rehearsal."""

    dry_run: bool
    rows: list[RowResult]


class RoleData(BaseModel):
    """A role, who that is, and what they may."""

    role: Role
    title: str
    who: str
    may: list[Capability]


class CapabilityData(BaseModel):
    """Something that roles may or may not."""

    capability: Capability
    text: str


class RoleTable(BaseModel):
    """Who may what."""

    roles: list[RoleData]
    capabilities: list[CapabilityData]


class KeyUseData(BaseModel):
    """The operator's key was used: when, by a browser or a program, and from which address."""

    seq: int
    at: datetime
    way: str
    address: str


class Notices(BaseModel):
    """What an operator has not been told of yet."""

    key_uses: list[KeyUseData]


class NoticesSeen(Request):
    """Up to which number everything was seen."""

    seq: Annotated[int, Field(ge=0, le=2**63 - 1)]


class PasskeyMade(BaseModel):
    """A new passkey."""

    passkey_id: UUID


class Changed(BaseModel):
    """Done."""

    changed: Literal[True]


class LoggedOutData(BaseModel):
    """Whether any session was open here."""

    ended: bool
